"""The report as SARIF 2.1.0 (OASIS), which code hosts show beside the lines it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from refcheck.model import Diagnostic, Document, DocumentReport, Edit, Report, Span
from refcheck.writers import foreign, steps, view, wording, works
from refcheck.writers.form import ReportForm
from refcheck.writers.report_json import instant
from refcheck.writers.view import Item

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(report: Report) -> str:
    """Write one run with a result for every finding and diagnostic worth telling."""
    rules = _rules(report)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [
        result
        for number, part in enumerate(report.documents)
        for result in _results(part, number, index)
    ]
    run = {
        "tool": {"driver": {"name": "refcheck", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": uri(part.document.name)}, "roles": ["analysisTarget"]}
            for part in report.documents
        ],
        "invocations": [
            {
                "executionSuccessful": True,
                "endTimeUtc": instant(report.made),
                "toolExecutionNotifications": list(_notifications(report)),
            }
        ],
        "results": results,
    }
    whole = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


def uri(path: str) -> str:
    """Return a path as a URI reference: relative ones stay so, absolute ones are of ``file:``."""
    path = path.replace("\\", "/")
    if path[1:3] == ":/":  # a drive of Windows
        path = f"/{path}"
    shown = quote(path, safe="/-_.~", errors="replace")
    return f"file://{shown}" if path.startswith("/") else shown


def _rules(report: Report) -> list[dict[str, Any]]:
    named: dict[str, str] = {}
    for part in report.documents:
        named |= {one.placeholder.rule: one.placeholder.name for one in part.findings}
        named |= {one.rule: one.name for one in view.diagnostics(part)}
    return [
        {
            "id": rule,
            "name": "".join(word.capitalize() for word in foreign.line(name).split("-")),
            "shortDescription": {"text": foreign.line(name).replace("-", " ")},
            "help": {"text": f"refcheck explain {rule}"},
        }
        for rule, name in sorted(named.items())
    ]


def _results(
    part: DocumentReport, artifact: int, index: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for item, fingerprint in zip(view.items(part), view.fingerprints(part), strict=True):
        level = view.level(item)
        if level is None:
            continue
        rule = item.finding.placeholder.rule
        where = artifact if item.document is part.document else None
        result: dict[str, Any] = {
            "ruleId": rule,
            "ruleIndex": index[rule],
            "level": level,
            "message": {"text": _text(item)},
            "locations": [_location(item.document, where, item.finding.placeholder.span)],
            "partialFingerprints": {"refcheck/v1": fingerprint},
            "properties": {
                "kind": item.finding.placeholder.kind,
                "certainty": item.finding.placeholder.certainty,
                "status": item.finding.resolution.status,
            },
        }
        if item.edits:
            result["fixes"] = [_fix(item.document, where, edit) for edit in item.edits]
        yield result
    for one in view.diagnostics(part):
        yield {
            "ruleId": one.rule,
            "ruleIndex": index[one.rule],
            "level": _LEVELS[one.severity],
            "message": {"text": _said(one)},
            "locations": [_location(part.document, artifact, one.span)],
        }


def _said(one: Diagnostic) -> str:
    return "\n".join(foreign.line(text) for text in (one.message, one.help) if text) or one.rule


def _text(item: Item) -> str:
    said = [f"{wording.message(item)}.", *steps.advice(item)]
    for match in (item.chosen, *item.others):
        if match:
            record = match.candidate.record
            where = works.address(record)
            said.append(f"{match.score:.2f} {works.describe(record)} {where}".rstrip())
    return "\n".join(foreign.line(one) for one in said)


def _location(document: Document, artifact: int | None, span: Span | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(document, artifact)}
    if span:
        (line, column), (end_line, end_column) = (
            document.place(span.start),
            document.place(span.end),
        )
        place["region"] = {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
            **_characters(span),
            "snippet": {"text": foreign.well_formed(document.slice(span))},
        }
    return {"physicalLocation": place}


def _artifact(document: Document, artifact: int | None) -> dict[str, Any]:
    """Name a file; a further one of a document is none of the run's artifacts and has no index."""
    named = {"uri": uri(document.name)}
    return named if artifact is None else {**named, "index": artifact}


def _characters(span: Span) -> dict[str, int]:
    return {"charOffset": span.start, "charLength": span.end - span.start}


def _fix(document: Document, artifact: int | None, edit: Edit) -> dict[str, Any]:
    replacement = {
        "deletedRegion": _characters(edit.span),
        "insertedContent": {"text": foreign.well_formed(edit.text)},
    }
    change = {"artifactLocation": _artifact(document, artifact), "replacements": [replacement]}
    return {"description": {"text": "Put in what was found."}, "artifactChanges": [change]}


def _notifications(report: Report) -> Iterator[dict[str, Any]]:
    """Tell of the sources that failed: the answer is the less complete for it."""
    for one in report.sources:
        if one.failed or one.state == "failed":
            why = f": {foreign.line(one.message)}" if one.message else ""
            text = f"{foreign.line(one.name)}: {one.failed} of {one.requests} requests failed{why}"
            yield {"level": "warning", "message": {"text": text}}


REPORT = ReportForm(write=write, suffix=".sarif", title="SARIF 2.1.0", name="sarif")
