"""Is this the page that the author had in mind? Publisher, event and date compared, with reasons.

What a text says of an event is taken apart into facets: names, kinds of thing, models, ordinals,
periods, numbers with a unit. A page is taken for the one meant only where its publisher is the one
named, every telling facet is found in it, and nothing of a kind is found to be another: a second
car is not a first, 2025 is not 2024, a phone is not a car, however alike the words are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from refcheck import events, facts, glossary, outlets
from refcheck.identifiers import host, on_site
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

WEIGHTS = {
    "name": 3.0,
    "model": 4.0,
    "number": 3.0,
    "ordinal": 2.5,
    "period": 2.5,
    "thing": 2.0,
    "word": 0.7,
}
"""How much an agreeing facet of each kind tells. Set by order of how many news items share one: a
model or a number is shared by few, a notion such as "launch" by very many."""

RESOLVE_AT = 0.75
"""Share of the telling weight that must be found before a page is taken; see `decide`."""

MARGIN = 0.12
"""By how much the best must lead the next page that is not ruled out."""

SHOW_AT = 0.2
"""Below this a page is no candidate worth showing."""

_FACTS = frozenset({"model", "number", "ordinal", "period"})

BODY_SIGNS = 6000
"""How much of a page's text is read: what a news item is about stands at its beginning."""

_QUOTES = "which names"
"""Stands in the note on a page of another publisher that speaks of the one meant."""

_STOP = frozenset(
    "the a an of and or in on at to for from by with its is are was were be been it this that as how what why who will would could "
    "article report story news link post page piece read see here source der die das und ein eine von zu mit den dem des im ist "
    "le la les un une des du de et en dans pour sur el los las y con del il lo gli di che per".split()
)


@dataclass(frozen=True, slots=True)
class Facet:
    """One telling part of what is meant. ``forms`` are its folded spellings in any language."""

    kind: str
    given: str
    forms: tuple[str, ...] = ()
    fact: facts.Fact | None = None
    group: str = ""


def facets(clues: Clues, entities: Sequence[Entity] = ()) -> tuple[Facet, ...]:
    """Take apart what the clues say of the event: its title where one is given, else its topic."""
    core = events.without_publisher(events.core(clues), clues.publisher)
    found: list[Facet] = []
    groups: set[str] = set()
    own = events.own_names(clues.publisher)
    for notion in glossary.read(core):
        if notion.key in events.SAYS_NOTHING:
            continue
        alike = (
            [n for n in glossary.notions() if n.group == notion.group] if notion.group else [notion]
        )
        forms = tuple(dict.fromkeys(fold(w) for n in alike for _, words in n.words for w in words))
        if not own & set(forms) and notion.group not in groups:
            groups |= {notion.group} - {""}
            found.append(Facet(notion.kind, notion.key, forms, group=notion.group))
    known = {form for facet in found for form in facet.forms}
    for entity in entities:
        forms = tuple(dict.fromkeys(fold(name) for _, name in (("", entity.label), *entity.names)))
        if (
            not known & set(forms)
            and not own & set(forms)
            and any(form in fold(core) for form in forms)
        ):
            found.append(Facet("name", entity.label, forms))
    found.extend(
        Facet(fact.kind, fact.text, fact=fact)
        for fact in facts.read(core)
        if fact.kind != "number" or fact.unit or float(fact.value) >= 100
    )
    return tuple(found)


def compare(clues: Clues, candidate: Candidate, entities: Sequence[Entity] = ()) -> Match:
    """Compare the clues with a candidate, facet by facet. Pure; the score is 0.0 to 1.0."""
    record = candidate.record
    body = _body(candidate)
    evidence = [_publisher(clues, candidate), *_dates(clues, record)]
    weight = agreed = 0.0
    seen = _Seen.of(record.title, body)
    for facet in facets(clues, entities):
        one = _compare_facet(facet, seen, record)
        evidence.append(one)
        if one.agreement is not None:
            weight += WEIGHTS[facet.kind]
            agreed += WEIGHTS[facet.kind] * one.agreement
    title = _title(clues, record)
    if title.agreement is not None:
        evidence.append(title)
        weight += 4.0
        agreed += 4.0 * title.agreement
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
        return True
    telling = [one for one in match.evidence if one.field in WEIGHTS and one.field != "word"]
    compared = [one for one in telling if one.agreement is not None]
    kinds = {one.field for one in compared if one.agreement and one.agreement >= 0.8}
    return (
        all(one.agreement is not None and one.agreement >= 0.8 for one in telling)
        and len(compared) >= 3
        and bool(kinds & {"name", "model"})
        and bool(kinds & {"ordinal", "period", "number", "model"})
        and match.score >= RESOLVE_AT
    )


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


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a candidate's title and body say, read once."""

    title: str
    body: str
    title_facts: tuple[facts.Fact, ...]
    body_facts: tuple[facts.Fact, ...]
    title_notions: tuple[glossary.Notion, ...]

    @classmethod
    def of(cls, title: str, body: str) -> _Seen:
        return cls(
            fold(title), fold(body), facts.read(title), facts.read(body), glossary.read(title)
        )


