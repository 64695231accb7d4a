"""One work's data in CSL's terms, before any style.

The variables are those of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html,
appendix IV), hyphen as underscore, lower case: ``container-title`` is ``container_title``,
``DOI`` is ``doi``. An empty string, an empty tuple and None mean that a variable is absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from refcheck.dates import PartialDate, date_from_csl, date_to_csl

__all__ = [
    "CSL_TYPES",
    "Name",
    "PartialDate",
    "Record",
    "csl_variable",
    "from_csl",
    "names_from_csl",
    "to_csl",
]

CSL_TYPES = frozenset(
    {
        "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
        "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
        "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
        "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
        "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
        "personal_communication", "post", "post-weblog", "regulation", "report", "review",
        "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
    }
)  # fmt: skip
"""The item types of CSL 1.0.2, appendix III."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person (``family``, ``given`` …) or a group (``literal``)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""

    def __bool__(self) -> bool:
        return bool(self.family or self.given or self.literal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One work. Every field is a CSL variable but `retraction` and `archive_url`."""

    id: str = ""
    type: str = "document"
    # names
    author: tuple[Name, ...] = ()
    chair: tuple[Name, ...] = ()
    collection_editor: tuple[Name, ...] = ()
    compiler: tuple[Name, ...] = ()
    composer: tuple[Name, ...] = ()
    container_author: tuple[Name, ...] = ()
    contributor: tuple[Name, ...] = ()
    curator: tuple[Name, ...] = ()
    director: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    editor_translator: tuple[Name, ...] = ()
    editorial_director: tuple[Name, ...] = ()
    executive_producer: tuple[Name, ...] = ()
    guest: tuple[Name, ...] = ()
    host: tuple[Name, ...] = ()
    illustrator: tuple[Name, ...] = ()
    interviewer: tuple[Name, ...] = ()
    narrator: tuple[Name, ...] = ()
    organizer: tuple[Name, ...] = ()
    original_author: tuple[Name, ...] = ()
    performer: tuple[Name, ...] = ()
    producer: tuple[Name, ...] = ()
    recipient: tuple[Name, ...] = ()
    reviewed_author: tuple[Name, ...] = ()
    script_writer: tuple[Name, ...] = ()
    series_creator: tuple[Name, ...] = ()
    translator: tuple[Name, ...] = ()
    # dates
    accessed: PartialDate | None = None
    available_date: PartialDate | None = None
    event_date: PartialDate | None = None
    issued: PartialDate | None = None
    original_date: PartialDate | None = None
    submitted: PartialDate | None = None
    # strings and numbers
    abstract: str = ""
    annote: str = ""
    archive: str = ""
    archive_collection: str = ""
    archive_location: str = ""
    archive_place: str = ""
    archive_url: str = ""
    authority: str = ""
    call_number: str = ""
    chapter_number: str = ""
    citation_key: str = ""
    citation_label: str = ""
    citation_number: str = ""
    collection_number: str = ""
    collection_title: str = ""
    container_title: str = ""
    container_title_short: str = ""
    dimensions: str = ""
    division: str = ""
    doi: str = ""
    edition: str = ""
    event_place: str = ""
    event_title: str = ""
    genre: str = ""
    isbn: str = ""
    issn: str = ""
    issue: str = ""
    jurisdiction: str = ""
    keyword: str = ""
    language: str = ""
    license: str = ""
    locator: str = ""
    medium: str = ""
    note: str = ""
    number: str = ""
    number_of_pages: str = ""
    number_of_volumes: str = ""
    original_publisher: str = ""
    original_publisher_place: str = ""
    original_title: str = ""
    page: str = ""
    page_first: str = ""
    part_number: str = ""
    part_title: str = ""
    pmcid: str = ""
    pmid: str = ""
    printing_number: str = ""
    publisher: str = ""
    publisher_place: str = ""
    references: str = ""
    reviewed_genre: str = ""
    reviewed_title: str = ""
    scale: str = ""
    section: str = ""
    source: str = ""
    status: str = ""
    supplement_number: str = ""
    title: str = ""
    title_short: str = ""
    url: str = ""
    version: str = ""
    volume: str = ""
    volume_title: str = ""
    year_suffix: str = ""
    # refcheck's own: (kind, date, notice), as in "retraction", "2021-03-04", DOI of the notice
    retraction: tuple[str, str, str] | None = None

    def present(self) -> Iterator[str]:
        """Name the fields that say something, in the order of the class; not id, not type."""
        return (name for name in _names() if getattr(self, name))


_UPPER = {
    "archive_collection": "archive_collection",  # CSL writes these two with underscores
    "archive_location": "archive_location",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmcid": "PMCID",
    "pmid": "PMID",
    "url": "URL",
}


@cache
def _names() -> tuple[str, ...]:
    return tuple(f.name for f in fields(Record) if f.name not in {"id", "type"})


@cache
def _kinds() -> Mapping[str, tuple[str, str]]:
    """Map a CSL variable to its field and to how its value is read."""
    kinds = {}
    for f in fields(Record):
        annotation = str(f.type)
        kind = (
            "names" if "Name" in annotation else "date" if "PartialDate" in annotation else "text"
        )
        kinds[csl_variable(f.name)] = (f.name, kind)
    kinds["event"] = ("event_title", "text")  # CSL 1.0.1's name for it
    kinds["journalAbbreviation"] = ("container_title_short", "text")  # Zotero's, in much CSL-JSON
    kinds["shortTitle"] = ("title_short", "text")
    kinds["archive-collection"] = ("archive_collection", "text")
    kinds["archive-location"] = ("archive_location", "text")
    del kinds["retraction"]
    return kinds


def csl_variable(field: str) -> str:
    """Name a field as CSL does: ``container_title`` is ``container-title``, ``doi`` is ``DOI``."""
    return _UPPER.get(field) or field.replace("_", "-")


def from_csl(item: Mapping[str, Any]) -> Record:
    """Read one CSL-JSON item, forgiving what is often wrong in them.

    Numbers become strings, a list of titles its first, a date in words or digits a `PartialDate`
    where it can be read as one; variables that CSL does not know are left out.
    """
    values: dict[str, Any] = {}
    kinds = _kinds()
    for key, value in item.items():
        known = kinds.get(key)
        if known is None or value is None:
            continue
        field, kind = known
        if kind == "names":
            values[field] = names_from_csl(value)
        elif kind == "date":
            values[field] = date_from_csl(value)
        elif text := _text(value):
            values[field] = text
    if values.get("type") not in CSL_TYPES:
        values["type"] = "document"
    retraction = item.get("retraction")
    if isinstance(retraction, Mapping):
        values["retraction"] = tuple(
            str(retraction.get(k) or "") for k in ("kind", "date", "notice")
        )
    return Record(**values)


def to_csl(record: Record) -> dict[str, Any]:
    """Write a record as a CSL-JSON item, absent variables left out."""
    item: dict[str, Any] = {"id": record.id} if record.id else {}
    item["type"] = record.type
    for name in record.present():
        value = getattr(record, name)
        if name == "retraction":
            item[name] = dict(zip(("kind", "date", "notice"), value, strict=True))
        elif isinstance(value, PartialDate):
            item[csl_variable(name)] = date_to_csl(value)
        elif isinstance(value, tuple):
            item[csl_variable(name)] = [_name_to_csl(one) for one in value]
        else:
            item[csl_variable(name)] = value
    return item


def names_from_csl(value: Any) -> tuple[Name, ...]:
    """Read a CSL-JSON list of names; a bare string is taken as a literal name."""
    if isinstance(value, str):
        value = [{"literal": value}]
    names = []
    for one in value if isinstance(value, Sequence) else ():
        if isinstance(one, str):
            names.append(Name(literal=one.strip()))
        elif isinstance(one, Mapping):
            parts = {key.replace("-", "_"): _text(part) for key, part in one.items()}
            if not parts.get("literal") and parts.get("name"):
                parts["literal"] = parts["name"]
            names.append(Name(**{key: parts.get(key, "") for key in Name.__slots__}))
    return tuple(name for name in names if name)


def _name_to_csl(name: Name) -> dict[str, str]:
    return {key.replace("_", "-"): value for key in Name.__slots__ if (value := getattr(name, key))}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Sequence) and value:
        return _text(value[0])
    return ""
