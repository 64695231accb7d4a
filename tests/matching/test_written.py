"""Written references judged: by the indexes, by their page, and never by what a parser misread."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from refcheck.matching import pages, written
from refcheck.matching.parsing import parse
from refcheck.model import (
    Ambiguous,
    Answered,
    Candidate,
    Corrected,
    Evidence,
    Failed,
    Match,
    NotAsked,
    Provenance,
    Query,
    Unresolved,
    Verified,
)
from refcheck.record import Name, PartialDate, Record

DAY = datetime(2026, 11, 23, tzinfo=UTC)
SHEA = Record(
    type="article-journal", title="Surface-plasmon ejection of Ag+ ions from laser irradiation of a roughened silver surface",
    author=(Name("Shea", "M. J."), Name("Compton", "R. N.")), issued=PartialDate((1993,)), container_title="Physical Review B",
    volume="47", issue="15", page="9967-9970", doi="10.1103/physrevb.47.9967",
)  # fmt: skip
URL = "https://example.org/news/2024/ions"
WEB = Record(type="webpage", title="Ions over the silver surface", url=URL)


def candidate(record, source="crossref", url=""):
    return Candidate(record, (Provenance(source, "1", url or record.url, DAY),))


def decided(fields, *candidates, heard=(), failed=False):
    given = fields if isinstance(fields, Record) else str(fields)
    read = fields if isinstance(fields, Record) else parse(fields)
    return written.decide(given, read, candidates, heard, failed=failed)


def page(*answers, url=URL):
    return Answered("page", Query("page", url=url), answers)


TEXT = "Shea, M. J., & Compton, R. N. (1993). Surface-plasmon ejection of Ag+ ions from laser irradiation of a roughened silver surface. Physical Review B, 47(15), 9967-9970."
FORMS = [
    TEXT,
    "[12] M. J. Shea and R. N. Compton, Surface-plasmon ejection of Ag+ ions from laser irradiation of a roughened silver surface, Phys. Rev. B 47, 9967 (1993).",
    'Shea, M. J., et al. "Surface-Plasmon Ejection of Ag+ Ions from Laser Irradiation of a Roughened Silver Surface." Physical Review B 47.15 (1993): 9967.',
    "Shea MJ, Compton RN. Surface-plasmon ejection of Ag+ ions from laser irradiation of a roughened silver surface. Phys Rev B. 1993;47(15):9967-70.",
    "Shea, M.J.; Compton, R.N. Surface-plasmon ejection of Ag+ ions from laser irradiation of a roughened silver surface. Phys. Rev. B 1992, 47, 9967–9970.",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_the_form_of_a_reference_is_no_error(text):
    """Styles, initials, abbreviated journals, et al., the year before are all one truth."""
    assert isinstance(decided(text, candidate(SHEA)), Verified)


def test_a_wrong_year_is_told_with_what_is_right():
    """The field, what is written, what the source says."""
    found = decided(TEXT.replace("1993", "1987"), candidate(SHEA))
    assert isinstance(found, Corrected)
    assert [(one.field, one.given, one.found) for one in found.differences] == [("issued", "1987", "1993")]  # fmt: skip


def test_a_title_alone_is_no_evidence():
    """A real title under names that are all strange to it is for a person; an identifier that agrees is enough."""
    text = TEXT.replace("Shea, M. J., & Compton, R. N.", "Swoboda, Z., & Kalantzis, I. H.")
    assert isinstance(decided(text, candidate(SHEA)), Ambiguous | Unresolved)
    named = decided(f"{text} https://doi.org/{SHEA.doi}", candidate(SHEA))
    assert isinstance(named, Corrected)
    assert [one.field for one in named.differences] == ["author"]


def test_a_doi_of_another_work_is_told():
    """The words are those of one work, the DOI leads to another."""
    other = Record(
        type="article-journal", title="Deep residual learning", doi="10.1109/cvpr.2016.90"
    )
    found = decided(
        TEXT + " https://doi.org/10.1109/cvpr.2016.90", candidate(SHEA), candidate(other)
    )
    assert isinstance(found, Corrected)
    assert [(one.field, one.found) for one in found.differences] == [("doi", SHEA.doi)]
    assert "Deep residual learning" in found.differences[0].note
    unregistered = replace(SHEA, doi="")
    found = decided(replace(SHEA, doi=other.doi), candidate(unregistered), candidate(other))
    assert [one.field for one in found.differences] == ["doi"]


@pytest.mark.parametrize(
    "doi", ["10.99999/nonexistent.00000", "10.0123/abc", "10.1000/placeholder"]
)
def test_a_doi_that_only_stands_for_one_is_told(doi):
    """No registrant has that number, or the suffix says so itself: nobody need be asked."""
    found = decided(replace(SHEA, doi=doi), candidate(replace(SHEA, doi="")))
    assert isinstance(found, Corrected)
    assert [one.field for one in found.differences] == ["doi"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (replace(SHEA, issued=PartialDate((1992,))), "issued"),
        (replace(SHEA, title=SHEA.title.replace("silver", "sliver")), "title"),
        (replace(SHEA, title=SHEA.title.replace("ejection of", "ejection")), "title"),
    ],
)
def test_a_small_slip_is_told_and_not_held_against_a_reference(said, field):
    """Online a year before print, letters that changed places, an "of" left out: in order, with a note."""
    found = decided(said, candidate(SHEA))
    assert isinstance(found, Verified)
    told = {one.field: one for one in found.match.evidence}
    assert [name for name, one in told.items() if one.note] == [field]
    assert told[field].given != told[field].found


def test_another_word_is_no_slip():
    """What ends otherwise is another word: "automated" for "automatic"."""
    said, is_ = "An automated frame for text", "An automatic frame for text"
    found = decided(replace(SHEA, title=said), candidate(replace(SHEA, title=is_)))
    assert [one.field for one in found.differences] == ["title"]


def test_a_name_in_one_piece_is_the_whole_name():
    """A record with one author in full has no more of them; one with a family alone names the first."""
    alone = replace(SHEA, author=(Name(literal="Marion Shea"),))
    found = decided(SHEA, candidate(alone))
    assert [one.field for one in found.differences] == ["author"]
    assert isinstance(decided(SHEA, candidate(replace(SHEA, author=(Name("Shea"),)))), Verified)


@pytest.mark.parametrize(("place", "told"), [("Online", False), ("London", True)])
def test_online_is_no_place(place, told):
    """A place that a record lacks is told, but for what is none."""
    found = decided(replace(SHEA, publisher_place=place), candidate(SHEA))
    notes = [one.field for one in found.match.evidence if one.note]
    assert notes == (["publisher_place"] if told else [])


def test_a_doi_that_nobody_registered_is_told():
    """Only where all who register were asked and had nothing."""
    doi = "10.9999/fake.1"
    record = Record(
        **{**{n: getattr(SHEA, n) for n in SHEA.present()}, "type": SHEA.type, "doi": doi}
    )
    bare = Record(**{**{n: getattr(SHEA, n) for n in SHEA.present()}, "type": SHEA.type, "doi": ""})
    asked = [Answered(name, Query("work", identifier=doi), ()) for name in ("crossref", "datacite", "doi-org")]  # fmt: skip
    found = decided(record, candidate(bare), heard=asked)
    assert isinstance(found, Corrected)
    assert found.differences[0].field == "doi"
    assert isinstance(decided(record, candidate(bare), heard=asked[:2]), Verified)


def test_what_no_source_knows_is_not_found_and_no_more():
    """A source that failed leaves it open, unless both wide indexes answered."""
    said = Record(type="article-journal", title="A study that nobody has ever seen", author=(Name("Doe", "J."),))  # fmt: skip
    wide = [Answered(name, Query("work", title="x"), ()) for name in ("crossref", "openalex")]
    assert decided(said, heard=wide).reason == "not_found"
    assert decided(said, heard=wide[:1], failed=True).reason == "source_failed"
    assert decided(said, heard=wide, failed=True).reason == "not_found"


@pytest.mark.parametrize(
    "text",
    [
        "ISO 9001:2015. Quality management systems — Requirements. Geneva, 2015.",
        "Directive 2009/28/EC of the European Parliament on the promotion of renewable energy, 2009.",
        "Clean Air Act of 1970, Pub. L. No. 91-604.",
        "Smith, J. (personal communication, 12 May 2020).",
    ],
)
def test_what_no_source_covers_is_not_accused(text):
    """Laws, standards and letters are in no index of works."""
    assert isinstance(decided(text), NotAsked)


def test_a_page_that_says_what_is_written_is_right():
    """Its title may be longer or shorter."""
    there = Record(type="webpage", title="Ions over the silver surface | Example News", url=URL)
    assert isinstance(decided(WEB, candidate(there, "page"), heard=[page(candidate(there, "page"))]), Verified)  # fmt: skip


def test_a_page_that_says_something_else_is_for_a_person():
    """It is not said to be wrong."""
    there = Record(type="webpage", title="Prices of houses", url=URL)
    assert isinstance(decided(WEB, candidate(there, "page"), heard=[page(candidate(there, "page"))]), Ambiguous)  # fmt: skip


@pytest.mark.parametrize(("between", "status"), [(0, Verified), (40, Ambiguous)])
def test_a_title_must_stand_in_one_place_of_a_page(between, status):
    """A long page on something else has all of its words somewhere."""
    there = Record(type="webpage", title="Prices of houses", url=URL)
    text = (" and so on with prices" * between).join(
        ["ions ", " over the ", " silver ", " surface"]
    )
    said = replace(candidate(there, "page"), text=text)
    assert isinstance(decided(WEB, said, heard=[page(said)]), status)


def test_a_page_that_is_gone_is_offered_as_stored():
    """The archive's copy in place of the address, for a person to accept."""
    stored = Record(type="webpage", url=URL, archive_url=f"https://web.archive.org/web/2024/{URL}")
    found = decided(WEB, candidate(stored, "wayback"), heard=[page()])
    assert isinstance(found, Corrected)
    assert [(one.field, one.found, one.note) for one in found.differences] == [("url", stored.archive_url, pages.GONE)]  # fmt: skip
    assert decided(WEB, heard=[page()]).reason == "not_found"


