"""What a bibliography form is: a reader from bytes and a writer to text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

from refcheck.record import Name, PartialDate, Record, csl_variable


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

    CSL variables ("archive"), kinds of works that come back as another ("type treaty"), and of what
    comes back only in part, that part ("end of issued", "markup of title").
    """
    names = [f.name for f in fields(Record) if f.name not in {"id", "citation_key"}]
    pairs = tuple(zip(records, _read_back(form, records), strict=False))
    kinds = sorted({before.type for before, after in pairs if before.type != after.type})
    whole: dict[str, None] = {}
    parts: dict[str, None] = {}
    for name in names:
        for before, after in pairs:
            given, back = getattr(before, name), getattr(after, name)
            if given and not back:
                whole[csl_variable(name)] = None
            elif given != back:
                parts.update(dict.fromkeys(f"{part} of {csl_variable(name)}" for part in _less(given, back)))  # fmt: skip
    told = [part for part in parts if part.partition(" of ")[2] not in whole]
    return (*(f"type {kind}" for kind in kinds), *whole, *told)


def _less(given: object, back: object) -> Iterator[str]:
    """Name the parts of a value that are not in what came back of it."""
    match given, back:
        case PartialDate(), PartialDate():
            for part in ("end", "season", "circa"):
                if getattr(given, part) and not getattr(back, part):
                    yield part
            if len(given.start) > len(back.start) and not back.literal:
                yield "day" if len(back.start) == 2 else "month"
        case (Name(), *_), (Name(), *_) if len(given) == len(back):
            for part in ("dropping_particle", "suffix"):
                if any(getattr(one, part) and not getattr(other, part) for one, other in zip(given, back, strict=True)):  # fmt: skip
                    yield part.replace("_", " ")
        case str(), str() if _MARKUP.search(given) and not _MARKUP.search(back):
            yield "markup"


_MARKUP = re.compile(r"<(?:i|b|su[bp]|span)\b[^<>]*>")


def _read_back(form: BibliographyForm, records: Sequence[Record]) -> Sequence[Record]:
    """Return what a reader makes of the records; each by itself where it takes two of them for one."""
    read = form.read(form.write(records).encode(), "").records
    if len(read) == len(records):
        return read
    alone = (form.read(form.write([record]).encode(), "").records for record in records)
    return [one[0] if one else Record(type="") for one in alone]


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
