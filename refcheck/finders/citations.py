"""The citations in running text: by key, by number, by author and year. Read once for a document.

Only what is surely a citation is told: a bracket in code, mathematics or a link is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from refcheck.finders.listed import references
from refcheck.finders.surroundings import of
from refcheck.model import Document, Span
from refcheck.text import fold


@dataclass(frozen=True, slots=True)
class Citation:
    """One pointer to one work: the first family name and the year, or its key or number in ``key``."""

    span: Span
    form: Literal["key", "number", "name"]
    key: str = ""
    name: str = ""
    year: str = ""


def citations(document: Document) -> tuple[Citation, ...]:
    """Return the citations of a document's own text, in order of place; none in its reference lists."""
    last = _KEPT.get("last")
    if last is None or last[0] is not document:
        lists = list_spans(document)
        found = (*_keyed(document), *_numbered(document), *_named(document))
        kept = [one for one in found if not any(span.contains(one.span) for span in lists)]
        ordered = tuple(sorted(kept, key=lambda one: one.span))
        last = _KEPT["last"] = (document, ordered)
    return last[1]


_KEPT: dict[str, tuple[Document, tuple[Citation, ...]]] = {}


def list_spans(document: Document) -> list[Span]:
    """Return where the reference lists are, each from its first marker to its end; and notes."""
    bounds: dict[int, tuple[int, int]] = {}
    out = []
    for one in references(document):
        if one.list < 0:
            out.append(one.span)
            continue
        low, high = bounds.get(one.list, (one.span.start, 0))
        bounds[one.list] = min(low, one.span.start), max(high, one.span.end)
    return sorted([*out, *(Span(max(0, low - MARKER), high) for low, high in bounds.values())])


MARKER = 8
"""Signs before the first reference of a list that can be its number."""


def cites_all(document: Document) -> bool:
    r"""Tell whether a document takes its whole bibliography: ``\nocite{*}``, ``nocite: @*``, ``full: true``."""
    text = document.text
    if "@*" in text:
        return True
    return bool(
        re.search(r"\\nocite\{\s*\*\s*\}", text) or re.search(r"full:(?<!\wfull:)\s*true", text)
    )


# --- by key -------------------------------------------------------------------------------------

_TEX = re.compile(
    r"\\(?!set|Declare|new|renew|provide)[A-Za-z]*[Cc]ite(?!style|setup|reset|command|index)[A-Za-z]*\*?[ \t]*(?:<[^<>]{0,200}>)?(?:\[(?:[^\[\]]|\[[^\[\]]*\]){0,300}\][ \t\r\n]*){0,2}\{(?P<keys>[^{}\\]{1,2000})\}"
)
_AT = re.compile(
    r"(?<![\w@./`\\])-?@(?:\{(?P<braced>[^{}\s]{1,120})\}|(?P<key>[A-Za-z0-9_][\w:.#$%&+?<>~/-]*))"
)
_NO_WORK = re.compile(
    r"(?:fig|tbl|tab|eq|eqn|sec|lst|thm|lem|cor|def|exm|exr|doi|pmid|pmcid|arxiv|isbn|url|https?|wikidata|tag|raw|app|alg|prp|rem|nte|tip|wrn|imp|cau|chap|chapter|section|figure|table|equation|part|preview|local)[:/-]",
    re.IGNORECASE,
)
_ORG = re.compile(
    r"\[cite(?:/[\w/]*)?:(?P<inner>[^\[\]]{1,600})\]|\b(?:cite|citep|citet|citenum):(?P<keys>[\w:,.-]+)"
)
_RST = re.compile(
    r":cite(?::\w+)?:`(?P<keys>[^`]{1,300})`|(?<![\w`])\[(?P<label>[A-Za-z#][\w.:+-]{0,60})\]_(?!_)"
)
_ADOC = re.compile(r"\bcite(?:np)?:\[(?P<keys>[^\[\]]{1,200})\]")
_XREF = re.compile(r"<xref\b[^<>]*ref-type\s*=\s*[\"']bibr[\"'][^<>]*>")
_RID = re.compile(r"\brid\s*=\s*[\"']([^\"']+)[\"']")


