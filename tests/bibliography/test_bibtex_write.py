"""Entries as they are written: right types, protected capitals, escaped signs, stable keys."""

import pytest

from refcheck.bibliography import biblatex, bibtex
from refcheck.bibliography.bibtex_write import Habits, write
from refcheck.bibliography.keys import keys
from refcheck.bibliography.merge import addition
from refcheck.record import Name, PartialDate, Record

ASH = (Name(family="Ash", given="Ada"),)


def record(**fields):
    return Record(
        **{
            "type": "article-journal",
            "author": ASH,
            "title": "On things",
            "container_title": "Things",
            "issued": PartialDate(start=(2020, 5, 31)),
        }
        | fields
    )


def test_an_article():
    """Fields stand in a fixed order; the same record is the same text."""
    wanted = (
        "@article{ash2020things,\n  author = {Ash, Ada},\n  title = {On things},\n  journal = {Things},\n"
        "  year = {2020},\n  month = may,\n  day = {31},\n}\n"
    )
    assert bibtex.FORM.write([record()]) == bibtex.FORM.write([record()]) == wanted
    assert "date = {2020-05-31}" in biblatex.FORM.write([record()])
    assert "journaltitle = {Things}" in biblatex.FORM.write([record()])


def test_braces_only_where_capitals_must_stay():
    """In sentence case names are protected, in headline case only words with capitals inside."""
    assert "title = {The {NASA} of {China}: A study}" in bibtex.FORM.write(
        [record(title="The NASA of China: A study")]
    )
    assert "title = {The Way of All {mRNA} Things}" in bibtex.FORM.write(
        [record(title="The Way of All mRNA Things")]
    )
    assert "title = {The {Bayes} Way of Things}" in bibtex.FORM.write(
        [record(title='The <span class="nocase">Bayes</span> Way of Things')]
    )
    assert "title = {plain words}" in bibtex.FORM.write([record(title="plain words")])


def test_special_signs_are_escaped_and_letters_stay():
    """TeX's signs are escaped; letters are UTF-8, or commands where ASCII is wanted."""
    odd = record(
        title="a & b_c 5% #1 $x é Ł ß", doi="10.5555/a_b", url="https://example.org/a_b%20c"
    )
    text = bibtex.FORM.write([odd])
    assert r"title = {a \& b\_c 5\% \#1 \$x é {Ł} ß}" in text
    assert "doi = {10.5555/a_b}" in text
    assert "url = {https://example.org/a_b%20c}" in text
    assert r"\'e} {{\L}} {\ss}" in write([odd], habits=Habits(ascii_only=True))


def test_entry_types_have_what_they_need():
    """Without its container or institution a work is ``misc``; theses are of their degree."""
    kinds = [
        (record(), "@article{"),
        (record(container_title=""), "@misc{"),
        (record(type="chapter"), "@incollection{"),
        (record(type="thesis", publisher="U", genre="Master’s thesis"), "@mastersthesis{"),
        (record(type="thesis", publisher="U", genre="Doctoral dissertation"), "@phdthesis{"),
        (record(type="report", publisher="Agency"), "@techreport{"),
        (record(type="webpage", url="https://example.org/"), "@misc{"),
    ]
    assert [text for one, text in kinds if not bibtex.FORM.write([one]).startswith(text)] == []
    assert biblatex.FORM.write([record(type="webpage", url="https://example.org/")]).startswith(
        "@online{"
    )
    assert "type = {Thesis}" in bibtex.FORM.write([record(type="thesis", publisher="U")])


def test_keys_are_readable_unique_and_kept():
    """Author, year, word; a, b for more; one's own keys as they are; a pattern of one's own."""
    works = [
        record(),
        record(),
        record(id="Ash:2020"),
        record(author=(), title="", issued=None),
        record(author=(Name(literal="张伯伟"),), title="全唐"),
    ]
    assert keys(works) == ("ash2020things", "ash2020thingsa", "Ash:2020", "thingsnd", "things2020")
    assert keys([record(id="doi:10.5555/x")], "{authors}_{year}") == ("ash_2020",)
    assert keys([record()], taken=["Ash2020things"]) == ("ash2020thingsa",)
    assert keys(works[:1]) == keys(works)[:1]


@pytest.mark.parametrize(
    ("held", "key"),
    [
        ("bell1999", "ash2020"), ("Bell1999", "Ash2020"), ("bell:1999", "ash:2020"), ("bell1999b", "ash2020"),
        ("bell_bells_1999", "ash_things_2020"), ("Bell99", "Ash20"), ("bell1999bells", "ash2020things"), ("BellsBook", "ash2020things"),
    ],
)  # fmt: skip
def test_keys_follow_the_habit_of_the_file(held, key):
    """One entry tells it; where none of the known patterns fits, the default stands."""
    kept = (
        f"@book{{{held},\n  author = {{Bell, Ann}},\n  title = {{Bells}},\n  year = {{1999}}\n}}\n"
    )
    found = addition(kept.encode(), [record()])
    assert [name for _, name in found.added] == [key]
