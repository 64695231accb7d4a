"""Works half described: put in only where nothing that was given differs."""

from dataclasses import replace

import pytest

from refcheck.matching import works
from refcheck.matching.parsing import parse
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
REFERENCE = "He, K., Zhang, X., Ren, S., & Sun, J. (2016). Deep residual learning for image recognition. CVPR."


def test_a_masked_year_is_filled_from_the_work():
    """Authors, title and venue agree; only what was masked is new."""
    found = works.complete(replace(parse(REFERENCE), issued=None), "", POOL, fills=False)
    assert isinstance(found, Resolved)
    assert found.match.candidate.record == RESNET


def test_what_was_given_otherwise_is_not_put_in():
    """Another year than the author wrote is for a person to decide."""
    found = works.complete(parse(REFERENCE.replace("2016", "1999")), "", POOL, fills=True)
    assert isinstance(found, Suggested | Unresolved)


@pytest.mark.parametrize(("fills", "status"), [(True, Resolved), (False, Suggested)])
def test_authors_left_out_do_not_keep_a_mask_from_being_filled(fills, status):
    """Where the whole reference would be written anew they do: a value of the author's would change."""
    said = replace(parse(REFERENCE), author=RESNET.author[:2], issued=None)
    assert isinstance(works.complete(said, "", POOL, fills=fills), status)


def test_another_author_keeps_a_mask_from_being_filled():
    """A name that is none of the work's is no name left out."""
    said = replace(parse(REFERENCE), author=(Name("Smith", "Jane"),))
    assert not isinstance(works.complete(said, "", POOL, fills=True), Resolved)


def test_author_and_year_alone_are_a_hint():
    """Several works share an author and a year: nothing is put in."""
    found = works.decide(Clues(author=("He",), year=2016), POOL)
    assert not isinstance(found, Resolved)


def test_a_sentence_alone_is_too_vague():
    """A marker without a hint could mean anything, and is not looked up."""
    clues = Clues(topic="Deep networks are hard to train.")
    assert not works.says_enough(clues)
    assert works.decide(clues, POOL).reason == "too_vague"


def test_an_identifier_names_the_work():
    """Where the gap holds a DOI, the work is known."""
    found = works.decide(Clues(identifier="10.1109/CVPR.2016.90"), POOL)
    assert isinstance(found, Resolved)
