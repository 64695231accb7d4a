"""Zenodo (https://zenodo.org): reports, papers, software and data deposited by their authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import (
    data,
    day,
    doi_of,
    first_family,
    items,
    names,
    obj,
    seq,
    text,
    title,
    whole_name,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

TYPES = {
    "article": "article-journal",
    "conferencepaper": "paper-conference",
    "report": "report",
    "technicalnote": "report",
    "workingpaper": "report",
    "deliverable": "report",
    "preprint": "article",
    "thesis": "thesis",
    "book": "book",
    "section": "chapter",
    "dataset": "dataset",
    "software": "software",
    "presentation": "speech",
}


def search(queries: Sequence[Query]) -> Search:
    """Search for each."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    said = _question(query)
    size = (("size", str(min(query.limit, 25))), ("page", "1"), ("sort", "bestmatch"))
    return Request("/api/records", (("q", said), *size)) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    if reply.status == 404:  # the list is always there: this is another page
        raise SourceError("answered a web page (status 404)")
    return map(record, items(data(reply, nothing=()), "hits", "hits"))


def _question(query: Query) -> str:
    if doi := doi_of(query):
        return f'doi:"{doi}"'
    words = " ".join(re.findall(r"[^\W_]+", query.title or query.text))
    if not words:
        return ""
    if query.want == "work" and query.title:
        family = " ".join(re.findall(r"[^\W_]+", first_family(query)))
        said = f'title:"{words}"'
        return f'{said} AND creators.name:"{family}"' if family else said
    kinds = [kind for kind, csl in TYPES.items() if csl in query.types and csl == "report"]
    said = f"title:({' AND '.join(words.split())})"
    return f"{said} AND resource_type.subtype:({' OR '.join(kinds)})" if kinds else said


def record(item: Mapping[str, Any]) -> Found:
    """Turn one deposit into what it says of it."""
    has = obj(item.get("metadata"))
    kind = obj(has.get("resource_type"))
    journal = obj(has.get("journal"))
    doi = (text(item.get("doi")) or text(has.get("doi"))).lower()
    links = obj(item.get("links"))
    csl_type = TYPES.get(text(kind.get("subtype"))) or TYPES.get(text(kind.get("type")), "document")
    made = Record(
        type=csl_type,
        title=title(has.get("title") or item.get("title")),
        author=names(
            whole_name(one.get("name"))
            for one in seq(has.get("creators"))
            if isinstance(one, Mapping)
        ),
        issued=day(has.get("publication_date")),
        publisher="" if journal else "Zenodo",
        container_title=text(journal.get("title")),
        volume=text(journal.get("volume")),
        issue=text(journal.get("issue")),
        page=text(journal.get("pages")),
        version=text(has.get("version")),
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else text(links.get("self_html")),
        abstract=text(has.get("description")),
    )
    where = (("publisher", "the archive itself"), ("abstract", "metadata.description"))
    return Found(made, id=text(item.get("id")), url=text(links.get("self_html")), read_in=where)


SOURCE = Source(
    base="https://zenodo.org",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="reports, papers, software and data deposited by their authors",
    types=frozenset({"report", "software", "dataset", "thesis", "article"}),
    requests_per_second=25 / 60,
    connections=1,
    default=False,
    limits="30 searches a minute",
    homepage="https://developers.zenodo.org",
)
