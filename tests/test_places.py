"""Places in several languages, and which lies in which."""

from refcheck import places


def test_places_are_known_in_several_languages():
    """A town, its province and its country, in whatever language they are named."""
    assert places.read("浙江杭州的一家工厂") == {"Zhejiang", "Hangzhou"}
    assert places.read("Ein Werk in München, Deutschland") == {"Munich", "Germany"}


def test_small_words_are_no_places():
    """The pronoun "us" is none, "US" is a country."""
    assert not places.read("let us go")
    assert places.read("the US report") == {"USA"}


def test_a_town_agrees_with_its_country_and_not_with_another():
    """What lies in the other does not contradict it."""
    assert places.agree("Hangzhou", "China")
    assert places.agree("Zhejiang", "Hangzhou")
    assert not places.agree("Hangzhou", "Jiangxi")


def test_no_name_has_two_places():
    """Each name of the table leads to one place, and every whole is a place of the table."""
    rows = places._rows()
    names = [name for _, _, names in rows for name in names]
    assert len({place for place, _, _ in rows}) == len(rows)
    assert {whole for _, whole, _ in rows} - {""} <= {place for place, _, _ in rows}
    assert len(set(names)) == len(names)
