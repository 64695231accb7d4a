"""What tells one event from another, taken apart and found again: names, things, models, numbers.

A facet of the clues is looked for in a candidate's title, then in its text. Where the title has
another of the same kind instead, the two do not mean the same: a second car is not a first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from refcheck import events, facts, glossary
from refcheck.model import Clues, Entity, Evidence
from refcheck.record import Record
from refcheck.text import fold, is_cjk

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


@dataclass(frozen=True, slots=True)
class Seen:
    """What a candidate's title and body say, read once."""

    title: str
    body: str
    title_facts: tuple[facts.Fact, ...]
    body_facts: tuple[facts.Fact, ...]
    title_notions: tuple[glossary.Notion, ...]

    @classmethod
    def of(cls, title: str, body: str) -> Seen:
        """Read a title and the text under it."""
        return cls(
            fold(title), fold(body), facts.read(title), facts.read(body), glossary.read(title)
        )


def compare_facet(facet: Facet, seen: Seen, record: Record) -> Evidence:
    """Look for a facet in what a candidate says; the agreement is 0 to 1, None where unknowable."""
    if facet.fact is not None:
        return _compare_fact(facet, facet.fact, seen, record)
    if form := next((form for form in facet.forms if stands_in(form, seen.title)), ""):
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
    if form := next((form for form in facet.forms if stands_in(form, seen.body)), ""):
        return Evidence(facet.kind, facet.given, form, 0.8, note="in the text, not in the title")
    if is_cjk(seen.title) and not any(is_cjk(form) for form in facet.forms):
        return Evidence(facet.kind, facet.given, "", None, note="not known in the page's language")
    return Evidence(facet.kind, facet.given, "", 0.0, note="not found")


def _rivals(facet: Facet, seen: Seen) -> list[glossary.Notion]:
    """Things in the title of the facet's group but of another class: a phone beside a car."""
    group, _, _ = facet.group.partition("/")
    return [
        notion
        for notion in seen.title_notions
        if group and notion.group.startswith(f"{group}/") and notion.group != facet.group
    ]


def _compare_fact(facet: Facet, fact: facts.Fact, seen: Seen, record: Record) -> Evidence:
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


def stands_in(form: str, text: str) -> bool:
    """Tell whether a folded form stands in a folded text, as a whole word where words have ends."""
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
