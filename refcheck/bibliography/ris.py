"""RIS: two letters, two spaces, a hyphen; "TY" opens a reference, "ER" closes it.

Tags: the RIS format specification (Research Information Systems, 2011 revision).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.bibliography.form import BibliographyForm, Reading, Reject, decoded
from refcheck.dates import SEASONS
from refcheck.errors import LibraryError
from refcheck.record import Name, PartialDate, Record

_TYPES = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "article": "UNPB",
    "book": "BOOK", "chapter": "CHAP", "paper-conference": "CPAPER", "thesis": "THES", "report": "RPRT",
    "webpage": "ELEC", "post-weblog": "BLOG", "dataset": "DATA", "software": "COMP", "patent": "PAT",
    "manuscript": "MANSCPT", "motion_picture": "VIDEO", "song": "SOUND", "map": "MAP", "graphic": "ART",
    "figure": "FIGURE", "legal_case": "CASE", "legislation": "STAT", "bill": "BILL", "hearing": "HEAR",
    "standard": "STAND", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT", "pamphlet": "PAMP",
    "personal_communication": "PCOMM", "musical_score": "MUSIC", "periodical": "JFULL", "document": "GEN",
    "classic": "CLSWK", "broadcast": "MPCT", "speech": "SLIDE",
}  # fmt: skip
_READ_TYPES = {tag: kind for kind, tag in _TYPES.items()} | {
    "CONF": "paper-conference", "EJOUR": "article-journal", "EBOOK": "book", "EDBOOK": "book",
    "ECHAP": "chapter", "INPR": "article-journal", "ABST": "article-journal", "ICOMM": "webpage",
    "GOVDOC": "report", "LEGAL": "legislation", "AGGR": "dataset", "DBASE": "dataset", "SER": "book",
    "UNBILL": "bill", "CTLG": "book", "MULTI": "document", "MPCT": "motion_picture", "PREPRINT": "article",
    "UNPB": "article", "WEB": "webpage",
}  # fmt: skip
_NAMES = {
    "AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A3": "collection_editor",
    "A4": "translator",
}  # fmt: skip
_TEXTS = {
    "TI": "title", "T1": "title", "ST": "title_short", "T2": "container_title", "JO": "container_title",
    "JF": "container_title", "BT": "container_title", "JA": "container_title_short",
    "J2": "container_title_short", "T3": "collection_title", "VL": "volume", "IS": "issue", "ET": "edition",
    "PB": "publisher", "CY": "publisher_place", "PP": "publisher_place", "DO": "doi", "UR": "url",
    "AB": "abstract", "N2": "abstract", "LA": "language", "M3": "genre", "N1": "note", "AN": "number",
    "CN": "call_number", "DB": "archive", "DP": "source", "SE": "section", "NV": "number_of_volumes",
    "C1": "event_place", "C2": "pmcid", "C7": "number", "OP": "original_title",
}  # fmt: skip
_BOOKS = {
    "book",
    "chapter",
    "report",
    "thesis",
    "paper-conference",
    "classic",
    "entry-encyclopedia",
    "entry-dictionary",
}
_TAG = re.compile(r"</?(?:i|b|em|strong|su[bp]|span)(?:\s[^<>]*)?>")
_LINE = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)")


def read(data: bytes, name: str) -> Reading:
    """Read a RIS file; a reference without its type, or not closed, is told with its line.

    Raises `LibraryError` where no line has a tag.
    """
    records: list[Record] = []
    rejects: list[Reject] = []
    tags: list[tuple[str, str]] = []
    opened = 0
    seen = False
    for number, line in enumerate(decoded(data).splitlines(), 1):
        match = _LINE.match(line.strip("\ufeff").rstrip())
        if not match:
            if tags and line.strip():
                tag, value = tags[-1]
                tags[-1] = (tag, f"{value} {line.strip()}")
            continue
        seen = True
        if match[1] == "TY":
            if tags:
                rejects.append(
                    Reject(opened, "reference", "is not closed by ER; read up to the next")
                )
                records.append(_record(tags))
            tags, opened = [("TY", match[2].strip())], number
        elif match[1] == "ER":
            if tags:
                records.append(_record(tags))
            tags = []
        elif not tags:
            rejects.append(
                Reject(number, line.strip()[:40], "stands outside a reference (no TY before it)")
            )
        else:
            tags.append((match[1], match[2].strip()))
    if tags:
        rejects.append(Reject(opened, "reference", "is not closed by ER; read up to the end"))
        records.append(_record(tags))
    if not seen:
        raise LibraryError(f"{name or 'the text'} holds no RIS tag")
    return Reading(tuple(records), tuple(rejects))


def _record(tags: Sequence[tuple[str, str]]) -> Record:
    kind = _READ_TYPES.get(tags[0][1].upper(), "document")
    values: dict[str, Any] = {"type": kind}
    names: dict[str, list[Name]] = {}
    pages = {"SP": "", "EP": ""}
    keywords = []
    for tag, value in tags[1:]:
        if not value:
            continue
        if tag in _NAMES:
            names.setdefault(_NAMES[tag], []).append(_name(value))
        elif tag in pages:
            pages[tag] = value
        elif tag == "KW":
            keywords.append(value)
        elif tag == "ID":
            values["id"] = value
        elif tag in {"PY", "Y1", "DA"}:
            date = _date(value)
            known = values.get("issued")
            if date and (not known or len(date.start) > len(known.start) or date.season):
                values["issued"] = date
        elif tag in {"Y2", "RD"}:
            values["accessed"] = _date(value)
        elif tag == "SN":
            _serial(value, kind, values)
        elif tag == "RN":
            values["annote"] = value
        elif tag in _TEXTS:
            values.setdefault(_TEXTS[tag], value)
    if pages["SP"]:
        start, end = pages["SP"], pages["EP"]
        values["page"] = f"{start}-{end}" if end and end != start and "-" not in start else start
    if keywords:
        values["keyword"] = ", ".join(keywords)
    if "doi" in values:
        values["doi"] = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", values["doi"])
    if kind == "report" and "issue" in values:
        values.setdefault("number", values.pop("issue"))
    if kind == "paper-conference" and "event_place" not in values and "C1" not in dict(tags):
        values.pop("event_place", None)
    values.update({field: tuple(found) for field, found in names.items()})
    return Record(**values)


def _name(text: str) -> Name:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return Name(literal=text)
    if not parts[1] and len(parts) == 2:  # "UNESCO,": how a group is told from a person
        return Name(literal=parts[0])
    particle = re.match(r"((?:[a-z]\S*\s+)+)(?=\S)", parts[0])
    return Name(
        family=parts[0][particle.end() :] if particle else parts[0],
        given=parts[1],
        suffix=", ".join(parts[2:]),
        non_dropping_particle=particle[1].strip() if particle else "",
    )


def _date(text: str) -> PartialDate | None:
    match = re.match(r"\s*(\d{4})(?:[/-](\d{0,2}))?(?:[/-](\d{0,2}))?(?:/(.*))?$", text)
    if not match:
        return PartialDate(literal=text) if text.strip(" /") else None
    parts = [int(match[1])]
    for part, limit in ((match[2], 12), (match[3], 31)):
        if not part or not 1 <= int(part) <= limit:
            break
        parts.append(int(part))
    said = (match[4] or "").strip().title().replace("Fall", "Autumn")
    return PartialDate(tuple(parts), season=SEASONS.index(said) + 1 if said in SEASONS else 0)


def _serial(value: str, kind: str, values: dict[str, Any]) -> None:
    digits = re.sub(r"[^0-9Xx]", "", value.split(" ", 1)[0])
    field = (
        "isbn"
        if kind in _BOOKS and len(digits) in {10, 13}
        else "issn"
        if len(digits) == 8
        else "isbn"
    )
    values.setdefault(field, value)


def write(records: Sequence[Record]) -> str:
    """Write the references, one after another, lines ended by CR LF as the format asks."""
    return "\r\n".join(_write(record) for record in records)


def _write(record: Record) -> str:
    lines = [("TY", _TYPES.get(record.type, "GEN")), ("ID", record.id)]
    for field, tag in (
        ("author", "AU"), ("editor", "A2"), ("collection_editor", "A3"), ("translator", "A4"),
    ):  # fmt: skip
        lines.extend((tag, _shown(name)) for name in getattr(record, field))
    lines.extend((("TI", record.title), ("ST", record.title_short)))
    journal = record.type.startswith("article-")
    lines.append(("JO" if journal else "T2", record.container_title))
    lines.append(("JA", record.container_title_short))
    if record.issued and record.issued.start:
        known, season = record.issued.start, record.issued.season
        said = SEASONS[season - 1] if season else ""
        lines.append(("PY", str(known[0])))
        if len(known) > 1 or said:
            day = "/".join(f"{part:02d}" for part in known)
            lines.append(("DA", f"{day}{'/' * (4 - len(known))}{said}"))
    elif record.issued:
        lines.append(("PY", record.issued.literal))
    start, _, end = record.page.replace("–", "-").partition("-")
    lines.extend(
        (
            ("SP", record.page if "," in record.page else start),
            ("EP", "" if "," in record.page else end),
        )
    )
    written: Mapping[str, str] = {
        "T3": record.collection_title, "VL": record.volume,
        "IS": record.issue or (record.number if record.type == "report" else ""), "ET": record.edition,
        "PB": record.publisher, "CY": record.publisher_place, "DO": record.doi, "UR": record.url,
        "M3": record.genre, "C7": record.number if journal else "",
        "AN": record.number if not journal and record.type != "report" else "", "C1": record.event_place,
        "C2": record.pmcid, "SE": record.section, "NV": record.number_of_volumes, "DB": record.archive,
        "DP": record.source, "CN": record.call_number, "OP": record.original_title, "LA": record.language,
        "AB": record.abstract, "N1": record.note, "RN": record.annote,
    }  # fmt: skip
    lines.extend(written.items())
    lines.append(("SN", record.issn if journal else record.isbn or record.issn))
    lines.extend(("KW", word) for word in re.split(r"\s*[,;]\s*", record.keyword) if word)
    if record.accessed and record.accessed.start:
        lines.append(("Y2", "/".join(f"{part:02d}" for part in record.accessed.start)))
    lines = [(tag, _TAG.sub("", " ".join(value.split()))) for tag, value in lines]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def _shown(name: Name) -> str:
    if name.literal or not name.family:
        whole = name.literal or name.given
        return whole + "," if "," not in whole else whole.replace(",", "，") + ","
    particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    family = f"{particle} {name.family}" if particle else name.family
    return f"{family}, {name.given}" + (f", {name.suffix}" if name.suffix else "")


FORM = BibliographyForm(suffixes=(".ris",), read=read, write=write, title="RIS")
