"""A reference and candidates: which work is meant, and what holds whatever they are."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from refcheck.matching import similar
from refcheck.matching.given import Given
from refcheck.matching.profile import profile_of
from refcheck.matching.references import decide, judge, weigh
from refcheck.matching.similarity import container_likeness, name_likeness, title_likeness
from refcheck.model import Ambiguous, Candidate, Corrected, Unresolved, Verified
from refcheck.record import Name, PartialDate, Record


def article(title, *families, year=1979, container="Journal of Counseling Psychology", **more):
    return Record(
        type="article-journal", title=title, author=tuple(Name(family, "David E.") for family in families),
        issued=PartialDate((year,)), container_title=container, **more,
    )  # fmt: skip


BELLS = article(
    "Perceptions of counselor self-disclosure: An analogue study", "Nilsson", "Strassberg", "Bannon", volume="26", issue="5",
    page="399-404", doi="10.1037/0022-0167.26.5.399",
)  # fmt: skip
OTHER = article(
    "Counselor self-disclosure and its limits",
    "Nilsson",
    year=1981,
    volume="28",
    page="101-109",
    doi="10.1000/other",
)


def decided(text, *records):
    return decide(text, tuple(Candidate(record, ()) for record in records))


@pytest.mark.parametrize(
    "text",
    [
        "[1] D.E. Nilsson, D.E. Strassberg, D.E. Bannon, Journal of Counseling Psychology 26 (1979) 399.",
        "(1) Nilsson, D. E.; Strassberg, D. E.; Bannon, D. E. J. Couns. Psychol. 1979, 26, 399–404.",
        "Nilsson DE, Strassberg DE, Bannon DE. Perceptions of counselor self-\ndisclosure: An analogue study. J Couns Psychol. 1979;26(5):399-404.",
        "NILSSON, D. Perceptions of counselor self-disclosure : an analogue study, Journal of Counseling Psychology, vol. 26 no. 5, pp. 399-404, 1979",
        "Nilsson et al. (1979) Perceptlons of counselor self-disclosure: An anaIogue study. Journal of Counseling Psychology 26, 399",
    ],
)
def test_a_work_is_known_in_any_style(text):
    """With a title and without, abbreviated, broken at line ends, misread by a scanner."""
    found = decided(text, OTHER, BELLS)
    assert isinstance(found, Verified | Corrected)
    assert found.match.candidate.record == BELLS


@pytest.mark.parametrize(
    "text",
    [
        "[1] D.E. Nilsson, D.E. Strassberg, Journal of Counseling Psychology 31 (1984) 12.",
        "Nilsson, D. E. (1979). A wholly different matter of bells. Bell Letters, 4, 17-20.",
        "Nilsson (1979).",
    ],
)
def test_another_work_is_refused(text):
    """The author and the journal alone are not the work."""
    assert isinstance(decided(text, OTHER, BELLS), Unresolved | Ambiguous)


def test_a_comment_is_not_what_it_is_on():
    """Where one title stands in another that the reference gives, the longer is meant."""
    whole = article("Erratum to: Perceptions of counselor self-disclosure: An analogue study", "Nilsson", volume="26", page="399", doi="10.1000/erratum")  # fmt: skip
    text = "Nilsson, D. E. (1979). Erratum to: Perceptions of counselor self-disclosure: An analogue study. Journal of Counseling Psychology, 26, 399."
    found = decided(text, BELLS, whole)
    assert found.match.candidate.record == whole


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Gölbol, Y. Lebenswelten der dritten Einwanderergeneration 2007, 155–168.", "10.1007/978-3-8_7"),
        ("Gölbol, Y. (2007). Lebenswelten der dritten Einwanderergeneration.", "10.1007/978-3-8"),
    ],
)  # fmt: skip
def test_the_page_of_a_chapter_means_the_chapter(text, chosen):
    """Of a book and its chapter by one author, the title that is given is the book's either way."""
    series = "Migration, Minderheiten, Kulturen"
    book = article("Lebenswelten der dritten Einwanderergeneration", "Gölbol", year=2007, container=series, doi="10.1007/978-3-8")  # fmt: skip
    part = article("Einblick", "Gölbol", year=2007, container=series, page="155-168", doi="10.1007/978-3-8_7")  # fmt: skip
    given_ = Given(text)
    judged = judge(given_, [profile_of(record) for record in (book, part)])
    assert (book, part)[judged.order[0]].doi == chosen


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("[1] D.E. Nilsson, The Self of Counselors (n.d.) 57.", True),
        ("(1) Nilsson, D. E. The Self of Counselors.", True),
        ("(1) The Self of Counselors.", False),
        ("[1] D.E. Nilsson, Counselors (n.d.).", False),
    ],
)
def test_a_chapter_without_a_year_is_known_by_author_book_and_page(text, known):
    """Nobody has many chapters in one book; the book alone, or half of its name, is not the chapter."""
    part = Record(type="chapter", title="On bells", author=(Name("Nilsson", "David E."),), container_title="The Self of Counselors", page="57-66", doi="10.1000/part")  # fmt: skip
    if "57" not in text:
        part = replace(part, page="")
    assert isinstance(decided(text, part, OTHER), Verified | Corrected) is known


