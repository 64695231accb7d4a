"""HTML: what stands between tags; tags themselves, scripts and code are left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from refcheck.documents import inline
from refcheck.documents.form import Format
from refcheck.documents.layout import Layout, block, merged, read_text
from refcheck.documents.patching import patch_text
from refcheck.documents.xmltext import fitting
from refcheck.model import Block, Document, Edit

_RAW = re.compile(
    r"<(script|style|svg|pre|code|kbd|samp|textarea|template|math|noscript)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<(?!a\b|!--)/?[A-Za-z][^<>\"']{0,400}+(?:\"[^\"]{0,20000}+\"[^<>\"']{0,400}+|'[^']{0,20000}+'[^<>\"']{0,400}+){0,40}+>|<\?[^<>]{0,400}\?>|<![A-Z][^<>]{0,400}>",
    re.IGNORECASE,
)
_BOUND = re.compile(r"<(/?)(h[1-6]|p|li|td|th|tr|dt|dd|div|blockquote|figcaption|caption|title|section|article|aside|body|ul|ol|dl|table|main|nav|header|footer|br|hr|form|head|html)\b[^<>]{0,2000}>", re.IGNORECASE)  # fmt: skip
_KINDS = {"li": "list_item", "td": "table_row", "th": "table_row", "tr": "table_row", "dt": "list_item", "dd": "list_item"}  # fmt: skip


def scan(text: str) -> Layout:
    """Tell blocks, tags and code, and links of an HTML text."""
    raw = _raw(text)
    inert = raw + [match.span() for match in _TAG.finditer(text)]
    return Layout(_blocks(text, raw), merged(inert), tuple(inline.anchors(text)))


def _raw(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    lower = text.lower() if text.isascii() else re.sub(r"[A-Z]", lambda m: m[0].lower(), text)
    at = 0
    missing: set[str] = set()
    while match := _RAW.search(text, at):
        name = match[1].lower()
        end = -1 if name in missing else lower.find(f"</{name}", match.end())
        if end < 0:
            missing.add(name)
            at = match.end()
            continue
        if name != "pre" or "@" not in text[match.end() : match.end() + 40]:
            found.append((match.start(), end))
        at = end
    return found


def _blocks(text: str, raw: list[tuple[int, int]]) -> tuple[Block, ...]:
    out = []
    kind, level, start = "paragraph", 0, 0
    bounds = [*_BOUND.finditer(text)]
    spans = iter(raw)
    code = next(spans, None)
    for match in bounds:
        while code is not None and code[1] <= match.start():
            code = next(spans, None)
        if code is not None and code[0] <= match.start() < code[1]:
            continue
        name = match[2].lower()
        if text[start : match.start()].strip():
            inner = start
            while text[inner] in " \t\r\n":
                inner += 1
            out.append(block(kind, start, match.start(), inner, level))
        start = match.end()
        if match[1]:
            kind, level = "paragraph", 0
        elif name[0] == "h" and name[1:].isdigit():
            kind, level = "heading", int(name[1])
        elif name == "title":
            kind, level = "heading", 1
        elif name not in {"br", "div", "section"} or kind == "paragraph":
            kind, level = _KINDS.get(name, "paragraph"), 1 if name in _KINDS else 0
    if text[start:].strip():
        out.append(block(kind, start, len(text), start, level))
    return tuple(out)


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read an HTML document."""
    return read_text(files, name, "html", scan)


def patch(document: Document, edits: Sequence[Edit]) -> Mapping[str, bytes]:
    """Write a page with edits; their text is HTML already, signs that its encoding lacks are named."""
    return patch_text(document, edits, lambda text, _: fitting(text, document.encoding))


FORMAT = Format(suffixes=(".html", ".htm", ".xhtml"), read=read, patch=patch, title="HTML")
