"""The Markdown report: complete for a reader, closed to hostile text."""

import re

import pytest
from markdown_it import MarkdownIt

from refcheck.writers import report_markdown
from refcheck.writers.report_markdown import escape, link


def rendered(text):
    """Render CommonMark with tables and raw HTML."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def test_same_as_golden(sample, same_as_golden):
    """The report of the sample is as a person has read it."""
    same_as_golden("sample.md", report_markdown.write(sample))


def test_worst_stands_first(sample):
    """What is withdrawn and what is open comes before choices, and these before what is done."""
    text = report_markdown.write(sample)
    headings = re.findall(r"^## (.*)", text, re.MULTILINE)
    assert headings[:4] == ["Still open", "To choose from", "Not looked up", "Resolved"]
    assert re.findall(r"^### 1\. (.*)", text, re.MULTILINE)[0].startswith("Wakefield")


@pytest.mark.parametrize(
    "said",
    [
        "Search 36kr.com for 小米 第二款车 2025.",
        "**contradicts**: it quotes 36Kr",
        "Read at gdelt, 2026-11-22 12:00 UTC",
        "container-title",
        "--pin 3:19=10.1016/j.tra.2015.01.002",
        "too many requests (429)",
        "| issued | 2020 | 2021 |",
    ],
)
def test_says_what_is_known(said, sample):
    """Advice, contradictions, provenance by field, commands and failed sources are told."""
    assert said in report_markdown.write(sample)


def test_hostile_text_stays_text(hostile):
    """Rendered, hostile text makes no tag, no link, no image and no code but those of the form."""
    html = rendered(report_markdown.write(hostile))
    tags = set(re.findall(r"<(?!!--)/?([a-z0-9]+)", html))
    assert tags <= {
        "h1", "h2", "h3", "h4", "p", "blockquote", "strong", "em", "ul", "li", "table", "thead",
        "tbody", "tr", "th", "td", "code", "a", "pre",
    }  # fmt: skip
    targets = re.findall(r'href="([^"]*)"', html)
    assert targets
    assert all(target.startswith("https://a.example/") for target in targets)
    assert html.count("<th") == html.count("</th")
    assert not re.search("[\x1b\x9b\u202e\u2066\ud800]", html)


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading", "- no item", "1. no item", "12) no item", "+ no", "=== ", "> no quote",
        "a | b", "*a* _b_ __c__ ~~d~~", "`code`", "&copy; &#60;", "<b>", "[a](b)", "![a](b)", "\\*",
        "snake_case stays", "2024.", "$x$",
    ],
)  # fmt: skip
def test_escaped_text_is_shown_as_it_is(text):
    """Escaped text comes out of a renderer as the text that went in, at a line's beginning too."""
    html = rendered(escape(text))
    shown = re.sub(r"<!--.*?-->", "", html).strip()
    entities = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))
    for entity, sign in entities:
        shown = shown.replace(entity, sign)
    assert shown == f"<p>{text.strip()}</p>"


@pytest.mark.parametrize("text", ["https://a.example", "www.a.example", "@someone", "see #12"])
def test_nothing_links_by_itself(text):
    """What GitHub would turn into a link or a mention is broken up by a comment."""
    assert "<!-- -->" in escape(text)


def test_only_web_addresses_become_links():
    """An address of the web becomes a link; of another scheme, text; brackets are encoded."""
    assert link("https://a.example/x y<b>|") == "<https://a.example/x%20y%3Cb%3E%7C>"
    assert link("javascript:alert(1)") == "javascript:alert(1)"
