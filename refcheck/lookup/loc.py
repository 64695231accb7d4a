"""Library of Congress (https://www.loc.gov): books and printed matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import data, day, first_family, items, names, obj, seq, text, title
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Name, Record


def search(queries: Sequence[Query]) -> Search:
    """Search for each."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    words = query.title or query.text
    if not words or query.identifier:
        return None
    said = " ".join(part for part in (words, first_family(query)) if part)
    params = (("q", said), ("fo", "json"), ("c", str(min(query.limit, 25))), ("at", "results"))
    return Request("/books/", params)


def _read(reply: Reply) -> Iterable[Found]:
    if reply.status == 404:  # the list is always there: this is another page
        raise SourceError("answered a web page (status 404)")
    return map(record, items(data(reply, nothing=()), "results"))


def record(item: Mapping[str, Any]) -> Found:
    """Turn one item into what it says of a book; names come as "last, first, 1950-", in small letters."""
    has = obj(item.get("item"))
    address = text(item.get("url")) or text(item.get("id"))
    imprint = text(has.get("created_published"))
    parts = re.fullmatch(r"(.+?)\s*:\s*(.+?),?\s*\[?c?\d{4}.*", imprint)
    made = Record(
        type="book",
        title=title(item.get("title")).rstrip(" /"),
        author=names(_name(text(one)) for one in seq(item.get("contributor"))),
        issued=day(item.get("date")),
        publisher=parts[2] if parts else "",
        publisher_place=parts[1] if parts else "",
        url=address if address.startswith("http") else "",
    )
    where = (("publisher", "item.created_published"), ("author", "contributor"))
    return Found(made, id=address.rstrip("/").rsplit("/", 1)[-1], url=address, read_in=where)


def _name(said: str) -> Name:
    """Read "smith, john a., 1950-2001"; what has no comma is a group."""
    said = re.sub(r",?\s*(?:b\.|ca\.)?\s*\d{4}\s*-?\s*(?:\d{4})?\.?$", "", said).strip(" ,")
    family, comma, given = said.partition(",")
    if not comma:
        return Name(literal=said.title())
    return Name(family=family.strip().title(), given=given.strip().title())


SOURCE = Source(
    base="https://www.loc.gov",
    search=search,
    wants=frozenset({"work"}),
    purpose="books and printed matter",
    types=frozenset({"book", "map"}),
    requests_per_second=1 / 6,
    connections=1,
    default=False,
    limits="10 requests a minute",
    homepage="https://www.loc.gov/apis/json-and-yaml/",
)
