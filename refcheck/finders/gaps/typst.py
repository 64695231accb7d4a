"""Typst calls that are gaps: `#todo[cite …]`, `#citationneeded[]`, `#cite(<TODO>)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.keys import is_empty, is_unfinished
from refcheck.finders.gaps.verdict import Hit, Verdict
from refcheck.finders.surroundings import Surroundings

CERTAIN = Verdict("citation_marker", "certain")
_CALL = re.compile(
    r"#(?P<name>[A-Za-z][\w-]*)(?:\((?P<p>[^()]{0,300})\))?(?:\[(?P<b>(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,400}+)\])?"
)
_DEFINE = re.compile(r"#let[ \t]+(?P<macro>[A-Za-z][\w-]*)(?:\([^()]{0,80}\))?[ \t]*=[ \t]*(?P<body>[^\r\n]{0,300})")  # fmt: skip
_MARKER = re.compile(r"(?i)(?:needs?cit\w*|cit\w*needed|needs?ref\w*|missingcit\w*|missingref|addcit\w*|addref|citeme|unsourced|todocite|citetodo)$")  # fmt: skip
_TASK = re.compile(r"(?i)todo|issue|fixme")
_REMARK = re.compile(r"(?i)note|comment|inline-note|margin-note|highlight")


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield calls that are gaps; functions that print a marker are learnt from their definition."""
    text = around.document.text
    if around.document.format not in {"typst", "plain"} or "#" not in text:
        return
    own, defined = _learnt(around)
    for match in _CALL.finditer(text):
        start, end = match.span()
        if any(low <= start < high for low, high in defined) or around.is_inert(start, end):
            continue
        verdict = _judged(around, match, own)
        if verdict is not None:
            yield start, end, verdict


def _judged(around: Surroundings, match: re.Match[str], own: frozenset[str]) -> Verdict | None:
    name = match["name"]
    called = match["b"] is not None or match["p"] is not None
    if name in own or (called and _MARKER.match(name.replace("-", ""))):
        return CERTAIN
    lex = around.lexicon(*match.span())
    if name == "cite" and match["p"] is not None:
        key = match["p"].strip(" <>\"'").removeprefix("label(")
        return CERTAIN if is_empty(key, lex) or is_unfinished(key) else None
    body = match["b"] or match["p"]
    if body and (_TASK.match(name) or _REMARK.match(name)):
        return judge(body, "note" if _TASK.match(name) else "paren", lex)
    return None


def _learnt(around: Surroundings) -> tuple[frozenset[str], list[tuple[int, int]]]:
    own, places = set(), []
    for match in _DEFINE.finditer(around.document.text):
        places.append(match.span())
        inner = re.search(r"\[([^\[\]]{2,80})\]", match["body"])
        verdict = judge(inner[1], "bracket", around.lexicon(*match.span())) if inner else None
        if verdict and verdict.kind == "citation_marker":
            own.add(match["macro"])
    return frozenset(own), places
