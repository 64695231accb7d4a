"""Where gaps can stand: brackets, parentheses, comments, commands, templates, link targets.

Each pattern is linear: what it may span is bounded, and it never tries the same text twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from refcheck.finders.judge import Container
from refcheck.finders.words import LANGUAGES, table
from refcheck.model import Document
from refcheck.text import fold


@dataclass(frozen=True, slots=True)
class Place:
    """A container: what it is, all of it, and what stands in it."""

    container: Container
    start: int
    end: int
    content: str


_NO_GAP = r"(?![ \t]*\r?\n)"
_BRACKET = re.compile(
    rf"\\?\[(?P<s>(?:[^\[\]\r\n\\]|\\[^\]\r\n]|\r?\n{_NO_GAP}){{1,420}}+)\\?\]|［(?P<w>[^［］\r\n]{{1,200}}+)］|【(?P<c>[^【】\r\n]{{1,200}}+)】|〔(?P<k>[^〔〕\r\n]{{1,200}}+)〕"
)
_PAREN = re.compile(
    rf"\((?P<s>(?:[^()\r\n]|\r?\n{_NO_GAP}|\([^()\r\n]{{0,120}}\)){{1,420}}+)\)|（(?P<w>[^（）()\r\n]{{1,420}}+)[）)]"
)
_EMPTY_LABEL = re.compile(r"(?i)todo|tbd|fixme|xxx+|links?|urls?|\?+|tk")
_FLAT = re.compile(r"\(([^()\r\n]{1,120})\)")
_ANGLE = re.compile(r"<(?P<s>[A-Za-z][A-Za-z0-9 _?!:.,'-]{2,80}+)>|＜(?P<w>[^＜＞\r\n]{1,80}+)＞")
_BRACE = re.compile(r"\{(?P<s>[A-Za-z][A-Za-z ?!:_-]{3,60}+)\}(?!\})")
_HTML_COMMENT = re.compile(r"<!--(?P<s>(?:(?!-->).){0,600}+)-->|\{/\*(?P<w>(?:(?!\*/\}).){0,600}+)\*/\}", re.DOTALL)  # fmt: skip


def _stems() -> re.Pattern[str]:
    """One pattern for the beginnings of all words: what has none of them is no gap."""
    stems = set()
    for language in LANGUAGES:
        words = table(language)
        for role in ("cite", "link", "list", "work", "promise", "bare"):
            for word in words[role]:
                short = word.rstrip("*").split(" ")[0]
                stems.add(short[:4] if short.isascii() else short[:2])
    kept = {s for s in stems if not any(o != s and s.startswith(o) for o in stems)}
    return re.compile(_trie(kept | {"?", "？", "xx", "__", "..."}))


def _trie(words: Iterable[str]) -> str:
    """Write words as one expression in which no beginning is tried twice."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words):
        if not word:
            return ""
        by_first.setdefault(word[0], []).append(word[1:])
    branches = [re.escape(first) + _trie(rest) for first, rest in by_first.items()]
    if all(rest == [""] for rest in by_first.values()) and len(by_first) > 1:
        return "[" + "".join(re.escape(first) for first in by_first) + "]"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


_STEM = _stems()


def is_telling(content: str) -> bool:
    """Tell cheaply whether a container can be a gap at all."""
    lower = content.lower() if content.isascii() else fold(content)
    return _STEM.search(lower) is not None


