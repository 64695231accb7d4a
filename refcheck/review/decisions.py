"""What a person decided on a document's findings, kept beside it so that nobody asks again.

A decision names its finding by the fingerprint that outlives moved lines, and carries the whole
candidate with its provenance. Decisions are only ever added; undoing takes the last one away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from refcheck import composition
from refcheck.errors import InputError
from refcheck.model import (
    Candidate,
    DocumentReport,
    Evidence,
    Finding,
    Match,
    Provenance,
    Resolved,
    Style,
    Suggested,
    Unresolved,
)
from refcheck.record import from_csl
from refcheck.settings import Settings
from refcheck.writers import foreign, report_json, view

SCHEMA = "refcheck-decisions/1"
Action = Literal["accept", "reject", "fine"]
ACTIONS: tuple[Action, ...] = ("accept", "reject", "fine")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: on which finding, what, and for ``accept`` the candidates in order."""

    finding: str
    action: Action
    when: datetime
    matches: tuple[Match, ...] = ()
    reason: str = ""


def latest(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """Return the decision that holds for each finding: the last one."""
    return {one.finding: one for one in decisions}


def decided(finding: Finding, decision: Decision | None) -> Finding | None:
    """Return a finding as a person left it; None where it was said to be fine.

    Accepted candidates become the resolution; where none of them is accepted, it stays open.
    """
    if decision is None:
        return finding
    if decision.action == "fine":
        return None
    if decision.action == "reject":
        said = f"left open by a person{': ' if decision.reason else ''}{decision.reason}"
        return replace(finding, resolution=Unresolved("not_found", (), (said,)))
    if finding.placeholder.slot == "list" and len(decision.matches) > 1:
        return replace(finding, resolution=Suggested(decision.matches))
    first, *others = decision.matches
    return replace(finding, resolution=Resolved(first, tuple(others)))


def beside(path: Path) -> Path:
    """Return where the decisions on a document are kept."""
    return path.with_name(f"{path.name}.refcheck-decisions.json")


def compose(
    part: DocumentReport, held: Mapping[str, Decision], style: Style, settings: Settings
) -> DocumentReport:
    """Return a document as a person left it: decided findings, list of references, edits.

    A suggestion is put in only where a person took it, or where all are to be accepted.
    """
    left = [
        (finding, name in held)
        for name, one in zip(view.fingerprints(part), part.findings, strict=True)
        if (finding := decided(one, held.get(name))) is not None
    ]
    places = [one.placeholder for one, by_person in left if by_person]
    chosen = [(part.document.of_file(one.file).name, one.replaced) for one in places]
    findings = [one for one, _ in left]
    done = composition.compose(
        part.document,
        findings,
        style,
        settings,
        lambda edit: any(edit.file == file and span.contains(edit.span) for file, span in chosen),
    )
    diagnostics = dict.fromkeys((*part.diagnostics, *done.diagnostics))
    return replace(done, diagnostics=tuple(diagnostics), options=part.options)


def dump(decisions: Sequence[Decision]) -> bytes:
    """Write decisions as JSON."""
    whole = {
        "schema": SCHEMA,
        "decisions": [
            {
                "finding": one.finding,
                "action": one.action,
                "when": report_json.instant(one.when),
                "reason": foreign.well_formed(one.reason),
                "matches": [report_json.matched(match) for match in one.matches],
            }
            for one in decisions
        ],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def load(data: bytes, name: str) -> tuple[Decision, ...]:
    """Read decisions. Raises `InputError` for what is no file of them."""
    try:
        whole = msgspec.json.decode(data)
        if whole["schema"] != SCHEMA:
            raise InputError(
                f"{name} is no file of decisions that this refcheck can read; rename it"
            )
        return tuple(_decision(one) for one in whole["decisions"])
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError):
        raise InputError(f"{name} is no file of decisions; rename it") from None


def _decision(one: Mapping[str, Any]) -> Decision:
    if one["action"] not in ACTIONS:
        raise ValueError(one["action"])
    matches = tuple(match(item) for item in one["matches"])
    if one["action"] == "accept" and not matches:
        raise ValueError
    return Decision(
        str(one["finding"]), one["action"], _when(one["when"]), matches, str(one["reason"])
    )


def match(item: Mapping[str, Any]) -> Match:
    """Read a candidate as the JSON report gives it."""
    provenance = tuple(
        Provenance(
            str(one["source"]),
            str(one["id"]),
            str(one["url"]),
            _when(one["retrieved"]),
            tuple((_field(str(key)), str(part)) for key, part in one.get("fields", {}).items()),
        )
        for one in item["provenance"]
    )
    evidence = tuple(
        Evidence(
            str(one["field"]),
            str(one["given"]),
            str(one["found"]),
            one["agreement"],
            bool(one.get("contradicts")),
            str(one.get("note", "")),
        )
        for one in item["evidence"]
    )
    candidate = Candidate(from_csl(item["record"]), provenance, item.get("cited_by"))
    return Match(candidate, float(item["score"]), evidence)


def _field(variable: str) -> str:
    return variable.lower() if variable.isupper() else variable.replace("-", "_")


def _when(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
