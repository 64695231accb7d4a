"""BibTeX and BibLaTeX entries as records.

Types and fields: BibTeXing (Patashnik 1988), the biblatex manual 3.19, sections 2.1 and 2.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from refcheck.bibliography.bibtex_blocks import MONTHS, RawEntry, entries
from refcheck.bibliography.bibtex_names import read_names
from refcheck.bibliography.form import Reading, Reject, decoded
from refcheck.bibliography.tex import decode
from refcheck.bibliography.tex_case import keep_needed
from refcheck.dates import date_from_text
from refcheck.errors import LibraryError
from refcheck.record import Name, PartialDate, Record
from refcheck.text import fold

TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "book": "book", "mvbook": "book",
    "manual": "book", "booklet": "pamphlet", "collection": "book", "mvcollection": "book",
    "reference": "book", "mvreference": "book", "proceedings": "book", "mvproceedings": "book",
    "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter",
    "suppcollection": "chapter", "inreference": "entry-encyclopedia", "inproceedings": "paper-conference",
    "conference": "paper-conference", "mastersthesis": "thesis", "phdthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "unpublished": "manuscript",
    "periodical": "periodical", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "patent": "patent", "dataset": "dataset", "software": "software", "video": "motion_picture",
    "movie": "motion_picture", "audio": "song", "music": "song", "artwork": "graphic", "image": "graphic",
    "letter": "personal_communication", "jurisdiction": "legal_case", "legislation": "legislation",
    "legal": "treaty", "standard": "standard", "review": "review", "performance": "performance",
    "misc": "document", "map": "map", "bill": "bill",
}  # fmt: skip
NAMES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container_author",
    "introduction": "contributor", "holder": "author", "director": "director", "illustrator": "illustrator",
}  # fmt: skip
TEXTS = {
    "journal": "container_title", "journaltitle": "container_title", "booktitle": "container_title",
    "shortjournal": "container_title_short", "shorttitle": "title_short", "publisher": "publisher",
    "school": "publisher", "institution": "publisher", "organization": "publisher",
    "address": "publisher_place", "location": "publisher_place", "volume": "volume", "issue": "issue",
    "edition": "edition", "series": "collection_title", "chapter": "chapter_number", "eid": "number",
    "isbn": "isbn", "issn": "issn", "note": "note", "annote": "annote", "annotation": "annote",
    "abstract": "abstract", "keywords": "keyword", "type": "genre", "eventtitle": "event_title",
    "venue": "event_place", "version": "version", "volumes": "number_of_volumes",
    "pagetotal": "number_of_pages", "part": "part_number", "origtitle": "original_title",
    "origpublisher": "original_publisher", "origlocation": "original_publisher_place", "pmid": "pmid",
    "pmcid": "pmcid", "pubstate": "status", "library": "call_number", "rights": "license",
    "copyright": "license", "howpublished": "medium", "titleaddon": "container_title",
}  # fmt: skip
_LANGUAGES = {
    "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "german": "de", "ngerman": "de", "french": "fr", "spanish": "es", "italian": "it", "chinese": "zh",
    "japanese": "ja", "korean": "ko", "russian": "ru", "portuguese": "pt", "brazilian": "pt-BR",
    "dutch": "nl", "polish": "pl", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi",
    "czech": "cs", "hungarian": "hu", "turkish": "tr", "greek": "el", "arabic": "ar", "hebrew": "he",
}  # fmt: skip
_THESES = {
    "mathesis": "Master's thesis", "phdthesis": "Doctoral dissertation", "mastersthesis": "Master's thesis",
    "candthesis": "Candidate thesis",
}  # fmt: skip
_WORDS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_STATES = {
    "inpress": "in press",
    "inpreparation": "in preparation",
    "prepublished": "advance online publication",
}
_NAMED_MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")[a-z]*()\b", re.IGNORECASE)
_MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")[a-z]*\b|\b(1[0-2]|0?[1-9])\b", re.IGNORECASE)


def read(data: bytes, name: str) -> Reading:
    """Read a .bib file, either dialect. What is broken is named with its line, the rest is read.

    Raises `LibraryError` where there is text but no entry at all.
    """
    text = decoded(data)
    found, rejects = entries(text)
    if not found and text.strip() and "@" not in text:
        raise LibraryError(f"{name or 'the text'} holds no BibTeX entry")
    records = []
    told = list(rejects)
    for entry, values in _works(found):
        if values:
            records.append(record(entry.kind, entry.key, values))
        else:
            told.append(Reject(entry.line, entry.key or f"@{entry.kind}", "has no fields"))
    return Reading(tuple(records), tuple(sorted(told, key=lambda reject: reject.line)))


def by_line(text: str) -> Mapping[int, Record]:
    """Read the entries of a text, each by the line (from 1) in which it begins.

    Where an entry says "and others", so does the record: its last author is ``others``.
    """
    found = {}
    for entry, values in _works(entries(text)[0]):
        one = record(entry.kind, entry.key, values)
        found[entry.line] = replace(one, author=_open_ended(one.author, values.get("author", "")))
    return found


_CUT = re.compile(r"\s+et\.?\s+al\.?\s*$", re.IGNORECASE)


def _open_ended(people: tuple[Name, ...], value: str) -> tuple[Name, ...]:
    """Add ``others`` where a list of names says in whatever way that it is cut."""
    cut = re.search(r"\s(?:and\s+)?(?:others|et\.?\s+al\.?)\s*$", value, re.IGNORECASE)
    if not people or not cut:
        return people
    last = people[-1]
    if fold(f"{last.given} {last.family}").strip(" .") in {"et al", "al"}:
        people = people[:-1]
    else:
        given, family = (_CUT.sub("", part) for part in (last.given, last.family))
        people = (*people[:-1], replace(last, given=given, family=family))
    return (*people, Name(literal="others"))


def _works(found: Sequence[RawEntry]) -> Iterator[tuple[RawEntry, Mapping[str, str]]]:
    """Yield the entries that are of works, each with what it says and takes over."""
    parents = {entry.key.lower(): entry for entry in found if entry.key}
    for entry in found:
        if entry.kind not in {"xdata", "set", "comment", "preamble", "control"}:
            yield entry, _inherited(entry, parents)


def _inherited(entry: RawEntry, parents: Mapping[str, RawEntry]) -> Mapping[str, str]:
    """Add what an entry takes over by ``crossref`` or ``xdata``; its own fields come first."""
    values = dict(entry.fields)
    for field in ("crossref", "xdata"):
        for key in re.split(r"\s*,\s*", values.pop(field, "").lower()):
            parent = parents.get(key)
            if parent is None or parent is entry:
                continue
            for name, value in parent.fields.items():
                if field == "crossref" and name == "title":
                    values.setdefault("booktitle", value)
                elif (
                    name not in {"crossref", "xdata", "shorttitle", "subtitle"} or field == "xdata"
                ):
                    values.setdefault(name, value)
    return values


def record(kind: str, key: str, fields: Mapping[str, str]) -> Record:
    """Turn one entry into a `Record`: kind and field names in lower case, values in TeX."""
    values: dict[str, Any] = {"id": key, "type": _type(kind, fields)}
    for name, field in NAMES.items():
        if fields.get(name) and field not in values and (names := read_names(fields[name])):
            values[field] = names
    for name, field in TEXTS.items():
        if fields.get(name) and not values.get(field):
            rich = name in {"journal", "journaltitle", "booktitle", "shorttitle", "origtitle"}
            text = decode(fields[name], rich=rich)
            values[field] = keep_needed(text) if rich else text
    if title := _with_subtitle(fields, "title", "subtitle"):
        values["title"] = title
    elif "shorttitle" in fields:
        values["title"] = values["title_short"]
    if "booktitle" in fields:
        values["container_title"] = _with_subtitle(fields, "booktitle", "booksubtitle")
    if fields.get("pages"):
        values["page"] = re.sub(r"\s*[-–—‐]+\s*", "-", decode(fields["pages"]))
    if values["type"] == "webpage" and values.get("medium") and not values.get("container_title"):
        values["container_title"] = values.pop("medium")  # the site, as `misc` has no other place
    _numbers(kind, fields, values)
    _places(fields, values)
    _dates(fields, values)
    if language := fields.get("langid") or fields.get("language") or fields.get("hyphenation"):
        values["language"] = _LANGUAGES.get(decode(language).lower(), decode(language))
    if kind in _THESES or values.get("genre", "").lower() in _THESES:
        genre = values.get("genre", "")
        values["genre"] = _THESES.get(genre.lower() or kind, genre)
    if values["type"] == "thesis" and values.get("genre") == "Thesis":
        del values["genre"]
    if status := values.get("status"):
        values["status"] = _STATES.get(status.lower(), status)
    return Record(**{field: value for field, value in values.items() if value})


def _type(kind: str, fields: Mapping[str, str]) -> str:
    found = TYPES.get(kind, "document")
    sub = fields.get("entrysubtype", "").lower()
    if kind == "article" and sub in {"magazine", "newspaper"}:
        return f"article-{sub}"
    if kind == "article" and not (fields.get("journal") or fields.get("journaltitle")):
        return "article" if fields.get("eprint") else found
    if kind == "unpublished" and fields.get("eventtitle"):
        return "speech"
    if found == "document":
        if fields.get("eprint"):
            return "article"
        if fields.get("url") or "\\url" in fields.get("howpublished", ""):
            return "webpage"
    return found


def _with_subtitle(fields: Mapping[str, str], main: str, sub: str) -> str:
    title = keep_needed(decode(fields.get(main, ""), rich=True))
    if sub not in fields:
        return title
    subtitle = keep_needed(decode(fields[sub], rich=True))
    return f"{title}{' ' if title[-1:] in '?!.:' else ': '}{subtitle}".strip()


def _numbers(kind: str, fields: Mapping[str, str], values: dict[str, Any]) -> None:
    if edition := values.get("edition", ""):
        word = edition.lower().split()[0].removesuffix(".")
        ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?(?:\s+ed\.?(?:ition)?)?", edition.lower())
        if word in _WORDS and len(edition.split()) <= 2:
            values["edition"] = str(_WORDS.index(word) + 1)
        elif ordinal:
            values["edition"] = ordinal[1]
    number = decode(fields.get("number", ""))
    if number:
        if kind in {"article", "suppperiodical", "periodical"}:
            field = "number" if values.get("issue") else "issue"
        elif values.get("collection_title"):
            field = "collection_number"
        elif kind in {"inproceedings", "conference"}:
            field = "issue"
        else:
            field = "number"
        values.setdefault(field, number)
    eprint = decode(fields.get("eprint", ""))
    archive = decode(fields.get("archiveprefix") or fields.get("eprinttype") or "")
    if eprint and archive.lower() in {"pubmed", "pmid"}:
        values.setdefault("pmid", eprint)
    elif eprint and (
        archive.lower() == "arxiv" or (not archive and re.match(r"\d{4}\.\d{4,5}", eprint))
    ):
        bare = re.sub(r"(?i)^arxiv:\s*", "", eprint)
        if values.get("container_title"):
            values.update(archive="arXiv", archive_location=bare)
        else:
            values.setdefault("number", f"arXiv:{bare}")
            values.setdefault("publisher", "arXiv")
    elif eprint and archive:
        values.update(archive=archive, archive_location=eprint)


def _places(fields: Mapping[str, str], values: dict[str, Any]) -> None:
    how = fields.get("howpublished", "")
    inside = re.search(r"\\url\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}|^\s*(https?://\S+?)\s*$", how)
    url = fields.get("url", "") or (
        next(part for part in inside.groups() if part) if inside else ""
    )
    if inside:
        values.pop("medium", None)
    if url:
        values["url"] = plain_address(url)
    if fields.get("doi"):
        doi = plain_address(fields["doi"])
        values["doi"] = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi)


def plain_address(value: str) -> str:
    r"""Return an address or DOI as it is: ``\url{}`` and TeX's escapes undone, ~ and % kept."""
    value = re.sub(r"^\s*\\(?:url|path|nolinkurl)\s*\{(.*)\}\s*$", r"\1", value.strip())
    value = (
        value.replace(r"\textasciitilde{}", "~")
        .replace(r"\textasciitilde", "~")
        .replace(r"\~{}", "~")
    )
    value = value.replace(r"{\_}", "_").replace(r"$\sim$", "~").strip("<>{} ")
    return re.sub(r"\\([_%&#~$^{}])", r"\1", value).replace("{", "").replace("}", "").strip()


