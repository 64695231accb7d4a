"""BibTeX and BibLaTeX files: entries as they stand, whatever is odd about them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refcheck.documents.form import Format
from refcheck.documents.layout import Layout, block, read_text
from refcheck.documents.patching import patch_text
from refcheck.model import Document

_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)


def scan(text: str) -> Layout:
    """Tell the entries of a bibliography: each from its sign to the next."""
    starts = [match.start() for match in _ENTRY.finditer(text)]
    ends = [*starts[1:], len(text)][: len(starts)]
    return Layout(
        tuple(
            block("list_item", start, start + len(text[start:end].rstrip()), start, 1)
            for start, end in zip(starts, ends, strict=True)
        )
    )


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a bibliography."""
    return read_text(files, name, "bibtex", scan)


FORMAT = Format(suffixes=(".bib", ".bibtex"), read=read, patch=patch_text, title="BibTeX, BibLaTeX")
