"""Org: headings by stars, lists, source blocks, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refcheck.documents.form import Format, bibliography_of
from refcheck.documents.layout import Layout, merged, read_text
from refcheck.documents.markup_lines import Marks, blocks
from refcheck.documents.patching import patch_text
from refcheck.model import Citing, Document, KeyForm, Link, Span

_MARKS = Marks(
    heading=re.compile(
        r"(?P<level>\*{1,8})[ \t]+(?:(?:TODO|DONE)[ \t]+)?(?P<text>\S.*?)[ \t]*(?::[\w:@]+:)?$"
    ),
    item=re.compile(r"[ \t]*(?:[-+]|\d{1,3}[.)])[ \t]+(?:\[[ X-]\][ \t]+)?"),
    open=re.compile(r"(?i)[ \t]*#\+begin_(src|example|export|latex)\b"),
    close=r"[ \t]*#\+end_@",
    skip=re.compile(r"(?i)[ \t]*(?:#\+|:[\w-]+:|\|)"),
)
_LITERAL = re.compile(r"(?<![\w=~])([=~])[^\s=~](?:[^=~\r\n]{0,300}[^\s=~])?\1(?!\w)")
_LINK = re.compile(r"\[\[(?P<target>[^\[\]\r\n]{0,1000})\](?:\[(?P<label>[^\[\]\r\n]{0,400})\])?\]")
_MATH = re.compile(
    r"(?<![\\$\w])\$(?=[^\s$])[^$\r\n]{0,400}?(?<![\s\\])\$(?![\w$])|\\\[(?:[^\\]|\\(?!\])){0,2000}+\\\]"
)
_BIB = re.compile(rb"(?im)^#\+bibliography:[ \t]*(\S+\.(?:bib|json))")


def needs(data: bytes) -> tuple[str, ...]:
    """Name the bibliography that the document names."""
    return tuple(match[1].decode("utf-8", "replace") for match in _BIB.finditer(data))


def scan(text: str) -> Layout:
    """Tell blocks, source blocks and mathematics, and links of an Org text."""
    found, code = blocks(text, _MARKS)
    inert = [
        *code,
        *(m.span() for m in _LITERAL.finditer(text)),
        *(m.span() for m in _MATH.finditer(text)),
    ]
    links = tuple(
        Link(Span(*m.span()), Span(*(m.span("label") if m["label"] is not None else (m.end(), m.end()))), Span(*m.span("target")))
        for m in _LINK.finditer(text)
    )  # fmt: skip
    return Layout(found, merged(inert), links)


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read an Org document."""
    return read_text(files, name, "org", scan)


def citing(document: Document) -> Citing | None:
    """Say that a document with a bibliography, or with citations by key, cites by key.

    Source: Org's manual, 16 "Citation handling" (``[cite:@key]``, ``[cite/t:@key]``).
    """
    if not needs(document.raw) and "[cite:@" not in document.text:
        return None
    bracketed, prose = KeyForm("[cite:", "@", ";", "]"), KeyForm("[cite/t:", "@", ";", "]")
    return Citing(bracketed, prose, bibliography_of(document))


FORMAT = Format(
    suffixes=(".org",), read=read, patch=patch_text, needs=needs, citing=citing, title="Org"
)
