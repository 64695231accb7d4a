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
from refcheck.record import CSL_TYPES

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
_SLOTS = {key: (name, rank) for name, keys in _TEXTS.items() for rank, key in enumerate(keys)}
"""Where a field of the form goes, and whose word counts where two go to one place: the lower."""
_MARKS = {"title", "text", "authors", "container", "doi", "publicationTitle", "creators"}
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?!\d)")


def fits(row: Mapping[str, Any]) -> bool:
    """Tell by any field that this form has."""
    return not _MARKS.isdisjoint(row)


def read(row: Mapping[str, Any]) -> Item:
    """Turn a row into a CSL item; raises `ValueError` where it says nothing of a work."""
    item: dict[str, Any] = {}
    ranks: dict[str, int] = {}
    for key, value in row.items():
        slot = _SLOTS.get(key)
        if slot is None or value is None or value == "":
            continue
        name, rank = slot
        if ranks.get(name, rank) >= rank:
            item[name] = value.strip() if type(value) is str else _text(value)
            ranks[name] = rank
    if not item.get("title") and not item.get("note") and not item.get("container-title"):
        raise ValueError("has neither a title nor a container nor the text of a reference")
    doi = row.get("doi") or row.get("DOI")
    if doi:
        item["DOI"] = normal_doi(str(doi)) or str(doi).lower()
    if row.get("id"):
        item["id"] = str(row["id"])
    kind = _TYPES.get(row.get("type") or "", row.get("type"))
    if not kind:
        kind = "article-journal" if item.get("volume") else "document"
    item["type"] = kind if kind in CSL_TYPES else "document"
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
            found = (
                ("family", one.get("family") or one.get("lastName")),
                ("given", one.get("given") or one.get("firstName")),
                ("literal", one.get("literal") or one.get("name")),
            )
            name = {key: str(value).strip() for key, value in found if value}
            role = str(one.get("role") or one.get("creatorType") or "author")
        else:
            continue
        if name:
            role = role if role in {"editor", "translator"} else "author"
            item.setdefault(role, []).append(name)


def _name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(",")
    family, given = family.strip(), given.strip()
    if comma and family and "," not in given:
        return {"family": family, "given": given} if given else {"family": family}
    text = text.strip(" ,")
    return {"literal": text} if text else {}


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
