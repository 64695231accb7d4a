"""Candidates for a reference out of a catalogue: by identifier, then by its rarest words.

The rarest words up to a budget of postings are asked first; a larger budget, and at last all words,
only where the best answer explains little of the reference. The budget grows with the catalogue, or
the share of works found would fall as it grows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from refcheck.catalog.store import Reader, engine
from refcheck.catalog.words import joined, text_keys, words

FEW = 10
"""How many records are looked at for each question."""
BUDGET = (0.004, 0.04)
"""Postings read at most, as a share of the catalogue, in the first and the second question."""
LEAST_BUDGET = 2000
MOST_WORDS = 40
ENOUGH = 0.75
"""Share of the question's rarity that the best record must hold for no further question."""
CACHED = 300_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A record of the catalogue: its number, the item, the share of the question that it holds."""

    number: int
    item: dict[str, Any]
    share: float
    exact: bool = False


class Searcher:
    """Answers questions from one state of a catalogue."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.schema = reader.index.schema
        self._tantivy = engine()
        self._frequency: dict[str, int] = {}

    def frequency(self, word: str) -> int:
        """Return in how many records a word stands."""
        found = self._frequency.get(word)
        if found is None:
            if len(self._frequency) > CACHED:
                self._frequency.clear()
            found = self._frequency[word] = self.reader.searcher.doc_freq("words", word)
        return found

    def find(self, text: str, limit: int = FEW) -> list[Hit]:
        """Return records for a reference, the likeliest first; exact identifiers before all."""
        for depth in range(len(BUDGET) + 1):
            hits = self.find_at(text, depth, limit)
            if hits and hits[0].share >= ENOUGH:
                break
        return hits

    def find_at(self, text: str, depth: int, limit: int = FEW) -> list[Hit]:
        """Return records for a reference by a question so dear: 0 the cheapest, 2 all its words.

        Nothing where the question would be no other than the one before.
        """
        asked = {word: self.frequency(word) for word in dict.fromkeys(words(joined(text)))}
        present = sorted((count, word) for word, count in asked.items() if count and len(word) > 1)
        budgets = (*BUDGET, 1.0)
        chosen = self._chosen(present, budgets[depth])
        if depth and chosen == self._chosen(present, budgets[depth - 1]):
            return []
        scores = self._ask([word for _, word in present[:chosen]], limit)
        exact = self.reader.known(text_keys(text)) if not depth and _MAY_NAME.search(text) else []
        numbers = list(dict.fromkeys((*exact, *scores)))
        items = self.reader.items(numbers)
        size = self.reader.size
        whole = sum(_weight(count, size) for count, _ in present[:chosen]) or 1.0
        hits = [
            Hit(n, items[n], scores.get(n, 0.0) / whole, n in exact) for n in numbers if n in items
        ]
        return sorted(hits, key=lambda hit: (not hit.exact, -hit.share, hit.number))

    def _chosen(self, present: Sequence[tuple[int, str]], share: float) -> int:
        """Return how many of the rarest words fit the budget; two at least."""
        budget = max(LEAST_BUDGET, share * self.reader.size)
        total = chosen = 0
        for count, _ in present[:MOST_WORDS]:
            total += count
            if total > budget and chosen >= 2 and share < 1.0:
                break
            chosen += 1
        return chosen

    def _ask(self, chosen: Sequence[str], limit: int) -> dict[int, float]:
        tantivy = self._tantivy
        if not chosen:
            return {}
        should = tantivy.Occur.Should
        terms = [
            (should, tantivy.Query.term_query(self.schema, "words", word, "basic"))
            for word in chosen
        ]
        found = self.reader.searcher.search(
            tantivy.Query.boolean_query(terms), limit, count=False
        ).hits
        numbers = self.reader.searcher.fast_field_values("n", [address for _, address in found])
        return {
            int(n): score
            for (score, _), n in zip(found, numbers, strict=True)
            if n is not None and n < self.reader.size
        }


_MAY_NAME = re.compile(r"10\.|http|arxiv|isbn|97[89]|pmid", re.IGNORECASE)


def _weight(count: int, size: int) -> float:
    """Return BM25's weight of a word in so many of the records (as tantivy reckons it)."""
    return math.log(1 + (size - count + 0.5) / (count + 0.5))
