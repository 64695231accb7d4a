"""Names, dates and identifiers as services write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.errors import SourceError
from refcheck.lookup import reading
from refcheck.lookup.arxiv import entries
from refcheck.lookup.gdelt import headline, question
from refcheck.lookup.openalex import cost, record
from refcheck.lookup.pubmed import full_pages
from refcheck.model import Query, Reply, Request
from refcheck.record import Name


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2024-05-30T08:00:00+08:00", "2024-05-30"), ("2024-05", "2024-05"), ("2024", "2024"),
        (2024, "2024"), ("20250627T001500Z", "2025-06-27"), ("20240530123000", "2024-05-30"),
        ("2021 Mar 4", "2021-03-04"), ("2021 Spring", "2021"), ("May 1993", "1993-05"),
        ("July 16, 2019", "2019-07-16"), ("30 May 2024", "2024-05-30"), ("2024年5月30日", "2024-05-30"),
        ("2024/05/30", "2024-05-30"), ("Fri, 27 Jun 2025 00:10:00 GMT", "2025-06-27"), ("c1997", ""),
        ("2019/2020", "2019"), ("2024-13-40", "2024"), ("1953/04", "1953-04"), ("", ""), (None, ""),
        ("no date", ""), ("99999-99-99T99:99:99Z", ""), ("19??", ""), (["2019", "x"], "2019"),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_they_are(said, date):
    """A date is read as far as it goes; what is none is none."""
    found = reading.day(said)
    assert (found.iso() if found else "") == date


@pytest.mark.parametrize(
    "name",
    [
        "Centers for Disease Control and Prevention", "U.S. Geological Survey", "World Bank Group",
        "Statistics Canada", "Robert Koch-Institut", "Food and Agriculture Organization of the United Nations",
        "Bundesministerium für Gesundheit", "ATLAS Collaboration", "University of Oxford, Department of Physics",
        "BBC News", "Ford Motor Company", "European Union", "National Bureau of Statistics",
        "Deutsche Forschungsgemeinschaft", "Ministerio de Sanidad", "RECOVERY Collaborative Group",
    ],
)  # fmt: skip
def test_institutions_are_no_persons(name):
    """What is called as institutions and teams are is kept whole, a comma in it too."""
    assert reading.whole_name(name) == Name(literal=name)


@pytest.mark.parametrize(
    ("comment", "withdrawn"),
    [
        ("This paper has been withdrawn by the author due to an error in Lemma 2", True),
        ("Withdrawn", True),
        ("12 pages; a section on why money was not withdrawn from banks", False),
        ("12 pages", False),
    ],
)
def test_a_withdrawn_preprint_is_told_by_its_comment(comment, withdrawn):
    """ArXiv has no field for it: the authors' comment says so."""
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>'
        "<id>http://arxiv.org/abs/2001.00001v2</id><title>x</title>"
        f"<arxiv:comment>{comment}</arxiv:comment></entry></feed>"
    )
    (found,) = entries(reading.xml(Reply(200, feed.encode())))
    assert bool(found.record.retraction) == withdrawn


def test_an_author_called_as_its_institution_is_that_institution():
    """Where an index gives an author the name of the institution it belongs to, it is no person."""
    one = {
        "raw_author_name": "Google DeepMind",
        "institutions": [{"display_name": "Google DeepMind (United Kingdom)"}],
    }
    assert record({"title": "x", "authorships": [one]}).record.author == (
        Name(literal="Google DeepMind"),
    )


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_dates(said):
    """Whatever stands where a date should: a sound date or none."""
    found = reading.day(said)
    assert found is None or (found.start[0] > 0 and all(part >= 1 for part in found.start))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Kaiming He", Name(family="He", given="Kaiming")),
        ("He, Kaiming", Name(family="He", given="Kaiming")),
        ("Ludwig van Beethoven", Name(family="van Beethoven", given="Ludwig")),
        ("Martin Luther King Jr.", Name(family="King", given="Martin Luther", suffix="Jr.")),
        ("Xiangyu Zhang 0005", Name(family="Zhang", given="Xiangyu")),
        ("汪淼", Name(literal="汪淼")),
        ("Aristotle", Name(literal="Aristotle")),
        ("The pandas development team", Name(literal="The pandas development team")),
        ("International Energy Agency", Name(literal="International Energy Agency")),
        ("Press, William H.", Name(family="Press", given="William H.")),
        ("Volker Bank", Name(family="Bank", given="Volker")),
        ("José Ortega y Gasset", Name(family="Gasset", given="José Ortega y")),
        ("", Name()),
    ],
)
def test_names_are_split_where_they_can_be(said, name):
    """A personal name is split; one word, Chinese signs and groups are kept whole."""
    assert reading.whole_name(said) == name


def test_titles_lose_the_full_stop_of_the_service():
    """A closing stop is cut, three dots are not; a subtitle is joined once."""
    assert reading.title("Deep learning.") == "Deep learning"
    assert reading.title("And then...") == "And then..."
    assert reading.title(["Main"], ["Sub"]) == "Main: Sub"
    assert reading.title("Main: sub", "Sub") == "Main: sub"


def test_identifiers_of_preprints_go_both_ways():
    """An arXiv number is a DOI at DataCite, and that DOI a number at arXiv."""
    assert (
        reading.doi_of(Query("work", identifier="arXiv:1706.03762v5"))
        == "10.48550/arxiv.1706.03762"
    )
    assert reading.arxiv_of(Query("work", identifier="10.48550/arXiv.1706.03762")) == "1706.03762"
    assert reading.arxiv_of(Query("work", identifier="10.1109/cvpr.2016.90")) == ""


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>',
    ],
)
def test_entities_are_left_alone(body):
    """XML entities are neither fetched nor written out."""
    try:
        root = reading.xml(Reply(200, body))
    except SourceError:
        return
    assert "root:" not in "".join(root.itertext())
    assert "aaaa" not in "".join(root.itertext())


def test_news_questions_follow_the_service():
    """On a site any word will do, without one all are wanted; short words are left out."""
    on_site = Query("news", text="小米 of 汽车", site="https://www.36kr.com/x", language="zh")
    assert question(on_site) == 'domainis:36kr.com ("小米" OR "汽车")'
    assert (
        question(Query("news", text="Xiaomi SU7 EV", language="en"))
        == "sourcelang:english Xiaomi SU7"
    )
    assert question(Query("news", text="小米", site="36kr.com")) == 'domainis:36kr.com "小米"'
    assert question(Query("news", text="a b")) == ""
    assert (
        len(question(Query("news", text=" ".join(f"word{n}" for n in range(99)))).encode()) <= 250
    )


def test_spaces_of_tokenised_titles_are_closed():
    """The spaces that GDELT sets round punctuation go."""
    assert (
        headline("Drug Pricing : A Digest , 2026 ( part one )")
        == "Drug Pricing: A Digest, 2026 (part one)"
    )


def test_costs_follow_the_price_list():
    """A search costs ten times a list, a single work nothing."""
    assert cost(Request("/works/doi:10.1/x")) == 0
    assert cost(Request("/works", (("filter", "doi:10.1/x|10.1/y"),))) == 0.0001
    assert cost(Request("/works", (("filter", "title.search:x"),))) == 0.001
    assert cost(Request("/works", (("search", "x"),))) == 0.001


def test_abbreviated_pages_are_written_out():
    """A last page that leaves out what it shares with the first is completed."""
    assert full_pages("1355-7") == "1355-1357"
    assert full_pages("737-738") == "737-738"
    assert full_pages("e12") == "e12"
