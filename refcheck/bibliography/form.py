"""What a bibliography form is: a reader from bytes and a writer to text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from refcheck.record import PartialDate, Record, csl_variable


@dataclass(frozen=True, slots=True)
class Reject:
    """An entry that could not be read, or not wholly: its line (from 1), what it is, why."""

    line: int
    what: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a bibliography holds: the records in order, and what could not be read of it."""

    records: tuple[Record, ...]
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class BibliographyForm:
    """A form of a bibliography.

    ``suffixes`` with their dot; ``read`` takes the bytes and the file's name (for errors) and
    raises `LibraryError` for what is not of the form at all; ``write`` returns the whole file.
    """

    suffixes: tuple[str, ...]
    read: Callable[[bytes, str], Reading]
    write: Callable[[Sequence[Record]], str]
    title: str = ""


def lost(form: BibliographyForm, records: Sequence[Record]) -> tuple[str, ...]:
    """Name what of the records the form does not hold, told by reading it back.

    CSL variables ("archive"), kinds of works that come back as another ("type treaty"), dates of
    which only the beginning does ("end of issued").
    """
    names = [f.name for f in fields(Record) if f.name not in {"id", "citation_key"}]
    pairs = tuple(zip(records, _read_back(form, records), strict=False))
    gone = {
        name
        for before, after in pairs
        for name in names
        if getattr(before, name) and not getattr(after, name)
    }
    kinds = sorted({before.type for before, after in pairs if before.type != after.type})
    ends = [
        name
        for name in names
        if any(_ends(getattr(one, name)) > _ends(getattr(two, name)) for one, two in pairs)
    ]
    return (
        *(f"type {kind}" for kind in kinds),
        *(csl_variable(name) for name in names if name in gone),
        *(f"end of {csl_variable(name)}" for name in ends if name not in gone),
    )


def _read_back(form: BibliographyForm, records: Sequence[Record]) -> Sequence[Record]:
    """Return what a reader makes of the records; each by itself where it takes two of them for one."""
    read = form.read(form.write(records).encode(), "").records
    if len(read) == len(records):
        return read
    alone = (form.read(form.write([record]).encode(), "").records for record in records)
    return [one[0] if one else Record(type="") for one in alone]


def _ends(value: object) -> bool:
    """Tell whether a value is a date that has an end."""
    return isinstance(value, PartialDate) and bool(value.end)


def decoded(data: bytes) -> str:
    """Decode a bibliography: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252.

    Never raises; Latin-1 files of old reference managers are the common case after UTF-8.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
