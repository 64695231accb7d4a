"""Where a finding stands, in words, in a file whose text was extracted."""

import pytest

from refcheck.model import Block, Document, Finding, Placeholder, Span
from refcheck.writers import view
from refcheck.writers.view import Item

LINES = ("Introduction", "One [x].", "Two.", "A note [x].", "Another [x].")


def document(*parts):
    """Make a document of LINES, the first of them a heading, with the parts given."""
    blocks, at = [], 0
    for number, line in enumerate(LINES):
        span = Span(at, at + len(line))
        blocks.append(Block("paragraph" if number else "heading", span, span, 0 if number else 1))
        at = span.end + 1
    return Document("a.docx", "docx", "\n".join(LINES), blocks=tuple(blocks), parts=parts)


def said(parts, nth):
    """Say where the nth mark stands."""
    one = document(*parts)
    start = -1
    for _ in range(nth):
        start = one.text.index("[x]", start + 1)
    place = Placeholder("RC203", "marker", "citation_marker", Span(start, start + 3))
    return view.where(Item(one, Finding(place)))


@pytest.mark.parametrize(
    ("parts", "nth", "expected"),
    [
        ((), 1, "line 2, column 5"),
        ([(0, "word/document.xml")], 1, "line 2, column 5, paragraph 2, under “Introduction”"),
        (
            [(0, "word/document.xml"), (27, "word/footnotes.xml")],
            3,
            "line 5, column 9, paragraph 2 of the footnotes",
        ),
        ([(0, "page 1"), (27, "page 2")], 2, "line 4, column 8, page 2"),
    ],
)
def test_place_in_a_file(parts, nth, expected):
    """A paragraph is counted in its part of the file; a page is named."""
    assert said(parts, nth) == expected
