"""BibTeX: entries that compile with the standard styles; letters in UTF-8."""

from __future__ import annotations

from refcheck.bibliography.bibtex_read import read
from refcheck.bibliography.bibtex_write import write
from refcheck.bibliography.form import BibliographyForm

FORM = BibliographyForm(suffixes=(".bib", ".bibtex"), read=read, write=write, title="BibTeX")
