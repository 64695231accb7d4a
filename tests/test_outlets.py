"""Publishers by their everyday names."""

import pytest

from refcheck import outlets


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("36Kr", "36kr.com"), ("36氪", "36kr.com"), ("36 Krypton", "36kr.com"), ("WaPo", "washingtonpost.com"),
        ("the guardian", "theguardian.com"), ("IT Home", "ithome.com"), ("sueddeutsche.de", "sueddeutsche.de"),
        ("https://m.thepaper.cn/newsDetail", "thepaper.cn"), ("LE MONDE", "lemonde.fr"),
    ],
)  # fmt: skip
def test_everyday_names_lead_to_the_site(name, site):
    """Case, accents, spaces, "the" and an address in place of a name do not matter."""
    found = outlets.find(name)
    assert found is not None
    assert found.site == site


@pytest.mark.parametrize("name", ["", "   ", "My Cousin's Blog", "example.org"])
def test_unknown_names_lead_nowhere(name):
    """What is not in the table is not guessed."""
    assert outlets.find(name) is None


def test_common_words_are_no_outlets():
    """In running text "time" and "the independent" are words, "IT之家" and "AutoBeta" are names."""
    text = "It was time to read AutoBeta's report, an independent one, and IT之家's."
    assert [outlet.names[0] for _, _, outlet in outlets.mentioned(text)] == ["AutoBeta", "IT之家"]


def test_every_name_leads_to_one_outlet():
    """No two rows of the table claim one site, and no row lacks site or language."""
    rows = outlets._outlets()
    assert len({row.site for row in rows}) == len(rows)
    assert all(row.site and row.language and row.names[0] for row in rows)
