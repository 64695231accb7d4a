"""BibTeX entries wherever they stand: in a .bib file, in a code block that says how to cite."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from refcheck.finders.words import LANGUAGES, lexicon
from refcheck.model import Span
from refcheck.text import fold

_START = re.compile(r"@(?P<type>[A-Za-z]{3,20})[ \t]*\{[ \t]*(?P<key>[^\s,{}=\"]{0,120})[ \t]*,")
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w-]*)[ \t]*=[ \t]*")
_BRACES = re.compile(r"[{}]|^@[A-Za-z]+[ \t]*\{", re.MULTILINE)
_KEY_FIELDS = frozenset("author title year date journal journaltitle booktitle pages volume number publisher school institution doi url eprint isbn issn note howpublished editor".split())  # fmt: skip
NEEDED = frozenset("author title year date journal journaltitle booktitle".split())
"""Fields by which a work is told; two of them left blank make an entry unfinished."""
ADDRESSES = frozenset({"url", "howpublished"})
IDENTIFIERS = frozenset({"doi", "eprint", "isbn", "issn", "pmid"})
LIMIT = 20_000
"""A longer entry is taken for text with a stray brace."""

# --- masks ------------------------------------------------------------------------------------------

_XS = r"x{2,}(?:[-–,. ]+x{2,})*|\d{0,2}x{2,4}|xxx+.*|20\?\?|\?+(?:[-–]+\?+)?|\.{3,}|…"
_NOTES = r"tbd|tba|todo\b.*|fixme\b.*|placeholder.*|n/a|to be (?:added|determined|filled|announced|published|completed).*|coming soon"
_BOXED = r"[\[<(](?:authors?|title|year|journal|names?|your|doi|url|insert|add|volume|pages|to be|conference|venue|publisher)\b[^\[\]<>]*[\])>]"
_NAMELESS = (
    r"first ?name,? last ?name.*|last ?name,? first ?name.*|first last(?:,? and .*)?|last, first.*|name,? surname.*|a\. ?author.*|author ?(?:one|two|[1-9ab])\b.*|"
    r"(?:the )?(?:authors?|contributors?) names?.*|anonymous authors?(?:\(s\))?|xx+ et al\.?|your (?:team|organi[sz]ation|lab).*|[\[<{]?\.{3}[\]>}]?|"
    r"(?:your|author|first|full|last)[ _-]?(?:name|author)s?(?:,.*| and .*)?|authors?(?: names?)?|"
    r"(?:author|last ?name|family name|surname), (?:a\.|first ?name|given name).*|anonymous et al\.?|name"
)
_FIELD_NAMES = r"title|paper title|your (?:paper )?title(?: here)?|paper title here|title (?:of (?:the |your )?paper|here)|insert title|journal of \.{3}|journal(?: name)?|conference(?: name)?|year|yyyy"
_MASK = re.compile(rf"(?i)(?:{_XS}|{_NOTES}|{_BOXED}|{_NAMELESS}|{_FIELD_NAMES})")
_NAMES_IN_BOX = re.compile(r"(?i)[\[{<].*(?:authors?|names?).*[\]}>]")
_WITHIN = re.compile(
    r"(?i:arxiv:\s*(?:[x?\d]{0,4}[x?]{2,}|todo|tbd)|\bx{4,}\b|\b20xx\b|\[(?:insert|add|tbd|todo)\b)|\bTODO\b"
)
_LOUD = re.compile(r"TODO|TBD|(?i:x{4})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its type, key, fields in order as written, where it begins and ends.

    ``places`` is where the value of each field stands, without what delimits it.
    """

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]
    start: int
    end: int
    places: tuple[Span, ...] = ()

    @property
    def masks(self) -> tuple[tuple[str, Span], ...]:
        """The fields that hold a mask, and where the value of each stands."""
        told = zip(self.fields, self.places, strict=True)
        return tuple((name, span) for (name, value), span in told if is_masked(name, value))

    @property
    def blanks(self) -> tuple[tuple[str, Span], ...]:
        """The fields that a reference needs and that hold nothing, and where the value would stand."""
        told = zip(self.fields, self.places, strict=True)
        return tuple(
            (name, span)
            for (name, value), span in told
            if name in NEEDED and not value.strip("{} ")
        )

    def lacks_only(self, names: frozenset[str]) -> bool:
        """Tell whether masks stand in these fields and in no other."""
        return bool(self.masks) and {name for name, _ in self.masks} <= names


_PARAMETER = re.compile(r"\|\s*(?P<name>[A-Za-z][\w -]*?)\s*=[ \t]*(?P<value>[^|{}\r\n]*)")
_MEANS = {
    "last": "author", "first": "author", "author": "author", "work": "journal", "website": "journal", "newspaper": "journal",
    "magazine": "journal", "page": "pages", "issue": "number",
}  # fmt: skip
"""What parameters of citation templates are in BibTeX's words, where not the same."""


