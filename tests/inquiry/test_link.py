"""The questions for a missing link: own libraries first, then names, news and pages."""

from datetime import UTC, date, datetime

from refcheck.inquiry import link, telling
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
    assert "Xiaomi" in {query.text for query in names.queries}
    news = inquiry.send(
        State(entities=(Entity("Q1", "Xiaomi", (("en", "Xiaomi"), ("zh", "小米"))),))
    )
    on_site = next(query for query in news.queries if query.site)
    assert (on_site.site, on_site.language) == ("36kr.com", "zh")
    assert on_site.text.startswith("小米")
    assert len(on_site.any_of) > len(on_site.text.split())


def test_the_window_follows_what_the_text_says():
    """A date bounds closely, an event's time loosely; nothing in the future is asked for."""
    assert link.window(Clues(date="2025-06-27"), TODAY) == ("2025-06-23", "2025-07-01")
    assert link.window(Clues(date="2024-05"), TODAY) == ("2024-03-31", "2024-07-01")
    since, until = link.window(SEED, TODAY)
    assert since < "2024-06-01"
    assert "2025-03-31" < until <= "2025-07-01"
    assert link.window(Clues(topic="a bell"), TODAY) == ("", "2026-11-23")
    early = Clues(since="2025-05-01", until="2025-05-12")
    assert link.window(early, TODAY) == ("2025-04-18", "2025-05-25")
    assert link.window(Clues(topic="in 2030"), TODAY)[1] == "2026-11-23"


def test_only_pages_of_the_publisher_are_read_and_each_once():
    """Pages elsewhere are leads; a page that was read is not read again; with a promising one the search ends."""
    inquiry = link.inquire(SEED, TODAY)
    next(inquiry)
    inquiry.send(answer())
    inquiry.send(answer())
    candidates = [page(f"https://36kr.com/p/{n}") for n in range(3)]
    found = answer(
        page("https://www.autobeta.net/a"), page("https://36kr.com/p/9", "page"), *candidates
    )
    promising = State(
        Unresolved("not_found", tuple(Match(m.candidate, 0.7) for m in found.matches))
    )
    last = inquiry.send(promising)
    assert [query.url for query in last.queries] == [
        f"https://36kr.com/p/{n}" for n in range(link.PAGES_READ)
    ]
    assert [*drain(inquiry, promising)] == []


def test_the_search_is_relaxed_step_by_step():
    """Nothing found: first without the site, then without the days; never more rounds than these."""
    clues = Clues(
        publisher="The Guardian", topic="Divers raised the bronze bell of Saint Anselm from the Orne near Caen",
        since="2023-04-02", until="2023-04-02", written_in="en",
    )  # fmt: skip
    inquiry = link.inquire(clues, TODAY)
    next(inquiry)
    rounds = [query for turn in drain(inquiry, answer()) for query in turn.queries]
    assert [(bool(query.site), bool(query.since)) for query in rounds] == [
        (True, True),
        (False, True),
        (True, False),
    ]
    assert all("Anselm" in (*query.text.split(), *query.any_of) for query in rounds)
    assert "Guardian" in rounds[1].text


def test_a_title_without_an_address_is_asked_for_by_itself():
    """An index of feeds gives titles alone; the address is found by the title, on the same site."""
    clues = Clues(
        publisher="The Guardian", topic="Divers raised the bell of Saint Anselm", written_in="en"
    )
    inquiry = link.inquire(clues, TODAY)
    next(inquiry)
    inquiry.send(answer())
    known = Candidate(
        Record(title="Divers raise bell of Saint Anselm from river", publisher="theguardian.com"),
        (),
    )
    pointed = inquiry.send(State(Unresolved("not_found", (Match(known, 0.8),))))
    assert [(query.text, query.site) for query in pointed.queries] == [
        (known.record.title, "theguardian.com")
    ]


def test_the_first_copy_of_an_undated_page_is_asked_for():
    """The text says a day and the page none: the archive may tell since when it was there."""
    clues = Clues(
        publisher="The Guardian", topic="Divers raised the bell of Saint Anselm", since="2023-04-02", until="2023-04-02", written_in="en",
    )  # fmt: skip
    inquiry = link.inquire(clues, TODAY)
    next(inquiry)
    inquiry.send(answer())
    state = State(
        Unresolved("not_found", (Match(page("https://www.theguardian.com/bell", "page"), 0.7),))
    )
    last = inquiry.send(state)
    assert [(query.want, query.url) for query in last.queries] == [
        ("archive", "https://www.theguardian.com/bell")
    ]


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
    assert names.queries == (Query("entity", text="The Bell Courier", language="en", limit=3),)
    news = inquiry.send(
        State(
            entities=(
                Entity(
                    "Q2", "The Bell Courier", (("en", "The Bell Courier"),), "https://bell.example"
                ),
            )
        )
    )
    assert {query.site for query in news.queries} == {"bell.example"}


def test_capitals_of_a_headline_are_not_names():
    """A word that stands in small letters nearby is no name, though a headline writes it large."""
    assert telling.names(SEED)[0].startswith("Xiaomi")
