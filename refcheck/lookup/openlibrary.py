"""Open Library (https://openlibrary.org): books, by ISBN and title.

Its search gives works, which mix all editions; the publisher and year of one edition come from the
ISBN alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.identifiers import normal_isbn
from refcheck.lookup.asking import LookUp, named_together
from refcheck.lookup.reading import (
    data,
    day,
    first_family,
    isbn_of,
    items,
    names,
    seq,
    text,
    title,
    whole_name,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

FIELDS = "key,title,subtitle,author_name,first_publish_year,publisher,isbn,language,publish_year,edition_count"


def search(queries: Sequence[Query]) -> Search:
    """Look up all ISBNs in one request; search for the rest one by one."""
    return (yield from named_together(queries, isbn_of, _look_up, _request, _read))


def _look_up(isbns: Sequence[str]) -> LookUp:
    keys = ",".join(f"ISBN:{isbn}" for isbn in isbns)
    reply = yield Request("/api/books", (("bibkeys", keys), ("format", "json"), ("jscmd", "data")))
    value = data(reply, nothing=())
    if not isinstance(value, Mapping):
        raise SourceError("answered JSON of another shape")
    listed = {isbn: value.get(f"ISBN:{isbn}") for isbn in isbns}
    return {isbn: edition(isbn, one) for isbn, one in listed.items() if isinstance(one, Mapping)}


def _request(query: Query) -> Request | None:
    if query.identifier or not (query.title or query.text):
        return None
    params = [("title", query.title)] if query.title else [("q", query.text)]
    if family := first_family(query):
        params.append(("author", family))
    params += [("fields", FIELDS), ("limit", str(min(query.limit, 20)))]
    return Request("/search.json", tuple(params))


def _read(reply: Reply) -> Iterable[Found]:
    return map(work, items(data(reply, nothing=()), "docs"))


def edition(isbn: str, item: Mapping[str, Any]) -> Found:
    """Turn one edition into what it says of a book."""
    authors = [one.get("name") for one in seq(item.get("authors")) if isinstance(one, Mapping)]
    publishers = [
        one.get("name") for one in seq(item.get("publishers")) if isinstance(one, Mapping)
    ]
    places = [
        one.get("name") for one in seq(item.get("publish_places")) if isinstance(one, Mapping)
    ]
    url = text(item.get("url"))
    made = Record(
        type="book",
        title=title(item.get("title"), item.get("subtitle")),
        author=names(whole_name(name) for name in authors),
        issued=day(item.get("publish_date")),
        publisher=text(publishers),
        publisher_place=text(places),
        number_of_pages=text(item.get("number_of_pages")),
        isbn=isbn,
    )
    return Found(made, id=text(item.get("key")), url=url, read_in=(("isbn", "bibkeys"),))


def work(item: Mapping[str, Any]) -> Found:
    """Turn one work into what it says of a book; a publisher only where it has but one edition."""
    url = f"https://openlibrary.org{text(item.get('key'))}"
    single = item.get("edition_count") == 1 or len(seq(item.get("publisher"))) == 1
    isbns = [isbn for one in seq(item.get("isbn")) if (isbn := normal_isbn(text(one)))]
    made = Record(
        type="book",
        title=title(item.get("title"), item.get("subtitle")),
        author=names(whole_name(name) for name in seq(item.get("author_name"))),
        issued=day(item.get("first_publish_year")),
        publisher=text(item.get("publisher")) if single else "",
        isbn=isbns[0] if single and isbns else "",
    )
    where = (("issued", "first_publish_year"), ("author", "author_name"))
    return Found(made, id=text(item.get("key")), url=url, read_in=where)


SOURCE = Source(
    base="https://openlibrary.org",
    search=search,
    wants=frozenset({"work"}),
    purpose="books, by ISBN and title",
    types=frozenset({"book", "chapter"}),
    requests_per_second=1.0,
    contact_requests_per_second=3.0,
    connections=1,
    batch=20,
    limits="1 request a second; 3 with your address",
    homepage="https://openlibrary.org/developers/api",
)
