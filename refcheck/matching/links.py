"""Is this the page that the author had in mind? Publisher, event and date compared, with reasons.

A page is taken for the one meant only where its publisher is the one named, a model of agreements
and disagreements finds it probable, nothing contradicts and no other page comes near: a second car
is not a first, 2025 is not 2024, a loss no win, however alike the words are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from refcheck import events, facts, outlets
from refcheck.identifiers import host
from refcheck.matching import gist, link_evidence
from refcheck.matching.contradictions import contradictions, kind_asked
from refcheck.matching.facets import WEIGHTS, Facet, Seen, compare_facet, facets
from refcheck.matching.link_features import features
from refcheck.matching.stories import gather
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
from refcheck.text import fold, shorten, tokens

BODY_SIGNS = 6000
"""How much of a page's text is read: what a news item is about stands at its beginning."""

COMPARED = 60
"""How many candidates are compared in full: those whose titles the text accounts for best."""

RESOLVE_AT = 0.75
"""Probability from which on a page is taken. Of 432 made-up gaps whose page was absent or differed in
one fact one was answered wrongly so, of 216 whose page was there none (``tools/train_links.py``)."""

RESOLVE_UNNAMED_AT = 0.8
"""The same where no publisher is named: others may have written of the event too."""

LEADS = 0.3
"""By how much a page that names the publisher meant is shown before others: it may hold the link."""

VERBATIM, VERBATIM_WORDS = 0.97, 4
"""Likeness and length, in words, from which on a title that the author gives decides by itself."""

THROUGHOUT = 0.9
"""Probability of a page with which all that can be checked agrees: three facts or more, a name or a
model and a figure among them, whatever its other words."""

WHOLE, WHOLE_SHARE, WHOLE_WORDS, WHOLE_TELLING = 0.82, 0.97, 4, 5.0
"""Probability of a page all of whose title the text tells, the share of its telling weight from which
that holds, and the words and the weight that the title must have."""

OWN, CALLED = ("library:", "catalog:"), 0.95
"""How sources that a user named begin, and the probability of a work in them of a link's very name."""

LEAD = 4.0
"""By how many times the best must be likelier than the next that nothing contradicts."""

SUGGEST_AT = 0.4
"""Probability from which on a page that nothing contradicts is suggested."""

SHOW_AT = 0.02
"""Below this a page is no candidate worth showing."""


def compare(clues: Clues, candidate: Candidate, entities: Sequence[Entity] = ()) -> Match:
    """Compare the clues with a candidate, fact by fact. Pure; the score is a probability."""
    return _compare(clues, candidate, tuple(entities))


@lru_cache(maxsize=8192)
def _compare(clues: Clues, candidate: Candidate, entities: tuple[Entity, ...]) -> Match:
    record = candidate.record
    body = _body(candidate)
    title = link_evidence.headline(record)
    known = gist.gist(clues)
    said = gist.compare(clues, title, body, entities)
    evidence = [
        link_evidence.publisher(clues, record, body, entities),
        *link_evidence.dates(clues, record),
        *link_evidence.titles(clues, record),
    ]
    seen = Seen.of(title, body)
    evidence += [
        _unless_told(compare_facet(facet, seen, record), known)
        for facet in _facets(clues, entities)
    ]
    evidence += contradictions(known, kind_asked(known.core[:300]), record, body)
    probability = _probability(features(clues, known, said, evidence, title))
    if _is_verbatim(evidence):
        probability = max(probability, VERBATIM)
    if (
        said.explained >= WHOLE_SHARE
        and said.told >= WHOLE_TELLING
        and not said.strangers
        and len(tokens(title)) >= WHOLE_WORDS
    ):
        probability = max(probability, WHOLE)
    if _agrees_throughout(evidence):
        probability = max(probability, THROUGHOUT)
    if said.explained and not clues.title:
        note = (
            f"the text has other names than {', '.join(said.strangers)}" if said.strangers else ""
        )
        evidence.append(
            Evidence(
                "wording",
                shorten(known.core, 80),
                shorten(title, 80),
                round(said.explained, 2),
                note=note,
            )
        )
    if any(one.contradicts for one in evidence):
        probability *= 0.5
    return Match(
        candidate, round(probability, 3), tuple(one for one in evidence if one.given or one.found)
    )


def _agrees_throughout(evidence: Sequence[Evidence]) -> bool:
    """Tell whether every telling fact of the text is found on the page, and these are enough."""
    stated = [one for one in evidence if one.field in WEIGHTS]
    telling = [one for one in stated if one.field != "word"]
    kinds = {one.field for one in telling}
    weight = sum(WEIGHTS[one.field] for one in stated)
    agreed = sum(WEIGHTS[one.field] * (one.agreement or 0.0) for one in stated)
    return (
        len(telling) >= 3
        and all((one.agreement or 0.0) >= 0.8 for one in telling)
        and bool(kinds & {"name", "model"})
        and bool(kinds & {"ordinal", "period", "number", "model"})
        and agreed >= 0.75 * weight
    )


def _is_verbatim(evidence: Sequence[Evidence]) -> bool:
    """Tell whether the page bears the title that the author gives, and that says enough."""
    title = next((one for one in evidence if one.field == "title"), None)
    return (
        title is not None
        and (title.agreement or 0.0) >= VERBATIM
        and len(tokens(title.given)) >= VERBATIM_WORDS
    )


@lru_cache(maxsize=512)
def _facets(clues: Clues, entities: tuple[Entity, ...]) -> tuple[Facet, ...]:
    """Take the event apart, the day on which the text says the page came out left out."""
    return tuple(
        facet
        for facet in facets(clues, entities)
        if not (
            clues.since and facet.fact and facet.kind == "period" and _is_day_of(clues, facet.fact)
        )
    )


