"""AsciiDoc: sections, lists, delimited blocks, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refcheck.documents.form import Format
from refcheck.documents.layout import Layout, merged, read_text
from refcheck.documents.markup_lines import Marks, blocks
from refcheck.documents.patching import patch_text
from refcheck.model import Document, Link, Span

_MARKS = Marks(
    heading=re.compile(r"(?P<level>={1,6}|#{1,6})[ \t]+(?P<text>\S.*?)[ \t]*$"),
    item=re.compile(r"[ \t]*(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.)[ \t]+(?:\[[ *x]\][ \t]+)?"),
    open=re.compile(r"(-{4,}|\.{4,}|\+{4,}|`{3,}|/{4,})[\w ]*$"),
    close="@\\s*$",
    skip=re.compile(r":[\w-]+!?:|\[[^\]]*\]$|//|\|===|include::|image::|<<<|'''"),
    underline=re.compile(r"[=~^+-]{4,}\s*$"),
)
_LITERAL = re.compile(
    r"`\+?[^`\r\n]{1,400}\+?`|\+\+\+?[^+\r\n]{1,400}\+\+\+?|stem:\[[^\]\r\n]{1,400}\]|pass:\w*\[[^\]\r\n]{0,400}\]"
)
_LINK = re.compile(
    r"(?<!\w)(?:link:(?P<target>[^\s\[\]]{0,1000})|(?P<url>https?://[^\s\[\]<>]{1,1000}))\[(?P<label>[^\[\]\r\n]{0,400})\]"
)


def scan(text: str) -> Layout:
    """Tell blocks, literal parts and links of an AsciiDoc text."""
    found, code = blocks(text, _MARKS)
    links = []
    for m in _LINK.finditer(text):
        group = "target" if m["target"] is not None else "url"
        links.append(Link(Span(*m.span()), Span(*m.span("label")), Span(*m.span(group))))
    return Layout(
        found, merged([*code, *(m.span() for m in _LITERAL.finditer(text))]), tuple(links)
    )


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read an AsciiDoc document."""
    return read_text(files, name, "asciidoc", scan)


FORMAT = Format(
    suffixes=(".adoc", ".asciidoc", ".asc"), read=read, patch=patch_text, title="AsciiDoc"
)
