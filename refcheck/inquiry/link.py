"""Whose page, about what, when: the questions for a missing link, in the order that finds it soonest.

First the user's own libraries. Then what the names are called in the publisher's language, where
that is another; then the news on the publisher's site, any of the telling words in the days that
the text says; then, step by step, with fewer words, without the site, without the days. A title
without an address is asked for by itself. At last the likeliest pages are read, and for one without
a day its first copy in the archive is.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from refcheck import events, facts, outlets, places
from refcheck.identifiers import host, on_site
from refcheck.inquiry.rounds import Inquiry, Round, State
from refcheck.inquiry.telling import names, telling_words, written_in
from refcheck.model import Clues, Entity, Match, Query
from refcheck.text import fold

PAGES_READ = 2
"""How many of the likeliest pages are read. Two decide; more add requests, not answers."""

NAMES_ASKED = 2
"""For how many names of the text the labels in another language are asked."""

SHORT = 4
"""Words of a search on a site; engines that want every word find nothing by more."""

LONG = 6
"""Words of a search everywhere, the first of them on the publisher."""

WIDE = 24
"""Words of which one will do, for indexes that take alternatives: the ranking is then ours."""

MOST = 250
"""Titles asked of an index at once."""

PROMISING = 0.55
"""Score of a page of the publisher's own from which on it is rather read than searched on."""

AHEAD_DAYS = 550
"""How long before an announced time its news may have been written."""


def inquire(clues: Clues, today: date) -> Inquiry:
    """Ask for the page that the clues describe. ``today`` bounds what can have been published."""
    if not (clues.topic or clues.title or clues.publisher):
        return
    plan = _Plan(clues, today)
    own_words = (*telling_words(clues, plan.own), *telling_words(clues, plan.theirs))
    state = yield Round(
        (plan.query(" ".join(dict.fromkeys(own_words[:40])), site=plan.site, limit=50),), "own"
    )
    if clues.label and not state.decided:
        state = yield Round((Query("work", title=clues.label, limit=5),), "own")
    if state.decided:
        return
    if queries := plan.about_names():
        state = yield Round(queries)
        plan.learn(state.entities)
    if queries := plan.first(state.entities):
        state = yield Round(queries)
    for queries in plan.relaxed(state.entities):
        if state.decided or plan.promising(state):
            break
        state = yield Round(queries)
    if not state.decided and (pointer := plan.pointer(state)):
        state = yield Round(pointer)
    if not state.decided and (pages := plan.pages(state)):
        state = yield Round(tuple(Query("page", url=url) for url in pages))
    if not state.decided and (url := plan.undated(state)):
        yield Round((Query("archive", url=url, limit=1),))


