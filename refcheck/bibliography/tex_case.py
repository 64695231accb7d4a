"""Capitals that BibTeX must keep: braces in a file, CSL's ``<span class="nocase">`` in a record.

A mark is kept only where it changes the outcome: in a title in headline capitals.
"""

from __future__ import annotations

import re

_PROTECTED = re.compile(r'<span class="nocase">(.*?)</span>')
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SMALL = frozenset(
    "a an and as at but by for from in into nor of off on onto or over per so than the to up via"
    " vs with yet is are be its".split()
)


def headline(title: str) -> bool:
    """Tell whether a title is written in headline capitals: all its longer words are capitalised.

    Two words at least beside the first of a part; words of other scripts do not count.
    """
    bare = re.sub(r"<[^>]*>", "", title)
    counted = capital = 0
    for part in re.split(r"[:?!.—–]\s", bare):
        for word in _WORD.findall(part)[1:]:
            if (
                word.lower() in _SMALL
                or word[0].lower() == word[0].upper()
                or word[1:] != word[1:].lower()
            ):
                continue
            counted += 1
            capital += word[0].isupper()
    return counted >= 2 and capital == counted


def keep_needed(title: str) -> str:
    """Drop the marks of protected words that change nothing.

    Needed is a mark in a title in headline capitals, on a word that is not the first and has its
    only capital at the beginning: "the {Bayesian} Way".
    """
    if "nocase" not in title:
        return title
    whole = _PROTECTED.fullmatch(title)
    if whole or not headline(title):
        return _PROTECTED.sub(r"\1", title)

    def judged(match: re.Match[str]) -> str:
        before = re.sub(r"<[^>]*>", "", title[: match.start()]).rstrip()
        first = not before or before[-1] in ":?!."
        plain = all(word[1:] == word[1:].lower() for word in _WORD.findall(match[1]))
        glued = title[match.end() : match.end() + 1].isalpha()
        return match[0] if plain and not first and not glued else match[1]

    return _PROTECTED.sub(judged, title)


def protect(title: str) -> str:
    """Mark the words of a title whose capitals a style must not lower, for `encode`.

    In a title in headline capitals those with a capital inside (NASA, mRNA); else every capital
    that does not begin the title or a part of it.
    """
    if not any(c.isupper() for c in title[1:]):
        return title
    shouted = headline(title)
    out: list[str] = []
    last = 0
    inside = 0
    first = True
    for match in re.finditer(
        r"<[^>]*>|&\w+;|[:?!.—]\s|[^\W_][\w'’&-]*(?:\.(?=\w)[\w'’-]+)*", title
    ):
        piece = match[0]
        if piece[0] == "<":
            inside += (
                0
                if "nocase" not in piece and not (inside and piece == "</span>")
                else (-1 if piece == "</span>" else 1)
            )
            continue
        if piece[0] == "&":
            continue
        if piece[0] in ":?!.—":
            first = True
            continue
        inner = any(c.isupper() for c in piece[1:])
        if not inside and (inner or (piece[0].isupper() and not first and not shouted)):
            out.extend((title[last : match.start()], '<span class="nocase">', piece, "</span>"))
            last = match.end()
        first = False
    out.append(title[last:])
    return "".join(out)
