"""Google News RSS (https://news.google.com): title, day and publisher of news, not their address.

Its links no longer lead to the articles, and its terms allow reading in a feed reader only: off by
default, and a pointer at best.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.identifiers import clean_url, host
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


MOST_WORDS = 16
"""Words of a question; more than 32, operators with them, are cut off."""


def search(queries: Sequence[Query]) -> Search:
    """Ask for news, one request for each query."""
    answers: list[tuple[Found, ...]] = []
    for query in queries:
        if not (query.text or query.site):
            answers.append(())
            continue
        any_of = [f'"{word}"' if " " in word else word for word in query.any_of[:MOST_WORDS]]
        first = [] if query.site else any_of[:1]  # on a site any of the words will do
        others = any_of[len(first) :]
        words = [*first, f"({' OR '.join(others)})"] if len(others) > 1 else [query.text]
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
    number = text(item.findtext("guid"))
    made = Record(
        type="article-newspaper",
        title=headline,
        url=address(number),
        issued=day(item.findtext("pubDate")),
        container_title=publisher or site,
        publisher=site,
    )
    where = (
        ("issued", "pubDate"),
        ("container_title", "source"),
        ("publisher", "source url"),
        ("url", "guid"),
    )
    link = text(item.findtext("link"))
    return Found(made, id=number or link, url=link, read_in=where)


def address(number: str) -> str:
    """Return the address that an item's number holds, as those made before July 2024 do; else ""."""
    import base64
    import binascii

    try:
        held = base64.urlsafe_b64decode(number + "=" * (-len(number) % 4))
    except (binascii.Error, ValueError):
        return ""
    at = held.find(b'"')
    if at < 0 or at + 1 >= len(held):
        return ""
    url = held[at + 2 : at + 2 + held[at + 1]]
    if not url.startswith((b"http://", b"https://")) or not url.isascii():
        return ""
    return clean_url(url.decode("ascii"))


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
