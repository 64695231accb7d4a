"""Text as the stages share it: folding, words, scripts. Pure; no list of any one subject."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:['’][^\W\d_{_CJK}]+)?", re.UNICODE)
_LATIN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")
_SIGN = re.compile(f"[{_CJK}]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text without case, accents, markup and runs of white space.

    Folding twice is folding once. Letters that do not decompose (ß, ø, ł) are written in ASCII.
    """
    if text.isascii():  # a twentieth of the time, and most titles are
        return " ".join(text.lower().split())
    for sign in set(text):
        if sign > "\x7f" and (plainer := _plainer(sign)) != sign:
            text = text.replace(sign, plainer)
    text = text.casefold()
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


@cache
def _plainer(sign: str) -> str:
    """Return one sign without its accents and case; "" for one that only changes the sign before it."""
    parts = unicodedata.normalize("NFKD", sign)
    bare = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
    }
)


def words(text: str) -> list[str]:
    """Return the folded words in order; a run of Chinese, Japanese or Korean is one word."""
    return _WORD.findall(fold(text))


def tokens(text: str) -> list[str]:
    """Return what a search goes by: folded words, runs of Chinese or Japanese as pairs of signs.

    A possessive 's is cut. One sign alone is kept as it is.
    """
    folded = text.lower() if text.isascii() else fold(text)
    if not is_cjk(folded):
        found = _LATIN.findall(folded)
        return [_bare(word) for word in found] if "'" in folded else found
    out: list[str] = []
    for word in _WORD.findall(folded):
        if is_cjk(word):
            out.extend([word[n : n + 2] for n in range(len(word) - 1)] or [word])
        else:
            out.append(_bare(word))
    return out


def _bare(word: str) -> str:
    """Return a word without a possessive s and without apostrophes."""
    return word.removesuffix("'s").replace("'", "")


def stem(word: str) -> str:
    """Return what a folded word shares with its other forms, roughly and in any language.

    The endings of number, case and person are cut where four letters stay; a run of signs is kept.
    """
    if len(word) <= 4 or not word.isalpha() or is_cjk(word):
        return word
    if len(word) >= 8:
        return word[: max(6, len(word) - 3)]
    return (
        re.sub(
            r"(?:'s|ing|ed|es|en|em|er|s|e|n|i|a|o|y|u|ы|и|а|я|е|у|ю|ов|ой|ом|ей|ий|ый)$", "", word
        )
        if len(word) > 5
        else re.sub(r"(?:s|e|n|a|o|i|y|ы|и|а|я|е|у)$", "", word)
    )


def is_cjk(text: str) -> bool:
    """Tell whether a text has a Chinese, Japanese or Korean sign."""
    return not text.isascii() and _SIGN.search(text) is not None


def script_language(text: str) -> str:
    """Guess a language by its script alone: zh, ja, ko, ru, ar, el, he, hi, th; "" for Latin."""
    if text.isascii():
        return ""
    counts: dict[str, int] = {}
    for sign in _NOT_LATIN.findall(text[:4000]):
        code = ord(sign)
        for language, low, high in _SCRIPTS:
            if low <= code <= high:
                counts[language] = counts.get(language, 0) + 1
                break
    if not counts or sum(counts.values()) < 0.15 * sum(c.isalpha() for c in text[:4000]):
        return ""
    if counts.get("ja"):  # kana beside Chinese signs is Japanese
        return "ja"
    return max(counts, key=lambda language: counts[language])


_NOT_LATIN = re.compile("[\u0370-\uffff]")
_SCRIPTS = (
    ("ja", 0x3040, 0x30FF), ("zh", 0x3400, 0x9FFF), ("ko", 0xAC00, 0xD7AF), ("ru", 0x0400, 0x04FF),
    ("ar", 0x0600, 0x06FF), ("he", 0x0590, 0x05FF), ("el", 0x0370, 0x03FF), ("hi", 0x0900, 0x097F), ("th", 0x0E00, 0x0E7F),
)  # fmt: skip


