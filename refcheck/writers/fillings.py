"""What fills the masked fields of a BibTeX entry or a citation template, where they stand.

A mask is nobody's value, so that filling one is ``safe`` where the work is known; no other field is
changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.markup import latex_text
from refcheck.model import Document, Edit, Finding, Resolved, Safety, Span, Suggested
from refcheck.record import Name, Record
from refcheck.writers.amend import bibtex_additions, bibtex_name


def fillings(document: Document, finding: Finding) -> Iterator[Edit]:
    """Yield an edit for each masked field that the work tells, and what else a BibTeX entry lacks."""
    placeholder = finding.placeholder
    safety: Safety = "safe"
    match finding.resolution:
        case Resolved(found):
            pass
        case Suggested([found, *_]) if not found.contradictions:
            safety = "unsafe"
        case _:
            return
    template = document.format == "wikitext"
    value_of = _parameter if template else _field
    for name, span in sorted(placeholder.masks, key=lambda one: one[1]):
        if value := value_of(name, found.candidate.record):
            yield Edit(span, value, safety, document.name)
    entry = document.slice(placeholder.span)
    if entry.startswith("@") and safety == "safe":
        start = placeholder.span.start
        for low, high, new, _ in bibtex_additions(entry, found):
            yield Edit(Span(start + low, start + high), new, safety, document.name)


def _field(name: str, record: Record) -> str:
    """Return the value of a BibTeX field as a record tells it; "" where it does not."""
    match name:
        case "author" | "editor":
            return " and ".join(map(bibtex_name, getattr(record, name)))
        case "pages":
            return re.sub(r"(?<=\w)\s*[-–—]\s*(?=\w)", "--", latex_text(record.page))
        case "url" | "howpublished" | "doi":
            return _told(name, record)
        case _:
            return latex_text(_told(name, record))


def _parameter(name: str, record: Record) -> str:
    """Return the value of a template's parameter as a record tells it; "" where it does not."""
    first = record.author[0] if record.author else Name()
    match name:
        case "last" | "author":
            value = f"{first.non_dropping_particle} {first.family}".strip() or first.literal
        case "first":
            value = first.given
        case "pages" | "page":
            value = re.sub(r"(?<=\d)-(?=\d)", "–", record.page)
        case _:
            value = _told(name, record)
    return value.replace("|", "{{!}}")


def _told(name: str, record: Record) -> str:
    match name:
        case "year":
            return str(record.issued.year) if record.issued and record.issued.year else ""
        case "date":
            return record.issued.iso() if record.issued else ""
        case "url" | "howpublished":
            return record.url or (f"https://doi.org/{record.doi}" if record.doi else "")
        case "number" | "issue":
            return record.issue or record.number
        case (
            "journal" | "journaltitle" | "booktitle" | "work" | "website" | "newspaper" | "magazine"
        ):
            return record.container_title
        case "school" | "institution":
            return record.publisher
        case "doi" | "isbn" | "issn" | "volume" | "title" | "publisher":
            return str(getattr(record, name))
        case _:
            return ""
