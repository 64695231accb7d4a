"""How far the text round a citation gap tells a work's title: word by word, by rarity and nearness.

The weights are natural logarithms of odds, set by reasoning, not fitted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from refcheck.matching.rarity import SMALL, rarity
from refcheck.matching.similarity import title_words
from refcheck.mentions import COMMON, Mentions, stem
from refcheck.model import Evidence
from refcheck.text import tokens

WORD = 3.5
"""A telling word of the title stands in the text, times its rarity and what it is worth there."""
STRANGE = -0.45
"""A telling word of the title does not stand in the text, times its rarity."""
PHRASE = 2.0
"""Two words stand side by side in the title and in the text, times rarity and worth."""
TERM = 3.0
"""The title begins with the name of the thing to which the gap is attached; half where it holds it."""
OWN = 1.6
"""What a word of the gap's own is worth."""
RELATED = 0.8
"""What a near relation of a word is worth, of the word itself: verification, verifying."""
SLIP = 0.7
"""What a near spelling of a word is worth, of the word itself."""
WHOLE = 0.8
LEAST = 1.2
"""Share of a title, and telling words of it, that the gap's own words must hold to name it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells of a title.

    ``odds`` are what that is worth; ``support`` the telling words that it has, near ones in full;
    ``named`` says that the gap's own words are the title. ``evidence`` is for a reader.
    """

    odds: float
    support: float
    named: bool
    evidence: tuple[Evidence, ...]


class Text:
    """The text of one gap, against which titles are held. ``own`` are the gap's own words."""

    def __init__(self, read: Mentions, own: str, titles: Sequence[str]) -> None:
        self.read = read
        self.own = set(tokens(own))
        self.own_stems = {stem(word) for word in self.own}
        self.term = tuple(tokens(read.term))
        counts = Counter(word for title in titles for word in set(title_words(title)))
        most = math.log(1 + len(titles)) or 1.0
        self.weights = {
            word: rarity(word) * (0.5 + 0.5 * math.log(1 + len(titles) / n) / most)
            for word, n in counts.items()
        }

    def tells(self, title: str, without: set[str]) -> Told:
        """Compare a title; words ``without`` are somebody's name and tell nothing of it."""
        words = [w for w in dict.fromkeys(title_words(title)) if w not in SMALL and w not in COMMON]
        whole = sum(self.weights[word] for word in words) or 1.0
        odds = support = here = 0.0
        found: list[str] = []
        slips: list[str] = []
        for word in words:
            weight = self.weights[word]
            worth, slip = (0.0, "") if word in without else self._worth(word)
            odds += WORD * weight * worth if worth else STRANGE * weight
            if worth:
                support += weight * min(1.0, worth)
                here += weight if word in self.own or stem(word) in self.own_stems else 0.0
                found.append(word)
            if slip:
                slips.append(f"“{slip}” for “{word}”")
        for one, other in pairwise(words):
            near = self.read.pairs.get(frozenset((stem(one), stem(other))), 0.0)
            odds += PHRASE * near * (self.weights[one] + self.weights[other]) / 2
        named = len(words) > 1 and here >= WHOLE * whole and here >= LEAST
        note = f"spelt otherwise: {', '.join(slips)}" if slips else ""
        evidence = [
            Evidence("wording", " ".join(found), title, round(support / whole, 2), note=note)
        ]
        if thing := self._thing(title_words(title)):
            odds += thing
            evidence.append(Evidence("name", self.read.term, title, 1.0, note="named just before"))
        return Told(odds, support, named, tuple(evidence))

    def _worth(self, word: str) -> tuple[float, str]:
        """Return what a word of a title is worth in the text, and of what other spelling it is."""
        if word in self.own:
            return OWN, ""
        if stem(word) in self.own_stems:
            return OWN * RELATED, ""
        there = self.read.words.get(word, 0.0)
        worth = max(there, RELATED * self.read.stems.get(stem(word), 0.0))
        if not worth and (slip := self.read.misspelt(word)):
            return SLIP * self.read.words[slip], slip
        return worth, ""

    def _thing(self, words: Sequence[str]) -> float:
        """Return what it is worth that a title holds the name of the thing just before the gap."""
        if not any(len(word) > 2 for word in self.term):
            return 0.0
        for part in self.term:
            if part not in words and all(self.read.misspelt(word) != part for word in words):
                return 0.0
        begins = tuple(words[: len(self.term)]) == self.term
        return TERM * (1.0 if begins else 0.5) * sum(map(rarity, self.term)) / len(self.term)
