"""Decisions: what they make of a finding, and that they come back from the disk as they were."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from refcheck import api
from refcheck.errors import InputError
from refcheck.model import (
    Candidate,
    Clues,
    Evidence,
    Finding,
    Match,
    Placeholder,
    Provenance,
    Resolved,
    Span,
    Suggested,
    Unresolved,
)
from refcheck.record import Name, PartialDate, Record
from refcheck.review.decisions import Decision, beside, decided, dump, latest, load
from refcheck.settings import Settings
from refcheck.writers.view import fingerprints

WHEN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECORD = Record(
    type="article-journal",
    title="Determinants of Electric Vehicle Diffusion in China",
    author=(Name(family="Kalthaus", given="Martin"), Name(family="Sun", given="Jiatang")),
    issued=PartialDate(start=(2021,)),
    container_title="Environmental and Resource Economics",
    doi="10.1007/s10640-021-00596-4",
)
MATCH = Match(
    Candidate(
        RECORD,
        (Provenance("crossref", RECORD.doi, "https://api.crossref.org/works/x", WHEN, (("doi", "DOI"), ("container_title", "container-title"))),),
        31,
    ),
    0.88,
    (Evidence("topic", "EV market", RECORD.title, 0.88, note="covers it"), Evidence("year", "", "2021")),
)  # fmt: skip
OTHER = Match(Candidate(Record(title="Another"), MATCH.candidate.provenance), 0.5)


def finding(slot="reference"):
    """Make a finding that nothing was found for."""
    placeholder = Placeholder(
        "RC201", "link-placeholder", "link_placeholder", Span(3, 9), clues=Clues(), slot=slot
    )
    return Finding(placeholder, Unresolved("not_found", (MATCH,)))


def decision(action="accept", matches=(MATCH,), reason=""):
    """Make a decision on that finding."""
    return Decision("f" * 32, action, WHEN, matches, reason)


def test_decisions_come_back():
    """What was kept is read back the same, with evidence, provenance and who cites it."""
    kept = (decision(), decision("reject", (), "none"), decision("fine", (), "a quotation"))
    assert load(dump(kept), "x.json") == kept


def test_last_decision_holds():
    """Of several decisions on a finding the last one holds."""
    assert latest([decision(), decision("reject", ())])["f" * 32].action == "reject"


def test_accepted_candidate_is_the_resolution():
    """An accepted candidate resolves the finding."""
    assert decided(finding(), decision()).resolution == Resolved(MATCH)


def test_a_list_takes_several():
    """Where several references belong, all that were accepted are taken, in their order."""
    outcome = decided(finding("list"), decision(matches=(OTHER, MATCH))).resolution
    assert outcome == Suggested((OTHER, MATCH))


def test_rejected_stays_open():
    """Where none was accepted the finding stays open and says who left it so."""
    outcome = decided(finding(), decision("reject", (), "wrong car")).resolution
    assert outcome == Unresolved("not_found", (), ("left open by a person: wrong car",))


def test_fine_is_no_finding():
    """What a person said to be fine is no finding any more; without a decision it stays."""
    assert decided(finding(), decision("fine", ())) is None
    assert decided(finding(), None) == finding()


def test_the_next_run_goes_by_them(tmp_path):
    """`check` and `fix` go by what was decided: accepted is put in, fine is no finding; a pin wins."""
    path = tmp_path / "a.md"
    path.write_text("One [citation needed].\n\nTwo [TODO: cite].\n", encoding="utf-8")
    settings = Settings(offline=True, no_cache=True, cache_folder=tmp_path)
    names = fingerprints(api.check([path], settings).documents[0])
    kept = (Decision(names[0], "accept", WHEN, (MATCH,)), Decision(names[1], "fine", WHEN))
    beside(path).write_bytes(dump(kept))
    part = api.fix([path], settings).documents[0]
    assert [one.resolution for one in part.findings] == [Resolved(MATCH)]
    text = (tmp_path / "a.fixed.md").read_text(encoding="utf-8")
    assert text == "One (Kalthaus & Sun, 2021).\n\nTwo [TODO: cite].\n"
    assert "Determinants of electric" in (tmp_path / "a.apa.md").read_text(encoding="utf-8")
    pinned = replace(settings, pin=("1:5=10.5555/unknown",))
    outcome = api.check([path], pinned).documents[0].findings[0].resolution
    assert isinstance(outcome, Unresolved)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b'{"schema": "refcheck-decisions/2", "decisions": []}',
        b'{"schema": "refcheck-decisions/1", "decisions": [{"finding": "x"}]}',
        dump((decision(),)).replace(b'"accept"', b'"invent"'),
        dump((decision("fine", ()),)).replace(b'"fine"', b'"accept"'),
        dump((decision(),)).replace(b"2026-11-22T12:00:00Z", b"yesterday"),
    ],
)  # fmt: skip
def test_broken_files_are_refused(data):
    """A file that is none of decisions is named, in one line, and not used."""
    with pytest.raises(InputError, match=r"^x\.json is no file of decisions"):
        load(data, "x.json")
