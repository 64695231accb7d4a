"""Two texts side by side, cut where they differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.writers.difference import sides


def marked(pieces):
    """Write pieces as one text with what differs in brackets."""
    return "".join(f"[{text}]" if differs else text for text, differs in pieces)


@pytest.mark.parametrize(
    ("given_text", "found", "ours", "theirs"),
    [
        ("On the tings we know", "On the things we know", "On the [tings] we know", "On the [things] we know"),
        ("2020", "2021", "[2020]", "[2021]"),
        ("Li, Y.", "Liu, Y.", "[Li], Y.", "[Liu], Y."),
        ("小米汽车发布", "小米手机发布", "小米[汽车]发布", "小米[手机]发布"),
        ("Science", "science", "Science", "science"),
        ("", "366", "", "[366]"),
        ("A cat", "Nothing of this is alike", "[A cat]", "[Nothing of this is alike]"),
    ],
)  # fmt: skip
def test_marks_what_only_one_side_has(given_text, found, ours, theirs):
    """Words that only one of two texts has are marked on its side; case alone is no difference."""
    left, right = sides(given_text, found)
    assert (marked(left), marked(right)) == (ours, theirs)


@given(st.text(max_size=60), st.text(max_size=60))
def test_loses_nothing(one, other):
    """The pieces of each side, joined, are the text."""
    left, right = sides(one, other)
    assert "".join(text for text, _ in left) == one
    assert "".join(text for text, _ in right) == other
