"""What a web page says of itself, and in which part of it: the reader behind the source `page`.

In the order of trust: JSON-LD (schema.org), ``citation_*`` (Highwire), Open Graph and ``article:``,
Dublin Core and other meta names, microdata, what stands visibly in the byline, and at last a guess
of the date. An author is taken from marked places only: all readers that guess at names invent some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from refcheck.identifiers import clean_url, host, on_site
from refcheck.lookup.page_linked_data import linked_data, schema
from refcheck.lookup.page_reading import Reading, byline_name, language, sound
from refcheck.lookup.page_tags import highwire, meta_names, metas, open_graph
from refcheck.lookup.reading import text
from refcheck.record import Record
from refcheck.text import fold

TEXT_SIGNS = 20_000
"""How much of the visible text is kept."""
MOST_TAGS = 40_000
"""How many tags of a page are read: those of articles have up to some ten thousand; a page of
nothing else would take a second for each 15,000."""
_SEPARATOR = re.compile(r"\s+[-–—|_·»]\s+|\s*[_|｜]\s*|\s+-(?=\S)")
_AUTHOR_CLASSES = frozenset({"author", "byline", "article-author", "post-author", "author-name"})
_DATE_CLASSES = frozenset(
    {
        "date",
        "time",
        "publish-time",
        "pub-date",
        "pubtime",
        "article-date",
        "post-date",
        "article-time",
    }
)


def read(markup: str, url: str) -> tuple[Record, dict[str, str], str]:
    """Return the record a page makes of itself, where each field was read, and its visible text."""
    from bs4 import BeautifulSoup

    markup = "<".join(markup.split("<", MOST_TAGS)[:MOST_TAGS])
    page = BeautifulSoup(markup if "<" in markup else f"<p>{markup}", "lxml")  # else it warns
    reading = Reading()
    tags = metas(page)
    if tags.get("citation_title"):
        highwire(reading, tags)
    things = list(linked_data(page))
    schema(reading, things, url)
    highwire(reading, tags)
    open_graph(reading, tags)
    meta_names(reading, tags)
    _microdata(reading, page)
    _visible(reading, page)
    _address(reading, page, tags, url)
    if "issued" not in reading.values:
        _guess_date(reading, markup, url)
    container = reading.values.get("container_title") or reading.values.get("publisher", "")
    authors = [
        a
        for a in reading.values.get("author", ())
        if fold(a.literal or a.family) != fold(container)
    ]
    reading.values["author"] = tuple(authors)
    record = Record(**{"type": "webpage", **{k: v for k, v in reading.values.items() if v}})
    return record, reading.where, visible_text(page)


def _microdata(reading: Reading, page: Any) -> None:
    for name, prop in (("title", "headline"), ("issued", "datePublished"), ("author", "author")):
        tag = page.find(attrs={"itemprop": prop})
        if tag is None:
            continue
        said = text(tag.get("content") or tag.get("datetime") or tag.get_text(" "))[:500]
        value: Any = sound(said) if name == "issued" else said
        if name == "author":
            value = tuple(one for one in (byline_name(said),) if one)
        reading.put(name, value, f"itemprop {prop}")


def _visible(reading: Reading, page: Any) -> None:
    """Read what stands in sight: the heading, the byline, the date beside it, the page's title."""
    heading = page.find("h1")
    spoken = text(heading.get_text(" ")) if heading else ""
    full = text(page.title.get_text(" ")) if page.title else ""
    if spoken and fold(spoken) in fold(full):
        reading.put("title", spoken, "h1")
    known = (reading.values.get("container_title", ""), reading.values.get("publisher", ""))
    headline, site = split_title(full, (spoken, reading.values.get("title", "")), known)
    reading.put("title", headline, "title")
    reading.put("container_title", site, "title")
    stamps: list[tuple[bool, str]] = []
    for tag in page.find_all(_is_byline, limit=12):
        if tag.name == "time":
            stamps.append((tag.find_parent("article") is None, str(tag.get("datetime"))))
        elif _DATE_CLASSES & set(tag.get("class") or ()):
            stamps.append((True, tag.get_text(" ")[:60]))
        else:
            name = byline_name(tag.get_text(" ")[:200])
            reading.put("author", (name,) if name else (), "byline (visible)")
    for _, stamp in sorted(stamps, key=lambda one: one[0]):
        reading.put("issued", sound(stamp), "date (visible)")
    if page.html is not None:
        reading.put("language", language(str(page.html.get("lang") or "")), "html lang")


def _is_byline(tag: Any) -> bool:
    """Tell whether an element is marked as the author's name or the day of publication."""
    if tag.name == "time":
        return bool(tag.has_attr("datetime"))
    classes = tag.get("class")
    if classes and not (_AUTHOR_CLASSES | _DATE_CLASSES).isdisjoint(classes):
        return True
    return "author" in (tag.get("rel") or ())


def split_title(full: str, known: Iterable[str], sites: Iterable[str]) -> tuple[str, str]:
    """Part "Headline - Site" into both; the site is "" where it cannot be told from the headline."""
    for headline in known:
        rest = full[len(headline) :] if headline and full.startswith(headline) else ""
        site = _SEPARATOR.sub("", rest, count=1).strip() if _SEPARATOR.match(rest) else ""
        if site and len(site) <= 40:
            return headline, site
    for site in sites:
        if site and fold(full).endswith(fold(site)) and len(full) > len(site):
            return re.sub(r"[\s\-–—|_｜·»]+$", "", full[: -len(site)]), site
    return full, ""


def _address(reading: Reading, page: Any, tags: Mapping[str, list[str]], url: str) -> None:
    """Take the page's own address for itself, where it lies on the same site."""
    archived = re.match(r"https?://web\.archive\.org/web/\w+/(https?:/.*)", url)
    if archived:
        reading.put("archive_url", url, "the stored copy's address")
        reading.put("archive", "Internet Archive", "the stored copy's address")
        url = re.sub(r"^(https?):/+", r"\1://", archived[1])
    canonical = page.find("link", rel="canonical")
    offers = [(str(canonical.get("href") or ""), "link canonical")] if canonical else []
    offers += [(one, "og:url") for one in tags.get("og:url", ())]
    for offer, where in offers:
        try:
            full = urljoin(url, offer.strip())
        except ValueError:
            continue
        has_path = bool(re.match(r"https?://[^/]+/[^?#]", full))
        if full.startswith(("http://", "https://")) and on_site(full, host(url)) and has_path:
            reading.put("url", clean_url(full), where)
    reading.put("url", clean_url(url), "address")


def _guess_date(reading: Reading, markup: str, url: str) -> None:
    from htmldate import find_date

    try:
        guess = find_date(markup[:1_000_000], url=url, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return  # htmldate stumbles over broken pages in these ways
    if guess:
        reading.put("issued", sound(guess), "htmldate (a guess)")


def visible_text(page: Any) -> str:
    """Return what a reader sees of the article, or of the page where no part is marked as one."""
    for tag in page(
        ["script", "style", "noscript", "template", "svg", "nav", "footer", "form", "aside"]
    ):
        tag.decompose()
    part = page.find("article") or page.find("main") or page.body or page
    return " ".join(part.get_text(" ").split())[:TEXT_SIGNS]
