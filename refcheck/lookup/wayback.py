"""Internet Archive's Wayback Machine (https://web.archive.org): stored copies prove that a page was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from refcheck.errors import SourceError
from refcheck.identifiers import host
from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import data, day, text
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Ask for the first copy of an address, or for the pages of a site stored in some days."""
    return (yield from one_by_one(queries, _request, copies))


def _request(query: Query) -> Request | None:
    asked = query.url or query.site
    return Request("/cdx/search/cdx", tuple(_params(query))) if asked else None


def _params(query: Query) -> list[tuple[str, str]]:
    params = [("output", "json"), ("fl", "timestamp,original,statuscode,mimetype")]
    if query.url:
        params += [("url", query.url), ("limit", "1")]
    else:
        params += [
            ("url", host(query.site) + "/"),
            ("matchType", "prefix"),
            ("collapse", "urlkey"),
            ("filter", "mimetype:text/html"),
            ("limit", str(min(500, query.limit))),
        ]
    params.append(("filter", "statuscode:200"))
    for name, iso_day in (("from", query.since), ("to", query.until)):
        if iso_day:
            params.append((name, iso_day.replace("-", "")))
    return params


def copies(reply: Reply) -> tuple[Found, ...]:
    """Read a list of copies (first row: the names of the columns; an empty list: none)."""
    rows = data(reply, nothing=())
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise SourceError("answered JSON of another shape")
    found = []
    for row in rows[1:]:
        values = dict(zip((text(name) for name in rows[0]), row, strict=False))
        moment, url = text(values.get("timestamp")), text(values.get("original"))
        if moment and url:
            found.append(record(moment, url))
    return tuple(found)


def record(moment: str, url: str) -> Found:
    """Turn one copy into a record; the day it was stored is the latest on which the page was new."""
    copy = f"https://web.archive.org/web/{moment}/{url}"
    url = re.sub(r"^(http://[^/]+):80(?=/|$)", r"\1", url)  # as the oldest copies have it
    made = Record(
        type="webpage",
        url=url,
        archive="Internet Archive",
        archive_url=copy,
        available_date=day(moment[:8]),
    )
    where = (
        ("available_date", "timestamp (stored on this day)"),
        ("url", "original"),
        ("archive", "the archive itself"),
        ("archive_url", "timestamp, original"),
    )
    return Found(made, id=moment, url=copy, read_in=where)


SOURCE = Source(
    base="https://web.archive.org",
    search=search,
    wants=frozenset({"archive"}),
    purpose="proof that a page was there, and since when",
    requests_per_second=20 / 60,
    connections=1,
    burst=2,
    limits="20 requests a minute",
    homepage="https://archive.org/developers/wayback-cdx-server.html",
)