def test_of_two_registrations_of_one_work_the_one_as_written_is_taken():
    """Volume, first page, year and author are one; one of them has the last page that is given."""
    whole, short = (article("News of bells", "Berger", volume="149", page=page, doi=doi) for page, doi in (("1507-1508", "10.1000/1"), ("1507", "10.1000/2")))  # fmt: skip
    text = "Berger, D. E. (1979). News of bells. Journal of Counseling Psychology, 149, 1507-1508."
    found = decided(text, short, whole)
    assert found.match.candidate.record == whole


def test_a_container_without_a_word_is_none():
    """Two registrations that give the journal as "—" are weighed without it."""
    one, two = (replace(BELLS, container_title="—", doi=doi) for doi in ("10.1000/1", "10.1000/2"))
    found = decided("Nilsson, D. E. (1979). Perceptions of counselor self-disclosure: An analogue study, 26, 399-404.", one, two)  # fmt: skip
    assert isinstance(found, Verified | Corrected | Ambiguous)


def test_a_title_cut_before_its_subtitle_is_the_same_work_in_the_same_place():
    """An index's copy without DOI gives "CLUSTAL W": the registered record is taken."""
    whole = article("CLUSTAL W: improving the sensitivity of sequence alignment", "Thompson", volume="22", page="4673", doi="10.1000/nar")  # fmt: skip
    copy = replace(whole, title="CLUSTAL W", page="4673-4680", doi="")
    text = Given("Thompson DE (1979) CLUSTAL W: improving the sensitivity of sequence alignment. Journal of Counseling Psychology 22:4673-4680")  # fmt: skip
    judged = judge(text, [profile_of(copy), profile_of(whole)])
    assert judged.order[0] == 1
    assert judged.versions == (0,)


def test_a_page_that_looks_like_a_year_is_a_page():
    """Where volume and page stand together, it can be either."""
    assert "32:1792" in Given("Edgar RC: MUSCLE. Nucleic Acids Res 2004, 32:1792-1797.").pairs


def test_what_is_unlikely_is_not_taken_for_want_of_a_rival():
    """That no other record was looked at does not make one that hardly fits the work."""
    text = "Brown PP, Kugelmass AD, Cohen DJ, Culler SD. The cost of coronary artery bypass grafting surgery: results from Medicare. Ann Thorac Surg. 2008;85:1980-6."
    stranger = Record(type="book", title="A rhyming dictionary", author=(Name("Cohen", "Patrick D."),), issued=PartialDate((1980,)), page="6 mf.")  # fmt: skip
    assert not isinstance(decided(text, stranger), Verified | Corrected)


def test_two_works_that_fit_alike_are_not_decided_between():
    """Nobody can tell which of two entries by one author in one encyclopaedia is meant."""
    one, two = (
        Record(type="entry", title=title, author=(Name("Duggan", "M. K."),), issued=PartialDate((2001,)), container_title="Oxford Music Online", doi=doi)
        for title, doi in (("Emerich, Johann", "10.1000/1"), ("Hamman, Johann", "10.1000/2"))
    )  # fmt: skip
    assert not isinstance(
        decided("[1] M.K. Duggan, Oxford Music Online (2001).", one, two), Verified
    )


