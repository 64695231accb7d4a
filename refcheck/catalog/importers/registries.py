"""Dumps of Crossref, OpenAlex and DataCite: their records are read as their answers are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from refcheck.catalog.importers.form import Item, JsonImporter
from refcheck.lookup import crossref, datacite, openalex
from refcheck.model import Found
from refcheck.record import to_csl


def _reader(record: Callable[[Mapping[str, Any]], Found]) -> Callable[[Mapping[str, Any]], Item]:
    def read(row: Mapping[str, Any]) -> Item:
        found = record(row)
        item = to_csl(found.record)
        if not item.get("title"):
            raise ValueError("has no title")
        item["id"] = found.id or item.get("DOI", "")
        return item

    return read


def _is_crossref(row: Mapping[str, Any]) -> bool:
    return "DOI" in row and isinstance(row.get("title"), list)


def _is_openalex(row: Mapping[str, Any]) -> bool:
    return "authorships" in row or str(row.get("id", "")).startswith("https://openalex.org/W")


def _is_datacite(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("attributes"), Mapping) and "doi" in row["attributes"]


IMPORTERS = (
    JsonImporter("Crossref", _is_crossref, _reader(crossref.record)),
    JsonImporter("OpenAlex", _is_openalex, _reader(openalex.record)),
    JsonImporter("DataCite", _is_datacite, _reader(datacite.record)),
)
