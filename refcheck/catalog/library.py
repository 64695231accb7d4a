"""A library of the user's own, held in memory and asked like any source. It sends no request.

Ranked by BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019) over title, container, authors
and note; Chinese and Japanese by pairs of signs. Identifiers and addresses are looked up exactly.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from refcheck import glossary
from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn, on_site, page_key
from refcheck.model import Found, Query, Search, Source
from refcheck.record import Record, csl_variable
from refcheck.text import fold, tokens

K1, B = 1.2, 0.4
"""BM25's saturation and length weight; records are short, so length matters little."""

NEWS_TYPES = frozenset(
    {
        "article-newspaper",
        "article-magazine",
        "webpage",
        "post-weblog",
        "post",
        "report",
        "broadcast",
        "motion_picture",
    }
)
"""What can be meant by a missing link to a page."""


def library_source(records: Sequence[Record], name: str) -> Source:
    """Make a source of records; ``name`` says whose they are."""
    index = _Index(records)

    def search(queries: Sequence[Query]) -> Search:
        yield from ()
        return tuple(index.search(query) for query in queries)

    return Source(
        "",
        search,
        frozenset({"work", "topic", "news"}),
        f"your own records in {name}",
        batch=10_000,
    )


class _Index:
    """Words and identifiers of a library's records."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = tuple(records)
        self.by_id: dict[str, list[int]] = defaultdict(list)
        self.postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.lengths: list[int] = []
        for n, record in enumerate(self.records):
            for key in _identifiers(record):
                self.by_id[key].append(n)
            counts = Counter(_searched(record))
            self.lengths.append(sum(counts.values()))
            for word, count in counts.items():
                self.postings[word].append((n, count))
        self.mean = sum(self.lengths) / len(self.lengths) if self.lengths else 1.0

    def search(self, query: Query) -> tuple[Found, ...]:
        """Return the records that answer a query, best first."""
        for identifier in (query.identifier, query.url):
            if identifier:
                return tuple(
                    self._found(n) for n in dict.fromkeys(self.by_id.get(_normal(identifier), ()))
                )
        asked = " ".join(
            (
                query.text,
                query.title,
                " ".join(query.author),
                query.container_title,
                str(query.year or ""),
            )
        )
        ranked = self._ranked(_widened(asked))
        kept = [n for n in ranked if self._fits(self.records[n], query)]
        return tuple(self._found(n) for n in kept[: query.limit])

    def _ranked(self, words: set[str]) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        size = len(self.records)
        for word in words:
            postings = self.postings.get(word, ())
            weight = math.log(1 + (size - len(postings) + 0.5) / (len(postings) + 0.5))
            for n, count in postings:
                norm = K1 * (1 - B + B * self.lengths[n] / self.mean)
                scores[n] += weight * count * (K1 + 1) / (count + norm)
        return sorted(scores, key=lambda n: (-scores[n], n))

    def _fits(self, record: Record, query: Query) -> bool:
        if query.want == "news":
            return record.type in NEWS_TYPES or bool(query.site and on_site(record.url, query.site))
        return (
            not query.types
            or query.want != "topic"
            or record.type in query.types
            or record.type == "document"
        )

    def _found(self, n: int) -> Found:
        record = self.records[n]
        where = tuple((field, csl_variable(field)) for field in record.present())
        url = f"https://doi.org/{record.doi}" if record.doi else record.url
        return Found(record, id=record.id or str(n + 1), url=url, read_in=where)


def _searched(record: Record) -> list[str]:
    names = " ".join(name.family or name.literal for name in record.author)
    year = str(record.issued.year or "") if record.issued else ""
    names = f"{names} {record.container_title} {record.publisher}"
    return tokens(f"{record.title} {names} {year} {record.note} {record.abstract}")


def _widened(text: str) -> set[str]:
    """The words of a question, and those that say the same in other languages."""
    words = set(tokens(text))
    for notion in glossary.read(text):
        words.update(token for _, forms in notion.words for form in forms for token in tokens(form))
    return words


def _identifiers(record: Record) -> set[str]:
    keys = {
        _normal(one) for one in (record.doi, record.url, *record.isbn.split(), record.pmid) if one
    }
    if arxiv := normal_arxiv(f"arxiv {record.number}") or normal_arxiv(record.doi):
        keys.add(f"arxiv:{arxiv}")
    if record.id:
        keys.add(fold(record.id))
    return keys


def _normal(identifier: str) -> str:
    if doi := normal_doi(identifier):
        return doi
    if arxiv := normal_arxiv(identifier):
        return f"arxiv:{arxiv}"
    if isbn := normal_isbn(identifier):
        return isbn
    return (
        page_key(identifier) if identifier.startswith(("http://", "https://")) else fold(identifier)
    )
