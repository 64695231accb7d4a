"""Entries added to a .bib file of somebody's: not another byte of it is touched.

What is added follows the file's habits (indent, line ends, quotes or braces, capitals of the
types, keys) and is not added where the file has the work already.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from refcheck.bibliography.bibtex_blocks import entries
from refcheck.bibliography.bibtex_read import read
from refcheck.bibliography.bibtex_write import Habits, entry
from refcheck.bibliography.form import decoded
from refcheck.bibliography.keys import keys, learnt
from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn, page_key
from refcheck.record import Record
from refcheck.text import fold, plain

ALIKE = 95.0
"""How alike two titles of one year and one first author are taken for one work, of 100. Chosen so
that a subtitle's comma or a lost accent is no difference and "Part 1", "Part 2" is one."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The file after the merge, the keys of what was added, and what it had already, by its key."""

    data: bytes
    added: tuple[str, ...]
    known: tuple[tuple[Record, str], ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """What a .bib file lacks: the text to append, the keys in it, and what the file had, by its key."""

    text: str
    added: tuple[tuple[Record, str], ...]
    known: tuple[tuple[Record, str], ...]

    def keys(self) -> dict[Record, str]:
        """Return under which key each record stands once the text is appended."""
        return dict((*self.added, *self.known))


def merge(data: bytes, records: Sequence[Record], *, biblatex: bool | None = None) -> Merged:
    """Append the records that a .bib file lacks; bytes before the addition are as they were."""
    more = addition(data, records, biblatex=biblatex)
    keys_added = tuple(key for _, key in more.added)
    return Merged(data + _encoded(more.text, data) if more.text else data, keys_added, more.known)


def addition(data: bytes, records: Sequence[Record], *, biblatex: bool | None = None) -> Addition:
    """Return what to append to a .bib file so that it holds the records.

    The dialect is the file's own where not given: BibLaTeX where it has ``date``, ``journaltitle``
    or ``location`` fields.
    """
    held = read(data, "").records if data.strip() else ()
    text = decoded(data)
    raws = entries(text)[0] if data.strip() else ()
    if biblatex is None:
        fields = Counter(name for raw in raws for name in raw.fields)
        modern = fields["date"] + fields["journaltitle"] + fields["location"]
        biblatex = modern > fields["year"] + fields["journal"] + fields["address"]
    fresh, known = _fresh(held, records)
    if not fresh:
        return Addition("", (), tuple(known))
    habits = _habits(text, [raw.raw for raw in raws], data)
    made = keys(fresh, learnt(held), taken=[raw.key for raw in raws])
    body = habits.newline.join(
        entry(record, key, biblatex=biblatex, habits=habits)
        for record, key in zip(fresh, made, strict=True)
    )
    gap = "" if not text.strip() else habits.newline * (2 - _line_ends(text))
    return Addition(gap + body, tuple(zip(fresh, made, strict=True)), tuple(known))


def _fresh(
    held: Sequence[Record], records: Iterable[Record]
) -> tuple[list[Record], list[tuple[Record, str]]]:
    by_identifier = {one: record.id for record in held for one in identifiers(record)}
    by_year: dict[int | None, list[Record]] = {}
    for record in held:
        by_year.setdefault(_year(record), []).append(record)
    fresh: list[Record] = []
    known: list[tuple[Record, str]] = []
    for record in records:
        same = next(
            (by_identifier[one] for one in identifiers(record) if one in by_identifier), None
        )
        if same is None:
            same = next(
                (other.id for other in by_year.get(_year(record), ()) if _alike(record, other)),
                None,
            )
        if same is not None:
            known.append((record, same))
            continue
        fresh.append(record)
        by_identifier.update(dict.fromkeys(identifiers(record), record.id))
        by_year.setdefault(_year(record), []).append(record)
    return fresh, known


def identifiers(record: Record) -> tuple[str, ...]:
    """Return what names the work for certain: DOI, arXiv identifier, PMID, a book's ISBN, the page."""
    doi = normal_doi(record.doi)
    arxiv = normal_arxiv(record.number) if "arxiv" in record.number.lower() else ""
    isbn = normal_isbn(record.isbn) if record.type in {"book", "collection", "classic"} else ""
    page = page_key(record.url) if record.url and not doi and record.type != "chapter" else ""
    found: tuple[tuple[str, str], ...] = (
        ("doi", doi),
        ("arxiv", arxiv),
        ("pmid", record.pmid),
        ("isbn", isbn),
        ("url", page),
    )
    if record.volume or record.number_of_volumes:  # volumes of one work may share its ISBN
        found = tuple(pair for pair in found if pair[0] != "isbn")
    return tuple(f"{kind}:{value}" for kind, value in found if value)


def _alike(one: Record, other: Record) -> bool:
    """Tell whether two records of one year are of one work: first author and title agree."""
    if replace(one, id="") == replace(other, id=""):
        return True
    if _first(one) != _first(other) or not one.title or not other.title:
        return False
    if normal_doi(one.doi) and normal_doi(other.doi):
        return False
    if (one.volume and other.volume and one.volume != other.volume) or one.edition != other.edition:
        return False
    left, right = (fold(plain(record.title)) for record in (one, other))
    if re.findall(r"\d+", left) != re.findall(r"\d+", right):
        return False
    return fuzz.ratio(left, right) >= ALIKE


def _year(record: Record) -> int | None:
    return record.issued.year if record.issued else None


def _first(record: Record) -> str:
    names = record.author or record.editor
    return fold(names[0].family or names[0].literal) if names else ""


def _habits(text: str, raws: Sequence[str], data: bytes) -> Habits:
    """Read off how the file's entries look; the commonest way counts."""
    body = "\n".join(raws)
    indents = Counter(re.findall(r"(?m)^([ \t]+)[\w-]+[ \t]*=", body))
    closers = Counter(re.findall(r"=[ \t]*([{\"])", body))
    kinds = [raw.lstrip()[1:2] for raw in raws if raw.lstrip()[:1] == "@"]
    widths = re.findall(r"(?m)^[ \t]*([\w-]+[ \t]*)=", body)
    trailing = Counter("," if re.search(r",\s*[})]\s*$", raw) else "" for raw in raws)
    aligned = (
        len(widths) > 3
        and len({len(width) for width in widths}) <= 2
        and len({len(width.strip()) for width in widths}) > 2
    )
    quotes = closers['"'] > closers["{"]
    return Habits(
        indent=indents.most_common(1)[0][0] if indents else "  ",
        align=aligned,
        open='"' if quotes else "{",
        close='"' if quotes else "}",
        trailing_comma=trailing.most_common(1)[0][0] == "," if trailing else True,
        capital_types=sum(kind.isupper() for kind in kinds) * 2 > len(kinds),
        newline="\r\n" if "\r\n" in text else "\n",
        ascii_only=bool(raws) and data.isascii() and "\\" in body and _has_accents(body),
    )


def _has_accents(body: str) -> bool:
    return bool(re.search(r"\\[`'^\"~=.][{a-zA-Z\\]|\\[uvHck]\{", body))


def _line_ends(text: str) -> int:
    ends = re.search(r"(\r\n|\r|\n)*\Z", text)
    return min(2, len(re.findall(r"\r\n|\r|\n", ends[0]))) if ends else 0


def _encoded(text: str, data: bytes) -> bytes:
    """Encode the addition as the file is encoded."""
    if data.startswith(b"\xff\xfe"):
        return text.encode("utf-16-le")
    if data.startswith(b"\xfe\xff"):
        return text.encode("utf-16-be")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("cp1252", errors="xmlcharrefreplace")
    return text.encode()
