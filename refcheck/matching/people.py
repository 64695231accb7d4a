"""The people of a record looked for in a reference's text: who is named, where, with which initials."""

from __future__ import annotations

import math

from refcheck.matching.given import Given
from refcheck.matching.profile import Profile

NAN = math.nan


def first_author(given: Given, record: Profile) -> tuple[float, float]:
    """Return whether the first author's family stands in the text, and how far in, 0 to 1."""
    if not record.families:
        return NAN, NAN
    family = record.families[0]
    if family in given.people:
        return 1.0, given.named.find(family) / (len(given.named) or 1)
    parts = family.split()
    at = given.named.find(family)
    if (len(parts) > 1 and all(part in given.people for part in parts)) or (
        len(family) > 5 and at >= 0
    ):
        return 1.0, max(at, 0) / (len(given.named) or 1)
    if parts[-1] in given.people or parts[0] in given.people:
        return 0.9, 0.0
    if len(family) >= 5 and (near := given.misread(family)):
        return near * 0.9, 0.0
    return 0.0, NAN


def initials(given: Given, record: Profile) -> float:
    """Return the share of the first authors beside whose family their initial stands; NaN: none is given."""
    words, at_first = given.words, given.first_at
    right = wrong = 0
    for family, letters in zip(record.families[:4], record.initials, strict=False):
        parts = family.split()
        at = at_first.get(parts[-1])
        if not letters or at is None:
            continue
        start = at - len(parts) + 1
        beside = (*words[max(0, start - 3) : start], *words[at + 1 : at + 4])
        if any(word[0] == letters[0] for word in beside):
            right += 1
        elif any(len(word) == 1 for word in beside):
            wrong += 1
    return right / (right + wrong) if right + wrong else NAN


def authors(given: Given, record: Profile) -> tuple[float, float]:
    """Return how many of the authors the text names, and their share of those it may be held to."""
    families = record.families
    bag = given.people
    named = 0
    for family in families:
        if family in bag:
            named += 1
        elif " " in family:
            parts = family.split()
            named += parts[-1] in bag or all(part in bag for part in parts)
    if len(families) < 2:
        return float(named), NAN
    if given.et_al or len(families) > 8:
        return float(min(named, 6)), min(1.0, named / min(3, len(families))) if named > 1 else NAN
    return float(min(named, 6)), named / len(families)
