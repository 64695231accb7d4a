"""The same story at several addresses of one publisher, made one candidate.

A title says that two pages are one story only together with the publisher, and only where their
days do not speak against it: syndication, mobile and printed forms, what an index knows without an
address and another without a day. The same story elsewhere stays a candidate of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from refcheck import outlets
from refcheck.identifiers import host
from refcheck.matching.link_evidence import headline
from refcheck.matching.merge import join
from refcheck.model import Candidate
from refcheck.record import Record
from refcheck.text import fold, tokens

LEAST = 5
"""Words, or pairs of signs, from which on a title tells one story of a publisher's."""

APART = 4
"""Days between two sights of one story at most."""


def gather(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return each story once, in the order of the candidates' first; order does not change what is one."""
    groups: dict[tuple[str, str], list[list[Candidate]]] = {}
    order: list[list[Candidate]] = []
    for candidate in sorted(
        candidates, key=lambda one: (_day(one.record) or date.min, repr(one.record.url))
    ):
        key = _key(candidate.record)
        mine = groups.setdefault(key, []) if key else []
        for group in mine:
            if all(_near(candidate.record, other.record) for other in group):
                group.append(candidate)
                break
        else:
            group = [candidate]
            mine.append(group)
            order.append(group)
    return tuple(join(group) for group in order)


def _key(record: Record) -> tuple[str, str] | None:
    said = tokens(headline(record))
    if len(said) < LEAST:
        return None
    address = record.url or record.publisher
    whose = outlets.at(address) or outlets.find(record.container_title)
    site = whose.site if whose else host(address) or fold(record.container_title)
    return (" ".join(said), site) if site else None


def _near(one: Record, other: Record) -> bool:
    a, b = _day(one), _day(other)
    return a is None or b is None or abs((a - b).days) <= APART


def _day(record: Record) -> date | None:
    start = record.issued.start if record.issued else ()
    return date(*start) if start and len(start) == 3 else None
