"""What a form can hold comes back; one test over all forms."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refcheck.bibliography.form import lost
from refcheck.errors import LibraryError
from refcheck.plugins import bibliography_forms
from refcheck.record import Name, PartialDate, Record

FORMS = bibliography_forms()

TITLES = st.sampled_from(
    [
        "Things", "The way of all things", "Über Dinge & Sachen", "50% of $100 {braces} #1 _x_ ~y^z", "事物之书", "O’Neill’s “quoted” things",
        "The Way of NASA and the mRNA Story", "A back\\slash", "Dinge: eine Übersicht", "What? Why!", "A–B—C", "x < y > z", "a | b", "[in brackets]",
    ]
)  # fmt: skip
WORDS = st.sampled_from(["", "Things", "Ding & Söhne", "事物出版社", "100%"])
PLAIN = st.sampled_from(["", "1", "12", "S2"])
NAMES = st.lists(
    st.one_of(
        st.builds(Name, family=st.sampled_from(["Ash", "Müller", "O’Hara", "Łoś", "Ñandú"]), given=st.sampled_from(["Ada", "J. R.", "Jean-Paul"])),
        st.builds(Name, literal=st.sampled_from(["World Health Organization", "张伯伟", "Thing & Co", "Research and Development"])),
    ),
    min_size=1,
    max_size=3,
    unique=True,
).map(tuple)  # fmt: skip
DATES = st.sampled_from(
    [PartialDate(start=(2020,)), PartialDate(start=(2020, 5)), PartialDate(start=(2020, 5, 31))]
)
RECORDS = st.builds(
    Record,
    id=st.just("ash2020"),
    type=st.sampled_from(
        ["article-journal", "book", "chapter", "report", "thesis", "webpage", "paper-conference"]
    ),
    author=NAMES,
    title=TITLES,
    publisher=WORDS,
    volume=PLAIN,
    page=st.sampled_from(["", "12", "12-19"]),
    issued=DATES,
    doi=st.sampled_from(["", "10.5555/a_b(c)12-1;2", "10.1002/(SICI)1097<1::AID>3.0.CO;2-#"]),
    url=st.sampled_from(["", "https://example.org/~a/b_c?d=e&f=%20#g"]),
    language=st.sampled_from(["", "de"]),
    abstract=WORDS,
)
EXACT = ("type", "author", "title", "volume", "page", "issued", "url", "doi")


def complete(record):
    """Give a record what its type must have, so that a form has an entry type for it."""
    needs = {
        "article-journal": "container_title",
        "chapter": "container_title",
        "paper-conference": "container_title",
        "report": "publisher",
        "thesis": "publisher",
    }
    field = needs.get(record.type)
    if record.type == "webpage":
        return replace(record, url=record.url or "https://example.org/", page="", volume="")
    return replace(record, **{field: "Annals of Things"}) if field else record


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=40, deadline=None)
@given(given_record=RECORDS)
def test_records_come_back(name, given_record):
    """Written and read, a record is what it was, but for what `lost` names."""
    record = complete(given_record)
    text = FORMS[name].write([record])
    reading = FORMS[name].read(text.encode(), "x")
    assert len(reading.records) == 1, text
    back = reading.records[0]
    gone = lost(FORMS[name], [record])
    for field in EXACT:
        if field not in gone and field.upper() not in gone:
            assert getattr(back, field) == getattr(record, field), text


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=25, deadline=None)
@given(records=st.lists(RECORDS, max_size=3))
def test_writing_twice_is_writing_once(name, records):
    """What was written, read and written again is the same text."""
    named = [complete(replace(record, id=f"key{at}")) for at, record in enumerate(records)]
    if not named:
        return
    once = FORMS[name].write(named)
    assert FORMS[name].write(FORMS[name].read(once.encode(), "x").records) == once


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=60, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=60),
        st.text(alphabet="@{}[]()=,\"'#\\|:-%\n abcTYER<>&;1é", max_size=80).map(str.encode),
    )
)
def test_any_bytes_are_read_or_refused_in_a_line(name, data):
    """Nothing crashes a reader: records, rejects with a line, or one error in one line."""
    try:
        reading = FORMS[name].read(data, "x")
    except LibraryError:
        return
    assert all(reject.line >= 0 and "\n" not in str(reject) for reject in reading.rejects)


def test_loss_is_named():
    """What RIS and BibTeX have no place for is named by its CSL variable."""
    record = Record(
        id="a",
        type="book",
        title="Things",
        translator=(Name(family="Ash", given="A."),),
        original_date=PartialDate(start=(1911,)),
    )
    assert lost(FORMS["bibtex"], [record]) == ("original-date",)
    assert lost(FORMS["csl-json"], [record]) == ()
    assert not re.search("title", " ".join(lost(FORMS["ris"], [record])))


def test_a_kind_and_the_end_of_a_date_that_are_lost_are_named():
    """A work that comes back as another kind, or a span of days as its first, is named."""
    days = PartialDate(start=(2019, 5, 7), end=(2019, 5, 9))
    record = Record(id="a", type="treaty", title="Things", issued=days)
    assert lost(FORMS["ris"], [record]) == ("type treaty", "end of issued")
    assert lost(FORMS["csl-json"], [record]) == ()


SUMMER = PartialDate(start=(2003,), season=2)


@pytest.mark.parametrize("name", [name for name in FORMS if name != "hayagriva"])
def test_a_season_comes_back(name):
    """Each form but Hayagriva's, whose dates are ISO 8601, has a way to say "Summer 2003"."""
    record = Record(id="a", type="article-journal", title="Things", container_title="Thing", issued=SUMMER)  # fmt: skip
    assert FORMS[name].read(FORMS[name].write([record]).encode(), "x").records[0].issued == SUMMER


def test_what_comes_back_in_part_is_named():
    """A season, the look of a title's words, and which kind of particle a name has."""
    people = (Name(family="Humboldt", given="Alexander", dropping_particle="von"),)
    title = "On <i>E. coli</i>"
    record = Record(id="a", type="book", title=title, author=people, issued=SUMMER)
    assert lost(FORMS["csl-json"], [record]) == ()
    assert lost(FORMS["ris"], [record]) == ("dropping particle of author", "markup of title")
    assert lost(FORMS["hayagriva"], [record]) == ("dropping particle of author", "season of issued")


def test_loss_is_told_of_each_record_where_a_form_takes_two_for_one():
    """Two works that a template cannot tell apart do not shift what is compared after them."""
    twice = [Record(id=key, type="book", title="Things") for key in "ab"]
    paper = Record(id="c", type="article-journal", title="Other things", container_title="Thing")
    assert lost(FORMS["wikitext"], [*twice, paper]) == ()
