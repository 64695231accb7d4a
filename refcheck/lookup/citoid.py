"""Citoid (Wikimedia's citation service): what it can read of a page that we cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from refcheck.errors import SourceError
from refcheck.lookup.page import BARRED, GONE
from refcheck.lookup.reading import data, day, doi_of, isbn_of, names, person, seq, text, title
from refcheck.model import Found, Query, Request, Search, Source
from refcheck.record import Name, Record

TYPES = {
    "journalArticle": "article-journal",
    "conferencePaper": "paper-conference",
    "newspaperArticle": "article-newspaper",
    "magazineArticle": "article-magazine",
    "blogPost": "post-weblog",
    "book": "book",
    "bookSection": "chapter",
    "report": "report",
    "thesis": "thesis",
    "preprint": "article",
    "webpage": "webpage",
    "encyclopediaArticle": "entry-encyclopedia",
    "videoRecording": "motion_picture",
}


def search(queries: Sequence[Query]) -> Search:
    """Ask for each address, DOI or ISBN."""
    answers: list[tuple[Found, ...]] = []
    for query in queries:
        wanted = query.url or doi_of(query) or isbn_of(query)
        if not wanted:
            answers.append(())
            continue
        reply = yield Request(f"/api/rest_v1/data/citation/mediawiki/{quote(wanted, safe='')}")
        listed = data(reply)  # 404: it could not read the page
        if listed is None:
            answers.append(())
            continue
        if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
            raise SourceError("answered JSON of another shape")
        found = (record(item, query.url) for item in listed)
        answers.append(tuple(one for one in found if _says_something(one)))
    return tuple(answers)


def _says_something(found: Found) -> bool:
    said = found.record.title
    return bool(said) and not GONE.match(said) and not BARRED.match(said)


def record(item: Mapping[str, Any], asked: str) -> Found:
    """Turn one item into what it says of a work; its names are pairs of given and family name."""
    made = Record(
        type=TYPES.get(text(item.get("itemType")), "webpage"),
        title=title(item.get("title")),
        author=names(_name(one) for one in seq(item.get("author"))),
        issued=day(item.get("date")),
        container_title=next(
            (
                text(item.get(key))
                for key in ("publicationTitle", "websiteTitle", "blogTitle", "bookTitle")
                if item.get(key)
            ),
            "",
        ),
        publisher=text(item.get("publisher")) or text(item.get("institution")),
        volume=text(item.get("volume")),
        issue=text(item.get("issue")),
        page=text(item.get("pages")).replace("\u2013", "-"),
        doi=text(item.get("DOI")).lower(),
        issn=text(item.get("ISSN")),
        isbn=text(item.get("ISBN")),
        url=text(item.get("url")) or asked,
        language=text(item.get("language"))[:2].lower(),
    )
    return Found(made, id=text(item.get("key")), url=made.url)


def _name(one: Any) -> Name:
    if not isinstance(one, list) or not one:
        return Name()
    given, family = (text(one[0]), text(one[1])) if len(one) > 1 else ("", text(one[0]))
    return person(family, given) if given else Name(literal=family)


SOURCE = Source(
    base="https://en.wikipedia.org",
    search=search,
    wants=frozenset({"page"}),
    purpose="metadata of pages that do not answer us",
    requests_per_second=5 / 60,
    contact_requests_per_second=1.0,
    burst=5,
    connections=1,
    shares="wikimedia",
    default=False,
    limits="10 requests a minute over all Wikimedia sites; 1 a second with your address",
    homepage="https://www.mediawiki.org/wiki/Citoid/API",
)
