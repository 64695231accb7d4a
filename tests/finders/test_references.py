"""The cases of fixtures/references: which passages are references, and where citations do not agree."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from refcheck import Settings, pipeline, plugins

FOLDER = Path(__file__).parents[2] / "fixtures" / "references"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n(?P<format>[a-z]+)\n~~~~~\n(?P<text>.*?)\n~~~~~\n(?P<expected>(?:- [^\n]+\n?)+)",
    re.MULTILINE | re.DOTALL,
)


def cases(name):
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    for match in CASE.finditer(text):
        yield pytest.param(match, id=match["title"])


def read(text, form, name="x"):
    return plugins.formats()[form].read({name: text.encode()}, name)


def found(document, kind):
    return [
        f"{one.rule} {document.of_file(one.file).slice(one.span)}".replace("\n", "⏎")
        for one in pipeline.find(document, Settings())
        if one.kind == kind
    ]


def expected(case):
    lines = [line[2:] for line in case["expected"].strip().splitlines()]
    return [] if lines == ["nothing"] else lines


@pytest.mark.parametrize("case", [*cases("lists")])
def test_references_are_told_by_their_place_and_look(case):
    """Found is what the case says, its span exactly."""
    assert found(read(case["text"], case["format"]), "reference") == expected(case)


@pytest.mark.parametrize("case", [*cases("agreement")])
def test_citations_and_list_are_compared(case):
    """Told is what the case says, and nothing else."""
    assert found(read(case["text"], case["format"]), "consistency") == expected(case)


BIB = (
    "@article{shea, title = {Ejection of ions}, year = {1993}}\n"
    "@article{he, title = {Deep residual learning}, year = {2016}}\n"
)


def with_bib(text, form, **more):
    document = read(text, form, "a")
    return replace(document, further=(read(BIB, "bibtex", "refs.bib"),), **more)


def test_of_a_bib_only_what_is_cited_is_a_reference():
    """A .bib is a library: the document has no more than it cites."""
    document = with_bib("Known [@shea; @lost].\n\nAnd again @shea.\n", "markdown")
    assert found(document, "reference") == ["RC210 @article{shea, title = {Ejection of ions}, year = {1993}}"]  # fmt: skip
    assert [one.file for one in pipeline.find(document, Settings()) if one.kind == "reference"] == ["refs.bib"]  # fmt: skip


def test_a_bib_is_taken_whole_where_the_document_says_so():
    r"""``\nocite{*}`` lists everything."""
    assert len(found(with_bib("A \\cite{shea}. \\nocite{*}\n", "latex"), "reference")) == 2


def test_a_key_is_missed_only_where_the_bibliography_is_at_hand():
    """The .bib that is not there may have it."""
    text = "Known \\cite{shea}, \\cite{he} and \\cite{lost}.\n"
    assert found(with_bib(text, "latex"), "consistency") == ["RC211 \\cite{lost}"]
    assert found(with_bib(text, "latex", missing=("more.bib",)), "consistency") == []


def test_lists_are_read_in_linear_time():
    """Openings without an end, and thousands of brackets, take no longer than they are long."""
    for text in (
        "## References\n\n" + "<!--" * 20_000,
        "[1] " * 30_000,
        "## References\n\n" + "- [" * 30_000,
    ):
        assert found(read(text, "markdown"), "reference") == []
