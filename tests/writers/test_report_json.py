"""The JSON report: its schema, its promises, hostile text."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import refcheck.writers
from refcheck import plugins
from refcheck.model import NotAsked
from refcheck.writers import report_json

SCHEMA = json.loads(
    (Path(refcheck.writers.__file__).parent / "report.schema.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("which", ["sample", "hostile"])
def test_follows_schema(which, validator, request):
    """A report in every status, and a hostile one, follow the schema that is shipped."""
    report = json.loads(report_json.write(request.getfixturevalue(which)))
    assert [error.message for error in validator.iter_errors(report)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "refcheck-report/2"),
        (("documents", 0, "findings", 0, "kind"), "fake"),
        (("documents", 0, "findings", 0, "resolution", "status"), "fake"),
        (("documents", 0, "findings", 5, "resolution", "reason"), "invented"),
        (("documents", 0, "findings", 2, "resolution", "provenance"), []),
        (("documents", 0, "findings", 0, "line"), 0),
        (("made",), "yesterday"),
    ],
)
def test_schema_refuses(path, value, validator, sample):
    """The schema tells a report that breaks a promise from one that keeps it."""
    report = report_json.whole(sample)
    at = report
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert not validator.is_valid(report)


def test_says_what_a_reader_needs(sample):
    """Place, clues, candidates in order, evidence, provenance by field and advice are all in it."""
    found = report_json.whole(sample)["documents"][0]["findings"]
    link = found[5]
    assert (link["line"], link["column"], link["text"]) == (
        9,
        17,
        "[Insert Link to 36Kr Article Here]",
    )
    assert link["clues"]["publisher"] == "36Kr"
    assert link["clues"]["title"] is None
    assert link["resolution"]["status"] == "unresolved"
    assert link["resolution"]["reason"] == "not_found"
    assert link["resolution"]["advice"][0].startswith("Search 36kr.com")
    first = link["resolution"]["candidates"][0]
    assert first["evidence"][0] == {
        "field": "publisher",
        "given": "36Kr",
        "found": "AutoBeta",
        "agreement": 0.0,
        "contradicts": True,
        "note": "it quotes 36Kr",
    }
    assert first["provenance"][0]["retrieved"] == "2026-11-22T12:00:00Z"
    assert first["provenance"][0]["fields"]["container-title"] == "container_title"
    assert "record" not in link["resolution"]
    resolved = found[2]["resolution"]
    assert resolved["record"]["URL"] == "https://www.ithome.com/0/863/978.htm"
    assert resolved["candidates"] == []
    assert found[2]["edits"][0]["text"] == resolved["record"]["URL"]
    assert found[8]["resolution"]["differences"][2]["found"] == "2021"
    assert found[9]["resolution"]["record"]["retraction"]["date"] == "2010-02-06"


def test_every_field_has_provenance(sample):
    """No field of a record stands in the report without the place where it was read."""
    for finding in report_json.whole(sample)["documents"][0]["findings"]:
        outcome = finding["resolution"]
        for one in [outcome, *outcome["candidates"]]:
            read = {field for origin in one.get("provenance", ()) for field in origin["fields"]}
            assert set(one.get("record", ())) <= read


def test_text_is_kept(hostile, attacks):
    """Hostile text is data: it comes back as it went in, but for halves of surrogate pairs."""
    text = report_json.write(hostile)
    assert text.encode("utf-8")
    titles = {
        one["record"]["title"]
        for finding in json.loads(text)["documents"][0]["findings"]
        for one in finding["resolution"]["candidates"]
    }
    assert titles == {attack.replace("\ud800", "\ufffd") for attack in attacks}


def test_totals_count_every_finding(sample):
    """The totals add up to the findings, and only what is decided counts as resolved."""
    totals = report_json.whole(sample)["totals"]
    assert totals == {"resolved": 2, "suggested": 3, "open": 4, "not_asked": 1}


def test_fingerprint_outlives_moved_lines(sample):
    """A finding keeps its fingerprint when text is put before it, and no two are alike."""
    part = sample.documents[0]
    document, placeholder = part.document, part.findings[5].placeholder
    moved = type(document)(document.name, document.format, "New first line.\n" + document.text)
    span = type(placeholder.span)(placeholder.span.start + 16, placeholder.span.end + 16)
    again = type(part)(
        moved,
        (type(part.findings[0])(replace(placeholder, span=span, extent=None), NotAsked()),),
    )
    before = [one["fingerprint"] for one in report_json.document(part)["findings"]]
    assert report_json.document(again)["findings"][0]["fingerprint"] == before[5]
    assert len(set(before)) == len(before)


def test_same_as_golden(sample, same_as_golden):
    """The report of the sample is as a person has read it."""
    same_as_golden("sample.json", report_json.write(sample))


def test_forms_are_known_by_name():
    """A form is found by the name that --format takes, and has a suffix of its own."""
    forms = plugins.reports()
    assert forms["json"].write is report_json.write
    assert all(form.name == name for name, form in forms.items())
    assert len({form.suffix for form in forms.values()}) == len(forms)
