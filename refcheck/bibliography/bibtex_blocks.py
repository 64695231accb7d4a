"""The entries of a .bib file as raw fields, nothing lost in silence.

bibtexparser splits the file. Done here is what it drops or glues without a word (measured with
2.1.0): a comment after a field becomes part of the next field's name, a missing comma makes one
field of two, ``@ article`` is no entry, ``#`` is left as it stands, a key without an entry's fields
is refused.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from refcheck.bibliography.form import Reject

MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_COMMENTED = re.compile(r"(?m)(?:^|[,{}\"\d])[ \t]*%")
_SPACED = re.compile(r"(?m)^([ \t]*)@([ \t]+)(?=[A-Za-z]+[ \t]*[{(])")
_PIECE = re.compile(r"[{}\"%\\\n]|@\w*[ \t]*[{(]")
_NEXT_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w:.-]*)\s*=\s*")
_BARE = re.compile(r"[^\s#,{}\"=]+")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it stands: type and field names in lower case, values still TeX, line from 1."""

    kind: str
    key: str
    fields: Mapping[str, str]
    line: int
    raw: str


def entries(text: str) -> tuple[tuple[RawEntry, ...], tuple[Reject, ...]]:
    """Return the entries in order, and what could not be read, or read only in part."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    logger = logging.getLogger("bibtexparser.splitter")
    before = logger.level
    logger.setLevel(logging.CRITICAL)  # what it warns of, we name with its line
    try:
        tidied = _tidied(text)
        library = Splitter(tidied).split()
    finally:
        logger.setLevel(before)
    strings = dict(zip(MONTHS, MONTHS, strict=True))
    found: list[RawEntry] = []
    rejects: list[Reject] = []
    lines = tidied.split("\n")
    starts = sorted(
        block.start_line or 0
        for block in library.blocks
        if not isinstance(block, model.ImplicitComment)
    )
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, model.String):
            strings[block.key.strip().lower()] = _value(block.value, strings)[0]
            continue
        double = isinstance(block, model.DuplicateFieldKeyBlock)
        entry = block.ignore_error_block if isinstance(block, model.ParsingFailedBlock) else block
        if isinstance(entry, model.Entry):
            fields = [(field.key, field.value) for field in entry.fields]
            found.append(
                _entry(entry.entry_type, entry.key, fields, line, entry.raw or "", strings)
            )
            if double:
                rejects.append(Reject(line, entry.key, "names a field twice; the first is taken"))
        elif isinstance(block, model.ParsingFailedBlock):
            until = next((start for start in starts if start >= line), len(lines))
            rescued = _rescued("\n".join(lines[line - 1 : until]), line, strings)
            if rescued and rescued.fields:
                found.append(rescued)
            what = rescued.key if rescued and rescued.key else _start(block.raw or "")
            kept = (
                f"; kept of it: {', '.join(rescued.fields)}" if rescued and rescued.fields else ""
            )
            rejects.append(Reject(line, what, f"is not closed or not well formed{kept}"))
    seen: set[str] = set()
    for one in found:
        if one.key in seen:
            rejects.append(Reject(one.line, one.key, "has a key that was used before"))
        seen.add(one.key)
    return tuple(found), tuple(sorted(rejects, key=lambda reject: reject.line))


def _start(raw: str) -> str:
    return " ".join(raw.split())[:40] or "entry"


def _entry(
    kind: str,
    key: str,
    fields: list[tuple[str, str]],
    line: int,
    raw: str,
    strings: Mapping[str, str],
) -> RawEntry:
    values: dict[str, str] = {}
    for name, value in fields:
        rest = f"{name} = {value}"
        while match := _NEXT_FIELD.match(rest):
            text, rest = _value(rest[match.end() :], strings)
            if text:
                values.setdefault(match[1].lower(), text)
    return RawEntry(kind.strip().lower(), key.strip(), values, line, raw)


def _rescued(raw: str, line: int, strings: Mapping[str, str]) -> RawEntry | None:
    """Read what can be read of a broken entry: its key and the fields up to the damage."""
    start = re.match(r"\s*@\s*(\w+)\s*[{(]\s*(?:([^,\s={}\"]*)\s*,)?", raw)
    if not start or start[1].lower() in {"comment", "preamble", "string"}:
        return None
    values: dict[str, str] = {}
    rest = raw[start.end() :]
    while match := re.search(r"(?:^|[,\n}\"])\s*([A-Za-z][\w:.-]*)\s*=\s*(?=[{\"\w])", rest):
        text, after = _value(rest[match.end() :], strings)
        if after is rest or not text:
            rest = rest[match.end() :]
            continue
        values.setdefault(match[1].lower(), text)
        rest = after
    return RawEntry(start[1].lower(), start[2] or "", values, line, raw)


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, str]:
    """Evaluate a value: pieces in braces, quotes or by name, joined by ``#``; and what follows it."""
    raw = raw.lstrip()
    out: list[str] = []
    while raw:
        if raw[0] in '{"':
            end = _closing(raw)
            if end < 0:
                return "", ""
            out.append(raw[1:end])
            raw = raw[end + 1 :]
        elif match := _BARE.match(raw):
            name = match[0]
            out.append(strings.get(name.lower(), name))
            raw = raw[match.end() :]
        else:
            break
        joined = re.match(r"\s*#\s*", raw)
        if not joined:
            break
        raw = raw[joined.end() :]
    return "".join(out), raw


def _closing(raw: str) -> int:
    """Return where the brace or quote that opens the text is closed, -1 where it is not.

    BibTeX counts every brace; where that does not come out even, those after a backslash are left
    out, as LaTeX would.
    """
    for pattern in (r'[{}"]', r'(?<!\\)[{}"]'):
        depth = 0
        quoted = raw[0] == '"'
        for match in re.finditer(pattern, raw):
            sign = match[0]
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if not quoted and not depth:
                    return match.start()
            elif quoted and match.start() and depth <= 0:
                return match.start()
    return -1


def _tidied(text: str) -> str:
    """Blank out comments between fields and the gap in ``@ article``; no line moves."""
    text = _SPACED.sub(lambda match: match[1] + match[2] + "@", text)
    if not _COMMENTED.search(text):
        return text
    out: list[str] = []
    last = depth = 0
    quoted = False
    skip_to = 0
    for match in _PIECE.finditer(text):
        sign = match[0]
        at = match.start()
        if at < skip_to:
            continue
        if sign == "\\":
            skip_to = at + 2
        elif sign[0] == "@" and depth == 0:
            depth, quoted = 1, False
        elif sign == "{" and depth:
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
        elif sign == '"' and depth == 1:
            quoted = not quoted
        elif sign == "%" and depth == 1 and not quoted:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            out.extend((text[last:at], " " * (end - at)))
            last = skip_to = end
    out.append(text[last:])
    return "".join(out)
