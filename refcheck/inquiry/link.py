"""Whose page, about what, when: the questions for a missing link, in the order that finds it soonest.

First the user's own libraries. Then what the names are called in the publisher's language; then the
news, the words short and telling, on the publisher's site and in its language, and everywhere in
the document's own (who quotes it?). At last the likeliest pages are read themselves.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from refcheck import events, facts, glossary, outlets
from refcheck.identifiers import on_site
from refcheck.inquiry.rounds import Inquiry, Round
from refcheck.model import Candidate, Clues, Entity, Query
from refcheck.text import fold, is_cjk, script_language, tokens

PAGES_READ = 3
"""How many of the likeliest pages are read. Two to three decide; more add requests, not answers."""

NAMES_ASKED = 2
"""For how many names of the topic the labels in another language are asked."""

ENOUGH_WORDS = 4
"""Words of a search without a site; engines that want every word find nothing by more."""

AHEAD_DAYS = 550
"""How long before an announced time its news may have been written."""


_PARTICLES = "的了是和在与及对将已被从把为以于其之个这那也都就而但或等向给让由到说有没很更最又再不"
"""Signs that join or modify in Chinese and seldom stand within a telling word."""


def inquire(clues: Clues, today: date) -> Inquiry:
    """Ask for the page that the clues describe. ``today`` bounds what can have been published."""
    outlet = outlets.find(clues.publisher)
    site = outlet.site if outlet else ""
    own_language = clues.written_in or "en"
    their_language = clues.language or (outlet.language if outlet else "") or own_language
    since, until = window(clues, today)
    if not (clues.topic or clues.title or clues.publisher):
        return
    everything = " ".join((events.core(clues), *telling_words(clues, their_language, ())))
    state = yield Round(
        (
            Query(
                "news",
                text=everything,
                title=clues.title,
                site=site,
                since=since,
                until=until,
                limit=50,
            ),
        ),
        "own",
    )
    if state.decided:
        return
    asked_names = [] if their_language == own_language else names(clues)[:NAMES_ASKED]
    entity_queries = [Query("entity", text=name, language=own_language) for name in asked_names]
    if clues.publisher and not outlet:
        entity_queries.append(Query("entity", text=clues.publisher, language=own_language))
    if entity_queries:
        state = yield Round(tuple(entity_queries))
        if not outlet:
            site = next(
                (e.site for e in state.entities if fold(e.label) == fold(clues.publisher)), ""
            )
    news: list[Query] = []
    if words := telling_words(clues, their_language, state.entities):
        text = " ".join(words[:2]) if site else " ".join(words[:4])
        news.append(
            Query(
                "news",
                text=text,
                title=clues.title,
                site=site,
                language=their_language,
                since=since,
                until=until,
                limit=100,
            )
        )
    if words := telling_words(clues, own_language, ()):
        everywhere = Query(
            "news",
            text=" ".join(words[:4]),
            title=clues.title,
            language=own_language,
            since=since,
            until=until,
            limit=25,
        )
        if not site or their_language != own_language:
            news.append(everywhere)
    if news:
        state = yield Round(tuple(dict.fromkeys(news)))
    pages = [m.candidate.record.url for m in state.matches if _worth_reading(m.candidate, site)]
    if pages:
        state = yield Round(
            tuple(Query("page", url=url) for url in dict.fromkeys(pages[:PAGES_READ]))
        )


def _worth_reading(candidate: Candidate, site: str) -> bool:
    """A page that nobody has read yet, on the publisher's own site where that is known."""
    url = candidate.record.url
    read = any(one.source == "page" for one in candidate.provenance)
    return bool(url) and not read and (not site or on_site(url, site))


def window(clues: Clues, today: date) -> tuple[str, str]:
    """Return the first and last day (ISO) on which the page can have been published.

    A date that the text gives bounds closely; the time of an event does so loosely, since news
    announce and look back; without either any day that the news indexes hold will do.
    """
    if clues.date or clues.year:
        period = facts.read(clues.date or str(clues.year))
        if period and period[0].kind == "period":
            first, last = (date.fromisoformat(day) for day in period[0].period)
            slack = timedelta(days=4 if len(clues.date) == 10 else 31)
            return (first - slack).isoformat(), min(last + slack, today).isoformat()
    periods = [fact.period for fact in facts.read(events.core(clues)) if fact.kind == "period"]
    if periods:
        first = date.fromisoformat(min(first for first, _ in periods)) - timedelta(days=AHEAD_DAYS)
        last = date.fromisoformat(max(last for _, last in periods)) + timedelta(days=90)
        return first.isoformat(), min(last, today).isoformat()
    return "2017-01-01", today.isoformat()


