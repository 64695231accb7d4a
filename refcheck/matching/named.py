"""Whom a citation gap names, looked for among a record's authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from refcheck.matching.rarity import SMALL
from refcheck.matching.similarity import name_parts
from refcheck.model import Hint
from refcheck.record import Name, Record
from refcheck.text import fold, tokens

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d[a-z]?")


def people(record: Record) -> tuple[Name, ...]:
    """Return a record's authors and editors."""
    return (*record.author, *record.editor)


def family_of(name: Name) -> str:
    """Return the last word of a family name, folded: what a text calls somebody by."""
    return (name_parts(name)[0].split() or [""])[-1]


def place(name: str, written: Sequence[Name]) -> tuple[int, bool]:
    """Return which author a name is of (-1 for none), and whether given names agree too.

    A given name that is another speaks against it: Guy Steele is not Max Steele.
    """
    *given, family = [part.strip(".") for part in name.split()]
    if given and family.isupper() and len(family) <= 3:  # "Kraus OZ"
        given, family = [family], given[-1]
    for n, author in enumerate(written):
        if family_of(author) != fold(family):
            continue
        firsts = _givens(author)
        if not given or not firsts:
            return n, False
        mine = fold(given[0])
        if firsts[0].startswith(mine) or mine.startswith(firsts[0]) or mine in firsts:
            return n, True
    return -1, False


def namesakes(names: Sequence[str], records: Iterable[Record]) -> int:
    """Count the different people of one of these family names among the authors of some records."""
    families = {fold(name).split()[-1] for name in names}
    found = {
        (family_of(one), "".join(_givens(one)[:1])[:1])
        for record in records
        for one in people(record)
        if family_of(one) in families
    }
    return len(found)


def _givens(name: Name) -> list[str]:
    parts = re.split(r"[\s.,-]+", name_parts(name)[1])
    return [one for one in parts if one and one not in _SUFFIXES]


def only_names(hint: Hint) -> bool:
    """Tell whether a gap holds names, and a year, and nothing else: then they are people's."""
    return bool(hint.names) and not set(tokens(beside_names(hint))) - SMALL


def beside_names(hint: Hint) -> str:
    """Return a gap's words less its names and its year."""
    names = {fold(part) for name in hint.names for part in name.split()}
    words = re.split(r"[\s,;:()]+", hint.words)
    kept = [word for word in words if fold(re.sub(r"['’]s?$", "", word)) not in names]
    return " ".join(word for word in kept if not _YEAR.fullmatch(word))
