"""Whom a written reference is asked of: indexes, its page, an archive."""

from dataclasses import replace

import pytest

from refcheck.inquiry import reference
from refcheck.inquiry.rounds import State
from refcheck.model import Ambiguous, Candidate, Clues, Evidence, Match, Unresolved, Verified
from refcheck.record import Record

URL = "https://example.org/a"
CLUES = Clues(title="Deep residual learning for image recognition", author=("He",), year=2016)
NOTHING = Unresolved("not_found")


def asked(inquiry, *resolutions):
    """Send an inquiry what each round led to, then nothing; return who was asked for what."""
    rounds = []
    try:
        turn = next(inquiry)
        for resolution in (*resolutions, *[NOTHING] * 12):
            query = turn.queries[0]
            rounds.append(query.want if query.want != "work" else turn.scope if turn.scope == "own" else turn.names)  # fmt: skip
            turn = inquiry.send(State(resolution, open=100))
    except StopIteration:
        return rounds
    pytest.fail("asks for ever")


def verified(**fields):
    link = Evidence("url", URL, URL, 1.0)
    return Verified(Match(Candidate(Record(**fields), ()), 0.9, (link,)))


def test_a_known_work_is_asked_for_once():
    """What one's own library has needs nobody else; its address is looked at all the same."""
    assert asked(reference.inquire(CLUES, "", ""), verified()) == ["own"]
    printed = replace(CLUES, container_title="CVPR")
    assert asked(reference.inquire(printed, URL, ""), verified(), verified()) == ["own", "page"]


def test_a_web_page_is_asked_first():
    """Where the page tells, no index is asked."""
    clues = Clues(title="Ions", types=("webpage",))
    assert asked(reference.inquire(clues, URL, ""), verified()) == ["page"]


def test_an_archive_is_asked_where_the_page_does_not_answer():
    """First for the days after it was read, then for any."""
    clues = Clues(title="Ions", types=("webpage",))
    assert asked(reference.inquire(clues, URL, "2020-05-01")) == ["page", "archive", "archive"]


def test_halves_of_a_title_are_asked_for_what_is_not_found():
    """A slip of the pen is in one half only; what is ambiguous is not asked again."""
    rounds = asked(reference.inquire(CLUES, "", ""))
    assert rounds[0] == "own"
    assert rounds[-1] == rounds[1] == ("openalex",)
    match = Match(Candidate(Record(), ()), 0.5)
    twins = asked(reference.inquire(CLUES, "", ""), NOTHING, *[Ambiguous((match,))] * 9)
    assert twins.count(("openalex",)) == 1
