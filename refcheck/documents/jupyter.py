r"""Jupyter notebooks: the text of Markdown cells; code, outputs and the JSON round them are left alone.

Offsets are those of the file's own text, so a line end within a cell reads ``\n`` and a quotation mark
``\"``; what an edit puts in is escaped in the same way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from refcheck.documents import inline
from refcheck.documents.form import Format
from refcheck.documents.layout import Layout, block, merged, read_text
from refcheck.documents.patching import patch_text
from refcheck.model import Block, Document, Edit

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]')
_HEAD = re.compile(r"(#{1,6})\s+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")


def scan(text: str) -> Layout:
    """Tell the lines of Markdown cells as blocks; all else is inert."""
    strings = [*_markdown_strings(text)]
    blocks: list[Block] = []
    for start, end in strings:
        inner, stop = start, end
        while text.startswith("\\n", stop - 2) and stop - 2 >= inner:
            stop -= 2
        body = text[inner:stop]
        if not body.strip():
            continue
        if heading := _HEAD.match(body):
            blocks.append(block("heading", inner, stop, inner + heading.end(), len(heading[1])))
        elif item := _ITEM.match(body):
            blocks.append(block("list_item", inner, stop, inner + item.end(), 1))
        else:
            blocks.append(block("paragraph", inner, stop, inner))
    gaps, at = [], 0
    for start, end in strings:
        gaps.append((at, start))
        at = end
    gaps.append((at, len(text)))
    inert = [*gaps, *inline.code_spans(text, blocks), *inline.math_spans(text)]
    links = tuple(
        link for link in inline.markdown_links(text)
        if any(b.span.contains(link.span) for b in _near(blocks, link.span.start))
    )  # fmt: skip
    return Layout(tuple(blocks), merged(inert), links)


def _near(blocks: Sequence[Block], offset: int) -> Sequence[Block]:
    from bisect import bisect_right

    at = bisect_right(blocks, offset, key=lambda b: b.span.start) - 1
    return blocks[at : at + 1] if at >= 0 else ()


def _markdown_strings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the source strings of Markdown cells stand, without their quotation marks."""
    stack: list[dict[str, object]] = []
    key: str | None = None
    expect = False
    for match in _TOKEN.finditer(text):
        sign = match[0][0]
        top = stack[-1] if stack else None
        if sign in "{[":
            stack.append({"kind": sign, "name": key if top is None or top["kind"] == "{" else top["name"], "type": "", "source": []})  # fmt: skip
            key, expect = None, False
        elif sign in "}]":
            if not stack:
                return
            done = stack.pop()
            if sign == "]" and stack and done["name"] == "source" and stack[-1]["kind"] == "{":
                stack[-1]["source"] = done["source"]
            if sign == "}" and done["type"] in {"markdown", "raw", "heading"}:
                yield from done["source"]  # type: ignore[misc]
            key, expect = None, False
        elif sign == ":":
            expect = True
        elif sign == ",":
            key, expect = None, False
        elif top is not None and top["kind"] == "{":
            inner = (match.start() + 1, match.end() - 1)
            if not expect:
                key = match[0][1:-1]
            elif key == "cell_type":
                top["type"] = match[0][1:-1]
            elif key == "source":
                top["source"] = [inner]
        elif top is not None and top["name"] == "source":
            top["source"].append((match.start() + 1, match.end() - 1))  # type: ignore[attr-defined]


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a notebook."""
    return read_text(files, name, "jupyter", scan)


def patch(document: Document, edits: Sequence[Edit]) -> Mapping[str, bytes]:
    """Write a notebook with edits, their text escaped as JSON strings are."""
    return patch_text(document, edits, lambda text, _: json.dumps(text, ensure_ascii=False)[1:-1])


FORMAT = Format(suffixes=(".ipynb",), read=read, patch=patch, title="Jupyter notebook")
