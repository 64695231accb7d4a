"""The cases of fixtures/documents: what is to be found in a text, and what is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from refcheck import plugins
from refcheck.finders.settle import settle

FOLDER = Path(__file__).parents[2] / "fixtures" / "documents"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n(?P<format>[a-z]+)\n~~~~~\n(?P<text>.*?)\n~~~~~\n(?P<expected>(?:- [^\n]+\n?)+)",
    re.MULTILINE | re.DOTALL,
)


def cases():
    for path in sorted(FOLDER.glob("*.md")):
        for match in CASE.finditer(path.read_text(encoding="utf-8")):
            yield pytest.param(match, id=f"{path.stem}: {match['title']}")


def found(text, form):
    document = plugins.formats()[form].read({"x": text.encode()}, "x")
    placeholders = settle(p for rule in plugins.finders().values() for p in rule.find(document))
    return [
        f"{p.rule} {p.certainty} {document.slice(p.span)}".replace("\n", "⏎")
        for p in placeholders
        if p.certainty != "maybe"
        and p.kind not in {"other_placeholder", "reference", "consistency"}
    ]


@pytest.mark.parametrize("case", [*cases()])
def test_case(case):
    """Found is what the case says, and nothing else."""
    expected = [line[2:] for line in case["expected"].strip().splitlines()]
    assert found(case["text"], case["format"]) == ([] if expected == ["nothing"] else expected)
