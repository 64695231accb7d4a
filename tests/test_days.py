"""Days as people say them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck import days

CASES = (Path(__file__).parent / "cases" / "days.md").read_text(encoding="utf-8")


def cases():
    for line in CASES.splitlines():
        if line.startswith("- "):
            said, written, first, last = (part.strip() for part in line[2:].split("|"))
            yield pytest.param(said, written, first, last, id=f"{said} {written}".strip())


@pytest.mark.parametrize(("said", "written", "first", "last"), list(cases()))
def test_days_are_read_as_they_are_said(said, written, first, last):
    """Each case is read so, and nothing is guessed where the text's own day is not known."""
    found = days.read(said, date.fromisoformat(written) if written else None)
    if first == "-":
        assert not [one for one in found if (one.last - one.first).days < 300]
    else:
        assert (first, last) in {(one.first.isoformat(), one.last.isoformat()) for one in found}


def test_the_same_day_is_the_one_said_before():
    """What is said to be "the same day" points back to the last day that was said."""
    found = days.read("On 3 May 2025 it rained; the same day it stopped.")
    assert {one.first for one in found} == {date(2025, 5, 3)}


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    """Whatever is read, the first day is not after the last."""
    assert all(one.first <= one.last for one in days.read(text, date(2025, 6, 20)))
