"""OpenCitations Meta (https://opencitations.net): a free second witness for what a DOI names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refcheck.errors import SourceError
from refcheck.lookup.asking import LookUp, named_together
from refcheck.lookup.reading import data, day, doi_of, names, text, title, whole_name
from refcheck.model import Found, Query, Request, Search, Source
from refcheck.record import Record

TYPES = {
    "journal article": "article-journal",
    "proceedings article": "paper-conference",
    "book chapter": "chapter",
    "book": "book",
    "monograph": "book",
    "report": "report",
    "dissertation": "thesis",
    "dataset": "dataset",
    "posted content": "article",
}


def search(queries: Sequence[Query]) -> Search:
    """Look up all DOIs in one request."""
    return (yield from named_together(queries, doi_of, _look_up))


def _look_up(dois: Sequence[str]) -> LookUp:
    wanted = "__".join(f"doi:{quote(doi, safe='/:;()')}" for doi in dois)
    listed = data((yield Request(f"/meta/v1/metadata/{wanted}")))
    if listed is not None and not isinstance(listed, list):
        raise SourceError("answered JSON of another shape")
    found = (record(item) for item in listed or () if isinstance(item, Mapping))
    return {one.record.doi: one for one in found}


def record(item: Mapping[str, Any]) -> Found:
    """Turn one work into what it says of it: names and venues carry identifiers in brackets."""
    ids = dict(one.split(":", 1) for one in text(item.get("id")).split() if ":" in one)
    doi = ids.get("doi", "").lower()
    made = Record(
        type=TYPES.get(text(item.get("type")).lower(), "document"),
        title=title(item.get("title")),
        author=names(whole_name(_bare(one)) for one in text(item.get("author")).split(";")),
        issued=day(item.get("pub_date")),
        container_title=_bare(text(item.get("venue"))),
        publisher=_bare(text(item.get("publisher"))),
        volume=text(item.get("volume")),
        issue=text(item.get("issue")),
        page=text(item.get("page")),
        doi=doi,
        pmid=ids.get("pmid", ""),
        url=f"https://doi.org/{doi}" if doi else "",
    )
    return Found(made, id=ids.get("omid", doi), url=made.url)


def _bare(said: str) -> str:
    return re.sub(r"\s*\[[^\]]*\]", "", said).strip()


SOURCE = Source(
    base="https://api.opencitations.net",
    search=search,
    wants=frozenset({"work"}),
    purpose="a second witness for what a DOI names",
    requests_per_second=1.0,
    connections=1,
    batch=10,
    default=False,
    limits="none published; 1 request a second",
    homepage="https://api.opencitations.net",
)
