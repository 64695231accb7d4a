"""Findings, sources and summary as a terminal shows them, line by line.

A finding is told as compilers tell theirs: place, code, the line with carets below, then the
candidates and what can be done. Foreign text has lost every sign that a terminal would obey.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from refcheck.cli.excerpt import ending, excerpt, wrap
from refcheck.model import (
    Diagnostic,
    Document,
    DocumentReport,
    Evidence,
    Match,
    Report,
    Span,
    Verified,
)
from refcheck.writers import foreign, steps, view, wording, works
from refcheck.writers.view import Item

UNKNOWN_WIDTH = 100
"""Columns where the result does not go to a terminal."""

SHOWN = 5
"""How many candidates of a finding are shown where none was chosen; the report has all."""

SUGGESTED = 10
"""How many of those that a person is to choose from: five of two types, as by default."""

NEAR = 0.05
"""Score below which a candidate has so little to do with the place that the report alone shows it."""

NARROWEST = 40
"""Columns below which nothing is made narrower: the terminal may break the lines itself."""

_STYLES = {
    "bold": "1",
    "dim": "2",
    "help": "1;36",
    "gutter": "34",
    "open": "1;31",
    "suggested": "1;33",
    "resolved": "1;32",
    "not_asked": "1;35",
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
}


class Paint:
    """Puts colour on text (ECMA-48, SGR), or leaves it as it is."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, style: str, text: str) -> str:
        """Return a text in one of the styles."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._colour and text else text


def shape(stream: TextIO) -> tuple[int, bool]:
    """Return how many columns a stream has and whether it takes colour.

    Colour only on a terminal that is not "dumb" and where NO_COLOR is not set (no-color.org);
    FORCE_COLOR asks for it elsewhere.
    """
    if os.environ.get("NO_COLOR"):
        colour = False
    else:
        capable = stream.isatty() and os.environ.get("TERM") != "dumb"
        colour = capable or bool(os.environ.get("FORCE_COLOR"))
    width = shutil.get_terminal_size((UNKNOWN_WIDTH, 24)).columns
    return width if stream.isatty() else UNKNOWN_WIDTH, colour


def findings(
    report: Report, width: int = 100, colour: bool = False, *, everything: bool = False
) -> Iterator[str]:
    """Tell the findings of a report in the order of documents and places; ``width`` in columns.

    References that are in order or that nobody was asked about are left out unless ``everything``
    is wanted. Commands and addresses are never cut, so that they can be copied.
    """
    paint, width = Paint(colour), max(width, NARROWEST)
    for part in report.documents:
        told: list[tuple[int, Iterator[str]]] = []
        for item in view.items(part):
            if everything or _worth_telling(item):
                start = item.finding.placeholder.span.start
                told.append((start, _finding(item, width, paint)))
        for alike in _alike(view.diagnostics(part)):
            start = alike[0].span.start if alike[0].span else len(part.document.text)
            told.append((start, _diagnostics(part, alike, width, paint)))
        for _, lines in sorted(told, key=lambda pair: pair[0]):
            yield from lines
            yield ""


def summary(report: Report) -> str:
    """Say in one line how it stands, and which command to run next."""
    every = [item for part in report.documents for item in view.items(part)]
    if not every:
        return f"{_documents(report)}: nothing is missing."
    counts = view.count(every)
    failed = sum(view.is_incomplete(item) for item in every)
    sound = [item for item in every if view.standing(item) == "resolved"]
    verified = sum(isinstance(item.finding.resolution, Verified) for item in sound)
    said = [f"{counts['resolved'] - verified} resolved", f"{counts['suggested']} suggested"]
    if verified:
        said.insert(0, f"{verified} verified")
    said.append(f"{counts['open']} unresolved")
    if failed:
        said.append(f"{failed} could not be asked")
    if counts["not_asked"] > failed:
        said.append(f"{counts['not_asked'] - failed} not looked up")
    places = f"{len(every)} place{'' if len(every) == 1 else 's'}"
    _, after = steps.next_step(every)
    line = f"{places} in {_documents(report)}: {', '.join(said)}."
    return f"{line} Next: {after}" if after else line


ROWS_MOST = 30
"""How many documents the table names; the worst come first, and the report has all."""


def table(report: Report, width: int = 100, colour: bool = False) -> Iterator[str]:
    """Tell of several documents how each stands, worst first; nothing for one alone."""
    if len(report.documents) < 2:
        return
    counted = [(part, view.count(view.items(part))) for part in report.documents]
    rows = [(foreign.line(part.document.name), c) for part, c in counted if sum(c.values())]
    rows.sort(key=lambda row: tuple(-row[1][state] for state in _COLUMNS))
    sound = len(report.documents) - len(rows)
    if rows:
        numbers = "  ".join(_COLUMNS.values())
        room = max(foreign.cells(name) for name, _ in rows[:ROWS_MOST])
        room = max(8, min(room, width - len(numbers) - 2))
        yield Paint(colour)("bold", f"{'document':<{room}}  {numbers}")
        for name, counts in rows[:ROWS_MOST]:
            shown = ending(name, room)
            cells = (f"{counts[state] or '–':>{len(head)}}" for state, head in _COLUMNS.items())
            yield f"{shown}{' ' * (room - foreign.cells(shown))}  {'  '.join(cells)}"
    if len(rows) > ROWS_MOST:
        yield f"and {len(rows) - ROWS_MOST} more documents"
    if rows and sound:
        yield f"and {sound} in which nothing is missing"
    if rows:
        yield ""


_COLUMNS: dict[view.Standing, str] = {
    "open": "open", "suggested": "suggested", "not_asked": "not looked up", "resolved": "resolved",
}  # fmt: skip


def sources(report: Report, width: int = 100, colour: bool = False) -> Iterator[str]:
    """Tell how the sources fared: those that were asked as a table, the others by name."""
    asked = view.asked(report)
    if asked:
        names = max(6, *(foreign.cells(foreign.line(one.name)) for one in asked))
        head = f"{'source':<{names}}  {'state':<7}  asked  cache  failed"
        yield Paint(colour)("bold", head)
    for one in asked:
        name = foreign.line(one.name)
        gap = " " * (names - foreign.cells(name))
        row = f"{name}{gap}  {one.state:<7}  {one.requests:5}  {one.from_cache:5}  {one.failed:6}"
        why = foreign.line(one.message)
        yield foreign.fit(f"{row}  {why}" if why else row, width)
    for why, others in view.unasked(report):
        lines = wrap(f"{why}: {', '.join(map(foreign.line, others))}", width, width - 2)
        yield from (f"{'  ' if n else ''}{line}" for n, line in enumerate(lines))


def _worth_telling(item: Item) -> bool:
    if item.finding.placeholder.kind != "reference":
        return True
    return view.is_open(item) or view.is_incomplete(item) or bool(item.edits)


def _documents(report: Report) -> str:
    if len(report.documents) == 1:
        return foreign.line(report.documents[0].document.name)
    return f"{len(report.documents)} documents"


def _head(document: Document, span: Span | None) -> str:
    name = foreign.line(document.name)
    if span is None:
        return f"{name}:"
    line, column = document.place(span.start)
    return f"{name}:{line}:{column}:"


def _message(
    head: str, rule: str, said: str, width: int, paint: Paint, style: str
) -> Iterator[str]:
    """Tell place, code and message; what does not fit goes on indented."""
    before = foreign.cells(head) + len(rule) + 2
    lines = wrap(said, width - before, width - 4) if before < width - 20 else iter((said,))
    yield f"{paint('bold', head)} {paint(style, rule)} {next(lines, '')}"
    yield from (f"    {one}" for one in lines)


def place(item: Item, width: int, paint: Paint) -> Iterator[str]:
    """Tell where a finding stands and what became of it, with its line and carets."""
    span, state = item.finding.placeholder.span, view.standing(item)
    rule, said = item.finding.placeholder.rule, wording.message(item)
    yield from _message(_head(item.document, span), rule, said, width, paint, state)
    yield from _marked(item.document, span, width, paint, state)


def _finding(item: Item, width: int, paint: Paint) -> Iterator[str]:
    state = view.standing(item)
    margin = " " * len(str(item.place[0]))
    yield from place(item, width, paint)
    for one in view.unlike(item):
        yield from _unlike(one, f"{margin} ~ ", width)
    for edit in item.edits:
        yield f"{margin} {paint('resolved', '+')} {foreign.line(edit.text)}"
    most = 0 if item.chosen else SUGGESTED if state == "suggested" else SHOWN
    near = [match for match in item.others[:most] if match.score >= NEAR]
    for match in filter(None, (item.chosen, *near)):
        yield from candidate(match, f"{margin} =", width, paint)
    if most and len(near) < len(item.others):
        more = len(item.others) - len(near)
        yield f"{margin}   {'and ' if near else ''}{more} more in the report"
    yield from _help(item, width, paint)


def _unlike(one: Evidence, mark: str, width: int) -> Iterator[str]:
    """Tell what a reference says of a field and what the source says, on one line or below it."""
    field = foreign.line(one.field.replace("_", " "))
    here, there = foreign.line(one.given) or "nothing", foreign.line(one.found) or "nothing"
    line = f"{mark}{field}: here {here}, there {there}"
    if foreign.cells(line) <= width:
        yield line
        return
    yield f"{mark}{field}:"
    gap = " " * len(mark)
    yield foreign.fit(f"{gap}here  {here}", width)
    yield foreign.fit(f"{gap}there {there}", width)


def _marked(document: Document, span: Span, width: int, paint: Paint, style: str) -> Iterator[str]:
    """Show the line with carets below what was found."""
    number, column = document.place(span.start)
    gutter = len(str(number)) + 3
    shown, blank, carets = excerpt(
        document.line(number), column - 1, column - 1 + span.end - span.start, width - gutter
    )
    bar = paint("gutter", "|")
    yield f"{paint('gutter', str(number))} {bar} {shown}"
    yield f"{' ' * (gutter - 3)} {bar} {' ' * blank}{paint(style, '^' * carets)}"


def candidate(match: Match, mark: str, width: int, paint: Paint) -> Iterator[str]:
    """Tell, after a mark, score, work, address and source; then what the score comes of."""
    record = match.candidate.record
    lead = f"{mark} {match.score:.2f}  "
    indent = " " * len(lead)
    where = f"doi:{foreign.line(record.doi)}" if record.doi else foreign.line(works.web(record.url))
    tail = "  ".join(filter(None, (where, foreign.line(works.sources(match)))))
    work = works.describe(record)
    if len(lead) + foreign.cells(work) + 2 + foreign.cells(tail) <= width:
        yield f"{lead}{work}, {paint('dim', tail)}"
    else:
        yield lead + foreign.fit(work, width - len(lead))
        yield indent + paint("dim", tail)
    if record.retraction:
        notice = works.notice(record.retraction)
        said = f"it {wording.withdrawn(record.retraction)}" + (
            f"; notice: {notice}" if notice else ""
        )
        for line in wrap(said, width - len(indent)):
            yield indent + paint("open", line)
    for line in wrap(wording.reason(match), width - len(indent)):
        yield indent + line


def _help(item: Item, width: int, paint: Paint) -> Iterator[str]:
    lead = f"{paint('help', 'help')}: "
    commands = steps.commands(item)
    for said in steps.advice(item, general=not commands):
        lines = wrap(foreign.line(said), width - 6)
        yield lead + next(lines, "")
        yield from (f"      {line}" for line in lines)
    for what, command in commands:
        yield f"{lead}{foreign.line(what)}: {command}"


def _alike(diagnostics: Iterable[Diagnostic]) -> Iterable[list[Diagnostic]]:
    """Put together what is said of the whole document by one rule and mended in one way."""
    found: dict[object, list[Diagnostic]] = {}
    for one in diagnostics:
        found.setdefault((one.rule, one.help, one.span), []).append(one)
    return found.values()


def _diagnostics(
    part: DocumentReport, alike: Sequence[Diagnostic], width: int, paint: Paint
) -> Iterator[str]:
    one = alike[0]
    head = _head(part.document, one.span)
    for each in alike:
        said = f"{each.severity}: {foreign.line(each.message)}"
        yield from _message(head, each.rule, said, width, paint, each.severity)
    if one.span:
        yield from _marked(part.document, one.span, width, paint, one.severity)
    if one.help:
        lines = wrap(foreign.line(one.help), width - 6)
        yield f"{paint('help', 'help')}: {next(lines, '')}"
        yield from (f"      {line}" for line in lines)
