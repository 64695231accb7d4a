"""OpenAlex (https://api.openalex.org): an open index of works, merged from many sources.

Its merging sometimes puts a wrong title, year or DOI on a record, so it is never the only witness.
Single look-ups by DOI are free; searches take from a daily budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refcheck.lookup.asking import LookUp, named_together
from refcheck.lookup.reading import (
    data,
    day,
    doi_of,
    items,
    names,
    obj,
    one_object,
    pages,
    seq,
    text,
    title,
    whole_name,
    withdrawn,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Name, PartialDate, Record
from refcheck.text import fold

CSL_TYPES = {
    "article": "article-journal",
    "review": "article-journal",
    "letter": "article-journal",
    "editorial": "article-journal",
    "preprint": "article",
    "book": "book",
    "book-chapter": "chapter",
    "conference-paper": "paper-conference",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "dataset": "dataset",
    "standard": "standard",
    "reference-entry": "entry",
    "peer-review": "review",
    "software": "software",
}
_TYPES_ASKED = {
    "article-journal": "article|review",
    "paper-conference": "article",
    "article": "preprint",
    "report": "report",
    "book": "book",
    "chapter": "book-chapter",
    "thesis": "dissertation",
}
SELECT = (
    "id,doi,title,type,type_crossref,publication_date,publication_year,authorships,"
    "primary_location,biblio,is_retracted,cited_by_count,abstract_inverted_index,language"
)
BATCH = 50


def search(queries: Sequence[Query]) -> Search:
    """Look up all DOIs in one request (one alone is free); search for the rest one by one."""
    return (yield from named_together(queries, doi_of, _look_up, _request, _read))


def _look_up(dois: Sequence[str]) -> LookUp:
    """Ask for all at once. Commas and bars part what a filter lists: a DOI with one goes alone."""
    known: dict[str, Found] = {}
    several = [doi for doi in dois if not re.search(r"[,|]", doi)] if len(dois) > 1 else []
    for doi in (doi for doi in dois if doi not in several):
        path = f"/works/doi:{quote(doi, safe='/:;()')}"
        if (item := data((yield Request(path, (("select", SELECT),))))) is not None:
            known[doi] = record(one_object(item))
    if several:
        wanted = (("filter", f"doi:{'|'.join(several)}"), ("per_page", str(BATCH)))
        reply = yield Request("/works", (*wanted, ("select", SELECT)))
        for item in items(data(reply, nothing=()), "results"):
            found = record(item)
            known[found.record.doi] = found
    return known


def _request(query: Query) -> Request:
    return Request("/works", tuple(_params(query)))


def _read(reply: Reply) -> Iterable[Found]:
    found = map(record, items(data(reply, nothing=()), "results"))
    return (one for one in found if one.record.title)


def _params(query: Query) -> list[tuple[str, str]]:
    filters, params = [], []
    if query.want == "work" and query.title:
        filters.append(f"title.search:{_words(query.title)}")
        if query.year:  # preprint and version of record differ by a year or two
            filters.append(f"publication_year:{query.year - 2}-{query.year + 2}")
    else:
        params.append(("search", _words(query.text or query.title)))
    if query.want == "topic":
        asked = dict.fromkeys(_TYPES_ASKED[csl] for csl in query.types if csl in _TYPES_ASKED)
        if asked:
            filters.append(f"type:{'|'.join(asked)}")
    if query.since:
        filters.append(f"from_publication_date:{query.since}")
    if query.until:
        filters.append(f"to_publication_date:{query.until}")
    if filters:
        params.append(("filter", ",".join(filters)))
    per_page = query.limit if query.want == "topic" else min(max(query.limit, 3), 10)
    return [*params, ("per_page", str(min(per_page, 100))), ("select", SELECT)]


def _words(said: str) -> str:
    """Leave out the signs that mean something to the search: commas part filters, | is "or"."""
    return " ".join(re.sub(r"[,|:!?()\"*~&^\\\[\]{}]", " ", said).split())


def record(item: Mapping[str, Any]) -> Found:
    """Turn one OpenAlex work into what it says of it."""
    location = obj(item.get("primary_location"))
    source = obj(location.get("source"))
    kept, called = text(source.get("type")), text(source.get("display_name"))
    biblio = obj(item.get("biblio"))
    doi = text(item.get("doi")).lower().removeprefix("https://doi.org/")
    issued = day(item.get("publication_date"))
    if issued and issued.start[1:] == (1, 1):  # made up where only the year is known
        issued = PartialDate(start=issued.start[:1])
    issued = issued or day(item.get("publication_year"))
    csl_type = CSL_TYPES.get(text(item.get("type")), "document")
    if csl_type == "article-journal" and (
        kept == "conference" or text(item.get("type_crossref")) == "proceedings-article"
    ):
        csl_type = "paper-conference"
    authors = names(_name(one) for one in seq(item.get("authorships")) if isinstance(one, Mapping))
    said, kind = withdrawn(title(item.get("title") or item.get("display_name")))
    made = Record(
        type=csl_type,
        title=said,
        author=authors,
        issued=issued,
        container_title="" if kept in {"repository", "ebook platform"} else called,
        publisher=re.sub(r"\s*\([^()]*\)$", "", called)
        if kept == "repository"
        else text(source.get("host_organization_name")),
        volume=text(biblio.get("volume")),
        issue=text(biblio.get("issue")),
        page=pages(biblio.get("first_page"), biblio.get("last_page")),
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else text(location.get("landing_page_url")),
        abstract=_abstract(item.get("abstract_inverted_index")),
        language=text(item.get("language")),
        retraction=("retraction", "", "")
        if item.get("is_retracted") is True
        else (kind, "", "")
        if kind
        else None,
    )
    cited = item.get("cited_by_count")
    return Found(
        made,
        id=text(item.get("id")).rsplit("/", 1)[-1],
        url=text(item.get("id")),
        read_in=(
            ("author", "authorships.raw_author_name"),
            ("abstract", "abstract_inverted_index"),
        ),
        cited_by=cited if isinstance(cited, int) else None,
    )


def _name(authorship: Mapping[str, Any]) -> Name:
    """Read an author; one that is called as the institution it belongs to is that institution."""
    said = text(
        authorship.get("raw_author_name") or obj(authorship.get("author")).get("display_name")
    )
    listed = [obj(one).get("display_name") for one in seq(authorship.get("institutions"))]
    listed += seq(authorship.get("raw_affiliation_strings"))
    called = {fold(re.sub(r"\s*\([^()]*\)$", "", text(one))) for one in listed}
    return Name(literal=said) if fold(said) in called else whole_name(said)


def _abstract(index: Any) -> str:
    """Put an abstract together again from the places of its words."""
    if not isinstance(index, Mapping):
        return ""
    placed = sorted(
        (place, str(word))
        for word, places in index.items()
        if isinstance(places, list)
        for place in places
        if isinstance(place, int)
    )
    return " ".join(word for _, word in placed[:3000])


def cost(request: Request) -> float:
    """Return what a request takes of the daily budget, in dollars (price list of 2026)."""
    if request.url.rstrip("/") != "/works":
        return 0.0
    asked = dict(request.params)
    searched = "search" in asked or ".search:" in asked.get("filter", "")
    return 0.001 if searched else 0.0001


SOURCE = Source(
    base="https://api.openalex.org",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="works of all kinds; a second witness, citation counts, retractions",
    requests_per_second=50.0,
    connections=10,
    burst=10,
    batch=BATCH,
    key_setting="openalex_api_key",
    key_param="api_key",
    cost=cost,
    daily_budget=0.10,
    limits="about 100 searches a day without a key, 1000 with a free one; look-ups by DOI are free",
    homepage="https://developers.openalex.org",
)
