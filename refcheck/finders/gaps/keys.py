r"""Citation keys that name no work: `[@TODO]`, `\cite{???}`, `@TODO`, `[cite:@xxx]`, `:cite:`TODO``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.finders.gaps.verdict import Hit, Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.finders.words import Lexicon
from refcheck.text import fold

CERTAIN = Verdict("citation_marker", "certain")
_EMPTY = re.compile(
    r"(?i)[\s?]*|\W*(?:x{2,}|\?+|todo|tbd|tba|fixme|tk|missing|needed|placeholder|ref|refs|reference|references|citation|cite|key|citekey|"
    r"something|somewhere|someone|somebody|paper|source|need(?:s|ed)?|add|insert|here|blank|empty|unknown|none|n/?a|\.\.\.|…|-+|_+|\*+)\W*\d?"
)
_BEGINS = r"^(?:todo|tbd|fixme|xxx+|placeholder|missing|needs?|add|insert|findme|needcite|citationneeded)(?=$|[^a-z])"
_ENDS = r"[^a-z](?:todo|fixme|tbd|citationneeded|placeholder)$"
_DOUBTED = r"^\?{1,}[\w ]+\?|^\?{2,}|\?{2,}$"
_MARKER = r"^(?:citation|cite|ref|reference|source)[ _-]*(?:needed|here|missing|todo|me|x+)"
_RECALLED = r"[-_](?:which|what)(?:[-_](?:one|paper|year))?$|(?:^|[-_])(?:find|add|check|cite|get|look)[-_](?:this|it|me|ref|cite|citation|source|year|later|up)$"
_UNFINISHED = re.compile(rf"(?i){_BEGINS}|{_ENDS}|{_DOUBTED}|{_MARKER}|{_RECALLED}")
_ORDERED = re.compile(
    r"(?:(?:^|[-_:.])(?:FIND|CHECK|ADD|CITE|NEED|ASK|GET|MISSING|LOOKUP|VERIFY|CONFIRM|WHICH|WHO)[A-Z]*(?=$|[-_:.]))"
)
"""An order in capitals within a key that is written in small letters: "jones-FIND-THIS"."""
_PANDOC = re.compile(r"\[(?P<s>-?@[^\[\]\r\n]{0,200})\]")
_PANDOC_BARE = re.compile(r"@(?:[?]{2,}|TODO\b|CITE\b|REF\b|XXX+\b)")
_REAL_KEY = re.compile(
    r"@(?!todo\b|TODO\b|cite\b|CITE\b|xxx|XXX)[A-Za-z][\w:-]*\d{2,4}[a-z]?\b|\[@(?:\?|xxx|XXX|cite|CITE|ref|REF|citation|TODO[-_:]\w|\])"
)
"""A key that names a work, or a mask that only a citation can be: without either "@TODO" is a task."""
_ORG = re.compile(r"\[cite[/\w]*:(?P<s>[^\[\]\r\n]{0,200})\]")
_ROLE = re.compile(r":(?:cite|citep|citet|cite:\w+|footcite|ref)s?:`(?P<s>[^`\r\n]{0,120})`")


def is_empty(key: str, lex: Lexicon) -> bool:
    """Tell whether a citation key stands for none: empty, a mask, a word for a source."""
    if _EMPTY.fullmatch(key):
        return True
    folded = fold(key).strip(" ?!.-_")
    if folded in lex.bare:
        return True
    return not key.isascii() and bool(lex.promise.fullmatch(folded) or lex.lack.fullmatch(folded))


def is_unfinished(key: str) -> bool:
    """Tell whether a part of a key says that it is still to be found ("walker_TODO")."""
    if _UNFINISHED.search(key):
        return True
    return _ORDERED.search(key) is not None and any(sign.islower() for sign in key)


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield citations by key, in Pandoc's, Org's and Sphinx's ways, that have no real key."""
    text = around.document.text
    form = around.document.format
    if ":`" in text and form in {"rst", "markdown"}:
        yield from _with(around, _ROLE, r"([^,;`]+)")
    if "@" not in text or form in {"latex", "bibtex", "html"}:
        return
    if form == "org":
        yield from _with(around, _ORG, r"@([^\s;,\]]*)")
    task = form == "markdown" and "bibliography:" not in text[:2000] and not _REAL_KEY.search(text)
    if task:
        return
    yield from _with(around, _PANDOC, r"@([^\s;,\]]*)")
    for match in _PANDOC_BARE.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before.isalnum() or before in {"\\", ".", "/", "@", "_", "[", ":"}:
            continue
        if not around.is_inert(*match.span()) and not _is_note(text, match):
            yield match.start(), match.end(), CERTAIN


def _with(around: Surroundings, pattern: re.Pattern[str], key: str) -> Iterator[Hit]:
    text = around.document.text
    for match in pattern.finditer(text):
        before = text[match.start() - 1 : match.start()] if match.start() else ""
        apart = not (before.isalnum() or before in {"\\", "_"} or around.is_inert(*match.span()))
        if not (apart or match[0].startswith(":")) or re.match(r"@(?i:todo)\s", match["s"]):
            continue
        lex = around.lexicon(*match.span())
        keys = re.findall(key, match["s"])
        if keys and all(is_empty(one, lex) or is_unfinished(one) for one in keys):
            yield match.start(), match.end(), CERTAIN


_SAID_AFTER = re.compile(r"\s*[:(]|[ \t]+[a-z]+[ \t]+[A-Za-z]")
_LINE_BEGINS = re.compile(r"(?:^|[\n*#/])[ \t]*$")


def _is_note(text: str, match: re.Match[str]) -> bool:
    """Tell a note ("@TODO: rewrite") from a key: it begins a line, and something is said after it."""
    if "TODO" not in match[0] or not _SAID_AFTER.match(text, match.end(), match.end() + 40):
        return False
    return _LINE_BEGINS.search(text[max(0, match.start() - 20) : match.start()]) is not None
