"""arXiv's metadata as JSON Lines (``arxiv-metadata-oai-snapshot.json``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from refcheck.catalog.importers.form import Item, JsonImporter
from refcheck.identifiers import normal_doi


def fits(row: Mapping[str, Any]) -> bool:
    """Tell by the fields that only this dump has."""
    return "categories" in row and ("authors_parsed" in row or "versions" in row)


def read(row: Mapping[str, Any]) -> Item:
    """Turn a line into a CSL item; raises `ValueError` where it has no title."""
    title = " ".join(str(row.get("title") or "").split())
    if not title:
        raise ValueError("has no title")
    number = str(row.get("id") or "")
    item: dict[str, Any] = {
        "id": f"arxiv:{number}",
        "type": "article",
        "title": title,
        "number": f"arXiv:{number}",
        "URL": f"https://arxiv.org/abs/{number}",
        "publisher": "arXiv",
    }
    people = [
        {"family": parts[0], "given": parts[1]} if parts[1:] and parts[1] else {"family": parts[0]}
        for parts in row.get("authors_parsed") or ()
        if isinstance(parts, list) and parts and parts[0]
    ]
    if people:
        item["author"] = people
    if doi := normal_doi(str(row.get("doi") or "")):
        item["note"] = f"published as doi:{doi}"
    for version in (row.get("versions") or ())[:1]:
        words = str(version.get("created") or "").split()
        if len(words) >= 4 and words[3].isdigit():
            item["issued"] = {"date-parts": [[int(words[3])]]}
    return item


IMPORTER = JsonImporter("arXiv", fits, read)
