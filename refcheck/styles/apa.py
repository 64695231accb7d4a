"""APA 7: the style of the American Psychological Association's Publication Manual, 7th edition.

A list is rendered at once: order, "2014a, 2014b" and what tells like names apart depend on all of it.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from string import ascii_lowercase

from refcheck.model import Diagnostic, Entry, Rendered, Style
from refcheck.record import Record
from refcheck.styles import apa_citations as citations
from refcheck.styles import apa_descriptions, apa_legal, apa_names, apa_sources, apa_titles
from refcheck.styles.apa_dates import cited, listed
from refcheck.styles.apa_work import LEGAL, Work
from refcheck.styles.notes import named, told
from refcheck.styles.runs import Runs, joined, plain, rich, stopped, text, tidied
from refcheck.styles.terms import Terms, terms
from refcheck.text import fold


def render(records: Sequence[Record], locale: str = "en-US") -> Rendered:
    """Render the records in the order of an APA list (9.44–9.49). What looks wrong is told.

    What only the writer can get at is cited and not listed: its reference is empty (8.9).
    """
    words = terms(locale)
    with _uncollected():
        works = ordered([Work(record, words) for record in records])
        entries = tuple(_entries(works, words))
    return Rendered(entries, tuple(one for work in works for one in _told(work)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no unreachable cycles meanwhile: a list makes none, and the search is a quarter of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _entries(works: Sequence[Work], words: Terms) -> Iterator[Entry]:
    for work, (shown, initials) in zip(works, citations.distinct(works), strict=True):
        beside = citations.who(work, sign="&", shown=shown, initials=initials)
        within = citations.who(work, sign=words["and"], shown=shown, initials=initials)
        yield Entry(
            id=work.record.id,
            reference=() if work.private else tidied(reference(work)),
            parenthetical=tidied(citations.parenthetical(work, beside)),
            narrative=tidied(citations.narrative(work, within)),
        )


def reference(work: Work) -> Runs:
    """Return one reference: author. (date). title. source. address (history)."""
    if work.record.type in LEGAL:
        return apa_legal.reference(work)
    author = work.author()
    date = text(f"({listed(work.record, work.suffix, work.terms)})")
    title = apa_titles.title(work)
    described = apa_descriptions.description(work)
    identifier = apa_titles.identifier(work)
    named = joined(" ", title, identifier)
    if not title:  # its number or what kind of work it is stands for its title
        number = text(apa_titles.numbered(work))
        named, described = joined(" ", number, described, identifier), ()
    if author:
        body = joined(". ", author, date, joined(" ", named, described), apa_sources.source(work))
    else:
        named = named or rich(work.record.container_title)
        body = joined(". ", named, date, described, apa_sources.source(work))
    return joined(" ", stopped(body), apa_sources.address(work), apa_sources.history(work))


def ordered(works: Sequence[Work]) -> list[Work]:
    """Sort by author, then date, then title, and give like works their letters (9.44–9.49, 8.19).

    Fewer authors come before more, no date before any, in press after all. Works that a citation
    cannot tell apart get a, b, c: those with the year alone first, then by day, then by title.
    """
    groups: dict[tuple[tuple[str, ...], str], list[int]] = {}
    keys = [_sort_key(work) for work in works]
    for at, work in enumerate(works):
        if not work.private and work.record.type not in LEGAL:
            named = _named(work), cited(work.record, "", work.terms)
            groups.setdefault(named, []).append(at)
    out = list(works)
    for places in groups.values():
        if len(places) > 1:
            places.sort(key=lambda at: (keys[at][0], _within_year(works[at]), works[at].record.id))
            for number, at in enumerate(places):
                out[at] = replace(works[at], suffix=_letters(number))
        elif works[places[0]].record.year_suffix:
            out[places[0]] = replace(works[places[0]], suffix=works[places[0]].record.year_suffix)

    def place(at: int) -> tuple[object, ...]:
        authors, group, date, title, id_ = keys[at]
        return authors, group, date[:1], (len(out[at].suffix), out[at].suffix), date, title, id_

    return [out[at] for at in sorted(range(len(out)), key=place)]


def _named(work: Work) -> tuple[str, ...]:
    """Return all that a citation can say of who made a work, else its title: only the first has initials."""
    first, *others = work.people or (None,)
    if first is None:
        return ("", plain(_heading(work)))
    return (apa_names.inverted(first), *map(apa_names.short, others))


def _sort_key(work: Work) -> tuple[tuple[str, ...], int, tuple[int, ...], str, str]:
    record = work.record
    names = work.people
    authors = tuple(_name_key(apa_names.inverted(name)) for name in names) or (
        _title_key(plain(_heading(work))),
    )
    group, date = _date_key(record)
    return authors, group, date, _title_key(record.title), record.id


def _heading(work: Work) -> Runs:
    if work.record.type in LEGAL:
        return apa_legal.title(work)
    return apa_titles.title(work) or apa_descriptions.description(work)


def _date_key(record: Record) -> tuple[int, tuple[int, ...]]:
    date = record.issued
    if date and date.start:
        return 1, date.start
    return (2, ()) if record.status or (date and date.literal) else (0, ())


@lru_cache(maxsize=16384)
def _name_key(name: str) -> str:
    """Return what a name is sorted by: letters alone, the comma before all of them (9.44)."""
    return re.sub(r"[^\w ]", "", fold(name).replace(", ", "\0").replace(" ", "").replace("\0", " "))


@lru_cache(maxsize=16384)
def _title_key(title: str) -> str:
    bare = re.sub(r"[^\w\s]", "", fold(re.sub(r"<[^>]*>", "", title)))
    return re.sub(r"^(?:an?|the)\s+", "", bare)


def _within_year(work: Work) -> tuple[tuple[int, ...], str]:
    shown = listed(work.record, "", work.terms)
    exact = work.record.issued.start if work.record.issued and "," in shown else ()
    return exact, _title_key(work.record.title)


def _letters(number: int) -> str:
    """Return a to z, then aa, ab and so on."""
    first, second = divmod(number, 26)
    return (ascii_lowercase[first - 1] if first else "") + ascii_lowercase[second]


def cite(
    records: Sequence[Record],
    wanted: Sequence[tuple[str, str]],
    locale: str = "en-US",
    *,
    narrative: bool = False,
) -> Runs:
    """Cite some works of a list, by id and locator ("p. 12" or ""), as one citation.

    The whole list is given, for what tells like works apart comes from it. Narrative citations of
    several works follow one another, joined by "and".
    """
    words = terms(locale)
    works = ordered([Work(record, words) for record in records])
    places = {work.record.id: (at, work) for at, work in enumerate(works)}
    chosen = citations.distinct(works)
    picked = sorted(
        (places[id_][0], places[id_][1], locator) for id_, locator in wanted if id_ in places
    )
    sign = words["and"] if narrative else "&"
    cites = []
    for at, work, locator in picked:
        shown, initials = chosen[at]
        cites.append(
            (work, citations.who(work, sign=sign, shown=shown, initials=initials), locator)
        )
    if not narrative:
        return tidied(citations.together(cites))
    parts = [citations.narrative(work, author, locator) for work, author, locator in cites]
    comma = "," if len(parts) > 2 else ""
    head = joined(", ", *parts[:-1])
    return tidied(
        joined(f"{comma} {words['and']} ", head, *parts[-1:]) if head else parts[0] if parts else ()
    )


def _told(work: Work) -> tuple[Diagnostic, ...]:
    """Tell what of a record a reader will stumble over."""
    if not work.private:
        return told(work.record)
    message = f"{named(work.record)} is cited and not listed: nobody else can get at it (APA 8.9)"
    help_ = "say where it is kept if readers can see it"
    return (Diagnostic("RC503", "only-cited", "info", message, help_),)


STYLE = Style(render=render, title="APA 7")
