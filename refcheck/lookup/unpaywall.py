"""Unpaywall (https://unpaywall.org): what a DOI names, and where it can be read freely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refcheck.errors import SourceError
from refcheck.lookup.asking import one_by_one
from refcheck.lookup.crossref import CSL_TYPES
from refcheck.lookup.reading import data, day, doi_of, names, obj, person, seq, text, title
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Look up each DOI."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    doi = doi_of(query)
    return Request(f"/v2/{quote(doi, safe='/:;()')}") if doi else None


def _read(reply: Reply) -> tuple[Found, ...]:
    item = data(reply)
    if item is not None and not (isinstance(item, Mapping) and item.get("doi")):
        raise SourceError("answered JSON of another shape")
    return (record(item),) if item is not None else ()


def record(item: Mapping[str, Any]) -> Found:
    """Turn one DOI into what it says of it."""
    doi = text(item.get("doi")).lower()
    best = obj(item.get("best_oa_location"))
    made = Record(
        type=CSL_TYPES.get(text(item.get("genre")), "document"),
        title=title(item.get("title")),
        author=names(
            person(one.get("family"), one.get("given"))
            for one in seq(item.get("z_authors"))
            if isinstance(one, Mapping)
        ),
        issued=day(item.get("published_date")) or day(item.get("year")),
        container_title=text(item.get("journal_name")),
        publisher=text(item.get("publisher")),
        doi=doi,
        url=f"https://doi.org/{doi}",
        note=f"free at {text(best.get('url'))}" if best.get("url") else "",
    )
    return Found(made, id=doi, url=made.url, read_in=(("note", "best_oa_location"),))


SOURCE = Source(
    base="https://api.unpaywall.org",
    search=search,
    wants=frozenset({"work"}),
    purpose="where a work with a DOI can be read freely",
    requests_per_second=5.0,
    connections=2,
    contact_param="email",
    needs_setting="mailto",
    default=False,
    limits="100 000 requests a day; wants your address",
    homepage="https://unpaywall.org/products/api",
)
