"""What a page says of itself as data: JSON-LD in the terms of schema.org.

No source itself (it defines no ``SOURCE``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from refcheck.lookup.page_reading import Reading, byline_name, language, sound
from refcheck.lookup.reading import person, text
from refcheck.record import Name

LD_TYPES = {
    "NewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper",
    "AnalysisNewsArticle": "article-newspaper",
    "BackgroundNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper",
    "ScholarlyArticle": "article-journal",
    "MedicalScholarlyArticle": "article-journal",
    "BlogPosting": "post-weblog",
    "LiveBlogPosting": "post-weblog",
    "SocialMediaPosting": "post",
    "Report": "report",
    "TechArticle": "webpage",
    "Article": "webpage",
    "Book": "book",
    "Chapter": "chapter",
    "Dataset": "dataset",
    "Thesis": "thesis",
    "WebPage": "webpage",
}


def linked_data(page: Any) -> Iterator[Mapping[str, Any]]:
    """Go through all objects of the page's JSON-LD, those of an @graph too, the outer ones first."""
    for tag in page.find_all("script", type=re.compile(r"ld\+json", re.IGNORECASE), limit=20):
        said = re.sub(r"[\x00-\x1f]", " ", tag.get_text())
        try:
            waiting = [msgspec.json.decode(said)]
        except (msgspec.DecodeError, RecursionError):
            continue
        for _ in range(300):
            if not waiting:
                break
            one = waiting.pop(0)
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, Mapping):
                yield one
                waiting += [
                    one[key] for key in ("@graph", "mainEntity", "itemListElement") if key in one
                ]


def _types(thing: Mapping[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def schema(reading: Reading, things: Iterable[Mapping[str, Any]], url: str) -> None:
    """Read the object that is the page's article: the one with a headline, of the most exact type."""
    ranked = sorted(
        (
            (not _is_page(thing, url), list(LD_TYPES).index(kind), nth, thing)
            for nth, thing in enumerate(things)
            for kind in _types(thing)[:3]
            if kind in LD_TYPES and (text(thing.get("headline")) or text(thing.get("name")))
        ),
        key=lambda entry: entry[:3],
    )
    for _, index, _, thing in ranked[:1]:
        kind = list(LD_TYPES)[index]
        at = f"JSON-LD {kind}"
        reading.put("type", LD_TYPES[kind], f"{at}.@type")
        reading.put("title", text(thing.get("headline")), f"{at}.headline")
        reading.put("title", text(thing.get("name")), f"{at}.name")
        reading.put("author", tuple(_people(thing.get("author"))), f"{at}.author")
        reading.put("issued", sound(text(thing.get("datePublished"))), f"{at}.datePublished")
        reading.put("issued", sound(text(thing.get("dateCreated"))), f"{at}.dateCreated")
        publisher = thing.get("publisher")
        name = publisher.get("name") if isinstance(publisher, Mapping) else publisher
        reading.put("container_title", text(name), f"{at}.publisher")
        reading.put("language", language(text(thing.get("inLanguage"))), f"{at}.inLanguage")
        reading.put("abstract", text(thing.get("description")), f"{at}.description")


def _is_page(thing: Mapping[str, Any], url: str) -> bool:
    main = thing.get("mainEntityOfPage")
    said = [
        thing.get("url"),
        thing.get("@id"),
        main.get("@id") if isinstance(main, Mapping) else main,
    ]
    return any(
        isinstance(one, str) and one.split("#")[0].rstrip("/") == url.rstrip("/") for one in said
    )


def _people(value: Any) -> Iterator[Name]:
    if isinstance(value, str):
        for one in re.split(r"\s*(?:;|、|，|\band\b|&)\s*", value)[:50]:
            if name := byline_name(one):
                yield name
    elif isinstance(value, list):
        for one in value[:50]:
            if not isinstance(one, list):  # or a hostile page goes on without end
                yield from _people(one)
    elif isinstance(value, Mapping):
        said = text(value.get("name"))
        if "Person" in _types(value) and text(value.get("familyName")):
            yield person(value.get("familyName"), value.get("givenName"))
        elif "Organization" in _types(value) or "NewsMediaOrganization" in _types(value):
            if said:
                yield Name(literal=said)
        elif found := byline_name(said):
            yield found
