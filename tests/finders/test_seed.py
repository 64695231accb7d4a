"""The seed article: what stands open in it, and what belongs there."""

from __future__ import annotations

from pathlib import Path

import pytest

from refcheck import plugins
from refcheck.documents import plain
from refcheck.finders.settle import settle

SEED = Path(__file__).parents[2] / "seeds" / "xiaomi-second-ev.txt"


@pytest.fixture(scope="module")
def document():
    return plain.read({SEED.name: SEED.read_bytes()}, SEED.name)


@pytest.fixture(scope="module")
def found(document):
    return settle(
        p
        for rule in plugins.finders().values()
        for p in rule.find(document)
        if p.kind != "reference"
    )


def test_exactly_two(document, found):
    """Two places are found: not the acronym in parentheses, not the footer."""
    assert [(p.rule, document.slice(p.span)) for p in found] == [
        ("RC201", "[Insert Link to 36Kr Article Here]"),
        ("RC202", "(To be added based on further research)"),
    ]
    assert (found[0].span.start, found[0].span.end) == (5481, 5515)


def test_link(document, found):
    """The link's clues name publisher, its language and the article's subject."""
    link = found[0]
    assert link.clues.publisher == "36Kr"
    assert link.clues.language == "zh"
    assert link.clues.written_in == "en"
    assert link.clues.topic.startswith("Xiaomi’s Second Electric Vehicle: A 2025 Q1 Launch")
    assert link.clues.types[0] == "article-newspaper"
    assert any("competitive landscape" in passage for passage in link.clues.context)
    assert link.slot == "reference"


def test_instruction_goes_with_it(document, found):
    """The instruction to the writer is replaced with the placeholder, the label before it stays."""
    replaced = document.slice(found[0].replaced)
    assert replaced.startswith("[Insert Link")
    assert replaced.endswith(
        "(Note: This should be replaced with the actual link to the 36Kr article.)"
    )


def test_literature(document, found):
    """The promise's clues name its subject, glued words aside, and both types wanted."""
    promise = found[1]
    assert promise.clues.topic == "Chinese EV market"
    assert {"article-journal", "paper-conference", "report"} <= set(promise.clues.types)
    assert promise.slot == "list"
    replaced = document.slice(promise.replaced)
    assert replaced.startswith("Additional academic papers")
    assert replaced.endswith("(e.g., APA).")
