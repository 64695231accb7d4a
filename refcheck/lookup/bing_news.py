"""Bing News RSS (https://www.bing.com/news): links to news. Personal reading only: off by default."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from refcheck.errors import SourceError
from refcheck.identifiers import host
from refcheck.lookup.asking import one_by_one, site_search
from refcheck.lookup.reading import day, text, xml
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

MARKETS = {"zh": "zh-CN", "en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "ja": "ja-JP"}


def search(queries: Sequence[Query]) -> Search:
    """Ask for news, one request for each query."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    said = site_search(query)
    params = [("q", said), ("format", "rss")]
    if query.language:
        params.append(("mkt", MARKETS.get(query.language, "en-US")))
        params.append(("setlang", query.language))
    return Request("/news/search", tuple(params)) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    root = xml(reply)
    if root.find("channel") is None:
        raise SourceError("answered XML that is no feed")
    return map(record, root.iter("item"))


def record(item: Any) -> Found:
    """Turn one item into what it says of a news item; its address stands in its link."""
    link = text(item.findtext("link"))
    query = parse_qs(urlsplit(link).query)
    url = query["url"][0] if query.get("url") else link
    publisher = next((text(child.text) for child in item if child.tag.endswith("}Source")), "")
    made = Record(
        type="article-newspaper",
        title=text(item.findtext("title")),
        issued=day(item.findtext("pubDate")),
        container_title=publisher or host(url),
        url=url,
        abstract=text(item.findtext("description")),
    )
    where = (("issued", "pubDate"), ("url", "link"), ("abstract", "description"))
    return Found(made, id=url, url=url, read_in=where)


SOURCE = Source(
    base="https://www.bing.com",
    search=search,
    wants=frozenset({"news"}),
    purpose="links to news",
    requests_per_second=0.5,
    connections=1,
    default=False,
    limits="a few requests a day; its terms allow personal reading only",
    homepage="https://www.bing.com/news",
)
