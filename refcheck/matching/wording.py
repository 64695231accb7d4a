"""How much of a page's title the text round a gap accounts for, word by word.

The words of a title weigh by how rare they are in titles; what stands in the sentence of the gap
counts in full, what stands further away in part. Chinese and Japanese are compared by pairs of
signs. Titles in another language than the text are not compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from refcheck import events
from refcheck.matching.rarity import SMALL, rarity
from refcheck.model import Clues
from refcheck.text import fold, is_cjk, tokens

FURTHER = 0.6
"""What a word is worth that stands in the paragraph or the heading, not in the sentence."""

PASSAGES = 4
"""How many of the passages round a gap are read: sentence, paragraph, heading, title."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text accounts for.

    ``explained``: share (0 to 1) of the title's telling weight that the text has. ``told``: that
    weight itself, in words as telling as a rare one. ``strangers``: proper names of the title that
    the text lacks, where the sentence has others that the title lacks.
    """

    explained: float
    told: float
    strangers: tuple[str, ...] = ()


def compare(clues: Clues, title: str) -> Wording | None:
    """Compare a title with the text round a gap; None where they are not in one language."""
    core = events.without_publisher(events.core(clues), clues.publisher)
    words = [word for word in dict.fromkeys(tokens(title)) if word not in SMALL]
    same_language = not clues.language or not clues.written_in or clues.language == clues.written_in
    if not words or not core or is_cjk(core) != is_cjk(title) or not same_language:
        return None
    near = set(tokens(core))
    further = set(tokens(" ".join(clues.context[:PASSAGES])))
    weights = {word: rarity(word) for word in words}
    told = sum(
        w * (1.0 if word in near else FURTHER if word in further else 0.0)
        for word, w in weights.items()
    )
    return Wording(told / sum(weights.values()), told, _strangers(core, clues.context, title))


def _strangers(core: str, context: tuple[str, ...], title: str) -> tuple[str, ...]:
    """Return the title's proper names that are not in the text, if the sentence has others instead."""
    text, titled = fold(f"{core} {' '.join(context)}"), fold(title)
    missing = [name for name in _capitalised(title) if fold(name) not in text]
    instead = [name for name in _capitalised(core) if fold(name) not in titled]
    return tuple(missing) if instead else ()


def _capitalised(text: str) -> list[str]:
    """Words that bear a capital within a sentence; none of a headline in which all do."""
    words = re.findall(r"(?<=[^\W\d_,;] )[A-ZÀ-ÖØ-Þ][^\W\d_]{2,}", text)
    initials = [word[0] for word in re.findall(r"[^\W\d_]{4,}", text)]
    headline = sum(sign.isupper() for sign in initials) > 0.6 * len(initials)
    return [] if headline else words
