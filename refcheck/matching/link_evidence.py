"""Publisher, day and title of a page against what the text says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz

from refcheck import events, facts, outlets
from refcheck.identifiers import host, on_site
from refcheck.matching.facets import stands_in
from refcheck.model import Clues, Entity, Evidence
from refcheck.record import Record
from refcheck.text import fold, is_cjk, tokens

QUOTES = "which names"
"""Stands in the note on a page of another publisher that speaks of the one meant."""

SAME_DAY = 4
"""Days apart that are still one day said: time zones, print after screen, a search engine's first sight."""

AROUND = 20
"""Days that a month or a part of one, said from memory, may be off."""

AROUND_YEAR = 45
"""The same for a year."""


def publisher(clues: Clues, record: Record, body: str, entities: Sequence[Entity] = ()) -> Evidence:
    """Compare the publisher named with whose page it is."""
    if not clues.publisher:
        return Evidence("publisher", "", "", None)
    outlet = outlets.find(clues.publisher)
    found = record.container_title or record.publisher or host(record.url)
    names = {fold(name) for name in (outlet.names if outlet else (clues.publisher,))}
    if _is_theirs(clues.publisher, outlet, record, names, entities):
        return Evidence("publisher", clues.publisher, host(record.url) or found, 1.0)
    if not found:
        return Evidence("publisher", clues.publisher, "", None, note="the record names none")
    if outlet and record.url and on_site(record.url, outlet.site):
        whose = outlets.at(record.url)
        note = f"another edition, {whose.names[0]}" if whose else "another edition"
        if "/" in outlet.site:
            return Evidence("publisher", clues.publisher, found, 0.0, contradicts=True, note=note)
        return Evidence("publisher", clues.publisher, found, 0.7, note=note)
    said = fold(f"{record.title} {body}")
    quotes = any(name and stands_in(name, said) for name in names)
    note = f"another publisher, {QUOTES} {clues.publisher}" if quotes else "another publisher"
    return Evidence("publisher", clues.publisher, found, 0.0, contradicts=True, note=note)


def _is_theirs(
    said: str,
    outlet: outlets.Outlet | None,
    record: Record,
    names: set[str],
    entities: Sequence[Entity],
) -> bool:
    if outlet is not None and record.url:
        return outlet.publishes(record.url)
    if outlet is not None and record.publisher and outlets.at(record.publisher):
        return outlet.publishes(record.publisher)
    if {fold(record.container_title), fold(record.publisher)} & names:
        return True
    if outlet is not None:
        return False
    if "." in said and record.url:
        return on_site(record.url, said)
    for entity in entities:
        known = {fold(name) for _, name in entity.names} | {fold(entity.label)}
        if entity.site and record.url and fold(said) in known and on_site(record.url, entity.site):
            return True
    own = _compact(said)
    label = re.sub(
        r"[^a-z0-9]",
        "",
        (host(record.url).split(".") or [""])[-2 if host(record.url).count(".") else 0],
    )
    return len(own) >= 6 and own in {label, f"the{label}"}


_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
"""How letters are written in the names of hosts."""


def _compact(name: str) -> str:
    name = re.sub("[äöüß]", lambda m: _GERMAN[m[0]], name.lower())
    return re.sub(r"[^a-z0-9]", "", fold(re.sub(r"^the ", "", name)))


def dates(clues: Clues, record: Record) -> list[Evidence]:
    """Compare the days that the text says with the day of the page, else of its first stored copy."""
    issued = record.issued.iso() if record.issued and record.issued.start else ""
    said = clues.date or (f"{clues.since} to {clues.until}" if clues.since else "")
    if clues.since and issued:
        return [_within(said, clues.since, clues.until, issued)]
    if clues.since and record.available_date and record.available_date.start:
        return [_stored(said, clues.since, clues.until, record.available_date.iso())]
    given = clues.date or (str(clues.year) if clues.year else "")
    if given and issued:
        return [_same(given, issued)]
    if said or given:
        return [Evidence("issued", said or given, "", None, note="the record has no date")]
    return _about(clues, issued) if issued else []


