"""The HTML report: the whole article and all findings in one closed page."""

import base64
import hashlib
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import refcheck.writers
from refcheck.writers import foreign, report_html

STYLE = (Path(refcheck.writers.__file__).parent / "report.css").read_text(encoding="utf-8")
VOID = {"meta", "input", "br", "rect"}


class Page(HTMLParser):
    """What a page is made of: its tags with attributes, and the text within some of them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.texts, self.raw = [], [], {}, {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note a tag and that it is open."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, len(self.tags) - 1))

    def handle_endtag(self, tag):
        """Close a tag; it must be the last that was opened."""
        if tag in VOID:
            return
        opened, _ = self.open.pop()
        assert opened == tag
        if tag in {"td", "th", "span"}:
            self.handle_data(" ")

    def handle_startendtag(self, tag, attrs):
        """Note a tag that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Add text to all tags that are open."""
        for _, number in self.open:
            self.texts[number] = self.texts.get(number, "") + data

    def text_of(self, cls):
        """Return the texts of the tags of a class."""
        return [
            self.texts.get(number, "")
            for number, (_, attributes) in enumerate(self.tags)
            if cls in (attributes.get("class") or "").split()
        ]


@pytest.fixture(scope="module", params=["sample", "hostile"])
def page(request):
    return Page(report_html.write(request.getfixturevalue(request.param)))


@pytest.fixture(scope="module")
def sample_page(sample):
    return Page(report_html.write(sample))


def test_tags_close_in_order(page):
    """Every tag that opens is closed, in order, hostile text or not."""
    assert page.open == []


def test_nothing_is_loaded_and_nothing_runs(page):
    """No address is fetched, no attribute holds script or style, one script and one style in all."""
    names = [tag for tag, _ in page.tags]
    assert names.count("script") == names.count("style") == 1
    assert not set(names) & {"img", "link", "iframe", "object", "embed", "base", "video", "audio"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name in {"style", "src"} for name in attributes)
    assert not re.search(r"url\(|@import", STYLE)


def test_policy_allows_its_own_style_and_script_only(page):
    """The policy names the hashes of the page's style and script, and nothing else."""
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv"))
    for kind in ("style", "script"):
        number = next(n for n, (tag, _) in enumerate(page.tags) if tag == kind)
        digest = hashlib.sha256(page.texts[number].encode()).digest()
        assert f"{kind}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_links_are_of_the_web_or_of_the_page(page):
    """Only http and https become links, without a referrer; the others lead to a place that is there."""
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.tags:
        target = attributes.get("href")
        if tag == "a" and target.startswith("#"):
            assert target[1:] in ids
        elif tag == "a":
            assert re.match(r"https?://", target)
            assert attributes["rel"] == "noopener noreferrer"


def test_no_sign_acts_unseen(hostile):
    """Control, bidirectional and tag signs are named, not written."""
    text = report_html.write(hostile)
    assert not foreign.SIGNS.search(text.replace("\r\n", "\n"))
    assert "U+202E" in text
    assert "U+001B" in text


def test_the_article_is_whole(sample, sample_page):
    """Every line of the article stands in the page, in order."""
    lines = [line for line in sample.documents[0].document.text.splitlines() if line.strip()]
    assert [text.strip() for text in sample_page.text_of("passage")] == lines


def test_findings_stand_in_place(sample, sample_page):
    """Each finding is marked in the text and has a card below its passage."""
    part = sample.documents[0]
    marked = [text.rstrip() for text in sample_page.text_of("mark")]
    assert marked == [part.document.slice(one.placeholder.span) for one in part.findings]
    assert len(sample_page.text_of("card")) == len(part.findings)


def test_says_what_is_known(sample_page):
    """Evidence side by side, contradictions, provenance by field, advice and sources are told."""
    text = " ".join(" ".join(sample_page.text_of("card")).split())
    assert "publisher 36Kr AutoBeta contradicts it quotes 36Kr" in text
    assert "Read at gdelt, 2026-11-22 12:00 UTC" in text
    assert "container-title AutoBeta gdelt" in text
    assert "Search 36kr.com for 小米 第二款车 2025." in text
    assert "--pin 3:19=10.1016/j.tra.2015.01.002" in text
    assert any("too many requests (429)" in one for one in sample_page.text_of("sources"))


def test_the_next_command_stands_beside_what_it_does(sample):
    """The first screen names the command that brings most, and says in words what it brings."""
    said = {"ask again", "look it up", "choose one", "take over what differs", "name it yourself"}
    html = report_html.write(sample)
    what = re.search(
        r'<div class="next"><span>Next: ([^<]+)</span>.*?refcheck fix', html, re.DOTALL
    )
    assert what
    assert what[1] in said


def test_what_is_described_otherwise_stands_side_by_side(sample, sample_page):
    """What a reference says and what the source says stand side by side, the slips marked."""
    page = report_html.write(sample)
    assert "<del>Son</del>" in page
    assert "<ins>Sun</ins>" in page
    assert "issued 2020 2021" in " ".join(" ".join(sample_page.text_of("compared")).split())


