"""BibLaTeX: the richer dialect of .bib files, for biber."""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.bibliography.bibtex_read import read
from refcheck.bibliography.bibtex_write import write
from refcheck.bibliography.form import BibliographyForm
from refcheck.record import Record


def _write(records: Sequence[Record]) -> str:
    return write(records, biblatex=True)


FORM = BibliographyForm(suffixes=(".biblatex",), read=read, write=_write, title="BibLaTeX")
