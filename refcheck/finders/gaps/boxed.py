"""Gaps in boxes: `[citation needed]`, `(link to be added)`, `<URL>`, `{add reference}`, `（待补充）`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from refcheck import outlets
from refcheck.finders.gaps import boxes, details, spoken
from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.verdict import About, Hit, Verdict
from refcheck.finders.surroundings import Surroundings, is_list_heading
from refcheck.text import fold


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield the boxes of a document that are gaps."""
    text = around.document.text
    for scan in (boxes.brackets(text), boxes.parentheses(text), boxes.angles(text), boxes.braces(around.document)):  # fmt: skip
        for box in scan:
            verdict = _judged(around, box)
            if verdict is None or verdict.kind == "other_placeholder":
                start = details.asked(around, box)
                if start is not None and not around.is_inert(box.start, box.end):
                    yield start, box.end, details.MISSING
                    continue
            if verdict is not None:
                yield box.start, box.end, verdict


def _judged(around: Surroundings, box: boxes.Box) -> Verdict | None:
    start, end = box.start, box.end
    if around.is_inert(start, end) or around.in_link(start, end) or _is_markup(around, box):
        return None
    content = around.without_code(start, end, box.content)
    verdict = judge(
        content, box.container, around.lexicon(start, end), partial(about, around, start, end)
    )
    if verdict is None or spoken.is_spoken_of(around, start, end):
        return None
    if box.container == "paren" and " " not in content:
        if spoken.is_short_form(around, start, content):
            return None
        if spoken.is_gloss(around, start, content):
            return Verdict(verdict.kind, "maybe")
    text = around.document.text
    if verdict == Verdict("link_placeholder", "maybe") and box.container == "bracket":
        low, _ = around.line(start)
        if _ends_item(around, end) and re.search(r"(?:^|[-*+•:：])[ \t]*$", text[low:start]):
            return Verdict("link_placeholder", "likely")  # all that an item or a label has
    if verdict.certainty == "maybe" and _BY.search(text[max(0, start - 24) : start]):
        return Verdict(verdict.kind, "likely")  # according to (source)
    if box.container == "bracket" and text[start - 1 : start] == "]" and text[start] == "[":
        return Verdict("link_placeholder", "likely")  # the address of a link: [the report][TODO]
    return verdict


_OPTION_BEFORE = re.compile(r"(?:\\[A-Za-z@]+\*?[ \t]*|[\]}])$")
_OPTION_APART = re.compile(
    r"\\(?:section|caption|item|includegraphics|usepackage|documentclass)\s*$"
)
_MARKER_OPTION = re.compile(r"(?i)cite\W*|(?:citation|ref|source)\b.*(?:\?|needed)|\?+")


def _is_markup(around: Surroundings, box: boxes.Box) -> bool:
    """Tell whether a bracket is a command's option, or the label of a link given elsewhere."""
    if box.container != "bracket":
        return False
    if around.document.format == "latex" and not _MARKER_OPTION.fullmatch(box.content):
        before = around.document.text[max(0, box.start - 40) : box.start]
        if _OPTION_APART.search(before):
            return True
        if _OPTION_BEFORE.search(before) and before[-1:] not in {" ", "\n"}:
            return True
    return fold(box.content) in around.defined


_BY = re.compile(
    r"(?i)\b(?:according to|as reported by|laut|selon|según|segundo|secondo|volgens|согласно|据)\s*$"
)
_LABEL_END = re.compile(r"[:：]\s*$")


def about(around: Surroundings, start: int, end: int) -> About:
    """Tell what the label, the item or the heading before a place speaks of."""
    text = around.document.text
    low, _ = around.line(start)
    lex = around.lexicon(start, end)
    block = around.block(start)
    section = around.section(start)
    if block is not None and block.kind == "heading":
        before = text[block.content.start : start]
        return "list" if is_list_heading(before) else ""
    label = fold(re.sub(r"[*_`]", "", text[low:start][-90:]))
    if _LABEL_END.search(label) or section == "list":
        tail = label.rstrip(" :：")[-45:]
        if lex.link.search(tail) and not lex.other.search(tail) and not lex.own.search(tail):
            return "link"
        if _LABEL_END.search(label):
            if lex.list.search(tail):
                return "list"
            if lex.cite.search(tail):
                return "cite"
    if section:
        return section
    if _names_source(around, text[max(low, start - 90) : start], start):
        return "link"
    if block is None or block.kind not in {"list_item", "table_row", "paragraph"}:
        return ""
    ends_item = block.kind == "list_item" and _ends_item(around, end)
    return "work" if lex.work.search(label) and (ends_item or lex.list.search(label)) else ""


def _names_source(around: Surroundings, before: str, start: int) -> bool:
    """Tell whether the words right before a place name a kind of work or who published it."""
    lex, tail = around.lexicon(start, start), fold(before).rstrip(" \"'”’*_»》.,:：")
    found = list(lex.work.finditer(tail))
    if found and found[-1].end() >= len(tail) - 1:
        return True
    return bool(outlets.mentioned(before[-50:])) and not lex.own.search(tail[-30:])


def _ends_item(around: Surroundings, end: int) -> bool:
    _, high = around.line(end)
    return not around.document.text[end:high].strip(" .\t")
