"""reStructuredText: sections by underlines, literal blocks, directives, roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from refcheck.documents.form import Format
from refcheck.documents.layout import LINE, Layout, merged, read_text
from refcheck.documents.markup_lines import Marks, blocks
from refcheck.documents.patching import patch_text
from refcheck.model import Document, Link, Span

_MARKS = Marks(
    heading=re.compile(r"(?!)(?P<level>)(?P<text>)"),
    item=re.compile(
        r"[ \t]*(?:[-*+•]|\(?(?:\d{1,4}|#|[a-zA-Z])[.)]|\.\. \[[^\[\]]{1,60}\]|\|)[ \t]+"
    ),
    skip=re.compile(r"\.\. [\w-]+::|:[\w -]+:(?:\s|$)|([=\-~^\"'`#*+.])\1{2,}\s*$"),
    underline=re.compile(r"([=\-~^\"'`#*+.:_])\1{1,}\s*$"),
)
_LITERAL = re.compile(
    r"``[^`\r\n]{1,400}``|:(?:code|math|literal|file|command|func|class|meth|mod|py:\w+):`[^`\r\n]{1,300}`"
)
_LINK = re.compile(r"`(?P<label>[^`<>\r\n]{1,300}?)\s*<(?P<target>[^`<>\r\n]{0,1000})>`_{1,2}")
_TARGET = re.compile(r"^\.\. _(?P<label>[^:\r\n]{1,200}):[ \t]*(?P<target>[^\r\n]*)$", re.MULTILINE)
_CODE = re.compile(r"(?P<indent>[ \t]*)(?:\.\. (?:code|code-block|sourcecode|literalinclude|math|parsed-literal|highlight|doctest|testcode|graphviz|raw|plot)::|(?!\.\. ).*::\s*$)")  # fmt: skip


def scan(text: str) -> Layout:
    """Tell blocks, literal parts and links of a reStructuredText."""
    found, code = blocks(text, _MARKS)
    inert = [*code, *_literal_blocks(text), *(m.span() for m in _LITERAL.finditer(text))]
    links = [
        Link(Span(*m.span()), Span(*m.span("label")), Span(*m.span("target")))
        for pattern in (_LINK, _TARGET)
        for m in pattern.finditer(text)
        if pattern is _LINK or m["target"].strip()
    ]
    return Layout(found, merged(inert), tuple(sorted(links, key=lambda link: link.span)))


def _literal_blocks(text: str) -> Iterator[tuple[int, int]]:
    depth, start = -1, 0
    for line in LINE.finditer(text):
        body = line[0]
        if not body.strip():
            continue
        indent = len(body) - len(body.lstrip(" \t"))
        if depth >= 0:
            if indent > depth:
                continue
            yield start, line.start()
            depth = -1
        if "::" in body and (match := _CODE.match(body.rstrip("\r\n"))):
            depth, start = len(match["indent"]), line.end()
    if depth >= 0:
        yield start, len(text)


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a reStructuredText document."""
    return read_text(files, name, "rst", scan)


FORMAT = Format(suffixes=(".rst", ".rest"), read=read, patch=patch_text, title="reStructuredText")