def _keyed(document: Document) -> Iterator[Citation]:
    text = document.text
    match document.format:
        case "latex":
            yield from _lists(document, _TEX, "keys", ",")
        case "markdown" | "typst":
            if "@" in text:
                yield from _at(document)
            if document.format == "typst" and "#cite(" in text:
                yield from _lists(
                    document, re.compile(r"#cite\(\s*<(?P<keys>[^<>]+)>"), "keys", "\0"
                )
            elif "\\cite" in text:
                yield from _lists(document, _TEX, "keys", ",")
        case "org":
            for found in _ORG.finditer(text):
                inner = found["inner"] or ""
                keys = re.findall(r"@([\w:.+/-]+)", inner) if inner else found["keys"].split(",")
                yield from (_key(found.span(), key) for key in keys)
        case "rst":
            yield from _lists(document, _RST, "keys", ",")
            yield from (_key(m.span(), m["label"]) for m in _RST.finditer(text) if m["label"])
        case "asciidoc":
            for found in _ADOC.finditer(text):
                keys = re.findall(r"[\w:.+/-]+", re.sub(r"\([^()]*\)", "", found["keys"]))
                yield from (_key(found.span(), key) for key in keys)
        case "jats":
            for found in _XREF.finditer(text):
                rid = _RID.search(found[0])
                yield from (_key(found.span(), key) for key in (rid[1].split() if rid else ()))


def _key(span: tuple[int, int], key: str) -> Citation:
    return Citation(Span(*span), "key", key.strip().rstrip(".:"))


def _lists(
    document: Document, pattern: re.Pattern[str], group: str, separator: str
) -> Iterator[Citation]:
    around = of(document)
    text = document.text
    for match in pattern.finditer(text):
        start, end = match.span()
        if match[group] is None or _commented(document, start) or around.is_inert(start, start + 1):
            continue
        for key in match[group].split(separator):
            if re.fullmatch(r"[^\s#%~\\{}*]+", key.strip()):
                yield _key((start, end), key)


def _commented(document: Document, offset: int) -> bool:
    text = document.text
    line = text.rfind("\n", 0, offset) + 1
    return document.format == "latex" and bool(re.search(r"(?<!\\)%", text[line:offset]))


def _at(document: Document) -> Iterator[Citation]:
    around = of(document)
    text = document.text
    labels = set(re.findall(r"<([\w:.-]+)>", text)) if document.format == "typst" else set()
    for match in _AT.finditer(text):
        key = (match["braced"] or match["key"]).rstrip(".:,;?/-")
        if _NO_WORK.match(key) or key in labels or around.is_inert(*match.span()):
            continue
        line, _ = around.line(match.start())
        if document.format == "typst" and text[line : match.start()].lstrip().startswith("//"):
            continue
        yield _key(match.span(), key)


# --- by number ----------------------------------------------------------------------------------

_RUN = r"\d{1,3}(?:\s*[,;–—-]\s*\d{1,3}){0,20}"
_NUMBERS = re.compile(rf"\[(?P<inner>{_RUN})\\?\]")
_BEFORE, _NOT_AFTER = frozenset('(.,;:)”"’。，、'), frozenset("([:{_")
_GLUED_AFTER = frozenset(".,;:)。，")


def _numbered(document: Document) -> Iterator[Citation]:
    if document.format in {"latex", "bibtex", "jats", "wikitext"} or "[" not in document.text:
        return
    around = of(document)
    for match in _NUMBERS.finditer(document.text):
        start, end = match.span("inner")
        if not _is_apart(document.text, *match.span()) or around.is_inert(start, end) or around.in_link(start, end):  # fmt: skip
            continue
        for number in expanded(match["inner"]):
            yield Citation(Span(start - 1, end + 1), "number", str(number))


