"""Decisions to edits: what is put where, and what an edit may do by itself.

Only what was decided is put in (``safe``); a suggestion is an ``unsafe`` edit, applied when it is
accepted. What an edit replaces is the placeholder and the instruction to the writer that goes with
it, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from refcheck.model import (
    Document,
    Edit,
    Entry,
    Finding,
    Match,
    Resolved,
    Run,
    Suggested,
)
from refcheck.record import Record

Markup = Callable[[Sequence[Run]], str]
"""Writes rendered runs in the document's own form."""


def plan(
    document: Document, findings: Sequence[Finding], entries: Mapping[Record, Entry], markup: Markup
) -> tuple[Edit, ...]:
    """Return the edits for all findings, in order of place, none touching another.

    ``entries`` maps the id of each record to its rendered form.
    """
    edits: list[Edit] = []
    end = -1
    for finding in sorted(findings, key=lambda finding: finding.placeholder.replaced):
        edit = _edit(document, finding, entries, markup)
        if edit is not None and edit.span.start >= end:
            edits.append(edit)
            end = edit.span.end
    return tuple(edits)


def _edit(
    document: Document, finding: Finding, entries: Mapping[Record, Entry], markup: Markup
) -> Edit | None:
    placeholder, resolution = finding.placeholder, finding.resolution
    span = placeholder.replaced
    match resolution:
        case Resolved(match):
            records, safe = [match.candidate.record], True
        case Suggested(matches) if placeholder.slot == "list":
            records, safe = [one.candidate.record for one in _sound(matches)], False
        case Suggested(matches) if _sound(matches):
            records, safe = [_sound(matches)[0].candidate.record], False
        case _:
            return None
    known = [record for record in records if record in entries]
    match placeholder.slot:
        case "address":
            text = address(known[0]) if known else ""
        case "reference":
            text = markup(entries[known[0]].reference) if known else ""
        case "citation":
            text = markup(entries[known[0]].parenthetical) if known else ""
        case "list":
            text = _lines(
                document, span.start, [markup(entries[record].reference) for record in known]
            )
        case "nothing":
            text = ""
    if not text:
        return None
    if placeholder.slot == "address":
        text = _enclosed(document.slice(span), text)
    return Edit(span, text, "safe" if safe else "unsafe", document.name)


def _enclosed(placeholder: str, text: str) -> str:
    """Keep the round brackets in which a placeholder stood: they were the sentence's own."""
    for opening, closing in (("(", ")"), ("（", "）")):
        if placeholder.startswith(opening) and placeholder.endswith(closing):
            return f"{opening}{text}{closing}"
    return text


def _sound(matches: Sequence[Match]) -> list[Match]:
    """What may be put in at all: nothing that something speaks against."""
    return [match for match in matches if not match.contradictions]


def address(record: Record) -> str:
    """Return where a person finds the work: its DOI as an address, else its URL."""
    return f"https://doi.org/{record.doi}" if record.doi else record.url


def _lines(document: Document, offset: int, references: Sequence[str]) -> str:
    """Write references as items of the list in which the placeholder stands."""
    block = document.block_at(offset)
    lead = document.text[block.span.start : block.content.start] if block else ""
    end = re.search(r"\r\n|\n|\r", document.text)
    return f"{end[0] if end else chr(10)}{lead}".join(references)
