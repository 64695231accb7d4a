"""Several findings at one place: the surest stays, then the longest, then the most specific."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from refcheck.model import Kind, Placeholder

_CERTAINTY = {"certain": 0, "likely": 1, "maybe": 2}
_SPECIFIC: dict[Kind, int] = {
    "leaked_token": 0,
    "incomplete_reference": 1,
    "template_reference": 2,
    "fake_identifier": 3,
    "dummy_url": 4,
    "link_placeholder": 5,
    "bibliography_placeholder": 6,
    "citation_marker": 7,
    "other_placeholder": 9,
}


def settle(placeholders: Iterable[Placeholder]) -> tuple[Placeholder, ...]:
    """Return the placeholders without overlaps, in order of place.

    References that are written out, and what is said of consistency, may hold placeholders and are
    kept beside them. What lies in the instruction that another replaces with it goes with it.
    """
    given = tuple(placeholders)
    apart = [p for p in given if p.kind in {"reference", "consistency"}]
    ranked = sorted(
        (p for p in given if p.kind not in {"reference", "consistency"}),
        key=lambda p: (
            p.kind == "other_placeholder",
            _CERTAINTY[p.certainty],
            -(p.span.end - p.span.start),
            _SPECIFIC.get(p.kind, 8),
            p.span,
        ),
    )
    occupied = _Occupied()
    taken = [one for one in ranked if occupied.add(one.replaced.start, one.replaced.end)]
    return tuple(sorted((*taken, *apart), key=lambda p: (p.span, p.rule)))


class _Occupied:
    """Ranges that do not overlap, kept in order."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, start: int, end: int) -> bool:
        """Take a range unless one that is taken shares a code point with it."""
        at = bisect_left(self.starts, start)
        if at < len(self.starts) and self.starts[at] < end:
            return False
        if at and self.ends[at - 1] > start:
            return False
        self.starts.insert(at, start)
        self.ends.insert(at, end)
        return True
