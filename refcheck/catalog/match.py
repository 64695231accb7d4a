"""References against a catalogue: the answer to each, as `refcheck match` prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from refcheck.catalog.search import FEW, Hit
from refcheck.catalog.words import Question
from refcheck.matching.agreement import agrees
from refcheck.matching.evidence import differences
from refcheck.matching.evidence import evidence as compare_fields
from refcheck.matching.features import NAMES
from refcheck.matching.given import Given
from refcheck.matching.identity import led_elsewhere
from refcheck.matching.parsing import parse
from refcheck.matching.profile import Profile, profile_of_item
from refcheck.matching.references import (
    ACCEPTED,
    Judged,
    is_another,
    judge_odds,
    prepare,
    text_evidence,
    too_vague,
    weigh,
)
from refcheck.model import Evidence
from refcheck.record import Record, from_csl

DEEPER = 0.5
"""Below this probability the first, cheap question is followed by a dearer one."""
NEAR = 0.7
"""Of the cheap question's answers, those are looked at that hold this part of what the best holds."""
WIDE = 0.25
"""And where the best has no DOI, or is a book of which a page is named: a better record may say less."""
FAR = 0.4
"""And of the dearer question's answers."""


_LEFT = NAMES.index("numbers_left")


class Searches(Protocol):
    """What finds records for a question: a catalogue, or a library in memory."""

    def find_at(
        self, question: Question, depth: int, limit: int = FEW, near: float = 0.0
    ) -> list[Hit]:
        """Return records for a question asked so dearly, 0 the cheapest."""

    def more_at(self, question: Question, depth: int) -> bool:
        """Tell whether more is asked at a depth than at the one before."""


class Matcher:
    """Answers references, one at a time, out of one or several searchers."""

    def __init__(self, searchers: Sequence[Searches]) -> None:
        self.searchers = searchers

    def text(self, text: str) -> dict[str, Any]:
        """Answer a reference string."""
        return self._answer(Given(text), text)

    def record(self, record: Record) -> dict[str, Any]:
        """Answer a partial record."""
        given, _ = prepare(record)
        return self._answer(given, record)

    def _answer(self, given: Given, source: str | Record) -> dict[str, Any]:
        question = Question(given)
        if too_vague(given) and not question.keys:
            return _open("unresolved", "too_vague")
        weighed = _Weighed(given)
        judged = weighed.with_more([h for one in self.searchers for h in one.find_at(question, 0, FEW, NEAR)])  # fmt: skip
        if judged.accepted and weighed.may_be_less(judged.order[0]):
            judged = weighed.with_more([h for one in self.searchers for h in one.find_at(question, 0, FEW, WIDE)])  # fmt: skip
        if judged.best < DEEPER:
            judged = weighed.with_more(
                [h for one in self.searchers for h in one.find_at(question, 1, FEW, FAR)]
            )
        if not weighed.hits:
            return _open("unresolved", "not_found")
        return self._told(given, source, weighed, judged)

    def _told(
        self, given: Given, source: str | Record, weighed: _Weighed, judged: Judged
    ) -> dict[str, Any]:
        hits = weighed.hits
        best = hits[judged.order[0]].item
        runner = next((n for n in judged.order[1:] if n not in judged.versions), None)
        second = None
        if runner is not None:
            second = {"record_id": _id(hits[runner].item), "score": round(judged.probability[runner], 4)}  # fmt: skip
        if not judged.accepted or judged.tied:
            unsure = judged.tied or judged.best + judged.rival >= ACCEPTED
            answer = _open("ambiguous", None) if unsure else _open("unresolved", "not_found")
            return {**answer, "score": round(judged.best, 4), "runner_up": second}
        versions = [hits[n].item for n in judged.versions]
        first = judged.order[0]
        of_it = {first, *judged.versions}
        others = [one.item for n, one in enumerate(hits) if one.exact and n not in of_it]
        told = _differing(given, source, best, versions, others, weighed.profiles[first], weighed.features[first])  # fmt: skip
        if is_another(given, told, weighed.profiles[first]):
            return {**_open("unresolved", "not_found"), "score": round(judged.best, 4), "runner_up": second}  # fmt: skip
        record = {key: value for key, value in best.items() if key not in {"id", "note"}}
        if not record.get("DOI") and (doi := next((one["DOI"] for one in versions if one.get("DOI")), "")):  # fmt: skip
            record["DOI"] = doi
        return {
            "status": "resolved", "score": round(judged.best, 4), "record": record, "record_id": _id(best),
            "differences": [_difference(one) for one in told], "runner_up": second, "reason": None,
        }  # fmt: skip


class _Weighed:
    """The records found so far for one reference, and what speaks for each."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.hits: list[Hit] = []
        self.profiles: list[Profile] = []
        self.features: list[tuple[float, ...]] = []
        self.odds: list[float] = []

    def with_more(self, hits: Sequence[Hit]) -> Judged:
        """Weigh what has not been weighed yet."""
        seen = {hit.number for hit in self.hits}
        for hit in hits:
            if hit.number in seen:
                continue
            profile = profile_of_item(hit.item)
            odds, features = weigh(self.given, profile)
            self.hits.append(hit)
            self.profiles.append(profile)
            self.features.append(features)
            self.odds.append(odds)
        return judge_odds(self.given, self.profiles, self.odds)

    def may_be_less(self, number: int) -> bool:
        """Tell whether a record may not be the one that is meant of a work: a copy, the book of a chapter."""
        record = self.profiles[number]
        left = self.features[number][_LEFT] > 0.0
        return not record.doi or (left and not record.first_page and not record.volume)


def _differing(
    given: Given,
    source: str | Record,
    item: Mapping[str, Any],
    versions: Sequence[Mapping[str, Any]],
    elsewhere: Sequence[Mapping[str, Any]],
    profile: Profile,
    features: Sequence[float],
) -> Sequence[Evidence]:
    """Return what in the reference differs from the record; ``elsewhere`` are works that it names by identifier.

    A text that has the record's every field, and no telling word or number besides, is not taken
    apart: there is nothing that could differ.
    """
    if isinstance(source, str) and not elsewhere and agrees(given, profile, features):
        return ()
    found, others = from_csl(item), [from_csl(one) for one in versions]
    named = [from_csl(one) for one in elsewhere]
    if isinstance(source, Record):
        return differences(led_elsewhere(compare_fields(source, found, others), named))
    told = led_elsewhere(text_evidence(given, parse(source), found, others), named)
    return [one for one in told if one.contradicts]


def _open(status: str, reason: str | None) -> dict[str, Any]:
    return {
        "status": status, "score": 0.0, "record": None, "record_id": None, "differences": [], "runner_up": None, "reason": reason,
    }  # fmt: skip


def _id(item: Mapping[str, Any]) -> str:
    return str(item.get("id") or item.get("DOI") or item.get("URL") or "")


def _difference(one: Evidence) -> dict[str, Any]:
    return {
        "field": one.field, "given": one.given, "found": one.found,
        "agreement": None if one.agreement is None else round(one.agreement, 3),
        "contradicts": one.contradicts, "note": one.note,
    }  # fmt: skip
