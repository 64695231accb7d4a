"""What a web page says of itself, and in which part of it: the reader behind the source `page`.

In the order of trust: JSON-LD (schema.org), ``citation_*`` (Highwire), Open Graph and ``article:``,
Dublin Core and other meta names, microdata, what stands visibly in the byline, and at last a guess
of the date. An author is taken from marked places only: all readers that guess at names invent some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import msgspec

from refcheck.identifiers import clean_url, host, normal_doi, on_site
from refcheck.lookup.reading import day, pages, person, text, whole_name
from refcheck.record import Name, PartialDate, Record
from refcheck.text import fold

TEXT_SIGNS = 20_000
"""How much of the visible text is kept."""
MOST_TAGS = 40_000
"""How many tags of a page are read: those of articles have up to some ten thousand; a page of
nothing else would take a second for each 15,000."""
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
_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish_date", "publication_date",
    "date", "weibo:article:create_at", "bytedance:published_time", "cxenseparse:recs:publishtime",
)  # fmt: skip
_SEPARATOR = re.compile(r"\s+[-–—|_·»]\s+|\s*[_|｜]\s*|\s+-(?=\S)")
_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|da|作者|文|记者|撰文|编辑)\s*[:：/丨|]?\s+|^(?:作者|文|记者)[:：]\s*",
    re.IGNORECASE,
)


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


@dataclass
class Reading:
    """The fields read so far, each with its place in the page; the first reader of a field wins."""

    values: dict[str, Any] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: Any, where: str) -> None:
        """Note a field, unless it is empty or known."""
        if value and name not in self.values:
            self.values[name] = value
            self.where[name] = where


def decode(body: bytes, header: str) -> str:
    """Return a page's text by the byte order mark, the header's charset, the page's own, or a guess.

    A charset that does not fit the bytes is passed over, and gb2312 is read as its superset.
    """
    said = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", header, re.IGNORECASE)
    inside = re.search(
        rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", body[:4096], re.IGNORECASE
    )
    declared = [said[1]] if said else []
    declared += [inside[1].decode("ascii", "replace")] if inside else []
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared.insert(0, "utf-16")
    for name in ("utf-8-sig", *declared):
        codec = "gb18030" if name.lower() in {"gb2312", "gbk", "gb_2312-80"} else name
        try:
            return body.decode(codec)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    if _reads_as_chinese(body):
        return body.decode("gb18030")
    from charset_normalizer import from_bytes

    best = from_bytes(body[:200_000]).best()
    if best is not None:
        return body.decode(best.encoding, errors="replace")
    return body.decode("utf-8", errors="replace")


def _reads_as_chinese(body: bytes) -> bool:
    """Tell whether bytes are GBK: all but a few of the signs are common ones (level 1 of GB 2312)."""
    try:
        signs = [sign for sign in body.decode("gb18030") if ord(sign) > 0x2FFF]
    except UnicodeDecodeError:
        return False
    common = [sign for sign in signs if 0xB0 <= sign.encode("gb18030")[0] <= 0xD7]
    return len(signs) >= 4 and len(common) >= 0.85 * len(signs)


def read(markup: str, url: str) -> tuple[Record, dict[str, str], str]:
    """Return the record a page makes of itself, where each field was read, and its visible text."""
    from bs4 import BeautifulSoup

    markup = "<".join(markup.split("<", MOST_TAGS)[:MOST_TAGS])
    page = BeautifulSoup(markup if "<" in markup else f"<p>{markup}", "lxml")  # else it warns
    reading = Reading()
    metas = _metas(page)
    if metas.get("citation_title"):
        _highwire(reading, metas)
    things = list(_linked_data(page))
    _schema(reading, things, url)
    _highwire(reading, metas)
    _open_graph(reading, metas)
    _meta_names(reading, metas)
    _microdata(reading, page)
    _visible(reading, page)
    _address(reading, page, metas, url)
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


def _metas(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in page.find_all("meta", limit=500):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        content = str(tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _linked_data(page: Any) -> Iterator[Mapping[str, Any]]:
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


def _schema(reading: Reading, things: Iterable[Mapping[str, Any]], url: str) -> None:
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
        reading.put(
            "title", text(thing.get("headline")) or text(thing.get("name")), f"{at}.headline"
        )
        reading.put("author", tuple(_people(thing.get("author"))), f"{at}.author")
        reading.put("issued", _sound(text(thing.get("datePublished"))), f"{at}.datePublished")
        reading.put("issued", _sound(text(thing.get("dateCreated"))), f"{at}.dateCreated")
        publisher = thing.get("publisher")
        name = publisher.get("name") if isinstance(publisher, Mapping) else publisher
        reading.put("container_title", text(name), f"{at}.publisher")
        reading.put("language", _language(text(thing.get("inLanguage"))), f"{at}.inLanguage")
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
            if name := _byline_name(one):
                yield name
    elif isinstance(value, list):
        for one in value[:50]:
            yield from _people(one)
    elif isinstance(value, Mapping):
        said = text(value.get("name"))
        if "Person" in _types(value) and text(value.get("familyName")):
            yield person(value.get("familyName"), value.get("givenName"))
        elif "Organization" in _types(value) or "NewsMediaOrganization" in _types(value):
            if said:
                yield Name(literal=said)
        elif found := _byline_name(said):
            yield found


def _byline_name(said: str) -> Name:
    """Read a name out of a byline; an address, a sentence or a number is none."""
    said = _BYLINE.sub("", text(said)).strip(" ,;|·")
    if (
        not said
        or "://" in said
        or len(said) > 60
        or len(said.split()) > 6
        or re.search(r"\d{3}|@", said)
    ):
        return Name()
    return whole_name(said)


def _highwire(reading: Reading, metas: Mapping[str, list[str]]) -> None:
    def one(*keys: str) -> tuple[str, str]:
        return next(((metas[key][0], key) for key in keys if key in metas), ("", ""))

    value, key = one("citation_title")
    reading.put("title", text(value), key)
    authors = [whole_name(name) for name in metas.get("citation_author", ())[:200]]
    if not authors and metas.get("citation_authors"):
        authors = [whole_name(name) for name in metas["citation_authors"][0].split(";")[:200]]
    reading.put("author", tuple(name for name in authors if name), "citation_author")
    value, key = one(
        "citation_publication_date", "citation_date", "citation_online_date", "citation_year"
    )
    reading.put("issued", _sound(value), key)
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
        reading.put(name, _language(value) if name == "language" else text(value), key)
    first, last = one("citation_firstpage")[0], one("citation_lastpage")[0]
    reading.put("page", pages(first, last), "citation_firstpage")
    value, key = one(
        "citation_doi", "dc.identifier.doi", "prism.doi", "dc.identifier", "bepress_citation_doi"
    )
    reading.put("doi", normal_doi(value), key)


def _open_graph(reading: Reading, metas: Mapping[str, list[str]]) -> None:
    for name, key in (
        ("title", "og:title"), ("container_title", "og:site_name"), ("abstract", "og:description"),
    ):  # fmt: skip
        reading.put(name, text(metas.get(key, [""])[0]), key)
    authors = [_byline_name(one) for one in metas.get("article:author", ())]
    reading.put("author", tuple(name for name in authors if name), "article:author")
    reading.put("language", _language(metas.get("og:locale", [""])[0]), "og:locale")


def _meta_names(reading: Reading, metas: Mapping[str, list[str]]) -> None:
    for key in _DATES:
        reading.put("issued", _sound(metas.get(key, [""])[0]), key)
    for key in ("dc.title", "dcterms.title", "twitter:title", "sailthru.title", "parsely-title"):
        reading.put("title", text(metas.get(key, [""])[0]), key)
    for key in ("author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"):
        said = ";".join(metas.get(key, ()))
        parts = re.split(r"\s*[;；、]\s*|\s*,\s*(?=\S+\s+\S)", said) if said else []
        reading.put("author", tuple(name for one in parts if (name := _byline_name(one))), key)
    for key in ("dc.publisher", "dcterms.publisher"):
        reading.put("publisher", text(metas.get(key, [""])[0]), key)
    for key in ("application-name", "cre", "source"):
        reading.put("container_title", text(metas.get(key, [""])[0]), key)
    for key in ("dc.language", "dcterms.language", "content-language"):
        reading.put("language", _language(metas.get(key, [""])[0]), key)
    reading.put("abstract", text(metas.get("description", [""])[0]), "description")


def _microdata(reading: Reading, page: Any) -> None:
    for name, prop in (("title", "headline"), ("issued", "datePublished"), ("author", "author")):
        tag = page.find(attrs={"itemprop": prop})
        if tag is None:
            continue
        said = text(tag.get("content") or tag.get("datetime") or tag.get_text(" "))[:500]
        value: Any = _sound(said) if name == "issued" else said
        if name == "author":
            value = tuple(one for one in (_byline_name(said),) if one)
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
            name = _byline_name(tag.get_text(" ")[:200])
            reading.put("author", (name,) if name else (), "byline (visible)")
    for _, stamp in sorted(stamps, key=lambda one: one[0]):
        reading.put("issued", _sound(stamp), "date (visible)")
    if page.html is not None:
        reading.put("language", _language(str(page.html.get("lang") or "")), "html lang")


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


def _address(reading: Reading, page: Any, metas: Mapping[str, list[str]], url: str) -> None:
    """Take the page's own address for itself, where it lies on the same site."""
    archived = re.match(r"https?://web\.archive\.org/web/\w+/(https?:/.*)", url)
    if archived:
        reading.put("archive_url", url, "the stored copy's address")
        reading.put("archive", "Internet Archive", "the stored copy's address")
        url = re.sub(r"^(https?):/+", r"\1://", archived[1])
    canonical = page.find("link", rel="canonical")
    offers = [(str(canonical.get("href") or ""), "link canonical")] if canonical else []
    offers += [(one, "og:url") for one in metas.get("og:url", ())]
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
        reading.put("issued", _sound(guess), "htmldate (a guess)")


def _sound(said: str) -> PartialDate | None:
    """Read a date; a year before the printing press or beyond the next century is none."""
    found = day(said)
    return found if found and 1450 <= found.start[0] <= 2100 else None


def _language(said: str) -> str:
    code = re.match(r"[a-z]{2,3}(?=$|[-_])", said.strip().lower())
    return code[0] if code else ""


def visible_text(page: Any) -> str:
    """Return what a reader sees of the article, or of the page where no part is marked as one."""
    for tag in page(
        ["script", "style", "noscript", "template", "svg", "nav", "footer", "form", "aside"]
    ):
        tag.decompose()
    part = page.find("article") or page.find("main") or page.body or page
    return " ".join(part.get_text(" ").split())[:TEXT_SIGNS]
