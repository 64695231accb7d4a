"""PubMed E-utilities (https://eutils.ncbi.nlm.nih.gov): medicine and biology."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.lookup.reading import data, day, first_family, names, obj, seq, text, title
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Name, Record


def search(queries: Sequence[Query]) -> Search:
    """Search for what has no number, then fetch the summaries of all in one request."""
    found: list[list[str]] = []
    for query in queries:
        number, said = _pmid(query), _term(query)
        if number or not said:
            found.append([number] if number else [])
            continue
        limit = str(min(query.limit, 20))
        params = (("db", "pubmed"), ("term", said), ("retmode", "json"), ("retmax", limit))
        reply = yield Request("/entrez/eutils/esearch.fcgi", (*params, ("tool", "refcheck")))
        found.append(ids(reply))
    every = list(dict.fromkeys(uid for uids in found for uid in uids))
    known: dict[str, Found] = {}
    if every:
        wanted = (("db", "pubmed"), ("id", ",".join(every)), ("retmode", "json"))
        reply = yield Request("/entrez/eutils/esummary.fcgi", (*wanted, ("tool", "refcheck")))
        result = obj(data(reply, nothing=())).get("result")
        if not isinstance(result, Mapping):
            raise SourceError("answered JSON without 'result'")
        for uid in every:
            item = result.get(uid)
            if isinstance(item, Mapping) and "error" not in item:
                known[uid] = record(uid, item)
    return tuple(tuple(known[uid] for uid in uids if uid in known) for uids in found)


def _pmid(query: Query) -> str:
    match = re.fullmatch(r"(?:pmid:?\s*)?(\d{1,8})", query.identifier.strip(), re.IGNORECASE)
    return match[1] if match else ""


def _term(query: Query) -> str:
    if query.identifier:
        return f'"{query.identifier}"[AID]' if query.identifier.startswith("10.") else ""
    words = re.sub(r"[\[\]\"]", " ", query.title or query.text)
    if not words.strip():
        return ""
    parts = [f"{words}[Title]" if query.title else words]
    if family := first_family(query):
        parts.append(f"{family}[Author]")
    return " AND ".join(parts)


def ids(reply: Reply) -> list[str]:
    """Return the numbers of the articles found."""
    result = obj(data(reply, nothing=())).get("esearchresult")
    listed = result.get("idlist") if isinstance(result, Mapping) else None
    if not isinstance(listed, list):
        raise SourceError("answered JSON without 'idlist'")
    return [text(uid) for uid in listed]


def record(uid: str, item: Mapping[str, Any]) -> Found:
    """Turn one summary into what it says of an article."""
    linked = {
        text(one.get("idtype")): text(one.get("value"))
        for one in seq(item.get("articleids"))
        if isinstance(one, Mapping)
    }
    kinds = [text(kind) for kind in seq(item.get("pubtype"))]
    doi = linked.get("doi", "").lower()
    said = title(item.get("title"))
    made = Record(
        type="chapter" if text(item.get("booktitle")) else "article-journal",
        title=said[1:-1] if said.startswith("[") and said.endswith("]") else said,
        author=names(_name(one) for one in seq(item.get("authors"))),
        issued=day(item.get("pubdate")),
        container_title=text(item.get("fulljournalname")) or text(item.get("booktitle")),
        volume=text(item.get("volume")),
        issue=text(item.get("issue")),
        page=full_pages(text(item.get("pages"))),
        doi=doi,
        pmid=uid,
        pmcid=linked.get("pmc", ""),
        url=f"https://doi.org/{doi}" if doi else "",
        retraction=("retraction", "", "") if "Retracted Publication" in kinds else None,
    )
    where = (("issued", "pubdate"), ("doi", "articleids"), ("retraction", "pubtype"))
    return Found(made, id=uid, url=f"https://pubmed.ncbi.nlm.nih.gov/{uid}/", read_in=where)


def _name(one: Any) -> Name:
    """Read "Last FM"; a group keeps its name whole."""
    if not isinstance(one, Mapping):
        return Name()
    said = text(one.get("name"))
    if one.get("authtype") == "CollectiveName":
        return Name(literal=said)
    match = re.fullmatch(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|2nd|3rd))?", said)
    if not match:
        return Name(literal=said)
    return Name(family=match[1], given=" ".join(f"{c}." for c in match[2]), suffix=match[3] or "")


def full_pages(said: str) -> str:
    """Write out an abbreviated range: "1355-7" is "1355-1357"."""
    match = re.fullmatch(r"(\d+)-(\d+)", said)
    if match and len(match[2]) < len(match[1]):
        return f"{match[1]}-{match[1][: -len(match[2])]}{match[2]}"
    return said


SOURCE = Source(
    base="https://eutils.ncbi.nlm.nih.gov",
    search=search,
    wants=frozenset({"work"}),
    purpose="medicine and biology",
    types=frozenset({"article-journal"}),
    requests_per_second=3.0,
    keyed_requests_per_second=10.0,
    connections=2,
    batch=20,
    contact_param="email",
    key_setting="ncbi_api_key",
    key_param="api_key",
    limits="3 requests a second; 10 with a free key",
    homepage="https://www.ncbi.nlm.nih.gov/books/NBK25501/",
)
