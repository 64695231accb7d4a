"""Dates as they are written: ISO 8601, EDTF, words, CSL-JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.dates import PartialDate, date_from_csl, date_from_text, date_to_csl


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-30T10:00:00Z", PartialDate((2024, 5, 30))),
        ("2019/2020", PartialDate((2019,), (2020,))),
        ("1979/", PartialDate((1979,))),
        ("1979/..", PartialDate((1979,))),
        ("1920~", PartialDate((1920,), circa=True)),
        ("c. 1920", PartialDate((1920,), circa=True)),
        ("2024-21", PartialDate((2024,), season=1)),
        ("May 30, 2024", PartialDate((2024, 5, 30))),
        ("30 May 2024", PartialDate((2024, 5, 30))),
        ("30th Sept. 2024", PartialDate((2024, 9, 30))),
        ("2024, May 30", PartialDate((2024, 5, 30))),
        ("May 2024", PartialDate((2024, 5))),
        ("Jan. 2024", PartialDate((2024, 1))),
        ("Autumn 2024", PartialDate((2024,), season=3)),
        ("2024年5月30日", PartialDate((2024, 5, 30))),
        ("1949（民国三十八年）", PartialDate((1949,))),
        ("May 32, 2024", PartialDate(literal="May 32, 2024")),
        ("2023-13-45", PartialDate((2023,), literal="2023-13-45")),
        ("2023-02-45", PartialDate((2023, 2), literal="2023-02-45")),
        ("2023-00", PartialDate((2023,))),
        ("forthcoming 2024", PartialDate(literal="forthcoming 2024")),
        ("forthcoming", PartialDate(literal="forthcoming")),
        ("", None),
    ],
)
def test_dates_in_words_and_digits(text, date):
    """What is a date, in digits or in words, is one; the rest is kept as it stands."""
    assert date_from_text(text) == date


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"date-parts": [[2024, 22]]}, PartialDate((2024,), season=2)),
        ({"date-parts": [[2024, 0]]}, PartialDate((2024,))),
        ({"date-parts": [[2024, 5, 40]]}, PartialDate((2024, 5), literal="2024-5-40")),
        ({"date-parts": [["2024", "5"]], "circa": True}, PartialDate((2024, 5), circa=True)),
        ({"raw": "May 2024"}, PartialDate((2024, 5))),
        ({"literal": "in press"}, PartialDate(literal="in press")),
        ({"date-parts": [[20200]]}, PartialDate(literal="20200")),
        ({"date-parts": [["forthcoming"]]}, PartialDate(literal="forthcoming")),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [7]}, None),
        ([], None),
    ],
)
def test_dates_of_csl_json(value, date):
    """The forms of CSL-JSON are read, seasons as months too; nonsense is nothing."""
    assert date_from_csl(value) == date


@given(
    st.builds(
        PartialDate,
        st.sampled_from([(2024,), (2024, 5), (2024, 5, 30), (-44, 3, 15)]),
        st.sampled_from([(), (2025,), (2025, 1, 2)]),
        st.integers(0, 4),
        st.booleans(),
    )
)
def test_dates_survive_the_round_trip(date):
    """Written as CSL-JSON and read again, a date is what it was."""
    assert date_from_csl(date_to_csl(date)) == date