def _about(clues: Clues, issued: str) -> list[Evidence]:
    """The time of an event bounds that of its news: not years before it, not in a later year."""
    out = []
    for fact in facts.read(events.without_publisher(events.core(clues), clues.publisher)):
        if fact.kind != "period":
            continue
        note = ""
        if issued[:4] > fact.period[1][:4]:
            note = "published in a later year"
        elif int(issued[:4]) < int(fact.period[0][:4]) - 2:
            note = "published years before"
        if note:
            out.append(
                Evidence("issued", f"about {fact.text}", issued, 0.0, contradicts=True, note=note)
            )
    return out


def _within(said: str, since: str, until: str, issued: str) -> Evidence:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    low, high = _bounds(issued)
    if low <= last and high >= first:
        exact = len(issued) == 10 or last.year - first.year or (last - first).days > 300
        return Evidence("issued", said, issued, 1.0 if exact else 0.7)
    apart = (low - last).days if low > last else (first - high).days
    length = (last - first).days
    slack = SAME_DAY if length == 0 else AROUND if length < 100 else AROUND_YEAR
    if apart <= slack and len(issued) > 4:
        note = "a day apart" if apart == 1 else f"{apart} days apart"
        return Evidence("issued", said, issued, 0.8 if length == 0 else 0.5, note=note)
    return Evidence("issued", said, issued, 0.0, contradicts=True, note="another date")


def _bounds(iso: str) -> tuple[date, date]:
    parts = [int(part) for part in iso.split("-")]
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) > 2:
        return first, first
    if len(parts) > 1:
        return first, date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return first, date(first.year, 12, 31)


def _stored(said: str, since: str, until: str, stored: str) -> Evidence:
    """The first stored copy: not before the page was there, often soon after."""
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    low, _ = _bounds(stored)
    if (first - low).days > SAME_DAY:
        return Evidence(
            "issued",
            said,
            stored,
            0.0,
            contradicts=True,
            note="stored in an archive before that day",
        )
    if (low - last).days <= AROUND:
        return Evidence("issued", said, stored, 0.6, note="first stored in an archive then")
    return Evidence("issued", said, stored, None, note="first stored in an archive later")


def _same(given: str, issued: str) -> Evidence:
    """Compare as exactly as both are known; a few days apart is the same day elsewhere."""
    length = min(len(given), len(issued))
    if given[:length] == issued[:length]:
        return Evidence("issued", given, issued, 1.0)
    low, high = _bounds(given[:length])
    seen, _ = _bounds(issued[:length])
    apart = (seen - high).days if seen > high else (low - seen).days
    if length == 10 and apart <= SAME_DAY:
        return Evidence("issued", given, issued, 0.8, note="a few days apart")
    if length == 7 and apart <= 31:
        return Evidence("issued", given, issued, 0.4, note="a month apart")
    return Evidence("issued", given, issued, 0.0, contradicts=True, note="another date")


def titles(clues: Clues, record: Record) -> list[Evidence]:
    """Compare the title that the author gives; nothing where none is given or they are in two scripts."""
    if not record.title or not clues.title or is_cjk(clues.title) != is_cjk(record.title):
        return []
    given, found = " ".join(tokens(clues.title)), " ".join(tokens(headline(record)))
    likeness = fuzz.token_sort_ratio(given, found) / 100
    if len(given) >= 20 and given in found:
        likeness = max(likeness, 0.95)
    other = 0.6 <= likeness < 1.0 and _figures_differ(clues.title, record.title)
    note = "the figures differ" if other else ""
    return [Evidence("title", clues.title, record.title, round(likeness, 2), other, note)]


def _figures_differ(one: str, other: str) -> bool:
    """Tell whether each of two titles has a figure that the other lacks, or one has more."""
    a, b = facts.numerals(one), facts.numerals(other)
    return a != b


def headline(record: Record) -> str:
    """Return a title without the name of the site that many pages put after it."""
    title = record.title
    match = re.match(r"(.{8,}?)\s*(?:[|｜_–—]| - )\s*([^|｜_–—]{2,40})$", title)
    if match:
        name = match[2].strip()
        whose = outlets.find(name)
        site = fold(record.container_title)
        if (whose and (not record.url or whose.publishes(record.url))) or fold(name) in {
            site,
            host(record.url),
        }:
            return match[1]
    return title
