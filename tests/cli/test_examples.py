"""The example at the end of each command's help is run as it stands."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from refcheck.cli.commands import COMMANDS, cli

ROOT = Path(__file__).parents[2]
BOOK = "@book{a, title={On bells and their sound}, author={Bell, A.}, year=2001}\n"
RECORD = {"id": "r1", "title": "On bells and their sound", "authors": ["Bell, A."], "year": 2001}
DONE = {0, 1, 3}
"""What a command exits with that could do its work: something may be open, nobody was asked."""


def example(*names):
    """Return the last line of a command's help, without its mark."""
    out = CliRunner().invoke(cli, [*names, "--help"]).output
    return re.fullmatch(r"Example:\s+(.+)", out.strip().splitlines()[-1].strip())[1]


@pytest.fixture
def folder(tmp_path):
    """A folder with what the examples name: an article, a manuscript, docs, a library, references."""
    (tmp_path / "article.md").write_text("It grew [citation needed].\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guide.md").write_text("It grew [citation needed].\n")
    (tmp_path / "own.bib").write_text(BOOK)
    (tmp_path / "references.txt").write_text("Bell, A. (2001). On bells and their sound.\n")
    with gzip.open(tmp_path / "records.jsonl.gz", "wt") as file:
        file.write(json.dumps(RECORD) + "\n")
    run(tmp_path, "refcheck export own.bib -o paper.docx")
    run(tmp_path, "refcheck catalog build --out ~/catalog records.jsonl.gz")
    return tmp_path


def environment(folder):
    """Return an environment in which `refcheck` is the one under test, and asks nobody."""
    program = folder / "bin" / "refcheck"
    if not program.exists():
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m refcheck "$@"\n')
        program.chmod(0o755)
    return {
        **os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT),
        "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "REFCHECK_OFFLINE": "1",
        "BROWSER": "true",
    }  # fmt: skip


def run(folder, line):
    """Run a line in a shell; return its status, output and what it says."""
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment(folder), capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "review"])
def test_the_example_runs(name, folder):
    """The example of a command does its work as it stands."""
    if name in {"catalog", "match"}:
        pytest.importorskip("tantivy", reason="needs the extra catalog")
    line = example(name)
    assert re.search(rf"\brefcheck {name}\b", line)
    status, out, err = run(folder, line)
    assert status in DONE, f"{line}\n{out}\n{err}"
    assert "Traceback" not in err


def test_the_example_of_the_whole_runs(folder):
    """The example that `refcheck --help` ends with does its work."""
    status, _, err = run(folder, example())
    assert status in DONE, err
    assert (folder / "article.report.html").is_file()


def test_the_example_of_the_review_serves(folder):
    """The example of `refcheck review` prints its address and ends when it is told to."""
    pytest.importorskip("starlette", reason="needs the extra review")
    arguments = example("review").split()
    served = subprocess.Popen(
        [shutil.which("bash"), "-c", f"exec {' '.join(arguments)}"], cwd=folder, text=True,
        env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert served.stdout.readline().startswith("http://127.0.0.1:")
    finally:
        served.terminate()
        served.communicate(timeout=20)
