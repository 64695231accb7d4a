"""BASE (https://www.base-search.net): Bielefeld's index of repositories, for registered addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import (
    data,
    day,
    doi_of,
    first_family,
    items,
    names,
    seq,
    text,
    title,
    whole_name,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

TYPES = {
    "11": "book",
    "111": "chapter",
    "121": "article-journal",
    "13": "paper-conference",
    "14": "report",
    "15": "review",
    "18": "thesis",
    "181": "thesis",
    "182": "thesis",
    "183": "thesis",
    "7": "dataset",
    "6": "software",
}


def search(queries: Sequence[Query]) -> Search:
    """Search for each."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    words = " ".join(re.findall(r"[^\W_]+", query.title or query.text))
    if doi_of(query):
        said = f'dcdoi:"{doi_of(query)}"'
    elif words:
        said = f"dctitle:({words})"
        if family := " ".join(re.findall(r"[^\W_]+", first_family(query))):
            said += f" dccreator:({family})"
    else:
        return None
    params = (("func", "PerformSearch"), ("query", said), ("format", "json"))
    size = (("hits", str(min(query.limit, 50))),)
    return Request("/cgi-bin/BaseHttpSearchInterface.fcgi", (*params, *size))


def _read(reply: Reply) -> Iterable[Found]:
    return map(record, items(data(reply, nothing=()), "response", "docs"))


def record(item: Mapping[str, Any]) -> Found:
    """Turn one document into what it says of it."""
    doi = text(item.get("dcdoi")).lower()
    made = Record(
        type=TYPES.get(text(item.get("dctypenorm")), "document"),
        title=title(item.get("dctitle")),
        author=names(whole_name(one) for one in seq(item.get("dccreator"))),
        issued=day(item.get("dcdate")) or day(item.get("dcyear")),
        publisher=text(item.get("dcpublisher")),
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else text(item.get("dclink")),
        abstract=text(item.get("dcdescription")),
        language=text(item.get("dclang")),
    )
    return Found(made, id=text(item.get("dcdocid")), url=text(item.get("dclink")))


SOURCE = Source(
    base="https://api.base-search.net",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="documents of repositories, for callers whose address BASE has registered",
    requests_per_second=1.0,
    connections=1,
    default=False,
    limits="1 request a second; your address must be registered",
    homepage="https://www.base-search.net/about/en/",
)
