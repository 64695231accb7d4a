"""`refcheck check --watch`: checks a document again when it is saved.

Looks at times and sizes of the files again and again.

Looking needs no further package, works on network drives and in containers alike, and sees the
editors that save by putting another file in the place.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from refcheck.cli import outcome
from refcheck.errors import InputError, UsageError
from refcheck.model import Report
from refcheck.settings import Settings

INTERVAL_S = 0.3
"""Seconds between two looks: an answer seems immediate up to about that long after saving."""

SHARE = 0.05
"""Of the time, what looking may take at most: a large folder is looked at less often."""

State = tuple[int, int]
"""When a file was changed, in nanoseconds, and how many bytes it has."""


def keep_checking(
    paths: Sequence[str],
    settings: Settings,
    told: Callable[[Report], object],
    *,
    quiet: bool,
    wait: Callable[[Callable[[], Sequence[Path]]], Iterator[list[Path]]] | None = None,
) -> None:
    """Check the documents, then each one again that is saved, until interrupted.

    A document is checked again too where a file that it names (its .bib, its parts) is
    saved. What cannot be read in between is told, and the watch goes on.
    """
    from refcheck import api, inputs

    if "-" in paths:
        raise UsageError("standard input cannot be watched; give files or folders to --watch")
    named: dict[Path, set[Path]] = {}

    def check(documents: Sequence[Path]) -> None:
        report = api.check(documents, settings, watch=outcome.watching(quiet=quiet))
        for part in report.documents:
            document = Path(part.document.name)
            named[document] = {Path(name) for name in part.document.files} - {document}
        told(report)

    def files() -> list[Path]:
        here = inputs.documents_at(paths, settings)
        return list(dict.fromkeys([*here, *(one for further in named.values() for one in further)]))

    check(inputs.documents_at(paths, settings))
    _say("watching; check again at every save, end with Ctrl+C", quiet=quiet)
    for changed in (wait or changes)(files):
        now = inputs.documents_at(paths, settings)
        again = [one for one in now if one in changed or named.get(one, set()) & set(changed)]
        _say(f"saved: {', '.join(map(str, again))}", quiet=quiet)
        try:
            check(again)
        except InputError as error:
            click.echo(f"refcheck: {error}", err=True)


def _say(text: str, *, quiet: bool) -> None:
    if not quiet:
        click.echo(f"\n— {datetime.now().astimezone():%H:%M:%S} {text}", err=True)


def changes(
    files: Callable[[], Sequence[Path]],
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[list[Path]]:
    """Yield the files that were saved since the last time, as soon as they keep still; never ends.

    ``files`` says which there are; it is asked at every look, so that new ones are seen. A file that
    is away for a moment, as while an editor saves, counts as saved when it is back.
    """
    seen = _look(files)
    while True:
        began = clock()
        now = _look(files)
        spent = clock() - began
        sleep(max(INTERVAL_S, spent / SHARE))
        changed = {path for path, state in now.items() if seen.get(path) != state}
        if changed and _look(files) == now:
            seen |= now
            yield [path for path in now if path in changed]


def _look(files: Callable[[], Sequence[Path]]) -> dict[Path, State]:
    try:
        return {path: state for path in files() if (state := _state(path))}
    except InputError:  # gone for a moment, as while an editor saves
        return {}


def _state(path: Path) -> State | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
