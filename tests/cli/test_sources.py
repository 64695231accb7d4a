"""`refcheck sources` and `refcheck search`: what they show, and what they never show."""

import json

import pytest
from click.testing import CliRunner

from refcheck import plugins
from refcheck.cli import search, sources


def run(command, *arguments, env=None):
    return CliRunner().invoke(command, arguments, env=env or {})


def test_every_source_is_listed():
    """Each source stands in the list with its purpose and limits."""
    shown = run(sources.command)
    assert shown.exit_code == 0
    for name, source in plugins.sources().items():
        assert name in shown.output
        assert source.purpose in shown.output
    assert "100% of today's left" in shown.output


def test_a_key_is_named_and_never_shown():
    """Whether a key is given is said, the key is not."""
    shown = run(sources.command, env={"REFCHECK_OPENALEX_API_KEY": "SECRET-KEY"})
    assert "takes REFCHECK_OPENALEX_API_KEY (given)" in shown.output
    assert "SECRET-KEY" not in shown.output


def test_the_list_is_data_too():
    """As JSON the list has one object for each source."""
    rows = json.loads(run(sources.command, "--format", "json").output)
    assert {row["name"] for row in rows} == set(plugins.sources())
    by_name = {row["name"]: row for row in rows}
    assert by_name["crossref"]["on"]
    assert not by_name["searxng"]["on"]
    assert by_name["searxng"]["setting"] == "REFCHECK_SEARXNG_URL"


def test_a_probe_tells_who_answers():
    """With --probe each source that is on is asked; where one does not answer the status is 3."""
    shown = run(sources.command, "--probe", "--only-source", "crossref")
    assert shown.exit_code == 3
    assert "could not reach api.crossref.org" in shown.output


def test_a_probe_asks_by_a_doi_who_knows_works_by_that_alone():
    """A source that has nothing to ask for a title is asked for a DOI, not said to answer."""
    shown = run(sources.command, "--probe", "--only-source", "doi-org")
    assert shown.exit_code == 3
    assert "could not reach doi.org" in shown.output


SOURCE = '''
"""A source for tests: knows one work."""
from refcheck.model import Found, Source
from refcheck.record import Name, PartialDate, Record


def search(queries):
    record = Record(
        type="article-journal", title="Deep residual learning", author=(Name(family="He"),),
        issued=PartialDate(start=(2016,)), doi="10.1109/cvpr.2016.90",
    )
    return tuple((Found(record, id="1"),) if "residual" in q.title.lower() else () for q in queries)
    yield


SOURCE = Source(
    base="", search=search, wants=frozenset({"work"}), purpose="tests", homepage="https://example.org"
)
'''


@pytest.fixture
def own(tmp_path):
    (tmp_path / "mine.py").write_text(SOURCE, encoding="utf-8")
    return ["--config", str(_config(tmp_path)), "--only-source", "mine"]


def _config(tmp_path):
    path = tmp_path / "refcheck.toml"
    path.write_text(f'source-folder = "{tmp_path}"\n', encoding="utf-8")
    return path


def test_a_search_shows_what_a_source_of_ones_own_says(own):
    """One file in a folder is a source: it is asked and its answers shown, with their source."""
    shown = run(search.command, "Deep residual learning", *own)
    assert shown.exit_code == 0
    assert shown.output.startswith("mine: He (2016). Deep residual learning")


def test_a_search_gives_records_as_data(own):
    """As JSON Lines each answer is a record in CSL's terms with its source."""
    shown = run(search.command, "deep residual", "--format", "jsonl", *own)
    row = json.loads(shown.output)
    assert (row["source"], row["record"]["DOI"]) == ("mine", "10.1109/cvpr.2016.90")


def test_a_search_that_finds_nothing_says_so(own):
    """Nothing found is exit status 1."""
    assert run(search.command, "something else", *own).exit_code == 1


def test_a_source_that_cannot_be_asked_is_no_nothing():
    """Nothing found because nobody could be asked is exit status 3, and says why."""
    shown = run(search.command, "deep residual", "--only-source", "crossref")
    assert shown.exit_code == 3
    assert "crossref: could not reach api.crossref.org" in shown.output