def test_a_retraction_is_told_with_its_notice(sample, sample_page):
    """A retracted work is said to be one, with the day and the address of the notice."""
    assert [" ".join(text.split()) for text in sample_page.text_of("withdrawn")] == [
        "It was retracted on 2010-02-06. Notice: https://doi.org/10.1016/s0140-6736(10)60175-4"
    ]


def test_sources_that_nobody_asked_are_named_in_a_line(sample_page):
    """The table has the sources that were asked; the others are named below it."""
    assert "wayback" not in " ".join(sample_page.text_of("sources"))
    assert "wayback" in " ".join(sample_page.text_of("unasked"))


def test_worst_stands_first(sample_page):
    """The list begins with what is withdrawn and ends with what is in order."""
    total = len(sample_page.text_of("card"))
    assert [chip.strip() for chip in sample_page.text_of("chip")[:total]] == [
        "retracted", "inconsistent", "unresolved", "unresolved", "ambiguous", "to correct",
        "suggested", "not asked", "resolved", "verified",
    ]  # fmt: skip


def test_of_several_documents_only_those_with_findings_are_shown(sample):
    """Of several documents one in which nothing is missing is named, its text left out."""
    part = sample.documents[0]
    sound = type(part)(type(part.document)("sound.md", "markdown", "Nothing here.\n"), ())
    page = Page(report_html.write(type(sample)((part, sound))))
    assert len(page.text_of("text")) == 1
    headings = [page.texts[n].strip() for n, (tag, _) in enumerate(page.tags) if tag == "h2"]
    assert {"drafts/xiaomi article.txt", "sound.md"} <= set(headings)


def test_the_worst_document_is_listed_first(sample):
    """The list begins with the document that leaves most to do; the texts keep their order."""
    part = sample.documents[0]
    good = replace(part, document=replace(part.document, name="a.md"), findings=part.findings[7:8])
    page = Page(report_html.write(replace(sample, documents=(good, part))))
    assert page.text_of("file") == ["drafts/xiaomi article.txt", "a.md"]
    headings = [page.texts[n].strip() for n, (tag, _) in enumerate(page.tags) if tag == "h2"]
    assert headings.index("a.md") < headings.index("drafts/xiaomi article.txt")


def test_overlapping_findings_keep_the_text(sample):
    """Where a finding lies within another, the text is still there once."""
    part = sample.documents[0]
    inner = part.findings[5]
    span = inner.placeholder.span
    outer = _at(inner, type(span)(span.start - 5, span.end + 7))
    both = type(part)(part.document, (outer, inner))
    page = Page(report_html.write(type(sample)((both,))))
    text = part.document.text
    assert page.text_of("mark") == [
        text[span.start - 5 : span.start],
        text[span.start : span.end],
        text[span.end : span.end + 7],
    ]


def test_finding_over_lines_is_marked_on_each(sample):
    """A finding that goes over lines is marked on each of them, its card below the last."""
    part = sample.documents[0]
    text = part.document.text
    start, end = text.index("- 36Kr"), text.index("(To be added)")
    finding = _at(part.findings[5], type(part.findings[5].placeholder.span)(start, end))
    page = Page(report_html.write(type(sample)((type(part)(part.document, (finding,)),))))
    assert "\n".join(page.text_of("mark")) == text[start:end]


def _at(finding, span):
    return replace(finding, placeholder=replace(finding.placeholder, span=span, extent=None))


def test_large_report_is_fast(large):
    """A document of 1 MB with 500 findings is written within 2 seconds."""
    began = time.perf_counter()
    text = report_html.write(large)
    assert time.perf_counter() - began < 2
    assert text.count('class="mark ') == 500


def _colours(text):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text))


def _luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LIGHT = _colours(STYLE[: STYLE.index("@media")])
DARK = LIGHT | _colours(STYLE[STYLE.index("@media") : STYLE.index("* {")])
STATES = ("open", "suggested", "resolved", "not_asked")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_has_contrast(theme):
    """Text has a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3) wherever it stands."""
    pairs = [(ink, on) for ink in ("text", "muted", "accent") for on in ("page", "surface")]
    pairs += [("text", "code")]
    pairs += [(state, on) for state in STATES for on in (f"{state}-soft", "page", "surface")]
    pairs += [("text", f"{state}-soft") for state in STATES]
    pairs += [("muted", "open-soft"), ("muted", "suggested-soft")]
    poor = {pair: _contrast(theme[pair[0]], theme[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_have_contrast(theme):
    """Bars, meters and borders of controls have a contrast of 3 to 1 (WCAG 2.2, 1.4.11)."""
    pairs = [(state, "page") for state in STATES] + [("level", "track"), ("muted", "surface")]
    assert all(_contrast(theme[one], theme[other]) >= 3 for one, other in pairs)
