"""Mojeek (https://www.mojeek.com): web pages from an index of its own, with a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.identifiers import host
from refcheck.lookup.asking import one_by_one, site_search
from refcheck.lookup.reading import data, day, items, text, title
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Ask for web pages, one request for each query."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    said = site_search(query)
    params = (("q", said), ("fmt", "json"), ("t", str(min(query.limit, 20))))
    return Request("/search", params) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    listed = items(data(reply, nothing=()), "response", "results")
    return (record(item) for item in listed if item.get("url"))


def record(item: Mapping[str, Any]) -> Found:
    """Turn one result into what it says of a page."""
    url = text(item.get("url"))
    made = Record(
        type="webpage",
        title=title(item.get("title")),
        issued=day(item.get("pdate")),
        container_title=host(url),
        url=url,
        abstract=text(item.get("desc")),
    )
    where = (("issued", "pdate"), ("container_title", "url"), ("abstract", "desc"))
    return Found(made, id=url, url=url, read_in=where)


SOURCE = Source(
    base="https://api.mojeek.com",
    search=search,
    wants=frozenset({"news"}),
    purpose="web pages",
    requests_per_second=1.0,
    connections=1,
    needs_setting="mojeek_api_key",
    key_setting="mojeek_api_key",
    key_param="api_key",
    limits="those of your plan",
    homepage="https://www.mojeek.com/services/search/web-search-api/",
)
