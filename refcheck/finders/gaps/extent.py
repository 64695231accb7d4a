"""What an edit replaces at a gap, and what belongs there."""

from __future__ import annotations

import re

from refcheck.finders.surroundings import Surroundings
from refcheck.model import Kind, Slot, Span
from refcheck.text import fold

_INSTRUCTION = re.compile(
    r"[ \t]*[(\[（](?:(?:[Nn]ote|NB|N\.B\.|[Hh]inweis|[Nn]ota|[Rr]emarque|注意?|[Oo]pmerking|[Uu]waga)\s*[:：])?[^()\[\]（）\r\n]{0,240}+[)\]）]"
)
_TO_REPLACE = re.compile(
    r"(?i)\b(?:replaced?|insert(?:ed)?|actual|placeholder|fill(?:ed)? in|update[d]?|ersetz\w+|remplac\w+|reemplaz\w+|substitu\w+|"
    r"sostitu\w+|vervang\w+)\b|替换|替換|实际|實際|差し替え|置き換え|교체"
)


def extent(around: Surroundings, start: int, end: int, kind: Kind) -> Span | None:
    """Return what goes with a gap when it is filled; None where that is the gap alone.

    An instruction to the writer that follows it; in a list of literature, the item that describes
    what is wanted.
    """
    text = around.document.text
    following = _INSTRUCTION.match(text, end, end + 300)
    found = None
    if following and _TO_REPLACE.search(following[0]):
        found = Span(start, following.end())
    block = around.block(start)
    if kind == "bibliography_placeholder" and block is not None and block.kind == "list_item" and start > block.content.start:  # fmt: skip
        before = fold(text[block.content.start : start])
        if around.lexicon(start, end).work.search(before) and not re.search(r"\d{4}|https?:|doi", before):  # fmt: skip
            return Span(block.content.start, block.content.end)
    return found


def slot(around: Surroundings, start: int, kind: Kind) -> Slot:
    """Tell what belongs in a gap."""
    if kind == "bibliography_placeholder":
        return "list"
    if kind == "other_placeholder":
        return "nothing"
    text = around.document.text
    block = around.block(start)
    listed = block is not None and block.kind == "list_item" and around.in_list(start)
    if kind in {"link_placeholder", "dummy_url"}:
        target = text[max(0, start - 2) : start] == "](" or (
            text[start - 1 : start] in {'"', "'"} and "href" in text[max(0, start - 8) : start]
        )
        markup = text.startswith(("\\", "<a"), start)
        return "reference" if listed and not target and not markup else "address"
    return "reference" if listed else "citation"
