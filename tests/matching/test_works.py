"""Works half described: put in only where nothing that was given differs."""

from refcheck.matching import works
from refcheck.model import Candidate, Clues, Resolved, Suggested, Unresolved
from refcheck.record import Name, PartialDate, Record

RESNET = Record(
    type="paper-conference", title="Deep Residual Learning for Image Recognition", container_title="CVPR",
    author=(Name("He", "Kaiming"), Name("Zhang", "Xiangyu"), Name("Ren", "Shaoqing"), Name("Sun", "Jian")),
    issued=PartialDate((2016,)), doi="10.1109/cvpr.2016.90",
)  # fmt: skip
OTHER = Record(
    type="article-journal", title="Identity mappings in deep residual networks", author=(Name("He", "Kaiming"),), issued=PartialDate((2016,)),
)  # fmt: skip
POOL = (Candidate(RESNET, ()), Candidate(OTHER, ()))
REFERENCE = "He, K., Zhang, X., Ren, S., & Sun, J. (20XX). Deep residual learning for image recognition. CVPR."


def test_a_masked_year_is_filled_from_the_work():
    """Authors, title and venue agree; only what was masked is new."""
    found = works.decide("incomplete_reference", Clues(topic=REFERENCE), POOL)
    assert isinstance(found, Resolved)
    assert found.match.candidate.record == RESNET


def test_a_masked_identifier_is_found_by_its_reference():
    """The identifier's own item says which work it is of."""
    clues = Clues(
        topic="Deep residual learning for image recognition.",
        context=(
            "Deep residual learning for image recognition.",
            "He, K., Zhang, X., Ren, S., & Sun, J. (2016). Deep residual learning for image recognition. CVPR.",
        ),
    )
    found = works.decide("fake_identifier", clues, POOL)
    assert isinstance(found, Resolved)
    assert found.match.candidate.record.doi == RESNET.doi


def test_what_was_given_otherwise_is_not_put_in():
    """Another year than the author wrote is for a person to decide."""
    written = REFERENCE.replace("20XX", "1999").replace("CVPR", "pp. xx-xx")
    found = works.decide("incomplete_reference", Clues(topic=written), POOL)
    assert isinstance(found, Suggested | Unresolved)


def test_author_and_year_alone_are_a_hint():
    """Several works share an author and a year: nothing is put in."""
    found = works.decide("citation_marker", Clues(author=("He",), year=2016), POOL)
    assert not isinstance(found, Resolved)


def test_a_sentence_alone_is_too_vague():
    """A marker without a hint could mean anything, and is not looked up."""
    clues = Clues(topic="Deep networks are hard to train.")
    assert not works.says_enough("citation_marker", clues)
    assert works.decide("citation_marker", clues, POOL).reason == "too_vague"


def test_an_identifier_names_the_work():
    """Where the gap holds a DOI, the work is known."""
    found = works.decide("citation_marker", Clues(identifier="10.1109/CVPR.2016.90"), POOL)
    assert isinstance(found, Resolved)


def test_a_template_says_nothing():
    """Fields of a form describe no work."""
    found = works.decide(
        "template_reference", Clues(topic="Author, A. A. (Year). Title of article."), POOL
    )
    assert found.reason == "too_vague"
