"""Text extracted from XML parts: gathered block by block, with the way back to the bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

from refcheck.documents.layout import block, merged
from refcheck.documents.xmltext import Piece, decode_text
from refcheck.model import Block, Document, Link, Span


@dataclass
class Extract:
    """Text as it grows, with blocks, links and where each run stands."""

    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    inert: list[tuple[int, int]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    opened: int = 0

    def text(self) -> str:
        """Return all text gathered."""
        return "".join(self.parts)

    def regions(self) -> tuple[tuple[int, str], ...]:
        """Return from which code point on the text stands in which part of the file."""
        out: list[tuple[int, str]] = []
        for piece in self.pieces:
            if not out or out[-1][1] != piece.part:
                out.append((piece.start, piece.part))
        return tuple(out)

    def add(self, part: str, raw: str, low: int, high: int) -> None:
        """Take a run of text from a part."""
        text, marks = decode_text(raw)
        self.pieces.append(Piece(part, self.length, text, low, high, marks))
        self.put(text)

    def document(self, name: str, form: str, raw: bytes, read_only: str = "") -> Document:
        """Return the document of which this is the text."""
        return Document(
            name=name,
            format=form,
            text=self.text(),
            raw=raw,
            blocks=tuple(self.blocks),
            inert=merged(self.inert),
            links=tuple(self.links),
            parts=self.regions(),
            read_only=read_only,
        )

    def put(self, text: str) -> None:
        """Take text that stands nowhere in the file: a tab, a line end between blocks."""
        self.parts.append(text)
        self.length += len(text)

    def close(self, kind: str, level: int = 0) -> None:
        """End a block: what was gathered since the last one is its text."""
        if self.length > self.opened:
            self.blocks.append(block(kind, self.opened, self.length, self.opened, level))
            self.put("\n")
        self.opened = self.length

    def link(self, start: int, target: str) -> None:
        """Note a hyperlink whose label began at ``start``: one without a target is a gap, others are inert.

        The label of a link that is set in brackets is read all the same: a marker may lead to its
        explanation.
        """
        if self.length <= start:
            return
        if not target.strip():
            span = Span(start, self.length)
            self.links.append(Link(span, span, Span(self.length, self.length)))
        elif not self._since(start).lstrip().startswith(("[", "(")):
            self.inert.append((start, self.length))

    def _since(self, start: int) -> str:
        found: list[str] = []
        left = self.length - start
        for part in reversed(self.parts):
            if left <= 0:
                break
            found.append(part[-left:])
            left -= len(part)
        return "".join(reversed(found))

    def current(self) -> str:
        """Return the text of the block that is open."""
        return self._since(self.opened)
