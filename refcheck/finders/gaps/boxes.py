"""The boxes in which gaps stand: square and round brackets, angles, braces; full-width ones too.

Each pattern is linear: what it may span is bounded, and it never tries the same text twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from refcheck.finders.gaps.verdict import Container
from refcheck.finders.words import LANGUAGES, any_of, table
from refcheck.model import Document
from refcheck.text import fold


@dataclass(frozen=True, slots=True)
class Box:
    """A container: what it is, all of it, and what stands in it."""

    container: Container
    start: int
    end: int
    content: str


_LINE_END = r"\r?\n(?![ \t]*\r?\n)"  # a line may end within a box, a paragraph may not
_SQUARE = rf"\[(?P<s>(?:[^\[\]\r\n\\]|\\[^\]\r\n]|{_LINE_END}){{1,420}}+)\\?\]"
_FULL_WIDTH = (
    r"［(?P<w>[^［］\r\n]{1,200}+)］|【(?P<c>[^【】\r\n]{1,200}+)】|〔(?P<k>[^〔〕\r\n]{1,200}+)〕"
)
_BRACKET = re.compile(rf"{_SQUARE}|{_FULL_WIDTH}")
_PAREN = re.compile(
    rf"\((?P<s>(?:[^()\r\n]|{_LINE_END}|\([^()\r\n]{{0,120}}\)){{1,420}}+)\)"
    r"|（(?P<w>[^（）()\r\n]{1,420}+)[）)]"
)
_FLAT = re.compile(r"\(([^()\r\n]{1,120})\)")
_ANGLE = re.compile(r"<(?P<s>[A-Za-z][A-Za-z0-9 _?!:.,'-]{2,80}+)>|＜(?P<w>[^＜＞\r\n]{1,80}+)＞")
_BRACE = re.compile(r"\{(?P<s>[A-Za-z][A-Za-z ?!:_-]{3,60}+)\}(?!\})")
_EMPTY_LABEL = re.compile(r"(?i)todo|tbd|fixme|xxx+|links?|urls?|\?+|tk")
_INDEX = re.compile(r"[a-z]{1,5}|x+|\?")
_OWN_BRACES = frozenset({"latex", "bibtex", "typst", "jupyter", "rst"})


# --- whether a box can be a gap at all --------------------------------------------------------------

_SIGNS = ("?", "xx", "__", "...", "to be ")
_RUN_TOGETHER = r"(?:please)?(?:insert|add|provide|paste|put|fillin|include)[a-z]{0,8}(?:link|url|cit|ref|source|paper|article)"


def _stems() -> tuple[str, str]:
    """Return the beginnings of all words: those in Latin letters, and all with what stands for a word."""
    stems = set()
    for language in LANGUAGES:
        words = table(language)
        for role in ("cite", "link", "list", "work", "promise", "lack", "bare", "detail"):
            for word in words.get(role, ()):
                if stem := _stem(word):
                    stems.add(stem)
    kept: list[str] = []
    for stem in sorted(stems):  # what begins with another comes right after it
        if not kept or not stem.startswith(kept[-1]):
            kept.append(stem)
    return _written(filter(str.isascii, kept)), _written((*kept, *_SIGNS, "？", "؟"))


def _written(stems: Iterable[str]) -> str:
    return any_of([*map(re.escape, stem)] for stem in stems)


def _stem(word: str) -> str:
    """Return the beginning by which a word is looked for; "" where its words are too short to tell."""
    for part in word.split(" "):
        bare = part.strip("*")
        if not bare.isascii():
            return bare[:2]
        if len(bare) >= 3 and not part.startswith("*"):
            return bare[:4]
    return ""


_LATIN_STEMS, _ALL_STEMS = _stems()
_LATIN = re.compile(rf"\b(?:{_LATIN_STEMS}|{_RUN_TOGETHER})")
_ANY = re.compile(_ALL_STEMS)


def is_telling(content: str) -> bool:
    """Tell cheaply whether a container can be a gap at all."""
    lower = content.lower() if content.isascii() else fold(content)
    if not lower.isascii():
        return _ANY.search(lower) is not None
    if _LATIN.search(lower.replace("_", " ")):
        return True
    return any(sign in lower for sign in _SIGNS)


# --- the boxes --------------------------------------------------------------------------------------


def brackets(text: str) -> Iterator[Box]:
    """Yield square brackets that are no link, image, footnote, index or number."""
    for match in _BRACKET.finditer(text):
        content = match[match.lastgroup or 0]
        if text[match.start()] in "［【〔":
            if is_telling(content):
                yield Box("bracket", match.start(), match.end(), content)
        elif (span := _square(text, match, content)) is not None and is_telling(content):
            yield Box("bracket", *span, content)


def _square(text: str, match: re.Match[str], content: str) -> tuple[int, int] | None:
    """Return the bounds of a square bracket; None for what is markup or an index."""
    start, end = match.span()
    if text[start - 1 : start] == "\\":
        start -= 1
    first = content[0]
    if first in "^!#:" or (first == "@" and not content.lower().startswith("@todo ")):
        return None
    if len(content) < 2 and first not in "?？":
        return None
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if text[start] == "[":
        if before == "[" and after == "]":
            return (start - 1, end + 1) if _says_more(content) else None
        if (
            after in {"(", "]"}
            or before in {"!", "["}
            or (after == "[" and not _says_more(content))
        ):
            return None
        if before == "]" and not _EMPTY_LABEL.fullmatch(content):
            return None  # the label of a reference link
    if after == ":" and (start == 0 or text[start - 1] in "\r\n"):
        return None  # where a link's address is given
    if before == "_" or (before.isascii() and before.isalnum()):
        name = content.islower() and content.isidentifier()
        if _INDEX.fullmatch(content) or (name and after in {"=", ".", ";", ",", ")", "]"}):
            return None  # refs[i]
    return start, end


def _says_more(content: str) -> bool:
    """Tell a marker in double brackets from a page's name in a wiki."""
    return content.isupper() or content.endswith("?") or re.search(
        r"(?i)\b(?:needed|missing|required|todo|tbd|insert|add|fehlt)\b|请求|請求|需要|待", content
    ) is not None  # fmt: skip


