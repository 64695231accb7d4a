"""DataCite REST API (https://api.datacite.org): arXiv, Zenodo, theses, data, grey literature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refcheck.lookup.asking import LookUp, named_together
from refcheck.lookup.reading import (
    data,
    day,
    doi_of,
    first_family,
    items,
    names,
    obj,
    one_object,
    pages,
    person,
    seq,
    text,
    title,
    whole_name,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import CSL_TYPES, Name, PartialDate, Record

GENERAL_TYPES = {
    "Audiovisual": "motion_picture",
    "Book": "book",
    "BookChapter": "chapter",
    "ConferencePaper": "paper-conference",
    "ConferenceProceeding": "book",
    "DataPaper": "article-journal",
    "Dataset": "dataset",
    "Dissertation": "thesis",
    "JournalArticle": "article-journal",
    "Preprint": "article",
    "Report": "report",
    "Software": "software",
    "Standard": "standard",
    "Text": "document",
}
_TYPES_ASKED = {
    "article": ("Preprint",),
    "article-journal": ("JournalArticle", "Preprint"),
    "paper-conference": ("ConferencePaper",),
    "report": ("Report",),
    "thesis": ("Dissertation",),
    "book": ("Book",),
    "dataset": ("Dataset",),
}
FIELDS = (
    "doi,titles,creators,contributors,publicationYear,dates,publisher,types,version,url,container,"
    "descriptions,identifiers,language"
)


def search(queries: Sequence[Query]) -> Search:
    """Look up all DOIs in one request; search for the rest one by one."""
    return (yield from named_together(queries, doi_of, _look_up, _request, _read))


def _look_up(dois: Sequence[str]) -> LookUp:
    if len(dois) == 1:
        value = data((yield Request(f"/dois/{quote(dois[0], safe='/:;()')}")))
        return {} if value is None else {dois[0]: record(one_object(obj(value).get("data")))}
    params = (("ids", ",".join(dois)), ("page[size]", str(len(dois))), ("fields[dois]", FIELDS))
    listed = items(data((yield Request("/dois", params)), nothing=()), "data")
    return {found.record.doi: found for found in map(record, listed)}


def _request(query: Query) -> Request | None:
    said = _question(query)
    params = (("query", said), ("page[size]", str(min(query.limit, 50))), ("fields[dois]", FIELDS))
    return Request("/dois", params) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    found = map(record, items(data(reply, nothing=()), "data"))
    return (one for one in found if one.record.title)


def _question(query: Query) -> str:
    """Write a query in the service's syntax (Elasticsearch's, over names of attributes)."""
    if query.want == "topic":
        parts = [f"titles.title:({_quoted_words(query.text)})"] if query.text else []
        kinds = dict.fromkeys(k for csl in query.types for k in _TYPES_ASKED.get(csl, ()))
        if kinds:
            parts.append(f"types.resourceTypeGeneral:({' OR '.join(kinds)})")
        return " AND ".join(parts)
    words = query.title or query.text
    if not words:
        return ""
    parts = [f'titles.title:"{_bare(words)}"']
    if family := first_family(query):
        parts.append(f'creators.familyName:"{_bare(family)}"')
    return " AND ".join(parts)


def _quoted_words(said: str) -> str:
    return " AND ".join(word for word in _bare(said).split() if len(word) > 1)


def _bare(said: str) -> str:
    return " ".join("".join(c if c.isalnum() or c in "-'" else " " for c in said).split())


def record(item: Mapping[str, Any]) -> Found:
    """Turn one DataCite DOI into what it says of it."""
    has = obj(item.get("attributes"))
    doi = text(has.get("doi")).lower()
    types = obj(has.get("types"))
    container = obj(has.get("container"))
    issued, where = _issued(has)
    publisher = has.get("publisher")
    made = Record(
        type=_type(types),
        title=_title(has.get("titles")),
        author=names(_name(one) for one in seq(has.get("creators"))),
        issued=issued,
        publisher=text(publisher.get("name") if isinstance(publisher, Mapping) else publisher),
        container_title=text(container.get("title")),
        volume=text(container.get("volume")),
        issue=text(container.get("issue")),
        page=pages(container.get("firstPage"), container.get("lastPage")),
        number=doi.removeprefix("10.48550/arxiv.") if doi.startswith("10.48550/arxiv.") else "",
        version=text(has.get("version")),
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else text(has.get("url")),
        language=text(has.get("language")),
        abstract=next(
            (
                text(one.get("description"))
                for one in seq(has.get("descriptions"))
                if isinstance(one, Mapping) and one.get("descriptionType") == "Abstract"
            ),
            "",
        ),
    )
    return Found(
        made, id=doi, url=text(has.get("url")), read_in=(("issued", where),) if where else ()
    )


def _type(types: Mapping[str, Any]) -> str:
    general = GENERAL_TYPES.get(text(types.get("resourceTypeGeneral")), "")
    citeproc = text(types.get("citeproc"))
    if general and general != "document":
        return general
    return citeproc if citeproc in CSL_TYPES else general or "document"


def _title(titles: Any) -> str:
    plain_ones = [
        one for one in seq(titles) if isinstance(one, Mapping) and not one.get("titleType")
    ]
    return title([one.get("title") for one in plain_ones])


def _name(one: Any) -> Name:
    if not isinstance(one, Mapping):
        return Name()
    if one.get("nameType") == "Organizational":
        return Name(literal=text(one.get("name")))
    if one.get("familyName"):
        return person(one.get("familyName"), one.get("givenName"))
    return whole_name(one.get("name"))


def _issued(has: Mapping[str, Any]) -> tuple[PartialDate | None, str]:
    for one in seq(has.get("dates")):
        if isinstance(one, Mapping) and one.get("dateType") == "Issued":
            date = day(one.get("date"))
            if date:
                return date, "dates.Issued"
    return day(has.get("publicationYear")), "publicationYear"


SOURCE = Source(
    base="https://api.datacite.org",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="arXiv, Zenodo, theses, data and reports with a DOI",
    requests_per_second=1.0,
    contact_requests_per_second=3.0,
    connections=2,
    batch=25,
    contact_param="mailto",
    limits="500 requests in 5 minutes; 1000 with your address",
    homepage="https://support.datacite.org/docs/api",
)
