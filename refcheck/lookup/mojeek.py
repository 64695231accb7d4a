"""Mojeek (https://www.mojeek.com): web pages from an index of its own, with a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.identifiers import host
from refcheck.lookup.reading import data, day, items, text, title
from refcheck.model import Found, Query, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Ask for web pages, one request for each query."""
    answers: list[tuple[Found, ...]] = []
    for query in queries:
        said = f"site:{host(query.site)} {query.text}" if query.site else query.text
        if not said.strip():
            answers.append(())
            continue
        params = (("q", said.strip()), ("fmt", "json"), ("t", str(min(query.limit, 20))))
        reply = yield Request("/search", params)
        listed = items(data(reply, nothing=()), "response", "results")
        answers.append(tuple(record(item) for item in listed if item.get("url")))
    return tuple(answers)


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
