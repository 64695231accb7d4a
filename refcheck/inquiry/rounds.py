"""How an inquiry goes: rounds of questions, each sent only when the one before is answered.

An inquiry is a generator. It yields a `Round` and is sent the `State` that its answers have led
to; it ends when there is nothing more worth asking. It opens no connection and decides nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from refcheck.model import (
    Corrected,
    Entity,
    Match,
    NotAsked,
    Query,
    Resolution,
    Resolved,
    Verified,
)

Scope = Literal["own", "public"]
"""Whom a round asks: the user's libraries and catalogue, or public sources."""


@dataclass(frozen=True, slots=True)
class Round:
    """Questions that do not depend on each other's answers.

    ``names`` are the public sources to put them to, of those that are on; all that understand the
    questions where none is named. ``stand_ins`` says who may be asked in place of one of them that
    has to be left alone for a while.
    """

    queries: tuple[Query, ...]
    scope: Scope = "public"
    names: tuple[str, ...] = ()
    stand_ins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """What is known after a round: the decision so far, and what was learnt of names.

    Of ``open`` inquiries it is not known yet which work is meant; so many as ``nth`` stand before this.
    """

    resolution: Resolution = field(default_factory=NotAsked)
    entities: tuple[Entity, ...] = ()
    nth: int = 0
    open: int = 1

    @property
    def decided(self) -> bool:
        """Whether it is known which work is meant, so that no further question is needed."""
        return isinstance(self.resolution, Resolved | Verified | Corrected)

    @property
    def matches(self) -> tuple[Match, ...]:
        """The candidates compared so far, best first."""
        resolution = self.resolution
        if isinstance(resolution, Resolved | Verified | Corrected):
            return (resolution.match, *resolution.others)
        return tuple(getattr(resolution, "matches", ()))


Inquiry = Generator[Round, State, None]
