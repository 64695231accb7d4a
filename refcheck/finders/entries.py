"""BibTeX entries wherever they stand: in a .bib file, in a code block that says how to cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_START = re.compile(r"@(?P<type>[A-Za-z]{3,20})[ \t]*\{[ \t]*(?P<key>[^\s,{}=\"]{0,120})[ \t]*,")
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w-]*)[ \t]*=[ \t]*")
_MASK = re.compile(
    r"(?i)(?:x{2,}(?:[-–,. ]*x{2,})*|\d{0,2}x{2,4}|20\?\?|\?+(?:[-–]+\?+)?|tbd|tba|todo\b.*|fixme\b.*|xxx+.*|placeholder.*|[\[<(](?:authors?|title|year|journal|names?|your|doi|url|insert|add|volume|pages|to be)\b[^\[\]<>]*[\])>]|(?:your|author|first)[ _-]?(?:name|author)s?(?:,.*| and .*)?|authors?(?: names?)?|title|journal(?: name)?|year|yyyy|name|to be (?:added|determined|filled|announced|published|completed).*|(?:author|last ?name), (?:a\.|first ?name).*|\.{3,}|…|n/a)"
)
_KEY_FIELDS = frozenset("author title year date journal journaltitle booktitle pages volume number publisher school institution doi url eprint isbn issn note howpublished editor".split())  # fmt: skip
LIMIT = 20_000
"""A longer entry is taken for text with a stray brace."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its type, key, fields in order as written, where it begins and ends."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]
    start: int
    end: int


def entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a text, whole ones only; strings, comments and preambles are none."""
    if "@" not in text:
        return
    at = 0
    while match := _START.search(text, at):
        at = match.end()
        end = _closing(text, match.end())
        if end is None or match["type"].lower() in {"string", "comment", "preamble"}:
            continue
        yield Entry(match["type"].lower(), match["key"], tuple(_fields(text, match.end(), end)), match.start(), end + 1)  # fmt: skip
        at = end + 1


_BRACES = re.compile(r"[{}]|^@[A-Za-z]+[ \t]*\{", re.MULTILINE)


def _closing(text: str, at: int) -> int | None:
    depth = 1
    for match in _BRACES.finditer(text, at, at + LIMIT):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.start()
        else:
            return None
    return None


def _fields(text: str, at: int, end: int) -> Iterator[tuple[str, str]]:
    while match := _FIELD.search(text, at, end):
        start = match.end()
        stop = start
        if text[start : start + 1] == "{":
            stop = _closing(text, start + 1) or end
            value = text[start + 1 : stop]
        elif text[start : start + 1] == '"':
            stop = text.find('"', start + 1, end)
            stop = stop if stop >= 0 else end
            value = text[start + 1 : stop]
        else:
            stop = min((p for p in (text.find(",", start, end), text.find("\n", start, end)) if p >= 0), default=end)  # fmt: skip
            value = text[start:stop]
        yield match["name"].lower(), " ".join(value.split())
        at = max(stop + 1, match.end())


def is_masked(name: str, value: str) -> bool:
    """Tell whether a field that matters holds a mask."""
    if name not in _KEY_FIELDS:
        return False
    bare = value.strip("{} ")
    if _MASK.fullmatch(bare):
        return not (name == "note" and not bare)
    if name in {"author", "editor"} and re.fullmatch(
        r"[\[{<].*(?:authors?|names?).*[\]}>]", bare, re.IGNORECASE
    ):
        return True
    if re.search(
        r"(?i)arxiv:\s*(?:[x?\d]{0,4}[x?]{2,}|todo|tbd)|\bx{4,}\b|\b20xx\b|\[(?:insert|add|tbd|todo)\b|\bTODO\b",
        bare,
    ):
        return name not in {"note", "url", "howpublished"} or bool(
            re.search(r"TODO|TBD|(?i:x{4})", bare)
        )
    return False