_ROMAN = re.compile(r"x{1,3}")
"""Pages of a preface."""


def masks_of_template(text: str, span: Span) -> tuple[tuple[str, Span], ...]:
    """Return the parameters of a citation template that hold a mask, and where their values stand."""
    out = []
    for match in _PARAMETER.finditer(text, span.start, span.end):
        name = match["name"].lower().rstrip("0123456789")
        value = match["value"].rstrip()
        if is_masked(_MEANS.get(name, name), value) and not _ROMAN.fullmatch(value):
            out.append((name, Span(match.start("value"), match.start("value") + len(value))))
    return tuple(out)


def enclosing(text: str, at: int) -> Entry | None:
    """Return the entry in which a place lies; None where it lies in none."""
    found = entries(text)
    before = bisect_right(found, at, key=lambda one: one.start) - 1
    return found[before] if before >= 0 and at < found[before].end else None


def entries(text: str) -> tuple[Entry, ...]:
    """Return the entries of a text, whole ones only; strings, comments and preambles are none.

    Those of the last text are kept for the rules that ask.
    """
    if "@" not in text:
        return ()
    last = _KEPT.get("last")
    if last is None or last[0] is not text:
        last = _KEPT["last"] = (text, tuple(_all(text)))
    return last[1]


_KEPT: dict[str, tuple[str, tuple[Entry, ...]]] = {}


def first(text: str) -> Entry | None:
    """Return the first entry of a text."""
    return next(_all(text), None)


def _all(text: str) -> Iterator[Entry]:
    at = 0
    closing = _closings(text)
    while match := _START.search(text, at):
        at = match.end()
        end = _closed(closing, text.index("{", match.start()))
        if end is None or match["type"].lower() in {"string", "comment", "preamble"}:
            continue
        told = tuple(_fields(text, match.end(), end, closing))
        fields = tuple((name, " ".join(text[one.start : one.end].split())) for name, one in told)
        places = tuple(one for _, one in told)
        yield Entry(match["type"].lower(), match["key"], fields, match.start(), end + 1, places)
        at = end + 1


def _closings(text: str) -> dict[int, int]:
    """Return where each brace that is opened is closed; one still open where an entry begins never is."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACES.finditer(text):
        if match[0] == "}":
            if opened:
                closing[opened.pop()] = match.start()
            continue
        if match[0] != "{":
            opened.clear()
        opened.append(match.end() - 1)
    return closing


def _closed(closing: dict[int, int], brace: int) -> int | None:
    """Return where a brace is closed; None where it is not, or only far behind."""
    end = closing.get(brace)
    return end if end is not None and end - brace <= LIMIT else None


def _fields(text: str, at: int, end: int, closing: dict[int, int]) -> Iterator[tuple[str, Span]]:
    while match := _FIELD.search(text, at, end):
        start = match.end()
        stop = start
        if text[start : start + 1] == "{":
            stop = closing.get(start, end)
            value = Span(start + 1, stop)
        elif text[start : start + 1] == '"':
            stop = text.find('"', start + 1, end)
            stop = stop if stop >= 0 else end
            value = Span(start + 1, stop)
        else:
            ends = (text.find(",", start, end), text.find("\n", start, end))
            stop = min((p for p in ends if p >= 0), default=end)
            value = Span(start, start + len(text[start:stop].rstrip()))
        yield match["name"].lower(), value
        at = max(stop + 1, match.end())


def is_masked(name: str, value: str) -> bool:
    """Tell whether a field that matters holds a mask."""
    if name not in _KEY_FIELDS:
        return False
    bare = value.strip("{} ")
    if _MASK.fullmatch(bare):
        return not (name == "note" and not bare)
    if name in {"author", "editor"} and _NAMES_IN_BOX.fullmatch(bare):
        return True
    if not bare.isascii() and len(bare) <= 16 and _is_word(bare):
        return True
    if _WITHIN.search(bare):
        return name not in {"note", "url", "howpublished"} or _LOUD.search(bare) is not None
    return False


def says_masked(note: str) -> bool:
    """Tell whether a note in brackets only says that a part is missing: "Journal TBD", "year?"."""
    folded = fold(note)
    every = lexicon(frozenset(LANGUAGES))
    told = any(role.search(folded) for role in (every.promise, every.lack))
    return told or _MASK.fullmatch(note.strip()) is not None or _OPEN.search(note) is not None


_OPEN = re.compile(r"\?|(?i:\b(?:tbd|tba|todo|fixme|x{2,})\b)|…|\.{3}|_{2,}")


def _is_word(value: str) -> bool:
    """Tell whether a value is the name of a field, or a promise, in any language: "作者", "待补充"."""
    folded = fold(value).strip("[]<>()（） ")
    every = lexicon(frozenset(LANGUAGES))
    return any(role.fullmatch(folded) for role in (every.field, every.promise, every.lack))
