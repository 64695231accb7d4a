"""EndNote XML: what EndNote exports and imports, and most reference managers read.

Elements and reference types: EndNote's own exports (X9 to 21); there is no published schema.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from refcheck.bibliography.form import BibliographyForm, Reading, Reject
from refcheck.dates import SEASONS, date_from_text
from refcheck.errors import LibraryError
from refcheck.record import Name, PartialDate, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {
    "article-journal": ("Journal Article", 17), "book": ("Book", 6), "chapter": ("Book Section", 5),
    "paper-conference": ("Conference Paper", 47), "thesis": ("Thesis", 32), "report": ("Report", 27),
    "webpage": ("Web Page", 12), "article-newspaper": ("Newspaper Article", 23),
    "article-magazine": ("Magazine Article", 19), "manuscript": ("Manuscript", 36), "dataset": ("Dataset", 59),
    "software": ("Computer Program", 9), "patent": ("Patent", 25), "map": ("Map", 20),
    "motion_picture": ("Film or Broadcast", 21), "song": ("Music", 61), "graphic": ("Artwork", 2),
    "legal_case": ("Case", 7), "legislation": ("Statute", 31), "standard": ("Standard", 58),
    "entry-encyclopedia": ("Encyclopedia", 53), "entry-dictionary": ("Dictionary", 52),
    "post-weblog": ("Blog", 56), "article": ("Unpublished Work", 34), "pamphlet": ("Pamphlet", 24),
    "personal_communication": ("Personal Communication", 26), "bill": ("Bill", 4), "hearing": ("Hearing", 14),
    "document": ("Generic", 13),
}  # fmt: skip
_READ = {name.lower(): kind for kind, (name, _) in _TYPES.items()} | {
    "edited book": "book", "electronic article": "article-journal", "electronic book": "book",
    "conference proceedings": "paper-conference", "electronic book section": "chapter",
    "government document": "report", "online database": "dataset", "audiovisual material": "motion_picture",
}  # fmt: skip
_NAMES = {
    "authors": "author", "secondary-authors": "editor", "tertiary-authors": "collection_editor",
    "subsidiary-authors": "translator",
}  # fmt: skip
_TEXTS = {
    "titles/title": "title", "titles/secondary-title": "container_title", "titles/tertiary-title": "collection_title",
    "titles/short-title": "title_short", "titles/alt-title": "container_title_short", "pages": "page",
    "volume": "volume", "number": "issue", "edition": "edition", "section": "section", "num-vols": "number_of_volumes",
    "publisher": "publisher", "pub-location": "publisher_place", "isbn": "isbn", "accession-num": "number",
    "electronic-resource-num": "doi", "abstract": "abstract", "notes": "note", "research-notes": "annote",
    "work-type": "genre", "language": "language", "call-num": "call_number", "orig-pub": "original_publisher",
    "remote-database-name": "archive", "remote-database-provider": "source", "custom2": "pmcid",
}  # fmt: skip
_TAG = re.compile(r"</?(?:i|b|em|strong|su[bp]|span)(?:\s[^<>]*)?>")


def read(data: bytes, name: str) -> Reading:
    """Read an export. Raises `LibraryError` for what is not XML or holds no record."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LibraryError(f"{name or 'the text'} is not EndNote XML: {error}") from None
    found = [] if root is None else list(root.iter("record"))
    if not found:
        raise LibraryError(f"{name or 'the text'} is not EndNote XML: it holds no <record>")
    records: list[Record] = []
    rejects = [Reject(one.line, "XML", one.message) for one in parser.error_log][:20]
    for element in found:
        record = _record(element)
        if any(True for _ in record.present()):
            records.append(record)
        else:
            rejects.append(Reject(int(element.sourceline or 0), "record", "says nothing of a work"))
    return Reading(tuple(records), tuple(rejects))


