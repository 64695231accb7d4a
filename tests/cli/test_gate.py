"""What `check` fails on: kinds, new findings only, and the diff it shows."""

import json
import runpy
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from refcheck.cli import gate
from refcheck.cli.commands import cli
from refcheck.errors import InputError
from refcheck.model import Finding, NotAsked
from refcheck.writers import report_json, view

SAMPLE = runpy.run_path(str(Path(__file__).parents[1] / "writers" / "sample.py"))


@pytest.fixture(scope="module")
def report():
    return SAMPLE["sample"]()


def only(report, *numbers):
    """Return the report with some of its findings alone."""
    part = report.documents[0]
    findings = tuple(part.findings[number] for number in numbers)
    return replace(report, documents=(replace(part, findings=findings),))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (0, "ambiguous"), (1, "not-asked"), (3, "unresolved"), (4, "inconsistent"),
        (6, "suggested"), (8, "corrected"), (9, "retracted"),
    ],
)  # fmt: skip
def test_fails_on_what_it_is_told(report, number, kind):
    """Each kind fails by itself, when it is named, and not when another is."""
    alone = only(report, number)
    other = "retracted" if kind != "retracted" else "unresolved"
    assert gate.status(alone) == gate.status(alone, fail_on=(kind,)) == 1
    assert gate.status(alone, fail_on=(other,)) == 0
    assert gate.status(alone, exit_zero=True) == 0


@pytest.mark.parametrize("number", [2, 7])
def test_what_is_decided_passes(report, number):
    """What is resolved or verified fails nothing."""
    assert gate.status(only(report, number)) == 0


def test_a_needed_source_that_failed_is_three(report):
    """Where only an answer is missing the status is 3; a written reference nobody asked about is not open."""
    part = report.documents[0]
    failed = replace(part.findings[3].resolution, reason="source_failed")
    findings = (
        Finding(part.findings[3].placeholder, failed),
        Finding(part.findings[7].placeholder, NotAsked()),
    )
    alone = replace(report, documents=(replace(part, findings=findings),))
    assert gate.status(alone) == 3
    assert gate.status(replace(report, documents=(replace(part, findings=findings[1:]),))) == 0


def test_only_new_findings_count(report, tmp_path):
    """What a baseline has is left out, each finding as often as it has it."""
    (tmp_path / "old.json").write_text(report_json.write(only(report, 0, 1)), encoding="utf-8")
    known = gate.read_baseline(str(tmp_path / "old.json"))
    fresh = gate.new(report, known).documents[0]
    assert fresh.findings == report.documents[0].findings[2:]
    assert (
        gate.new(report, Counter(view.fingerprints(report.documents[0]))).documents[0].findings
        == ()
    )
    assert sum(known.values()) == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"documents": [{"findings": [{}]}]}'])
def test_what_is_no_baseline_is_told(text, tmp_path):
    """A file that is no report is named, with what to do."""
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="is no JSON report of refcheck"):
        gate.read_baseline(str(path))


def check(*arguments):
    """Run `refcheck check` offline; return status and standard output."""
    done = CliRunner().invoke(cli, ["check", "--offline", *arguments], env={"NO_COLOR": "1"})
    return done.exit_code, done.stdout


def test_baseline_on_the_command_line(tmp_path):
    """A baseline made by one run lets the next pass until something new is left open."""
    path, old = tmp_path / "a.md", tmp_path / "old.json"
    path.write_text("The market grew [citation needed].\n", encoding="utf-8")
    status, told = check(str(path), "--format", "json")
    assert status == 1
    old.write_text(told, encoding="utf-8")
    assert check(str(path), "--baseline", str(old)) == (0, "")
    path.write_text(
        "One line more.\n\nThe market grew [citation needed].\n\nSo did sales [TODO: cite].\n",
        encoding="utf-8",
    )
    status, told = check(str(path), "--baseline", str(old))
    assert status == 1
    assert "a.md:5:" in told
    assert "a.md:3:" not in told
    whole = json.loads(check(str(path), "--baseline", str(old), "--format", "json")[1])
    assert len(whole["documents"][0]["findings"]) == 2


def test_diff_shows_what_would_change(report):
    """The diff has the changed lines, in colour where wanted, and no sign that acts."""
    part = report.documents[0]
    raw = part.document.text.encode()
    document = replace(part.document, raw=raw)
    single = replace(report, documents=(replace(part, document=document),))
    changed = raw.replace("[link to IT之家]".encode(), b"https://a.example/\x1b[2J")
    lines = list(gate.diff(single, lambda _: {document.name: changed}, colour=False))
    assert lines[0] == "--- a/drafts/xiaomi article.txt"
    assert [line for line in lines if line.startswith("+S")] == [
        "+Sales of the second model began in June 2025, as IT之家 reported (https://a.example/\ufffd[2J)."
    ]
    coloured = list(gate.diff(single, lambda _: {document.name: changed}, colour=True))
    assert len(coloured) == len(lines)
    assert any(line.startswith("\x1b[1;32m+") for line in coloured)
    assert list(gate.diff(single, lambda _: {document.name: raw}, colour=False)) == []