def test_a_redirect_to_the_front_page_is_not_alive():
    """The site is there, the page is not."""
    front = Record(type="webpage", title="Example News", url="https://example.org/")
    moved = candidate(front, "page", "https://example.org/")
    found = decided(WEB, moved, heard=[page(moved)])
    assert isinstance(found, Unresolved)
    assert any(pages.MOVED in line for line in found.advice)


def test_a_page_that_is_closed_to_programs_is_not_gone():
    """A person can open it; where an archive has it, that is proof enough."""
    closed = Failed("page", Query("page", url=URL), "example.org is closed to us (status 403)")
    assert decided(WEB, heard=[closed]).reason == "source_failed"
    stored = Record(type="webpage", url=URL, archive_url=f"https://web.archive.org/web/2024/{URL}")
    assert isinstance(decided(WEB, candidate(stored, "wayback"), heard=[closed]), Verified)


def test_nobody_is_sent_where_refcheck_does_not_go():
    """An address in a private network is to be corrected, not to be opened by hand."""
    there = "http://169.254.169.254/latest"
    inward = replace(WEB, url=there)
    message = "169.254.169.254 is in a private network"
    refused = Failed("page", Query("page", url=there), message, refused=True)
    found = decided(inward, heard=[refused], failed=True)
    assert found.reason == "source_failed"
    assert found.advice == (f"correct {there}: {pages.REFUSED}: {message}",)


