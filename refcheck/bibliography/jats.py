"""A reference of a JATS article as a record: what its elements say, however they are mixed with text.

Source: JATS 1.3, element-citation and mixed-citation (https://jats.nlm.nih.gov/archiving/tag-library/).
"""

from __future__ import annotations

import re
from typing import Any

from refcheck.identifiers import normal_doi
from refcheck.record import Name, PartialDate, Record
from refcheck.text import unmarked

TYPES = {
    "journal": "article-journal", "book": "book", "chapter": "chapter", "confproc": "paper-conference", "conf": "paper-conference",
    "thesis": "thesis", "report": "report", "web": "webpage", "website": "webpage", "webpage": "webpage", "data": "dataset",
    "software": "software", "patent": "patent", "preprint": "article", "newspaper": "article-newspaper", "standard": "standard",
}  # fmt: skip
_TEXTS = {
    "volume": "volume", "issue": "issue", "edition": "edition", "publisher-name": "publisher", "publisher-loc": "publisher_place",
    "elocation-id": "number", "isbn": "isbn", "issn": "issn",
}  # fmt: skip
_IDS = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "isbn": "isbn"}
_NAME = re.compile(r"<(name|string-name)\b[^<>]*>(.{0,1000}?)</\1>|<(collab)\b[^<>]*>(.{0,600}?)</\3>", re.DOTALL)  # fmt: skip
_EDITORS = re.compile(
    r"<person-group\b[^<>]*person-group-type\s*=\s*[\"']editor[^<>]*>(.{0,8000}?)</person-group>",
    re.DOTALL,
)


def record(inner: str, kind: str = "") -> Record | None:
    """Read the elements of one citation; None where it has no title of its own and no source.

    ``kind`` is its publication-type. A citation that is bare text is for a parser of text.
    """
    article, source = _text(inner, "article-title"), _text(inner, "source")
    chapter = (
        _text(inner, "chapter-title") or _text(inner, "part-title") or _text(inner, "data-title")
    )
    if not (article or source or chapter) or not re.search(
        r"<(?:name|string-name|collab|year)\b", inner
    ):
        return None
    title = article or chapter or source
    first, last = _text(inner, "fpage"), _text(inner, "lpage")
    edited = "".join(match[1] for match in _EDITORS.finditer(inner))
    year = re.search(r"\d{4}", _text(inner, "year"))
    values: dict[str, Any] = {field: _text(inner, name) for name, field in _TEXTS.items()}
    for match in re.finditer(r"<pub-id\b[^<>]*pub-id-type\s*=\s*[\"'](\w+)[\"'][^<>]*>([^<>]*)</pub-id>", inner):  # fmt: skip
        if field := _IDS.get(match[1].lower()):
            values[field] = unmarked(match[2])
    address = re.search(r"<(?:ext-link|uri)\b[^<>]*xlink:href\s*=\s*[\"']([^\"'<>]+)[\"']", inner)
    url = unmarked(address[1]) if address else ""
    if not values.get("doi"):
        values["doi"] = normal_doi(url)
    csl_type = TYPES.get(kind.lower(), "article-journal" if article else "book")
    if csl_type == "book" and (article or chapter):
        csl_type = "chapter"
    return Record(
        type=csl_type,
        title=title,
        author=_people(inner.replace(edited, "")) if edited else _people(inner),
        editor=_people(edited),
        container_title=source if title != source else "",
        issued=PartialDate((int(year[0]),)) if year else None,
        page=f"{first}-{last}" if first and last else first or _text(inner, "page-range"),
        url="" if normal_doi(url) else url,
        **values,
    )


def _text(inner: str, name: str) -> str:
    match = re.search(rf"<{name}\b[^<>]*>(.{{0,2000}}?)</{name}>", inner, re.DOTALL)
    return unmarked(match[1]).strip(" ,;" if name == "given-names" else " .,;") if match else ""


def _people(inner: str) -> tuple[Name, ...]:
    out = []
    for match in _NAME.finditer(inner):
        if match[3]:
            out.append(Name(literal=unmarked(match[4])))
            continue
        family, given = _text(match[2], "surname"), _text(match[2], "given-names")
        out.append(Name(family, given) if family else Name(literal=unmarked(match[2])))
    if re.search(r"<etal\b", inner):
        out.append(Name(literal="others"))
    return tuple(one for one in out if one)
