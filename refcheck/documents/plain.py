"""Plain text, with the Markdown habits that people have there: lists, headings, links."""

from __future__ import annotations

from collections.abc import Mapping

from refcheck.documents import inline, lines
from refcheck.documents.form import Format
from refcheck.documents.layout import Layout, merged, read_text
from refcheck.documents.patching import patch_text
from refcheck.model import Document


def scan(text: str) -> Layout:
    """Tell blocks, code and links of a plain text."""
    blocks, code = lines.blocks(text, plain=True)
    inert = [*code, *inline.code_spans(text, blocks)]
    return Layout(blocks, merged(inert), inline.markdown_links(text))


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a plain text."""
    return read_text(files, name, "plain", scan)


FORMAT = Format(suffixes=(".txt", ".text"), read=read, patch=patch_text, title="plain text")
