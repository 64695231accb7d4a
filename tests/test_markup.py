"""Rendered runs: what a record holds never becomes markup."""

import pytest

from refcheck.markup import as_html, as_latex, as_markdown, as_text
from refcheck.model import Run

RUNS = (
    Run("Ash. "),
    Run("Big & small", italic=True),
    Run(". "),
    Run("https://example.org/a_b%20c", url="https://example.org/a_b%20c"),
)


def test_each_form_has_its_italics_and_links():
    """The same runs in four forms."""
    assert as_text(RUNS) == "Ash. Big & small. https://example.org/a_b%20c"
    assert as_markdown(RUNS) == "Ash. *Big & small*. <https://example.org/a_b%20c>"
    assert (
        as_html(RUNS)
        == 'Ash. <i>Big &amp; small</i>. <a href="https://example.org/a_b%20c">https://example.org/a_b%20c</a>'
    )
    assert as_latex(RUNS) == r"Ash. \emph{Big \& small}. \url{https://example.org/a_b\%20c}"


@pytest.mark.parametrize(
    ("text", "markdown", "html", "latex"),
    [
        (
            "<script>x</script>",
            r"\<script>x\</script>",
            "&lt;script&gt;x&lt;/script&gt;",
            "<script>x</script>",
        ),
        ("[a](javascript:b)", r"\[a\](javascript:b)", "[a](javascript:b)", "[a](javascript:b)"),
        ("a_b *c* `d`", r"a_b \*c\* \`d\`", "a_b *c* `d`", r"a\_b *c* `d`"),
        (
            r"\input{x} 5% $y$ #1",
            r"\\input{x} 5% $y$ #1",
            r"\input{x} 5% $y$ #1",
            r"\textbackslash{}input\{x\} 5\% \$y\$ \#1",
        ),
        ("&amp;", r"\&amp;", "&amp;amp;", r"\&amp;"),
    ],
)
def test_foreign_signs_are_escaped(text, markdown, html, latex):
    """Each form escapes what it would read as its own."""
    assert (as_markdown((Run(text),)), as_html((Run(text),)), as_latex((Run(text),))) == (
        markdown,
        html,
        latex,
    )


def test_a_line_never_opens_a_block():
    """A title that begins like a heading, list or quotation stays a paragraph."""
    assert [as_markdown((Run(text),)) for text in ("# a", "1. a", "- a", "> a", "1984")] == [
        "\\# a",
        "1\\. a",
        "\\- a",
        "\\> a",
        "1984",
    ]


def test_no_script_becomes_a_link():
    """Only addresses of pages and mail are links."""
    run = Run("x", url="javascript:alert(1)")
    assert (as_html((run,)), as_markdown((run,)), as_latex((run,))) == ("x", "x", "x")
