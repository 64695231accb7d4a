"""The flat form: ``{"id", "doi", "title", "authors": ["Family, Given"], "year", "container" …}``.

Authors may be objects or a string, ``date`` may stand for ``year``, the whole reference for its
fields (``text``), and fields may have Zotero's names (``publicationTitle``, ``DOI``, ``ISBN``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from refcheck.catalog.importers.form import Item, JsonImporter
from refcheck.identifiers import normal_doi

_TYPES = {
    "inproceedings": "paper-conference", "conference": "paper-conference", "conferencePaper": "paper-conference",
    "article": "article-journal", "journalArticle": "article-journal", "journal-article": "article-journal",
    "preprint": "article", "incollection": "chapter", "inbook": "chapter", "bookSection": "chapter",
    "book-chapter": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis", "dissertation": "thesis",
    "techreport": "report", "newspaperArticle": "article-newspaper", "magazineArticle": "article-magazine",
    "blogPost": "post-weblog", "forumPost": "post", "online": "webpage", "proceedings": "book", "monograph": "book",
    "computerProgram": "software", "statute": "legislation", "case": "legal_case", "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary", "videoRecording": "motion_picture", "audioRecording": "song",
    "film": "motion_picture", "presentation": "speech", "misc": "document", "unpublished": "manuscript", "letter": "personal_communication",
}  # fmt: skip
_TEXTS = {
    "title": ("title", "caseName", "nameOfAct", "subject"),
    "title-short": ("original_title", "shortTitle"),
    "container-title": (
        "container", "publicationTitle", "container-title", "journal", "venue", "proceedingsTitle", "bookTitle", "websiteTitle",
        "blogTitle", "encyclopediaTitle", "dictionaryTitle", "forumTitle", "booktitle",
    ),
    "volume": ("volume",),
    "issue": ("issue",),
    "number": ("number", "arxiv", "reportNumber", "patentNumber", "arxiv_id"),
    "page": ("pages", "page"),
    "publisher": ("publisher", "university", "institution", "school"),
    "publisher-place": ("place", "location"),
    "URL": ("url", "URL"),
    "ISBN": ("isbn", "ISBN"),
    "ISSN": ("issn", "ISSN"),
    "PMID": ("pmid", "PMID"),
    "PMCID": ("pmcid", "PMCID"),
    "language": ("lang", "language"),
    "edition": ("edition",),
    "collection-title": ("series", "seriesTitle"),
    "note": ("text",),
}  # fmt: skip
_MARKS = {"title", "text", "authors", "container", "doi", "publicationTitle", "creators"}
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?!\d)")


def fits(row: Mapping[str, Any]) -> bool:
    """Tell by any field that this form has."""
    return not _MARKS.isdisjoint(row)


def read(row: Mapping[str, Any]) -> Item:
    """Turn a row into a CSL item; raises `ValueError` where it says nothing of a work."""
    item: dict[str, Any] = {}
    for name, keys in _TEXTS.items():
        for key in keys:
            value = row.get(key)
            if value is not None and value != "":
                item[name] = value.strip() if type(value) is str else _text(value)
                break
    if not item.get("title") and not item.get("note") and not item.get("container-title"):
        raise ValueError("has neither a title nor a container nor the text of a reference")
    doi = row.get("doi") or row.get("DOI")
    if doi:
        item["DOI"] = normal_doi(str(doi)) or str(doi).lower()
    if row.get("id"):
        item["id"] = str(row["id"])
    kind = row.get("type") or ""
    item["type"] = _TYPES.get(kind, kind) or (
        "article-journal" if item.get("volume") else "document"
    )
    people = row.get("authors") or row.get("author") or row.get("creators")
    if people:
        _add_people(item, people)
    if parts := _date(row):
        item["issued"] = {"date-parts": [parts]}
    return item


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    return str(value) if isinstance(value, str | int | float) else ""


def _add_people(item: dict[str, Any], people: Any) -> None:
    if isinstance(people, str):
        people = re.split(r"\s*;\s*|\s+and\s+", people)
    if not isinstance(people, list):
        raise TypeError("has authors that are neither a list nor a text")
    for one in people:
        if isinstance(one, str):
            name = _name(one)
            role = "author"
        elif isinstance(one, Mapping):
            name = {
                "family": str(one.get("family") or one.get("lastName") or ""),
                "given": str(one.get("given") or one.get("firstName") or ""),
                "literal": str(one.get("literal") or one.get("name") or ""),
            }
            name = {key: value for key, value in name.items() if value}
            role = str(one.get("role") or one.get("creatorType") or "author")
        else:
            continue
        if name:
            role = role if role in {"editor", "translator"} else "author"
            item.setdefault(role, []).append(name)


def _name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(",")
    if comma and given.count(",") == 0:
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": text.strip()} if text.strip() else {}


def _date(row: Mapping[str, Any]) -> list[int]:
    said = row.get("date") or row.get("year") or row.get("issued")
    if type(said) is int:
        return (
            [said, row["month"]]
            if type(row.get("month")) is int and 1 <= row["month"] <= 12
            else [said]
        )
    if not said:
        return []
    text = str(said)
    match = _ISO.match(text)
    if match:
        parts = [int(match[1])]
        for group, high in ((2, 12), (3, 31)):
            if not match[group] or not 1 <= int(match[group]) <= high:
                break
            parts.append(int(match[group]))
        return parts
    year = _YEAR.search(text)
    return [int(year[1])] if year else []


IMPORTER = JsonImporter("flat JSON Lines", fits, read)
