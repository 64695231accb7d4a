"""One work once, with who has said what; two works apart."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from refcheck.matching.merge import merge
from refcheck.model import Candidate, Provenance
from refcheck.record import Name, PartialDate, Record

WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def said(source: str, **fields) -> Candidate:
    record = Record(**{"type": "article-journal", **fields})
    where = tuple((name, source) for name in record.present())
    return Candidate(
        record, (Provenance(source, record.doi or record.url, record.url, WHEN, where),)
    )


BELL = {
    "title": "On the casting of bells",
    "author": (Name("Bell", "Ada"),),
    "issued": PartialDate((2020,)),
}


def test_the_same_doi_is_one_work_and_the_better_source_wins():
    """The registry's title stands, the index adds what the registry lacks."""
    (one,) = merge(
        [
            said("openalex", doi="10.1000/B", title="Casting bells", volume="3"),
            said("crossref", doi="10.1000/b", title="On the casting of bells"),
        ]
    )
    assert (one.record.title, one.record.volume) == ("On the casting of bells", "3")
    fields = {p.source: dict(p.fields) for p in one.provenance}
    assert "title" in fields["crossref"]
    assert "title" not in fields["openalex"]
    assert "volume" in fields["openalex"]


def test_a_page_read_comes_before_what_a_search_engine_cut():
    """The page's own title, the engine's only where there is none."""
    url = "https://36kr.com/p/1"
    (one,) = merge(
        [
            said("gdelt", url=url + "?f=rss", title="小米 第二 款 车"),
            said("page", url=url, title="小米第二款车"),
        ]
    )
    assert one.record.title == "小米第二款车"


def test_the_users_own_record_comes_first():
    """What stands in the user's library is not changed by a source."""
    (one,) = merge(
        [
            said("crossref", doi="10.1000/b", title="On Bells"),
            said("library:own.bib", doi="10.1000/b", title="On bells", note="read"),
        ]
    )
    assert (one.record.title, one.record.note) == ("On bells", "read")


def test_without_identifiers_everything_must_agree():
    """Title, first author, year and kind together name a work; a title alone does not."""
    assert len(merge([said("crossref", **BELL), said("openalex", **BELL)])) == 1
    for change in (
        {"author": (Name("Ring", "Bo"),)},
        {"issued": PartialDate((2021,))},
        {"type": "chapter"},
        {"author": ()},
    ):
        assert len(merge([said("crossref", **BELL), said("openalex", **{**BELL, **change})])) == 2


def test_preprint_and_published_version_stay_apart():
    """Two DOIs are two works, however alike the rest; a record without one joins neither."""
    three = [
        said("arxiv", doi="10.48550/arxiv.2001.00001", **BELL),
        said("crossref", doi="10.1000/b", **BELL),
        said("dblp", **BELL),
    ]
    assert len(merge(three)) == 3


def test_no_journal_on_a_book():
    """Volume and container are only taken over from a record of the same kind."""
    (one,) = merge(
        [
            said("crossref", type="book", doi="10.1000/b", title="Bells"),
            said(
                "openalex",
                doi="10.1000/b",
                title="Bells",
                container_title="Bell Letters",
                abstract="Of bells.",
            ),
        ]
    )
    assert (one.record.container_title, one.record.abstract) == ("", "Of bells.")


sources = st.sampled_from(["crossref", "openalex", "page", "gdelt"])
candidates = st.builds(
    lambda source, title, doi, url, volume: said(source, title=title, doi=doi, url=url, volume=volume),
    sources, st.sampled_from(["A", "B"]), st.sampled_from(["", "10.1000/a", "10.1000/b"]),
    st.sampled_from(["", "https://example.org/a", "http://www.example.org/a/", "https://example.org/b"]), st.sampled_from(["", "1", "2"]),
)  # fmt: skip


@given(st.lists(candidates, max_size=6), st.randoms(use_true_random=False))
def test_order_does_not_matter(given_, random):
    """The same candidates in any order make the same works."""
    shuffled = list(given_)
    random.shuffle(shuffled)
    assert {one.record for one in merge(given_)} == {one.record for one in merge(shuffled)}


@given(st.lists(candidates, max_size=6))
def test_every_field_was_said_by_someone(given_):
    """No field of a merged record is without a provenance that has it."""
    for one in merge(given_):
        told = {field for provenance in one.provenance for field, _ in provenance.fields}
        assert set(one.record.present()) <= told
