"""A person's choice: taken if any source has the work, never made up."""

from datetime import UTC, datetime

import pytest

from refcheck.matching import pinned
from refcheck.model import Candidate, Provenance, Resolved, Unresolved
from refcheck.record import Record

RECORD = Record(
    title="On bells",
    doi="10.1000/bells",
    url="https://www.example.org/bells/",
    isbn="9780306406157",
    number="2101.00001",
)
CANDIDATE = Candidate(
    RECORD, (Provenance("crossref", "10.1000/bells", "", datetime(2026, 1, 1, tzinfo=UTC)),)
)


@pytest.mark.parametrize(
    "identifier",
    [
        "10.1000/BELLS",
        "https://doi.org/10.1000/bells",
        "http://example.org/bells?utm_source=x",
        "ISBN 0-306-40615-2",
        "arXiv:2101.00001v2",
        "crossref:10.1000/bells",
    ],
)
def test_a_work_is_known_by_any_of_its_names(identifier):
    """DOI, address, ISBN, arXiv number or a source's id choose it, however written."""
    assert isinstance(pinned.decide(identifier, [CANDIDATE]), Resolved)


@pytest.mark.parametrize(
    "identifier", ["10.1000/bell", "https://example.org/", "9780306406164", "2101.00002"]
)
def test_another_name_is_another_work(identifier):
    """What no source has stays open, and the identifier is not taken on trust."""
    found = pinned.decide(identifier, [CANDIDATE])
    assert isinstance(found, Unresolved)
    assert identifier in found.advice[0]
