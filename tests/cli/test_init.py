"""`refcheck init`: a settings file to start from, and no file of the user's lost."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from refcheck import settings
from refcheck.cli.commands import cli

PROJECT = '[project]\nname = "x"  # mine\n'


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def init(*arguments):
    return CliRunner().invoke(cli, ["init", *arguments], standalone_mode=False)


def test_a_file_of_its_own():
    """Without more it writes refcheck.toml, which changes nothing and is not written over."""
    assert init().output == "wrote refcheck.toml\n"
    text = Path("refcheck.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    assert all(f"# {name} = " in text for name in settings.knobs())
    assert "is there already" in str(init().exception)


def test_a_table_of_the_project():
    """With --pyproject a table is appended; what stood there stays as it was."""
    Path("pyproject.toml").write_text(PROJECT, encoding="utf-8")
    assert init("--pyproject").output == "wrote pyproject.toml\n"
    text = Path("pyproject.toml").read_text(encoding="utf-8")
    assert text.startswith(PROJECT)
    assert tomllib.loads(text)["tool"]["refcheck"] == {}
    assert "already" in str(init("--pyproject").exception)
    assert Path("pyproject.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("before", "said"), [(None, "is not there"), ("[project\n", "is no valid TOML")]
)
def test_a_project_file_that_is_none(before, said):
    """A project file that is not there or cannot be read is told in a line and left alone."""
    if before:
        Path("pyproject.toml").write_text(before, encoding="utf-8")
    assert said in str(init("--pyproject").exception)
    assert Path("pyproject.toml").exists() == bool(before)
