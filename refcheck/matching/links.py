"""Is this the page that the author had in mind? Publisher, event and date compared, with reasons.

What a text says of an event is taken apart into facets: names, kinds of thing, models, ordinals,
periods, numbers with a unit. A page is taken for the one meant only where its publisher is the one
named, every telling facet is found in it, and nothing of a kind is found to be another: a second
car is not a first, 2025 is not 2024, a phone is not a car, however alike the words are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidfuzz import fuzz

from refcheck import events, facts, outlets
from refcheck.identifiers import host, on_site
from refcheck.matching import wording
from refcheck.matching.facets import WEIGHTS, Seen, compare_facet, facets, stands_in
from refcheck.model import (
    Ambiguous,
    Candidate,
    Clues,
    Entity,
    Evidence,
    Match,
    Reason,
    Resolution,
    Resolved,
    Suggested,
    Unresolved,
)
from refcheck.record import Record
from refcheck.text import fold, is_cjk, shorten, tokens

TITLE_WEIGHT = 4.0
"""What the whole title weighs beside its facets: as much as the most telling of them."""

EXPLAINED, TOLD = 0.7, 4.0
"""Share of a title's weight, and weight, that the text must have for its wording alone to decide:
most of it, and four rare words. For signs in pairs, of which a paraphrase keeps fewer and a word has
more: half of it, and eight."""

BODY_SIGNS = 6000
"""How much of a page's text is read: what a news item is about stands at its beginning."""

RESOLVE_AT = 0.75
"""Share of the telling weight that must be found before a page is taken; see `decide`."""

MARGIN = 0.12
"""By how much the best must lead the next page that is not ruled out."""

SHOW_AT = 0.2
"""Below this a page is no candidate worth showing."""

_FACTS = frozenset({"model", "number", "ordinal", "period"})

_QUOTES = "which names"
"""Stands in the note on a page of another publisher that speaks of the one meant."""


def compare(clues: Clues, candidate: Candidate, entities: Sequence[Entity] = ()) -> Match:
    """Compare the clues with a candidate, facet by facet. Pure; the score is 0.0 to 1.0."""
    record = candidate.record
    evidence = [_publisher(clues, candidate), *_dates(clues, record)]
    weight = agreed = 0.0
    seen = Seen.of(record.title, _body(candidate))
    for facet in facets(clues, entities):
        one = compare_facet(facet, seen, record)
        evidence.append(one)
        if one.agreement is not None:
            weight += WEIGHTS[facet.kind]
            agreed += WEIGHTS[facet.kind] * one.agreement
    for one in _titles(clues, record):
        evidence.append(one)
        weight += TITLE_WEIGHT
        agreed += TITLE_WEIGHT * (one.agreement or 0.0)
    coverage = agreed / weight if weight else 0.0
    score = coverage
    publisher = evidence[0]
    if publisher.agreement == 0.0:
        score *= 0.9 if _QUOTES in publisher.note else 0.6
    elif publisher.agreement is None and clues.publisher:
        score *= 0.85
    if any(one.contradicts for one in evidence):
        score *= 0.5
    return Match(
        candidate, round(score, 3), tuple(one for one in evidence if one.given or one.found)
    )


def _body(candidate: Candidate) -> str:
    record = candidate.record
    return f"{record.abstract} {record.note} {candidate.text[:BODY_SIGNS]}"


def _titles(clues: Clues, record: Record) -> list[Evidence]:
    """Compare the title that the author gives, or how much of the page's title the text has."""
    if not record.title:
        return []
    if clues.title:
        likeness = fuzz.token_sort_ratio(fold(clues.title), fold(record.title)) / 100
        other = likeness < 1.0 and facts.numerals(clues.title) != facts.numerals(record.title)
        note = "the figures differ" if other else ""
        return [Evidence("title", clues.title, record.title, round(likeness, 2), other, note)]
    said = wording.compare(clues, record.title)
    if said is None:
        return []
    given, found = shorten(events.core(clues), 80), shorten(record.title, 80)
    note = f"the text has other names than {', '.join(said.strangers)}" if said.strangers else ""
    return [Evidence("wording", given, found, round(said.explained, 2), note=note)]


