"""Markdown: CommonMark, with Pandoc's citations, footnotes, mathematics and YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refcheck.documents import inline, lines
from refcheck.documents.form import Format, bibliography_of
from refcheck.documents.layout import Layout, merged, read_text
from refcheck.documents.patching import patch_text
from refcheck.model import Citing, Document, KeyForm

_RAW = re.compile(r"<(script|style|svg)\b[^>]{0,400}>", re.IGNORECASE)
_BIB = re.compile(rb"^bibliography:[ \t]*[\"']?([^\s\"'\[\],]+\.(?:bib|json))", re.MULTILINE)


def needs(data: bytes) -> tuple[str, ...]:
    """Name the bibliography that the front matter names."""
    match = _BIB.search(data[:20_000])
    return (match[1].decode("utf-8", "replace"),) if match else ()


def scan(text: str) -> Layout:
    """Tell blocks, code and mathematics, and links of a Markdown text."""
    blocks, code = lines.blocks(text)
    inert = [*code, *inline.code_spans(text, blocks), *inline.math_spans(text), *raw_spans(text)]
    return Layout(blocks, merged(inert), inline.markdown_links(text))


def raw_spans(text: str) -> list[tuple[int, int]]:
    """Return HTML elements whose content is no text."""
    found = []
    at = 0
    lower = None
    while match := _RAW.search(text, at):
        lower = lower if lower is not None else text.lower()
        end = lower.find(f"</{match[1].lower()}", match.end())
        at = end if end >= 0 else len(text)
        found.append((match.start(), at))
    return found


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a Markdown document."""
    return read_text(files, name, "markdown", scan)


_CITED = re.compile(r"\[[^\[\]@\r\n]{0,80}@[A-Za-z0-9_][\w:.+/-]*[^\[\]\r\n]{0,200}\](?![(\[])")


def citing(document: Document) -> Citing | None:
    """Say that a document cites by key: its front matter names a bibliography, or it does so already.

    Source: Pandoc's manual, "Citation syntax".
    """
    bibliography = bibliography_of(document)
    named = bool(needs(document.raw))
    if not named and not any(
        not any(span.start <= match.start() < span.end for span in document.inert)
        for match in _CITED.finditer(document.text)
    ):
        return None
    return Citing(KeyForm("[", "@", "; ", "]"), KeyForm("", "@", "; ", ""), bibliography)


FORMAT = Format(
    suffixes=(".md", ".markdown", ".mdown", ".mkd", ".rmd", ".qmd", ".mdx"),
    read=read,
    patch=patch_text,
    needs=needs,
    citing=citing,
    title="Markdown (CommonMark, Pandoc)",
)
