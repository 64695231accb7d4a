"""Bibliographies that people keep: BibTeX, RIS and whatever `refcheck.bibliography` reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from refcheck.bibliography.read import form_of, read_records
from refcheck.catalog.importers.form import Broken, FileImporter, Item
from refcheck.errors import LibraryError
from refcheck.identifiers import normal_doi
from refcheck.record import to_csl


def read(file: BinaryIO) -> Iterator[Item | Broken]:
    """Yield the works of a bibliography, which is read whole."""
    try:
        reading = read_records("", file.read())
    except LibraryError as error:
        yield Broken(1, str(error))
        return
    for record in reading.records:
        item = to_csl(record)
        if record.doi:
            item["DOI"] = normal_doi(record.doi) or record.doi.lower()
        yield item
    for reject in reading.rejects:
        yield Broken(reject.line, f"{reject.what}: {reject.why}")


IMPORTER = FileImporter("bibliography", lambda start: bool(form_of("", start)), read)
