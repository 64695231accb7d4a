"""What a judged reference lacks, and what in it is wrong, as edits in its own form.

What only adds is ``safe``; what changes a value that the author wrote is ``unsafe``. A version of the
work that the author did not cite lends no field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.markup import latex_text
from refcheck.model import (
    Corrected,
    Document,
    Edit,
    Evidence,
    Finding,
    Match,
    Resolved,
    Safety,
    Span,
    Verified,
)
from refcheck.record import Name, Record
from refcheck.writers.fields import bibtex_addition, bibtex_fields, template_addition

UNWRITABLE = frozenset({"jats", "pdf"})
"""Formats in which nothing can be added to a reference: elements would be needed, or it is printed."""


def amendments(document: Document, finding: Finding) -> Iterator[Edit]:
    """Yield the edits of a written reference; ``document`` is the file in which it stands."""
    wrong: tuple[Evidence, ...] = ()
    match finding.resolution:
        case Verified(found):
            pass
        case Corrected(found, wrong):
            pass
        case Resolved(found):
            wrong = found.contradictions
        case _:
            return
    if document.format in UNWRITABLE:
        return
    span = finding.placeholder.span
    text = document.slice(span)
    if text.startswith("@"):
        changes = (
            *bibtex_additions(text, found),
            *_bibtex_changes(text, found.candidate.record, wrong),
        )
    elif text.startswith("{{"):
        changes = (*_template_additions(text, found),)
    else:
        changes = (*_text_additions(document, text, found), *_text_changes(text, wrong))
    last = -1
    for start, end, new, safety in sorted(changes):
        if start >= last:
            yield Edit(Span(span.start + start, span.start + end), new, safety, document.name)
            last = max(end, start + 1)


Change = tuple[int, int, str, Safety]


def _lends(match: Match) -> bool:
    """Tell whether the record is of the version that was cited, so that its fields may be taken over."""
    told = {one.field: one for one in match.evidence}
    container = told.get("container_title")
    if container is not None and (
        container.agreement is None or container.note or container.contradicts
    ):
        return False
    return "number" not in told  # an arXiv number: the preprint was cited


def _doi(text: str, match: Match) -> str:
    """Return the DOI that a reference lacks."""
    doi = match.candidate.record.doi
    if not doi or not _lends(match) or re.search(r"\b10\.\d{4,9}/|arxiv", text, re.IGNORECASE):
        return ""
    printed = any(one.field == "container_title" for one in match.evidence)
    return "" if printed and doi.lower().startswith(_PREPRINTS) else doi


_PREPRINTS = (
    "10.48550/", "10.1101/", "10.2139/ssrn", "10.31234/", "10.31219/", "10.20944/", "10.21203/", "10.26434/",
)  # fmt: skip
"""What DOIs of preprints begin with: some indexes give them to the published work."""


# --- BibTeX -------------------------------------------------------------------------------------

_JOURNALS = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "review", "review-book"}
)
_BOOKS = frozenset(
    {"chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary"}
)
_PLACES = {
    "article": (_JOURNALS, "journal", "container_title"),
    "inproceedings": (_BOOKS, "booktitle", "container_title"),
    "conference": (_BOOKS, "booktitle", "container_title"),
    "incollection": (_BOOKS, "booktitle", "container_title"),
    "book": (frozenset({"book"}), "publisher", "publisher"),
    "phdthesis": (frozenset({"thesis"}), "school", "publisher"),
    "mastersthesis": (frozenset({"thesis"}), "school", "publisher"),
    "techreport": (frozenset({"report"}), "institution", "publisher"),
}  # fmt: skip
"""For an entry's type, the types of works that it can be of, and the field that BibTeX asks of it."""
_ADDED = (("volume", "volume"), ("number", "issue"), ("pages", "page"))
_NAMES = {
    "title": ("title",), "author": ("author",), "issued": ("year", "date"), "volume": ("volume",),
    "container_title": ("journal", "journaltitle", "booktitle"), "issue": ("number", "issue"),
    "page": ("pages",), "doi": ("doi",), "url": ("url",), "publisher": ("publisher",), "edition": ("edition",),
}  # fmt: skip


