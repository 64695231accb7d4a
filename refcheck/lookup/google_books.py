"""Google Books (https://www.googleapis.com/books): books, with a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.identifiers import normal_isbn
from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import (
    data,
    day,
    first_family,
    isbn_of,
    items,
    names,
    obj,
    seq,
    text,
    title,
    whole_name,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Search for each."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    said = _question(query)
    params = (("q", said), ("maxResults", str(min(query.limit, 40))), ("printType", "books"))
    return Request("/books/v1/volumes", params) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    value = data(reply, nothing=())
    if not isinstance(value, Mapping) or "totalItems" not in value:
        raise SourceError("answered JSON without 'totalItems'")
    return map(record, items(value, "items") if "items" in value else ())


def _question(query: Query) -> str:
    if isbn := isbn_of(query):
        return f"isbn:{isbn}"
    words = (query.title or query.text).replace('"', " ").strip()
    if not words or query.identifier:
        return ""
    family = first_family(query)
    said = f'intitle:"{words}"' if query.title else words
    return f'{said} inauthor:"{family}"' if family else said


def record(item: Mapping[str, Any]) -> Found:
    """Turn one volume into what it says of a book."""
    has = obj(item.get("volumeInfo"))
    isbns = [
        isbn
        for one in seq(has.get("industryIdentifiers"))
        if isinstance(one, Mapping) and (isbn := normal_isbn(text(one.get("identifier"))))
    ]
    number = text(item.get("id"))
    url = f"https://books.google.com/books?id={number}"
    made = Record(
        type="book",
        title=title(has.get("title"), has.get("subtitle")),
        author=names(whole_name(name) for name in seq(has.get("authors"))),
        issued=day(has.get("publishedDate")),
        publisher=text(has.get("publisher")),
        number_of_pages=text(has.get("pageCount")) if has.get("pageCount") else "",
        isbn=isbns[0] if isbns else "",
        language=text(has.get("language")),
    )
    return Found(made, id=number, url=url, read_in=(("isbn", "industryIdentifiers"),))


SOURCE = Source(
    base="https://www.googleapis.com",
    search=search,
    wants=frozenset({"work"}),
    purpose="books",
    types=frozenset({"book", "chapter"}),
    requests_per_second=1.0,
    connections=1,
    needs_setting="google_books_api_key",
    key_setting="google_books_api_key",
    key_param="key",
    limits="1000 requests a day with your key",
    homepage="https://developers.google.com/books/docs/v1/using",
)
