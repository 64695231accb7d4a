"""The wordings of fixtures/documents/wordings: how people leave a source open, and what only looks so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from refcheck import plugins
from refcheck.finders.settle import settle

FOLDER = Path(__file__).parents[2] / "fixtures" / "documents" / "wordings"
LINE = re.compile(r"- (?P<kind>[a-z]+)(?: (?P<format>[a-z]+))?: (?P<text>.*)")
MISSES = "## Not told rightly yet"
EDGES = " \t\r\n.,;:*_\"'“”„‘’。，；："
"""Signs that may stand at the ends of a span or not."""


def lines(path):
    told, _, missed = path.read_text(encoding="utf-8").partition(MISSES)
    for part, right in ((told, True), (missed, False)):
        for match in LINE.finditer(part):
            yield match, right


def read(match):
    """Return a line's text and the spans between its marks."""
    text, spans = "", []
    for part in re.split("([⟦⟧])", match["text"].replace("⏎", "\n")):
        if part == "⟦":
            spans.append(len(text))
        elif part == "⟧":
            spans.append((spans.pop(), len(text)))
        else:
            text += part
    return text, {bare(text, *span) for span in spans}


def bare(text, start, end):
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def found(text, form):
    document = plugins.formats()[form].read({"x": text.encode()}, "x")
    placeholders = settle(p for rule in plugins.finders().values() for p in rule.find(document))
    return {
        bare(text, p.span.start, p.span.end)
        for p in placeholders
        if p.certainty != "maybe"
        and p.kind not in {"other_placeholder", "reference", "consistency"}
    }


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_wordings(path):
    """Each line's gaps are found, nothing else is, and no known miss is cured without being told."""
    wrong, cured = [], []
    for match, right in lines(path):
        text, spans = read(match)
        told = found(text, match["format"] or "markdown") == spans
        if right and not told:
            wrong.append(match[0])
        elif told and not right:
            cured.append(match[0])
    assert not wrong, "no longer told rightly:\n" + "\n".join(wrong)
    assert not cured, f"cured: move above {MISSES!r}:\n" + "\n".join(cured)
