"""Notes to oneself: comments of the format, and `TODO: cite …` in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.finders.gaps.boxes import is_telling
from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.spoken import is_quoted
from refcheck.finders.gaps.verdict import Hit, Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.model import Document
from refcheck.text import fold, positions

# --- comments ---------------------------------------------------------------------------------------

LONGEST = 600
"""Code points of a comment with two ends that may be a note; what is longer is text left out."""
_TO_LINE_END = {
    "latex": re.compile(r"(?<!\\)%+[ \t]*(?P<s>[^\r\n]{3,400})"),
    "bibtex": re.compile(r"(?m)^[ \t]*%+[ \t]*(?P<s>[^\r\n]{3,400})"),
    "typst": re.compile(r"(?<!:)//+[ \t]*(?P<s>[^\r\n]{3,400})"),
    "asciidoc": re.compile(r"(?m)^//+[ \t]*(?P<s>[^\r\n]{3,400})"),
    "rst": re.compile(r"(?m)^[ \t]*\.\.[ \t]+(?P<s>(?![\w:.-]+::|_|\[|\|)[^\r\n]{3,400})"),
    "org": re.compile(r"(?m)^[ \t]*#[ \t]+(?P<s>[^\r\n]{3,400})"),
}
_MARKED = re.compile(r"(?i)\W*(?:todo|fixme|xxx)\b")
_POINTS_ELSEWHERE = re.compile(r"https?://|\\(?:todo|cite)|^\\[A-Za-z]")
_COMMAND = re.compile(r"\\(?:usepackage|newcommand|begin|end|documentclass|input)\b[^%]*$")


def comments(around: Surroundings) -> Iterator[Hit]:
    """Yield comments that ask for a source: those with two ends whole, others from their first word."""
    text = around.document.text
    for start, end, content, closed in _comments(around.document):
        if around.document.format not in {"latex", "typst"} and around.is_inert(start, end):
            continue
        said = content.strip().strip("-")
        if re.match(r"\W*refcheck:", said) or "\n\n" in said:
            continue
        lex = around.lexicon(start, end)
        verdict = judge(said, "comment", lex)
        if verdict is None or _POINTS_ELSEWHERE.search(said):
            continue
        if closed or _MARKED.match(said):
            yield start, end, verdict
        elif verdict.kind != "other_placeholder":
            low, _ = around.line(start)
            lone = _COMMAND.search(text[low:start]) is not None and " " not in said
            short = len(said.split()) <= 8 and not lone
            yield start, end, Verdict(verdict.kind, "likely" if short else "maybe")


def _comments(document: Document) -> Iterator[tuple[int, int, str, bool]]:
    text = document.text
    for opening, closing in (("<!--", "-->"), ("{/*", "*/}")):
        start = text.find(opening)
        while start >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
            content = text[start + len(opening) : end]
            if len(content) <= LONGEST and is_telling(content):
                yield start, end + len(closing), content, True
            start = text.find(opening, end if len(content) <= LONGEST else start + 1)
    pattern = _TO_LINE_END.get(document.format)
    if pattern is not None:
        for match in pattern.finditer(text):
            content = match["s"].rstrip()
            if is_telling(content):
                start = match.start("s")
                yield start, start + len(content), content, False


# --- TODO and what follows --------------------------------------------------------------------------

_MARKS = ("TODO", "FIXME", "XXX", "TBD", "TK", "COMPL", "FAIRE", "HACER", "FAZER", "FARE", "PENDIENTE", "ERGÄNZEN")  # fmt: skip
_OPENING = (
    r"(?:@?(?:TODO|FIXME|XXX|TBD|ToDo)|@todo|[Tt]odo(?=\s*[:(-])|TK(?=\s+[a-z])|待办|TODO：)\b"
)
_ELSEWHERE = r"(?:À COMPLÉTER|A COMPLETER|À FAIRE|POR HACER|POR COMPLETAR|PENDIENTE|A FAZER|A COMPLETAR|DA FARE|DA COMPLETARE|NOCH ERGÄNZEN|ZU ERGÄNZEN)(?=\s*[:：])"
_WHOSE = r"(?:\([\w .-]{1,40}\)){0,2}"
_NOTE = re.compile(rf"(?<![\w\\{{@#.-])(?:{_OPENING}|{_ELSEWHERE}){_WHOSE}[ \t]*[:：,-]?[ \t]*")
_STOP = re.compile(r"[.!?](?=\s|$|[\"')\]}])|[。！？]|(?=\s*(?:-->|\*/|[\])}）】]|</))|(?=\r?\n)|$")
_SHOUTED_RUN = re.compile(r"(?:[A-ZÀ-Ý]{2,}[?!]*(?:[ \t]+|\b))+")
_OF_A_PROGRAM = re.compile(
    r"(?i)\b(?:references?|links?) to (?!the (?:paper|article|book|work|study|source))"
)
_ABOUT_SOURCES = re.compile(r"(?i)\bbib|\bdoi\b")


def notes(around: Surroundings) -> Iterator[Hit]:
    """Yield TODO and what follows, to the end of its sentence or line, where it is about a source."""
    text = around.document.text
    for match in _opened(around):
        start = match.start()
        if around.is_inert(start, start + 1):
            continue
        end = _end_of(text, match)
        content = text[match.end() : end].strip().strip("*_")
        if not content.strip(". ") and (inner := re.search(r"\(([\w ]{2,20})\)", match[0])):
            content, end = inner[1], match.end()  # in brackets: (cite)
            if fold(content) not in around.lexicon(start, end).bare:
                continue
        if not content or not is_telling(content) or is_quoted(text, start, end):
            continue
        if text[start - 1 : start] in {'"', "“", "`", "「"} and re.search(r"[\"”`」]", content):
            continue  # the note ends within quotation marks: it is spoken of
        verdict = judge(content, "note", around.lexicon(start, end))
        if around.document.format == "plain" and _OF_A_PROGRAM.search(content):
            continue
        if verdict is not None and _is_on_source(around, content, start):
            yield start, end, verdict


def _opened(around: Surroundings) -> Iterator[re.Match[str]]:
    """Yield the beginnings of notes, in order; looked for only where one of their marks stands."""
    text, done = around.document.text, 0
    marks = [mark for mark in _MARKS if mark.strip() in around.shouts]
    marks += [mark for mark in ("odo", "待办") if mark in text]
    for at in positions(text, marks):
        match = _NOTE.search(text, max(done, at - 16), at + 100) if at >= done else None
        if match is not None and match.start() <= at:
            done = match.end()
            yield match


def _end_of(text: str, match: re.Match[str]) -> int:
    """Return where a note ends: with its sentence, its line or its capitals."""
    at = match.end()
    inside = (
        re.search(r"\w[^\S\r\n]*$", text[max(0, match.start() - 6) : match.start()]) is not None
    )
    if inside and not match[0].rstrip().endswith((":", "：", ",", "-")):
        shouted = _SHOUTED_RUN.match(text, at)
        if shouted and re.match(r"[a-z]", text[shouted.end() : shouted.end() + 1]):
            return at + len(shouted[0].rstrip())
    stop = _STOP.search(text, at, at + 420)
    if stop is None:
        return min(len(text), at + 420)
    end = stop.end() if stop[0] else stop.start()
    opened = text.rfind("(", at, end)
    if opened >= 0 and ")" not in text[opened:end]:
        close = text.find(")", end, end + 120)
        end = close + 1 if close >= 0 else end
    return end


def _is_on_source(around: Surroundings, content: str, start: int) -> bool:
    lex, folded = around.lexicon(start, start), fold(content)
    return bool(
        lex.cite.search(folded) or lex.link.search(folded) or lex.list.search(folded)
        or _ABOUT_SOURCES.search(folded) or re.search(r"\b(?:papers?|articles?)\b", folded)
    )  # fmt: skip
