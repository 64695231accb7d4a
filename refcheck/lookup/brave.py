"""Brave Search (https://api.search.brave.com): web pages, with a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
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
    params = [("q", said[:400]), ("count", str(min(query.limit, 20)))]
    if query.since and query.until:
        params.append(("freshness", f"{query.since}to{query.until}"))
    if query.language and query.language != "zh":
        params.append(("search_lang", query.language))
    return Request("/res/v1/web/search", tuple(params)) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    value = data(reply, nothing=())
    if not isinstance(value, Mapping) or "type" not in value:
        raise SourceError("answered JSON of another shape")
    listed = items(value, "web", "results") if "web" in value else []
    return (record(item) for item in listed if item.get("url"))


def record(item: Mapping[str, Any]) -> Found:
    """Turn one result into what it says of a page."""
    url = text(item.get("url"))
    made = Record(
        type="webpage",
        title=title(item.get("title")),
        issued=day(item.get("page_age")),
        container_title=host(url),
        url=url,
        abstract=text(item.get("description")),
        language=text(item.get("language")),
    )
    where = (("issued", "page_age"), ("container_title", "url"), ("abstract", "description"))
    return Found(made, id=url, url=url, read_in=where)


SOURCE = Source(
    base="https://api.search.brave.com",
    search=search,
    wants=frozenset({"news"}),
    purpose="web pages",
    requests_per_second=1.0,
    connections=1,
    needs_setting="brave_api_key",
    key_setting="brave_api_key",
    key_header="X-Subscription-Token",
    limits="those of your plan",
    homepage="https://api-dashboard.search.brave.com",
)