words = st.text("abcdefghijklmnopqrstuvwxyzäéñø", min_size=1, max_size=12)
phrases = st.lists(words, min_size=1, max_size=8).map(" ".join)
LIKENESSES = [
    title_likeness,
    container_likeness,
    lambda a, b: name_likeness(Name(a, "Ada"), Name(b, "A.")),
    lambda a, b: similar({"title": a, "authors": b}, {"title": b, "authors": a}),
]


@pytest.mark.parametrize("likeness", LIKENESSES, ids=["title", "container", "name", "record"])
@given(one=phrases, other=phrases)
def test_likeness_is_symmetric(likeness, one, other):
    """Which of two stands first does not matter."""
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@given(title=phrases, other=phrases)
def test_case_accents_and_punctuation_count_for_nothing(title, other):
    """A title shouted, without accents and with other signs between its words is the same title."""
    plain = title.translate(str.maketrans("äéñ", "aen"))
    loud = f"“{plain.upper().replace(' ', ' - ')}”."
    assume(len(loud.lower().split()) == len(loud.split()))
    assert title_likeness(loud, other) == pytest.approx(title_likeness(title, other))


@settings(max_examples=60)
@given(
    words=st.lists(
        st.text("bcdfglmnprst", min_size=5, max_size=10), min_size=4, max_size=9, unique=True
    ),
    data=st.data(),
)
def test_dropping_a_word_never_raises_the_score(words, data):
    """A reference that gives the title word by word is not surpassed by one that leaves a word out."""
    record = profile_of(article(" ".join(words), "Nilsson", volume="26", page="399-404"))
    dropped = data.draw(st.integers(0, len(words) - 1))
    forms = (words, [word for n, word in enumerate(words) if n != dropped])
    exact, less = (weigh(Given(f"Nilsson, D. E. (1979). {' '.join(one)}. Journal of Counseling Psychology, 26, 399-404."), record)[0] for one in forms)  # fmt: skip
    assert less <= exact + 1e-9


@given(st.permutations([BELLS, OTHER, article("On bells", "Bell", year=1999, doi="10.1000/bells")]))
def test_the_order_of_candidates_does_not_matter(records):
    """The same work is chosen however the candidates come."""
    text = Given(
        "Nilsson, D. E. (1979). Perceptions of counselor self-disclosure: An analogue study."
    )
    judged = judge(text, [profile_of(record) for record in records])
    assert records[judged.order[0]] == BELLS


MASTERY = Record(
    type="article-journal", title="Knowledge, attitudes, and behaviors about breast self-examination",
    author=(Name("Erdem", "Özgür"), Name("Toktaş", "İzzettin")), container_title="BioMed Research International",
    volume="2016", page="1-6", issued=PartialDate((2016,)), doi="10.1155/2016/6490156",
)  # fmt: skip


def test_a_place_alone_is_no_work():
    """Journal, year, volume and page agree, and nobody of the authors: another article's place."""
    text = "[1] Y.A. Noureldin, A. Stoica, P. Kaneva, S. Andonian, BioMed Research International 2016 (2016) 1."
    assert not isinstance(decided(text, MASTERY, BELLS), Verified | Corrected)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Fundamentals of aerodynamics", "Fundamentals"),
        ("Information retrieval systems: theory and implementation", "Implementation"),
        ("A course on mathematical logic", "Introduction to mathematical logic: a problem solving course"),
        ("Probability theory: a comprehensive course", "Zulu: a comprehensive course"),
    ],
)  # fmt: skip
def test_a_title_within_a_title_is_no_work(text, title):
    """Where there is little but a title, neither side has many words that the other lacks."""
    page = Record(type="webpage", title=title, url="https://example.org/")
    assert not isinstance(decided(text, page), Verified | Corrected)


def test_a_title_alone_is_its_work():
    """The same words, no more."""
    assert isinstance(decided("Perceptions of counselor self-disclosure: An analogue study", BELLS, OTHER), Verified)  # fmt: skip


def test_a_family_name_alone_is_no_work():
    """A word of a title that happens to be somebody's name."""
    named = article("New benchmarks for decision support", "Introduction")
    assert not isinstance(decided("An introduction to decision analysis", named), Verified | Corrected)  # fmt: skip
