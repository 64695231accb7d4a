"""Hayagriva: the YAML bibliographies of Typst.

Source: the Hayagriva file format (github.com/typst/hayagriva, docs/file-format.md, version 0.8).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from refcheck.bibliography.form import BibliographyForm, Reading, Reject, decoded
from refcheck.bibliography.keys import keys
from refcheck.dates import date_from_text
from refcheck.errors import LibraryError
from refcheck.record import Name, PartialDate, Record

_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "review-book": "article", "article": "article", "book": "book", "chapter": "chapter", "paper-conference": "article",
    "thesis": "thesis", "report": "report", "webpage": "web", "post": "post", "post-weblog": "post", "patent": "patent",
    "legal_case": "case", "legislation": "legislation", "manuscript": "manuscript", "motion_picture": "video",
    "broadcast": "video", "song": "audio", "graphic": "artwork", "performance": "performance",
    "periodical": "periodical", "entry": "entry", "entry-encyclopedia": "entry", "entry-dictionary": "entry",
    "software": "repository", "collection": "anthology", "speech": "misc",
}  # fmt: skip
_PARENTS = {
    "article-journal": "periodical", "article-magazine": "periodical", "review": "periodical", "review-book": "periodical",
    "article-newspaper": "newspaper", "paper-conference": "proceedings", "chapter": "anthology", "post-weblog": "blog",
    "entry": "reference", "entry-encyclopedia": "reference", "entry-dictionary": "reference", "song": "audio",
    "broadcast": "video",
}  # fmt: skip
_READ = {
    ("article", "periodical"): "article-journal", ("article", "newspaper"): "article-newspaper",
    ("article", "proceedings"): "paper-conference", ("article", "conference"): "paper-conference",
    ("article", "blog"): "post-weblog", ("post", "blog"): "post-weblog", ("article", ""): "article",
    ("entry", "reference"): "entry-encyclopedia", ("video", "video"): "broadcast",
}  # fmt: skip
_KINDS = {
    "book": "book", "chapter": "chapter", "anthos": "chapter", "entry": "entry", "thesis": "thesis", "report": "report",
    "web": "webpage", "post": "post", "patent": "patent", "case": "legal_case", "legislation": "legislation",
    "manuscript": "manuscript", "video": "motion_picture", "audio": "song", "artwork": "graphic",
    "performance": "performance", "periodical": "periodical", "repository": "software", "anthology": "collection",
    "blog": "webpage", "newspaper": "periodical", "proceedings": "book", "reference": "book", "article": "article-journal",
    "exhibition": "event", "scene": "motion_picture", "misc": "document", "original": "document",
}  # fmt: skip
_ROLES = {
    "translator": "translator",
    "director": "director",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "composer": "composer",
    "compiler": "compiler",
}
_SERIALS = {"doi": "doi", "isbn": "isbn", "issn": "issn", "pmid": "pmid", "pmcid": "pmcid"}


def read(data: bytes, name: str) -> Reading:
    """Read a Hayagriva file. Raises `LibraryError` for what is no YAML or no mapping of entries."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = decoded(data)
    try:
        whole = yaml.load(text, Loader=_strings(loader))  # noqa: S506 - a safe loader without dates
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        where = f" (line {place.line + 1})" if place is not None else ""
        raise LibraryError(f"{name or 'the text'} is no YAML{where}") from None
    if not isinstance(whole, Mapping):
        raise LibraryError(f"{name or 'the text'} is no Hayagriva file: it maps no keys to entries")
    records = []
    rejects = []
    for key, entry in whole.items():
        if isinstance(entry, Mapping):
            records.append(_record(str(key), entry))
        else:
            line = text[: max(text.find(f"{key}:"), 0)].count("\n") + 1
            rejects.append(Reject(line, str(key), "is no mapping of fields"))
    return Reading(tuple(records), tuple(rejects))


def _strings(loader: Any) -> Any:
    """Return a loader that reads all plain values as the text they are: 2019-05 stays "2019-05"."""
    return type("Loader", (loader,), {"yaml_implicit_resolvers": {}})


def _record(key: str, entry: Mapping[str, Any]) -> Record:
    parents = entry.get("parent")
    listed = parents if isinstance(parents, list) else [parents]
    parent: Mapping[str, Any] = next((one for one in listed if isinstance(one, Mapping)), {})
    kind, above = _plain(entry.get("type")).lower(), _plain(parent.get("type")).lower()
    values: dict[str, Any] = {
        "id": key,
        "type": _READ.get((kind, above)) or _KINDS.get(kind, "document"),
        "title": _plain(entry.get("title")),
        "author": _people(entry.get("author")),
        "editor": _people(entry.get("editor")) or _people(parent.get("editor")),
        "container_title": _plain(parent.get("title")),
        "issued": date_from_text(_plain(entry.get("date")) or _plain(parent.get("date"))),
        "page": re.sub(r"\s*[–—]\s*", "-", _plain(entry.get("page-range"))),
        "number_of_pages": _plain(entry.get("page-total")),
        "number_of_volumes": _plain(entry.get("volume-total") or parent.get("volume-total")),
        "genre": _plain(entry.get("genre")),
        "language": _plain(entry.get("language")),
        "abstract": _plain(entry.get("abstract")),
        "note": _plain(entry.get("note")),
        "archive": _plain(entry.get("archive")),
        "archive_place": _plain(entry.get("archive-location")),
        "call_number": _plain(entry.get("call-number")),
    }
    for field in ("volume", "issue", "edition"):
        values[field] = _plain(entry.get(field)) or _plain(parent.get(field))
    for one in (entry, parent):
        publisher = one.get("publisher")
        if isinstance(publisher, Mapping):
            values.setdefault("publisher_place", _plain(publisher.get("location")))
            publisher = publisher.get("name")
        values["publisher"] = (
            values.get("publisher") or _plain(publisher) or _plain(one.get("organization"))
        )
        values["publisher_place"] = values.get("publisher_place") or _plain(one.get("location"))
    _serials(entry, parent, values)
    _address(entry, values)
    for one in entry.get("affiliated") or ():
        if isinstance(one, Mapping) and _plain(one.get("role")) in _ROLES:
            values[_ROLES[_plain(one.get("role"))]] = _people(one.get("names"))
    return Record(**{field: value for field, value in values.items() if value})


