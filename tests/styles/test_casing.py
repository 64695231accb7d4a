"""Capitals: what is lowered, what is raised, what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.styles.casing import looks_english, sentence_case, title_case


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        (
            "Deep Learning for Language: A Survey of the Art",
            "Deep learning for language: A survey of the art",
        ),
        ("The Role of Vitamin D in Human Health", "The role of vitamin D in human health"),
        (
            "A Study of mRNA Vaccines Against COVID-19 in Germany",
            "A study of mRNA vaccines against COVID-19 in Germany",
        ),
        (
            "The Politics of Health in North Korea and South Africa",
            "The politics of health in North Korea and South Africa",
        ),
        (
            "Western Medicine and the World Health Organization in Northern Ireland",
            "Western medicine and the World Health Organization in Northern Ireland",
        ),
        (
            "Binding of Ca by Vitamin B12 in Patients With Down Syndrome Going Down",
            "Binding of Ca by vitamin B12 in patients with Down syndrome going down",
        ),
        (
            "Proceedings of the Fifth Conference on Modern Things",
            "Proceedings of the Fifth Conference on Modern Things",
        ),
        ("The theory of Little Green Men", "The theory of Little Green Men"),
        (
            "Thing Anxiety Inventory (TAI): Technical Manual Revised",
            "Thing Anxiety Inventory (TAI): Technical manual revised",
        ),
        (
            "Why Do Self-Driving Cars Matter? An Answer Given",
            "Why do self-driving cars matter? An answer given",
        ),
        ("What I Learned From Reading Books", "What I learned from reading books"),
        (
            'On <span class="nocase">Little Green Men</span> and Other Strange Things',
            'On <span class="nocase">Little Green Men</span> and other strange things',
        ),
        ("事物之书", "事物之书"),
    ],
)
def test_sentence_case(title, wanted):
    """Only a title in headline capitals is lowered, and only words that are no names."""
    assert sentence_case(title) == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("journal of things and other things", "Journal of Things and Other Things"),
        ("what it is all about", "What It Is All About"),
        ("things: a survey", "Things: A Survey"),
        ("iPhone users and mRNA", "iPhone Users and mRNA"),
        ("wake-up radio", "Wake-up Radio"),
        ("between you and me", "Between You and Me"),
    ],
)
def test_title_case(title, wanted):
    """Words of weight are raised, short ones are not but at the ends."""
    assert title_case(title) == wanted


def test_english_is_told_by_its_small_words():
    """A title in another language is left alone though nobody says so."""
    titles = [
        "The way of things",
        "Die Lage der Nation",
        "Deep Residual Learning",
        "Revista de Estudios",
        "Ordnung und Chaos",
        "Größe",
    ]
    assert [looks_english(title) for title in titles] == [True, False, True, False, False, False]


@given(st.text(alphabet="AaBb Cc: -?()<i>/", max_size=40))
def test_casing_twice_is_casing_once(value):
    """Both are settled after one pass, and change no letter but its case."""
    for change in (sentence_case, title_case):
        assert change(change(value)) == change(value)
        assert change(value).lower() == value.lower()