def _dates(fields: Mapping[str, str], values: dict[str, Any]) -> None:
    date = date_from_text(decode(fields.get("date", "")))
    if date is None and fields.get("year"):
        date = _year_month(decode(fields["year"]), fields.get("month", ""), fields.get("day", ""))
    values["issued"] = date
    for name, field in (
        ("urldate", "accessed"),
        ("origdate", "original_date"),
        ("eventdate", "event_date"),
    ):
        values[field] = date_from_text(decode(fields.get(name, "")))


def _year_month(year: str, month: str, day: str) -> PartialDate | None:
    match = re.fullmatch(r"(?:ca?\.?\s*|circa\s+|c)?(-?\d{1,4})\??", year.strip("[]() ").lower())
    if not match:
        return date_from_text(year)
    start: tuple[int, ...] = (int(match[1]),)
    circa = not year.strip().lstrip("-").isdigit()
    month = decode(month)
    if found := _NAMED_MONTH.search(month) or _MONTH.search(month):
        number = MONTHS.index(found[1][:3].lower()) + 1 if found[1] else int(found[2])
        start = (start[0], number)
        days = re.search(
            r"\b(\d{1,2})\b", decode(day or month[found.end() :] or month[: found.start()])
        )
        if days and 1 <= int(days[1]) <= 31:
            start = (*start, int(days[1]))
    elif (said := date_from_text(f"{month.strip()} {start[0]:04d}")) and said.season:
        return PartialDate(start, season=said.season, circa=circa)
    return PartialDate(start=start, circa=circa)