def bibtex_additions(entry: str, match: Match) -> Iterator[Change]:
    """Yield what an entry lacks and a record of the same version tells."""
    record = match.candidate.record
    held = {field.name.lower() for field in bibtex_fields(entry)}
    lacking = []
    if _lends(match):
        place, value = _place(entry, held, record)
        if value:
            lacking.append((place, value))
        added = {
            "journal": _ADDED,
            "journaltitle": _ADDED,
            "booktitle": _ADDED[-1:] if place else (),
        }
        fits = next((added[name] for name in added if name in {*held, place}), ())
        lacking += [
            (name, latex_text(getattr(record, field)))
            for name, field in fits
            if not held & set(_NAMES[field]) and "eid" not in held and getattr(record, field)
        ]
    if "doi" not in held and (doi := _doi(entry, match)):
        lacking.append(("doi", doi))
    grown = entry
    for name, value in lacking:
        long = re.sub(r"(?<=\w)-(?=\w)", "--", value) if name == "pages" else value
        at, new = bibtex_addition(grown, name, long)
        if at < 0:
            return
        grown = grown[:at] + new + grown[at:]
    if grown != entry:
        at, _ = bibtex_addition(entry, "doi", "")
        yield at, at, grown[at : at + len(grown) - len(entry)], "safe"


def _place(entry: str, held: set[str], record: Record) -> tuple[str, str]:
    """Return the field that says where a work of an entry's type stands, and its value where it lacks.

    Both are "" where the entry is of another type than the work.
    """
    kind = entry[1 : re.search(r"[{(]", entry).start()].strip().lower()  # type: ignore[union-attr]
    types, name, field = _PLACES.get(kind, (frozenset(), "", ""))
    if record.type not in types:
        return "", ""
    if name == "journal" and "date" in held:  # biblatex
        name = "journaltitle"
    there = held & {name, *_NAMES.get(field, ()), "crossref"}
    return name, "" if there else latex_text(getattr(record, field))


def _bibtex_changes(entry: str, record: Record, wrong: tuple[Evidence, ...]) -> Iterator[Change]:
    fields = {field.name.lower(): field for field in bibtex_fields(entry)}
    for one in wrong:
        name = next((name for name in _NAMES.get(one.field, ()) if name in fields), "")
        value = _bibtex_value(one, record)
        if name and value and fields[name].quote:
            low, high = fields[name].low, fields[name].high
            if name == "date":
                high = low + len(re.match(r"\d*", entry[low:high])[0])  # type: ignore[index]
            yield low, high, value, "unsafe"


def _bibtex_value(one: Evidence, record: Record) -> str:
    match one.field:
        case "author":
            return " and ".join(map(bibtex_name, record.author))
        case "page":
            return re.sub(r"\s*[-–—]\s*", "--", one.found)
        case "doi" | "url":
            return one.found
        case _:
            return latex_text(one.found)


def bibtex_name(name: Name) -> str:
    """Write a name as BibTeX reads it: ``von Last, Jr, First``."""
    if not name.family:
        return f"{{{latex_text(name.literal)}}}"
    family = f"{name.non_dropping_particle} {name.family}".strip()
    parts = (family, *([name.suffix] if name.suffix else []), name.given)
    return ", ".join(latex_text(part) for part in parts if part)


# --- templates ----------------------------------------------------------------------------------


def _template_additions(template: str, match: Match) -> Iterator[Change]:
    if doi := _doi(template, match):
        at, new = template_addition(template, "doi", doi)
        if at >= 0:
            yield at, at, new, "safe"


# --- text ---------------------------------------------------------------------------------------


def _text_additions(document: Document, text: str, match: Match) -> Iterator[Change]:
    doi = _doi(text, match)
    if not doi or re.search(r"https?://\S*$", text):
        return
    body = text.rstrip()
    gap = " " if body[-1:] in ".!?。．)]" else ". "
    yield len(body), len(body), gap + _as_written(document, doi), "safe"


def _as_written(document: Document, doi: str) -> str:
    """Write a DOI as the document writes those that it has; as an address where it has none."""
    habits = {
        "https://doi.org/": len(re.findall(r"https?://(?:dx\.)?doi\.org/10\.", document.text)),
        "doi:": len(re.findall(r"(?i)\bdoi:10\.", document.text)),
        "doi: ": len(re.findall(r"(?i)\bdoi: 10\.", document.text)),
    }
    lead = max(habits, key=lambda lead: habits[lead])
    written = f"{lead}{doi}"
    if document.format == "latex":
        if lead == "https://doi.org/" and "\\url{" in document.text:
            return f"\\url{{{written}}}"
        return latex_text(written)
    if (
        document.format == "markdown"
        and lead == "https://doi.org/"
        and "<https://" in document.text
    ):
        return f"<{written}>"
    return written


def _text_changes(text: str, wrong: tuple[Evidence, ...]) -> Iterator[Change]:
    """Replace what is wrong where it stands once, as it was read."""
    for one in wrong:
        if not one.given or not one.found or one.field == "author":
            continue
        edge = r"(?<![\w.])" if one.given[:1].isalnum() else ""
        found = list(re.finditer(edge + re.escape(one.given) + r"(?!\w)", text, re.IGNORECASE))
        if len(found) == 1:
            yield *found[0].span(), one.found, "unsafe"
