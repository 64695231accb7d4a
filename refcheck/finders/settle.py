"""Several findings at one place: the surest stays, then the longest, then the most specific."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

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
    """Return the placeholders without overlaps, in order of place; each file by itself.

    A written reference that holds a gap is left to the rule of that gap; what is said of consistency
    is kept beside. What lies in the instruction that another replaces with it goes with it.
    """
    by_file: dict[str, list[Placeholder]] = {}
    for one in placeholders:
        by_file.setdefault(one.file, []).append(one)
    return tuple(one for _, found in sorted(by_file.items()) for one in _settled(found))


def _settled(given: Sequence[Placeholder]) -> list[Placeholder]:
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
    occupied, gaps = _Occupied(), _Occupied()
    taken = []
    for one in ranked:
        if occupied.add(one.replaced.start, one.replaced.end):
            taken.append(one)
            if one.certainty != "maybe" and one.kind != "other_placeholder":
                gaps.add(one.replaced.start, one.replaced.end)
    apart = [
        one
        for one in given
        if one.kind == "consistency"
        or (one.kind == "reference" and not gaps.touched(one.span.start, one.span.end))
    ]
    return sorted((*taken, *apart), key=lambda p: (p.span, p.rule))


class _Occupied:
    """Ranges that do not overlap, kept in order."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, start: int, end: int) -> bool:
        """Take a range unless one that is taken shares a code point with it."""
        if self.touched(start, end):
            return False
        at = bisect_left(self.starts, start)
        self.starts.insert(at, start)
        self.ends.insert(at, end)
        return True

    def touched(self, start: int, end: int) -> bool:
        """Tell whether a range that is taken shares a code point with this one."""
        at = bisect_left(self.starts, start)
        if at < len(self.starts) and self.starts[at] < end:
            return True
        return bool(at) and self.ends[at - 1] > start
