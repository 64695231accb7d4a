"""Missing links: only the page that is meant, else an honest "still open"."""

import re
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.dates import date_from_text
from refcheck.matching import links
from refcheck.model import Ambiguous, Candidate, Clues, Entity, Provenance, Resolved, Unresolved
from refcheck.record import Record

CASES = (Path(__file__).parent / "cases" / "links.md").read_text(encoding="utf-8")
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def candidate(line: str) -> Candidate:
    publisher, issued, title, url = (part.strip() for part in f"{line} ".split("|"))
    record = Record(
        type="article-newspaper",
        container_title=publisher,
        title=title,
        url=url,
        issued=date_from_text(issued),
    )
    return Candidate(record, (Provenance("test", url, url, WHEN),))


def cases():
    for part in CASES.split("\n## ")[1:]:
        name, _, body = part.partition("\n")
        fields = dict(
            re.findall(
                r"^(publisher|topic|title|date|expected|contradiction):[ ]*(.*)$",
                body,
                re.MULTILINE,
            )
        )
        candidates = [candidate(line) for line in re.findall(r"^- (.*)$", body, re.MULTILINE)]
        clues = Clues(
            publisher=fields["publisher"],
            topic=fields.get("topic", ""),
            title=fields.get("title", ""),
            date=fields.get("date", ""),
        )
        yield pytest.param(clues, candidates, fields, id=name)


@pytest.mark.parametrize(("clues", "candidates", "fields"), list(cases()))
def test_cases(clues, candidates, fields):
    """Each case of the list comes out as it says, whatever the order of the candidates."""
    for order in permutations(candidates):
        resolution = links.decide(clues, order)
        wanted, _, url = fields["expected"].partition(" ")
        if wanted == "resolved":
            assert isinstance(resolution, Resolved), resolution
            assert resolution.match.candidate.record.url == url
        elif wanted == "ambiguous":
            assert isinstance(resolution, Ambiguous)
            assert len(resolution.matches) >= 2
        else:
            assert not isinstance(resolution, Resolved | Ambiguous), resolution
        contradicted = {e.field for c in candidates for e in links.compare(clues, c).contradictions}
        if fields.get("contradiction") == "none":
            assert not contradicted
        elif fields.get("contradiction"):
            assert fields["contradiction"] in contradicted


def test_a_page_with_a_contradiction_is_never_suggested():
    """What something speaks against may be shown, not offered for putting in."""
    clues = Clues(
        publisher="36Kr", topic="Xiaomi's second electric car in the first quarter of 2025"
    )
    found = links.decide(
        clues,
        [candidate("36氪 | 2024-11-21 | 小米第二款手机2025年第一季度上市 | https://36kr.com/p/3")],
    )
    assert isinstance(found, Unresolved)
    assert found.matches


def test_who_names_the_publisher_is_told():
    """A page of another publisher that speaks of the one meant is named as a lead."""
    quoting = Record(
        type="post-weblog", container_title="AutoBeta", title="The second Xiaomi car", url="https://www.autobeta.net/a",
        note="According to 36 Krypton, in the first quarter of 2025.",
    )  # fmt: skip
    clues = Clues(
        publisher="36Kr", topic="Xiaomi's second electric car in the first quarter of 2025"
    )
    found = links.decide(clues, [Candidate(quoting, ())])
    assert isinstance(found, Unresolved)
    assert "AutoBeta names 36Kr" in found.advice[0]


def test_a_failed_source_is_not_an_absent_page():
    """Where a source could not be asked, "not found" is not said."""
    clues = Clues(publisher="36Kr", topic="Xiaomi's second car")
    assert links.decide(clues, [], failed=True) == Unresolved(
        "source_failed", (), ("search 36kr.com by hand",)
    )


def test_nothing_to_go_by_is_too_vague():
    """No publisher, no topic: nobody could find that."""
    assert links.decide(Clues(), []).reason == "too_vague"


def test_names_learnt_from_a_source_count_in_both_languages():
    """A name outside the glossary is compared by the labels that Wikidata gives."""
    clues = Clues(
        publisher="36Kr", topic="Zhipu raises 400 million yuan in the first quarter of 2025"
    )
    page = candidate("36氪 | 2025-03-03 | 智谱2025年第一季度融资4亿元 | https://36kr.com/p/9")
    zhipu = Entity("Q1", "Zhipu", (("en", "Zhipu"), ("zh", "智谱")))
    assert isinstance(links.decide(clues, [page], [zhipu]), Resolved)
    assert not isinstance(links.decide(clues, [page], []), Resolved)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_scores_stay_in_range(publisher, topic, title):
    """Whatever is compared, the score is from 0 to 1, and so is every agreement."""
    match = links.compare(
        Clues(publisher=publisher, topic=topic),
        Candidate(Record(title=title, url="https://example.org/a"), ()),
    )
    assert 0.0 <= match.score <= 1.0
    assert all(e.agreement is None or 0.0 <= e.agreement <= 1.0 for e in match.evidence)