class _Plan:
    """What is asked for one gap; lives for one inquiry."""

    def __init__(self, clues: Clues, today: date) -> None:
        self.clues = clues
        outlet = outlets.find(clues.publisher)
        self.listed = outlet is not None
        self.site = outlet.site if outlet else ""
        self.own = written_in(clues)
        self.theirs = clues.language or (outlet.language if outlet else "") or self.own
        self.since, self.until = window(clues, today)
        self.anytime = window(Clues(topic="?"), today)

    def query(self, text: str, **more: Any) -> Query:
        """Return a question for news by words, in the window."""
        given: dict[str, Any] = {
            "title": self.clues.title,
            "since": self.since,
            "until": self.until,
            "types": ("article-newspaper", "webpage"),
        }
        return Query("news", text=text, **(given | more))

    def about_names(self) -> tuple[Query, ...]:
        """Return what to ask of names: their labels in the page's language, an unknown publisher's site."""
        asked = names(self.clues)[:NAMES_ASKED] if self.theirs != self.own else []
        queries = [Query("entity", text=name, language=self.own, limit=2) for name in asked]
        if self.clues.publisher and not self.listed and "." not in self.clues.publisher:
            queries.append(Query("entity", text=self.clues.publisher, language=self.own, limit=3))
        return tuple(queries)

    def learn(self, entities: tuple[Entity, ...]) -> None:
        """Take the official site of an unknown publisher from what is known of its name."""
        if self.listed:
            return
        named = fold(self.clues.publisher)
        self.site = next(
            (
                host(e.site)
                for e in entities
                if e.site and any(fold(name) == named for _, name in e.names)
            ),
            "",
        )

    def first(self, entities: tuple[Entity, ...]) -> tuple[Query, ...]:
        """On the publisher's site any of the telling words; everywhere the few most telling."""
        if "." in self.clues.publisher and not self.listed:
            self.site = host(self.clues.publisher)
        theirs = telling_words(self.clues, self.theirs, entities)
        if self.site:
            if not theirs:
                return ()
            text = " ".join(theirs[:SHORT])
            return (
                self.query(
                    text, any_of=theirs[:WIDE], site=self.site, language=self.theirs, limit=MOST
                ),
            )
        named = (self.clues.publisher,) if self.clues.publisher else ()
        text = " ".join((*named, *theirs[: LONG - len(named)]))
        queries = (
            [self.query(text, any_of=theirs[: WIDE // 2], language=self.theirs, limit=MOST)]
            if theirs
            else []
        )
        if not self.clues.publisher and self.own != "zh" and "China" in _countries(self.clues):
            # nobody named: what is told of China may have been read in Chinese
            words = telling_words(self.clues, "zh", entities)
            if sum(not word.isascii() for word in words) > LONG // 2:
                chinese = [word for word in words if not word.isascii()]
                queries.append(
                    self.query(
                        " ".join(words[:LONG]),
                        any_of=tuple(chinese[:WIDE]),
                        language="zh",
                        limit=MOST,
                    )
                )
        return tuple(queries)

    def relaxed(self, entities: tuple[Entity, ...]) -> list[tuple[Query, ...]]:
        """Return further rounds: other words, without the site, without the days."""
        theirs = telling_words(self.clues, self.theirs, entities)
        own = telling_words(self.clues, self.own)
        since, until = self.anytime
        rounds = []
        if self.site:
            named = self.clues.publisher if self.theirs == self.own else ""
            text = " ".join(filter(None, (named, *theirs[:LONG])))
            rounds.append((self.query(text, language=self.theirs, limit=25),))
        else:
            rounds.append(
                (
                    self.query(
                        " ".join(theirs[1 : SHORT + 1]),
                        any_of=theirs[1 : WIDE // 2],
                        language=self.theirs,
                        limit=MOST,
                    ),
                )
            )
        if (self.since, self.until) != (since, until):
            words = theirs[1 : SHORT + 1] if len(theirs) > SHORT else theirs[:2]
            rounds.append(
                (
                    self.query(
                        " ".join(words),
                        any_of=theirs[: WIDE // 2],
                        site=self.site,
                        language=self.theirs,
                        since=since,
                        until=until,
                        limit=MOST if self.site else 25,
                    ),
                )
            )
        elif self.site and self.theirs != self.own:
            rounds.append((self.query(" ".join(own[:LONG]), language=self.own, limit=25),))
        elif len(theirs) > 2:
            rounds.append(
                (self.query(" ".join(theirs[:2]), site=self.site, language=self.theirs, limit=25),)
            )
        return [queries for queries in rounds if queries[0].text.strip()]

    def promising(self, state: State) -> bool:
        """Tell whether a page of the publisher's own looks right, so that it is time to read it."""
        return any(self._is_promising(match) for match in state.matches[:3])

    def _is_promising(self, match: Match) -> bool:
        return match.score >= PROMISING and not match.contradictions

    def pointer(self, state: State) -> tuple[Query, ...]:
        """Ask for the address of a title that an index gave without one."""
        best = next(
            (m for m in state.matches[:2] if m.score >= PROMISING and not m.contradictions), None
        )
        if best is None or best.candidate.record.url:
            return ()
        record = best.candidate.record
        site = self.site or host(record.publisher)
        return (
            self.query(record.title, title=record.title, site=site, language=self.theirs, limit=10),
        )

    def pages(self, state: State) -> list[str]:
        """Return the addresses to read: the likeliest that nobody has read, on the publisher's site."""
        found = []
        for match in state.matches[:5]:
            url = match.candidate.record.url
            read = any(one.source == "page" for one in match.candidate.provenance)
            if not url or read or match.contradictions or match.score < PROMISING / 2:
                continue
            if not self.site or on_site(url, self.site):
                found.append(url)
        return list(dict.fromkeys(found))[:PAGES_READ]

    def undated(self, state: State) -> str:
        """Return the address of the likeliest page where it has no day and the text says one."""
        best = next((m for m in state.matches[:1] if self._is_promising(m)), None)
        dated = best is not None and best.candidate.record.issued is not None
        return best.candidate.record.url if best and not dated and self.clues.since else ""


def _countries(clues: Clues) -> set[str]:
    named = places.read(" ".join((events.core(clues), *clues.context[:3])))
    return {places.within(place)[-1] for place in named}


def window(clues: Clues, today: date) -> tuple[str, str]:
    """Return the first and last day (ISO) on which the page can have been published.

    Days that the text gives bound closely; the time of an event does so loosely, since news
    announce and look back; without either any day will do ("" for the first).
    """
    if clues.since:
        first, last = date.fromisoformat(clues.since), date.fromisoformat(clues.until)
        slack = timedelta(days=4 if first == last else min(31, 8 + (last - first).days // 2))
        return (first - slack).isoformat(), min(last + slack, today).isoformat()
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
    return "", today.isoformat()
