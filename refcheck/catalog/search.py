"""Candidates for a reference out of a catalogue: by identifier, then by its rarest words.

The rarest words up to a budget of postings are asked first; a larger budget, and at last more words
still, only where no record is like the reference. The budget grows with the catalogue, or the share
of works found would fall as it grows. Where a work stands ("26:399") is asked always: it is in one
record or in none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from refcheck.catalog.store import Reader, engine
from refcheck.catalog.words import Question
from refcheck.matching.given import Given

FEW = 10
"""How many records are looked at for each question."""
DEPTHS = ((0.004, 4), (0.04, 12), (0.4, 24))
"""For each question, the postings read at most as a share of the catalogue, and the words asked. Of
references whose work is among 429,000, the first finds .98 to .99 among ten, the second .996 to .998;
the third, for topics, .996 to .999 at three times the cost."""
LEAST_BUDGET = 2000
LEAST_WORDS = 2
ENOUGH = 0.75
"""Share of the question's rarity that the best record must hold for no further question."""
CACHED = 300_000
PLACE = 2
"""What the place counts, of its rarity: beside four rare names it is looked at all the same."""
ONE_PLACE = 4
"""Records at most that share a place that tells one work: "16:1" is the place of many."""


class Hit(NamedTuple):
    """A record of the catalogue: its number, the item, the share of the question that it holds."""

    number: int
    item: Mapping[str, Any]
    share: float
    exact: bool = False


class Searcher:
    """Answers questions from one state of a catalogue."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._search = reader.searcher.search
        self._numbers = reader.searcher.fast_field_values
        self._doc_freq = reader.searcher.doc_freq
        self._frequency: dict[str, int] = {}
        tantivy = engine()
        self._schema = reader.index.schema
        self._should = tantivy.Occur.Should
        self._any = tantivy.Query.boolean_query
        self._term = tantivy.Query.term_query

    def frequency(self, word: str) -> int:
        """Return in how many records a word stands."""
        found = self._frequency.get(word)
        if found is None:
            if len(self._frequency) > CACHED:
                self._frequency.clear()
            found = self._frequency[word] = self._doc_freq("words", word)
        return found

    def find(self, text: str, limit: int = FEW) -> list[Hit]:
        """Return records for a reference, the likeliest first; exact identifiers before all."""
        question = Question(Given(text))
        hits: list[Hit] = []
        for depth in range(len(DEPTHS)):
            if depth and not self.more_at(question, depth):
                continue
            hits = self.find_at(question, depth, limit)
            if hits and hits[0].share >= ENOUGH:
                break
        return hits

    def find_at(
        self, question: Question, depth: int, limit: int = FEW, near: float = 0.0
    ) -> list[Hit]:
        """Return records for a question asked so dearly: 0 the cheapest, 2 with most of its words.

        ``near`` leaves out, before they are fetched, those that hold less of the question than this
        part of what the best holds.
        """
        present = self._present(question)
        chosen = present[: self._chosen(present, depth)]
        scores = self._ask([word for _, word in chosen], question.pairs, limit, near)
        exact = self.reader.known(question.keys) if question.keys and not depth else []
        items = self.reader.items([*scores, *[n for n in exact if n not in scores]])
        size = self.reader.size
        whole = sum([_weight(count, size) for count, _ in chosen]) or 1.0
        hits = [Hit(n, item, scores.get(n, 0.0) / whole, n in exact) for n, item in items.items()]
        return sorted(hits, key=lambda hit: (not hit.exact, -hit.share, hit.number))

    def more_at(self, question: Question, depth: int) -> bool:
        """Tell whether more words are asked at a depth than at the one before."""
        present = self._present(question)
        return self._chosen(present, depth) > self._chosen(present, depth - 1)

    def _present(self, question: Question) -> list[tuple[int, str]]:
        """Return the question's words that the catalogue has, the rarest first, and how often."""
        frequency = self.frequency
        return sorted([(count, word) for word in question.words if (count := frequency(word))])

    def _chosen(self, present: Sequence[tuple[int, str]], depth: int) -> int:
        """Return how many of the rarest words fit the budget; `LEAST_WORDS` at least."""
        share, most = DEPTHS[depth]
        budget = max(LEAST_BUDGET, share * self.reader.size)
        chosen = 0
        for count, _ in present[:most]:
            budget -= count
            if budget < 0 and chosen >= LEAST_WORDS:
                break
            chosen += 1
        return chosen

    def _ask(
        self, words: Sequence[str], pairs: tuple[str, ...], limit: int, near: float
    ) -> dict[int, float]:
        if not (words or pairs):
            return {}
        should, term = self._should, self._term
        known = [(count, pair) for pair in pairs if (count := self.frequency(pair))]
        asked = [
            *words,
            *[pair for count, pair in known for _ in range(PLACE if count <= ONE_PLACE else 1)],
        ]
        question = self._any([(should, term(self._schema, "words", word, "basic")) for word in asked])  # fmt: skip
        found = self._search(question, limit, count=False).hits
        if near and found:
            least = near * found[0][0]
            found = [one for one in found if one[0] >= least]
        numbers = self._numbers("n", [address for _, address in found])
        size = self.reader.size
        return {
            n: score
            for (score, _), n in zip(found, numbers, strict=True)
            if n is not None and n < size
        }


def _weight(count: int, size: int) -> float:
    """Return BM25's weight of a word in so many of the records (as tantivy reckons it)."""
    return math.log(1 + (size - count + 0.5) / (count + 0.5))
