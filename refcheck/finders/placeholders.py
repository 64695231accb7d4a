"""Gaps to placeholders: with the rule's name, and with clues."""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.finders.clues import clues
from refcheck.finders.gaps.collect import Gap, gaps
from refcheck.finders.surroundings import of
from refcheck.model import Certainty, Document, Finder, Kind, Placeholder, Slot, Span


def of_kind(document: Document, kind: Kind, finder: Finder) -> Sequence[Placeholder]:
    """Return the gaps of one kind as placeholders of a rule."""
    around = of(document)
    return [
        Placeholder(
            finder.rule,
            finder.name,
            kind,
            gap.span,
            gap.certainty,
            clues(around, gap),
            gap.extent,
            gap.slot,
        )
        for gap in gaps(document)
        if gap.kind == kind
    ]


def placed(
    document: Document,
    finder: Finder,
    start: int,
    end: int,
    certainty: Certainty = "certain",
    slot: Slot = "citation",
) -> Placeholder:
    """Return a placeholder of a rule at a place, with its clues."""
    gap = Gap(finder.kind, certainty, Span(start, end), None, slot)
    return Placeholder(
        finder.rule,
        finder.name,
        finder.kind,
        gap.span,
        certainty,
        clues(of(document), gap),
        None,
        slot,
    )
