"""All gaps looked into together: in rounds, each source asked once, whatever it is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Protocol

from refcheck import plugins, written
from refcheck.cases import Case
from refcheck.inquiry import choose
from refcheck.inquiry.rounds import Round, State
from refcheck.matching.merge import merge
from refcheck.model import (
    Answered,
    Candidate,
    Entity,
    Failed,
    Going,
    Query,
    Resolution,
    Source,
    SourceState,
    Unresolved,
    Want,
)


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


def investigate(
    cases: Sequence[Case], sources: Mapping[str, Source], net: Asker, *, offline: bool
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


def _onward(cases: Sequence[Case]) -> list[tuple[Case, Round | None]]:
    """Tell each inquiry what its round has led to, and how many works are still to be found."""
    states = [State(case.resolution, case.entities) for case in cases]
    still = [not state.decided for state in states]
    before = accumulate(still, initial=0)
    return [
        (case, _next(case, replace(state, nth=nth, open=sum(still))))
        for case, state, nth in zip(cases, states, before, strict=False)
    ]


def _standing(
    cases: Sequence[Case], waiting: Sequence[Case]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Count places and documents: those that nothing more is asked for, and all."""
    documents = {id(case.document) for case in cases}
    unsettled = {id(case.document) for case in waiting}
    decided = len(cases) - len(waiting), len(documents) - len(unsettled)
    return decided, (len(cases), len(documents))


def _next(case: Case, state: State | None) -> Round | None:
    if case.inquiry is None:
        return None
    try:
        return next(case.inquiry) if state is None else case.inquiry.send(state)
    except StopIteration:
        return None


def _advised(case: Case, sources: Mapping[str, Source], *, offline: bool) -> Resolution:
    """Add to what stays open which further sources could be asked."""
    resolution = case.resolution
    kind = case.placeholder.kind
    if isinstance(resolution, Unresolved) and resolution.reason != "too_vague" and kind != "reference":  # fmt: skip
        want: Want = "topic" if kind == "bibliography_placeholder" else "news"
        more = choose.advice(want, sources, plugins.sources(), case.failed, offline=offline)
        return replace(resolution, advice=(*resolution.advice, *more))
    return resolution
