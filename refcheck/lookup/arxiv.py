"""arXiv API (https://export.arxiv.org/api): preprints in physics, mathematics, computing and more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from refcheck.errors import NotUnderstood
from refcheck.lookup.asking import LookUp, named_together
from refcheck.lookup.reading import (
    ARXIV_DOI,
    arxiv_of,
    day,
    first_family,
    names,
    text,
    title,
    whole_name,
    xml,
)
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"


def search(queries: Sequence[Query]) -> Search:
    """Look up all numbers in one request; search for the rest one by one."""
    return (yield from named_together(queries, arxiv_of, _look_up, _request, _read))


def _look_up(numbers: Sequence[str]) -> LookUp:
    params = (("id_list", ",".join(numbers)), ("max_results", str(len(numbers))))
    known = {found.id: found for found in _read((yield Request("/api/query", params)))}
    return {number: known[number.lower()] for number in numbers if number.lower() in known}


def _request(query: Query) -> Request | None:
    said = _question(query)
    params = (("search_query", said), ("max_results", str(min(query.limit, 50))))
    return Request("/api/query", params) if said else None


def _read(reply: Reply) -> tuple[Found, ...]:
    return entries(xml(reply))


def _question(query: Query) -> str:
    words = _words(query.title or query.text)
    if not words:
        return ""
    if query.want == "topic":
        return " AND ".join(f"all:{word}" for word in words)
    said = f'ti:"{" ".join(words)}"'
    family = _words(first_family(query))
    return f'{said} AND au:"{" ".join(family)}"' if family else said


def _words(said: str) -> list[str]:
    return re.findall(r"[^\W_]+", said)


def entries(feed: Any) -> tuple[Found, ...]:
    """Read the entries of an Atom feed; raises `NotUnderstood` for the one that tells of an error."""
    found = []
    for entry in feed.iter(f"{ATOM}entry"):
        if "/api/errors" in (entry.findtext(f"{ATOM}id") or ""):
            raise NotUnderstood(f"says {text(entry.findtext(f'{ATOM}summary'))[:100]!r}")
        found.append(record(entry))
    return tuple(one for one in found if one.record.title)


def record(entry: Any) -> Found:
    """Turn one entry into what it says of a preprint; its DOI is the one DataCite has for it."""
    address = text(entry.findtext(f"{ATOM}id"))
    number = re.sub(r"v\d+$", "", address.rpartition("/abs/")[2])
    made = Record(
        type="article",
        title=title(entry.findtext(f"{ATOM}title")),
        author=names(
            whole_name(one.findtext(f"{ATOM}name")) for one in entry.iter(f"{ATOM}author")
        ),
        issued=day(entry.findtext(f"{ATOM}published")),
        publisher="arXiv",
        number=number,
        doi=ARXIV_DOI + number.lower() if number else "",
        url=f"https://arxiv.org/abs/{number}" if number else "",
        abstract=text(entry.findtext(f"{ATOM}summary")),
        note=text(entry.findtext(f"{ARXIV}journal_ref")),
        retraction=("withdrawal", "", "") if _is_withdrawn(entry) else None,
    )
    where = (
        ("retraction", "arxiv:comment, summary"),
        ("issued", "published"),
        ("publisher", "the archive itself"),
        ("doi", "id"),
    )
    return Found(made, id=number.lower(), url=made.url, read_in=where)


_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|preprint|work|version|it)\b[^.]{0,40}\b(?:has been|have been|was|is) (?:being |now )?withdrawn\b"
    r"|^\W*withdrawn\b|\bwithdrawn by (?:the )?(?:author|arxiv)|\bauthors? (?:has|have) withdrawn\b",
    re.IGNORECASE,
)
"""How arXiv tells of a withdrawal: in the comment, or where the abstract was."""


def _is_withdrawn(entry: Any) -> bool:
    said = (text(entry.findtext(f"{ARXIV}comment")), text(entry.findtext(f"{ATOM}summary"))[:200])
    return any(_WITHDRAWN.search(one) for one in said)


SOURCE = Source(
    base="https://export.arxiv.org",
    search=search,
    wants=frozenset({"work", "topic"}),
    purpose="preprints",
    types=frozenset({"article", "article-journal", "paper-conference"}),
    requests_per_second=1 / 3,
    connections=1,
    batch=50,
    limits="1 request in 3 seconds",
    homepage="https://info.arxiv.org/help/api/index.html",
)
