"""Blanks and empty footnotes: `____`, `(XXX)`, `[^1]: TODO`, `[^cite]`, `<ref></ref>`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck import outlets
from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.verdict import About, Hit, Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.text import fold, is_cjk

CERTAIN = Verdict("citation_marker", "certain")
_MARK = re.compile(r"(?i)\W*(?:todo|tbd|tba|xxx+|\?+|fixme|tk|insert|add|fill in)?\W*")

# --- footnotes --------------------------------------------------------------------------------------

_NOTE = re.compile(r"^\[\^[^\[\]\r\n]{1,80}\]:[ \t]*(?P<s>[^\r\n]{1,120}?)[ \t]*$", re.MULTILINE)
_SIGN = re.compile(r"\[\^(?P<s>(?i:todo|cite|ref|tbd|citation|citation-needed|source|xxx+|\?+))\](?!:)")  # fmt: skip
_FILLED = re.compile(r"\s*\{\{[^{}|]{3,40}\|[^{}]*=")
"""A template with parameters: a reference, whatever words its name has."""
_REF = re.compile(r"<ref\b[^<>/]{0,200}>(?P<s>[^<>]{0,80})</ref>", re.IGNORECASE)


def footnotes(around: Surroundings) -> Iterator[Hit]:
    """Yield footnotes that hold a marker and nothing else; an empty ``<ref>``."""
    text = around.document.text
    if "[^" in text and around.document.format == "markdown":
        yield from _markdown(around)
    if "<ref" in text and around.document.format != "html":
        for match in _REF.finditer(text):
            start, end = match.span()
            wiki = around.document.format == "wikitext"
            if _FILLED.match(match["s"]) or (around.is_inert(start, start + 1) and not wiki):
                continue
            verdict = judge(match["s"], "bracket", around.lexicon(start, end))
            if _MARK.fullmatch(match["s"]) or (verdict and verdict.kind != "other_placeholder"):
                yield start, end, CERTAIN


def _citing() -> About:
    return "cite"


def _markdown(around: Surroundings) -> Iterator[Hit]:
    text = around.document.text
    for match in _NOTE.finditer(text):
        start, end = match.span("s")
        if around.is_inert(start, end):
            continue
        if _MARK.fullmatch(match["s"]):
            yield start, end, CERTAIN
        elif len(match["s"].split()) <= 8 and not re.search(r"[\[\](]", match["s"]):
            verdict = judge(match["s"], "bracket", around.lexicon(start, end), _citing)
            if verdict is not None and verdict.kind != "other_placeholder":
                yield start, end, verdict
    for match in _SIGN.finditer(text):
        if f"{match[0]}:" not in text and not around.is_inert(*match.span()):
            yield match.start(), match.end(), CERTAIN


# --- blanks -----------------------------------------------------------------------------------------

_BLANK = re.compile(r"(?<![\w_\\*\[])_{4,40}(?![\w_*\]])")
_MASK_BOX = re.compile(
    r"[\[(（【](?P<m>X{2,5}|TK|TKTK|TODO|TBD|TBA|_{3,20}|待补充?)[\])）】](?![(:])"
)
_BOXED_MASKS = ("XX", "TK", "TODO", "TBD", "TBA")
_AFTER_NAMES = re.compile(r"\bet al\.?,?\s*$|\b[A-Z][a-z]+ (?:and|&) [A-Z][a-z]+\s*$")
_SEE_MASK = re.compile(
    r"(?:参考|参见|详见|請見|(?<![A-Za-z])(?:[Ss]ee|cf\.|[Ss]iehe|[Vv]oir) )(?P<m>X{3,4})(?!\w)"
)
_CROSS = re.compile(r"(?<=[\w.,;)*»”] )\[x\](?=[ .,;)])")
_SAYS = re.compile(
    r"(?i)\b(?:reported|reports|wrote|writes|published|according to|said|says|announced|covered|cited|see|read|source|quoted|revealed|"
    r"found that|showed|berichte\w*|laut|schrieb|meldete|siehe|selon|a rapporté|voir|según|publicó|informó|véase|segundo|secondo|volgens|"
    r"podle|enligt|według|согласно|сообщ\w+|написал\w*)\b|据|報導|报道|報道|によると|따르면"
)


def blanks(around: Surroundings) -> Iterator[Hit]:
    """Yield blanks, and masks in a box, in a sentence that tells who said or wrote something."""
    text = around.document.text
    if "____" in text:
        for match in _BLANK.finditer(text):
            if (verdict := _blank(around, *match.span())) is not None:
                yield match.start(), match.end(), verdict
    for match in _SEE_MASK.finditer(text) if "XXX" in around.shouts else ():
        if not around.is_inert(*match.span("m")):
            yield match.start("m"), match.end("m"), Verdict("link_placeholder", "likely")
    yield from _crosses(around)
    masked = "___" in text or "待补" in text or any(mark in around.shouts for mark in _BOXED_MASKS)
    for match in _MASK_BOX.finditer(text) if masked else ():
        start, end = match.span()
        if around.is_inert(start, end):
            continue
        low, _ = around.sentence(start, end)
        before = text[low:start]
        told = match["m"][0] in "XT" and match["m"] != "TODO" and _SAYS.search(before)
        if _AFTER_NAMES.search(before[-40:]):
            yield start, end, Verdict("citation_marker", "likely")
        elif told or _names_source(around, before[-60:], start):
            yield start, end, Verdict("citation_marker" if told else "link_placeholder", "likely")


def _crosses(around: Surroundings) -> Iterator[Hit]:
    """Yield `[x]` in sentences, where several stand in a document that has no list of tasks."""
    text = around.document.text
    found = list(_CROSS.finditer(text)) if "[x]" in text and "[ ]" not in text else []
    if len(found) < 2:
        return
    lists = re.search(r"(?m)^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[[xX]\]", text)
    for match in () if lists else found:
        if not around.is_inert(*match.span()):
            yield match.start(), match.end(), Verdict("citation_marker", "likely")


def _names_source(around: Surroundings, before: str, start: int) -> bool:
    """Tell whether a kind of work, or an outlet and a kind of work, stands right before a box."""
    lex, tail = around.lexicon(start, start), fold(before).rstrip(" \"'”’*_")
    ends = [match.end() for match in lex.work.finditer(tail)]
    return bool(ends) and max(ends) >= len(tail) - 1 and len(tail.split()) >= 3


def _blank(around: Surroundings, start: int, end: int) -> Verdict | None:
    text = around.document.text
    low, high = around.sentence(start, end)
    before = text[low:start]
    if not before.strip() or around.is_inert(start, end) or "___" in before + text[end:high]:
        return None
    lex = around.lexicon(start, end)
    tail = fold(before[-120:])
    named = lex.link.search(tail) or lex.cite.search(tail) or lex.work.search(tail)
    if len(before.split()) < 3 and not is_cjk(before):
        return (
            Verdict("link_placeholder", "likely")
            if named and re.search(r"[:,(（：]\s*$", before)
            else None
        )
    told = (
        _SAYS.search(before + " " + text[end:high])
        or named
        or outlets.mentioned(before + text[end:high])
    )
    return Verdict("link_placeholder", "likely") if told else None
