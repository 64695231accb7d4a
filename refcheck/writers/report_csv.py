"""The report as a table (RFC 4180): one row a finding, with the best candidate.

A cell that a spreadsheet would take for a formula begins with an apostrophe
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from refcheck.model import Match, Report, Unresolved
from refcheck.writers import foreign, steps, view, wording, works
from refcheck.writers.form import ReportForm
from refcheck.writers.view import Item

COLUMNS = (
    "path", "line", "column", "rule", "name", "kind", "certainty", "text", "status", "reason",
    "score", "author", "issued", "title", "container", "doi", "url", "source", "against", "advice",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(report: Report) -> str:
    """Write a header and a row for each finding; lines end in CR LF."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for part in report.documents:
        for item in view.items(part):
            table.writerow(map(cell, _row(item)))
    return out.getvalue()


def cell(text: str) -> str:
    """Return foreign text as a cell in one line that no spreadsheet computes."""
    text = foreign.line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(item: Item) -> Iterator[str]:
    placeholder, outcome = item.finding.placeholder, item.finding.resolution
    line, column = item.place
    yield from (item.document.name, str(line), str(column), placeholder.rule, placeholder.name)
    yield from (placeholder.kind, placeholder.certainty, item.text, wording.status(item))
    yield outcome.reason if isinstance(outcome, Unresolved) else ""
    yield from _best(item.chosen or next(iter(item.others), None))
    yield " ".join(steps.advice(item))


def _best(match: Match | None) -> tuple[str, ...]:
    if match is None:
        return ("",) * 9
    record = match.candidate.record
    return (
        f"{match.score:.4f}",
        works.names(record),
        works.date(record) if record.issued else "",
        record.title,
        works.within(record),
        record.doi,
        record.url,
        works.sources(match),
        wording.against(match),
    )


REPORT = ReportForm(write=write, suffix=".csv", title="CSV, one finding a row", name="csv")