def telling_words(clues: Clues, language: str, entities: tuple[Entity, ...]) -> tuple[str, ...]:
    """Return words for a search in a language, the most telling first.

    Models and names, then kinds of thing, then what else the glossary can say in it; a title that
    the author gives in that language goes in as it stands.
    """
    core = events.core(clues)
    own = script_language(core) or clues.written_in or "en"
    publisher = fold(clues.publisher)
    models = [fact.text.upper() for fact in facts.read(core) if fact.kind == "model"]
    found: dict[str, list[str]] = {"name": [], "thing": [], "word": []}
    known: set[str] = set()
    for notion in glossary.read(core):
        if notion.key in events.SAYS_NOTHING:
            continue
        known |= {fold(word) for _, words in notion.words for word in words}
        here = notion.in_language(language)
        as_written = next((w for w in notion.in_language(own) if fold(w) in fold(core)), "")
        word = (as_written if language == own else "") or (here[0] if here else "")
        if word and fold(word) != publisher:
            found[notion.kind].append(word)
    for entity in entities:
        if fold(entity.label) in fold(core) and not known & {
            fold(name) for _, name in entity.names
        }:
            found["name"].extend(entity.named(language)[:1])
    if language == own:
        known_words = " ".join(known).split()
        found["name"].extend(name for name in names(clues) if fold(name) not in known_words)
    ordinals = [
        fact.text for fact in facts.read(core) if fact.kind == "ordinal" and language == own
    ]
    words = [*found["name"][:3], *models, *ordinals, *found["thing"], *found["word"]]
    if language == own and len(words) < ENOUGH_WORDS:
        words += _unusual(core, publisher)[: ENOUGH_WORDS - len(words)]
    return tuple(dict.fromkeys(words))


def _unusual(text: str, publisher: str) -> list[str]:
    """Return the words of a text that tell most, for want of better by their length.

    Chinese has no spaces: what stands between its particles and punctuation is taken for a word.
    """
    if is_cjk(text):
        chunks = re.split(rf"[{_PARTICLES}]|[^\u3400-\u9fff]+", text)
        return sorted(dict.fromkeys(c for c in chunks if 2 <= len(c) <= 6), key=lambda c: -len(c))
    seen = dict.fromkeys(word for word in tokens(text) if len(word) > 4 and word not in publisher)
    return sorted(seen, key=lambda word: -len(word))


def names(clues: Clues) -> list[str]:
    """Return the proper names in the topic, in order of place.

    A capital alone says little in a headline: a word counts that nowhere near stands in small
    letters, and that stands with a capital within a sentence or is a name of the glossary.
    """
    core = events.core(clues)
    near = " ".join(clues.context).replace(core, " ")
    ours = " ".join((*events.own_names(clues.publisher), fold(clues.publisher)))
    publisher = {"the", *tokens(ours)}
    known = {
        fold(word)
        for notion in glossary.read(core)
        if notion.kind == "name"
        for _, ws in notion.words
        for word in ws
    }
    initials = [word[0] for word in re.findall(r"[^\W\d_]{4,}", core)]
    headline = sum(sign.isupper() for sign in initials) > len(initials) / 2
    sentences = near if headline else f"{near} {core}"
    found = []
    for match in re.finditer(r"[A-ZÀ-ÖØ-Þ][\w-]*[^\W_]", core):
        word = match[0]
        inside = re.search(rf"[^\W_][,;]? {re.escape(word)}\b", sentences)
        small = re.search(rf"\b{re.escape(word.lower())}\b", f"{near} {core}")
        if fold(word) in publisher or (fold(word) not in known and (small or not inside)):
            continue
        if not any(sign.isdigit() for sign in word) and not facts.is_calendar_word(word):
            found.append(word)
    return list(dict.fromkeys(found))
