"""`refcheck check --watch`: a document is checked again as soon as it is saved."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from refcheck.cli import saved
from refcheck.cli.commands import cli
from refcheck.settings import Settings

ROOT = Path(__file__).parents[2]
OPEN, SOUND = "It grew [citation needed].\n", "It grew.\n"


def acting(*acts):
    """Return a sleep that does one thing after another in place of waiting, then ends the watch."""
    left = list(acts)

    def sleep(seconds):
        assert seconds >= saved.INTERVAL_S
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    return sleep


def seen(folder, *acts):
    """Return the names of the files that the watch reports while these things happen."""
    found = []
    watch = saved.changes(lambda: sorted(folder.glob("*.md")), sleep=acting(*acts))
    with pytest.raises(KeyboardInterrupt):
        found.extend([path.name for path in changed] for changed in watch)
    return found


def nothing():
    """Let time go by."""


def test_what_is_saved_is_seen_once(tmp_path):
    """A file that is written is reported once, when it keeps still."""
    path = tmp_path / "a.md"
    path.write_text("one")
    (tmp_path / "b.md").write_text("two")
    assert seen(tmp_path, nothing, lambda: path.write_text("three"), nothing, nothing) == [["a.md"]]


def test_new_files_and_replaced_ones_are_seen(tmp_path):
    """A new file is seen, and one that an editor puts in the place of the old."""
    path, other = tmp_path / "a.md", tmp_path / "a.tmp"
    path.write_text("one")

    def replaced():
        other.write_text("four")
        other.replace(path)

    new = tmp_path / "new.md"
    acts = (lambda: new.write_text("x"), nothing, path.unlink, replaced, nothing, nothing)
    assert seen(tmp_path, *acts) == [["new.md"], ["a.md"]]


def test_a_large_folder_is_looked_at_less_often(tmp_path):
    """Looking takes a small share of the time, however long one look is."""
    slept, ticks = [], iter(range(0, 1000, 2))

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(saved.changes(list, sleep=sleep, clock=lambda: next(ticks)))
    assert slept == [2 / saved.SHARE] * 3


def test_a_document_is_checked_again_with_what_it_names(tmp_path, monkeypatch):
    """A paper is checked again where its .bib is saved; what cannot be read is told and passed over."""
    monkeypatch.chdir(tmp_path)
    Path("paper.tex").write_text(
        "\\documentclass{article}\\begin{document}x \\cite{a}\\bibliography{refs}\\end{document}\n"
    )
    Path("refs.bib").write_text("@book{a, title={On bells}, author={Bell, A.}, year=2001}\n")
    told, watched = [], []

    def wait(files):
        watched.extend(files())
        yield [Path("refs.bib")]
        yield [Path("paper.tex")]

    saved.keep_checking(["paper.tex"], Settings(offline=True), told.append, quiet=True, wait=wait)
    assert watched == [Path("paper.tex"), Path("refs.bib")]
    assert [[part.document.name for part in one.documents] for one in told] == [["paper.tex"]] * 3


def test_standard_input_cannot_be_watched():
    """Watching standard input is refused in a line."""
    done = CliRunner().invoke(cli, ["check", "-", "--watch", "--offline"])
    assert "standard input cannot be watched" in str(done.exception)


def heard():
    """Let Ctrl+C be heard, also where the tests run as a job that does not hear it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_watch_from_a_shell(tmp_path):
    """A real run tells at once what is open, again after a save, and ends with Ctrl+C."""
    path = tmp_path / "a.md"
    path.write_text(OPEN)
    run = subprocess.Popen(
        [sys.executable, "-u", "-m", "refcheck", "check", "--watch", "--offline", "a.md"],
        cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)},
        preexec_fn=heard,  # noqa: PLW1509 - one call, and no other thread runs
    )  # fmt: skip
    try:
        lines = iter(run.stderr.readline, "")
        assert "1 place in a.md" in next(line for line in lines if "a.md" in line)
        next(line for line in lines if "watching" in line)
        time.sleep(2 * saved.INTERVAL_S)
        path.write_text(SOUND)
        assert "saved: a.md" in next(line for line in lines if "a.md" in line)
        assert "nothing is missing" in next(line for line in lines if "a.md" in line)
    finally:
        run.send_signal(signal.SIGINT)
    assert run.wait(20) == 130
