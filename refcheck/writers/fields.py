"""Fields of a BibTeX entry or a citation template as they stand: where a value is, how one is added.

What is added has the indent, the spaces, the delimiters and the case of the fields beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIELD = re.compile(r"[ \t]*(?P<name>[A-Za-z][\w-]*)(?P<equals>[ \t]*=[ \t]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, where it begins, where its value stands within the delimiters, where it ends."""

    name: str
    start: int
    low: int
    high: int
    end: int
    equals: str
    quote: str


def bibtex_fields(entry: str) -> tuple[Field, ...]:
    """Return the fields of one BibTeX entry in order, with offsets in its text."""
    opened = re.match(r"@\w+[ \t]*[{(]\s*[^\s,{}=\"]*\s*,", entry)
    out: list[Field] = []
    at = opened.end() if opened else len(entry)
    while True:
        blank = re.compile(r"[\s,]*").match(entry, at)
        at = blank.end() if blank else at
        match = _FIELD.match(entry, at)
        if match is None:
            return tuple(out)
        start = match.end()
        quote = entry[start : start + 1]
        if quote == "{":
            end = _closing(entry, start)
            low, high = start + 1, end - 1
        elif quote == '"':
            close = entry.find('"', start + 1)
            end = close + 1 if close >= 0 else len(entry)
            low, high = start + 1, end - 1
        else:
            bare = re.compile(r"[^,}\r\n]*").match(entry, start)
            end = bare.end() if bare else start
            low, high, quote = start, start + len(entry[start:end].rstrip()), ""
        out.append(
            Field(match["name"], match.start("name"), low, high, end, match["equals"], quote)
        )
        at = end


def _closing(text: str, at: int) -> int:
    depth = 0
    for match in re.compile(r"(?<!\\)[{}]").finditer(text, at):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


def bibtex_addition(entry: str, name: str, value: str) -> tuple[int, str]:
    """Return where in an entry a further field goes, and its text; (-1, "") where it has no fields."""
    fields = bibtex_fields(entry)
    if not fields:
        return -1, ""
    last = fields[-1]
    line = entry.rfind("\n", 0, last.start) + 1
    own_line = not entry[line : last.start].strip() and line > 0
    if last.name.isupper() and len(last.name) > 1:
        name = name.upper()
    equals = last.equals
    columns = {
        one.start + len(one.name) + len(one.equals.rstrip()) - entry.rfind("\n", 0, one.start)
        for one in fields
    }
    if own_line and len(columns) == 1 and len(fields) > 1:  # the signs stand below each other
        width = len(last.name) + len(equals) - len(equals.lstrip())
        equals = " " * max(1, width - len(name)) + equals.lstrip()
    quotes = [one.quote for one in fields if one.quote]
    opening, closing = (
        ('"', '"') if quotes and quotes.count('"') > quotes.count("{") else ("{", "}")
    )
    field = f"{name}{equals}{opening}{value}{closing}"
    after = re.compile(r"[ \t]*,").match(entry, last.end)
    at = after.end() if after else last.end
    end = re.search(r"\r\n|\n|\r", entry)
    before = f"{end[0]}{entry[line : last.start]}" if own_line and end else " "
    return at, f"{'' if after else ','}{before}{field}{',' if after else ''}"


_PARAMETER = re.compile(r"(?P<before>\s*)\|(?P<gap>\s*)[\w -]+?(?P<equals>\s*=[ \t]*)")


def template_addition(template: str, name: str, value: str) -> tuple[int, str]:
    """Return where in a citation template a further parameter goes, and its text."""
    found = list(_PARAMETER.finditer(template))
    at = len(template.removesuffix("}}").rstrip())
    if not found or not template.endswith("}}"):
        return -1, ""
    last = found[-1]
    equals = (
        " = "
        if last["equals"].strip(" \t") != last["equals"] and last["equals"].startswith(" ")
        else "="
    )
    return at, f"{last['before']}|{last['gap']}{name}{equals}{value}"