def decide(
    clues: Clues,
    candidates: Sequence[Candidate],
    entities: Sequence[Entity] = (),
    failed: bool = False,
) -> Resolution:
    """Decide which candidate is the page meant, or that it stays open. Order does not matter.

    `Resolved` wants publisher and title or facets to agree, no contradiction and a clear lead.
    ``failed`` says that a source that could have known could not be asked.
    """
    matches = sorted(
        (compare(clues, candidate, entities) for candidate in candidates),
        key=lambda match: (-match.score, match.candidate.record.title, match.candidate.record.url),
    )
    shown = tuple(match for match in matches if match.score >= SHOW_AT or _is_lead(match))[:10]
    sound = [match for match in shown if not match.contradictions]
    sure = [match for match in sound if _is_sure(clues, match)]
    if sure:
        rivals = [
            match
            for match in sound
            if match is not sure[0] and sure[0].score - match.score < MARGIN
        ]
        if not rivals:
            return Resolved(sure[0], tuple(match for match in shown if match is not sure[0]))
        return Ambiguous((sure[0], *rivals))
    likely = [match for match in sound if _is_likely(clues, match)]
    if likely:
        return Suggested(tuple(likely))
    if not clues.title and not events.tells(events.core(clues), clues.publisher):
        whose = "" if clues.publisher else "whose page is meant and "
        return Unresolved("too_vague", shown, (f"say in the text {whose}what it is about",))
    reason: Reason = "source_failed" if failed else "not_found"
    return Unresolved(reason, shown, _advice(clues, matches))


def _is_sure(clues: Clues, match: Match) -> bool:
    evidence = {one.field: one for one in match.evidence}
    publisher = evidence.get("publisher")
    if (
        not clues.publisher
        or publisher is None
        or publisher.agreement != 1.0
        or not match.candidate.record.url
    ):
        return False
    title = evidence.get("title")
    if (
        title
        and title.agreement is not None
        and title.agreement >= 0.95
        and len(tokens(title.given)) >= 4
    ):
        return facts.numerals(title.given) == facts.numerals(title.found)
    telling = [one for one in match.evidence if one.field in WEIGHTS and one.field != "word"]
    compared = [one for one in telling if one.agreement is not None]
    kinds = {one.field for one in compared if one.agreement and one.agreement >= 0.8}
    if _is_worded(clues, match) and all(one.agreement != 0.0 for one in telling):
        return True
    return (
        all(one.agreement is not None and one.agreement >= 0.8 for one in telling)
        and len(compared) >= 3
        and bool(kinds & {"name", "model"})
        and bool(kinds & {"ordinal", "period", "number", "model"})
        and match.score >= RESOLVE_AT
    )


def _is_worded(clues: Clues, match: Match) -> bool:
    """Whether the text has nearly all of what the page's title tells, and no other names instead."""
    title = match.candidate.record.title
    said = wording.compare(clues, title) if not clues.title else None
    if said is None or said.strangers:
        return False
    share, weight = (EXPLAINED - 0.2, 2 * TOLD) if is_cjk(title) else (EXPLAINED, TOLD)
    return said.explained >= share and said.told >= weight


def _is_likely(clues: Clues, match: Match) -> bool:
    """Likely enough to be offered: nothing speaks against it, and at most one fact is not in it."""
    publisher = next((one for one in match.evidence if one.field == "publisher"), None)
    named = publisher is not None and publisher.agreement == 1.0
    facts_missing = [e for e in match.evidence if e.field in _FACTS and e.agreement == 0.0]
    facts_there = [e for e in match.evidence if e.field in _FACTS and e.agreement]
    return (
        bool(match.candidate.record.url)
        and match.score >= (0.5 if named or not clues.publisher else 0.9)
        and len(facts_missing) <= min(1, len(facts_there))
    )