def _is_apart(text: str, start: int, end: int) -> bool:
    """Tell a number in brackets that cites from an index: what stands before and after it."""
    if text[start - 1 : start] == "\\":
        start -= 1
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isspace() or before in _BEFORE:
        return after not in _NOT_AFTER and not after.isalnum()
    return before.isalpha() and (after.isspace() or after in _GLUED_AFTER)


def expanded(numbers: str) -> list[int]:
    """Return the numbers of ``1, 3–5`` one by one; a range of more than 50 is left out."""
    out: list[int] = []
    for part in re.split(r"[,;]", numbers):
        bounds = [int(one) for one in re.findall(r"\d+", part)]
        if len(bounds) == 2 and bounds[0] < bounds[1] <= bounds[0] + 50:
            out.extend(range(bounds[0], bounds[1] + 1))
        elif len(bounds) == 1:
            out.append(bounds[0])
    return out


# --- by author and year -------------------------------------------------------------------------

_CAP = r"[^\W\d_a-z]"
_NAME = rf"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|ter|ten|St\.)[ -]){{0,2}}{_CAP}[^\W\d_]+(?:[-'’]{_CAP}?[^\W\d_]+)*"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)[a-z]?"
_MORE = rf"(?:(?:,\s*{_NAME}){{0,5}},?\s*(?:&|\\&|and|und|et|y|e|en|och|i)\s+{_NAME}|,?\s+et\.?\s+al\.?|\s+u\. ?a\.|\s+and colleagues)?"
_IN_BRACKETS = re.compile(
    rf"(?:^|;|,|\b(?:e\.g\.,?|see(?: also)?|cf\.|siehe|vgl\.|voir))\s*(?P<name>{_NAME})(?P<more>{_MORE}),?\s+{_YEAR}(?=\s*(?:$|[;,:]))"
)
_BRACKET = re.compile(r"\((?P<inner>[^()]{6,400}\d{4}[a-z]?[^()]{0,60})\)")
_IN_SENTENCE = re.compile(
    rf"(?P<name>{_NAME})(?P<more>{_MORE})(?:['’]s)?\s+\({_YEAR}(?:,\s*pp?\.[^()]{{1,20}})?\)"
)
_YEAR_OPENS = re.compile(r"\((?:1[6-9]|20)\d\d")
LONGEST_NAMES = 240
"""How far before its year, in code points, names are looked for."""
_NO_NAME = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec figure fig table section chapter act version since until from before after in on the and published updated accessed retrieved copyright spring summer fall autumn winter monday tuesday wednesday thursday friday saturday sunday january circa early late mid born died edition vol volume released approximately about around started est founded".split()
)


def _named(document: Document) -> Iterator[Citation]:
    if document.format in {"latex", "bibtex", "jats", "wikitext"} or "(" not in document.text:
        return
    around = of(document)
    text = document.text
    for bracket in _BRACKET.finditer(text):
        if not re.search(r"[^\W\d_a-z]", bracket["inner"]) or around.is_inert(*bracket.span()):
            continue
        base = bracket.start("inner")
        for match in _IN_BRACKETS.finditer(bracket["inner"]):
            yield from _of_name(match, base)
    done = 0
    for year in _YEAR_OPENS.finditer(text):
        for match in _IN_SENTENCE.finditer(text, max(done, year.start() - LONGEST_NAMES), year.end() + 40):  # fmt: skip
            if match.start("year") >= year.start():
                done = match.end()
                if match.start("year") == year.start() + 1 and not around.is_inert(*match.span()):
                    yield from _of_name(match, 0)
                break


def _of_name(match: re.Match[str], base: int) -> Iterator[Citation]:
    name = match["name"]
    if fold(name) not in _NO_NAME and not name.isupper():
        span = Span(base + match.start("name"), base + match.end("year"))
        yield Citation(span, "name", name=name, year=match["year"])
