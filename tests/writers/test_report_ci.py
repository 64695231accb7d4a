"""The forms that CI servers read: JUnit, GitHub, GitLab; and the table for a spreadsheet."""

import csv
import io
import json
import re

import jsonschema
import pytest
from lxml import etree

from refcheck.writers import report_csv, report_github, report_gitlab, report_jsonl, report_junit

GITLAB = {
    "type": "array",
    "items": {
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {"required": ["path", "lines"]},
        },
    },
}


def suites(report):
    return etree.fromstring(report_junit.write(report).encode("utf-8"))


@pytest.mark.parametrize("which", ["sample", "hostile"])
def test_junit_counts_are_right(which, request):
    """The counts of a suite are those of its cases, and hostile text leaves the XML well-formed."""
    for suite in suites(request.getfixturevalue(which)):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))


def test_junit_fails_what_is_open(sample):
    """Open findings fail with their advice; what is resolved passes."""
    cases = {case.get("name"): case for case in suites(sample)[0]}
    failed = cases["RC201 9:17 [Insert Link to 36Kr Article Here]"].find("failure")
    assert "Search 36kr.com" in failed.text
    assert "publisher is AutoBeta, wanted 36Kr" in failed.text
    assert len(cases["RC201 4:65 [link to IT之家]"]) == 0


def test_junit_shows_a_document_without_findings(sample):
    """A document in which nothing is missing is a suite with one case that passes."""
    part = sample.documents[0]
    report = type(sample)((type(part)(part.document, ()),))
    assert [case.get("name") for case in suites(report)[0]] == ["nothing is missing"]


@pytest.mark.parametrize("which", ["sample", "hostile"])
def test_github_writes_commands_only(which, request):
    """Every line is one command; text cannot begin another, nor add a property."""
    for line in report_github.write(request.getfixturevalue(which)).splitlines():
        match = re.fullmatch(r"::(?:error|warning|notice) ([^:]*)::[^\r\n]*", line)
        assert match
        given = [one.split("=", 1)[0] for one in match[1].split(",")]
        assert set(given) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert len(given) == len(set(given))


def test_github_names_the_place(sample):
    """The command names file, line and columns, and says what to do."""
    line = report_github.write(sample).splitlines()[5]
    assert line.startswith(
        "::warning file=drafts/xiaomi article.txt,line=9,endLine=9,col=17,endColumn=51,"
        "title=RC201 link-placeholder::none of 2 candidates"
    )
    assert "%0ASearch 36kr.com" in line


@pytest.mark.parametrize("which", ["sample", "hostile"])
def test_gitlab_has_what_is_required(which, request):
    """The artifact is an array of issues with unique fingerprints."""
    issues = json.loads(report_gitlab.write(request.getfixturevalue(which)))
    jsonschema.validate(issues, GITLAB)
    assert len({one["fingerprint"] for one in issues}) == len(issues)


def rows(report):
    return list(csv.DictReader(io.StringIO(report_csv.write(report), newline="")))


def test_csv_has_a_row_for_each_finding(sample):
    """A row says place, status, reason and the best candidate."""
    table = rows(sample)
    assert len(table) == 10
    link = table[5]
    assert (link["line"], link["status"], link["reason"]) == ("9", "unresolved", "not_found")
    assert (link["title"], link["source"]) == (
        "The second model of Xiaomi car has been exposed!",
        "gdelt",
    )
    assert link["against"].startswith("publisher is AutoBeta")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "\t=", "\r="])
def test_csv_computes_nothing(sign):
    """A cell that would be a formula begins with an apostrophe."""
    assert report_csv.cell(f"{sign}1+1").startswith("'")


def test_csv_keeps_hostile_text_in_its_cell(hostile):
    """Hostile text makes no row and no column of its own, and no formula."""
    table = rows(hostile)
    assert len(table) == len(hostile.documents[0].findings)
    for row in table:
        assert None not in row
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_jsonl_tells_the_same_as_json(sample):
    """A line for every finding, diagnostic and source, each with its type."""
    lines = [json.loads(line) for line in report_jsonl.write(sample).splitlines()]
    types = [line["type"] for line in lines]
    assert [types.count(one) for one in ("finding", "diagnostic", "source")] == [10, 1, 6]
    assert lines[5]["path"] == "drafts/xiaomi article.txt"
    assert lines[5]["resolution"]["reason"] == "not_found"
