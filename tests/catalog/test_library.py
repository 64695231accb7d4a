"""One's own records, asked as sources are."""

import pytest

from refcheck.catalog.library import library_source
from refcheck.model import Query
from refcheck.record import Name, PartialDate, Record

RECORDS = (
    Record(id="bell", type="book", title="On bells", author=(Name("Bell", "Ada"),), isbn="0-306-40615-2", issued=PartialDate((2001,))),
    Record(type="article-journal", title="Electric vehicles in China", doi="10.1000/ev"),
    Record(type="report", title="The role of government in the market for electric vehicles: Evidence from China"),
    Record(type="article-newspaper", title="小米 YU7 汽车 3 分钟大定突破 20 万台", url="https://www.ithome.com/0/863/978.htm", container_title="IT之家"),
    Record(type="article", title="A preprint", doi="10.48550/arxiv.2101.00001"),
)  # fmt: skip


def ask(*queries: Query, records=RECORDS):
    search = library_source(records, "library:own.json").search(queries)
    with pytest.raises(StopIteration) as end:  # a library sends no request
        next(search)
    return [[found.record for found in answers] for answers in end.value.value]


def test_works_are_found_by_any_identifier():
    """DOI in any case, ISBN of ten digits, arXiv number, address, and the user's own key."""
    asked = (
        "10.1000/EV",
        "9780306406157",
        "arXiv:2101.00001v3",
        "http://ithome.com/0/863/978.htm",
        "Bell",
        "10.1000/none",
    )
    found = ask(*(Query("work", identifier=one) for one in asked))
    assert found == [[RECORDS[1]], [RECORDS[0]], [RECORDS[4]], [RECORDS[3]], [RECORDS[0]], []]


def test_works_are_found_by_words():
    """Title, author and year, in any order."""
    assert ask(Query("work", title="bells", author=("Bell",), year=2001))[0][0] == RECORDS[0]


def test_topics_keep_to_the_types_wanted():
    """Papers where papers are asked for, reports where reports are."""
    papers, reports = ask(
        Query("topic", text="Chinese EV market", types=("article-journal",)),
        Query("topic", text="Chinese EV market", types=("report",)),
    )
    assert (papers, reports) == ([RECORDS[1]], [RECORDS[2]])


def test_news_are_found_across_languages():
    """An English question finds the Chinese title by what the glossary knows; books are no news."""
    assert ask(Query("news", text="Xiaomi firm orders"))[0][0] == RECORDS[3]
    assert ask(Query("news", text="bells"))[0] == []


def test_nothing_asked_is_nothing_found():
    """An empty question and an empty library answer nothing."""
    assert ask(Query("topic")) == [[]]
    assert ask(Query("topic", text="bells"), records=()) == [[]]
