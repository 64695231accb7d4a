"""How telling a word of the news is, in any language: the commonest tell nothing.

``stopwords.tsv`` holds the words that join others, stand in every report or name a kind of text, by
language; from general knowledge. How rare an English word is in titles is told by ``rarity``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from refcheck.text import fold, is_cjk


@cache
def stopwords() -> frozenset[str]:
    """Return the folded words that tell nothing, of all languages together."""
    table = files("refcheck").joinpath("stopwords.tsv").read_text(encoding="utf-8")
    return frozenset(
        fold(word) for line in table.splitlines() for word in line.split("\t")[1].split()
    )


def telling(word: str) -> float:
    """Return how much a folded word tells: 0.0 (joins others) to 1.0 and above (a number, a model).

    Long words are rarer than short ones; what holds a figure is shared by few texts.
    """
    if word in stopwords():
        return 0.0
    if any(sign.isdigit() for sign in word):
        return 1.3 if re.search(r"[^\W\d_]", word) else 0.9 if len(word) > 1 else 0.4
    if is_cjk(word):
        return 0.5 + 0.2 * min(len(word), 4)
    return min(1.0, 0.35 + 0.075 * len(word))