def plain(text: str) -> str:
    """Return foreign text as one line of text: no markup, no control or bidirectional signs.

    Entities are decoded, twice where they were encoded twice.
    """
    for _ in range(2):
        text = html.unescape(text)
    return " ".join(_UNSEEN.sub("", _MARKUP.sub("", text)).split())


def shorten(text: str, width: int) -> str:
    """Return at most ``width`` code points of a text in one line, "…" where something was cut."""
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def unmarked(text: str) -> str:
    """Return a passage of any light markup as one line of text; the address of a link follows its label.

    Undone are tags and entities, Markdown, wikitext, reStructuredText, AsciiDoc, Org and TeX's
    commonest commands. Nothing is interpreted: it is for reading a reference, not for showing it.
    """
    for pattern, new in _LINKS:
        if pattern.groups and ("[" in text or "<" in text or "\\" in text or "`" in text):
            text = pattern.sub(new, text)
    if "\\" in text:
        text = _COMMAND.sub(" ", _STYLED.sub(r"\1", _STYLED.sub(r"\1", text)))
        text = re.sub(r"\\([\W_])", r"\1", text)
    text = re.sub(r"''+", "", text)
    text = _EMPHASIS.sub("", text)
    if "<" in text or "&" in text:
        text = html.unescape(
            _TAG.sub(lambda tag: " " if (tag[1] or "").lower() in _APART else "", text)
        )
    return " ".join(_UNSEEN.sub("", text.replace("\u00a0", " ")).split())


_LINKS = (
    (re.compile(r"<a\b[^<>]{0,300}?href\s*=\s*[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,300}>(.{0,400}?)</a>", re.IGNORECASE | re.DOTALL), r"\2 \1 "),
    (re.compile(r"\[\[(https?:[^\[\]\s]+)\]\[([^\[\]]{1,400})\]\]"), r"\2 \1 "),
    (re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{1,300})\]\]"), r"\1"),
    (re.compile(r"!?\[([^\[\]]{0,400})\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+[\"'][^\"']*[\"'])?\s*\)"), r"\1 \2 "),
    (re.compile(r"(https?://[^\s\[\]]+)\[([^\[\]]{1,300})\]"), r"\2 \1 "),
    (re.compile(r"\[(https?://[^\s\[\]]+)\s+([^\[\]]{1,400})\]"), r"\2 \1 "),
    (re.compile(r"`([^`<>]{1,300}?)\s*<(https?:[^`<>\s]+)>`_{1,2}"), r"\1 \2 "),
    (re.compile(r"\\href\s*\{([^{}]{1,2000})\}\s*\{([^{}]{0,400})\}"), r"\2 \1 "),
    (re.compile(r"<((?:https?|ftp)://[^<>\s]+)>"), r"\1"),
)  # fmt: skip
_STYLED = re.compile(r"\\[A-Za-z]+\*?\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?|(?<!\\)[{}~]")
_EMPHASIS = re.compile(r"(?<![\w/*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w/*])|`")
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)\b[^<>]{0,2000}>|<!--.*?-->()", re.DOTALL)
_APART = frozenset({"br", "p", "div", "li", "td", "tr", "name", "year", "source", "volume", "fpage", "lpage", "surname", "given-names", "issue", "publisher-name", "article-title", "label", "comment", "string-name", "person-group", "pub-id", "ext-link"})  # fmt: skip


def lowered(text: str) -> str:
    """Return a text in lower case, of the same length: a letter that would become two is kept."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters (İ) become two
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower


def positions(lower: str, words: Iterable[str]) -> list[int]:
    """Return where words begin in a text of lower case (`lowered`), in order.

    A search for each by itself: many times as fast as one expression for all.
    """
    if lower.isascii():
        words = filter(str.isascii, words)
    found = []
    for word in words:
        at = lower.find(word)
        while at >= 0:
            found.append(at)
            at = lower.find(word, at + len(word))
    return sorted(found)
