"""A catalogue on disk, asked as any source is. It sends no request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from refcheck.catalog import loose
from refcheck.catalog.library import NEWS_TYPES
from refcheck.catalog.search import FEW, Hit, Searcher
from refcheck.catalog.store import Reader
from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn, on_site, page_key
from refcheck.model import Found, Query, Search, Source
from refcheck.record import Record, csl_variable, from_csl
from refcheck.text import fold, tokens

LOOKED_AT = 60
"""Records looked at for a topic or a news item, of which those of the types wanted are kept."""

OF_ONE_NAME = 300
"""Records looked at for a name that may stand in any field: a family name is often a word too."""


def source(folder: Path) -> Source:
    """Make a source of a catalogue; raises `InputError` where the folder holds none."""
    searcher = Searcher(Reader(folder))

    def search(queries: Sequence[Query]) -> Search:
        yield from ()
        return tuple(answer(searcher, query) for query in queries)

    return Source(
        "", search, frozenset({"work", "topic", "news"}), f"your own catalogue in {folder.name}", batch=10_000
    )  # fmt: skip


def answer(searcher: Searcher, query: Query) -> tuple[Found, ...]:
    """Return the records that answer a query, the likeliest first."""
    for identifier in (query.identifier, query.url):
        if identifier:
            numbers = searcher.reader.known([key(identifier)])
            items = searcher.reader.items(numbers)
            return tuple(_found(Hit(n, items[n], 1.0, exact=True)) for n in numbers if n in items)
    asked = (
        query.text, query.title, " ".join(query.author), query.container_title, str(query.year or ""),
    )  # fmt: skip
    text = " ".join(filter(None, asked))
    if query.want == "work" and query.author and not query.title:
        return _by_people(searcher, query)
    limit = query.limit if query.want == "work" else max(LOOKED_AT, query.limit)
    exactly = query.want == "work" and (query.title or query.limit <= FEW)
    hits = searcher.find(text, limit) if exactly else loose.find(searcher, text, limit)
    found = [_found(hit) for hit in hits]
    return tuple(one for one in found if _fits(one.record, query))[: query.limit]


def _by_people(searcher: Searcher, query: Query) -> tuple[Found, ...]:
    """Return works of the people named, those that hold most of the other words first.

    A name is one of all words of a record, so what is not in its author field is left out here.
    """
    families = [tokens(name.split()[-1]) for name in query.author]
    needed = [word for family in families for word in family]
    text = f"{query.text} {query.container_title} {query.year or ''}"
    found = [_found(hit) for hit in loose.find(searcher, text, OF_ONE_NAME, needed)]
    return tuple(one for one in found if _is_by(one.record, families))[: query.limit]


def _is_by(record: Record, families: Sequence[Sequence[str]]) -> bool:
    people = [tokens(name.family or name.literal) for name in (*record.author, *record.editor)]
    return all(any(set(family) <= set(person) for person in people) for family in families)


def key(identifier: str) -> str:
    """Return an identifier as the catalogue keeps it."""
    if doi := normal_doi(identifier):
        return f"doi:{doi}"
    if arxiv := normal_arxiv(identifier):
        return f"arxiv:{arxiv}"
    if isbn := normal_isbn(identifier):
        return f"isbn:{isbn}"
    if identifier.startswith(("http://", "https://")):
        return f"url:{page_key(identifier)}"
    return f"id:{fold(identifier)}"


def _fits(record: Record, query: Query) -> bool:
    if query.want == "news":
        if query.site and not on_site(record.url, query.site):
            return False
        day = record.issued.iso() if record.issued and record.issued.start else ""
        too_early = bool(query.since and day and day < query.since[: len(day)])
        too_late = bool(query.until and day and day > query.until[: len(day)])
        return record.type in NEWS_TYPES and not too_early and not too_late
    return (
        query.want != "topic"
        or not query.types
        or record.type in query.types
        or record.type == "document"
    )


def _found(hit: Hit) -> Found:
    record = from_csl(hit.item)
    where = tuple((field, csl_variable(field)) for field in record.present())
    url = f"https://doi.org/{record.doi}" if record.doi else record.url
    return Found(record, id=record.id or str(hit.number), url=url, read_in=where)
