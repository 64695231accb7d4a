"""`refcheck review`: what it says when it starts and when it cannot."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).parents[2]


def start(folder, *arguments):
    """Start the command in a folder, offline and without a browser."""
    return subprocess.Popen(
        [sys.executable, "-m", "refcheck", "review", "--offline", "--no-browser", *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder)},
    )  # fmt: skip


def test_prints_the_address_and_answers_there(tmp_path):
    """It prints one address with a token of its own, on loopback, and the page is there."""
    pytest.importorskip("uvicorn", reason="needs the extra review")
    (tmp_path / "a.md").write_text("The market grew [citation needed].\n", encoding="utf-8")
    process = start(tmp_path, "a.md")
    try:
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", address)
        page = requests.get(address, timeout=10)
        assert page.status_code == 200
        assert "[citation needed]" in page.text
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.mark.parametrize("path", ["missing.md", "."])
def test_takes_one_document(path, tmp_path):
    """What is no file is refused in one line."""
    process = start(tmp_path, path)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 2
    assert said.strip().count("\n") == 0
    assert "is not a file" in said
