"""Capitals in titles: headline case, sentence case, first letter. CSL's tags pass through.

What stands in ``<span class="nocase">`` is left alone, and so is every word with a capital inside
(mRNA, NASA, iPhone). Source: APA Publication Manual, 7th ed., 6.15–6.21.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from refcheck.styles.proper_names import BEFORE_PLACES, NAMES, PHRASES

_SMALL = frozenset(
    "a an and as at but by de e et for if in la le nor of off on or per so the to und up v v. via vs vs. y yet".split()
)
"""Words of three letters at most that are no verbs, nouns or names (APA manual, 6.17); and the like in
foreign names of journals."""
_PIECE = re.compile(r"(<[^<>]*>)")
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
_PART = re.compile(r"[:?!.—]\s*[“‘\"'(\[]*\s*$")
_BREAK = re.compile(r"[:?!.—]\s*[“‘\"'(\[]*\s*$|^[\s“‘\"'(\[]*$")


@lru_cache(maxsize=4096)
def title_case(value: str) -> str:
    """Return the title in headline case: words of weight capitalised, the first and last always."""
    words = _WORD.findall(re.sub(r"<[^<>]*>", "", value))
    if not words or (
        len(words) > 3 and all(word == word.upper() != word.lower() for word in words)
    ):
        return value
    last = len(words) - 1
    count = -1

    def one(match: re.Match[str], before: str) -> str:
        nonlocal count
        count += 1
        word = match[0]
        if word != word.lower() or word[0].isdigit():
            return word
        first = count == 0 or bool(_BREAK.search(before))
        hyphened = before.endswith(("-", "‐", "‑"))
        if word.lower() in _SMALL and not first and not (count == last and not hyphened):
            return word
        return word[0].upper() + word[1:]

    return _over(value, one)


def _over(value: str, change: Callable[[re.Match[str], str], str]) -> str:
    """Apply a change to every word that is not protected, with the text before it."""
    out: list[str] = []
    spans: list[bool] = []
    for piece in _PIECE.split(value):
        if piece.startswith("<"):
            if piece.startswith("<span"):
                spans.append("nocase" in piece)
            elif piece.startswith("</span") and spans:
                spans.pop()
            out.append(piece)
            continue
        if any(spans):
            out.append(piece)
            continue
        seen = re.sub(r"<[^<>]*>", "", "".join(out))
        out.append(
            _WORD.sub(
                lambda match, seen=seen: change(match, seen + match.string[: match.start()]), piece
            )
        )
    return "".join(out)


def capital_first(value: str) -> str:
    """Capitalise the first letter, unless its word has a capital already."""
    match = _WORD.search(value) if not value.startswith("<") else None
    if not match or match[0] != match[0].lower():
        return value
    at = match.start()
    return value[:at] + value[at].upper() + value[at + 1 :]


_NAMED = re.compile(r"\(([A-Z][^()\s,;]*[A-Z][^()\s,;]*)[^()]*\)")
_PROCEEDINGS = re.compile(r"(?:Proceedings|Proc\.|Transactions|Abstracts|Papers) (?:of|from) ")
_LATIN = re.compile(r"[A-Za-z]")


@lru_cache(maxsize=4096)
def sentence_case(value: str) -> str:
    """Return a title in headline capitals in sentence case; any other title as it is.

    Lowered are words whose only capital is the first, but for the first word of the title and of a
    subtitle, and the name that an abbreviation in brackets stands for (Beck Depression Inventory
    (BDI)). A title whose capitals are sparse is in sentence case already: its capitals are names; and
    what proceedings are of is the name of a meeting.
    """
    if _PROCEEDINGS.match(value) or not _headline(value):
        return value
    named = _named_part(value)
    proper = _proper(value)

    def one(match: re.Match[str], before: str) -> str:
        word = match[0]
        at = len(before)
        if _BREAK.search(before) or word[1:] != word[1:].lower() or at in proper:
            return word
        if named[0] <= at < named[1] or word == "I" or word.startswith(("I’", "I'")):
            return word
        if (len(word) == 1 and word != "A") or re.match(r"(?:[A-Z]\.)+$", word):
            return word
        if re.search(r"\b[A-Z]\.\s*$", before):
            return word
        return word.lower()

    return _over(value, one)


_ENGLISH = frozenset("the of and for with from to on by using is are how why what its".split())
_FOREIGN = frozenset(
    "de der die das und von für im zur zum den dem ein eine einer le la les des du et au aux el los las y del una un il di"
    " della dello e do da dos das para em het een och av og".split()
)


_ACCENTED = re.compile(r"[^\W\d_A-Za-z]")


@lru_cache(maxsize=4096)
def looks_english(value: str) -> bool:
    """Tell whether a title of an unknown language may be English: its small words say so.

    Without any it is taken for English where all its letters are ASCII.
    """
    small = {
        word.lower() for word in _WORD.findall(re.sub(r"<[^<>]*>", "", value)) if word.islower()
    }
    return not small & _FOREIGN and (bool(small & _ENGLISH) or not _ACCENTED.search(value))


def _headline(value: str) -> bool:
    """Tell whether a title is in headline capitals: three words of weight at least, all capital."""
    bare = re.sub(r"<[^<>]*>", "", value)
    if not _LATIN.search(bare):
        return False
    counted = 0
    at = 0
    for match in _WORD.finditer(bare):
        first = bool(_PART.search(bare[at : match.start()])) or not at
        at = match.end()
        word = match[0]
        if first or word.lower() in _SMALL or len(word) < 4 or not word[0].isalpha():
            continue
        if word[1:] != word[1:].lower():
            continue  # mRNA, NASA: they say nothing of the rest
        if word[0] == word[0].lower() and not bare[: match.start()].endswith("-"):
            return False
        counted += word[0].isupper()
    return counted >= 3


def _named_part(value: str) -> tuple[int, int]:
    """Return the span of the name whose initials an abbreviation in brackets spells, else an empty one."""
    bare = re.sub(r"<[^<>]*>", "", value)
    for match in _NAMED.finditer(bare):
        letters = [sign for sign in match[1] if sign.isupper()]
        starts = [
            word
            for word in _WORD.finditer(bare[: match.start()])
            if word[0].lower() not in _SMALL and word[0][0].isalpha()
        ]
        for at in range(len(starts) - len(letters) + 1):
            taken = starts[at : at + len(letters)]
            if all(word[0][0].upper() == sign for word, sign in zip(taken, letters, strict=True)):
                return taken[0].start(), match.end()
    return 0, 0


@lru_cache(maxsize=4096)
def _proper(value: str) -> frozenset[int]:
    """Return where in a title, its tags left out, words stand that are names."""
    bare = re.sub(r"<[^<>]*>", "", value)
    words = list(_WORD.finditer(bare))
    named = {match.start() for match in words if _is_name(match[0])}
    for phrase in PHRASES.finditer(bare):
        named.update(
            at for match in words if phrase.start() <= (at := match.start()) < phrase.end()
        )
    for before, after in reversed(list(pairwise(words))):
        if (
            before[0] in BEFORE_PLACES
            and after.start() in named
            and before.end() + 1 == after.start()
        ):
            named.add(before.start())
    return frozenset(named)


def _is_name(word: str) -> bool:
    """Tell whether a word is a name by itself; of two letters it is one where English has no such word."""
    word = re.sub(r"['’]s$", "", word)
    if len(word) == 2 and word.isalpha():
        return word.lower() not in _TWO
    return word in NAMES or any(sign.isdigit() for sign in word)


_TWO = frozenset(
    "ad am an as at be bi by co de do ex go he hi if in is it me my no of oh on or re so to up us vs we".split()
)