def brackets(text: str) -> Iterator[Place]:
    """Yield square brackets, full-width ones too, that are no link, image, footnote or number."""
    for match in _BRACKET.finditer(text):
        start, end = match.span()
        content = match["s"] or match["w"] or match["c"] or match["k"]
        first = content[0]
        if first in "^@!#" and (first != "@" or not content.lower().startswith("@todo")):
            continue
        if len(content) < 2 and first not in "?？":
            continue
        follows, before = text[end : end + 1], text[start - 1 : start] if start else ""
        doubled = before == "[" and follows == "]" and content.isupper()
        if text[start] == "[" and not doubled and ((follows in {"(", "["} and follows) or before in {"!", "["} or follows == "]"):  # fmt: skip
            continue
        if before == "]" and text[start] == "[" and not _EMPTY_LABEL.fullmatch(content):
            continue  # the label of a reference link
        if before and ((before.isalnum() and before.isascii()) or before in "_$'\"`") and follows in {"=", ".", ";", ",", ")", "]"} and (not content.isupper() or " " not in content) and not is_telling(content):  # fmt: skip
            continue
        if (
            before
            and ((before.isascii() and before.isalpha()) or before == "_")
            and re.fullmatch(r"[a-z]{1,5}|x+", content)
            and before != "]"
        ):
            continue
        if (follows == ":" and (start == 0 or text[start - 1] in "\r\n")) or not is_telling(
            content
        ):
            continue
        yield Place("bracket", start, end, content)


def parentheses(text: str) -> Iterator[Place]:
    """Yield parentheses, full-width ones too, that are not the target of a link."""
    for match in _PAREN.finditer(text):
        content = match["s"] or match["w"]
        start = match.start()
        if "(" in content:
            for inner in _FLAT.finditer(text, start + 1, match.end() - 1):
                before = text[inner.start() - 1]
                if is_telling(inner[1]) and not (before.isalnum() or before in "_]"):
                    yield Place("paren", inner.start(), inner.end(), inner[1])
        if text[start - 1 : start] == "]" and start and text[start] == "(":
            continue
        before = text[start - 1 : start] if start else ""
        if before and before.isascii() and (before.isalnum() or before in "_>.$") and text[start] == "(" and not content.isupper():  # fmt: skip
            continue  # a call: cite(x)
        if is_telling(content):
            yield Place("paren", start, match.end(), content)


def angles(text: str) -> Iterator[Place]:
    """Yield angle brackets that are no tag and no address."""
    if "<" not in text and "＜" not in text:
        return
    for match in _ANGLE.finditer(text):
        content = match["s"] or match["w"]
        if is_telling(content):
            yield Place("angle", match.start(), match.end(), content)


def braces(document: Document) -> Iterator[Place]:
    """Yield single braces with words in them, where braces are not the format's own."""
    if document.format in {"latex", "bibtex", "typst", "jupyter", "rst"}:
        return
    text = document.text
    for match in _BRACE.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before and (before.isalnum() or before in "\\_{}]$@#"):
            continue
        if is_telling(match["s"]) and " " in match["s"]:
            yield Place("brace", match.start(), match.end(), match["s"])


_LINE_COMMENT = {
    "latex": re.compile(r"(?<!\\)%+[ \t]*(?P<s>[^\r\n]{3,400})"),
    "bibtex": re.compile(r"(?m)^[ \t]*%+[ \t]*(?P<s>[^\r\n]{3,400})"),
    "typst": re.compile(r"(?<!:)//+[ \t]*(?P<s>[^\r\n]{3,400})"),
    "asciidoc": re.compile(r"(?m)^//+[ \t]*(?P<s>[^\r\n]{3,400})"),
    "rst": re.compile(r"(?m)^[ \t]*\.\.[ \t]+(?P<s>(?![\w:.-]+::|_|\[|\|)[^\r\n]{3,400})"),
    "org": re.compile(r"(?m)^[ \t]*#[ \t]+(?P<s>[^\r\n]{3,400})"),
}


def comments(document: Document) -> Iterator[Place]:
    """Yield comments: those with two ends whole, those with a sign at the start from the first word."""
    text = document.text
    if "<!--" in text or "{/*" in text:
        for match in _HTML_COMMENT.finditer(text):
            content = match["s"] if match["s"] is not None else match["w"]
            if is_telling(content):
                yield Place("comment", match.start(), match.end(), content)
    pattern = _LINE_COMMENT.get(document.format)
    if pattern is not None:
        for match in pattern.finditer(text):
            content = match["s"].rstrip()
            if is_telling(content):
                yield Place("comment", match.start("s"), match.start("s") + len(content), content)
