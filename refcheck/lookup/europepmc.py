"""Europe PMC (https://europepmc.org): life sciences, with preprints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.lookup.asking import LookUp, named_together
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
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Name, Record

PATH = "/europepmc/webservices/rest/search"


def search(queries: Sequence[Query]) -> Search:
    """Look up all DOIs in one request; search for the rest one by one."""
    return (yield from named_together(queries, doi_of, _look_up, _request, _read))


def _look_up(dois: Sequence[str]) -> LookUp:
    said = " OR ".join(f'DOI:"{doi}"' for doi in dois)
    known: dict[str, Found] = {}
    for found in _read((yield Request(PATH, _params(said, len(dois) * 2)))):
        known.setdefault(found.record.doi, found)
    return known


def _request(query: Query) -> Request | None:
    said = _question(query)
    return Request(PATH, _params(said, min(query.limit, 100))) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    found = map(record, items(data(reply, nothing=()), "resultList", "result"))
    return (one for one in found if one.record.title)


def _params(said: str, size: int) -> tuple[tuple[str, str], ...]:
    return (("query", said), ("format", "json"), ("resultType", "core"), ("pageSize", str(size)))


def _question(query: Query) -> str:
    words = re.sub(r"[\"():\\]", " ", query.title or query.text)
    if not words.strip():
        return ""
    if query.want == "topic":
        return words
    parts = [f'TITLE:"{" ".join(words.split())}"']
    if family := first_family(query):
        parts.append(f'AUTH:"{family}"')
    return " AND ".join(parts)


def record(item: Mapping[str, Any]) -> Found:
    """Turn one result into what it says of a work, in its long or its short form."""
    info = obj(item.get("journalInfo"))
    journal = obj(info.get("journal"))
    kinds = obj(item.get("pubTypeList")).get("pubType") or item.get("pubType")
    kinds = [kinds] if isinstance(kinds, str) else [text(kind) for kind in seq(kinds)]
    preprint = item.get("source") == "PPR" or "Preprint" in kinds
    listed = obj(item.get("authorList")).get("author")
    if isinstance(listed, list):
        authors = names(_name(one) for one in listed)
    else:
        authors = names(
            _short_name(one) for one in text(item.get("authorString")).rstrip(".").split(",")
        )
    doi = text(item.get("doi")).lower()
    pmid = text(item.get("pmid"))
    address = f"https://europepmc.org/article/{text(item.get('source'))}/{text(item.get('id'))}"
    cited = item.get("citedByCount")
    made = Record(
        type="article" if preprint else "article-journal",
        title=title(item.get("title")),
        author=authors,
        issued=day(info.get("printPublicationDate"))
        or day(item.get("firstPublicationDate"))
        or day(item.get("pubYear")),
        container_title=text(journal.get("title")) or text(item.get("journalTitle")),
        container_title_short=text(journal.get("isoabbreviation")),
        volume=text(info.get("volume")) or text(item.get("journalVolume")),
        issue=text(info.get("issue")) or text(item.get("issue")),
        page=text(item.get("pageInfo")),
        doi=doi,
        pmid=pmid,
        pmcid=text(item.get("pmcid")),
        url=f"https://doi.org/{doi}" if doi else "",
        abstract=text(item.get("abstractText")),
        retraction=("retraction", "", "")
        if any(kind.lower() == "retracted publication" for kind in kinds)
        else None,
    )
    return Found(
        made,
        id=text(item.get("id")),
        url=address,
        read_in=(("volume", "journalInfo"), ("issue", "journalInfo"), ("page", "pageInfo")),
        cited_by=cited if isinstance(cited, int) else None,
    )


def _name(one: Any) -> Name:
    if not isinstance(one, Mapping):
        return Name()
    if one.get("collectiveName"):
        return Name(literal=text(one["collectiveName"]))
    return Name(
        family=text(one.get("lastName")),
        given=text(one.get("firstName")) or text(one.get("initials")),
    )


def _short_name(said: str) -> Name:
    match = re.fullmatch(r"\s*(.+?) ([A-Z-]{1,5})\s*", said)
    if not match:
        return Name(literal=said.strip())
    return Name(family=match[1], given=" ".join(f"{c}." for c in match[2] if c != "-"))


SOURCE = Source(
    base="https://www.ebi.ac.uk",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="life sciences, with preprints",
    types=frozenset({"article-journal", "article"}),
    requests_per_second=2.0,
    connections=2,
    batch=20,
    limits="none published; 2 requests a second",
    homepage="https://europepmc.org/RestfulWebService",
)
