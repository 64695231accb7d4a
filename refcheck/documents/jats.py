"""JATS XML: articles as journals keep them; text between tags, references by ``<ref>``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from refcheck.documents.form import Format
from refcheck.documents.layout import Layout, block, merged, read_text
from refcheck.documents.patching import patch_text
from refcheck.documents.xmltext import TOKEN, escape
from refcheck.model import Block, Document, Edit

_BLOCKS = {"p": "paragraph", "title": "heading", "article-title": "heading", "mixed-citation": "list_item", "element-citation": "list_item", "citation": "list_item", "label": "paragraph", "td": "table_row", "th": "table_row", "abstract": "paragraph", "subtitle": "paragraph", "trans-title": "paragraph"}  # fmt: skip
_INERT = re.compile(
    r"<(code|preformat|tex-math|mml:math|inline-formula|disp-formula|inline-graphic|alternatives)\b[^<>]*>(?:(?!</\1>).){0,40000}</\1>",
    re.DOTALL,
)


def scan(text: str) -> Layout:
    """Tell blocks of a JATS text; tags and formulas are inert."""
    inert = [m.span() for m in _INERT.finditer(text)]
    blocks: list[Block] = []
    stack: list[tuple[str, int]] = []
    in_references, listed = False, 0
    for token in TOKEN.finditer(text):
        if token["text"] is None:
            inert.append(token.span())
        tag = token["name"]
        if tag is None or tag not in _BLOCKS:
            in_references = in_references or tag == "ref-list"
            if tag == "list-item":
                listed += -1 if token["close"] else 1
            continue
        if token["close"]:
            while stack and stack[-1][0] != tag:
                stack.pop()
            if stack:
                _, start = stack.pop()
                if not stack and token.start() > start:
                    kind = "list_item" if tag == "p" and listed else _BLOCKS[tag]
                    if tag == "article-title" and in_references:
                        continue
                    level = 1 if tag == "article-title" else 2 if kind == "heading" else 0
                    blocks.append(block(kind, start, token.start(), start, level))
        elif not token["empty"]:
            stack.append((tag, token.end()))
    return Layout(tuple(sorted(blocks, key=lambda b: b.span)), merged(inert))


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a JATS article."""
    return read_text(files, name, "jats", scan)


def patch(document: Document, edits: Sequence[Edit]) -> Mapping[str, bytes]:
    """Write an article with edits, their text escaped as XML is."""
    return patch_text(document, edits, lambda text, _: escape(text, document.encoding))


FORMAT = Format(suffixes=(".xml", ".nxml", ".jats"), read=read, patch=patch, title="JATS XML")
