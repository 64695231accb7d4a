"""The documentation: it builds without a warning, loads nothing from elsewhere, and misses nothing."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import refcheck
from refcheck import plugins, settings
from refcheck.cli.commands import COMMANDS, cli

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def generate():
    """Load the module that makes the generated parts, as MkDocs does."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the site strictly, as any warning fails it, in a place without a net."""
    pytest.importorskip("material", reason="needs the extra docs")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "https_proxy": "http://127.0.0.1:9"},
    )  # fmt: skip
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return folder


def test_the_site_builds_without_a_warning(site):
    """All pages are built, the schema of the report among them."""
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert {"tutorial.html", "how-to/latex-paper.html", "explanation/privacy.html"} <= pages
    assert (site / "reference" / "report.schema.json").is_file()
    assert not list(site.rglob("*.py"))


def test_the_site_loads_nothing_from_elsewhere(site):
    """No script, style, font or picture comes from another host."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|img|iframe)[^>]+src="([^"]*)"', text)
        loaded += re.findall(
            r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]*href="([^"]*)"', text
        )
        assert loaded
        assert not [one for one in loaded if re.match(r"(https?:)?//", one)]
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", style.read_text(encoding="utf-8"))


def test_every_command_setting_rule_and_source_is_there(generate):
    """The reference has every command, setting, rule, source and public name."""
    assert all(f"## refcheck {name}\n" in generate.commands() for name in COMMANDS)
    assert "### refcheck catalog build\n" in generate.commands()
    assert all(f"| `{name}` |" in generate.all_settings() for name in settings.knobs())
    rules = generate.rules()
    assert all(f"## {one.rule} {one.name}\n" in rules for one in plugins.finders().values())
    for name in plugins.sources():
        assert re.search(rf"^\| \[?{name}[\] ]", generate.sources(), re.MULTILINE)
        assert f"| {name} |" in generate.told()
    assert all(f"## {name}\n" in generate.library() for name in refcheck.__all__)


def test_every_kind_of_question_is_told_of(generate):
    """The page on privacy knows what a question of each kind that a source takes says."""
    asked = {want for source in plugins.sources().values() for want in source.wants}
    assert asked <= generate.SENT.keys()


def test_the_report_is_described_to_its_leaves(generate):
    """Every part of the schema has its table."""
    made = generate.schema()
    for name in ("path", "fingerprint", "in_file", "provenance", "contradicts", "from_cache"):
        assert f"`{name}`" in made


def command_lines(page):
    """Return the command lines of a page: those in its blocks of code and those in its text."""
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"^```.*?\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    lines = re.findall(r"^[ $-]*refcheck (.+)$", blocks, re.MULTILINE)
    return lines + re.findall(r"`refcheck ([^`]+)`", text)


PAGES = [one for one in sorted((ROOT / "docs").rglob("*.md")) if "examples" not in one.parts]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_command_in_the_docs_is_one(page):
    """Every command line of a page names a command and options that there are."""
    for line in command_lines(page):
        name, *rest = line.partition(" > ")[0].split()
        assert name in COMMANDS, line
        help_ = CliRunner().invoke(cli, [name, "--help"]).output
        for option in re.findall(r"(?<!\S)--[a-z-]+", " ".join(rest)):
            assert option in help_ or "Commands:" in help_, line


def test_a_command_that_fails_stops_the_build(generate, tmp_path, monkeypatch):
    """What a page shows was done: a command that cannot do its work is no transcript."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RuntimeError, match=r"nowhere\.md"):
        generate.run("refcheck check nowhere.md")
    with pytest.raises(RuntimeError, match="may run"):
        generate.run("rm -rf .")
