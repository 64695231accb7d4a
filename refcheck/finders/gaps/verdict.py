"""What can be said of a place: its container, what is spoken of before it, the kind of gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from refcheck.model import Certainty, Kind

Container = Literal[
    "bracket", "paren", "angle", "brace", "note", "target", "value", "line", "comment"
]
About = Literal["", "list", "work", "link", "cite"]
"""What the label, the item or the heading before a place speaks of."""


Asked = Callable[[], About]
"""Tells what is spoken of before a place, where that is asked for: most places need no telling."""


def nothing() -> About:
    """Tell that nothing is known of what is spoken of before a place."""
    return ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gap is and how sure that is."""

    kind: Kind
    certainty: Certainty


Hit = tuple[int, int, Verdict]
"""Where a gap begins and ends, and what it is."""


def kind_of(about: About) -> Kind:
    """Return the kind of a gap of which only the surroundings tell what it stands for."""
    if about == "list":
        return "bibliography_placeholder"
    return "citation_marker" if about == "cite" else "link_placeholder"
