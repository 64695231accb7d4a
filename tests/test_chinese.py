"""Chinese beside the languages of an alphabet."""

import pytest

from refcheck import chinese


def test_without_the_dictionary_the_glossary_does():
    """A notion of the table is cut out and understood; unknown signs stay single."""
    assert chinese.segment("小米汽车") == ("小米", "汽车")
    assert "car" in chinese.meanings("汽车")
    assert chinese.translations("recall") == ("召回",)


@pytest.mark.usefixtures("dictionary")
def test_with_the_dictionary_words_and_names_are_understood():
    """Words by their meanings, names by how they are spelt."""
    assert "地震" in chinese.translations("earthquake")
    assert chinese.spelt_in("Lei Jun", "小米汽车回应，雷军道歉") == "雷军"
    assert not chinese.spelt_in("Smith", "小米汽车回应，雷军道歉")


@pytest.mark.usefixtures("dictionary")
def test_forms_of_a_word_and_its_relatives_lead_to_it():
    """Forms ("elections") and relatives (the Spanish "presidenta") are found by their English relatives."""
    assert "选举" in chinese.translations("elections")
    assert "总统" in chinese.translations("presidenta", "es")
