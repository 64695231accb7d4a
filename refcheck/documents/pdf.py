"""PDF, read only: the text as it stands on the pages; nothing can be written back.

A line end within a paragraph is kept as one; U+FFFE, which PDFium sets for a hyphen at a line's end, is
left out with the line end. Needs the extra ``pdf`` (pypdfium2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

from refcheck.documents.form import Format
from refcheck.documents.plain import scan
from refcheck.errors import InputError, OutputError
from refcheck.model import Document, Edit

PAGE_LIMIT = 3000
"""More pages than any article has."""


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read the text of a PDF. Raises `InputError` for what is encrypted, damaged or holds no text."""
    try:
        import pypdfium2
    except ImportError:
        raise InputError(
            f"{name}: reading PDF needs a further package: pip install 'refcheck-citations[pdf]'"
        ) from None
    pages: list[str] = []
    try:
        with pypdfium2.PdfDocument(files[name]) as document:
            if len(document) > PAGE_LIMIT:
                raise InputError(f"{name} has more than {PAGE_LIMIT} pages; split it")
            pages.extend(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError as error:
        why = "is encrypted" if "assword" in str(error) else "is cut off or damaged"
        raise InputError(f"{name} {why}; it cannot be read") from None
    pages = [_plain(page) for page in pages]
    starts = [0, *accumulate(len(page) + 2 for page in pages[:-1])]
    text = "\n\n".join(pages)
    layout = scan(text)
    return Document(
        name=name,
        format="pdf",
        text=text,
        raw=files[name],
        blocks=layout.blocks,
        inert=layout.inert,
        links=layout.links,
        parts=tuple((start, f"page {n}") for n, start in enumerate(starts, 1)),
        read_only="a PDF cannot be changed; correct the text that it was made from",
    )


def _plain(page: str) -> str:
    return re.sub(r"\ufffe(?:\r\n?|\n)?", "", page).replace("\r\n", "\n").replace("\x00", "")


def patch(document: Document, edits: Sequence[Edit]) -> Mapping[str, bytes]:
    """Return the PDF as it was; an edit is refused."""
    if edits:
        raise OutputError(
            f"{document.name} is a PDF, which is read only; correct the text it was made from"
        )
    return {document.name: document.raw}


FORMAT = Format(suffixes=(".pdf",), read=read, patch=patch, title="PDF (read only)")
