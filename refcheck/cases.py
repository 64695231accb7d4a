"""One gap on its way: who is asked about it and how it is decided, by what kind of gap it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from refcheck import facts, unfinished, written
from refcheck.errors import UsageError
from refcheck.inquiry import cited, link, pinned, topic, work
from refcheck.inquiry.rounds import Inquiry
from refcheck.matching import cited as marked
from refcheck.matching import links, topics, works
from refcheck.matching import pinned as chosen
from refcheck.matching.merge import merge
from refcheck.model import (
    Answered,
    Candidate,
    Document,
    Entity,
    Failed,
    NotAsked,
    Placeholder,
    Resolution,
)
from refcheck.settings import Settings

Pins = Mapping[tuple[int, int], str]
"""What a person has chosen: line and column of a finding, to the identifier of its work."""


@dataclass
class Case:
    """One placeholder on its way: what is known so far. Lives for one run only."""

    document: Document
    placeholder: Placeholder
    inquiry: Inquiry | None
    decide: Callable[[Sequence[Candidate], Sequence[Entity], bool], Resolution]
    candidates: tuple[Candidate, ...] = ()
    entities: tuple[Entity, ...] = ()
    failed: set[str] = field(default_factory=set)
    resolution: Resolution = field(default_factory=NotAsked)
    heard: list[Answered | Failed] = field(default_factory=list)
    fresh: bool = False


def read_pins(given: Sequence[str]) -> Pins:
    """Read ``LINE:COLUMN=ID``. Raises `UsageError` for what is not of that form."""
    pins = {}
    for text in given:
        match = re.fullmatch(r"(\d+):(\d+)=(\S.*)", text.strip())
        if not match:
            raise UsageError(f"--pin takes LINE:COLUMN=ID, as in 19:17=10.1000/182, not {text!r}")
        chosen = match[3].strip()
        if not pinned.names_a_work(chosen):
            raise UsageError(
                f"--pin {text.strip()}: {chosen!r} is no DOI, address, ISBN or arXiv number, nor"
                " SOURCE:ID of a candidate"
            )
        pins[int(match[1]), int(match[2])] = chosen
    return pins


def check_pins(pins: Pins, cases: Sequence[Case]) -> None:
    """Raise `UsageError` for a place at which nothing was found, with the places of what was."""
    places = [
        case.document.place(case.placeholder.span.start)
        for case in cases
        if not case.placeholder.file and not case.document.root
    ]
    for line, column in pins:
        if (line, column) not in places:
            known = ", ".join(f"{a}:{b}" for a, b in places) or "none"
            raise UsageError(
                f"--pin {line}:{column}: no finding stands there; findings are at: {known}"
            )


def _of_reference(document: Document, placeholder: Placeholder) -> Case:
    """Choose the inquiry and the decision for a written reference."""
    said = written.read(document, placeholder)
    placeholder = replace(placeholder, clues=written.clues(said))
    heard: list[Answered | Failed] = []
    inquiry, decide = written.open_case(said, heard)
    return Case(
        document, placeholder, inquiry,
        lambda candidates, _, failed: decide(candidates, failed),
        heard=heard,
    )  # fmt: skip


def pinned_case(document: Document, placeholder: Placeholder, pin: str) -> Case:
    """Ask for the work that a person has named."""
    return Case(
        document, placeholder, pinned.inquire(pin),
        lambda candidates, _, failed: chosen.decide(pin, candidates, failed=failed),
    )  # fmt: skip


def open_case(
    document: Document,
    placeholder: Placeholder,
    settings: Settings,
    pins: Pins,
    now: datetime,
    at_hand: Sequence[Candidate] = (),
    encode: topics.Encode | None = None,
) -> Case:
    """Choose the inquiry and the decision that fit the kind of gap.

    ``at_hand`` are the works that the document's own bibliographies hold; ``encode`` compares the
    meanings of titles.
    """
    clues = placeholder.clues
    if placeholder.kind == "consistency":
        return Case(document, placeholder, None, lambda *_, **__: NotAsked())
    if not placeholder.file and (pin := pins.get(document.place(placeholder.span.start))):
        return pinned_case(document, placeholder, pin)
    if placeholder.kind == "reference":
        return _of_reference(document, placeholder)
    if placeholder.kind in {"link_placeholder", "dummy_url"} or (
        placeholder.kind == "citation_marker"
        and "webpage" in clues.types[1:]
        and not (clues.hints or clues.before)
        and not works.says_enough(clues)
    ):
        return Case(
            document, placeholder, link.inquire(clues, now.date()),
            lambda candidates, entities, failed: links.decide(clues, candidates, entities, failed=failed),
        )  # fmt: skip
    if placeholder.kind == "bibliography_placeholder":
        acronyms = facts.acronyms(document.text)
        return Case(
            document, placeholder, topic.inquire(clues, acronyms),
            lambda candidates, entities, failed: topics.rank(
                clues, candidates, acronyms, suggest=settings.suggest, this_year=now.year,
                entities=entities, encode=encode, failed=failed,
            ),
        )  # fmt: skip
    if placeholder.kind == "citation_marker" or clues.hints:
        return Case(
            document, placeholder, cited.inquire(clues),
            lambda candidates, _, failed: marked.decide(
                clues, merge((*candidates, *at_hand)) if at_hand else candidates, text=document.text, failed=failed
            ),
        )  # fmt: skip
    if placeholder.kind in unfinished.KINDS:
        return _unfinished(document, placeholder)
    return Case(
        document, placeholder, work.inquire(clues) if works.says_enough(clues) else None,
        lambda candidates, _, failed: works.decide(clues, candidates, failed=failed),
    )  # fmt: skip


def _unfinished(document: Document, placeholder: Placeholder) -> Case:
    """Ask for the work of a reference of which a part is masked or missing."""
    said = unfinished.read(document, placeholder)
    clues = unfinished.clues(said, placeholder.clues)
    enough = bool(said.title or clues.identifier)
    return Case(
        document, replace(placeholder, clues=clues), work.inquire(clues) if enough else None,
        lambda candidates, _, failed: works.complete(
            said, clues.identifier, candidates, fills=bool(placeholder.masks), failed=failed
        ),
    )  # fmt: skip
