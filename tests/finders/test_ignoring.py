"""Comments that tell refcheck to leave something alone."""

from __future__ import annotations

import pytest

from refcheck import pipeline, plugins
from refcheck.settings import Settings

GAP = {
    "markdown": "Sleep matters [citation needed].",
    "html": "<p>Sleep matters [citation needed].</p>",
    "latex": r"Sleep matters \cite{}.",
    "typst": "Sleep matters #cite(<TODO>).",
    "asciidoc": "Sleep matters [citation needed].",
    "rst": "Sleep matters [citation needed].",
    "org": "Sleep matters [cite:@TODO].",
    "wikitext": "Sleep matters.{{citation needed}}",
    "plain": "Sleep matters [citation needed].",
}
COMMENT = {
    "markdown": "<!-- refcheck: ignore RC203 known -->",
    "html": "<!-- refcheck: ignore RC203 known -->",
    "latex": "% refcheck: ignore RC203 known",
    "typst": "// refcheck: ignore RC203 known",
    "asciidoc": "// refcheck: ignore RC203 known",
    "rst": ".. refcheck: ignore RC203 known",
    "org": "# refcheck: ignore RC203 known",
    "wikitext": "<!-- refcheck: ignore RC203 known -->",
    "plain": "# refcheck: ignore RC203 known",
}


def check(text, form, **settings):
    document = plugins.formats()[form].read({"x": text.encode()}, "x")
    notes = []
    found = pipeline.find(document, Settings(**settings), notes)
    return [p.rule for p in found if p.kind != "reference"], [note.name for note in notes]


@pytest.mark.parametrize("form", sorted(GAP))
def test_before(form):
    """A comment alone on its line is for what follows, in each format's own comments."""
    assert check(GAP[form], form)[0] == ["RC203"]
    assert check(f"{COMMENT[form]}\n\n{GAP[form]}", form) == ([], [])
    assert check(f"{COMMENT[form]}\n{GAP[form]}", form) == ([], [])


def test_in_line():
    """A comment in a line is for that line alone."""
    text = f"{GAP['markdown']} <!-- refcheck: ignore -->\n\n{GAP['markdown']}"
    assert check(text, "markdown") == (["RC203"], [])


@pytest.mark.parametrize("named", ["RC203", "RC2", "citation-marker", "RC201, RC203", ""])
def test_names(named):
    """Rules are named by code, by the beginning of one, or by name; without any, all are meant."""
    text = f"<!-- refcheck: ignore {named} -->\n{GAP['markdown']}"
    assert check(text, "markdown") == ([], [])


def test_other_rule():
    """A comment that names another rule leaves the gap, and is told to be of no use."""
    text = f"<!-- refcheck: ignore RC201 -->\n{GAP['markdown']}"
    assert check(text, "markdown") == (["RC203"], ["unused-suppression"])


def test_rule_not_applied():
    """A comment for a rule that is not applied is not told to be of no use."""
    text = f"<!-- refcheck: ignore RC201 -->\n{GAP['markdown']}"
    assert check(text, "markdown", ignore=("RC201",)) == (["RC203"], [])
    assert check(text, "markdown", select=("RC203",)) == (["RC203"], [])
    assert check(text, "markdown", ignore=("RC2",)) == ([], [])


def test_reason_is_no_gap():
    """What a comment gives as its reason is no gap itself."""
    assert check("<!-- refcheck: ignore RC203 citation needed later -->\n\nAll is well.", "markdown") == (
        [],
        ["unused-suppression"],
    )  # fmt: skip