def _is_day_of(clues: Clues, fact: facts.Fact) -> bool:
    first, last = fact.period
    return first[:7] == last[:7] and facts.overlap(fact.value, f"{clues.since}/{clues.until}")


def _unless_told(evidence: Evidence, known: gist.Gist) -> Evidence:
    """A figure of the page that the text has too, if elsewhere in the paragraph, contradicts nothing.

    A model or an ordinal must stand in the sentence itself: others are spoken of nearby.
    """
    if not evidence.contradicts or evidence.field not in {"number", "model", "ordinal", "period"}:
        return evidence
    seen = {(fact.kind, fact.value) for fact in facts.read(evidence.found)}
    near = known.core if evidence.field in {"model", "ordinal"} else known.passage
    if seen & _stated(near):
        return replace(evidence, agreement=None, contradicts=False, note="")
    return evidence


@lru_cache(maxsize=512)
def _stated(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((fact.kind, fact.value) for fact in facts.read(text))


def _body(candidate: Candidate) -> str:
    record = candidate.record
    return f"{record.abstract} {record.note} {candidate.text[:BODY_SIGNS]}"


@cache
def _model() -> tuple[float, tuple[float, ...]]:
    data = msgspec.json.decode(files("refcheck.matching").joinpath("link_model.json").read_bytes())
    return data["base"], tuple(data["weights"].values())


def _probability(values: Sequence[float]) -> float:
    base, weights = _model()
    odds = base + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


def decide(
    clues: Clues,
    candidates: Sequence[Candidate],
    entities: Sequence[Entity] = (),
    failed: bool = False,
) -> Resolution:
    """Decide which candidate is the page meant, or that it stays open. Order does not matter.

    ``failed`` says that a source that could have known could not be asked.
    """
    if clues.label and (called := _called(clues.label, candidates)):
        return Resolved(called)
    entities = tuple(entities)
    matches = sorted(
        (_compare(clues, one, entities) for one in _likeliest(clues, gather(candidates), entities)),
        key=lambda match: (
            -match.score - (LEADS if _is_lead(match) else 0.0),
            match.candidate.record.title,
            match.candidate.record.url,
        ),
    )
    shown = tuple(match for match in matches if match.score >= SHOW_AT or _is_lead(match))[:10]
    sound = [match for match in matches if not match.contradictions]
    if sound and _is_sure(clues, sound[0]):
        rivals = [match for match in sound[1:] if _odds(sound[0]) < LEAD * _odds(match)]
        if not rivals:
            return Resolved(sound[0], tuple(match for match in shown if match is not sound[0]))
        return Ambiguous((sound[0], *rivals[:9]))
    likely = [match for match in sound if match.score >= SUGGEST_AT and match.candidate.record.url]
    if likely:
        rest = [match for match in shown if match not in likely]
        return Suggested(tuple((*likely, *rest)[:10]))
    if not clues.title and not events.tells(events.core(clues), clues.publisher):
        whose = "" if clues.publisher else "whose page is meant and "
        return Unresolved("too_vague", shown, (f"say in the text {whose}what it is about",))
    reason: Reason = "source_failed" if failed else "not_found"
    return Unresolved(reason, shown, _advice(clues, matches))


def _called(label: str, candidates: Sequence[Candidate]) -> Match | None:
    """Return the one work of the user's own libraries that is called as the link is.

    A public index holds too many pages of any short name.
    """
    named = fold(label)
    found = [
        one
        for one in candidates
        if fold(one.record.title) == named
        and one.provenance
        and one.provenance[0].source.startswith(OWN)
    ]
    if len({one.record.url or one.record.doi for one in found} - {""}) != 1:
        return None
    chosen = next(one for one in found if one.record.url or one.record.doi)
    return Match(chosen, CALLED, (Evidence("title", label, chosen.record.title, 1.0),))


def _likeliest(
    clues: Clues, candidates: Sequence[Candidate], entities: tuple[Entity, ...]
) -> list[Candidate]:
    """Return the candidates worth comparing in full, by how much of their titles the text has."""
    if len(candidates) <= COMPARED:
        return list(candidates)

    def told(candidate: Candidate) -> float:
        said = _wording(clues, link_evidence.headline(candidate.record), entities)
        return said.explained * min(said.told, 3.0) + said.covered

    return sorted(candidates, key=told, reverse=True)[:COMPARED]


@lru_cache(maxsize=32768)
def _wording(clues: Clues, title: str, entities: tuple[Entity, ...]) -> gist.Wording:
    return gist.compare(clues, title, "", entities)


def _odds(match: Match) -> float:
    return match.score / max(1e-3, 1 - match.score)


def _is_sure(clues: Clues, match: Match) -> bool:
    record = match.candidate.record
    if (
        not record.url
        or not record.title
        or not (events.tells(events.core(clues), clues.publisher) or clues.title)
    ):
        return False
    if any(one.field in {"kind", "part"} and not one.agreement for one in match.evidence):
        return False  # a video or a second part is asked for, and nothing says that it is one
    whose = next((one for one in match.evidence if one.field == "publisher"), None)
    if clues.publisher:
        return whose is not None and (whose.agreement or 0.0) >= 0.7 and match.score >= RESOLVE_AT
    return match.score >= RESOLVE_UNNAMED_AT


def _is_lead(match: Match) -> bool:
    """A page of another publisher, on much the same, that names the one meant."""
    quotes = any(e.field == "publisher" and link_evidence.QUOTES in e.note for e in match.evidence)
    return quotes and bool(match.candidate.record.url)


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
