"""How telling a word of a title is: measured on titles of all fields, kept in ``rarity.json``.

``rarer.json`` goes on where that ends, for whom the difference between rare and very rare matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

SMALL = frozenset(
    "the a an of and or in on at to for from by with as is are its into via der die das des den dem und ein eine von zu mit im fur uber "
    "le la les l un une du de et en dans sur pour au aux el los las y del para por sobre con il lo gli di e che nel della dei da do dos das "
    "het een van voor op te och av pa og".split()
)
"""Words that only join others."""


@cache
def rarities() -> Mapping[str, float]:
    """Return how telling folded words are; a word that is not there is in few titles: 1.0."""
    data = files("refcheck.matching").joinpath("rarity.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, float])


def rarity(word: str) -> float:
    """Return how telling a folded word is: about 0.1 ("the") to 1.0 (in few titles or none)."""
    return rarities().get(word, 1.0)


@cache
def _rarer() -> Mapping[str, float]:
    data = files("refcheck.matching").joinpath("rarer.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, float])


def fine_rarity(word: str) -> float:
    """Return how telling a folded word is, told apart down to words in one of 20,000 titles."""
    found = rarities().get(word)
    return _rarer().get(word, 1.0) if found is None else found
