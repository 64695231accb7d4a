"""Literature for a topic: the whole of it, the types wanted, each work once."""

from dataclasses import replace

from refcheck.matching import topics
from refcheck.model import Candidate, Clues, Entity, Suggested, Unresolved
from refcheck.record import PartialDate, Record

ACRONYMS = {"EV": "electric vehicle"}


def paper(
    title: str, year: int = 2020, kind: str = "article-journal", cited_by: int | None = None
) -> Candidate:
    return Candidate(Record(type=kind, title=title, issued=PartialDate((year,))), (), cited_by)


POOL = (
    paper("Determinants of electric vehicle diffusion in China"),
    paper("The Chinese market for new energy vehicles"),
    paper("Market structure of Chinese tea exports"),
    paper("Electric vehicles in Norway"),
    paper(
        "The role of government in the market for electric vehicles: Evidence from China",
        kind="report",
    ),
    paper("A history of the Chinese novel"),
    paper("Modelling the electric vehicle market in China", kind="webpage"),
)
CLUES = Clues(topic="Chinese EV market", types=("article-journal", "report"))


def rank(clues=CLUES, pool=POOL, suggest=5, **more):
    return topics.rank(clues, pool, ACRONYMS, suggest=suggest, this_year=2026, **more)


def titles(found) -> list[str]:
    assert isinstance(found, Suggested)
    return [match.candidate.record.title for match in found.matches]


def test_the_whole_topic_counts():
    """Works on all facets come before those on one frequent word, which are left out."""
    found = titles(rank())
    assert {"The Chinese market for new energy vehicles", POOL[4].record.title} == set(found[:2])
    assert "A history of the Chinese novel" not in found


def test_only_wanted_types_are_suggested():
    """A web page is no paper and no report."""
    assert POOL[6].record.title not in titles(rank())
    reports = titles(rank(Clues(topic="Chinese EV market", types=("report",))))
    assert reports == [POOL[4].record.title]


def test_at_most_so_many_of_each_type():
    """The bound holds for papers and for reports apart."""
    found = rank(suggest=1)
    kinds = [match.candidate.record.type for match in found.matches]
    assert sorted(kinds) == ["article-journal", "report"]


def test_one_work_once():
    """A title that differs in a word or in case is not suggested beside itself."""
    twins = (
        paper("The Chinese market for electric vehicles"),
        paper("Chinese market for electric vehicles, the"),
    )
    assert len(titles(rank(pool=twins))) == 1


def test_near_ties_go_to_the_recent_and_the_cited():
    """Of two equally relevant works the newer and more cited one stands first."""
    old = paper("The market for electric vehicles in China, an inquiry", 2005, cited_by=1)
    new = paper("Electric vehicles in China and their market: evidence", 2025, cited_by=900)
    assert titles(rank(pool=(old, new)))[0] == new.record.title


def test_reasons_are_given():
    """Each suggestion says what of the topic it covers and what is not in it."""
    match = next(m for m in rank().matches if m.candidate.record.title.startswith("Determinants"))
    assert match.evidence[0].note == "not in it: market"


def test_order_does_not_matter():
    """The same candidates in any order give the same suggestions."""
    assert titles(rank()) == titles(rank(pool=tuple(reversed(POOL))))


def test_nothing_on_the_topic_is_said_as_such():
    """No topic is too vague; nothing that covers it is not found, or could not be asked."""
    assert rank(Clues(topic="further studies")).reason == "too_vague"
    assert isinstance(rank(pool=POOL[5:6]), Unresolved)
    assert rank(pool=(), failed=True).reason == "source_failed"


def test_half_of_a_notion_and_a_frequent_word_do_not_make_the_topic():
    """A title on both parts of a topic comes before one that has more words of one part."""
    clues = Clues(topic="charter schools and student achievement")
    both = paper("Student achievement in charter schools")
    one = paper("Student achievement, student effort and the achievement of students")
    assert titles(rank(clues, (one, both)))[0] == both.record.title


def test_the_kind_of_works_counts_less_than_their_subject():
    """Grammars of Quechua are about Quechua, and numerals in a topic count."""
    clues = Clues(topic="Descriptive grammars of Quechua languages")
    pool = (paper("A descriptive grammar of Basque"), paper("The syntax of Quechua languages"))
    assert titles(rank(clues, pool))[0] == "The syntax of Quechua languages"
    clues = Clues(topic="black holes in two dimensions")
    pool = (paper("Black holes in many dimensions"), paper("Two dimensional black holes"))
    assert titles(rank(clues, pool))[0] == "Two dimensional black holes"


def test_another_form_of_a_word_is_the_word():
    """Subsidies subsidise, wages are a wage."""
    clues = Clues(topic="subsidies for solar energy")
    pool = (paper("Subsidizing solar energy in Germany"), paper("Solar energy in Spain"))
    assert titles(rank(clues, pool))[0] == "Subsidizing solar energy in Germany"


def test_a_working_paper_is_a_paper():
    """CSL calls it a report; who asks for papers gets it, who asks for reports too."""
    record = Record(
        type="report", title="Electric vehicles in China", container_title="NBER Working Paper"
    )
    assert topics.type_wanted(record, ("article-journal",)) == "paper"
    assert topics.type_wanted(record, ("report",)) == "report"
    assert topics.type_wanted(replace(record, container_title=""), ("article-journal",)) == ""


def test_a_topic_in_another_language_finds_english_works():
    """What the glossary or an entity knows of a name stands for it in every language."""
    chinese = Clues(topic="中国电动汽车市场")
    assert POOL[0].record.title in titles(rank(chinese))
    entity = Entity("Q1", "机器学习", (("en", "machine learning"),))
    pool = (paper("Machine learning for crops"), paper("Crops in the Sahel"))
    found = rank(Clues(topic="机器学习"), pool, entities=(entity,))
    assert titles(found) == ["Machine learning for crops"]


def test_the_published_form_stands_for_its_preprint():
    """One work once: the article, whichever of the two is the likelier."""
    preprint = paper("Electric vehicles and the Chinese market", 2019, "article")
    article = paper("Electric vehicles and the Chinese market", 2018)
    found = rank(pool=(preprint, article))
    assert [match.candidate.record.type for match in found.matches] == ["article-journal"]


def test_an_encoder_tells_what_words_do_not():
    """Titles alike in meaning come first, with that among the reasons; only a short list is asked."""
    clues = Clues(topic="teenage employment")
    pool = (paper("Teenage employment contracts"), paper("Youth employment"))
    asked = []

    def encode(texts):
        asked.extend(texts)
        return [[0.0, 1.0] if "contracts" in text else [1.0, 0.0] for text in texts]

    assert titles(rank(clues, pool))[0] == "Teenage employment contracts"
    found = rank(clues, pool, encode=encode)
    assert titles(found)[0] == "Youth employment"
    assert "alike in meaning" in [one.note for one in found.matches[0].evidence]
    assert len(asked) == 3
