"""Folding, words and scripts."""

from hypothesis import given
from hypothesis import strategies as st

from refcheck import text


@given(st.text(max_size=100))
def test_folding_twice_is_folding_once(given_):
    """The folded form of a text is its own folded form."""
    assert text.fold(text.fold(given_)) == text.fold(given_)


def test_folding_takes_away_case_and_accents():
    """Only what a reader would read over is lost."""
    assert text.fold("  Åse  Straße\tŁódź ") == "ase strasse lodz"


def test_tokens_of_two_scripts():
    """Chinese is searched by pairs of signs, the rest by words without a possessive s."""
    assert text.tokens("Xiaomi’s YU7：小米汽车") == ["xiaomi", "yu7", "小米", "米汽", "汽车"]


def test_scripts_tell_languages():
    """The script alone tells Chinese, Japanese, Russian; it tells nothing of Latin letters."""
    assert text.script_language("小米汽车第二款车型") == "zh"
    assert text.script_language("これはテスト") == "ja"
    assert text.script_language("Это тест") == "ru"
    assert text.script_language("a test, with one 车 in a long line of Latin letters") == ""


def test_foreign_text_is_made_plain():
    """Markup, entities (encoded twice too) and signs that nobody sees are taken away."""
    assert text.plain("A <i>B</i> &amp;amp; C\u202e\x00\n D") == "A B & C D"


def test_shortening_keeps_to_the_width():
    """What is cut is marked."""
    assert text.shorten("one two three", 8) == "one two…"
    assert text.shorten("one", 8) == "one"
