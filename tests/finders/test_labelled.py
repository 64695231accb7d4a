"""What a link without a target is called, and when that is no name."""

import pytest

from refcheck.finders.page.label import label_of
from refcheck.matching import links
from refcheck.model import Candidate, Clues, Provenance, Resolved
from refcheck.record import Record

NAMED = {
    "see the [garden tool manual](⟦TODO⟧) for it": "garden tool manual",
    "see the [`hoe` manual](⟦⟧) for it": "hoe manual",
    "⟦[BellConf 2016]()⟧ was loud": "BellConf 2016",
    "[BellConf 2016]: ⟦TODO⟧": "BellConf 2016",
    '⟦<a href="">The Bell Founders</a>⟧ rang': "The Bell Founders",
    'ask <a href="⟦TODO⟧">The Bell Founders</a> of it': "The Bell Founders",
    "⟦[HTTP]()⟧ is old": "HTTP",
    "click [here](⟦TODO⟧)": "",
    "in [this article](⟦TODO⟧) of his": "",
    "the [same thread](⟦TODO⟧) again": "",
    "no link at all ⟦[citation needed]⟧": "",
}


@pytest.mark.parametrize("marked", NAMED)
def test_the_name_of_a_link(marked):
    """Three words and more, or a name by its look."""
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    assert label_of(text, start, end) == NAMED[marked]


def candidate(url, source="library:own.bib"):
    return Candidate(
        Record(type="webpage", title="Garden Tool Manual", url=url),
        (Provenance(source, "x", url, None),),
    )


CLUES = Clues(topic="See the garden tool manual for it.", label="garden tool manual")


def test_a_work_of_ones_own_called_as_the_link_is_the_one():
    """The library holds one page of that name."""
    found = links.decide(CLUES, [candidate("https://example.org/manual")])
    assert isinstance(found, Resolved)
    assert found.match.evidence[0].field == "title"


@pytest.mark.parametrize(
    "candidates",
    [
        [candidate("https://example.org/manual", "crossref")],
        [candidate("https://example.org/manual"), candidate("https://example.net/other")],
        [candidate("")],
    ],
)
def test_it_is_not_where_that_does_not_tell_it(candidates):
    """A public index, two pages of the name, or none with an address."""
    assert not isinstance(links.decide(CLUES, candidates), Resolved)
