"""DOAJ (https://doaj.org): articles of open access journals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import (
    data,
    day,
    doi_of,
    items,
    names,
    obj,
    pages,
    seq,
    text,
    title,
    whole_name,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Search for each."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    said = _question(query)
    size = (("page", "1"), ("pageSize", str(min(query.limit, 100))))
    return Request(f"/api/v4/search/articles/{quote(said, safe='')}", size) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    return map(record, items(data(reply, nothing=()), "results"))


def _question(query: Query) -> str:
    if doi := doi_of(query):
        return f'doi:"{doi}"'
    words = " ".join(re.findall(r"[\w'’-]+", query.title or query.text))
    if not words:
        return ""
    return f'bibjson.title:"{words}"' if query.want == "work" and query.title else words


def record(item: Mapping[str, Any]) -> Found:
    """Turn one article into what it says of it."""
    has = obj(item.get("bibjson"))
    journal = obj(has.get("journal"))
    ids = {
        text(one.get("type")).lower(): text(one.get("id"))
        for one in seq(has.get("identifier"))
        if isinstance(one, Mapping)
    }
    doi = ids.get("doi", "").lower()
    year, month = text(has.get("year")), text(has.get("month"))
    link = next(
        (text(one.get("url")) for one in seq(has.get("link")) if isinstance(one, Mapping)), ""
    )
    made = Record(
        type="article-journal",
        title=title(has.get("title")),
        author=names(
            whole_name(one.get("name"))
            for one in seq(has.get("author"))
            if isinstance(one, Mapping)
        ),
        issued=day(f"{year}-{int(month):02d}") if month.isdecimal() and year else day(year),
        container_title=text(journal.get("title")),
        publisher=text(journal.get("publisher")),
        volume=text(journal.get("volume")),
        issue=text(journal.get("number")),
        page=pages(has.get("start_page"), has.get("end_page")),
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else link,
        abstract=text(has.get("abstract")),
    )
    return Found(
        made, id=text(item.get("id")) or doi, url=made.url, read_in=(("issued", "year, month"),)
    )


SOURCE = Source(
    base="https://doaj.org",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="articles of open access journals",
    types=frozenset({"article-journal"}),
    requests_per_second=2.0,
    connections=1,
    default=False,
    limits="2 requests a second",
    homepage="https://doaj.org/api/v4/docs",
)
