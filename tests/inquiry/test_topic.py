"""The questions for promised literature."""

from refcheck.inquiry import topic
from refcheck.model import Clues


def test_each_type_wanted_is_asked_for_by_itself():
    """Papers and reports lie with different sources; acronyms are written out for them."""
    clues = Clues(topic="Chinese EV market", types=("article-journal", "report"), written_in="en")
    own, public = list(topic.inquire(clues, {"EV": "electric vehicle"}))
    assert own.scope == "own"
    assert {query.types for query in public.queries} == {("article-journal",), ("report",)}
    assert {query.text for query in public.queries} == {
        "Chinese electric vehicle market",
        "China electric vehicle",
    }


def test_another_language_is_asked_in_english_too():
    """Most literature is indexed in English: the notions that the glossary knows are asked for so."""
    clues = Clues(topic="Markt für Elektroautos in China", written_in="de")
    _, public = list(topic.inquire(clues, {}))
    assert len(public.queries) == 2
    assert public.queries[1].text == "electric vehicle China"


def test_no_topic_no_question():
    """Nothing is asked where nothing is said."""
    assert list(topic.inquire(Clues(), {})) == []
