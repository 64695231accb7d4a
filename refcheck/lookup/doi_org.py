"""doi.org: does a DOI exist, who registered it, and what that agency says of the work.

For the agencies that have no module of their own here (mEDRA, JaLC, KISTI, ISTIC, CNKI, EU offices):
content negotiation, which some of them answer with a page instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refcheck.errors import SourceError
from refcheck.lookup.crossref import CSL_TYPES
from refcheck.lookup.reading import data, doi_of, text
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import from_csl

CSL_JSON = "application/vnd.citationstyles.csl+json"


def search(queries: Sequence[Query]) -> Search:
    """Ask who registered all DOIs at once, then for each work what its agency says of it."""
    wanted = sorted({doi for query in queries if (doi := doi_of(query))})
    known: dict[str, Found] = {}
    if wanted:
        reply = yield Request("/doiRA/" + ",".join(quote(doi, safe="/:;()") for doi in wanted))
        for doi, agency in agencies(reply).items():
            if not agency:
                continue
            reply = yield Request(f"/{quote(doi, safe='/:;()')}", headers=(("Accept", CSL_JSON),))
            found = record(reply, doi, agency)
            if found is not None:
                known[doi] = found
    return tuple((known[doi],) if (doi := doi_of(query)) in known else () for query in queries)


def agencies(reply: Reply) -> dict[str, str]:
    """Map each DOI to its registration agency; "" for one that does not exist."""
    listed = data(reply)
    if not isinstance(listed, list):
        raise SourceError("answered JSON of another shape")
    return {
        text(one.get("DOI")).lower(): text(one.get("RA"))
        for one in listed
        if isinstance(one, Mapping)
    }


def record(reply: Reply, doi: str, agency: str) -> Found | None:
    """Read what an agency says of a work; None where it gives a page, or nothing.

    Crossref gives lists where CSL has strings, and types of its own; both are read.
    """
    if reply.status in {404, 406} or "json" not in reply.content_type:
        return None
    item: Any = data(reply)
    if not isinstance(item, Mapping):
        raise SourceError("answered JSON of another shape")
    kind = text(item.get("type"))
    said = {**item, "type": CSL_TYPES.get(kind, kind), "DOI": doi, "URL": f"https://doi.org/{doi}"}
    made = from_csl(said)
    return Found(made, id=doi, url=made.url, read_in=(("publisher", f"publisher (by {agency})"),))


SOURCE = Source(
    base="https://doi.org",
    search=search,
    wants=frozenset({"work"}),
    purpose="whether a DOI exists and who registered it; works of other agencies than Crossref",
    requests_per_second=2.0,
    connections=2,
    batch=25,
    limits="none published; 2 requests a second",
    homepage="https://www.doi.org/the-identifier/resources/handbook/",
)
