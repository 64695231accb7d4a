"""The works that a document's own bibliographies hold, as candidates for its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath

from refcheck.bibliography.bibtex_read import read
from refcheck.errors import LibraryError
from refcheck.model import Candidate, Document, Provenance
from refcheck.record import csl_variable

SOURCE = "document"
"""What the provenance names as the source of what the author's own files say."""


def candidates(document: Document, now: datetime) -> tuple[Candidate, ...]:
    """Return the works of the .bib files that belong to a document; a broken file has none."""
    return tuple(_of_files(document, now))


def _of_files(document: Document, now: datetime) -> Iterator[Candidate]:
    for name, data in document.files.items():
        if not name.lower().endswith(".bib"):
            continue
        try:
            records = read(data, name).records
        except LibraryError:
            continue  # told where the bibliography itself is read
        for record in records:
            where = tuple((field, csl_variable(field)) for field in record.present())
            place = f"{PurePath(name).name}#{record.id}"
            yield Candidate(record, (Provenance(SOURCE, place, record.url, now, where),))