def _serials(entry: Mapping[str, Any], parent: Mapping[str, Any], values: dict[str, Any]) -> None:
    for one in (parent, entry):
        serial = one.get("serial-number")
        if isinstance(serial, Mapping):
            for name, value in serial.items():
                if name == "arxiv":
                    values["number"] = f"arXiv:{_plain(value)}"
                elif name in _SERIALS:
                    values[_SERIALS[name]] = _plain(value)
                elif name == "serial":
                    values["number"] = _plain(value)
        elif serial:
            values["number"] = _plain(serial)


def _address(entry: Mapping[str, Any], values: dict[str, Any]) -> None:
    url = entry.get("url")
    if isinstance(url, Mapping):
        values["accessed"] = date_from_text(_plain(url.get("date")))
        url = url.get("value")
    values["url"] = _plain(url)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return _plain(value.get("value") or value.get("name"))
    if isinstance(value, list):
        return _plain(value[0]) if value else ""
    return str(value).strip() if value is not None else ""


def _people(value: Any) -> tuple[Name, ...]:
    listed = value if isinstance(value, list) else [value] if value else []
    return tuple(name for one in listed if (name := _person(one)))


def _person(value: Any) -> Name:
    if isinstance(value, Mapping):
        given = _plain(value.get("given-name"))
        name = _plain(value.get("name"))
        if not given and not value.get("prefix") and not value.get("suffix"):
            return Name(literal=name)
        return Name(
            family=name,
            given=given,
            non_dropping_particle=_plain(value.get("prefix")),
            suffix=_plain(value.get("suffix")),
        )
    parts = [part.strip() for part in str(value).split(",")]
    if len(parts) == 1:
        return Name(literal=parts[0])
    return Name(family=parts[0], given=parts[-1], suffix=parts[1] if len(parts) > 2 else "")


def write(records: Sequence[Record]) -> str:
    """Write the records by key; texts in double quotes, so that no YAML reader takes them for more."""
    made = keys(records)
    blocks = [
        f"{key}:\n{_lines(_entry(record), '  ')}" for key, record in zip(made, records, strict=True)
    ]
    return "\n".join(blocks) if blocks else "{}\n"


def _entry(record: Record) -> dict[str, Any]:
    parent = {
        "type": _PARENTS.get(record.type, "misc"),
        "title": record.container_title,
        "editor": [_shown(name) for name in record.editor] if record.container_title else [],
    }
    serial: dict[str, Any] = {name: getattr(record, field) for name, field in _SERIALS.items()}
    if match := re.fullmatch(r"(?i)arxiv:\s*(\S+)", record.number):
        serial["arxiv"] = match[1]
    elif record.number:
        serial["serial"] = record.number
    affiliated = [
        {"role": role, "names": [_shown(name) for name in getattr(record, field)]}
        for role, field in _ROLES.items()
        if getattr(record, field)
    ]
    accessed = record.accessed.iso() if record.accessed else ""
    return {
        "type": _TYPES.get(record.type, "misc"),
        "title": record.title,
        "author": [_shown(name) for name in record.author],
        "editor": [] if record.container_title else [_shown(name) for name in record.editor],
        "affiliated": affiliated,
        "date": _date(record.issued),
        "edition": record.edition,
        "volume": record.volume,
        "volume-total": record.number_of_volumes,
        "issue": record.issue,
        "page-range": record.page,
        "page-total": record.number_of_pages,
        "publisher": {"name": record.publisher, "location": record.publisher_place}
        if record.publisher_place and record.publisher
        else record.publisher,
        "location": "" if record.publisher else record.publisher_place,
        "serial-number": serial,
        "url": {"value": record.url, "date": accessed} if accessed and record.url else record.url,
        "genre": record.genre,
        "language": record.language,
        "archive": record.archive,
        "archive-location": record.archive_place,
        "call-number": record.call_number,
        "abstract": record.abstract,
        "note": record.note,
        "parent": parent if record.container_title else {},
    }


def _date(date: PartialDate | None) -> str:
    return date.iso() or date.literal if date else ""


def _shown(name: Name) -> Any:
    if name.literal or not name.family:
        return {"name": name.literal or name.given}
    particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    parts = {
        "name": name.family,
        "given-name": name.given,
        "prefix": particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _lines(entry: Mapping[str, Any], indent: str) -> str:
    out = []
    for key, value in entry.items():
        if isinstance(value, Mapping):
            inner = {name: one for name, one in value.items() if one}
            if inner:
                out.append(f"{indent}{key}:\n{_lines(inner, indent + '  ')}")
        elif isinstance(value, list):
            if value:
                items = "".join(f"{indent}  - {_flow(one)}\n" for one in value)
                out.append(f"{indent}{key}:\n{items}")
        elif value:
            out.append(f"{indent}{key}: {_flow(value)}\n")
    return "".join(out)


def _flow(value: Any) -> str:
    """Write a value in JSON, which is YAML too."""
    return msgspec.json.encode(value).decode()


FORM = BibliographyForm(suffixes=(".yaml", ".yml"), read=read, write=write, title="Hayagriva")
