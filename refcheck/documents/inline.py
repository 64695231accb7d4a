"""What lies within lines of light markup: code, mathematics, links. Linear in the text's length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from refcheck.model import Block, Link, Span

_TICKS = re.compile(r"`+")
_MATH = re.compile(r"\$(?<![\\$\w]\$)(?=[^\s$])[^$\r\n]{0,400}?(?<![\s\\])\$(?![\w$])")
_DISPLAY = re.compile(r"\$\$")
_LABEL = (
    r"\[(?<![!\\]\[)(?:[^\[\]\\\r\n]|\\.|\[[^\[\]\r\n]{0,400}+\]|\r?\n(?![ \t]*\r?\n)){0,1000}+\]"
)
_INLINE = re.compile(
    rf"(?P<label>{_LABEL})\("
    r"(?P<target>(?:<[^<>\r\n]{0,2000}>|[^()\r\n<]{0,2000}+(?:\([^()\r\n]{0,400}\)[^()\r\n]{0,2000}+){0,3}+))\)"
)
_DEFINITION = re.compile(
    r"^ {0,3}(?P<label>\[[^\[\]\r\n^]{1,200}\]):[ \t]*(?P<target>[^\r\n]*?)[ \t]*$", re.MULTILINE
)
_ANCHOR = re.compile(
    r"<a\b(?P<head>[^<>]{0,2000})>(?P<label>(?:[^<]|<(?!/?a\b)){0,1000}+)</a\s*>", re.IGNORECASE
)
_HREF = re.compile(
    r"\bhref\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))", re.IGNORECASE
)
_TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))\s*$")


def code_spans(text: str, blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """Yield the code spans of each block: runs of backticks paired with the next run as long."""
    ticks = [match.span() for match in _TICKS.finditer(text)]
    first = 0
    for block in blocks if ticks else ():
        low, high = block.span.start, block.span.end
        while first < len(ticks) and ticks[first][1] <= low:
            first += 1
        if first == len(ticks):
            return
        if ticks[first][0] >= high or block.kind == "code":
            continue
        last = first
        while last < len(ticks) and ticks[last][0] < high:
            last += 1
        runs = [(max(start, low), min(end, high)) for start, end in ticks[first:last]]
        later: dict[int, int] = {}
        partner: list[int | None] = [None] * len(runs)
        for at in range(len(runs) - 1, -1, -1):
            length = runs[at][1] - runs[at][0]
            partner[at] = later.get(length)
            later[length] = at
        at = 0
        while at < len(runs):
            other = partner[at]
            if other is None or text[runs[at][0] - 1 : runs[at][0]] == "\\":
                at += 1
            else:
                yield runs[at][0], runs[other][1]
                at = other + 1


def math_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield mathematics between dollar signs, as Pandoc reads them."""
    if "$" not in text:
        return
    marks = [m.start() for m in _DISPLAY.finditer(text)]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        if end - start < 4000:
            yield start, end + 2
    for match in _MATH.finditer(text):
        yield match.span()


def markdown_links(text: str) -> tuple[Link, ...]:
    """Return inline links, definitions of link addresses and HTML anchors, in order."""
    found = []
    if "](" in text:
        for match in _INLINE.finditer(text):
            start, end = match.span("target")
            title = _TITLE.search(match["target"])
            if title:
                end = start + title.start()
            found.append(_link(match.span(), match.span("label"), (start, end)))
    if "]:" in text:
        found.extend(
            _link(match.span(), match.span("label"), match.span("target"))
            for match in _DEFINITION.finditer(text)
        )
    found.extend(anchors(text))
    return tuple(sorted(found, key=lambda link: link.span))


def anchors(text: str) -> Iterator[Link]:
    """Yield HTML anchors that have a target, be it an empty one."""
    if "<a" not in text and "<A" not in text:
        return
    for match in _ANCHOR.finditer(text):
        href = _HREF.search(match["head"])
        if href:
            base = match.start("head")
            group = next(g for g in "abc" if href[g] is not None)
            start, end = href.span(group)
            yield _link(match.span(), match.span("label"), (base + start, base + end))
        elif not match["head"].strip():
            yield _link(match.span(), match.span("label"), (match.end("head"), match.end("head")))


def _link(span: tuple[int, int], label: tuple[int, int], target: tuple[int, int]) -> Link:
    return Link(Span(*span), Span(*label), Span(*target))