def _compare_facet(facet: Facet, seen: _Seen, record: Record) -> Evidence:
    if facet.fact is not None:
        return _compare_fact(facet, facet.fact, seen, record)
    if form := next((form for form in facet.forms if _stands_in(form, seen.title)), ""):
        rivals = _rivals(facet, seen)
        if rivals:
            return Evidence(
                facet.kind, facet.given, rivals[0].key, 0.4, note="speaks of another thing too"
            )
        return Evidence(facet.kind, facet.given, form, 1.0)
    if rivals := _rivals(facet, seen):
        return Evidence(
            facet.kind,
            facet.given,
            rivals[0].key,
            0.0,
            contradicts=True,
            note="another kind of thing",
        )
    if form := next((form for form in facet.forms if _stands_in(form, seen.body)), ""):
        return Evidence(facet.kind, facet.given, form, 0.8, note="in the text, not in the title")
    if is_cjk(seen.title) and not any(is_cjk(form) for form in facet.forms):
        return Evidence(facet.kind, facet.given, "", None, note="not known in the page's language")
    return Evidence(facet.kind, facet.given, "", 0.0, note="not found")


def _rivals(facet: Facet, seen: _Seen) -> list[glossary.Notion]:
    """Things in the title of the facet's group but of another class: a phone beside a car."""
    group, _, _ = facet.group.partition("/")
    return [
        notion
        for notion in seen.title_notions
        if group and notion.group.startswith(f"{group}/") and notion.group != facet.group
    ]


def _compare_fact(facet: Facet, fact: facts.Fact, seen: _Seen, record: Record) -> Evidence:
    in_title = [one for one in seen.title_facts if _comparable(fact, one)]
    in_body = [one for one in seen.body_facts if _comparable(fact, one)]
    if fact.kind == "period":
        return _compare_period(facet, fact, in_title, in_body, record)
    for found in in_title:
        if found.value == fact.value:
            return Evidence(facet.kind, fact.text, found.text, 1.0)
    other = [
        one for one in in_title if one.unit == fact.unit and (fact.unit or fact.kind != "number")
    ]
    if other:
        return Evidence(
            facet.kind, fact.text, other[0].text, 0.0, contradicts=True, note=f"another {fact.kind}"
        )
    for found in in_body:
        if found.value == fact.value:
            return Evidence(
                facet.kind, fact.text, found.text, 0.8, note="in the text, not in the title"
            )
    return Evidence(facet.kind, fact.text, "", 0.0, note="not found")


def _comparable(given: facts.Fact, found: facts.Fact) -> bool:
    """Of one kind, and in one unit unless one of the two names none: 200,000 and 20万台."""
    return given.kind == found.kind and (
        given.unit == found.unit or not (given.unit and found.unit)
    )


def _compare_period(
    facet: Facet,
    fact: facts.Fact,
    in_title: Sequence[facts.Fact],
    in_body: Sequence[facts.Fact],
    record: Record,
) -> Evidence:
    for where, found_in in (("", in_title), ("in the text, not in the title", in_body)):
        best = max(found_in, key=lambda one: _period_likeness(fact.value, one.value), default=None)
        if best is None:
            continue
        likeness = _period_likeness(fact.value, best.value)
        if likeness == 0.0 and not where:
            return Evidence(
                facet.kind, fact.text, best.text, 0.0, contradicts=True, note="another time"
            )
        if likeness:
            return Evidence(
                facet.kind,
                fact.text,
                best.text,
                likeness * (0.9 if where else 1.0),
                note=where or ("" if likeness == 1 else "less exact, or another part of it"),
            )
    issued = record.issued.iso() if record.issued and record.issued.start else ""
    first, last = fact.period
    if len(issued) == 10 and first <= issued <= last:
        return Evidence(facet.kind, fact.text, issued, 0.8, note="published then")
    return Evidence(facet.kind, fact.text, "", 0.0, note="not found")


def _period_likeness(given: str, found: str) -> float:
    """1.0 for the same or a part of it, 0.6 for a longer one that holds it, 0.0 for another."""
    if given == found:
        return 1.0
    if not facts.overlap(given, found):
        return 0.0
    (a, _, b), (c, _, d) = given.partition("/"), found.partition("/")
    return 1.0 if a <= c and d <= b else 0.6


def _stands_in(form: str, text: str) -> bool:
    if is_cjk(form):
        return form in text
    at = text.find(form)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(form) : at + len(form) + 1]
        if not (before.isalnum() and not is_cjk(before)) and not (
            after.isalnum() and not is_cjk(after)
        ):
            return True
        at = text.find(form, at + 1)
    return False


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
    quotes = next((name for name in sorted(names) if name and _stands_in(name, said)), "")
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


def _title(clues: Clues, record: Record) -> Evidence:
    """Compare the title given, or how much of a same-language topic's words the title holds."""
    if clues.title and record.title:
        likeness = fuzz.token_sort_ratio(fold(clues.title), fold(record.title)) / 100
        return Evidence("title", clues.title, record.title, round(likeness, 2))
    core = events.without_publisher(events.core(clues), clues.publisher)
    given = [word for word in tokens(core) if word not in _STOP and len(word) > 1]
    if not given or is_cjk(core) != is_cjk(record.title):
        return Evidence("title", "", "", None)
    there = set(tokens(f"{record.title} {record.abstract}"))
    share = sum(word in there for word in given) / len(given)
    return Evidence("wording", shorten(core, 80), shorten(record.title, 80), round(share, 2))


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
