"""Lines of light markup to blocks: headings, paragraphs, list items, table rows, code.

One pass; a line is looked at once. Used for Markdown and for plain text with Markdown habits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from refcheck.documents.layout import LINE, block
from refcheck.model import Block

_KIND = re.compile(
    r"(?P<indent>[ \t]*+)(?:(?P<blank>\r?\n?$)|(?P<fence>`{3,}+|~{3,}+)|(?P<head>\#{1,6})(?=[ \t\r\n])"
    r"|(?P<item>(?:[-*+•·‣]|\(?\d{1,9}[.)]|\[\d{1,4}\](?!\())[ \t]+(?:\[[ xX]\][ \t]+)?)|(?P<quote>(?:>[ \t]?)++)|(?P<table>\|)|(?P<rule>(?:[-=_*][ \t]*){3,}+$))?"
)
_BIBLIOGRAPHY_FENCE = re.compile(r"bib|latex|tex|citation", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?i)\b(?:please cite|cite (?:as|us|this|the|our|it)|to cite|citation|citing|zitier\w+|citer|citar)\b[^`]{0,120}$"
)
WRAP = 120
"""Lines longer than this are whole paragraphs: no editor wraps later."""


@dataclass
class _Scan:
    text: str
    plain: bool
    blocks: list[Block] = field(default_factory=list)
    inert: list[tuple[int, int]] = field(default_factory=list)
    open: tuple[str, int, int, int] | None = None  # kind, start, content start, level

    def close(self, end: int) -> None:
        if self.open is not None:
            kind, start, inner, level = self.open
            while end > inner and self.text[end - 1] in "\r\n":
                end -= 1
            self.blocks.append(block(kind, start, end, inner, level))
            self.open = None


def blocks(  # noqa: PLR0915  # one pass over the kinds of line, each told where it is met
    text: str, *, plain: bool = False
) -> tuple[tuple[Block, ...], list[tuple[int, int]]]:
    """Return the blocks of a text and its spans of code, both in order.

    ``plain`` reads text without markup: no indented code, and a short line that ends in a colon,
    or stands alone above long ones, is a heading.
    """
    scan = _Scan(text, plain)
    fence = ""
    fence_start = fence_inner = 0
    keep = False
    after_blank, last_kind = True, ""
    unwrapped = plain and _is_unwrapped(text)
    at = _front_matter(scan) if not plain else 0
    for start, end, line in _lines(text, at):
        if fence and not line.lstrip(" \t").startswith(fence):
            continue
        name, indent, inner = _kind(text, start, end, line)
        if fence:
            if name == "fence" and not text[inner:end].strip():
                scan.blocks.append(block("code", fence_start, end, fence_inner))
                if not keep:
                    scan.inert.append((fence_start, end))
                fence = ""
            continue
        if name == "blank":
            if scan.open is not None and scan.open[0] != "list_item":
                scan.close(start)
            after_blank = True
            continue
        if name == "fence":
            scan.close(start)
            fence, fence_start, fence_inner = text[start + indent : inner], start, end
            keep = _holds_reference(text, start, text[inner:end].strip())
            after_blank, last_kind = False, "code"
            continue
        if name == "head":
            scan.close(start)
            _heading(scan, inner - start - indent, start, end)
            after_blank, last_kind = True, "heading"
            continue
        if name == "rule":
            _underline(scan, text[start:end].strip(), start)
            after_blank, last_kind = True, "rule"
            continue
        if not plain and indent >= 4 and (after_blank or last_kind == "indented") and last_kind not in {"list_item", "cut"}:  # fmt: skip
            scan.close(start)
            scan.blocks.append(block("code", start, end, start + indent))
            if not (last_kind == "indented" and keep):
                keep = _holds_reference(text, start, "")
            if not keep:
                scan.inert.append((start, end))
            after_blank, last_kind = False, "indented"
            continue
        if name == "item":
            scan.close(start)
            scan.open = ("list_item", start, inner, 1 + indent // 2)
            last_kind = "list_item"
        elif name == "table":
            scan.close(start)
            scan.open = ("table_row", start, start + indent, 0)
            scan.close(end)
            last_kind = "table_row"
        elif scan.open is None or (after_blank and indent < 2) or end - start > WRAP or unwrapped:
            goes_on = scan.open is not None and scan.open[0] == "list_item" and not after_blank
            if not (goes_on and indent > 0):
                scan.close(start)
                begin = inner if name == "quote" else start + indent
                scan.open = ("paragraph", start, begin, 0)
                last_kind = "paragraph" if last_kind != "list_item" or indent < 2 else "list_item"
        elif plain and _is_long(scan, text, start):
            scan.close(start)
            scan.open = ("paragraph", start, start + indent, 0)
            last_kind = "paragraph"
        after_blank = False
    if fence:
        scan.blocks.append(block("code", fence_start, len(text), fence_inner))
        scan.inert.append((fence_start, len(text)))
    scan.close(len(text))
    found = tuple(scan.blocks)
    return (_with_headings(text, found) if plain else found), scan.inert


def _lines(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """Yield the lines of a text from a place on: start, end with its end sign, and what it says."""
    if "\r" in text:
        for match in LINE.finditer(text, at):
            yield match.start(), match.end(), match[0].rstrip("\r\n")
        return
    said = text[at:].split("\n")
    last = said.pop()
    for line in said:
        end = at + len(line) + 1
        yield at, end, line
        at = end
    if last:
        yield at, len(text), last


def _kind(text: str, start: int, end: int, line: str) -> tuple[str, int, int]:
    """Return what a line is, how far it is indented, and where its mark ends."""
    if not line:
        return "blank", 0, start
    if line[0].isalpha():
        return "", 0, start
    match = _KIND.match(text, start, end)
    assert match is not None  # noqa: S101  # every part of it may be empty
    name = match.lastgroup or ""
    return "" if name == "indent" else name, match.end("indent") - start, match.end()


def _is_unwrapped(text: str) -> bool:
    """Tell whether most of a text stands in lines that are whole paragraphs."""
    sample = text[:20_000]
    lines = sample.splitlines()
    return sum(len(line) for line in lines if len(line) > WRAP) * 2 > len(sample)


def _holds_reference(text: str, start: int, language: str) -> bool:
    """Tell whether a code block says how to cite: it is BibTeX, or text after a request to cite."""
    if _BIBLIOGRAPHY_FENCE.match(language):
        return True
    if language and language.lower() not in {"text", "txt", "plain", "none", "{.text}"}:
        return False
    return bool(_REQUEST.search(text[max(0, start - 160) : start]))


def _front_matter(scan: _Scan) -> int:
    match = re.match(r"---[ \t]*(?:\r\n?|\n)", scan.text)
    if not match:
        return 0
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.MULTILINE).search(
        scan.text, match.end(), match.end() + 20_000
    )
    if not end:
        return 0
    scan.blocks.append(block("other", 0, end.end(), match.end()))
    return end.end()


def _heading(scan: _Scan, level: int, start: int, end: int) -> None:
    text = scan.text
    inner = start
    while text[inner] != "#":
        inner += 1
    inner += level
    while inner < end and text[inner] in " \t":
        inner += 1
    stop = end
    while stop > inner and text[stop - 1] in " \t\r\n#":
        stop -= 1
    scan.blocks.append(block("heading", start, stop, inner, level))


def _underline(scan: _Scan, mark: str, start: int) -> None:
    """A line of === or --- makes the one line above it a heading; else it is a rule."""
    opened = scan.open
    scan.close(start)
    if opened is not None and opened[0] == "paragraph" and mark[0] in "=-" and scan.blocks:
        above = scan.blocks[-1]
        if "\n" not in scan.text[above.span.start : above.span.end]:
            level = 1 if mark[0] == "=" else 2
            span = above.span
            scan.blocks[-1] = block("heading", span.start, span.end, above.content.start, level)


def _is_long(scan: _Scan, text: str, start: int) -> bool:
    """Tell whether the paragraph that is open is one long line, so that the next is another."""
    if scan.open is None:
        return False
    first = scan.open[1]
    return start - first > WRAP or _ends_heading(text[first:start])


def _ends_heading(line: str) -> bool:
    line = line.strip()
    return 0 < len(line) <= 80 and line[-1] in ":：" and line.count(" ") <= 8


def _with_headings(text: str, found: tuple[Block, ...]) -> tuple[Block, ...]:
    """Take short paragraphs of one line for the headings they look like."""
    out = []
    for number, one in enumerate(found):
        line = text[one.span.start : one.span.end].strip()
        following = found[number + 1] if number + 1 < len(found) else None
        short = one.kind == "paragraph" and 0 < len(line) <= 100 and "\n" not in line
        stands_above = (
            following is not None
            and following.span.end - following.span.start > max(len(line), 60)
            and line[-1:] not in ".,;!?。，；！？…)]}>{"
            and line[:1].isalnum()
            and not re.search(r"[=;{}<>]|https?:", line)
        )
        if short and (_ends_heading(line) or number == 0 or stands_above):
            level = 1 if number == 0 else 2
            inner = text[one.span.start : one.span.end].rstrip(" \t\r\n:：")
            end = one.span.start + max(len(inner), one.content.start - one.span.start)
            out.append(block("heading", one.span.start, one.span.end, one.content.start, level))
            if end < one.span.end:
                last = out[-1]
                out[-1] = Block(
                    "heading",
                    last.span,
                    type(last.span)(last.content.start, max(end, last.content.start)),
                    level,
                )
        else:
            out.append(one)
    return tuple(out)