def parentheses(text: str) -> Iterator[Box]:
    """Yield parentheses that are no link's target and no call's arguments."""
    for match in _PAREN.finditer(text):
        content = match["s"] or match["w"]
        start = match.start()
        before = text[start - 1 : start] if start else ""
        if "(" in content:
            yield from _inner(text, match)
        if text[start] == "(" and before:
            if before == "]":
                continue
            if before.isascii() and (before.isalnum() or before in "_.$") and not content.isupper():
                continue  # a call: cite(x)
        if is_telling(content):
            yield Box("paren", start, match.end(), content)


def _inner(text: str, outer: re.Match[str]) -> Iterator[Box]:
    for match in _FLAT.finditer(text, outer.start() + 1, outer.end() - 1):
        before = text[match.start() - 1]
        if is_telling(match[1]) and not (before.isalnum() or before in "_]"):
            yield Box("paren", match.start(), match.end(), match[1])


def angles(text: str) -> Iterator[Box]:
    """Yield angle brackets that are no tag and no address."""
    if "<" not in text and "＜" not in text:
        return
    for match in _ANGLE.finditer(text):
        content = match["s"] or match["w"]
        if is_telling(content) and not (
            content.isalpha() and f"</{content}" in text[match.end() : match.end() + 2000]
        ):
            yield Box("angle", match.start(), match.end(), content)


def braces(document: Document) -> Iterator[Box]:
    """Yield single braces with words in them, where braces are not the format's own."""
    text = document.text
    if document.format in _OWN_BRACES or "{" not in text:
        return
    for match in _BRACE.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before and (before.isalnum() or before in "\\_{}]$@#"):
            continue
        if " " in match["s"] and is_telling(match["s"]):
            yield Box("brace", match.start(), match.end(), match["s"])
