"""CSL-JSON, one item a line or a list of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from refcheck.catalog.importers.form import Item, JsonImporter
from refcheck.identifiers import normal_doi
from refcheck.record import from_csl, to_csl

_OWN = {"container-title", "DOI", "issued", "ISBN", "publisher-place"}


def fits(row: Mapping[str, Any]) -> bool:
    """Tell by the variables that other forms spell otherwise."""
    if "authors" in row or "creators" in row:
        return False
    author = row.get("author")
    people = isinstance(author, list) and all(isinstance(one, Mapping) for one in author)
    return (
        isinstance(row.get("issued"), Mapping)
        or (people and "title" in row)
        or bool(_OWN & row.keys())
    )


def read(row: Mapping[str, Any]) -> Item:
    """Read an item as `refcheck.record` does; raises `ValueError` where it says nothing."""
    record = from_csl(row)
    item = to_csl(record)
    if not item.get("title") and not item.get("container-title") and not item.get("note"):
        raise ValueError("has neither a title nor a container")
    if record.doi:
        item["DOI"] = normal_doi(record.doi) or record.doi.lower()
    return item


IMPORTER = JsonImporter("CSL-JSON", fits, read)
