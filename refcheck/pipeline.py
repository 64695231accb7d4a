"""The whole way, on one screen.

Document → placeholders → questions → candidates → decisions → bibliography → edits → report. Pure
but for whom it asks, which is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate
from typing import Protocol

from refcheck import composition, facts, plugins, unfinished, written
from refcheck.bibliography.at_hand import candidates
from refcheck.errors import UsageError
from refcheck.finders import ignoring
from refcheck.finders.settle import settle
from refcheck.inquiry import choose, cited, link, pinned, topic, work
from refcheck.inquiry.rounds import Inquiry, Round, State
from refcheck.matching import cited as marked
from refcheck.matching import links, topics, works
from refcheck.matching import pinned as chosen
from refcheck.matching.merge import merge
from refcheck.model import (
    Answered,
    Candidate,
    Diagnostic,
    Document,
    Entity,
    Failed,
    Finding,
    Going,
    NotAsked,
    Placeholder,
    Query,
    Report,
    Resolution,
    Source,
    SourceState,
    Span,
    Style,
    Unresolved,
    Want,
)
from refcheck.settings import Settings, as_options

Pins = Mapping[tuple[int, int], str]
"""What a person has chosen: line and column of a finding, to the identifier of its work."""


class Asker(Protocol):
    """Whoever carries questions to sources, and tells afterwards how they fared."""

    def ask(
        self,
        questions: Sequence[tuple[str, Query]],
        stand_ins: Mapping[tuple[str, Query], str] | None = None,
    ) -> Sequence[Answered | Failed]:
        """Put each question to the source named with it, or its stand-in; answers in the same order."""
        ...

    def states(self) -> tuple[SourceState, ...]:
        """Tell how every source that was asked has fared."""
        ...

    def going(self) -> Going:
        """Tell how far the asking has come."""
        ...

    def tell(self, decided: tuple[int, int], out_of: tuple[int, int]) -> None:
        """Be told how many places and documents are decided, for whoever shows how far it is."""
        ...


@dataclass
class _Case:
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


def run(
    documents: Sequence[Document],
    *,
    sources: Mapping[str, Source],
    net: Asker,
    style: Style,
    settings: Settings,
    now: datetime,
    encode: topics.Encode | None = None,
) -> Report:
    """Find, ask, decide and write for all documents at once, so that nothing is asked twice.

    ``encode`` gives texts vectors by their meaning; literature is ranked by words alone without it.
    """
    pins = read_pins(settings.pin)
    if pins and sum(not one.root for one in documents) > 1:
        raise UsageError("--pin names a place in one document; give one document alone")
    notes: dict[str, list[Diagnostic]] = {}
    at_hand = {document.name: candidates(document, now) for document in documents}
    cases = [
        _open(
            document,
            placeholder,
            settings,
            {} if document.root else pins,
            now,
            at_hand[document.name],
            encode,
        )
        for document, placeholder in find_all(documents, settings, notes)
    ]
    _check_pins(pins, cases)
    _investigate(cases, sources, net, offline=settings.offline)
    states = net.states()
    untold = {state.name: state for state in states if state.state == "failed"}
    reports = []
    grown: dict[str, str] = {}
    for document in documents:
        mine = [case for case in cases if case.document is document]
        missed = sorted({name for case in mine for name in case.failed} & untold.keys())
        told = tuple(_told(untold.pop(name)) for name in missed)
        findings = [Finding(case.placeholder, case.resolution) for case in mine]
        part = composition.compose(document, findings, style, settings, grown=grown)
        said = (*notes.get(document.name, ()), *told)
        part = replace(part, diagnostics=(*part.diagnostics, *said), options=as_options(settings))
        reports.append(part)
        for edit in part.edits:
            if edit.file in document.files and edit.span.start == len(
                document.of_file(edit.file).text
            ):
                grown[edit.file] = grown.get(edit.file, "") + edit.text
    return Report(tuple(reports), states, settings.style, now)


def _told(state: SourceState) -> Diagnostic:
    """Say once for a source that it could not be asked."""
    message = f"{state.name} could not be asked: {state.message}"
    return Diagnostic(
        "RC301",
        "source-failed",
        "warning",
        message,
        "run the same command again later; what was answered is kept",
    )


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


def _check_pins(pins: Pins, cases: Sequence[_Case]) -> None:
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


def find_all(
    documents: Sequence[Document],
    settings: Settings,
    notes: dict[str, list[Diagnostic]] | None = None,
) -> Iterator[tuple[Document, Placeholder]]:
    """Yield what is found in all documents; a gap in a file that several share is told once.

    A file that is itself among the documents is not told of with those that name it. ``notes``, by
    the documents' names, receives what is to be said of their comments to refcheck.
    """
    names = {document.name for document in documents}
    told: set[tuple[str, str, Span]] = set()
    for document in documents:
        said = notes.setdefault(document.name, []) if notes is not None else None
        for one in find(document, settings, said):
            place = (one.file, one.rule, one.span)
            if one.file and (one.file in names or (one.kind != "reference" and place in told)):
                continue
            told.add(place)
            yield document, one


def find(
    document: Document, settings: Settings, notes: list[Diagnostic] | None = None
) -> tuple[Placeholder, ...]:
    """Return what the selected rules find in a document and in its further files.

    Gaps do not overlap; a reference that holds one is left to it. What a comment in the document says
    to ignore is left out; ``notes`` receives which of these comments are of no use.
    """
    wanted = [finder for finder in plugins.finders().values() if _selected(finder.rule, settings)]
    every = [placeholder for finder in wanted for placeholder in finder.find(document)]
    for part in document.further:
        gaps = [finder for finder in wanted if finder.kind not in {"reference", "consistency"}]
        every += (replace(one, file=part.name) for finder in gaps for one in finder.find(part))
    found, unused = ignoring.heed(document, settle(every), wanted)
    if notes is not None:
        notes.extend(unused)
    if settings.all:
        return found
    return tuple(p for p in found if p.certainty != "maybe" and p.kind != "other_placeholder")


def _selected(rule: str, settings: Settings) -> bool:
    chosen = not settings.select or any(
        rule.startswith(prefix.upper()) for prefix in settings.select
    )
    return chosen and not any(rule.startswith(prefix.upper()) for prefix in settings.ignore)


def _of_reference(document: Document, placeholder: Placeholder) -> _Case:
    """Choose the inquiry and the decision for a written reference."""
    said = written.read(document, placeholder)
    placeholder = replace(placeholder, clues=written.clues(said))
    heard: list[Answered | Failed] = []
    inquiry, decide = written.open_case(said, heard)
    return _Case(
        document, placeholder, inquiry,
        lambda candidates, _, failed: decide(candidates, failed),
        heard=heard,
    )  # fmt: skip


def _pinned(document: Document, placeholder: Placeholder, pin: str) -> _Case:
    """Ask for the work that a person has named."""
    return _Case(
        document, placeholder, pinned.inquire(pin),
        lambda candidates, _, failed: chosen.decide(pin, candidates, failed=failed),
    )  # fmt: skip


def _open(
    document: Document,
    placeholder: Placeholder,
    settings: Settings,
    pins: Pins,
    now: datetime,
    at_hand: Sequence[Candidate] = (),
    encode: topics.Encode | None = None,
) -> _Case:
    """Choose the inquiry and the decision that fit the kind of gap.

    ``at_hand`` are the works that the document's own bibliographies hold; ``encode`` compares the
    meanings of titles.
    """
    clues = placeholder.clues
    if placeholder.kind == "consistency":
        return _Case(document, placeholder, None, lambda *_, **__: NotAsked())
    if not placeholder.file and (pin := pins.get(document.place(placeholder.span.start))):
        return _pinned(document, placeholder, pin)
    if placeholder.kind == "reference":
        return _of_reference(document, placeholder)
    if placeholder.kind in {"link_placeholder", "dummy_url"} or (
        placeholder.kind == "citation_marker"
        and "webpage" in clues.types[1:]
        and not (clues.hints or clues.before)
        and not works.says_enough(clues)
    ):
        return _Case(
            document, placeholder, link.inquire(clues, now.date()),
            lambda candidates, entities, failed: links.decide(clues, candidates, entities, failed=failed),
        )  # fmt: skip
    if placeholder.kind == "bibliography_placeholder":
        acronyms = facts.acronyms(document.text)
        return _Case(
            document, placeholder, topic.inquire(clues, acronyms),
            lambda candidates, entities, failed: topics.rank(
                clues, candidates, acronyms, suggest=settings.suggest, this_year=now.year,
                entities=entities, encode=encode, failed=failed,
            ),
        )  # fmt: skip
    if placeholder.kind == "citation_marker" or clues.hints:
        return _Case(
            document, placeholder, cited.inquire(clues),
            lambda candidates, _, failed: marked.decide(
                clues, merge((*candidates, *at_hand)) if at_hand else candidates, text=document.text, failed=failed
            ),
        )  # fmt: skip
    if placeholder.kind in unfinished.KINDS:
        return _unfinished(document, placeholder)
    return _Case(
        document, placeholder, work.inquire(clues) if works.says_enough(clues) else None,
        lambda candidates, _, failed: works.decide(clues, candidates, failed=failed),
    )  # fmt: skip


def _unfinished(document: Document, placeholder: Placeholder) -> _Case:
    """Ask for the work of a reference of which a part is masked or missing."""
    said = unfinished.read(document, placeholder)
    clues = unfinished.clues(said, placeholder.clues)
    enough = bool(said.title or clues.identifier)
    return _Case(
        document, replace(placeholder, clues=clues), work.inquire(clues) if enough else None,
        lambda candidates, _, failed: works.complete(
            said, clues.identifier, candidates, fills=bool(placeholder.masks), failed=failed
        ),
    )  # fmt: skip


def reconsider(
    document: Document,
    placeholder: Placeholder,
    pin: str,
    *,
    sources: Mapping[str, Source],
    net: Asker,
    settings: Settings,
) -> Resolution:
    """Decide on one placeholder again, taking a DOI, an address or an ISBN for what it stands for."""
    case = _pinned(document, placeholder, pin)
    _investigate([case], sources, net, offline=settings.offline)
    return case.resolution


def judge(
    document: Document,
    placeholder: Placeholder,
    candidates: Sequence[Candidate],
    settings: Settings,
    now: datetime,
) -> Resolution:
    """Decide among candidates that were found otherwise, asking nobody."""
    return _open(document, placeholder, settings, {}, now).decide(merge(candidates), (), False)


def _investigate(
    cases: Sequence[_Case], sources: Mapping[str, Source], net: Asker, *, offline: bool
) -> None:
    """Drive all inquiries in step: the rounds of all are asked together, each source once."""
    waiting = [(case, _next(case, None)) for case in cases]
    while waiting := [(case, turn) for case, turn in waiting if turn is not None]:
        net.tell(*_standing(cases, [case for case, _ in waiting]))
        asked = [
            (case, name, query)
            for case, turn in waiting
            for query in turn.queries
            for name in choose.sources_for(query, sources, turn.scope, turn.names)
        ]
        stand_ins = {
            (name, query): other
            for _, turn in waiting
            for name, other in turn.stand_ins.items()
            for query in turn.queries
        }
        outcomes = net.ask([(name, query) for _, name, query in asked], stand_ins)
        for (case, _, _), outcome in zip(asked, outcomes, strict=True):
            case.heard.append(outcome)
            if isinstance(outcome, Failed):
                if not offline:  # not to ask was the user's choice
                    case.fresh = case.fresh or outcome.source not in case.failed
                    case.failed.add(outcome.source)
            else:
                case.fresh = True
                found = [one for one in outcome.answers if isinstance(one, Candidate)]
                case.candidates = (*case.candidates, *found)
                case.entities = (
                    *case.entities,
                    *(one for one in outcome.answers if isinstance(one, Entity)),
                )
        for case, _ in waiting:
            if case.fresh:
                case.candidates = merge(case.candidates)
                case.resolution = case.decide(case.candidates, case.entities, bool(case.failed))
                case.fresh = False
        waiting = _onward([case for case, _ in waiting])
    for case in cases:
        if case.inquiry is None or not case.candidates:
            case.resolution = case.decide(case.candidates, case.entities, bool(case.failed))
        if case.placeholder.kind == "reference":
            case.resolution = written.settle(case.resolution, case.heard, offline=offline)
        case.resolution = _advised(case, sources, offline=offline)


def _onward(cases: Sequence[_Case]) -> list[tuple[_Case, Round | None]]:
    """Tell each inquiry what its round has led to, and how many works are still to be found."""
    states = [State(case.resolution, case.entities) for case in cases]
    still = [not state.decided for state in states]
    before = accumulate(still, initial=0)
    return [
        (case, _next(case, replace(state, nth=nth, open=sum(still))))
        for case, state, nth in zip(cases, states, before, strict=False)
    ]


def _standing(
    cases: Sequence[_Case], waiting: Sequence[_Case]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Count places and documents: those that nothing more is asked for, and all."""
    documents = {id(case.document) for case in cases}
    unsettled = {id(case.document) for case in waiting}
    decided = len(cases) - len(waiting), len(documents) - len(unsettled)
    return decided, (len(cases), len(documents))


def _next(case: _Case, state: State | None) -> Round | None:
    if case.inquiry is None:
        return None
    try:
        return next(case.inquiry) if state is None else case.inquiry.send(state)
    except StopIteration:
        return None


def _advised(case: _Case, sources: Mapping[str, Source], *, offline: bool) -> Resolution:
    """Add to what stays open which further sources could be asked."""
    resolution = case.resolution
    kind = case.placeholder.kind
    if isinstance(resolution, Unresolved) and resolution.reason != "too_vague" and kind != "reference":  # fmt: skip
        want: Want = "topic" if kind == "bibliography_placeholder" else "news"
        more = choose.advice(want, sources, plugins.sources(), case.failed, offline=offline)
        return replace(resolution, advice=(*resolution.advice, *more))
    return resolution
