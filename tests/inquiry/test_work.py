"""Which questions are asked for a written work, and when no more are."""

from datetime import UTC, datetime

import pytest

from refcheck.inquiry import work
from refcheck.inquiry.rounds import State
from refcheck.model import (
    Ambiguous,
    Candidate,
    Clues,
    Corrected,
    Evidence,
    Match,
    Provenance,
    Resolved,
    Unresolved,
    Verified,
)
from refcheck.record import Record

MANY = 100
DAY = datetime(2026, 11, 23, tzinfo=UTC)


def match(doi="", source="openalex", agreement=1.0):
    record = Record(title="Deep residual learning for image recognition", doi=doi)
    read = Provenance(source, "1", "", DAY, ())
    return Match(Candidate(record, (read,)), 0.9, (Evidence("year", "2016", "", agreement),))


CLUES = Clues(
    title="Deep residual learning for image recognition", author=("He, Kaiming",), year=2016
)


def asked(inquiry, *resolutions, nth=0, of=MANY):
    """Send an inquiry what each round led to, the nth of so many; return whom it asked, for what."""
    rounds, state = [], None
    try:
        turn = next(inquiry)
        for resolution in (*resolutions, *[Unresolved("not_found")] * 10):
            rounds.append((turn.scope if turn.scope == "own" else turn.names, turn.queries))
            state = State(resolution, nth=nth, open=of)
            turn = inquiry.send(state)
    except StopIteration:
        return rounds
    pytest.fail("asks for ever")


def whom(rounds):
    return [names for names, _ in rounds]


def test_ones_own_libraries_come_first():
    """What the user has is asked first; where it decides, nobody else is asked."""
    assert whom(asked(work.inquire(CLUES), Resolved(match()))) == ["own"]


def test_a_found_doi_is_confirmed_where_it_is_registered():
    """A search decides, its DOI is confirmed at the agency, and that is all."""
    found = Resolved(match("10.1109/cvpr.2016.90"))
    rounds = asked(work.inquire(CLUES), Unresolved("not_found"), found, found)
    assert whom(rounds) == ["own", ("openalex",), ("crossref",)]
    assert [query.identifier for query in rounds[-1][1]] == ["10.1109/cvpr.2016.90"]


def test_what_is_verified_is_decided():
    """A written reference that is verified needs no more questions than a gap that is resolved."""
    for found in (Verified(match("10.1109/cvpr.2016.90")), Corrected(match("10.1/1"), ())):
        rounds = asked(work.inquire(CLUES), Unresolved("not_found"), found, found)
        assert whom(rounds) == ["own", ("openalex",), ("crossref",)]


def test_a_preprint_is_confirmed_at_datacite():
    """A DOI of arXiv is registered at DataCite, not at Crossref."""
    found = Resolved(match("10.48550/arxiv.1512.03385"))
    rounds = asked(work.inquire(CLUES), Unresolved("not_found"), found, found)
    assert whom(rounds)[-1] == ("datacite",)


def test_what_has_no_doi_needs_no_confirmation():
    """A work without a DOI is not asked about again."""
    rounds = asked(work.inquire(CLUES), Unresolved("not_found"), Resolved(match()))
    assert whom(rounds) == ["own", ("openalex",)]


def test_another_year_is_asked_about_further():
    """Where the year differs, the agency is searched too: there may be a twin of the right year."""
    found = Resolved(match("10.1109/cvpr.2016.90", agreement=0.5))
    rounds = asked(work.inquire(CLUES), Unresolved("not_found"), found, found, found)
    assert whom(rounds)[:4] == ["own", ("openalex",), ("crossref",), ("crossref", "openalex")]
    assert rounds[3][1][0].title


def test_twins_that_the_agency_cannot_tell_apart_end_it():
    """Where two works fit equally well by the agency's own records, more sources do not help."""
    twins = Ambiguous((match("10.1000/1"), match("10.1000/2")))
    rounds = asked(work.inquire(CLUES), Unresolved("not_found"), twins, twins)
    assert whom(rounds) == ["own", ("openalex",), ("crossref",)]
    assert len(rounds[-1][1]) == 2


def test_what_is_not_found_is_searched_for_elsewhere():
    """The slow sources are asked side by side for many works, each once, then it ends."""
    rounds = whom(asked(work.inquire(CLUES)))
    assert rounds == [
        "own", ("openalex",), ("crossref", "openalex"),
        ("semanticscholar", "dblp", "arxiv", "datacite"),
    ]  # fmt: skip


def test_a_few_works_are_searched_for_unhurriedly():
    """For a few works one slow source after the other is asked, the likeliest first."""
    rounds = whom(asked(work.inquire(CLUES), of=work.UNHURRIED))
    assert rounds[-2:] == [("semanticscholar",), ("dblp", "arxiv", "datacite")]


def test_few_works_spare_the_daily_budget():
    """A few works are searched for at the agency first, which costs nothing."""
    found = Resolved(match("10.1109/cvpr.2016.90", source="crossref"))
    rounds = asked(work.inquire(CLUES), Unresolved("not_found"), found, of=1)
    assert whom(rounds) == ["own", ("crossref",)]


def test_what_goes_beyond_the_budget_asks_the_agency():
    """The last of a hundred works does not wait to be told that the budget is spent."""
    assert whom(asked(work.inquire(CLUES), nth=98))[1] == ("crossref",)


@pytest.mark.parametrize(
    ("identifier", "first"),
    [
        ("10.1109/CVPR.2016.90", ("crossref", "openalex")),
        ("arXiv:1512.03385", ("arxiv",)),
        ("10.48550/arXiv.1512.03385", ("arxiv",)),
        ("978-0-201-89683-1", ("openlibrary",)),
        ("13054692", ("pubmed",)),
    ],
)
def test_identifiers_are_asked_for_where_they_are_kept(identifier, first):
    """An identifier goes to those who gave it."""
    rounds = asked(
        work.inquire(Clues(identifier=identifier)), Unresolved("not_found"), Resolved(match())
    )
    assert whom(rounds) == ["own", first]
    assert rounds[1][1][0].identifier == identifier
    assert not rounds[1][1][0].title


def test_a_wrong_identifier_leaves_the_words():
    """Where nobody knows the identifier, the work is looked for as described."""
    rounds = asked(work.inquire(Clues(title=CLUES.title, identifier="10.1109/cvpr.2016.9")))
    assert ("datacite", "doi-org") in whom(rounds)
    assert ("openalex",) in whom(rounds)
    assert not rounds[-1][1][0].identifier


def test_medical_titles_are_asked_for_in_medicine():
    """A title with words of medicine is looked for in the sources of the life sciences too."""
    clues = Clues(title="Survival of patients after a clinical trial", year=2010)
    assert any("europepmc" in names for names in whom(asked(work.inquire(clues))))


def test_books_are_asked_for_among_books():
    """A book is looked for in a catalogue of books at once."""
    rounds = whom(
        asked(work.inquire(Clues(title="The art of computer programming", types=("book",))))
    )
    assert "openlibrary" in rounds[1]


def test_nothing_said_is_nothing_asked():
    """Clues that name no title and no identifier lead to no question."""
    assert asked(work.inquire(Clues(year=2016, author=("He",)))) == []
