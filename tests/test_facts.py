"""What a text states, read in several languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck import facts

Q1 = "2025-01-01/2025-03-31"


@pytest.mark.parametrize(
    "text",
    [
        "a 2025 Q1 launch", "in Q1 2025", "the first quarter of 2025", "2025年第一季度上市",
        "2025年一季度", "nel primo trimestre del 2025", "im ersten Quartal 2025",
        "au premier trimestre de 2025", "en el primer trimestre de 2025",
    ],
)  # fmt: skip
def test_a_quarter_is_one_period_in_any_language(text):
    """However a quarter is written, it is the same days; its year is not read again."""
    assert [f.value for f in facts.read(text) if f.kind == "period"] == [Q1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the first half of 2025", "2025-01-01/2025-06-30"),
        ("2025年上半年", "2025-01-01/2025-06-30"),
        ("in May 2025", "2025-05-01/2025-05-31"),
        ("30 May 2024", "2024-05-30/2024-05-30"),
        ("May 30, 2024", "2024-05-30/2024-05-30"),
        ("2024年5月30日", "2024-05-30/2024-05-30"),
        ("2024-05-30", "2024-05-30/2024-05-30"),
        ("im März 2023", "2023-03-01/2023-03-31"),
        ("since 2019", "2019-01-01/2019-12-31"),
    ],
)
def test_periods_are_days(text, value):
    """A half year, a month, a day and a year become their first and last day."""
    assert [f.value for f in facts.read(text) if f.kind == "period"] == [value]


@pytest.mark.parametrize("text", ["31 February 2024", "2024-13-01", "Q7 2025"])
def test_impossible_days_are_no_period_of_a_day(text):
    """A day or quarter that the calendar lacks is not made up."""
    assert all(f.period[0] != f.period[1] for f in facts.read(text) if f.kind == "period")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the second car", "2"),
        ("第二款", "2"),
        ("首款车", "1"),
        ("il secondo modello", "2"),
        ("das zweite", "2"),
        ("its 3rd", "3"),
    ],
)
def test_ordinals_count_alike(text, number):
    """Ordinals are numbers in every language."""
    assert [f.value for f in facts.read(text) if f.kind == "ordinal"] == [number]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("200,000 orders", "200000", "item"),
        ("大定突破 20 万台", "200000", "item"),
        ("超7000辆", "7000", "item"),
        ("three minutes", "3", "minute"),
        ("3 分钟", "3", "minute"),
        ("3.5 million dollars", "3500000", "dollar"),
        ("47 percent", "47", "percent"),
        ("1.200.000 Euro", "1200000", "euro"),
    ],
)
def test_numbers_keep_value_and_unit(text, value, unit):
    """Separators, scales and words of other languages come to the same number and unit."""
    assert (value, unit) in [(f.value, f.unit) for f in facts.read(text) if f.kind == "number"]


def test_models_are_not_numbers():
    """A name of letters and digits is a model, and its digits are no number."""
    found = facts.read("the SU7 and the YU7")
    assert {(f.kind, f.value) for f in found} == {("model", "su7"), ("model", "yu7")}


def test_acronyms_must_be_spelled_by_the_words():
    """Only what the words before it spell is explained."""
    text = "The electric vehicle (EV) market, the Internet of Things (IoT), last year (NASA)"
    assert facts.acronyms(text) == {"EV": "electric vehicle", "IoT": "Internet of Things"}


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    """No text breaks the reader, and a period begins before it ends."""
    for fact in facts.read(text):
        if fact.kind == "period":
            assert fact.period[0] <= fact.period[1]