def _publisher(clues: Clues, candidate: Candidate) -> Evidence:
    record = candidate.record
    outlet = outlets.find(clues.publisher)
    if not clues.publisher:
        return Evidence("publisher", "", "", None)
    found = record.container_title or record.publisher or host(record.url)
    names = {fold(name) for name in (outlet.names if outlet else (clues.publisher,))}
    if outlet and record.url:
        same = on_site(record.url, outlet.site)
    else:
        same = fold(record.container_title) in names or fold(record.publisher) in names
    if same:
        return Evidence("publisher", clues.publisher, host(record.url) or found, 1.0)
    if not found:
        return Evidence("publisher", clues.publisher, "", None, note="the record names none")
    said = fold(f"{record.title} {_body(candidate)}")
    quotes = next((name for name in sorted(names) if name and stands_in(name, said)), "")
    note = f"another publisher, {_QUOTES} {clues.publisher}" if quotes else "another publisher"
    return Evidence("publisher", clues.publisher, found, 0.0, contradicts=True, note=note)


def _dates(clues: Clues, record: Record) -> list[Evidence]:
    issued = record.issued.iso() if record.issued and record.issued.start else ""
    out: list[Evidence] = []
    given = clues.date or (str(clues.year) if clues.year else "")
    if given and not issued:
        out.append(Evidence("issued", given, "", None, note="the record has no date"))
    elif given:
        out.append(_said_and_issued(given, issued))
    elif issued:
        for fact in facts.read(events.without_publisher(events.core(clues), clues.publisher)):
            if fact.kind == "period" and issued[:4] > fact.period[1][:4]:
                out.append(
                    Evidence(
                        "issued",
                        f"about {fact.text}",
                        issued,
                        0.0,
                        contradicts=True,
                        note="published in a later year",
                    )
                )
            elif fact.kind == "period" and int(issued[:4]) < int(fact.period[0][:4]) - 2:
                out.append(
                    Evidence(
                        "issued",
                        f"about {fact.text}",
                        issued,
                        0.0,
                        contradicts=True,
                        note="published years before",
                    )
                )
    return out


def _said_and_issued(given: str, issued: str) -> Evidence:
    """Compare as exactly as both are known; up to three days apart is the same day elsewhere."""
    length = min(len(given), len(issued))
    if given[:length] == issued[:length]:
        return Evidence("issued", given, issued, 1.0)
    if length == 10 and abs(_ordinal_day(given) - _ordinal_day(issued)) <= 3:
        return Evidence("issued", given, issued, 0.8, note="a few days apart")
    if (
        length == 7
        and abs(_ordinal_day(given[:7] + "-15") - _ordinal_day(issued[:7] + "-15")) <= 31
    ):
        return Evidence("issued", given, issued, 0.4, note="a month apart")
    return Evidence("issued", given, issued, 0.0, contradicts=True, note="another date")


def _ordinal_day(iso: str) -> int:
    year, month, day = (int(part) for part in iso.split("-"))
    return math.floor(365.25 * year + 30.44 * month + day)


def _is_lead(match: Match) -> bool:
    """A page of another publisher, on much the same, that names the one meant."""
    quotes = any(one.field == "publisher" and _QUOTES in one.note for one in match.evidence)
    return quotes and bool(match.candidate.record.url) and match.score >= SHOW_AT / 2


def _advice(clues: Clues, matches: Sequence[Match]) -> tuple[str, ...]:
    advice = [
        f"{match.candidate.record.container_title or host(match.candidate.record.url)} names {clues.publisher}: its page may hold the link"
        for match in matches
        if _is_lead(match)
    ]
    outlet = outlets.find(clues.publisher)
    if outlet:
        advice.append(f"search {outlet.site} by hand")
    return tuple(advice[:3])
