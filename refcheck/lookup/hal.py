"""HAL (https://hal.science): French theses, reports and articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.errors import NotUnderstood
from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import (
    data,
    day,
    doi_of,
    first_family,
    items,
    names,
    person,
    seq,
    text,
    title,
    whole_name,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

TYPES = {
    "ART": "article-journal",
    "COMM": "paper-conference",
    "POSTER": "paper-conference",
    "OUV": "book",
    "COUV": "chapter",
    "DOUV": "book",
    "REPORT": "report",
    "THESE": "thesis",
    "HDR": "thesis",
    "MEM": "thesis",
    "UNDEFINED": "article",
    "PATENT": "patent",
    "SOFTWARE": "software",
}
FIELDS = (
    "halId_s,title_s,subTitle_s,authFirstName_s,authLastName_s,authFullName_s,producedDate_s,"
    "publicationDate_s,journalTitle_s,bookTitle_s,conferenceTitle_s,volume_s,issue_s,page_s,doiId_s,"
    "isbn_s,publisher_s,uri_s,docType_s,abstract_s,language_s"
)


def search(queries: Sequence[Query]) -> Search:
    """Search for each."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    said = _question(query)
    params = [("q", said), ("fl", FIELDS), ("wt", "json"), ("rows", str(min(query.limit, 50)))]
    if kinds := [kind for kind, csl in TYPES.items() if csl in query.types]:
        params.append(("fq", f"docType_s:({' OR '.join(kinds)})"))
    return Request("/search/", tuple(params)) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    value = data(reply, nothing=())
    if isinstance(value, Mapping) and "error" in value:
        raise NotUnderstood("did not understand the question")
    return map(record, items(value, "response", "docs"))


def _question(query: Query) -> str:
    if doi := doi_of(query):
        return f'doiId_s:"{doi}"'
    words = re.findall(r"[^\W_]+", query.title or query.text)
    if not words:
        return ""
    joined = f"title_t:({' AND '.join(words)})"
    family = " ".join(re.findall(r"[^\W_]+", first_family(query)))
    return f"{joined} AND authLastName_t:({family})" if family else joined


def record(item: Mapping[str, Any]) -> Found:
    """Turn one document into what it says of it; most of its fields are lists."""
    firsts, lasts = item.get("authFirstName_s") or [], item.get("authLastName_s") or []
    if isinstance(lasts, list) and isinstance(firsts, list) and len(firsts) == len(lasts):
        authors = names(person(last, first) for first, last in zip(firsts, lasts, strict=True))
    else:
        authors = names(whole_name(one) for one in seq(item.get("authFullName_s")))
    doi = text(item.get("doiId_s")).lower()
    kind = TYPES.get(text(item.get("docType_s")), "document")
    made = Record(
        type=kind,
        title=title(item.get("title_s"), item.get("subTitle_s")),
        author=authors,
        issued=day(item.get("publicationDate_s")) or day(item.get("producedDate_s")),
        container_title=text(item.get("journalTitle_s"))
        or text(item.get("bookTitle_s"))
        or text(item.get("conferenceTitle_s")),
        publisher=text(item.get("publisher_s")),
        volume=text(item.get("volume_s")),
        issue=text(item.get("issue_s")),
        page=text(item.get("page_s")),
        isbn=text(item.get("isbn_s")),
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else text(item.get("uri_s")),
        abstract=text(item.get("abstract_s")),
        language=text(item.get("language_s")),
    )
    return Found(made, id=text(item.get("halId_s")), url=text(item.get("uri_s")))


SOURCE = Source(
    base="https://api.archives-ouvertes.fr",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="French theses, reports and articles",
    types=frozenset({"thesis", "report", "article-journal", "paper-conference"}),
    requests_per_second=1.0,
    connections=1,
    default=False,
    limits="none published; 1 request a second",
    homepage="https://api.archives-ouvertes.fr/docs",
)
