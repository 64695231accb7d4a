"""World Bank Documents and Reports (https://search.worldbank.org)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import data, day, names, seq, text, title, whole_name
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Name, Record

FIELDS = "docdt,display_title,authors,docty,repnb,url,guid,abstracts,lang"


def search(queries: Sequence[Query]) -> Search:
    """Search for each."""
    return (yield from one_by_one(queries, _request, documents))


def _request(query: Query) -> Request | None:
    words = query.title or query.text
    if not words or query.identifier:
        return None
    params = [
        ("format", "json"),
        ("qterm", words),
        ("fl", FIELDS),
        ("rows", str(min(query.limit, 50))),
        ("os", "0"),
    ]
    if query.since:
        params.append(("strdate", query.since))
    if query.until:
        params.append(("enddate", query.until))
    return Request("/api/v3/wds", tuple(params))


def documents(reply: Reply) -> tuple[Found, ...]:
    """Read the documents of a reply: an object keyed by their numbers, beside one of facets."""
    value = data(reply, nothing=())
    listed = value.get("documents") if isinstance(value, Mapping) else None
    if not isinstance(listed, Mapping):
        raise SourceError("answered JSON without 'documents'")
    found = (
        record(key, item)
        for key, item in listed.items()
        if key != "facets" and isinstance(item, Mapping)
    )
    return tuple(one for one in found if one.record.title)


def record(key: str, item: Mapping[str, Any]) -> Found:
    """Turn one document into what it says of a report."""
    listed = item.get("authors")
    people = listed.values() if isinstance(listed, Mapping) else seq(listed)
    authors = names(whole_name(one.get("author")) for one in people if isinstance(one, Mapping))
    abstract = item.get("abstracts")
    url = text(item.get("url"))
    made = Record(
        type="report",
        title=title(item.get("display_title")),
        author=authors or (Name(literal="World Bank"),),
        issued=day(item.get("docdt")),
        publisher="World Bank",
        genre=text(item.get("docty")),
        number=text(item.get("repnb")),
        url=url.replace("http://", "https://", 1),
        abstract=text(abstract.get("cdata!") if isinstance(abstract, Mapping) else abstract),
        language=text(item.get("lang"))[:2].lower() if len(text(item.get("lang"))) == 2 else "",
    )
    where = (
        ("issued", "docdt"),
        ("publisher", "the archive itself"),
        ("author", "authors" if authors else "the archive itself"),
    )
    return Found(made, id=text(item.get("guid")) or key, url=made.url, read_in=where)


SOURCE = Source(
    base="https://search.worldbank.org",
    search=search,
    wants=frozenset({"topic", "work"}),
    purpose="reports of the World Bank",
    types=frozenset({"report"}),
    requests_per_second=1.0,
    connections=1,
    limits="none published; 1 request a second",
    homepage="https://documents.worldbank.org",
)
