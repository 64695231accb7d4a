"""Decisions to edits: what is put where, and what an edit may do by itself.

Only what was decided is put in (``safe``); a suggestion is an ``unsafe`` edit, applied when it is
accepted. What an edit replaces is the placeholder and the instruction to the writer that goes with
it, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from refcheck.model import (
    Citing,
    Document,
    Edit,
    Entry,
    Finding,
    Match,
    Placeholder,
    Resolved,
    Safety,
    Suggested,
)
from refcheck.record import Record
from refcheck.writers.amend import amendments
from refcheck.writers.citations import Markup, by_key, in_words
from refcheck.writers.fillings import fillings


def plan(
    document: Document,
    findings: Sequence[Finding],
    entries: Mapping[Record, Entry],
    markup: Markup,
    citing: Citing | None = None,
) -> tuple[Edit, ...]:
    """Return the edits for all findings, in order of place, none touching another.

    ``entries`` maps each record to its rendered form, whose ``id`` is its key.
    """
    edits: list[Edit] = []
    ends: dict[str, int] = {}
    for finding in sorted(findings, key=lambda finding: finding.placeholder.replaced):
        where = document.of_file(finding.placeholder.file)
        if finding.placeholder.kind == "reference":
            planned = tuple(amendments(where, finding))
        elif finding.placeholder.masks:
            planned = tuple(fillings(where, finding))
        else:
            edit = _edit(where, finding, entries, markup, citing if where is document else None)
            planned = (edit,) if edit is not None else ()
        for edit in planned:
            if edit.span.start >= ends.get(where.name, -1):
                edits.append(edit)
                ends[where.name] = edit.span.end
    return tuple(edits)


def _edit(
    document: Document,
    finding: Finding,
    entries: Mapping[Record, Entry],
    markup: Markup,
    citing: Citing | None,
) -> Edit | None:
    placeholder, resolution = finding.placeholder, finding.resolution
    match resolution:
        case Resolved(match, _, also):
            records, safe = [one.candidate.record for one in (match, *also)], True
        case Suggested(matches) if placeholder.slot == "list":
            records, safe = [one.candidate.record for one in _sound(matches)], False
        case Suggested(matches) if _sound(matches):
            records, safe = [_sound(matches)[0].candidate.record], False
        case _:
            return None
    known = tuple(record for record in records if record in entries)
    text = _text(document, placeholder, known, entries, markup, citing) if known else ""
    if not text:
        return None
    safety: Safety = "safe" if safe else "unsafe"
    cited = known if placeholder.slot == "citation" else ()
    return Edit(placeholder.replaced, text, safety, document.name, cited)


def _text(
    document: Document,
    placeholder: Placeholder,
    records: Sequence[Record],
    entries: Mapping[Record, Entry],
    markup: Markup,
    citing: Citing | None,
) -> str:
    """Write the works in the form that the place wants."""
    span = placeholder.replaced
    first = entries[records[0]]
    match placeholder.slot:
        case "address":
            return _enclosed(document.slice(span), address(records[0]))
        case "reference":
            return markup(first.reference)
        case "citation" if citing:
            keys = [entries[record].id for record in records]
            return by_key(document, document.slice(span), citing, keys)
        case "citation":
            cited = [entries[record] for record in records]
            return in_words(document, span.start, document.slice(span), cited, markup)
        case "list":
            return _lines(document, span.start, [markup(entries[one].reference) for one in records])
        case "nothing":
            return ""


def _enclosed(placeholder: str, text: str) -> str:
    """Keep the round brackets in which a placeholder stood: they were the sentence's own."""
    for opening, closing in (("(", ")"), ("（", "）")):
        if text and placeholder.startswith(opening) and placeholder.endswith(closing):
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
