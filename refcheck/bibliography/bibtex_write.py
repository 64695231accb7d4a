"""Records as BibTeX or BibLaTeX entries: the same record is the same text on every run.

Types and required fields: BibTeXing (Patashnik 1988), the biblatex manual 3.19, section 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from refcheck.bibliography.bibtex_blocks import MONTHS
from refcheck.bibliography.bibtex_names import write_names
from refcheck.bibliography.keys import PATTERN, keys
from refcheck.bibliography.tex_case import protect
from refcheck.bibliography.tex_encode import encode
from refcheck.dates import SEASONS
from refcheck.record import PartialDate, Record

_BIBTEX = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "review": "article", "review-book": "article", "book": "book", "classic": "book",
    "collection": "book", "chapter": "incollection", "entry": "incollection",
    "entry-dictionary": "incollection", "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings", "thesis": "phdthesis", "report": "techreport",
    "standard": "techreport", "manuscript": "unpublished", "pamphlet": "booklet",
}  # fmt: skip
_BIBLATEX = _BIBTEX | {
    "thesis": "thesis", "report": "report", "standard": "standard", "webpage": "online", "post": "online",
    "post-weblog": "online", "article": "online", "dataset": "dataset", "software": "software",
    "patent": "patent", "motion_picture": "video", "broadcast": "video", "song": "audio",
    "graphic": "artwork", "figure": "image", "map": "image", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "periodical": "periodical",
    "legal_case": "jurisdiction", "legislation": "legislation", "treaty": "legal", "bill": "legislation",
    "personal_communication": "letter", "performance": "performance", "regulation": "legislation",
    "speech": "unpublished", "event": "unpublished",
}  # fmt: skip
_NEEDS = {
    "article": ("container_title",),
    "incollection": ("container_title",),
    "inreference": ("container_title",),
    "inproceedings": ("container_title",),
    "phdthesis": ("publisher",),
    "mastersthesis": ("publisher",),
    "techreport": ("publisher",),
}
"""Without these BibTeX and biber call an entry incomplete: it becomes ``misc`` then."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How the entries of a file look: kept when others are added to it."""

    indent: str = "  "
    align: bool = False
    open: str = "{"
    close: str = "}"
    trailing_comma: bool = True
    capital_types: bool = False
    newline: str = "\n"
    ascii_only: bool = False
    pattern: str = PATTERN


def write(
    records: Sequence[Record], *, biblatex: bool = False, habits: Habits | None = None
) -> str:
    """Write the records, in order, an empty line between them."""
    habits = habits or Habits()
    made = keys(records, habits.pattern)
    return habits.newline.join(
        entry(record, key, biblatex=biblatex, habits=habits)
        for record, key in zip(records, made, strict=True)
    )


def entry(record: Record, key: str, *, biblatex: bool, habits: Habits) -> str:
    """Write one entry, closed by a line end."""
    kind = _kind(record, biblatex=biblatex)
    values = _fields(record, kind, biblatex=biblatex, ascii_only=habits.ascii_only)
    width = max((len(name) for name, _ in values), default=0) if habits.align else 0
    lines = []
    for name, value in values:
        bare = name == "month" and value in MONTHS
        shown = value if bare else f"{habits.open}{value}{habits.close}"
        if habits.open == '"' and '"' in value and not bare:
            shown = f"{{{value}}}"
        lines.append(f"{habits.indent}{name:<{width}} = {shown}")
    body = f",{habits.newline}".join(lines)
    comma = "," if habits.trailing_comma and lines else ""
    shown_kind = kind.capitalize() if habits.capital_types else kind
    return f"@{shown_kind}{{{key},{habits.newline}{body}{comma}{habits.newline}}}{habits.newline}"


def _kind(record: Record, *, biblatex: bool) -> str:
    kind = (_BIBLATEX if biblatex else _BIBTEX).get(record.type, "misc")
    if kind == "phdthesis" and re.search(
        r"(?i)master|magister|硕士|修士|diplom|bachelor", record.genre
    ):
        kind = "mastersthesis"
    if kind == "book" and not record.author and record.editor and biblatex:
        kind = "collection"
    if kind == "unpublished" and not (biblatex or record.note or record.genre):
        return "misc"
    if any(not getattr(record, field) for field in _NEEDS.get(kind, ())):
        return "misc"
    return kind


