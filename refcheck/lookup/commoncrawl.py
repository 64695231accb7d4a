"""Common Crawl's index (https://index.commoncrawl.org): which pages of a site its crawls hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from refcheck.errors import SourceBusy, SourceError
from refcheck.identifiers import host
from refcheck.lookup.reading import data, day, text
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

BUSY_S = 10.0


def search(queries: Sequence[Query]) -> Search:
    """Ask which crawls there are, then the one that followed the days wanted for the site's pages."""
    answers: list[tuple[Found, ...]] = []
    crawls: list[tuple[str, str]] = []
    for query in queries:
        site = query.url or (f"{host(query.site)}/*" if query.site else "")
        if not site:
            answers.append(())
            continue
        if not crawls:
            reply = yield Request("/collinfo.json")
            crawls = _crawls(reply)
        path = _after(crawls, query.since)
        params = (("url", site), ("output", "json"), ("limit", str(min(query.limit, 500))))
        reply = yield Request(path, (*params, ("filter", "status:200")))
        answers.append(captures(reply))
    return tuple(answers)


def _crawls(reply: Reply) -> list[tuple[str, str]]:
    """Return the crawls, newest first: the day each began, the path of its index."""
    listed = data(reply, nothing=())
    if not isinstance(listed, list):
        raise SourceError("answered JSON of another shape")
    found = []
    for one in listed:
        if isinstance(one, Mapping):
            _, mark, path = text(one.get("cdx-api")).partition("index.commoncrawl.org")
            if mark and path.startswith("/"):
                found.append((text(one.get("from"))[:10], path))
    if not found:
        raise SourceError("named no crawl")
    return found


def _after(crawls: Sequence[tuple[str, str]], since: str) -> str:
    later = [path for begun, path in crawls if begun >= since]
    return later[-1] if since and later else crawls[0][1]


def captures(reply: Reply) -> tuple[Found, ...]:
    """Read JSON lines; nothing is a 404 that says so, too fast a 503."""
    if reply.status == 404 and b"No Captures" in reply.body:
        return ()
    if reply.status in {503, 504}:
        raise SourceBusy("is overloaded", BUSY_S)
    if reply.status != 200:
        raise SourceError(f"did not answer (status {reply.status})")
    found: dict[str, Found] = {}
    for line in reply.text().splitlines():
        if not line.strip():
            continue
        try:
            item = msgspec.json.decode(line)
        except msgspec.DecodeError:
            raise SourceError("answered what is no JSON") from None
        if isinstance(item, Mapping) and text(item.get("url")):
            one = record(item)
            found.setdefault(one.record.url, one)
    return tuple(found.values())


def record(item: Mapping[str, object]) -> Found:
    """Turn one capture into a record; the day of the capture is the latest on which it was new."""
    url, moment = text(item.get("url")), text(item.get("timestamp"))
    made = Record(type="webpage", url=url, available_date=day(moment[:8]), archive="Common Crawl")
    where = (
        ("available_date", "timestamp (stored on this day)"),
        ("archive", "the archive itself"),
    )
    return Found(made, id=f"{moment} {url}", url=url, read_in=where)


SOURCE = Source(
    base="https://index.commoncrawl.org",
    search=search,
    wants=frozenset({"archive"}),
    purpose="which pages of a site were there",
    requests_per_second=0.5,
    connections=1,
    default=False,
    limits="1 request in 2 seconds",
    homepage="https://index.commoncrawl.org",
)
