"""All places that stand for a source, told once for the rules that share them.

One file a way of leaving a place open (`boxed`, `links`, `notes`, `labels`, `sections`, `shouted`,
`blanks`, `tex`, `typst`, `keys`, `templates`): each yields where a gap is and what it is. What a text
says is read by `reading`, in the words of `refcheck.finders.words`, and judged by `judging` and
`demands`; `spoken` leaves out what is only spoken of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from refcheck.finders.gaps import (
    blanks,
    boxed,
    keys,
    labels,
    links,
    notes,
    sections,
    shouted,
    spoken,
    templates,
    tex,
    typst,
)
from refcheck.finders.gaps.extent import extent, slot
from refcheck.finders.surroundings import Surroundings, of
from refcheck.model import Certainty, Document, Kind, Slot, Span

WAYS = (
    boxed.find, links.find, links.masked_addresses, notes.comments, tex.find, templates.find, typst.find, keys.find, notes.notes,
    shouted.find, labels.find, sections.find, blanks.footnotes, blanks.blanks,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """A place, what it is, what an edit replaces and what belongs there."""

    kind: Kind
    certainty: Certainty
    span: Span
    extent: Span | None
    slot: Slot


def gaps(document: Document) -> tuple[Gap, ...]:
    """Return all gaps of a document, overlaps included. Kept for the rules that ask after it."""
    last = _KEPT.get("last")
    if last is None or last[0] is not document:
        last = _KEPT["last"] = (document, tuple(_all(of(document))))
    return last[1]


_KEPT: dict[str, tuple[Document, tuple[Gap, ...]]] = {}


def spans_within(document: Document, low: int, high: int) -> Sequence[Span]:
    """Return where the gaps stand that begin in a stretch of a document, in order."""
    last = _SPANS.get("last")
    if last is None or last[0] is not document:
        last = _SPANS["last"] = (document, sorted(one.span for one in gaps(document)))
    spans = last[1]
    return spans[bisect_left(spans, Span(low, low)) : bisect_left(spans, Span(high, high))]


_SPANS: dict[str, tuple[Document, list[Span]]] = {}


def _all(around: Surroundings) -> Iterator[Gap]:
    for find in WAYS:
        for start, end, verdict in find(around):
            certainty = verdict.certainty
            if _is_named(around, find is tex.find or find is templates.find, start, end):
                continue
            if certainty != "maybe" and spoken.is_prompt(around, start):
                certainty = "maybe"
            yield Gap(
                verdict.kind, certainty, Span(start, end), extent(around, start, end, verdict.kind),
                slot(around, start, verdict.kind),
            )  # fmt: skip


def _is_named(around: Surroundings, command: bool, start: int, end: int) -> bool:
    """Tell whether a command or a template is called by its name: "{{fact}} tags"."""
    if not command or around.document.format in {"latex", "wikitext"}:
        return False
    return spoken.is_called(around.document.text, start, end)
