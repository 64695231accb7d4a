"""The page itself: what an address says of its own title, authors, publisher and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlsplit

from refcheck.errors import SourceRefusal
from refcheck.identifiers import host
from refcheck.lookup.asking import one_by_one
from refcheck.lookup.page_decoding import decode
from refcheck.lookup.page_metadata import read
from refcheck.model import Entity, Found, Query, Reply, Request, Search, Source
from refcheck.text import shorten

GONE = re.compile(
    r"^\W*(?:(?:error\s*)?(?:404|410)\b|(?:page|article|content|site) (?:was )?not found|not found|"
    r"page (?:does not exist|unavailable|introuvable)|seite nicht gefunden|nicht gefunden|"
    r"página no encontrada|pagina non trovata|页面不存在|頁面不存在|找不到|内容不存在|该页面|文章已删除|出错了)",
    re.IGNORECASE,
)
"""How a page that is gone begins its title, though its status says that all is well."""
BARRED = re.compile(
    r"^\W*(?:just a moment|before you continue|attention required|access denied|are you (?:a )?(?:human|robot)|"
    r"verify(?:ing)? you are|please verify|security check|checking your browser|one moment|robot check|"
    r"making sure you|we value your privacy|cookie consent|consent required|安全验证|人机验证|访问验证)",
    re.IGNORECASE,
)
"""How a page begins that wants something of a reader first. That is not gone round."""

FRONT = re.compile(r"/?(?:(?:index|default|home)\.\w{2,5})?", re.IGNORECASE)
"""The path of a site's front page: an article that leads there has been taken away or hidden."""


def search(queries: Sequence[Query]) -> Search:
    """Read each page."""
    answers: list[tuple[Found | Entity, ...]] = []
    for query in queries:
        answers += yield from one_by_one((query,), _request, partial(page, asked=query.url))
    return tuple(answers)


def _request(query: Query) -> Request | None:
    accept = (("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"),)
    return Request(query.url, headers=accept) if query.url else None


def page(reply: Reply, asked: str = "") -> tuple[Found, ...]:
    """Read one page; nothing where it is gone. ``asked`` is the address before any redirect.

    Raises `SourceRefusal` where it is closed to us, wants consent, is no web page, or has no title: it
    is there, only it tells a program nothing. So too where its site leads to the front page instead.
    """
    site = host(reply.url)
    if reply.status in {404, 410}:
        return ()
    if reply.status >= 400:
        raise SourceRefusal(f"{site} is closed to us (status {reply.status})")
    if reply.content_type not in {"", "text/html", "application/xhtml+xml"}:
        raise SourceRefusal(f"{site} gave no web page but {reply.content_type[:60]}")
    if host(asked) == site and _is_front(reply.url) and not _is_front(asked):
        raise SourceRefusal(f"{site} leads from {shorten(asked, 80)} to its front page")
    record, where, visible = read(
        decode(reply.body, reply.headers.get("content-type", "")), reply.url
    )
    if not record.title:
        raise SourceRefusal(f"{site} gave a page without a title")
    if GONE.match(record.title):
        return ()
    if BARRED.match(record.title):
        raise SourceRefusal(f"{site} wants to see a person first ({record.title[:40]!r})")
    return (
        Found(record, id=record.url, url=reply.url, read_in=tuple(where.items()), text=visible),
    )


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and FRONT.fullmatch(parts.path) is not None


SOURCE = Source(
    base="",
    search=search,
    wants=frozenset({"page"}),
    purpose="what a web page says of itself",
    requests_per_second=1.0,
    connections=8,
    limits="1 request a second to each site, 2 at first",
    homepage="https://schema.org/Article",
)
