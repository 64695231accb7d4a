"""A library in memory, searched for references as a catalogue is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from refcheck.catalog.search import FEW, Hit
from refcheck.catalog.words import item_keys, joined, searched, text_keys, words
from refcheck.record import Record, to_csl


class MemorySearcher:
    """Finds records of a library by identifier and by their words, weighted by rarity."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.items = [to_csl(record) for record in records]
        self.keys: dict[str, list[int]] = defaultdict(list)
        self.postings: dict[str, list[int]] = defaultdict(list)
        for n, item in enumerate(self.items):
            for key in item_keys(item):
                self.keys[key].append(n)
            for word in searched(item):
                self.postings[word].append(n)

    def find_at(self, text: str, depth: int, limit: int = FEW) -> list[Hit]:
        """Return records for a reference; all its words are asked at once, so only at depth 0.

        Their numbers are negative, so that none is taken for one of a catalogue.
        """
        if depth:
            return []
        scores: defaultdict[int, float] = defaultdict(float)
        whole = 0.0
        for word in dict.fromkeys(words(joined(text))):
            there = self.postings.get(word, ())
            weight = math.log(1 + (len(self.items) - len(there) + 0.5) / (len(there) + 0.5)) + 0.1
            whole += weight if there else 0.0
            for n in there:
                scores[n] += weight
        exact = [n for key in text_keys(text) for n in self.keys.get(key, ())]
        chosen = list(
            dict.fromkeys((*exact, *sorted(scores, key=lambda n: (-scores[n], n))[:limit]))
        )
        return [Hit(-1 - n, self.items[n], scores[n] / (whole or 1.0), n in exact) for n in chosen]
