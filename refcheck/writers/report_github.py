"""The report as workflow commands, which GitHub Actions turns into notes on a pull request.

Source: GitHub Docs, "Workflow commands for GitHub Actions", setting an error, warning or notice.
"""

from __future__ import annotations

from collections.abc import Iterator

from refcheck.model import Diagnostic, DocumentReport, Report
from refcheck.writers import foreign, steps, view, wording, works
from refcheck.writers.form import ReportForm
from refcheck.writers.view import Item

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice", "info": "notice"}


def write(report: Report) -> str:
    """Write one command a line for every finding and diagnostic worth telling."""
    lines = [line for part in report.documents for line in _commands(part)]
    return foreign.well_formed("".join(f"{line}\n" for line in lines))


def _commands(part: DocumentReport) -> Iterator[str]:
    for item in view.items(part):
        if level := view.level(item):
            yield _finding(item, _COMMANDS[level])
    for one in view.diagnostics(part):
        yield _diagnostic(part, one)


def _finding(item: Item, command: str) -> str:
    (line, column), (end_line, end_column) = item.place, view.end_place(item)
    placeholder = item.finding.placeholder
    properties = {
        "file": item.document.name,
        "line": str(line),
        "endLine": str(end_line),
        "col": str(column),
        "endColumn": str(end_column),
        "title": f"{placeholder.rule} {placeholder.name}",
    }
    if end_line != line:  # columns count only within one line
        del properties["col"], properties["endColumn"]
    said = [f"{wording.message(item)}.", *steps.advice(item)]
    for match in (item.chosen, *item.others[:3]):
        if match:
            where = works.address(match.candidate.record)
            said.append(
                f"{match.score:.2f} {works.describe(match.candidate.record)} {where}".strip()
            )
    return _command(command, properties, "\n".join(foreign.line(one) for one in said))


def _diagnostic(part: DocumentReport, one: Diagnostic) -> str:
    properties = {"file": part.document.name, "title": f"{one.rule} {one.name}"}
    if one.span:
        properties["line"] = str(part.document.place(one.span.start)[0])
    said = "\n".join(foreign.line(text) for text in (one.message, one.help) if text)
    return _command(_COMMANDS[one.severity], properties, said)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}"


def _data(text: str) -> str:
    """Escape as the runner unescapes: what would end the command or the line is encoded."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(foreign.line(text)).replace(":", "%3A").replace(",", "%2C")


REPORT = ReportForm(
    write=write, suffix=".github.txt", title="annotations for GitHub Actions", name="github"
)
