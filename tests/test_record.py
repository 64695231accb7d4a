"""Records in CSL's terms, read with patience and written back whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refcheck.record import CSL_TYPES, PartialDate, Record, from_csl, to_csl

ITEM = {
    "id": "a", "type": "article-journal", "title": "On bells", "DOI": "10.1000/1", "container-title": "Bells",
    "author": [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, {"literal": "Bell Society"}],
    "issued": {"date-parts": [[2024, 5, 30]]}, "volume": "12", "page": "1-9", "URL": "https://example.org/",
}  # fmt: skip


def test_what_is_read_is_written_back():
    """A clean item goes through unchanged."""
    assert to_csl(from_csl(ITEM)) == ITEM


@pytest.mark.parametrize(
    ("given_", "field", "value"),
    [
        ({"volume": 12}, "volume", "12"),
        ({"title": ["First", "Second"]}, "title", "First"),
        ({"title": None}, "title", ""),
        ({"type": "journal-article"}, "type", "document"),
        ({"event": "A meeting"}, "event_title", "A meeting"),
        ({"journalAbbreviation": "Bell."}, "container_title_short", "Bell."),
        ({"issued": {"date-parts": [["2024", "5"]]}}, "issued", PartialDate((2024, 5))),
        (
            {"issued": {"date-parts": [[2024, 13, 1]]}},
            "issued",
            PartialDate((2024,), literal="2024-13-1"),
        ),
        ({"issued": {"date-parts": [[None]]}}, "issued", None),
        ({"issued": {"raw": "2024-05"}}, "issued", PartialDate((2024, 5))),
        ({"issued": {"literal": "in press"}}, "issued", PartialDate(literal="in press")),
        ({"issued": "2024"}, "issued", PartialDate((2024,))),
        ({"nonsense": "x"}, "title", ""),
    ],
)
def test_what_is_often_wrong_is_forgiven(given_, field, value):
    """Numbers, lists, foreign type names and odd dates are read for what they mean."""
    assert getattr(from_csl(given_), field) == value


dates = st.builds(
    PartialDate,
    st.one_of(
        st.tuples(st.integers(1000, 2100)), st.tuples(st.integers(1000, 2100), st.integers(1, 12))
    ),
)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)
records = st.builds(
    Record,
    id=texts,
    type=st.sampled_from(sorted(CSL_TYPES)),
    title=texts,
    doi=texts,
    issued=dates,
    volume=texts,
)


@given(records)
def test_records_survive_the_round_trip(record):
    """Any record is the same after being written and read."""
    assert from_csl(to_csl(record)) == record


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the input
@given(
    st.dictionaries(
        st.sampled_from(["title", "author", "issued", "type", "DOI"]),
        st.recursive(
            st.none() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=8,
        ),
    )
)
def test_no_item_breaks_the_reader(item):
    """Whatever stands in a foreign item, a record comes out."""
    assert isinstance(from_csl(item), Record)
