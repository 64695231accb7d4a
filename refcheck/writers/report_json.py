"""The report as one JSON object, for programs: the schema is ``report.schema.json`` beside this."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from refcheck.model import (
    Clues,
    Corrected,
    Diagnostic,
    Document,
    DocumentReport,
    Edit,
    Entry,
    Evidence,
    Match,
    Provenance,
    Report,
    Resolved,
    SourceState,
    Span,
    Unresolved,
)
from refcheck.record import csl_variable, to_csl
from refcheck.writers import foreign, steps, view
from refcheck.writers.form import ReportForm

SCHEMA = "refcheck-report/1"


def write(report: Report) -> str:
    """Write the report, indented; text that cannot be encoded becomes U+FFFD."""
    text = foreign.well_formed(json.dumps(whole(report), ensure_ascii=False))
    return msgspec.json.format(text, indent=2) + "\n"


def whole(report: Report) -> dict[str, Any]:
    """Return the report as the JSON object's values."""
    return {
        "schema": SCHEMA,
        "made": instant(report.made),
        "style": report.style,
        "totals": dict(view.totals(report)),
        "documents": [document(part) for part in report.documents],
        "sources": [source(one) for one in report.sources],
    }


def document(part: DocumentReport) -> dict[str, Any]:
    """Return one document's values."""
    fingerprints = view.fingerprints(part)
    return {
        "path": part.document.name,
        "format": part.document.format,
        "findings": [
            finding(item, fingerprint)
            for item, fingerprint in zip(view.items(part), fingerprints, strict=True)
        ],
        "diagnostics": [diagnostic(one, part.document) for one in view.diagnostics(part)],
        "edits": [edit(one) for one in part.edits],
        "bibliography": [entry(one) for one in part.bibliography],
        "records": [to_csl(record) for record in part.records],
        "written": [{"path": path, "sha256": digest} for path, digest in part.written],
    }


def finding(item: view.Item, fingerprint: str) -> dict[str, Any]:
    """Return one finding's values."""
    placeholder = item.finding.placeholder
    out: dict[str, Any] = {
        "rule": placeholder.rule,
        "name": placeholder.name,
        "kind": placeholder.kind,
        **place(item.document, placeholder.span),
        "text": item.text,
        "certainty": placeholder.certainty,
        "fingerprint": fingerprint,
        "clues": clues(placeholder.clues),
        "resolution": resolution(item),
        "edits": [edit(one) for one in item.edits],
    }
    if where := item.document.in_file(placeholder.span.start):
        out["in_file"] = {"part": where[0], "block": where[1]}
    if placeholder.file:
        out["file"] = placeholder.file
    if placeholder.extent and placeholder.extent != placeholder.span:
        out["extent"] = {"start": placeholder.extent.start, "end": placeholder.extent.end}
    return out


def place(document: Document, span: Span) -> dict[str, int]:
    """Return a span's offsets, its line and its column."""
    line, column = document.place(span.start)
    return {"start": span.start, "end": span.end, "line": line, "column": column}


def clues(known: Clues) -> dict[str, Any]:
    """Return the clues; null for what is not known."""
    return {
        "publisher": known.publisher or None,
        "topic": known.topic or None,
        "title": known.title or None,
        "author": list(known.author) or None,
        "year": known.year,
        "identifier": known.identifier or None,
        "date": known.date or None,
        "language": known.language or None,
        "written_in": known.written_in or None,
        "container_title": known.container_title or None,
        "types": list(known.types),
    }


def resolution(item: view.Item) -> dict[str, Any]:
    """Return what became of a placeholder; the match that was decided for lies flat in it."""
    outcome = item.finding.resolution
    out: dict[str, Any] = {"status": outcome.status}
    if item.chosen:
        out |= matched(item.chosen)
    if isinstance(outcome, Resolved) and outcome.also:
        out["also"] = [matched(one) for one in outcome.also]
    if isinstance(outcome, Corrected):
        out["differences"] = [evidence(one) for one in outcome.differences]
    if isinstance(outcome, Unresolved):
        out["reason"] = outcome.reason
    if said := steps.advice(item):
        out["advice"] = list(said)
    out["candidates"] = [matched(one) for one in item.others]
    return out


def matched(match: Match) -> dict[str, Any]:
    """Return a candidate with its score, evidence and provenance."""
    out: dict[str, Any] = {
        "score": round(match.score, 4),
        "record": to_csl(match.candidate.record),
        "evidence": [evidence(one) for one in match.evidence],
        "provenance": [provenance(one) for one in match.candidate.provenance],
    }
    if match.candidate.cited_by is not None:
        out["cited_by"] = match.candidate.cited_by
    return out


def evidence(one: Evidence) -> dict[str, Any]:
    """Return one comparison; a note only where there is one."""
    out: dict[str, Any] = {
        "field": csl_variable(one.field),
        "given": one.given,
        "found": one.found,
        "agreement": None if one.agreement is None else round(one.agreement, 4),
        "contradicts": one.contradicts,
    }
    if one.note:
        out["note"] = one.note
    return out


def provenance(one: Provenance) -> dict[str, Any]:
    """Return where a record was read; ``fields`` are those of the record, as CSL names them."""
    return {
        "source": one.source,
        "id": one.id,
        "url": one.url,
        "retrieved": instant(one.retrieved),
        "fields": {csl_variable(field): where for field, where in one.fields},
    }


def edit(one: Edit) -> dict[str, Any]:
    """Return an accepted edit; ``file`` only where it is of another file than the document."""
    out: dict[str, Any] = {
        "start": one.span.start,
        "end": one.span.end,
        "text": one.text,
        "safety": one.safety,
    }
    return out | ({"file": one.file} if one.file else {})


def entry(one: Entry) -> dict[str, str]:
    """Return an entry of the reference list as plain text."""
    text = "".join(run.text for run in one.reference)
    return {"id": one.id, "text": f"{one.label} {text}" if one.label else text}


def diagnostic(one: Diagnostic, document: Document) -> dict[str, Any]:
    """Return a diagnostic, with its place where it has one."""
    out: dict[str, Any] = {
        "rule": one.rule,
        "name": one.name,
        "severity": one.severity,
        "message": one.message,
        "help": one.help,
    }
    return out | (place(document, one.span) if one.span else {})


def source(one: SourceState) -> dict[str, Any]:
    """Return how a source fared; a message only where there is one."""
    out: dict[str, Any] = {
        "name": one.name,
        "requests": one.requests,
        "from_cache": one.from_cache,
        "failed": one.failed,
        "state": one.state,
    }
    return out | ({"message": one.message} if one.message else {})


def instant(when: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, to the second: ``2026-11-22T12:00:00Z``."""
    if when.tzinfo is not None:
        when = when.astimezone(UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def flat(report: Report) -> Iterable[dict[str, Any]]:
    """Return findings, diagnostics and sources one by one, each with its ``type`` and path."""
    for part in report.documents:
        values = document(part)
        for one in values["findings"]:
            yield {"type": "finding", "path": part.document.name, **one}
        for one in values["diagnostics"]:
            yield {"type": "diagnostic", "path": part.document.name, **one}
    for state in report.sources:
        yield {"type": "source", **source(state)}


REPORT = ReportForm(write=write, suffix=".json", title="JSON, one object", name="json")
