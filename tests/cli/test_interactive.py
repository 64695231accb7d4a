"""`refcheck fix --interactive`: the walk through open findings, by keyboard."""

import json
import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from refcheck.cli import interactive
from refcheck.cli.commands import cli
from refcheck.review.session import Review
from refcheck.settings import Settings

ARTICLE = """Electric Vehicles in China: A Market on the Move

The market for electric vehicles in China has grown for years [citation needed].

References:
- Additional academic papers and industry reports on the Chinese EV market (To be added based on further research).
"""
LIBRARY = [
    {"id": "kalthaus2021", "type": "article-journal", "title": "Determinants of Electric Vehicle Diffusion in China",
     "author": [{"family": "Kalthaus", "given": "Martin"}, {"family": "Sun", "given": "Jiatang"}],
     "issued": {"date-parts": [[2021]]}, "container-title": "Environmental and Resource Economics",
     "volume": "80", "issue": "3", "page": "473-510", "DOI": "10.1007/s10640-021-00596-4"},
    {"id": "li2020", "type": "report", "title": "The Role of Government in the Market for Electric Vehicles: Evidence from China",
     "author": [{"family": "Li", "given": "Shanjun"}], "issued": {"date-parts": [[2020, 8]]}, "publisher": "World Bank",
     "URL": "https://openknowledge.worldbank.org/server/api/core/bitstreams/201e62ad-7bca-562f-b35f-6114cc127fd7/content"},
    {"id": "zhang2017", "type": "article-journal", "title": "Review of electric vehicle policies in China: Content summary and effect analysis",
     "author": [{"family": "Zhang", "given": "Xingping"}], "issued": {"date-parts": [[2017]]},
     "container-title": "Renewable and Sustainable Energy Reviews", "page": "698-714", "DOI": "10.1016/j.rser.2016.11.250"},
]  # fmt: skip


@pytest.fixture
def walked(tmp_path):
    """Walk through the article with answers given beforehand; return the review and what was told."""
    reviews = []

    def walked(*answers, width=100):
        (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
        (tmp_path / "own.json").write_text(json.dumps(LIBRARY), encoding="utf-8")
        settings = Settings(
            library=(tmp_path / "own.json",), offline=True, no_cache=True, cache_folder=tmp_path
        )
        review = Review(tmp_path / "article.txt", settings, datetime(2026, 11, 22, tzinfo=UTC))
        reviews.append(review)
        review.ask()
        given, told = list(answers), []

        def ask(question):
            told.append(question)
            if not given:
                raise EOFError
            return given.pop(0)

        interactive.walk(review, ask, told.append, width, colour=False)
        assert given == []
        return review, told

    yield walked
    for review in reviews:
        review.close()


def actions(review):
    """Return what was decided on each finding, in order."""
    held = [review.decision(name) for name in review.names]
    return [one and one.action for one in held]


def test_each_open_finding_is_asked_about(walked):
    """Enter goes on; every open finding is shown with its place, carets and numbered candidates."""
    review, told = walked("", "")
    assert actions(review) == [None, None]
    assert sum(":3:" in line or ":6:" in line for line in told) == 2
    assert any(line.startswith("  1) 0.") for line in told)
    assert told.count(interactive.KEYS) == 2


def test_accept_and_fine(walked):
    """A reason says why one is fine; numbers accept, several of them where several belong."""
    review, _ = walked("f common knowledge", "2 1")
    assert actions(review) == ["fine", "accept"]
    first, second = (review.decision(name) for name in review.names)
    assert first.reason == "common knowledge"
    assert [one.candidate.record.id for one in second.matches] == [
        review.pool(second.finding)[1].candidate.record.id,
        review.pool(second.finding)[0].candidate.record.id,
    ]


def test_undo_goes_back(walked):
    """Undoing asks about the finding again that was decided last."""
    review, _ = walked("x", "u", "f", "it is", "x")
    assert actions(review) == ["fine", "reject"]


def test_paste_and_search_add_candidates(walked):
    """A pasted DOI and another search add candidates, which can then be accepted by number."""
    review, told = walked("p 10.1007/s10640-021-00596-4", "1", "s", "government market", "q")
    assert any(re.fullmatch(r"it is number \d+ now", line) for line in told)
    assert actions(review) == ["accept", None]
    assert any(line.startswith("library:own.json: ") for line in told)


def test_what_makes_no_sense_is_asked_again(walked):
    """A key or a number that is none is told, and the same finding asked about again."""
    review, told = walked("z", "7", "p 10.5555/unknown", "q")
    assert actions(review) == [None, None]
    assert "'z' is none of the keys" in told
    assert any("no such candidate" in line for line in told)
    assert told.count(interactive.KEYS) == 4


def test_the_end_of_input_ends_it(walked):
    """At the end of the input the walk ends; what was decided is kept."""
    review, _ = walked("x")
    assert actions(review) == ["reject", None]


def test_decided_findings_are_not_asked_again(walked):
    """A second walk asks only about what was not decided."""
    walked("x", "q")
    _, told = walked("q")
    assert not any(":3:" in line for line in told)


def test_needs_a_terminal(tmp_path):
    """Without a terminal it says so, and does nothing."""
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    done = CliRunner().invoke(cli, ["fix", "-i", "--offline", str(tmp_path / "a.md")])
    assert done.exit_code != 0
    assert "needs a terminal" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
