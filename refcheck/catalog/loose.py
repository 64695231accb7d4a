"""A catalogue asked for what is near to some words: other forms of them, near spellings, works of people.

A reference is searched for by its exact, rarest words (`search`); a topic or the text round a
citation gap has its work's words in another form, and sometimes misspelt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from refcheck.catalog.search import Hit, Searcher
from refcheck.catalog.store import engine
from refcheck.mentions import stem
from refcheck.text import tokens

MOST_WORDS = 40
"""The rarest words asked of a long text."""
MISSPELT = 6
"""Letters from which a word that no record has is asked for in its near spellings."""
RELATED = 8
"""Words up to which a question is asked in other forms of its words as well."""
FORM = 0.8
"""What another form or spelling of a word is worth, of the word's own rarity."""


def find(searcher: Searcher, text: str, limit: int, needed: Sequence[str] = ()) -> list[Hit]:
    """Return the records that hold most of a text's words, all of those that are ``needed``.

    A word that no record has is taken for a slip: one letter may differ, two may have changed places.
    """
    asked = {word: searcher.frequency(word) for word in dict.fromkeys(tokens(text))}
    present = sorted((count, word) for word, count in asked.items() if count and len(word) > 1)
    chosen = [word for _, word in present if word not in needed]
    chosen = chosen if needed else chosen[:MOST_WORDS]
    queries = [_term(searcher, word) for word in chosen]
    slips = [w for w, count in asked.items() if not count and len(w) >= MISSPELT and w.isalpha()]
    queries += [_near(searcher, word) for word in slips]
    others = {_other_number(word) for word in chosen} - set(chosen)
    queries += [_term(searcher, word) for word in sorted(others) if searcher.frequency(word)]
    if len(asked) <= RELATED:
        queries += [_forms(searcher, word) for word in chosen if len(stem(word)) < len(word)]
    must = [_term(searcher, word) for word in needed]
    return _hits(searcher, must, queries, limit)


def _hits(searcher: Searcher, must: Sequence[Any], should: Sequence[Any], limit: int) -> list[Hit]:
    """Return the best records for queries of the index; their share is BM25's plain score."""
    if not must and not should:
        return []
    tantivy, reader = engine(), searcher.reader
    terms = [(tantivy.Occur.Must, one) for one in must]
    terms += [(tantivy.Occur.Should, one) for one in should]
    found = reader.searcher.search(tantivy.Query.boolean_query(terms), limit, count=False).hits
    numbers = reader.searcher.fast_field_values("n", [address for _, address in found])
    scores = {
        int(n): score
        for (score, _), n in zip(found, numbers, strict=True)
        if n is not None and n < reader.size
    }
    items = reader.items(list(scores))
    hits = [Hit(n, items[n], score) for n, score in scores.items() if n in items]
    return sorted(hits, key=lambda hit: (-hit.share, hit.number))


def _term(searcher: Searcher, word: str) -> Any:
    return engine().Query.term_query(searcher.reader.index.schema, "words", word, "basic")


def _near(searcher: Searcher, word: str) -> Any:
    query = engine().Query
    near = query.fuzzy_term_query(
        searcher.reader.index.schema, "words", word, distance=1, transposition_cost_one=True
    )
    return query.boost_query(near, FORM * math.log(1 + searcher.reader.size))


def _forms(searcher: Searcher, word: str) -> Any:
    query = engine().Query
    forms = query.regex_query(searcher.reader.index.schema, "words", f"{stem(word)}[a-z]{{0,8}}")
    weight = math.log(1 + searcher.reader.size / searcher.frequency(word))
    return query.boost_query(forms, FORM * weight)


def _other_number(word: str) -> str:
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return f"{word}s"
