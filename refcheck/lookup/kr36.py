"""36Kr's own feed (https://36kr.com/feed): its newest items, with title, day and author.

Its site search stands behind a puzzle for robots, which is not gone round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.identifiers import clean_url, on_site
from refcheck.lookup.reading import day, text, whole_name, xml
from refcheck.model import Found, Query, Request, Search, Source
from refcheck.record import Record
from refcheck.text import tokens

SITE = "36kr.com"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def search(queries: Sequence[Query]) -> Search:
    """Read the feed once and keep, for each query of this site, the items that share a word with it."""
    feed: tuple[Found, ...] | None = None
    answers: list[tuple[Found, ...]] = []
    for query in queries:
        if not on_site(query.site, SITE):
            answers.append(())
            continue
        if feed is None:
            reply = yield Request("/feed")
            if reply.status == 404:
                raise SourceError("answered a web page (status 404)")
            feed = feed_items(xml(reply))
        asked = set(tokens(query.text))
        kept = (one for one in feed if not asked or asked & set(tokens(one.record.title)))
        answers.append(tuple(one for one in kept if _within(one.record, query))[: query.limit])
    return tuple(answers)


def _within(record: Record, query: Query) -> bool:
    at = record.issued.iso() if record.issued else ""
    return not at or (
        (not query.since or at >= query.since) and (not query.until or at <= query.until)
    )


def feed_items(root: Any) -> tuple[Found, ...]:
    """Read the items of the feed; raises `SourceError` where it is none."""
    if root.find("channel") is None:
        raise SourceError("answered XML that is no feed")
    return tuple(record(item) for item in root.iter("item"))


def record(item: Any) -> Found:
    """Turn one item into what the feed says of it; the mark of the feed in its link is cut."""
    url = clean_url(text(item.findtext("link"))).removesuffix("?f=rss")
    author = whole_name(item.findtext("author") or item.findtext(f"{DUBLIN_CORE}creator"))
    made = Record(
        type="article-newspaper",
        title=text(item.findtext("title")),
        author=(author,) if author else (),
        issued=day(item.findtext("pubDate")),
        container_title="36氪",
        url=url,
        language="zh",
    )
    where = (
        ("issued", "pubDate"),
        ("url", "link"),
        ("container_title", "the site itself"),
        ("language", "the site itself"),
    )
    return Found(made, id=url, url=url, read_in=where)


SOURCE = Source(
    base="https://www.36kr.com",
    search=search,
    wants=frozenset({"news"}),
    purpose="36Kr's newest items",
    requests_per_second=0.2,
    connections=1,
    default=False,
    limits="the feed alone, newest items only",
    homepage="https://36kr.com",
)
