"""How the page that is meant is called, where the author quotes its title or names the link by it."""

from __future__ import annotations

import re

from refcheck.finders.gaps.collect import Gap
from refcheck.finders.page.zones import END, NEAR, _label_of_link, plain
from refcheck.finders.surroundings import Surroundings
from refcheck.text import fold, is_cjk

_TITLE = re.compile(r"“([^“”\r\n]{6,220})”|\"([^\"\r\n]{6,220})\"|《([^《》\r\n]{3,120})》|«\s?([^«»\r\n]{6,220}?)\s?»|„([^„“”\r\n]{6,220})[“”]|『([^『』\r\n]{3,120})』|「([^「」\r\n]{6,120})」|”([^”\r\n]{6,220})”|``([^`'\r\n]{6,220})''|(?<![\w‘’'])[‘']([^‘’'\r\n]{12,220})[’'](?!\w)|(?<!\*)\*([^*\r\n]{10,220})\*(?!\*)|(?<![_\w])_([^_\r\n]{10,220})_(?!\w)|\\emph\{([^{}]{10,220})\}|<(?:em|i|cite|q)>([^<>]{10,220})</")  # fmt: skip


def title(around: Surroundings, gap: Gap, whose: str) -> str:
    """Return a title that the link, its sentence or its item quotes, the nearest; "" for none."""
    text = around.document.text
    start, end = gap.span.start, gap.span.end
    link = re.search(r"\[([^\[\]\r\n]{8,200})\]\($", text[max(0, start - 220) : start])
    html = re.search(r"(?is)<a\b[^<>]*href=[\"']$", text[max(0, start - 120) : start])
    after = re.match(r"(?is)[\"'][^<>]*>([^<>]{8,200})</a", text[end : end + 260]) if html else None
    for label in (
        (link[1] if link else ""),
        (after[1] if after else ""),
        _label_of_link(text[start:end]),
    ):
        words = plain(label)
        if _is_headline(words):
            return words
    low, high = max(0, start - NEAR), end + 300
    block = around.block(start)
    if block is not None:
        low, high = max(low, block.content.start), min(high, block.content.end)
    found = []
    for match in _TITLE.finditer(text, low, high):
        if match.start() < end and match.end() > start:
            continue
        words = plain(next(group for group in match.groups() if group)).rstrip(",.")
        if not _is_headline(words) or fold(words) == fold(whose):
            continue
        between = text[match.end() : start] if match.end() <= start else text[end : match.start()]
        distance = (
            len(between) + 200 * len(END.findall(between)) + (40 if match.end() > start else 0)
        )
        if distance < 300:
            found.append((distance, words))
    return min(found)[1] if found else ""


_CALLS = re.compile(r"(?i)^(?:i['’]ve\b|see\b|here\b|read\b|click\b|more\b|this\b|the (?:article|report|paper|post|page|piece|video|project)\b|hier\b|dies\w*\b|voir\b|ici\b|ver\b|aquí\b|вот\b|тут\b)")  # fmt: skip


def _is_headline(words: str) -> bool:
    """Several words of which most tell something: not a link's "the project's own site"."""
    if not words or re.match(r"https?:|www\.", words) or _CALLS.match(words):
        return False
    if is_cjk(words):
        return len(re.findall(r"\w", words)) >= 6
    own = words.split()
    capitals = [w for w in own[1:] if w[:1].isupper() or any(c.isdigit() for c in w)]
    return len(own) >= 4 and (words[:1].isupper() or bool(capitals))
