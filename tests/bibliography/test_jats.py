"""References of JATS read by their elements."""

from refcheck.bibliography.jats import record
from refcheck.record import Name

JOURNAL = """<person-group person-group-type="author"><name><surname>Shea</surname><given-names>MJ</given-names></name>
<string-name><surname>Compton</surname>, <given-names>R.&#xa0;N.</given-names></string-name><etal/></person-group> (<year iso-8601-date="1993">1993a</year>).
<article-title>Ejection of Ag<sup>+</sup> ions</article-title>. <source>Physical Review B</source>, <volume>47</volume>(<issue>15</issue>), <fpage>9967</fpage>&#x2013;<lpage>9970</lpage>.
<pub-id pub-id-type="doi">10.1103/PhysRevB.47.9967</pub-id><pub-id pub-id-type="pmid">10005087</pub-id>"""
CHAPTER = """<name><surname>Rufo</surname><given-names>KL</given-names></name>. <chapter-title>Streptococci</chapter-title>. In:
<person-group person-group-type="editor"><name><surname>Mandell</surname><given-names>GL</given-names></name></person-group>, <source>Principles</source>. <publisher-name>Elsevier</publisher-name>; <year>2010</year>"""


def test_an_article():
    """Names in either form, identifiers, pages; "and others" is kept as such."""
    found = record(JOURNAL, "journal")
    assert found.author == (Name("Shea", "MJ"), Name("Compton", "R. N."), Name(literal="others"))
    assert (found.title, found.container_title, found.page) == ("Ejection of Ag+ ions", "Physical Review B", "9967-9970")  # fmt: skip
    assert (found.issued.year, found.doi, found.pmid) == (
        1993,
        "10.1103/PhysRevB.47.9967",
        "10005087",
    )


def test_a_chapter_has_its_own_authors():
    """The editors are the book's."""
    found = record(CHAPTER, "book")
    assert (found.type, found.title, found.container_title) == (
        "chapter",
        "Streptococci",
        "Principles",
    )
    assert [one.family for one in found.author] == ["Rufo"]
    assert [one.family for one in found.editor] == ["Mandell"]


def test_bare_text_is_left_to_a_parser():
    """Nothing is guessed from elements that are not there."""
    assert record("Shea MJ. Ejection of ions. Phys Rev B 1993;47:9967.") is None
