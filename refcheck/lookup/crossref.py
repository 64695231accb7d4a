"""Crossref REST API (https://api.crossref.org): what publishers deposit of journals, books, reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refcheck.dates import date_from_csl
from refcheck.lookup.asking import LookUp, named_together
from refcheck.lookup.reading import (
    data,
    described,
    doi_of,
    items,
    names,
    one_object,
    person,
    seq,
    text,
    title,
    withdrawn,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Name, PartialDate, Record

CSL_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "entry",
    "posted-content": "article",
    "monograph": "book",
    "book": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "proceedings": "book",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "standard": "standard",
    "dataset": "dataset",
    "peer-review": "review",
}
_TYPES_ASKED = {
    "article-journal": ("journal-article",),
    "paper-conference": ("proceedings-article",),
    "chapter": ("book-chapter",),
    "book": ("book", "monograph", "edited-book"),
    "report": ("report", "report-component"),
    "thesis": ("dissertation",),
    "article": ("posted-content",),
}
SELECT = (
    "DOI,title,subtitle,author,editor,issued,published-print,published-online,published,"
    "container-title,short-container-title,type,volume,issue,page,article-number,publisher,"
    "publisher-location,ISBN,ISSN,URL,updated-by,is-referenced-by-count,abstract,resource"
)
COPIED_PREFIX = "10.65215/"
"""Of member 54718, who in 2025 deposited copies of famous papers as its own preprints."""


def search(queries: Sequence[Query]) -> Search:
    """Look up all DOIs in one request; search for the rest one by one."""
    return (yield from named_together(queries, doi_of, _look_up, _request, _read))


def _look_up(dois: Sequence[str]) -> LookUp:
    """Ask for all at once. A comma parts filters: a DOI with one goes alone."""
    known: dict[str, Found] = {}
    for doi in (doi for doi in dois if "," in doi):
        reply = yield Request(f"/works/{quote(doi, safe='/:;()')}")
        if (value := data(reply)) is not None:
            known[doi] = record(one_object(one_object(value).get("message")))
    if several := [doi for doi in dois if "," not in doi]:
        wanted = ",".join(f"doi:{doi}" for doi in several)
        params = (("filter", wanted), ("rows", str(len(several))), ("select", SELECT))
        for item in items(data((yield Request("/works", params))), "message", "items"):
            found = record(item)
            known[found.record.doi] = found
    return known


def _request(query: Query) -> Request:
    return Request("/works", tuple(_params(query)))


def _read(reply: Reply) -> Iterable[Found]:
    found = map(record, items(data(reply), "message", "items"))
    return (one for one in found if _usable(one))


def _params(query: Query) -> list[tuple[str, str]]:
    if query.want == "topic":
        params = [("query.bibliographic", query.text)]
    else:
        params = [("query.bibliographic", described(query))]
    filters = []
    if query.since:
        filters.append(f"from-pub-date:{query.since}")
    if query.until:
        filters.append(f"until-pub-date:{query.until}")
    if query.want == "topic":
        asked = [kind for csl in query.types for kind in _TYPES_ASKED.get(csl, ())]
        filters += [f"type:{kind}" for kind in asked]
    if filters:
        params.append(("filter", ",".join(filters)))
    rows = query.limit if query.want == "topic" else max(5, min(query.limit, 10))
    return [*params, ("rows", str(rows)), ("select", SELECT)]


def _usable(found: Found) -> bool:
    return bool(found.record.title) and not found.record.doi.startswith(COPIED_PREFIX)


def record(item: Mapping[str, Any]) -> Found:
    """Turn one Crossref work into what it says of it."""
    doi = text(item.get("DOI")).lower()
    issued, where = _issued(item)
    csl_type = CSL_TYPES.get(text(item.get("type")), "document")
    container, series = _containers(item, csl_type)
    said, kind = withdrawn(title(item.get("title"), item.get("subtitle")))
    made = Record(
        type=csl_type,
        title=said,
        author=names(_name(one) for one in seq(item.get("author"))),
        editor=names(_name(one) for one in seq(item.get("editor"))),
        issued=issued,
        container_title=container,
        collection_title=series,
        container_title_short=text(item.get("short-container-title")),
        publisher=text(item.get("publisher")),
        publisher_place=text(item.get("publisher-location")),
        volume=text(item.get("volume")),
        issue=text(item.get("issue")),
        page=text(item.get("page")),
        number="" if item.get("page") else text(item.get("article-number")),
        doi=doi,
        url=f"https://doi.org/{quote(doi, safe='/:;()')}" if doi else "",
        isbn=text(item.get("ISBN")),
        issn=text(item.get("ISSN")),
        abstract=text(item.get("abstract")),
        retraction=retraction(item) or ((kind, "", "") if kind else None),
    )
    cited = item.get("is-referenced-by-count")
    return Found(
        made,
        id=doi,
        url=made.url,
        read_in=(("issued", where),) if where else (),
        cited_by=cited if isinstance(cited, int) else None,
    )


def _containers(item: Mapping[str, Any], kind: str) -> tuple[str, str]:
    """Return what a work appeared in, and its series: of two titles of a book that comes first."""
    titles = [one for title in seq(item.get("container-title")) if (one := text(title))]
    if kind in {"chapter", "paper-conference"} and len(titles) > 1:
        return titles[-1], titles[0]
    return next(iter(titles), text(item.get("container-title"))), ""


def _name(one: Any) -> Name:
    if not isinstance(one, Mapping):
        return Name()
    if one.get("name") and not one.get("family"):
        return Name(literal=text(one["name"]))
    return person(one.get("family"), one.get("given"), one.get("suffix"))


def _issued(item: Mapping[str, Any]) -> tuple[PartialDate | None, str]:
    """Return the date of publication and the part it was read in; `issued` may be [null]."""
    for part in ("issued", "published-print", "published-online", "published"):
        date = date_from_csl(item.get(part))
        if date and date.start:
            return date, part
    return None, ""


def retraction(item: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return the gravest notice on a work: its kind, day, and DOI.

    Notices of publishers and of Retraction Watch count alike; corrections do not.
    """
    grave = ("retraction", "removal", "withdrawal", "expression_of_concern")
    found = []
    for update in seq(item.get("updated-by")):
        kind = text(update.get("type")) if isinstance(update, Mapping) else ""
        if kind in grave:
            date = date_from_csl(update.get("updated"))
            found.append(
                (grave.index(kind), kind, date.iso() if date else "", text(update.get("DOI")))
            )
    return min(found)[1:] if found else None


SOURCE = Source(
    base="https://api.crossref.org",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="journals, proceedings, books and reports with a DOI; retractions",
    requests_per_second=1.0,
    contact_requests_per_second=3.0,
    contact_connections=3,
    batch=20,
    contact_param="mailto",
    limits="1 search a second; 3 with your address (`mailto`)",
    homepage="https://www.crossref.org/documentation/retrieve-metadata/rest-api/",
)
