"""The article as a page shows it: passages with its findings marked in them, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, takewhile
from typing import Generic, Protocol, TypeVar

from refcheck.model import Document, Span
from refcheck.writers.view import Item

LINES_COUNT = frozenset({"plain", "text"})
"""Formats in which the end of a line within a paragraph is meant."""


class Shown(Protocol):
    """Whatever a page shows of a finding."""

    @property
    def item(self) -> Item:
        """The finding in its document."""
        ...


Card = TypeVar("Card", bound=Shown)


@dataclass(frozen=True, slots=True)
class Passage(Generic[Card]):
    """A block of the article: its pieces, each with the card it belongs to, and the cards below."""

    kind: str
    level: int
    pieces: Sequence[tuple[str, Card | None]]
    cards: Sequence[Card]


def flows(document: Document) -> bool:
    """Tell whether line ends within a paragraph mean nothing in a document."""
    return document.format not in LINES_COUNT


def language(items: Sequence[Item]) -> str:
    """Return the language in which the document is written, where a finding tells it."""
    for item in items:
        told = item.finding.placeholder.clues.written_in
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", told):
            return told
    return ""


def passages(document: Document, cards: Sequence[Card]) -> Iterator[Passage[Card]]:
    """Cut the article into blocks; a card stands below the block in which its text ends.

    The cards are given in order of place. Of further files of the document only the blocks with
    findings are shown, below the article, under the file's name.
    """
    yield from _through(document, [card for card in cards if card.item.document is document])
    for further in document.further:
        if mine := [card for card in cards if card.item.document is further]:
            yield Passage("heading", 2, ((further.name, None),), ())
            for passage in _through(further, mine):
                if passage.cards or any(card for _, card in passage.pieces):
                    yield passage


def _through(document: Document, cards: Sequence[Card]) -> Iterator[Passage[Card]]:
    waiting = list(cards)
    for kind, level, span in _spans(document):
        begun = partial(_begins_before, span.end)
        here = list(takewhile(begun, waiting))  # they are in order of place
        ended = [card for card in here if _span(card).end <= span.end]
        yield Passage(kind, level, _pieces(document, span, here), ended)
        if ended:
            done = set(map(id, ended))
            waiting = [card for card in waiting if id(card) not in done]
    if waiting:  # what stands in nothing that is shown
        yield Passage("other", 0, (), waiting)


def _span(card: Shown) -> Span:
    return card.item.finding.placeholder.span


def _begins_before(end: int, card: Shown) -> bool:
    return _span(card).start < end


def _spans(document: Document) -> Iterator[tuple[str, int, Span]]:
    """Return the blocks in order, and the lines between them that are not empty."""
    at = 0
    for block in document.blocks:
        if block.span.start < at:
            continue
        yield from _lines(document, at, block.span.start)
        yield block.kind, block.level, block.span
        at = block.span.end
    yield from _lines(document, at, len(document.text))


def _lines(document: Document, start: int, end: int) -> Iterator[tuple[str, int, Span]]:
    for match in re.finditer(r"[^\r\n]*\S[^\r\n]*", document.text[start:end]):
        yield "other", 0, Span(start + match.start(), start + match.end())


def _pieces(
    document: Document, span: Span, cards: Sequence[Card]
) -> Sequence[tuple[str, Card | None]]:
    """Cut a block at the bounds of findings; where they overlap, the shorter one has the text."""
    end = span.start + len(document.slice(span).rstrip("\r\n"))
    if not cards:
        return ((document.text[span.start : end], None),)
    bounds = {span.start, end}
    for card in cards:
        mine = _span(card)
        bounds |= {min(max(mine.start, span.start), end), min(max(mine.end, span.start), end)}
    cuts = sorted(bounds)
    out = []
    for left, right in pairwise(cuts):
        over = [c for c in cards if _span(c).start <= left and right <= _span(c).end]
        shortest = min(over, key=lambda c: _span(c).end - _span(c).start, default=None)
        out.append((document.text[left:right], shortest))
    return out
