"""Two texts side by side, cut where they differ: what a reference says, and what a source says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether the other text has something else there."""

_WORDS = re.compile(r"[^\W\u3040-\u9fff]+|\s+|.", re.DOTALL)
"""Words, spaces, single signs; each Chinese or Japanese sign counts as a word."""

WORDS_MOST = 400
"""Words beyond which two texts are not compared one by one: it would take long and tell little."""

ALIKE_LEAST = 0.4
"""Share of common words below which two texts are two texts, not one with slips."""


def sides(given: str, found: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces; what only one of them has is marked."""
    ours, theirs = _WORDS.findall(given), _WORDS.findall(found)
    whole = ((given, True),) if given else (), ((found, True),) if found else ()
    if not ours or not theirs or max(len(ours), len(theirs)) > WORDS_MOST:
        return whole
    compared = SequenceMatcher(None, _folded(ours), _folded(theirs), autojunk=False)
    if compared.ratio() < ALIKE_LEAST:
        return whole
    codes = compared.get_opcodes()
    return (
        tuple(_joined((ours[a:b], tag != "equal") for tag, a, b, _, _ in codes)),
        tuple(_joined((theirs[a:b], tag != "equal") for tag, _, _, a, b in codes)),
    )


def _folded(words: Sequence[str]) -> list[str]:
    return [word.casefold() for word in words]


def _joined(parts: Iterator[tuple[list[str], bool]]) -> Iterator[tuple[str, bool]]:
    yield from (("".join(words), differs) for words, differs in parts if words)
