"""What a page says in its meta tags: Highwire's, Open Graph, Dublin Core, and those of publishers.

No source itself (it defines no ``SOURCE``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from refcheck.identifiers import normal_doi
from refcheck.lookup.page_reading import Reading, byline_name, language, sound
from refcheck.lookup.reading import pages, text, whole_name

_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish_date", "publication_date",
    "date", "weibo:article:create_at", "bytedance:published_time", "cxenseparse:recs:publishtime",
)  # fmt: skip


def metas(page: Any) -> dict[str, list[str]]:
    """Return the contents of all meta tags by their names in lower case."""
    found: dict[str, list[str]] = {}
    for tag in page.find_all("meta", limit=500):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        content = str(tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def highwire(reading: Reading, tags: Mapping[str, list[str]]) -> None:
    """Read the tags that scholarly publishers put in for Google Scholar."""

    def one(*keys: str) -> tuple[str, str]:
        return next(((tags[key][0], key) for key in keys if key in tags), ("", ""))

    value, key = one("citation_title")
    reading.put("title", text(value), key)
    authors = [whole_name(name) for name in tags.get("citation_author", ())[:200]]
    if not authors and tags.get("citation_authors"):
        authors = [whole_name(name) for name in tags["citation_authors"][0].split(";")[:200]]
    reading.put("author", tuple(name for name in authors if name), "citation_author")
    value, key = one(
        "citation_publication_date", "citation_date", "citation_online_date", "citation_year"
    )
    reading.put("issued", sound(value), key)
    for keys, name, csl_type in (
        (("citation_journal_title",), "container_title", "article-journal"),
        (
            ("citation_conference_title", "citation_conference"),
            "container_title",
            "paper-conference",
        ),
        (("citation_inbook_title", "citation_book_title"), "container_title", "chapter"),
        (("citation_dissertation_institution",), "publisher", "thesis"),
        (("citation_technical_report_institution",), "publisher", "report"),
    ):
        value, key = one(*keys)
        if value:
            reading.put("type", csl_type, key)
            reading.put(name, text(value), key)
    for name, key in (
        ("publisher", "citation_publisher"), ("volume", "citation_volume"), ("issue", "citation_issue"),
        ("issn", "citation_issn"), ("isbn", "citation_isbn"), ("abstract", "citation_abstract"),
        ("number", "citation_technical_report_number"), ("language", "citation_language"),
    ):  # fmt: skip
        value = one(key)[0]
        reading.put(name, language(value) if name == "language" else text(value), key)
    first, last = one("citation_firstpage")[0], one("citation_lastpage")[0]
    reading.put("page", pages(first, last), "citation_firstpage")
    value, key = one(
        "citation_doi", "dc.identifier.doi", "prism.doi", "dc.identifier", "bepress_citation_doi"
    )
    reading.put("doi", normal_doi(value), key)


def open_graph(reading: Reading, tags: Mapping[str, list[str]]) -> None:
    """Read what a page tells to those who share it."""
    for name, key in (
        ("title", "og:title"), ("container_title", "og:site_name"), ("abstract", "og:description"),
    ):  # fmt: skip
        reading.put(name, text(tags.get(key, [""])[0]), key)
    authors = [byline_name(one) for one in tags.get("article:author", ())]
    reading.put("author", tuple(name for name in authors if name), "article:author")
    reading.put("language", language(tags.get("og:locale", [""])[0]), "og:locale")


def meta_names(reading: Reading, tags: Mapping[str, list[str]]) -> None:
    """Read Dublin Core and what publishers call their tags."""
    for key in _DATES:
        reading.put("issued", sound(tags.get(key, [""])[0]), key)
    for key in ("dc.title", "dcterms.title", "twitter:title", "sailthru.title", "parsely-title"):
        reading.put("title", text(tags.get(key, [""])[0]), key)
    for key in ("author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"):
        said = ";".join(tags.get(key, ()))
        parts = re.split(r"\s*[;；、]\s*|\s*,\s*(?=\S+\s+\S)", said) if said else []
        reading.put("author", tuple(name for one in parts if (name := byline_name(one))), key)
    for key in ("dc.publisher", "dcterms.publisher"):
        reading.put("publisher", text(tags.get(key, [""])[0]), key)
    for key in ("application-name", "cre", "source"):
        reading.put("container_title", text(tags.get(key, [""])[0]), key)
    for key in ("dc.language", "dcterms.language", "content-language"):
        reading.put("language", language(tags.get(key, [""])[0]), key)
    reading.put("abstract", text(tags.get("description", [""])[0]), "description")
