"""Which questions are asked for the work that a citation gap means."""

from refcheck.inquiry import cited
from refcheck.inquiry.rounds import State
from refcheck.model import Candidate, Clues, Hint, Match, Resolved, Unresolved
from refcheck.record import Record

CLUES = Clues(
    hints=(Hint("Zerbino 2008", ("Zerbino",), 2008),),
    before="Reads are mapped by BWA † and assembled with Velvet",
)


def rounds(clues, *resolutions):
    inquiry, out = cited.inquire(clues), []
    try:
        turn = next(inquiry)
        for resolution in (*resolutions, *[Unresolved("not_found")] * 5):
            out.append(turn)
            turn = inquiry.send(State(resolution))
    except StopIteration:
        return out
    raise AssertionError


def test_own_records_are_asked_by_name_and_by_words():
    """Who is named, the gap's words, and the words just before it, up to another citation."""
    first, *_ = rounds(CLUES)
    assert first.scope == "own"
    asked = [(query.author, query.text) for query in first.queries]
    assert any(author == ("Zerbino",) for author, _ in asked)
    assert ((), "assembled Velvet") in asked


def test_public_sources_are_asked_twice_at_most():
    """By who is named first; nobody is asked where the user's own records have decided."""
    assert [turn.scope for turn in rounds(CLUES)] == ["own", "public", "public"]
    assert rounds(CLUES)[1].queries[0].author == ("Zerbino",)
    found = Resolved(Match(Candidate(Record(title="Velvet"), ()), 0.9))
    assert len(rounds(CLUES, found)) == 1


def test_a_sentence_alone_is_one_question():
    """Without a hint the words just before are all there is to ask for."""
    turns = rounds(Clues(before="Reads were assembled with Velvet"))
    assert [turn.scope for turn in turns] == ["own", "public"]


def test_nothing_said_is_nothing_asked():
    """No clue, no question."""
    assert rounds(Clues()) == []
