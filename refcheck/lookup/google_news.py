"""Google News RSS (https://news.google.com): title, day and publisher of news, not their address.

Its links no longer lead to the articles, and its terms allow reading in a feed reader only: off by
default, and a pointer at best.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.identifiers import host
from refcheck.lookup.reading import day, text, xml
from refcheck.model import Found, Query, Request, Search, Source
from refcheck.record import Record

EDITIONS = {
    "zh": ("zh-CN", "CN", "CN:zh-Hans"),
    "en": ("en-US", "US", "US:en"),
    "de": ("de", "DE", "DE:de"),
    "fr": ("fr", "FR", "FR:fr"),
    "es": ("es", "ES", "ES:es"),
    "it": ("it", "IT", "IT:it"),
    "ja": ("ja", "JP", "JP:ja"),
    "ko": ("ko", "KR", "KR:ko"),
    "ru": ("ru", "RU", "RU:ru"),
    "pt": ("pt-BR", "BR", "BR:pt-419"),
}


def search(queries: Sequence[Query]) -> Search:
    """Ask for news, one request for each query."""
    answers: list[tuple[Found, ...]] = []
    for query in queries:
        if not (query.text or query.site):
            answers.append(())
            continue
        words = [query.text]
        if query.site:
            words.append(f"site:{host(query.site)}")
        if query.since:
            words.append(f"after:{query.since}")
        if query.until:
            words.append(f"before:{query.until}")
        hl, gl, ceid = EDITIONS.get(query.language, EDITIONS["en"])
        said = " ".join(word for word in words if word)
        reply = yield Request("/rss/search", (("q", said), ("hl", hl), ("gl", gl), ("ceid", ceid)))
        answers.append(feed_items(xml(reply), query.limit))
    return tuple(answers)


def feed_items(root: Any, limit: int) -> tuple[Found, ...]:
    """Read the items of the feed; raises `SourceError` where it is none."""
    if root.find("channel") is None:
        raise SourceError("answered XML that is no feed")
    return tuple(record(item) for item in root.iter("item"))[:limit]


def record(item: Any) -> Found:
    """Turn one item into what it says of a news item; its title ends in the publisher's name."""
    source = item.find("source")
    publisher = text(source.text) if source is not None else ""
    site = host(text(source.get("url"))) if source is not None else ""
    headline = text(item.findtext("title")).removesuffix(f" - {publisher}")
    made = Record(
        type="article-newspaper",
        title=headline,
        issued=day(item.findtext("pubDate")),
        container_title=publisher or site,
        publisher=site,
    )
    where = (("issued", "pubDate"), ("container_title", "source"), ("publisher", "source url"))
    return Found(
        made, id=text(item.findtext("guid")), url=text(item.findtext("link")), read_in=where
    )


SOURCE = Source(
    base="https://news.google.com",
    search=search,
    wants=frozenset({"news"}),
    purpose="title, day and publisher of news (no address)",
    requests_per_second=0.5,
    connections=1,
    default=False,
    limits="a few requests a day; its terms allow personal reading only",
    homepage="https://news.google.com",
)
