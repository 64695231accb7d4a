"""Plain text, with the Markdown habits that people have there: lists, headings, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refcheck.documents import inline, lines, program
from refcheck.documents.form import Format
from refcheck.documents.layout import Layout, merged, read_text
from refcheck.documents.patching import patch_text
from refcheck.model import Document


def scan(text: str) -> Layout:
    """Tell blocks, code and links of a plain text."""
    if re.match(r"\s*(?:\{\s*\"|\[\s*[\[{\"])", text) and text.rstrip()[-1:] in "]}":
        return Layout(inert=merged([(0, len(text))]))  # data, not text
    blocks, code = lines.blocks(text, plain=True)
    inert = [*code, *inline.code_spans(text, blocks), *program.code_spans(text)]
    return Layout(blocks, merged(inert), inline.markdown_links(text))


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a plain text."""
    return read_text(files, name, "plain", scan)


FORMAT = Format(suffixes=(".txt", ".text"), read=read, patch=patch_text, title="plain text")
