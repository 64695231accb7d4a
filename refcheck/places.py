"""Countries, provinces and large towns in several languages, and which lies in which.

Two texts that name two places of which neither lies in the other do not tell one event of one
place. ``places.tsv`` is from general knowledge: a place, the one that it lies in, its names (with
those of its people, where they are used for it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from refcheck.text import fold, is_cjk


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    table = files("refcheck").joinpath("places.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return tuple((place, lies_in, tuple(names.split("; "))) for place, lies_in, names in rows)


@cache
def _lies_in() -> Mapping[str, str]:
    return {place: whole for place, whole, _ in _rows()}


@cache
def _by_name() -> Mapping[str, str]:
    return {fold(name): place for place, _, names in _rows() for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_by_name(), key=len, reverse=True)
    signs = "|".join(re.escape(name) for name in names if is_cjk(name))
    latin = "|".join(re.escape(name) for name in names if not is_cjk(name))
    return re.compile(rf"(?:{signs})|(?<![\w.])(?:{latin})(?:['’]s)?(?!\w)")


@lru_cache(maxsize=4096)
def read(text: str) -> frozenset[str]:
    """Return the places that a text names. "US" and "China" (Spanish for "Chinese") in small letters are none."""
    folded = fold(text)
    found = set()
    for match in _pattern().finditer(folded):
        name = re.sub(r"['’]s$", "", match[0])
        if len(name) <= 3 and name.isascii() and name.upper() not in text:
            continue
        found.add(_by_name()[name])
    return frozenset(found)


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    return {place: names for place, _, names in _rows()}


def names(name: str) -> tuple[str, ...]:
    """Return all names of the place of a name; none where it is no place's."""
    place = _by_name().get(fold(name))
    return _names()[place] if place else ()


def within(place: str) -> tuple[str, ...]:
    """Return a place and all that it lies in, the smallest first."""
    found = [place]
    while whole := _lies_in().get(found[-1], ""):
        found.append(whole)
    return tuple(found)


def agree(one: str, other: str) -> bool:
    """Tell whether two places are one, or the one lies in the other."""
    return one in within(other) or other in within(one)
