"""A library in memory, searched for references as a catalogue is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from refcheck.catalog.search import FEW, Hit
from refcheck.catalog.words import Question, item_keys, searched
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

    def find_at(
        self, question: Question, depth: int, limit: int = FEW, near: float = 0.0
    ) -> list[Hit]:
        """Return records for a question; all its words are asked at once, so only at depth 0.

        Their numbers are negative, so that none is taken for one of a catalogue.
        """
        if depth:
            return []
        scores: defaultdict[int, float] = defaultdict(float)
        whole = 0.0
        for word in (*question.pairs, *question.words):
            there = self.postings.get(word, ())
            weight = math.log(1 + (len(self.items) - len(there) + 0.5) / (len(there) + 0.5)) + 0.1
            whole += weight if there else 0.0
            for n in there:
                scores[n] += weight
        exact = [n for key in question.keys for n in self.keys.get(key, ())]
        ranked = sorted(scores, key=lambda n: (-scores[n], n))[:limit]
        least = near * scores[ranked[0]] if ranked else 0.0
        chosen = dict.fromkeys((*exact, *[n for n in ranked if scores[n] >= least]))
        return [Hit(-1 - n, self.items[n], scores[n] / (whole or 1.0), n in exact) for n in chosen]

    def more_at(self, question: Question, depth: int) -> bool:  # noqa: ARG002 - as a catalogue's
        """Tell that there is no deeper question."""
        return False
