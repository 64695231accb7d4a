"""Questions dealt out to sources and their connections."""

from collections import Counter
from dataclasses import replace

from refcheck.model import Query, Source
from refcheck.net.deal import Desk, Task, batches

SOURCE = Source(
    "https://api.example.org", lambda _: iter(()), frozenset({"work"}), "tests", batch=2
)
DOIS = [Query("work", identifier=f"10.1000/{n}") for n in range(3)]
TITLE = Query("work", title="a title")


def test_identifiers_go_together():
    """A source that takes two at once gets its identifiers in twos, and titles one by one."""
    assert batches(SOURCE, [TITLE, *DOIS]) == [tuple(DOIS[:2]), (DOIS[2],), (TITLE,)]


def test_a_source_of_ones_own_gets_all_at_once():
    """A library sends nothing: it may have all questions in one go."""
    own = replace(SOURCE, base="", batch=100)
    assert own.is_own
    assert batches(own, [TITLE, *DOIS]) == [(TITLE, *DOIS)]


def seated(questions, sources, **kwargs):
    return Desk(questions, sources, **{"contact": False, **kwargs})


def test_connections_are_as_many_as_allowed():
    """As many are used as the source allows; more where the caller is known and that counts."""
    source = replace(SOURCE, batch=1, connections=1, contact_connections=3)
    for contact, many in ((False, 1), (True, 3)):
        desk = seated({"a": DOIS, "b": [TITLE]}, {"a": source, "b": SOURCE}, contact=contact)
        assert Counter(desk.seats) == {"a": many, "b": 1}
        asked = [desk.take("a", bool).batch[0].identifier for _ in DOIS]
        assert asked == ["10.1000/0", "10.1000/1", "10.1000/2"]
        assert desk.take("a", bool) is None


WIDE = replace(SOURCE, batch=1, connections=1)
TITLES = [Query("work", title=f"title {n}") for n in range(3)]
IN_PLACE = {("wide", query): "agency" for query in TITLES}


def covered(**kwargs):
    """A source with three questions and one connection, and another that stands in."""
    sources = {"wide": WIDE, "agency": replace(WIDE, connections=2)}
    return seated({"wide": TITLES}, sources, stand_ins=IN_PLACE, **kwargs)


def test_who_stands_in_takes_the_last_question_of_a_source_that_is_held_up():
    """While the source may be asked, whoever stands in waits; it takes over where it is held up."""
    desk = covered()
    assert Counter(desk.seats) == {"wide": 1, "agency": 2}
    assert desk.take("agency", lambda _: False) == Task("wide")
    assert desk.take("agency", lambda _: True) == Task("wide", (TITLES[2],))
    assert desk.take("wide", lambda _: True) == Task("wide", (TITLES[0],))


def test_a_question_that_failed_goes_to_who_stands_in():
    """Once, and only where somebody does; then there is nothing left to wait for."""
    desk = covered()
    for query in TITLES:
        desk.take("wide", bool)
        assert desk.hand_over("wide", (query,))
    for query in TITLES:
        assert desk.take("agency", lambda _: False) == Task("wide", (query,))
        desk.done("wide")
    assert desk.take("agency", lambda _: False) is None
    assert not seated({"wide": TITLES}, {"wide": WIDE}).hand_over("wide", (TITLES[0],))


def test_nobody_waits_to_stand_in_where_no_question_would_wait():
    """A question for each connection is on its way at once: nobody could take it over."""
    sources = {"wide": replace(WIDE, connections=3), "agency": WIDE}
    assert seated({"wide": TITLES}, sources, stand_ins=IN_PLACE).seats == ("wide",) * 3
