"""Titles as they come: tags, entities, formulas, quotes; and how pieces are joined."""

import pytest

from refcheck.markup import as_html, as_text
from refcheck.model import Run
from refcheck.styles.runs import italic, joined, rich, stopped, text


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("H<sub>2</sub>O &amp; <i>Homo</i>", "H<sub>2</sub>O &amp; <i>Homo</i>"),
        (
            "<scp>NASA</scp> and <b>bold</b>",
            '<span style="font-variant:small-caps">NASA</span> and <b>bold</b>',
        ),
        ("<mml:math><mml:mi>x</mml:mi></mml:math> grows", "x grows"),
        (r"The $\alpha_2$ of $x^{10}$", "The α<sub>2</sub> of x<sup>10</sup>"),
        ("From $5 to $10", "From $5 to $10"),
        ("\"Quoted\" and 'so', it's", "“Quoted” and ‘so’, it’s"),
        ("a < b and <unknown>", "a &lt; b and &lt;unknown&gt;"),
    ],
)
def test_titles(title, html):
    """Looks are kept, other markup goes, what is no markup stays."""
    assert as_html(rich(title)) == html


def test_italics_within_italics_stand_upright():
    """A work named in an italic title is set apart."""
    assert as_html(italic(rich("Reading <i>Hamlet</i>"))) == (
        '<i>Reading <span style="font-style:normal">Hamlet</span></i>'
    )


@pytest.mark.parametrize(
    ("left", "wanted"),
    [
        ("A", "A. B"),
        ("A.", "A. B"),
        ("A?", "A? B"),
        ("“A”", "“A.” B"),
        ("“A?”", "“A?” B"),
        ("(A)", "(A). B"),
    ],
)
def test_one_full_stop_is_enough(left, wanted):
    """A stop is put where none is, within a closing quotation mark."""
    assert as_text(joined(". ", text(left), (), text("B"))) == wanted
    assert as_text(stopped(text(left))) == wanted.removesuffix(" B")


def test_nothing_joined_is_nothing():
    """Absent parts leave no separator behind."""
    assert joined(". ", (), ()) == ()
    assert joined(", ", (), (Run("a"),)) == (Run("a"),)