def _record(element: Any) -> Record:
    kind = element.find("ref-type")
    values: dict[str, Any] = {
        "type": _READ.get((kind.get("name") or "").lower(), "document")
        if kind is not None
        else "document"
    }
    for tag, field in _NAMES.items():
        names = [_name(_text(one)) for one in element.iterfind(f"contributors/{tag}/author")]
        values[field] = tuple(name for name in names if name)
    for path, field in _TEXTS.items():
        if value := _text(element.find(path)):
            values.setdefault(field, value)
    if not values.get("container_title"):
        values["container_title"] = _text(element.find("periodical/full-title"))
    journal = values["type"].startswith("article-")
    if journal and values.get("isbn"):
        values["issn"] = values.pop("isbn")
    if values["type"] in {"report", "patent", "standard"} and values.get("issue"):
        values.setdefault("number", values.pop("issue"))
    values["page"] = re.sub(r"\s*[–—]\s*", "-", values.get("page", ""))
    values["url"] = _text(element.find("urls/related-urls/url")) or _text(
        element.find("urls/web-urls/url")
    )
    values["keyword"] = ", ".join(filter(None, map(_text, element.iterfind("keywords/keyword"))))
    values["issued"] = _date(
        _text(element.find("dates/year")), _text(element.find("dates/pub-dates/date"))
    )
    values["accessed"] = date_from_text(_text(element.find("access-date")))
    values["id"] = _text(element.find("label")) or _text(element.find("rec-number"))
    if values.get("doi"):
        values["doi"] = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", values["doi"])
    return Record(**{field: value for field, value in values.items() if value})


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _name(text: str) -> Name:
    family, comma, rest = text.partition(",")
    if not comma or not rest.strip():
        return Name(literal=family.strip())
    given, _, suffix = rest.partition(",")
    return Name(family=family.strip(), given=given.strip(), suffix=suffix.strip())


def _date(year: str, day: str) -> PartialDate | None:
    whole = date_from_text(day)
    if whole and whole.start and (not year or str(whole.start[0]) == year):
        return whole
    return date_from_text(year)


def write(records: Sequence[Record]) -> str:
    """Write the records in one <xml> element, a record a line."""
    body = "\n".join(
        f"<record>{''.join(_elements(record, at))}</record>" for at, record in enumerate(records, 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n{body}\n</records></xml>\n'


def _elements(record: Record, number: int) -> Iterator[str]:
    name, code = _TYPES.get(record.type, _TYPES["document"])
    yield f"<rec-number>{number}</rec-number>"
    yield f'<ref-type name="{name}">{code}</ref-type>'
    people = "".join(
        f"<{tag}>{''.join(f'<author>{_clean(_shown(one))}</author>' for one in getattr(record, field))}</{tag}>"
        for tag, field in _NAMES.items()
        if getattr(record, field)
    )
    yield f"<contributors>{people}</contributors>" if people else ""
    journal = record.type.startswith("article-")
    values = {path: str(getattr(record, field)) for path, field in _TEXTS.items()}
    values["isbn"] = record.issn if journal else record.isbn
    if record.type in {"report", "patent", "standard"} and not record.issue:
        values["number"], values["accession-num"] = record.number, ""
    titles = "".join(
        _element(path.partition("/")[2], value) for path, value in values.items() if "/" in path
    )
    yield f"<titles>{titles}</titles>" if titles else ""
    yield from (_element(path, value) for path, value in values.items() if "/" not in path)
    words = [_element("keyword", word) for word in re.split(r"\s*[,;]\s*", record.keyword) if word]
    yield f"<keywords>{''.join(words)}</keywords>" if words else ""
    if record.issued:
        year = str(record.issued.start[0]) if record.issued.start else record.issued.literal
        exact = record.issued.iso() if len(record.issued.start) > 1 else ""
        if record.issued.season and not exact:
            exact = f"{SEASONS[record.issued.season - 1]} {year}"
        day = f"<pub-dates>{_element('date', exact)}</pub-dates>" if exact else ""
        yield f"<dates>{_element('year', year)}{day}</dates>"
    yield (
        f"<urls><related-urls>{_element('url', record.url)}</related-urls></urls>"
        if record.url
        else ""
    )
    yield _element("access-date", record.accessed.iso() if record.accessed else "")
    yield _element("label", record.id)


def _element(tag: str, value: str) -> str:
    return f"<{tag}>{_clean(value)}</{tag}>" if value else ""


def _clean(value: str) -> str:
    """Escape, without what XML 1.0 cannot hold and without CSL's tags."""
    bare = re.sub(
        r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", _TAG.sub("", value)
    )
    return escape(bare)


def _shown(name: Name) -> str:
    if name.literal or not name.family:
        whole = name.literal or name.given
        return whole.replace(",", "") + "," if whole else ""
    particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    family = f"{particle} {name.family}".strip()
    return f"{family}, {name.given}" + (f", {name.suffix}" if name.suffix else "")


FORM = BibliographyForm(suffixes=(".xml",), read=read, write=write, title="EndNote XML")
