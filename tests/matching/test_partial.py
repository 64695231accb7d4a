"""A work of which only title, first author and year are given, one by one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from refcheck.matching import references
from refcheck.model import Ambiguous, Candidate, Provenance, Verified
from refcheck.record import Name, PartialDate, Record

DAY = datetime(2026, 11, 23, tzinfo=UTC)
GIVEN = Record(
    title="Music similarity and retrieval",
    author=(Name(family="Knees", given="Peter"), Name(literal="others")),
    issued=PartialDate((2013,)),
)


def offered(**fields):
    said = {
        "type": "paper-conference",
        "title": GIVEN.title,
        "author": (Name(family="Knees", given="Peter"), Name(family="Schedl", given="Markus")),
        "issued": PartialDate((2013,)),
        "doi": "10.1145/2484028.2484193",
    } | fields
    read = Provenance("crossref", said["doi"], "", DAY, ())
    return Candidate(Record(**said), (read,))


def test_all_that_is_given_is_enough():
    """The one record that has the title, the author and the year is the work."""
    others = offered(title="Music retrieval and recommendation: a tutorial", doi="10.1145/1")
    outcome = references.decide(GIVEN, (others, offered()))
    assert isinstance(outcome, Verified)
    assert outcome.match.candidate.record.doi == "10.1145/2484028.2484193"


@pytest.mark.parametrize(
    "other",
    [
        {"issued": PartialDate((2009,))},
        {"author": (Name(family="Casey", given="Michael"),)},
        {"title": "Music similarity and recommendation"},
    ],
    ids=["year", "author", "title"],
)
def test_less_is_not(other):
    """Of a short title no other year, author or word will do."""
    outcome = references.decide(GIVEN, (offered(**other),))
    assert not isinstance(outcome, Verified)


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_records_the_fuller_is_taken(turned):
    """Of two DOIs for one work the one is taken whose record says where it stands."""
    title = "Probabilistic contrastive learning for long-tailed visual recognition"
    journal = "IEEE Transactions on Pattern Analysis and Machine Intelligence"
    thin = offered(title=title, container_title="T-PAMI", doi="10.1109/tpami.2024.1")
    full = offered(title=title, container_title=journal, page="5890-5904", volume="46")
    given = replace(GIVEN, title=title)
    outcome = references.decide(given, (full, thin) if turned else (thin, full))
    assert isinstance(outcome, Verified)
    assert outcome.match.candidate.record.doi == full.record.doi


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_venues_nobody_decides(turned):
    """Two publications that agree alike are both offered, however much more one record says."""
    title = "Probabilistic contrastive learning for long-tailed visual recognition"
    thin = offered(title=title, container_title="Advances in Robotics", doi="10.1000/adv.1")
    full = offered(
        title=title, container_title="Vision Letters Quarterly", page="58-90", volume="46", doi="10.1000/vlq.1"
    )  # fmt: skip
    given = replace(GIVEN, title=title)
    outcome = references.decide(given, (full, thin) if turned else (thin, full))
    assert isinstance(outcome, Ambiguous)
    assert {one.candidate.record.doi for one in outcome.matches} == {
        "10.1000/adv.1",
        "10.1000/vlq.1",
    }


def test_a_preprint_is_no_second_venue():
    """A preprint beside its article leaves the article decided."""
    title = "Probabilistic contrastive learning for long-tailed visual recognition"
    early = offered(title=title, container_title="SSRN Electronic Journal", doi="10.2139/ssrn.1")
    full = offered(
        title=title, container_title="Vision Letters Quarterly", page="58-90", volume="46", doi="10.1000/vlq.1"
    )  # fmt: skip
    outcome = references.decide(replace(GIVEN, title=title), (early, full))
    assert isinstance(outcome, Verified)
    assert outcome.match.candidate.record.doi == "10.1000/vlq.1"
