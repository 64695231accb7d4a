"""GB/T 7714-2015: names, marks of kinds, dates, in the work's own language."""

from refcheck.markup import as_text
from refcheck.record import Name, PartialDate, Record
from refcheck.styles import gbt7714


def line(**fields):
    entry = gbt7714.render([Record(**fields)], "zh-CN").entries[0]
    return f"{entry.label} {as_text(entry.reference)}"


def names(*literals):
    return tuple(Name(literal=literal) for literal in literals)


def day(*parts):
    return PartialDate(start=parts)


def test_chinese_book():
    """A Chinese book has its place, publisher and year, and 版 for the edition."""
    got = line(
        type="book", author=names("费孝通"), title="乡土中国", edition="2", publisher="观察社",
        publisher_place="上海", issued=day(1948), language="zh-CN",
    )  # fmt: skip
    assert got == "[1] 费孝通. 乡土中国[M]. 2版. 上海: 观察社, 1948."


def test_three_authors_are_named_and_others_are_deng_or_et_al():
    """Of more than three authors the first three stand, with 等 or et al."""
    chinese = line(
        type="article-journal",
        author=names("甲", "乙", "丙", "丁"),
        title="论事物",
        container_title="事物学报",
        volume="3",
        issue="2",
        page="1-9",
        issued=day(2020),
    )
    people = tuple(
        Name(family=family, given="Ada Maria") for family in ("Ash", "Birch", "Cedar", "Elm")
    )
    english = line(
        type="article-journal",
        author=people,
        title="On things",
        container_title="Things",
        volume="3",
        page="1-9",
        issued=day(2020),
        language="en",
    )
    assert chinese == "[1] 甲, 乙, 丙, 等. 论事物[J]. 事物学报, 2020, 3(2): 1-9."
    assert (
        english == "[1] ASH A M, BIRCH A M, CEDAR A M, et al. On things[J]. Things, 2020, 3: 1-9."
    )


def test_web_page_has_its_days():
    """A page has its day in round, the day of access in square brackets, and its address."""
    got = line(
        type="webpage",
        author=names("国家统计局"),
        title="统计公报",
        issued=day(2024, 2, 29),
        accessed=day(2024, 5, 1),
        url="https://example.org/tj",
    )
    assert (
        got == "[1] 国家统计局. 统计公报[EB/OL]. (2024-02-29)[2024-05-01]. https://example.org/tj."
    )


def test_newspaper_and_translation():
    """A newspaper has its day and page, a translation its 译."""
    paper = line(
        type="article-newspaper",
        author=names("甲"),
        title="事物新闻",
        container_title="事物日报",
        issued=day(2000, 11, 20),
        page="15",
    )
    book = line(
        type="book",
        author=names("博伯尔"),
        translator=names("徐超"),
        title="未来",
        publisher="清华大学出版社",
        publisher_place="北京",
        issued=day(2023),
    )
    assert paper == "[1] 甲. 事物新闻[N]. 事物日报, 2000-11-20(15)."
    assert book == "[1] 博伯尔. 未来[M]. 徐超, 译. 北京: 清华大学出版社, 2023."


def test_numbers_follow_the_order_given():
    """The list is not sorted: numbers are those of the citing."""
    entries = gbt7714.render(
        [Record(id="b", title="乙"), Record(id="a", title="甲")], "zh-CN"
    ).entries
    assert [(entry.id, entry.label) for entry in entries] == [("b", "[1]"), ("a", "[2]")]
    assert entries[1].parenthetical[0].raised
