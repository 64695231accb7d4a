"""Reading .bib files as they are: broken ones, odd ones, both dialects."""

import pytest

from refcheck.bibliography import bibtex
from refcheck.errors import LibraryError
from refcheck.record import Name, PartialDate


def read(text):
    return bibtex.FORM.read(text.encode(), "refs.bib")


def one(fields, kind="article"):
    (record,) = read(f"@{kind}{{key,\n{fields}\n}}").records
    return record


def test_a_comment_after_a_field_is_no_field_name():
    """A trailing % comment belongs to no field; a % within a value stays."""
    record = one(
        "title = {A 100% title}, % really\n  year = 2014, % yes, {\n  url = {https://example.org/a%20b}"
    )
    assert (record.title, record.issued, record.url) == (
        "A 100% title",
        PartialDate(start=(2014,)),
        "https://example.org/a%20b",
    )


def test_a_missing_comma_glues_no_fields():
    """Two fields without a comma between them are two fields."""
    record = one('title = {Things} year = "2014" volume = 3')
    assert (record.title, record.issued.year, record.volume) == ("Things", 2014, "3")


def test_a_gap_after_the_at_sign_hides_no_entry():
    """An entry is one though a space follows its at sign."""
    assert [
        record.id for record in read("@ article{a, title={A}}\n@article {b, title={B}}").records
    ] == ["a", "b"]


def test_strings_are_joined():
    """Strings, their names and months are joined by ``#``."""
    text = '@string{jt = "Journal of "}\n@article{a, title={A}, journal = jt # {Things}, month = 10 # "~" # may, year=2014}'
    (record,) = read(text).records
    assert (record.container_title, record.issued.start) == ("Journal of Things", (2014, 5, 10))


def test_broken_entries_are_named_with_their_line_and_others_read():
    """An entry that is not closed costs neither the one before nor the one after."""
    reading = read(
        "@book{a, title={A}}\n\n@book{b, title={B}, year={20\n@book{c, title={C}}\n@misc{d,\n}\n"
    )
    assert [record.id for record in reading.records] == ["a", "b", "c"]
    assert [(reject.line, reject.what) for reject in reading.rejects] == [(3, "b"), (5, "d")]


def test_an_entry_without_a_key_is_read_and_told():
    """Its fields are there; nobody inherits from it."""
    reading = read("@article{\n author = {Ash, Ada},\n title = {Things}}\n@article{b, title={B}}")
    assert [(record.id, record.title, len(record.author)) for record in reading.records] == [
        ("", "Things", 1),
        ("b", "B", 0),
    ]
    assert reading.rejects[0].line == 1


def test_a_doubled_key_loses_nothing():
    """Both entries are read, the second is told."""
    reading = read("@book{a, title={A}}\n@book{a, title={B}}")
    assert [record.title for record in reading.records] == ["A", "B"]
    assert [(reject.line, reject.why) for reject in reading.rejects] == [
        (2, "has a key that was used before")
    ]


def test_no_bibtex_at_all_is_an_error():
    """Text without an entry is refused, an empty file is an empty bibliography."""
    with pytest.raises(LibraryError, match=r"refs\.bib holds no BibTeX entry"):
        read("just words")
    assert read("").records == ()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (
            "Ludwig van Beethoven",
            Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
        ),
        ("van der Berg, Jan", Name(family="Berg", given="Jan", non_dropping_particle="van der")),
        ("King, Jr., Martin Luther", Name(family="King", given="Martin Luther", suffix="Jr.")),
        ("{World Health Organization}", Name(literal="World Health Organization")),
        (r"Erd{\H o}s, P{\'a}l", Name(family="Erdős", given="Pál")),
        (r"{\"O}zg{\"u}r, Ay{\c s}e", Name(family="Özgür", given="Ayşe")),
        ("Aristotle", Name(literal="Aristotle")),
        (
            "family=Berg, given=Jan, prefix=van den, useprefix=true",
            Name(family="Berg", given="Jan", non_dropping_particle="van den"),
        ),
        (
            "José Ortega y Gasset",
            Name(family="Gasset", given="José Ortega", non_dropping_particle="y"),
        ),
        ("Ortega y Gasset, José", Name(family="Ortega y Gasset", given="José")),
        ("张伯伟", Name(literal="张伯伟")),
    ],
)
def test_names(written, name):
    """Names in all their forms."""
    assert one(f"title={{T}}, author = {{{written}}}").author == (name,)


def test_others_is_nobody():
    """The words "and others" name no author."""
    assert len(one("title={T}, author={Ash, A. and {Birch and Sons} and others}").author) == 2


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"H{\"u}bner \& S{\o}n: \emph{Homo} 100\%", "Hübner & Søn: <i>Homo</i> 100%"),
        ("The {Bayesian} Way of {NASA}", 'The <span class="nocase">Bayesian</span> Way of NASA'),
        ("the {Bayesian} way of {NASA}", "the Bayesian way of NASA"),
        ("{{Everything Is Protected}}", "Everything Is Protected"),
        (r"H$_2$O and $\alpha$ rays, $x^2+y$", "H<sub>2</sub>O and α rays, $x^2+y$"),
        (
            r"\textsc{Small} caps--and ``quotes''",
            '<span style="font-variant:small-caps;">Small</span> caps–and “quotes”',
        ),
        (r"\unknowncommand{kept} text", "kept text"),
        (r"{\'E}tude sur l'{\^\i}le", "Étude sur l'île"),
    ],
)
def test_titles(written, title):
    """TeX becomes letters and CSL's tags."""
    assert one(f"title = {{{written}}}").title == title


def test_biblatex_fields():
    """Dates, subtitles, places and the event of the richer dialect."""
    record = one(
        "title={A}, subtitle={B}, journaltitle={J}, date={2019-03/2019-05}, urldate={2020-01-02}, location={Rome}, langid={ngerman}, eprint={1706.03762}, eprinttype={arxiv}"
    )
    assert (record.title, record.container_title, record.issued) == (
        "A: B",
        "J",
        PartialDate(start=(2019, 3), end=(2019, 5)),
    )
    assert (record.accessed.start, record.publisher_place, record.language) == (
        (2020, 1, 2),
        "Rome",
        "de",
    )
    assert (record.archive, record.archive_location) == ("arXiv", "1706.03762")


def test_crossref_gives_what_is_missing():
    """A part takes title, editor and publisher of its whole."""
    text = "@incollection{a, title={Part}, crossref={b}}\n@book{b, title={Whole}, editor={Ash, Ada}, publisher={P}, year=2001}"
    part = read(text).records[0]
    assert (part.title, part.container_title, part.publisher, part.issued.year) == (
        "Part",
        "Whole",
        "P",
        2001,
    )


def test_encodings():
    """UTF-8 with a mark, UTF-16 and Windows-1252 files have their letters."""
    text = "@book{a, title={Größe}}"
    for data in (text.encode("utf-8-sig"), text.encode("utf-16"), text.encode("cp1252")):
        assert bibtex.FORM.read(data, "x").records[0].title == "Größe"
