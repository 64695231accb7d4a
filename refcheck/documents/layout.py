"""What a scanner tells of a text, and how a text format is read: shared by the formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from refcheck.documents.decoding import decode
from refcheck.model import Block, Document, Link, Span

LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++$")
"""One line with its end, whichever of the three kinds it is."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Blocks, inert spans and links of a text; each in order."""

    blocks: tuple[Block, ...] = ()
    inert: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()


def read_text(
    files: Mapping[str, bytes], name: str, form: str, scan: Callable[[str], Layout]
) -> Document:
    """Read a document of a text format; ``scan`` tells its layout."""
    data = files[name]
    read = decode(data, name)
    layout = scan(read.text)
    return Document(
        name=name,
        format=form,
        text=read.text,
        raw=data,
        encoding=read.encoding,
        errors=read.errors,
        bom=read.bom,
        blocks=layout.blocks,
        inert=layout.inert,
        links=layout.links,
        files={other: content for other, content in files.items() if other != name},
        diagnostics=read.diagnostics,
    )


def merged(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Return spans in order, those that touch or overlap joined."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(Span(start, end) for start, end in out)


def block(kind: str, start: int, end: int, inner: int, level: int = 0) -> Block:
    """Make a block whose content begins at ``inner``."""
    return Block(kind, Span(start, end), Span(min(inner, end), end), level)  # type: ignore[arg-type]
