"""Typst: headings, lists, raw text, mathematics, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refcheck.documents import inline
from refcheck.documents.form import Format, bibliography_of
from refcheck.documents.layout import Layout, merged, read_text
from refcheck.documents.markup_lines import Marks, blocks
from refcheck.documents.patching import patch_text
from refcheck.model import Citing, Document, KeyForm, Link, Span

_MARKS = Marks(
    heading=re.compile(r"(?P<level>={1,6})[ \t]+(?P<text>\S.*?)[ \t]*$"),
    item=re.compile(r"[ \t]*(?:[-+]|\d{1,3}\.|/)[ \t]+"),
    open=re.compile(r"[ \t]*(`{3,})"),
    close=r"[ \t]*@",
    skip=re.compile(r"[ \t]*#(?:import|set|show|let|include|bibliography)\b"),
)
_LINK = re.compile(
    r"#link\(\"(?P<target>[^\"\r\n]{0,1000})\"\)(?:\[(?P<label>[^\[\]\r\n]{0,400})\])?"
)
_MATH = re.compile(r"(?<!\\)\$[^$]{1,600}\$")
_BIB = re.compile(rb"#bibliography\(\"([^\"]+)\"")


def needs(data: bytes) -> tuple[str, ...]:
    """Name the bibliography that the document names."""
    return tuple(match[1].decode("utf-8", "replace") for match in _BIB.finditer(data))


def scan(text: str) -> Layout:
    """Tell blocks, raw text and mathematics, and links of a Typst text."""
    found, code = blocks(text, _MARKS)
    inert = [*code, *inline.code_spans(text, found)]
    inert += [m.span() for m in _MATH.finditer(text)] if "$" in text else []
    links = tuple(
        Link(Span(*m.span()), Span(*(m.span("label") if m["label"] is not None else (m.end(), m.end()))), Span(*m.span("target")))
        for m in _LINK.finditer(text)
    )  # fmt: skip
    return Layout(found, merged(inert), links)


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a Typst document."""
    return read_text(files, name, "typst", scan)


def citing(document: Document) -> Citing | None:
    """Say that a document with a bibliography cites by key: ``@key``, ``#cite(<key>, form: "prose")``.

    Source: Typst's reference, "cite".
    """
    if not needs(document.raw):
        return None
    prose = KeyForm("#cite(<", "", '>, form: "prose") #cite(<', '>, form: "prose")')
    return Citing(KeyForm("", "@", " ", ""), prose, bibliography_of(document))


FORMAT = Format(
    suffixes=(".typ",), read=read, patch=patch_text, needs=needs, citing=citing, title="Typst"
)
