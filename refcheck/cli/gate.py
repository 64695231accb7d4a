"""What `check` fails on: kinds of open findings, and only new ones where there is a baseline.

A baseline is the JSON report of an earlier run. Findings are known again by their fingerprints,
which do not change where lines move.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from refcheck import files
from refcheck.cli.terminal import Paint
from refcheck.errors import InputError
from refcheck.model import DocumentReport, Report
from refcheck.writers import foreign, view
from refcheck.writers.view import Item

Command = TypeVar("Command", bound=Callable[..., Any])

KINDS = (
    "unresolved", "ambiguous", "suggested", "corrected", "not-asked", "retracted", "inconsistent",
)  # fmt: skip
"""What may be open, and so may be failed on."""

WHOLE = frozenset({"json", "jsonl"})
"""Forms that tell known findings too: they can be the next baseline."""


def gate_options(command: Command) -> Command:
    """Give a command the options that say what it fails on."""
    for option in (
        click.option(
            "--diff", is_flag=True, help="show what `fix` would change, in place of the findings"
        ),
        click.option(
            "--baseline",
            metavar="FILE",
            help="JSON report of an earlier run: what was open then neither fails nor is told",
        ),
        click.option(
            "--fail-on",
            multiple=True,
            type=click.Choice(KINDS),
            help="fail on this only (may be repeated; all of them where none is given)",
        ),
    ):
        command = option(command)
    return command


def kind(item: Item) -> str:
    """Return which of the kinds an open finding is of."""
    if view.retraction(item):
        return "retracted"
    if item.finding.placeholder.kind == "consistency":
        return "inconsistent"
    return item.finding.resolution.status.replace("_", "-")


def status(report: Report, *, exit_zero: bool = False, fail_on: tuple[str, ...] = ()) -> int:
    """Return 1 where something is open that is failed on, 3 where only an answer is missing.

    2 where the work could not be done: a file of a folder could not be read, or not be written.
    """
    if any(one.severity == "error" for part in report.documents for one in part.diagnostics):
        return 2
    every = [item for part in report.documents for item in view.items(part)]
    if any(view.is_open(item) and kind(item) in (fail_on or KINDS) for item in every):
        return 0 if exit_zero else 1
    return 3 if any(view.is_incomplete(item) for item in every) else 0


def read_baseline(path: str) -> Counter[str]:
    """Return how often each fingerprint stands in an earlier report.

    Raises `InputError` for what is no report.
    """
    try:
        whole = msgspec.json.decode(files.read(Path(path)))
        return Counter(
            str(finding["fingerprint"])
            for part in whole["documents"]
            for finding in part["findings"]
        )
    except (msgspec.DecodeError, KeyError, TypeError):
        raise InputError(
            f"{path} is no JSON report of refcheck; make one with `check --format json`"
        ) from None


def new(report: Report, known: Counter[str]) -> Report:
    """Return the report without the findings that a baseline has, each as often as it has it."""
    left = Counter(known)
    return replace(report, documents=tuple(_new(part, left) for part in report.documents))


def _new(part: DocumentReport, left: Counter[str]) -> DocumentReport:
    kept = []
    for finding, fingerprint in zip(part.findings, view.fingerprints(part), strict=True):
        if left[fingerprint] > 0:
            left[fingerprint] -= 1
        else:
            kept.append(finding)
    return replace(part, findings=tuple(kept))


def diff(
    report: Report, fixed: Callable[[DocumentReport], Mapping[str, bytes]], colour: bool
) -> Iterator[str]:
    """Tell what the accepted edits would change, as a unified diff; ``fixed`` makes the bytes.

    Signs that a terminal would obey are shown as U+FFFD, so the diff of such a line is for reading.
    """
    paint = Paint(colour)
    for part in report.documents:
        document = part.document
        for name, content in fixed(part).items():
            old = document.raw if name == document.name else document.files.get(name, b"")
            if old == content:
                continue
            if b"\0" in old:
                yield f"{foreign.line(name)}: would be changed (it is no text)"
                continue
            before, after = (
                foreign.SIGNS.sub(
                    "\ufffd", data.decode(document.encoding, "replace").replace("\r\n", "\n")
                )
                for data in (old, content)
            )
            shown = foreign.line(name)
            for line in difflib.unified_diff(
                before.split("\n"), after.split("\n"), f"a/{shown}", f"b/{shown}", lineterm=""
            ):
                style = {"+": "resolved", "-": "open", "@": "gutter"}.get(line[:1])
                yield paint(style, line) if style else line
