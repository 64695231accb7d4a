"""APA over whole lists: the laws that no single case shows."""

import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from refcheck.markup import as_text
from refcheck.record import CSL_TYPES, Name, PartialDate, Record
from refcheck.styles import apa
from refcheck.styles.apa_citations import locator

WORDS = st.sampled_from(
    [
        "", "", "a", "Things", "The Way of All Flesh", "What?", "So!", "(in brackets)", "[x]", '"quoted"', "12", "1-4",
        "12, 14", "IV", "2nd", "No. 5", "中文", "é", "<i>x</i>", "<b", "a & b", "&amp;", "U.S.", "etc.", "…", "-", "'tis", "a: b",
    ]
)  # fmt: skip
NAMES = st.lists(
    st.one_of(
        st.builds(Name, family=WORDS, given=WORDS, suffix=st.sampled_from(["", "Jr."])),
        st.builds(Name, literal=WORDS),
    ),
    max_size=4,
).map(lambda names: tuple(name for name in names if name))
RECORDS = st.builds(
    Record,
    type=st.sampled_from(sorted(CSL_TYPES)),
    author=NAMES,
    editor=NAMES,
    title=WORDS,
    container_title=WORDS,
    volume=WORDS,
    issue=WORDS,
    page=WORDS,
    number=WORDS,
    genre=WORDS,
    publisher=WORDS,
    edition=WORDS,
    url=st.sampled_from(["", "https://example.org/a"]),
    issued=st.one_of(
        st.none(),
        st.builds(PartialDate, start=st.sampled_from([(2020,), (2020, 5), (2020, 5, 31), (-44,)])),
        st.just(PartialDate(literal="in press")),
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=6))
def test_every_record_has_its_entry(records):
    """Whatever a record holds, it comes out once, and nothing doubles a space or a full stop."""
    named = [replace(record, id=str(at)) for at, record in enumerate(records)]
    entries = apa.render(named, "en-US").entries
    assert sorted(entry.id for entry in entries) == sorted(record.id for record in named)
    for entry in entries:
        assert "  " not in as_text(entry.reference)


@settings(max_examples=30, deadline=None)
@given(st.lists(RECORDS, max_size=6), st.randoms())
def test_the_order_given_does_not_matter(records, random):
    """A list sorted otherwise before comes out the same."""
    named = [replace(record, id=f"{at}") for at, record in enumerate(records)]
    mixed = list(named)
    random.shuffle(mixed)
    assert apa.render(named, "en-US").entries == apa.render(mixed, "en-US").entries


def record(**fields):
    given = {"type": "book", "author": (Name(family="Ash", given="Ada"),), "title": "Things"}
    return Record(**given | fields)


def year(number):
    return PartialDate(start=(number,))


def test_several_works_in_one_citation():
    """Works stand in the order of the list; those of one author share the name."""
    records = [
        record(id="b", title="Beta", issued=year(2014)),
        record(id="a", title="Alpha", issued=year(2014)),
        record(id="c", author=(Name(family="Birch", given="Ben"),), issued=year(1999)),
    ]
    wanted = [("c", locator("12-14")), ("b", ""), ("a", "")]
    assert as_text(apa.cite(records, wanted)) == "(Ash, 2014a, 2014b; Birch, 1999, pp. 12–14)"


def test_several_works_in_a_sentence():
    """Narrative citations follow one another."""
    records = [
        record(id="a", issued=year(2014)),
        record(id="b", author=(Name(literal="WHO"),), issued=year(2020)),
    ]
    got = as_text(apa.cite(records, [("a", "p. 3"), ("b", "")], narrative=True))
    assert got == "Ash (2014, p. 3) and WHO (2020)"


def test_locators_are_worded():
    """Pages and paragraphs are abbreviated, other parts named in full."""
    got = [
        locator("3"),
        locator("3-5"),
        locator("4", "paragraph"),
        locator("2", "chapter"),
        locator("1, 2", "figure"),
    ]
    assert got == ["p. 3", "pp. 3–5", "para. 4", "Chapter 2", "Figures 1, 2"]


def test_other_locales_have_their_words():
    """A German list says Hrsg., o. D. and und; the data stay as they are."""
    records = [
        record(author=(), editor=(Name(family="Ash", given="Ada"),)),
        record(id="x", edition="2", issued=PartialDate(start=(2020,))),
    ]
    got = [as_text(entry.reference) for entry in apa.render(records, "de-DE").entries]
    assert got == ["Ash, A. (Hrsg.). (o. D.). Things.", "Ash, A. (2020). Things (2. Aufl.)."]


def test_what_looks_wrong_is_told():
    """A record without a title and a date that cannot be are named."""
    told = apa.render(
        [record(id="x", title="", issued=PartialDate(start=(2023, 2, 30)))], "en-US"
    ).diagnostics
    assert [one.rule for one in told] == ["RC501", "RC502"]
    assert "2023-02-30" in told[1].message
    dates = [PartialDate(literal="20200"), PartialDate(literal="in press")]
    told = apa.render([record(issued=date) for date in dates], "en-US").diagnostics
    assert ["20200" in one.message for one in told] == [True]


def test_ten_thousand_references_take_seconds_at_most():
    """The time is linear: a list of ten thousand is no coffee break (about 1 s measured; 5 allowed)."""
    records = [
        record(id=str(at), title=f"Things {at}", issued=year(1900 + at % 120))
        for at in range(10_000)
    ]
    start = time.process_time()
    assert len(apa.render(records, "en-US").entries) == 10_000
    assert time.process_time() - start < 5