@pytest.mark.parametrize("title", ['=HYPERLINK("http://example.org";"x")', "A page of example.org"])
def test_a_sites_name_in_an_address_is_no_title(title):
    """A page whose title is made of its own address is not what the reference describes."""
    there = candidate(Record(type="webpage", title=title, url=URL), "page")
    said = f"Example. (2024). Ions over the silver surface. {URL}"
    match = pages.at_address(WEB, said, [there], [page(there)])
    assert match.evidence[0].agreement < pages.SAID_BY_PAGE


def test_a_dead_link_beside_a_known_work_is_told():
    """The work is right, its address is not."""
    record = Record(
        **{**{n: getattr(SHEA, n) for n in SHEA.present()}, "type": SHEA.type, "url": URL}
    )
    found = decided(record, candidate(SHEA), heard=[page()])
    assert isinstance(found, Corrected)
    assert [one.field for one in found.differences] == ["url"]


def test_a_preprint_that_was_published_is_right_and_told():
    """Where it appeared stands among the evidence; nothing is called wrong."""
    fields = {n: getattr(SHEA, n) for n in SHEA.present()}
    bare = {
        n: v
        for n, v in fields.items()
        if n not in {"container_title", "volume", "issue", "page", "doi"}
    }
    preprint = Record(
        **{
            **bare,
            "type": "article",
            "publisher": "arXiv",
            "number": "2301.00001",
            "note": "Phys. Rev. B 47, 9967 (1993)",
        }
    )
    said = Record(**{**bare, "type": "article", "number": "arXiv:2301.00001"})
    found = decided(said, candidate(preprint, "arxiv"))
    assert isinstance(found, Verified)
    assert [one.found for one in found.match.evidence if one.field == "status"] == ["Phys. Rev. B 47, 9967 (1993)"]  # fmt: skip


def test_a_text_that_was_read_wrongly_is_not_wrong():
    """What the source says stands in the text: nothing differs."""
    told = Evidence("container_title", "of a roughened", "Physical Review B", 0.0, contradicts=True)
    match = Match(candidate(SHEA), 0.9, (told,))
    assert isinstance(written._fair(FORMS[1], Corrected(match, (told,))), Verified)
