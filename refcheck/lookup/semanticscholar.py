"""Semantic Scholar Academic Graph (https://api.semanticscholar.org): matches titles, links versions.

Without a key all callers of the world share one pool: the first call may already be too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from refcheck.errors import SourceError
from refcheck.identifiers import normal_doi
from refcheck.lookup.asking import LookUp, named_together
from refcheck.lookup.reading import (
    ARXIV_DOI,
    arxiv_of,
    data,
    day,
    doi_of,
    items,
    names,
    obj,
    one_object,
    seq,
    text,
    title,
    whole_name,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

FIELDS = (
    "title,authors,year,venue,externalIds,publicationVenue,journal,publicationDate,"
    "publicationTypes,citationCount,abstract,url"
)
_TYPES = {
    "JournalArticle": "article-journal",
    "Review": "article-journal",
    "Conference": "paper-conference",
    "Book": "book",
    "BookSection": "chapter",
    "Dataset": "dataset",
}
JSON = (("Content-Type", "application/json"),)


def search(queries: Sequence[Query]) -> Search:
    """Look up all identifiers in one request; match titles one by one."""
    return (yield from named_together(queries, _id, _look_up, _request, _read))


def _look_up(ids: Sequence[str]) -> LookUp:
    body = msgspec.json.encode({"ids": ids})
    reply = yield Request("/graph/v1/paper/batch", (("fields", FIELDS),), "POST", JSON, body)
    listed = data(reply, nothing=())
    if not isinstance(listed, list) or len(listed) != len(ids):
        raise SourceError("answered another number of papers than asked for")
    return {
        name: record(one_object(item))
        for name, item in zip(ids, listed, strict=True)
        if item is not None
    }


def _request(query: Query) -> Request | None:
    if query.want == "topic":
        return Request("/graph/v1/paper/search", tuple(_topic(query)))
    said = query.title or query.text
    params = (("query", said), ("fields", FIELDS))
    return Request("/graph/v1/paper/search/match", params) if said else None


def _id(query: Query) -> str:
    if number := arxiv_of(query):
        return f"ARXIV:{number}"
    doi = doi_of(query)
    return f"DOI:{doi}" if doi else ""


def _topic(query: Query) -> list[tuple[str, str]]:
    params = [("query", query.text), ("limit", str(min(query.limit, 100))), ("fields", FIELDS)]
    if query.since or query.until:
        params.append(("year", f"{query.since[:4]}-{query.until[:4]}"))
    return params


def _read(reply: Reply) -> Iterable[Found]:
    """Read a list of papers; one without ``data`` where ``total`` is 0 says "nothing"."""
    value = data(reply)
    if value is None or (isinstance(value, Mapping) and value.get("total") == 0):
        return ()
    found = map(record, items(value, "data"))
    return (one for one in found if one.record.title)


def record(item: Mapping[str, Any]) -> Found:
    """Turn one paper into what it says of it; ``year`` is that of its first version."""
    ids = obj(item.get("externalIds"))
    journal = obj(item.get("journal"))
    venue = obj(item.get("publicationVenue"))
    arxiv = text(ids.get("ArXiv"))
    doi = normal_doi(text(ids.get("DOI")))
    kinds = [text(kind) for kind in seq(item.get("publicationTypes"))]
    csl_type = next((_TYPES[kind] for kind in kinds if kind in _TYPES), "")
    if text(venue.get("type")) == "conference":
        csl_type = "paper-conference"
    if not doi and arxiv:
        doi = ARXIV_DOI + arxiv.lower()
    preprint = doi.startswith(ARXIV_DOI)
    made = Record(
        type="article" if preprint else csl_type or "document",
        title=title(item.get("title")),
        author=names(
            whole_name(one.get("name"))
            for one in seq(item.get("authors"))
            if isinstance(one, Mapping)
        ),
        issued=day(item.get("publicationDate")) or day(item.get("year")),
        container_title="" if preprint else _container(item),
        publisher="arXiv" if preprint else "",
        volume="" if preprint else text(journal.get("volume")),
        page=text(journal.get("pages")),
        doi=doi,
        pmid=text(ids.get("PubMed")),
        number=doi.removeprefix(ARXIV_DOI) if preprint else "",
        url=f"https://doi.org/{doi}" if doi else "",
        abstract=text(item.get("abstract")),
    )
    cited = item.get("citationCount")
    return Found(
        made,
        id=text(item.get("paperId")),
        url=text(item.get("url")),
        read_in=(
            ("doi", "externalIds.DOI" if ids.get("DOI") else "externalIds.ArXiv"),
            ("publisher", "externalIds"),
        ),
        cited_by=cited if isinstance(cited, int) else None,
    )


def _container(item: Mapping[str, Any]) -> str:
    """Return where a paper appeared: the journal that has its pages before a venue that is guessed."""
    journal = obj(item.get("journal"))
    name = text(journal.get("name"))
    placed = name if journal.get("volume") or journal.get("pages") else ""
    venue = text(obj(item.get("publicationVenue")).get("name"))
    return venue or placed or text(item.get("venue")) or name


SOURCE = Source(
    base="https://api.semanticscholar.org",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="papers by title; which preprint became which paper",
    types=frozenset({"article", "article-journal", "paper-conference", "chapter", "book"}),
    requests_per_second=1 / 3,
    keyed_requests_per_second=1.0,
    connections=1,
    batch=500,
    key_setting="semanticscholar_api_key",
    key_header="x-api-key",
    limits="1 request in 3 seconds from a pool shared by all; 1 a second with a free key",
    homepage="https://api.semanticscholar.org/api-docs/",
)
