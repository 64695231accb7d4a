"""The questions for a missing link: own libraries first, then names, news and pages."""

from datetime import UTC, date, datetime

from refcheck.inquiry import link
from refcheck.inquiry.rounds import Round, State
from refcheck.model import Candidate, Clues, Entity, Match, Provenance, Query, Resolved, Unresolved
from refcheck.record import Record

TODAY = date(2026, 11, 23)
SEED = Clues(
    publisher="36Kr",
    topic="Xiaomi’s Second Electric Vehicle: A 2025 Q1 Launch and the Road Ahead",
    context=("The second electric vehicle of Xiaomi is slated for a launch; the road is long.",),
    written_in="en",
)


def page(url: str, source: str = "gdelt") -> Candidate:
    return Candidate(
        Record(title="A", url=url),
        (Provenance(source, url, url, datetime(2026, 1, 1, tzinfo=UTC)),),
    )


def answer(*candidates: Candidate) -> State:
    return State(Unresolved("not_found", tuple(Match(c, 0.5) for c in candidates)))


def wants(turn: Round) -> set[str]:
    return {query.want for query in turn.queries}


def test_own_libraries_are_asked_first_and_may_suffice():
    """Where the user's own library decides, nobody else is asked."""
    inquiry = link.inquire(SEED, TODAY)
    first = next(inquiry)
    assert first.scope == "own"
    assert [*drain(inquiry, State(Resolved(Match(page("https://36kr.com/p/1"), 1.0))))] == []


def drain(inquiry, state):
    """Yield the further rounds of an inquiry, each answered with the same state."""
    try:
        turn = inquiry.send(state)
        while True:
            yield turn
            turn = inquiry.send(state)
    except StopIteration:
        return


def test_names_are_asked_for_before_the_news_in_another_language():
    """The publisher writes Chinese: what the names are called there is found out, then searched for."""
    inquiry = link.inquire(SEED, TODAY)
    next(inquiry)
    names = inquiry.send(answer())
    assert wants(names) == {"entity"}
    assert {query.text for query in names.queries} == {"Xiaomi"}
    news = inquiry.send(State(entities=(Entity("Q1", "Xiaomi", (("zh", "小米"),)),)))
    on_site = next(query for query in news.queries if query.site)
    assert (on_site.site, on_site.language) == ("36kr.com", "zh")
    assert on_site.text.startswith("小米")
    everywhere = next(query for query in news.queries if not query.site)
    assert "Xiaomi" in everywhere.text


def test_the_window_follows_what_the_text_says():
    """A date bounds closely, an event's time loosely; nothing in the future is asked for."""
    assert link.window(Clues(date="2025-06-27"), TODAY) == ("2025-06-23", "2025-07-01")
    assert link.window(Clues(date="2024-05"), TODAY) == ("2024-03-31", "2024-07-01")
    since, until = link.window(SEED, TODAY)
    assert since < "2024-06-01"
    assert "2025-03-31" < until <= "2025-07-01"
    assert link.window(Clues(topic="a bell"), TODAY) == ("2017-01-01", "2026-11-23")
    assert link.window(Clues(topic="in 2030"), TODAY)[1] == "2026-11-23"


def test_only_pages_of_the_publisher_are_read_and_each_once():
    """Pages elsewhere are leads; a page that was read is not read again."""
    inquiry = link.inquire(SEED, TODAY)
    next(inquiry)
    inquiry.send(answer())
    inquiry.send(answer())
    candidates = [page(f"https://36kr.com/p/{n}") for n in range(5)]
    last = inquiry.send(
        answer(
            page("https://www.autobeta.net/a"), page("https://36kr.com/p/9", "page"), *candidates
        )
    )
    assert [query.url for query in last.queries] == [
        f"https://36kr.com/p/{n}" for n in range(link.PAGES_READ)
    ]
    assert [*drain(inquiry, answer(*candidates))] == []


def test_nothing_to_go_by_asks_nothing():
    """Without publisher, topic and title there is no question."""
    assert [*link.inquire(Clues(), TODAY)] == []


def test_an_unknown_publisher_is_asked_for():
    """A publisher outside the table is looked up by its name, and its site used."""
    clues = Clues(
        publisher="The Bell Courier", topic="The lost bell of Saint Anselm", written_in="en"
    )
    inquiry = link.inquire(clues, TODAY)
    next(inquiry)
    names = inquiry.send(answer())
    assert names.queries == (Query("entity", text="The Bell Courier", language="en"),)
    news = inquiry.send(
        State(entities=(Entity("Q2", "The Bell Courier", site="https://bell.example"),))
    )
    assert {query.site for query in news.queries} == {"https://bell.example"}


def test_capitals_of_a_headline_are_not_names():
    """A word that stands in small letters nearby is no name, though a headline writes it large."""
    assert link.names(SEED) == ["Xiaomi"]
