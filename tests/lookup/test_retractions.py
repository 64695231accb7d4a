"""Works that no longer stand, as each source says so; a correction is no retraction."""

import pytest

from refcheck.lookup import arxiv, crossref, openalex, pubmed
from refcheck.lookup.reading import withdrawn, xml
from refcheck.model import Reply

NOTICES = [
    {"DOI": "10.1016/s0140-6736(04)15715-2", "type": "correction", "updated": {"date-parts": [[2004, 3, 6]]}},
    {"DOI": "10.1016/s0140-6736(10)60175-4", "type": "retraction", "updated": {"date-parts": [[2010, 2, 6]]}},
]  # fmt: skip
WORK = {
    "DOI": "10.1016/s0140-6736(97)11096-0",
    "title": ["RETRACTED: Ileal-lymphoid-nodular hyperplasia"],
}


def test_crossref_tells_the_gravest_notice():
    """Publishers' notices and those of Retraction Watch alike; the title is freed of its mark."""
    found = crossref.record({**WORK, "updated-by": NOTICES}).record
    assert found.retraction == ("retraction", "2010-02-06", "10.1016/s0140-6736(10)60175-4")
    assert found.title == "Ileal-lymphoid-nodular hyperplasia"


def test_an_erratum_is_no_retraction():
    """A corrected work stands."""
    found = crossref.record({"DOI": "10.1000/1", "title": ["Ions"], "updated-by": NOTICES[:1]})
    assert found.record.retraction is None


def test_a_mark_in_the_title_is_enough():
    """Where the notice itself is not registered."""
    assert crossref.record(WORK).record.retraction == ("retraction", "", "")
    assert openalex.record({"title": "WITHDRAWN: Ions", "is_retracted": False}).record.retraction == ("withdrawal", "", "")  # fmt: skip


@pytest.mark.parametrize(
    ("said", "title", "kind"),
    [
        ("RETRACTED ARTICLE: Ions", "Ions", "retraction"),
        ("[Retracted] Ions", "[Retracted] Ions", ""),
        ("Retracted: Ions", "Ions", "retraction"),
        ("Retraction: Ions", "Retraction: Ions", ""),
        ("Retraction notice to “Ions”", "Retraction notice to “Ions”", ""),
        ("Withdrawn from the world: hermits", "Withdrawn from the world: hermits", ""),
    ],
)
def test_a_notice_is_a_work_of_its_own(said, title, kind):
    """Only the work that was withdrawn is marked."""
    assert withdrawn(said) == (title, kind)


def test_openalex_and_pubmed_say_so_in_a_field():
    """The notice of a retraction is not what was retracted."""
    assert (
        openalex.record({"title": "Ions", "is_retracted": True}).record.retraction[0]
        == "retraction"
    )
    assert pubmed.record(
        "1", {"title": "Ions", "pubtype": ["Retracted Publication"]}
    ).record.retraction
    assert not pubmed.record("1", {"title": "Ions", "pubtype": ["Retraction of Publication"]}).record.retraction  # fmt: skip


ENTRY = '<feed><entry xmlns="http://www.w3.org/2005/Atom" xmlns:a="http://arxiv.org/schemas/atom"><id>http://arxiv.org/abs/1706.00001v2</id><title>Ions</title><summary>{}</summary><a:comment>{}</a:comment></entry></feed>'


@pytest.mark.parametrize(
    ("summary", "comment", "gone"),
    [
        ("We show.", "This paper has been withdrawn by the author due to an error in equation 3", True),
        ("This submission has been withdrawn by arXiv administrators", "", True),
        ("We show.", "Withdrawn", True),
        ("We show.", "12 pages, 3 figures; v1 was withdrawn from a conference", False),
        ("Money withdrawn from banks is counted.", "9 pages", False),
    ],
)  # fmt: skip
def test_arxiv_says_so_in_words(summary, comment, gone):
    """In the comment, or where the abstract was."""
    found = arxiv.record(next(iter(xml(Reply(200, ENTRY.format(summary, comment).encode())))))
    assert found.record.retraction == (("withdrawal", "", "") if gone else None)
