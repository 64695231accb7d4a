"""The catalogue on disk: built once, continued where it was killed, asked as a source."""

import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("tantivy", reason="tantivy is not installed (extra `catalog`)")

RECORDS = [
    {"id": "a", "type": "article-journal", "title": "Modeling charging infrastructure impact on the electric vehicle market in China", "authors": ["Ou, S.", "Lin, Z."], "year": 2020, "doi": "10.1016/j.trd.2020.102248"},
    {"id": "b", "type": "article-journal", "title": "Determinants of electric vehicle diffusion in China", "authors": ["Kalthaus, Martin", "Sun, Jiatang"], "year": 2021, "container": "Environmental and Resource Economics", "doi": "10.1007/s10640-021-00596-4"},
    {"id": "c", "type": "report", "title": "The role of government in the market for electric vehicles: Evidence from China", "authors": ["Li, Shanjun"], "year": 2020, "publisher": "World Bank"},
]  # fmt: skip


def refcheck(*arguments, cwd, given=""):
    done = subprocess.run(
        [sys.executable, "-m", "refcheck", *arguments], cwd=cwd, input=given.encode(), capture_output=True,
        env={**os.environ, "NO_COLOR": "1"}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def built(tmp_path):
    """A catalogue of three records, from a file with a broken line."""
    lines = [json.dumps(record) for record in RECORDS]
    (tmp_path / "records.jsonl").write_text("\n".join([*lines[:2], "{broken", lines[2]]) + "\n")
    status, _, err = refcheck("catalog", "build", "--out", "cat", "records.jsonl", cwd=tmp_path)
    assert status == 0, err
    assert "3 records" in err
    assert "1 could not be read" in err
    return tmp_path


def test_a_finished_catalogue_is_left_alone(built):
    """The same command with the same file does nothing; with another it names `catalog add`."""
    status, _, err = refcheck("catalog", "build", "--out", "cat", "records.jsonl", cwd=built)
    assert (status, "nothing to do" in err) == (0, True)
    (built / "more.jsonl").write_text(json.dumps({"title": "On bells", "year": 2001}) + "\n")
    status, _, err = refcheck("catalog", "build", "--out", "cat", "more.jsonl", cwd=built)
    assert status == 2
    assert "catalog add" in err
    assert refcheck("catalog", "add", "cat", "more.jsonl", cwd=built)[0] == 0


def test_references_are_matched_and_strangers_refused(built):
    """The work of a reference string is found, one that is not there is not made up; order is kept."""
    given = (
        '{"id": "1", "text": "Kalthaus M, Sun J (2021) Determinants of Electric Vehicle Diffusion in China. Environ Resource Econ"}\n'
        '{"id": "2", "text": "Smith J (1999) The casting of bells in Flanders. Bell Letters 3:1-9"}\n'
        "{broken\n"
    )
    _, out, _ = refcheck("match", "-", "--catalog", "cat", "--offline", cwd=built, given=given)
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert (first["id"], first["status"], first["record"]["DOI"]) == (
        "1",
        "resolved",
        "10.1007/s10640-021-00596-4",
    )
    assert second["status"] == "unresolved"
    assert third["line"] == 3


def test_a_catalogue_answers_as_a_source(built):
    """Promised literature is suggested from it without a net."""
    (built / "a.md").write_text(
        "## References\n\n- Papers and reports on the Chinese electric vehicle market (to be added)\n"
    )
    _, out, _ = refcheck(
        "check", "a.md", "--offline", "--catalog", "cat", "--format", "json", cwd=built
    )
    resolution = json.loads(out)["documents"][0]["findings"][0]["resolution"]
    titles = [one["record"]["title"] for one in resolution["candidates"]]
    assert resolution["status"] == "suggested"
    assert RECORDS[0]["title"] in titles
    assert RECORDS[2]["title"] in titles
    assert resolution["candidates"][0]["provenance"][0]["source"] == "catalog:cat"


def test_a_catalogue_is_asked_beside_a_library(built):
    """Both are asked at once, each on a thread of its own, and both answer."""
    (built / "a.md").write_text("## References\n\n- Papers on electric vehicles (to be added)\n")
    mine = [{"id": "d", "type": "article-journal", "title": "Electric vehicles in Norway"}]
    (built / "mine.json").write_text(json.dumps(mine))
    status, out, err = refcheck(
        "check", "a.md", "--offline", "--catalog", "cat", "--library", "mine.json",
        "--format", "json", cwd=built,
    )  # fmt: skip
    assert status == 1, err
    found = json.loads(out)["documents"][0]["findings"][0]["resolution"]["candidates"]
    titles = {one["record"]["title"] for one in found}
    assert {mine[0]["title"], RECORDS[1]["title"]} <= titles


def test_a_folder_without_a_catalogue_is_told(tmp_path):
    """One line, and what to do."""
    (tmp_path / "a.md").write_text("x\n")
    status, _, err = refcheck("check", "a.md", "--offline", "--catalog", "nowhere", cwd=tmp_path)
    assert status == 2
    assert "nowhere" in err
    assert "Traceback" not in err
