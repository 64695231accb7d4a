"""Blocks of markups that go by lines: headings, items and fences are told by patterns of the format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from refcheck.documents.layout import LINE, block
from refcheck.model import Block


@dataclass(frozen=True, slots=True)
class Marks:
    """How a markup marks its lines.

    ``heading`` has a group ``level`` whose length (or digit) is the level, and ``text``; ``item`` a group
    ``mark``; ``open`` begins a fenced part and ``close`` is the pattern, given its match, that ends it.
    ``skip`` are lines that are neither text nor code.
    """

    heading: re.Pattern[str]
    item: re.Pattern[str]
    open: re.Pattern[str] | None = None
    close: str = ""
    skip: re.Pattern[str] | None = None
    underline: re.Pattern[str] | None = None


def blocks(  # noqa: PLR0915  # one pass over the kinds of line, each told where it is met
    text: str, marks: Marks
) -> tuple[tuple[Block, ...], list[tuple[int, int]]]:
    """Return blocks and fenced code of a text, in order."""
    out: list[Block] = []
    inert: list[tuple[int, int]] = []
    current: tuple[str, int, int] | None = None
    fence: re.Pattern[str] | None = None
    fence_start = 0

    def close(end: int) -> None:
        nonlocal current
        if current is not None:
            kind, start, inner = current
            while end > inner and text[end - 1] in "\r\n":
                end -= 1
            out.append(block(kind, start, end, inner, 1 if kind == "list_item" else 0))
            current = None

    for line in LINE.finditer(text):
        start, end = line.span()
        body = line[0].rstrip("\r\n")
        if fence is not None:
            if fence.match(body):
                out.append(block("code", fence_start, end, fence_start))
                inert.append((fence_start, end))
                fence = None
            continue
        if not body.strip():
            close(start)
            continue
        opened = marks.open.match(body) if marks.open else None
        if opened:
            close(start)
            fence_start = start
            fence = re.compile(marks.close.replace("@", re.escape(opened[1])), re.IGNORECASE)
            continue
        heading = marks.heading.match(body)
        if heading:
            close(start)
            level = heading["level"]
            depth = int(level) if level.isdigit() else len(level)
            out.append(block("heading", start, start + heading.end("text"), start + heading.start("text"), max(1, min(depth, 6))))  # fmt: skip
            continue
        if marks.underline is not None and current is not None and current[0] == "paragraph" and marks.underline.match(body):  # fmt: skip
            _, began, inner = current
            if "\n" not in text[began:start].rstrip("\r\n"):
                current = None
                stop = began + len(text[began:start].rstrip("\r\n"))
                out.append(
                    block("heading", began, stop, inner, "=-~^\"'`#*+".find(body[0]) % 6 + 1)
                )
                continue
        if marks.skip is not None and marks.skip.match(body):
            close(start)
            out.append(block("other", start, end, start))
            continue
        item = marks.item.match(body)
        if item:
            close(start)
            current = ("list_item", start, start + item.end())
        elif current is None:
            current = ("paragraph", start, start + len(body) - len(body.lstrip()))
    if fence is not None:
        inert.append((fence_start, len(text)))
    close(len(text))
    return tuple(out), inert
