"""CSL-JSON: the form that loses nothing. Also one item a line (JSON Lines).

Variables that reference managers keep in ``note`` ("original-date: 1966", one a line) are read as
what they are, as Zotero and citeproc-js do
(https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from refcheck.bibliography.form import BibliographyForm, Reading, Reject
from refcheck.dates import date_from_text
from refcheck.errors import LibraryError
from refcheck.record import CSL_TYPES, Name, Record, csl_variable, from_csl, to_csl

_NOTE_LINE = re.compile(r"\s*(?:\{:)?([A-Za-z][A-Za-z_-]*)\s*:\s*([^{}].*?)\}?\s*")
_ITEMS = ("items", "references", "records")


def read(data: bytes, name: str) -> Reading:
    """Read a list of items, a mapping that holds one, one item, or an item a line.

    Raises `LibraryError` where nothing of it is JSON.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        found = _list(data)
    except msgspec.DecodeError as error:
        return _lines(data, name, str(error))
    records: list[Record] = []
    rejects: list[Reject] = []
    at, line = 0, 1
    for number, raw in enumerate(found, 1):
        start = data.find(bytes(raw), at)
        line += data.count(b"\n", at, start)
        at = start
        _one(bytes(raw), line, f"item {number}", records, rejects)
    return Reading(tuple(records), tuple(rejects))


def _list(data: bytes) -> Sequence[msgspec.Raw]:
    if data.lstrip()[:1] == b"{":
        whole = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        for key in _ITEMS:
            if key in whole and bytes(whole[key]).lstrip()[:1] == b"[":
                return msgspec.json.decode(whole[key], type=list[msgspec.Raw])
        return [msgspec.Raw(data)]
    return msgspec.json.decode(data, type=list[msgspec.Raw])


def _lines(data: bytes, name: str, why: str) -> Reading:
    records: list[Record] = []
    rejects: list[Reject] = []
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            _one(line, number, "item", records, rejects)
    if not records:
        raise LibraryError(f"{name or 'the text'} is not CSL-JSON: {why}")
    return Reading(tuple(records), tuple(rejects))


def _one(raw: bytes, line: int, what: str, records: list[Record], rejects: list[Reject]) -> None:
    try:
        item = msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        rejects.append(Reject(line, what, str(error)))
        return
    if not isinstance(item, Mapping):
        rejects.append(Reject(line, what, "is not a mapping of CSL variables"))
        return
    record = from_item(item)
    if not any(True for _ in record.present()):
        rejects.append(Reject(line, what, "says nothing of a work"))
        return
    records.append(record)


def from_item(item: Mapping[str, Any]) -> Record:
    """Read one item, and the variables that stand in its note."""
    record = from_csl(item)
    return _with_note(record) if ":" in record.note else record


def _with_note(record: Record) -> Record:
    kinds = {csl_variable(name): name for name in Record.__slots__}
    values: dict[str, Any] = {}
    names: dict[str, list[Name]] = {}
    kept = []
    for line in record.note.splitlines():
        match = _NOTE_LINE.fullmatch(line)
        key, value = (match[1], match[2]) if match else ("", "")
        key = key if key in kinds else key.lower().replace("_", "-")
        field = kinds.get(key) or kinds.get(key.upper()) or ""
        if not match or not field or field in {"id", "note", "retraction"}:
            kept.append(line)
            continue
        old = getattr(record, field)
        if field == "type":
            if value in CSL_TYPES:
                values[field] = value
        elif isinstance(old, tuple):
            names.setdefault(field, []).append(_name(value))
        elif _is_date(field):
            date = date_from_text(value)
            if date and (date.start or not old):
                values[field] = date
        elif not old:
            values[field] = value
    values.update(
        {field: tuple(found) for field, found in names.items() if not getattr(record, field)}
    )
    return replace(record, **values, note="\n".join(kept).strip())


def _is_date(field: str) -> bool:
    return field in {
        "accessed", "available_date", "event_date", "issued", "original_date", "submitted",
    }  # fmt: skip


def _name(text: str) -> Name:
    family, bars, given = text.partition("||")
    return Name(family=family.strip(), given=given.strip()) if bars else Name(literal=text.strip())


def write(records: Sequence[Record]) -> str:
    """Write a list of items, indented by two."""
    data = msgspec.json.encode([to_csl(record) for record in records])
    return msgspec.json.format(data, indent=2).decode() + "\n"


FORM = BibliographyForm(suffixes=(".json", ".jsonl"), read=read, write=write, title="CSL-JSON")
