"""CORE (https://core.ac.uk): papers of repositories, with a free key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from refcheck.lookup.asking import one_by_one
from refcheck.lookup.reading import data, day, doi_of, items, names, seq, text, title, whole_name
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Search for each."""
    return (yield from one_by_one(queries, _request, _read))


def _request(query: Query) -> Request | None:
    words = " ".join(re.findall(r"[^\W_]+", query.title or query.text))
    doi = doi_of(query)
    said = f'doi:"{doi}"' if doi else f'title:"{words}"' if query.title and words else words
    params = (("q", said), ("limit", str(min(query.limit, 50))))
    return Request("/v3/search/works", params) if said else None


def _read(reply: Reply) -> Iterable[Found]:
    return map(record, items(data(reply, nothing=()), "results"))


def record(item: Mapping[str, Any]) -> Found:
    """Turn one work into what it says of it."""
    doi = text(item.get("doi")).lower()
    number = text(item.get("id"))
    journals = item.get("journals")
    journal = journals[0] if isinstance(journals, list) and journals else {}
    kind = text(item.get("documentType")).lower()
    made = Record(
        type={"thesis": "thesis", "research": "article"}.get(kind, "document"),
        title=title(item.get("title")),
        author=names(
            whole_name(one.get("name"))
            for one in seq(item.get("authors"))
            if isinstance(one, Mapping)
        ),
        issued=day(item.get("publishedDate")) or day(item.get("yearPublished")),
        publisher=text(item.get("publisher")),
        container_title=text(journal.get("title")) if isinstance(journal, Mapping) else "",
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else "",
        abstract=text(item.get("abstract")),
    )
    return Found(made, id=number, url=f"https://core.ac.uk/works/{number}")


SOURCE = Source(
    base="https://api.core.ac.uk",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="papers of repositories",
    requests_per_second=0.3,
    connections=1,
    default=False,
    needs_setting="core_api_key",
    key_setting="core_api_key",
    key_header="Authorization",
    key_prefix="Bearer ",
    limits="those of your free key",
    homepage="https://api.core.ac.uk/docs/v3",
)
