"""A work that is half described: an unfinished reference, a masked identifier, a marker with a hint.

What the gap itself says is compared as a written reference is. Put in by itself is only what agrees
in all that was given, a title among it, or what an identifier names; a hint of author and year earns
a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refcheck.matching import pinned, references
from refcheck.matching.parsing import parse
from refcheck.model import (
    Ambiguous,
    Candidate,
    Clues,
    Corrected,
    Kind,
    Resolved,
    Suggested,
    Unresolved,
    Verified,
)
from refcheck.record import Name, PartialDate, Record
from refcheck.text import tokens

LONGEST = 600
"""Signs of a reference; a longer text is a paragraph, not a reference."""

_MASKED_YEAR = re.compile(
    r"\(?\s*(?:\b(?:19|20)[xX?_]{2}|\b(?:19|20)\d[xX?_]|\bYYYY\b|\bYear\b|\bTBD\b|\bTODO\b)\s*\)?(?=\s*[.,;:])"
)

TITLE_WORDS = 3
"""A title of fewer words can be that of many works."""


def says_enough(kind: Kind, clues: Clues) -> bool:
    """Tell whether a gap says anything that could tell one work: more than its sentence does."""
    if kind in {"incomplete_reference", "fake_identifier"}:
        return bool(given(kind, clues).title or clues.identifier)
    return bool(clues.identifier or clues.title or (clues.author and clues.year))


def given(kind: Kind, clues: Clues) -> Record:
    """Return what a gap says of its work, as fields."""
    if kind in {"incomplete_reference", "fake_identifier"} and not clues.title:
        written = _MASKED_YEAR.sub(
            "(2000)", _reference(clues)
        )  # so that it is read as one with a year
        fields = parse(written)
        return replace(fields, issued=None) if written != _reference(clues) else fields
    return Record(
        title=clues.title,
        author=tuple(Name(family=name) for name in clues.author),
        issued=PartialDate((clues.year,)) if clues.year else None,
        container_title=clues.container_title,
        doi=clues.identifier if clues.identifier.startswith("10.") else "",
    )


def _reference(clues: Clues) -> str:
    """Return the written reference of which a part is missing: the longest near text with the topic."""
    near = (clues.topic, *clues.context[:2])
    return max(
        (one for one in near if clues.topic in one and len(one) <= LONGEST), key=len, default=""
    )


def decide(
    kind: Kind, clues: Clues, candidates: Sequence[Candidate], *, failed: bool = False
) -> Resolved | Suggested | Ambiguous | Unresolved:
    """Decide which candidate is meant; `Resolved` only where nothing that was given differs."""
    if not says_enough(kind, clues):
        return Unresolved(
            "too_vague", (), ("say more of it: an author and a year, words of the title, a DOI",)
        )
    if clues.identifier:
        named = pinned.decide(clues.identifier, candidates, failed=failed)
        if isinstance(named, Resolved):
            return named
    said = given(kind, clues)
    match references.decide(said, candidates, failed=failed):
        case Verified(found, others):
            whole = len(tokens(said.title)) >= TITLE_WORDS and bool(said.author or said.issued)
            return Resolved(found, others) if whole else Suggested((found,))
        case Corrected(found):
            return Suggested((found,))
        case Ambiguous() | Unresolved() as outcome:
            return outcome
