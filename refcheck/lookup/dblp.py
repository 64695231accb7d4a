"""dblp (https://dblp.org): computer science, through its SPARQL service.

Its search API has answered with a puzzle for robots since 2026, which is not gone round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.lookup.asking import LookUp, named_together
from refcheck.lookup.reading import data, day, doi_of, items, names, text, title, whole_name
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record
from refcheck.text import words

TYPES = {
    "Article": "article-journal",
    "Inproceedings": "paper-conference",
    "Incollection": "chapter",
    "Book": "book",
    "Phdthesis": "thesis",
    "Mastersthesis": "thesis",
    "Informal": "article",
}
_SHAPE = """PREFIX dblp: <https://dblp.org/rdf/schema#>
PREFIX ql: <http://qlever.cs.uni-freiburg.de/builtin-functions/>
SELECT ?pub ?title ?venue ?year ?type ?doi ?pages ?volume ?issue ?page ?ordinal ?name WHERE {{
  {{ SELECT DISTINCT ?pub ?title WHERE {{ {where} }} LIMIT {limit} }}
  OPTIONAL {{ ?pub dblp:publishedIn ?venue }} OPTIONAL {{ ?pub dblp:yearOfPublication ?year }}
  OPTIONAL {{ ?pub dblp:bibtexType ?type }} OPTIONAL {{ ?pub dblp:doi ?doi }}
  OPTIONAL {{ ?pub dblp:pagination ?pages }} OPTIONAL {{ ?pub dblp:publishedInJournalVolume ?volume }}
  OPTIONAL {{ ?pub dblp:publishedInJournalVolumeIssue ?issue }}
  OPTIONAL {{ ?pub dblp:primaryDocumentPage ?page }}
  OPTIONAL {{ ?pub dblp:hasSignature ?sig . ?sig dblp:signatureOrdinal ?ordinal ;
    dblp:signatureDblpName ?name }}
}}"""
_COMMON = frozenset("a an and are as at by for from in is of on or the to with via using".split())


def search(queries: Sequence[Query]) -> Search:
    """Ask for all DOIs in one request; for titles one by one, by all their words."""
    return (yield from named_together(queries, doi_of, _look_up, _by_words, _read))


def _look_up(dois: Sequence[str]) -> LookUp:
    values = " ".join(f"<https://doi.org/{_safe(doi.upper())}>" for doi in dois)
    where = f"VALUES ?doi {{ {values} }} ?pub dblp:doi ?doi ; dblp:title ?title ."
    found = _read((yield _request(where, len(dois))))
    return {one.record.doi: one for one in found}


def _by_words(query: Query) -> Request | None:
    telling = [word for word in words(query.title or query.text) if word not in _COMMON][:12]
    telling = [word for word in telling if re.fullmatch(r"[^\W_]+", word)]
    contains = " ".join(f'?text ql:contains-word "{word}" .' for word in telling)
    where = f"{contains} ?text ql:contains-entity ?title . ?pub dblp:title ?title ."
    return _request(where, min(query.limit, 20)) if telling else None


def _read(reply: Reply) -> tuple[Found, ...]:
    return records(data(reply, nothing=()))


def _request(where: str, limit: int) -> Request:
    accept = (("Accept", "application/sparql-results+json"),)
    return Request("/sparql", (("query", _SHAPE.format(where=where, limit=limit)),), headers=accept)


def _safe(doi: str) -> str:
    return "".join(f"%{ord(c):02X}" if c in '<>"{}|^`\\ ' else c for c in doi)


def records(value: Any) -> tuple[Found, ...]:
    """Put the rows of a reply together: one for each signature of each publication."""
    rows = items(value, "results", "bindings")
    together: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        key = _value(row, "pub")
        if not key:
            raise SourceError("answered rows without a publication")
        together.setdefault(key, []).append(row)
    return tuple(_record(key, rows) for key, rows in together.items())


def _record(key: str, rows: Sequence[Mapping[str, Any]]) -> Found:
    first = rows[0]
    signed = {
        int(n): _value(row, "name") for row in rows if (n := _value(row, "ordinal")).isdecimal()
    }
    doi = _value(first, "doi").lower().removeprefix("https://doi.org/")
    made = Record(
        type=TYPES.get(_value(first, "type").rsplit("/", 1)[-1].rsplit("#", 1)[-1], "document"),
        title=title(_value(first, "title")),
        author=names(whole_name(signed[n]) for n in sorted(signed)),
        issued=day(_value(first, "year")),
        container_title=_value(first, "venue"),
        volume=_value(first, "volume"),
        issue=_value(first, "issue"),
        page=_value(first, "pages"),
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else _value(first, "page"),
    )
    return Found(made, id=key.removeprefix("https://dblp.org/rec/"), url=key)


def _value(row: Mapping[str, Any], name: str) -> str:
    one = row.get(name)
    return text(one.get("value")) if isinstance(one, Mapping) else ""


SOURCE = Source(
    base="https://sparql.dblp.org",
    search=search,
    wants=frozenset({"work"}),
    purpose="computer science",
    types=frozenset({"article-journal", "paper-conference", "article", "chapter", "thesis"}),
    requests_per_second=1.0,
    connections=1,
    batch=20,
    limits="none published; 1 request a second",
    homepage="https://sparql.dblp.org",
)