def _fields(
    record: Record, kind: str, *, biblatex: bool, ascii_only: bool
) -> list[tuple[str, str]]:
    """Return the fields in the order of their writing, absent ones left out."""

    def tex(value: str) -> str:
        return encode(value, ascii_only=ascii_only)

    def cased(value: str) -> str:
        return encode(protect(value), ascii_only=ascii_only)

    def people(*fields: str) -> str:
        names = next((getattr(record, field) for field in fields if getattr(record, field)), ())
        return write_names(names, ascii_only=ascii_only)

    inside = kind in {"incollection", "inproceedings", "inreference", "inbook"}
    article = kind == "article"
    publisher = (
        "school" if kind in {"phdthesis", "mastersthesis"}
        else "institution" if kind in {"techreport", "report", "thesis"}
        else "organization" if kind in {"online", "misc", "software"} and biblatex
        else "publisher"
    )  # fmt: skip
    container = "booktitle" if inside else ("journaltitle" if biblatex else "journal")
    if not inside and not article:
        site = "titleaddon" if biblatex else "howpublished"
        container = site if kind in {"misc", "online"} else "booktitle"
    eprint, number = _eprint(record)
    values = [
        ("author", people("author", "composer", "director")),
        ("editor", people("editor", "compiler", "chair")),
        ("translator", people("translator")),
        ("bookauthor", people("container_author") if biblatex else ""),
        ("title", cased(record.title or _reviewed(record))),
        ("shorttitle", cased(record.title_short)),
        (container, tex(record.container_title)),
        ("shortjournal" if biblatex else "", tex(record.container_title_short) if article else ""),
        ("series", tex(record.collection_title)),
        ("edition", _edition(record.edition, biblatex=biblatex)),
        ("volume", tex(record.volume)),
        ("volumes", tex(record.number_of_volumes)),
        (
            "number",
            tex(record.issue if article or record.issue else record.collection_number or number),
        ),
        ("eid" if article else "", tex(number)),
        ("type", tex(_genre(record, kind))),
        ("chapter", tex(record.chapter_number)),
        ("pages", tex(re.sub(r"(?<=\w)\s*[-–—]\s*(?=\w)", "--", record.page))),
        ("pagetotal", tex(record.number_of_pages) if biblatex else ""),
        ("version", tex(record.version) if biblatex else ""),
        (publisher, tex("" if eprint and record.publisher == "arXiv" else record.publisher)),
        ("location" if biblatex else "address", tex(record.publisher_place)),
        ("eventtitle", tex(record.event_title)),
        ("venue", tex(record.event_place)),
        *_dates(record, biblatex=biblatex),
        ("pubstate", tex(record.status) if biblatex else ""),
        ("origtitle", tex(record.original_title) if biblatex else ""),
        ("origpublisher", tex(record.original_publisher) if biblatex else ""),
        (
            "howpublished",
            tex(record.medium) if container != "howpublished" or not record.container_title else "",
        ),
        ("note", tex(record.note or (record.genre if kind == "unpublished" else ""))),
        ("doi", address(record.doi)),
        ("eprint", eprint),
        ("eprinttype" if biblatex else "archiveprefix", "arXiv" if eprint else ""),
        ("isbn", tex(record.isbn)),
        ("issn", tex(record.issn)),
        ("pmid", tex(record.pmid)),
        ("pmcid", tex(record.pmcid)),
        ("url", address(record.url)),
        ("urldate", record.accessed.iso() if record.accessed else ""),
        ("langid" if biblatex else "language", tex(record.language)),
        ("abstract", tex(record.abstract)),
        ("keywords", tex(record.keyword)),
        ("annotation" if biblatex else "annote", tex(record.annote)),
    ]
    if record.type in {"article-magazine", "article-newspaper"} and kind == "article":
        values.insert(-3, ("entrysubtype", record.type.removeprefix("article-")))
    seen: set[str] = set()
    return [
        (name, value)
        for name, value in values
        if name and value and not (name in seen or seen.add(name))  # type: ignore[func-returns-value]
    ]


def _reviewed(record: Record) -> str:
    """Return a title for a review that has none: an entry without one is incomplete."""
    return f"Review of <i>{record.reviewed_title}</i>" if record.reviewed_title else ""


def _eprint(record: Record) -> tuple[str, str]:
    """Return the arXiv identifier, and the number that is left."""
    if match := re.fullmatch(r"(?i)arxiv:\s*(\S+)(?:\s*\[.*\])?", record.number):
        return match[1], ""
    if record.archive.lower() == "arxiv":
        return record.archive_location, record.number
    return "", record.number


def _genre(record: Record, kind: str) -> str:
    """Return what ``type`` says beyond the entry's own type.

    A thesis of unknown degree is called just that: its entry type would say "PhD".
    """
    genre = record.genre
    plain = genre.lower().replace("’", "'")
    if kind == "unpublished" or (kind, plain) in _SAID:
        return ""
    if record.type == "thesis" and kind != "misc":
        return {"doctoral dissertation": "phdthesis", "master's thesis": "mathesis"}.get(
            plain, genre
        ) or "Thesis"
    return genre


_SAID = frozenset(
    {
        ("phdthesis", "doctoral dissertation"),
        ("phdthesis", "phd thesis"),
        ("mastersthesis", "master's thesis"),
    }
)


def _edition(edition: str, *, biblatex: bool) -> str:
    if not edition.isdigit() or biblatex:
        return encode(edition)
    number = int(edition)
    ending = (
        "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def _dates(record: Record, *, biblatex: bool) -> list[tuple[str, str]]:
    date = record.issued
    if date is None:
        shown: list[tuple[str, str]] = []
    elif biblatex:
        shown = [("date", edtf(date))] if date.start else [("year", encode(date.literal))]
    elif not date.start:
        shown = [("year", encode(date.literal))]
    else:
        shown = [("year", f"{'ca. ' if date.circa else ''}{date.start[0]}")]
        if len(date.start) > 1:
            shown.append(("month", MONTHS[date.start[1] - 1]))
        elif date.season:
            shown.append(("month", SEASONS[date.season - 1]))
        if len(date.start) > 2:
            shown.append(("day", str(date.start[2])))
    if biblatex:
        more = (("origdate", record.original_date), ("eventdate", record.event_date))
        shown.extend((name, edtf(one)) for name, one in more if one and one.start)
    return shown


def edtf(date: PartialDate) -> str:
    """Write a date as EDTF level 1: ``2024-05-30/2024-06-02``, seasons as months 21 to 24."""
    start = (
        f"{date.start[0]:04d}-{date.season + 20}"
        if date.season and len(date.start) == 1
        else date.iso()
    )
    end = PartialDate(start=date.end).iso() if date.end else ""
    return f"{start}{'~' if date.circa else ''}{'/' + end if end else ''}"


def address(value: str) -> str:
    """Write an address or a DOI: as it is but for what would unbalance the braces."""
    return re.sub(r"[{}\\\s]", lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), value)
