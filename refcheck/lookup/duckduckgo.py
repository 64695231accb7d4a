"""DuckDuckGo's plain result page (https://html.duckduckgo.com): not meant for programs, off by default.

A block is never gone round: the source is out for the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from refcheck.errors import SourceRefusal
from refcheck.identifiers import host
from refcheck.lookup.asking import one_by_one, site_search
from refcheck.lookup.reading import text, title
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

REGIONS = {"zh": "cn-zh", "en": "us-en", "de": "de-de", "fr": "fr-fr", "es": "es-es", "ja": "jp-jp"}


def search(queries: Sequence[Query]) -> Search:
    """Ask for web pages, one request for each query."""
    return (yield from one_by_one(queries, _request, results))


def _request(query: Query) -> Request | None:
    said = site_search(query)
    params = [("q", said), ("kl", REGIONS.get(query.language, "wt-wt"))]
    if query.since and query.until:
        params.append(("df", f"{query.since}..{query.until}"))
    return Request("/html/", tuple(params)) if said else None


def results(reply: Reply) -> tuple[Found, ...]:
    """Read the results of a page; raises `SourceRefusal` for a puzzle in place of them."""
    from bs4 import BeautifulSoup

    if reply.status != 200 or b"anomaly" in reply.body[:20_000]:
        raise SourceRefusal(f"takes us for a robot (status {reply.status})")
    page = BeautifulSoup(reply.body, "lxml")
    blocks = page.select("#links .result")
    if not blocks and page.select_one("#links") is None:
        raise SourceRefusal("answered a page without results")
    return tuple(found for block in blocks if (found := record(block)))


def record(block: Any) -> Found | None:
    """Turn one result into what it says of a page; None for an advertisement."""
    link = block.select_one("a.result__a")
    url = parse_qs(urlsplit(str(link.get("href", ""))).query).get("uddg", [""])[0] if link else ""
    if not url.startswith(("http://", "https://")):
        return None
    snippet = block.select_one(".result__snippet")
    made = Record(
        type="webpage",
        title=title(link.get_text(" ")),
        container_title=host(url),
        url=url,
        abstract=text(snippet.get_text(" ")) if snippet else "",
    )
    where = (("url", "result link"), ("container_title", "url"), ("abstract", "snippet"))
    return Found(made, id=url, url=url, read_in=where)


SOURCE = Source(
    base="https://html.duckduckgo.com",
    search=search,
    wants=frozenset({"news"}),
    purpose="web pages",
    requests_per_second=0.4,
    connections=1,
    default=False,
    limits="a handful of requests a run; not meant for programs",
    homepage="https://duckduckgo.com",
)
