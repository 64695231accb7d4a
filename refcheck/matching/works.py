"""A work that is half described: an unfinished reference, a marker with a hint, a masked identifier.

What is said of it is compared as a written reference is. Put in by itself is only what agrees in all
that was given, a title among it, or what an identifier names; a hint of author and year earns a
suggestion.
"""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.matching import pinned, references
from refcheck.matching.evidence import LEFT_OUT
from refcheck.model import (
    Ambiguous,
    Candidate,
    Clues,
    Corrected,
    Evidence,
    Resolved,
    Suggested,
    Unresolved,
    Verified,
)
from refcheck.record import Name, PartialDate, Record
from refcheck.text import tokens

TITLE_WORDS = 3
"""A title of fewer words can be that of many works."""


def given(clues: Clues) -> Record:
    """Return what a gap says of its work, as fields."""
    return Record(
        title=clues.title,
        author=tuple(Name(family=name) for name in clues.author),
        issued=PartialDate((clues.year,)) if clues.year else None,
        container_title=clues.container_title,
        doi=clues.identifier if clues.identifier.startswith("10.") else "",
    )


def says_enough(clues: Clues) -> bool:
    """Tell whether a gap says anything that could tell one work: more than its sentence does."""
    return bool(clues.identifier or clues.title or (clues.author and clues.year))


def decide(
    clues: Clues, candidates: Sequence[Candidate], *, failed: bool = False
) -> Resolved | Suggested | Ambiguous | Unresolved:
    """Decide which candidate is meant; `Resolved` only where nothing that was given differs."""
    if not says_enough(clues):
        return VAGUE
    return _compared(given(clues), clues.identifier, candidates, failed=failed)


def complete(
    said: Record,
    identifier: str,
    candidates: Sequence[Candidate],
    *,
    fills: bool,
    failed: bool = False,
) -> Resolved | Suggested | Ambiguous | Unresolved:
    """Decide which candidate an unfinished reference is of; ``said`` are its fields without the masks.

    Where only its masks will be filled (``fills``), names that it leaves out of the authors do not
    speak against a work that agrees in all else: nothing that was written is changed.
    """
    if not (said.title or identifier):
        return VAGUE
    return _compared(said, identifier, candidates, fills=fills, failed=failed)


VAGUE = Unresolved(
    "too_vague", (), ("say more of it: an author and a year, words of the title, a DOI",)
)


def _compared(
    said: Record,
    identifier: str,
    candidates: Sequence[Candidate],
    *,
    fills: bool = False,
    failed: bool,
) -> Resolved | Suggested | Ambiguous | Unresolved:
    if identifier:
        named = pinned.decide(identifier, candidates, failed=failed)
        if isinstance(named, Resolved):
            return named
    whole = len(tokens(said.title)) >= TITLE_WORDS and bool(said.author or said.issued)
    match references.decide(said, candidates, failed=failed):
        case Verified(found, others):
            return Resolved(found, others) if whole else Suggested((found,))
        case Corrected(found, wrong):
            if fills and whole and all(map(_left_out, wrong)):
                return Resolved(found)
            return Suggested((found,))
        case Ambiguous() | Unresolved() as outcome:
            return outcome


def _left_out(one: Evidence) -> bool:
    """Tell whether the only fault of a reference's authors is that some are not named."""
    return one.field == "author" and one.note.startswith(LEFT_OUT)
