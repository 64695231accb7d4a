"""SearXNG, on a server of the user's own (setting `searxng-url`, with JSON among its formats)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError, SourceRefusal
from refcheck.identifiers import host
from refcheck.lookup.asking import one_by_one, site_search
from refcheck.lookup.reading import data, day, items, obj, seq, text, title
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Ask for web pages, one request for each query."""
    return (yield from one_by_one(queries, _request, results))


def _request(query: Query) -> Request | None:
    words = site_search(query)
    params = [("q", words), ("format", "json"), ("categories", "general,news")]
    if query.language:
        params.append(("language", query.language))
    return Request("/search", tuple(params)) if words else None


def results(reply: Reply) -> tuple[Found, ...]:
    """Read the results. Nothing found while engines did not answer is no "nothing": it is raised."""
    if reply.status == 403:
        raise SourceRefusal("does not give JSON: add it to `search.formats` of its settings.yml")
    value = data(reply, nothing=())
    found = tuple(record(item) for item in items(value, "results") if item.get("url"))
    silent = seq(obj(value).get("unresponsive_engines"))
    if not found and silent:
        names = ", ".join(text(one[0]) for one in silent if isinstance(one, list) and one)
        raise SourceError(f"could not ask {names}")
    return found


def record(item: Mapping[str, Any]) -> Found:
    """Turn one result into what it says of a page."""
    url = text(item.get("url"))
    made = Record(
        type="webpage",
        title=title(item.get("title")),
        issued=day(item.get("publishedDate")),
        container_title=host(url),
        url=url,
        abstract=text(item.get("content")),
    )
    where = (("issued", "publishedDate"), ("container_title", "url"), ("abstract", "content"))
    return Found(made, id=url, url=url, read_in=where)


SOURCE = Source(
    base="",
    base_setting="searxng_url",
    needs_setting="searxng_url",
    search=search,
    wants=frozenset({"news"}),
    purpose="web pages, through a search server of your own",
    requests_per_second=1.0,
    connections=2,
    limits="those of your server",
    homepage="https://docs.searxng.org",
)
