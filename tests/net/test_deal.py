"""Questions dealt out to sources and their connections."""

from dataclasses import replace

from refcheck.model import Query, Source
from refcheck.net.deal import batches, deal

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


def test_connections_are_as_many_as_allowed():
    """Each connection has a lane; more of them where the caller is known and that counts."""
    source = replace(SOURCE, batch=1, connections=1, contact_connections=3)
    for contact, many in ((False, 1), (True, 3)):
        lanes = deal({"a": DOIS, "b": [TITLE]}, {"a": source, "b": SOURCE}, contact=contact)
        assert sum(lane[0][0] == "a" for lane in lanes) == many
        assert sorted(query.identifier for lane in lanes for _, (query,) in lane) == [
            "", "10.1000/0", "10.1000/1", "10.1000/2",
        ]  # fmt: skip
