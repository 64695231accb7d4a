"""References against a catalogue: the answer to each, as `refcheck match` prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.catalog.search import Hit, Searcher
from refcheck.matching.evidence import differences
from refcheck.matching.evidence import evidence as compare_fields
from refcheck.matching.given import Given
from refcheck.matching.profile import profile_of_item
from refcheck.matching.references import Judged, judge, prepare, text_evidence, too_vague
from refcheck.model import Evidence
from refcheck.record import Record, from_csl, to_csl

DEEPER = 0.5
"""Below this probability the first, cheap question is followed by dearer ones."""
LEAST = 3
NEAR = 0.7
"""Records with this part of what the best holds of the reference are compared field by field."""


class Matcher:
    """Answers references, one at a time, out of one or several searchers."""

    def __init__(self, searchers: Sequence[Searcher]) -> None:
        self.searchers = searchers

    def text(self, text: str) -> dict[str, Any]:
        """Answer a reference string."""
        return self._answer(Given(text), text)

    def record(self, record: Record) -> dict[str, Any]:
        """Answer a partial record."""
        given, _ = prepare(record)
        return self._answer(given, record)

    def _answer(self, given: Given, source: str | Record) -> dict[str, Any]:
        if too_vague(given):
            return _open("unresolved", "too_vague")
        hits: list[Hit] = []
        judged = Judged((), ())
        for depth in range(3):
            more = [hit for one in self.searchers for hit in one.find_at(given.raw, depth)]
            if depth and not more:
                continue
            seen = {hit.number for hit in hits}
            hits += [hit for hit in more if hit.number not in seen]
            likely = _likely(hits)
            judged = judge(given, [profile_of_item(hit.item) for hit in likely])
            if judged.best < DEEPER and len(likely) < len(hits):
                likely = hits
                judged = judge(given, [profile_of_item(hit.item) for hit in hits])
            if judged.best >= DEEPER:
                hits = likely
                break
        if not judged.order:
            return _open("unresolved", "not_found")
        best = hits[judged.order[0]]
        runner = next((n for n in judged.order[1:] if n not in judged.versions), None)
        second = (
            {"record_id": _id(hits[runner].item), "score": round(judged.probability[runner], 4)}
            if runner is not None
            else None
        )
        if not judged.accepted or judged.tied:
            unsure = judged.tied or judged.best + judged.rival >= 0.6
            answer = _open("ambiguous", None) if unsure else _open("unresolved", "not_found")
            return {**answer, "score": round(judged.best, 4), "runner_up": second}
        versions = [hits[n].item for n in judged.versions]
        told = self._evidence(given, source, best.item, versions)
        item = _completed(best.item, versions)
        return {
            "status": "resolved", "score": round(judged.best, 4), "record": _public(item), "record_id": _id(best.item),
            "differences": [_difference(one) for one in differences(told)], "runner_up": second, "reason": None,
        }  # fmt: skip

    def _evidence(
        self,
        given: Given,
        source: str | Record,
        item: Mapping[str, Any],
        versions: Sequence[Mapping[str, Any]],
    ) -> Sequence[Evidence]:
        found, others = from_csl(item), [from_csl(one) for one in versions]
        if isinstance(source, Record):
            return compare_fields(source, found, others)
        _, fields = prepare(source)
        return [one for one in text_evidence(given, fields, found, others) if one.contradicts]


def _likely(hits: list[Hit]) -> list[Hit]:
    """Keep the records that hold about as much of the reference as the best, `LEAST` at the least."""
    ordered = sorted(hits, key=lambda hit: (not hit.exact, -hit.share, hit.number))
    most = max((hit.share for hit in ordered), default=0.0)
    return [
        hit for n, hit in enumerate(ordered) if n < LEAST or hit.exact or hit.share >= NEAR * most
    ]


def _open(status: str, reason: str | None) -> dict[str, Any]:
    return {
        "status": status, "score": 0.0, "record": None, "record_id": None, "differences": [], "runner_up": None, "reason": reason,
    }  # fmt: skip


def _id(item: Mapping[str, Any]) -> str:
    return str(item.get("id") or item.get("DOI") or item.get("URL") or "")


def _completed(item: Mapping[str, Any], versions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Add the DOI that a copy of the same work has, where the record has none."""
    out = dict(item)
    if not out.get("DOI"):
        doi = next((one["DOI"] for one in versions if one.get("DOI")), None)
        if doi:
            out["DOI"] = doi
    return out


def _public(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in to_csl(from_csl(item)).items() if key not in {"id", "note"}
    }


def _difference(one: Evidence) -> dict[str, Any]:
    return {
        "field": one.field, "given": one.given, "found": one.found,
        "agreement": None if one.agreement is None else round(one.agreement, 3),
        "contradicts": one.contradicts, "note": one.note,
    }  # fmt: skip
