"""The README says what the program does: its parts are made by the program and compared."""

import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from refcheck import plugins
from refcheck.cli.commands import COMMANDS, cli

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
LIBRARY = ROOT / "fixtures" / "libraries" / "ev-market.json"
ARTICLE = ROOT / "fixtures" / "documents" / "readme-article.md"
SOURCE_FILE = ROOT / "fixtures" / "sources" / "openshelf.py"


def run(*arguments: str, cwd: Path) -> tuple[str, str]:
    """Run the command line in a folder, offline and without colour."""
    before = Path.cwd()
    os.chdir(cwd)
    try:
        done = CliRunner().invoke(
            cli, arguments, env={"NO_COLOR": "1", "COLUMNS": "100"}, standalone_mode=False
        )
    finally:
        os.chdir(before)
    if done.exception:
        raise done.exception
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """The README's article, fixed from the library of the fixtures."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copy(ARTICLE, folder / "article.md")
    shutil.copy(LIBRARY, folder / "own.json")
    out, err = run(
        "fix", "article.md", "--library", "own.json", "--offline", "--suggest", "1", cwd=folder
    )
    return folder, out, err


def fenced(text: str, language: str = "") -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def before(article) -> str:
    return fenced(ARTICLE.read_text(encoding="utf-8"), "markdown")


def after(article) -> str:
    return fenced((article[0] / "article.fixed.md").read_text(encoding="utf-8"), "markdown")


def transcript(article) -> str:
    _, out, err = article
    return fenced(
        f"$ refcheck fix article.md --library own.json --offline --suggest 1\n{out}{err}", "console"
    )


def help_(_article) -> str:
    out, _ = run("--help", cwd=ROOT)
    return fenced(f"$ refcheck --help\n{out}", "console")


def rules(_article) -> str:
    rows = ["| rule | name | finds |", "|---|---|---|"]
    for finder in sorted(plugins.finders().values(), key=lambda finder: finder.rule):
        page = __import__(finder.find.__module__, fromlist=["x"]).__doc__ or ""
        first = page.strip().splitlines()[0].partition(": ")[2].rstrip(".")
        rows.append(f"| {finder.rule} | {finder.name} | {first} |")
    return "\n".join(rows)


def sources(_article) -> str:
    rows = ["| source | for | asked |", "|---|---|---|"]
    for name, source in sorted(plugins.sources().items()):
        if source.needs_setting:
            asked = f"where `{source.needs_setting.replace('_', '-')}` is set"
        else:
            asked = "by default" if source.default else f"with `--source {name}`"
        rows.append(f"| {name} | {source.purpose} | {asked} |")
    return "\n".join(rows)


def source_file(_article) -> str:
    return fenced(SOURCE_FILE.read_text(encoding="utf-8"), "python")


PARTS = {
    "before": before, "after": after, "transcript": transcript, "help": help_, "rules": rules,
    "sources": sources, "source-file": source_file,
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_the_readme_shows_what_the_program_does(name, article):
    """Each marked part is what the program prints, writes or has; --bless renews it."""
    made = PARTS[name](article)
    text = README.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- begin: {name} -->\n).*?(<!-- end: {name} -->)", re.DOTALL)
    assert pattern.search(text), f"README.md has no part {name}"
    wanted = pattern.sub(lambda match: f"{match[1]}{made}\n{match[2]}", text)
    if os.environ.get("REFCHECK_BLESS") and not os.environ.get("CI"):
        README.write_text(wanted, encoding="utf-8")
    assert README.read_text(encoding="utf-8") == wanted


def test_the_library_example_runs(tmp_path, monkeypatch, capsys):
    """The README's lines of Python work as they stand."""
    code = re.search(
        r"```python\n(from pathlib.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    )
    shutil.copy(ARTICLE, tmp_path / "article.md")
    (tmp_path / "own.bib").write_text("@book{a, title={On bells}, author={Bell, A.}, year=2001}\n")
    monkeypatch.chdir(tmp_path)
    exec(compile(code[1], "README.md", "exec"), {})  # noqa: S102 - our own text
    assert "RC201" in capsys.readouterr().out


def test_the_source_example_is_a_source():
    """The file that the README shows can be loaded from a folder of one's own."""
    found = plugins.sources_in(SOURCE_FILE.parent)
    assert "openshelf" in found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_ends_its_help_with_an_example(name):
    """`refcheck NAME --help` works and ends with a line that can be pasted."""
    out, _ = run(name, "--help", cwd=ROOT)
    assert f"refcheck {name}" in out.strip().splitlines()[-1]


def test_the_two_commands_are_single_lines():
    """Each of the two commands that set up and run is one line, and makes its own environment."""
    text = README.read_text(encoding="utf-8")
    for mark in ("main-job", "tests"):
        found = re.search(rf"<!-- {mark} -->\n```sh\n(.*)\n```", text)
        assert found
        assert found[1].startswith("python3 -m venv .venv && ")
