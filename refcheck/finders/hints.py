"""What a citation gap says of the work that is meant: in its own words, and just round it.

A gap may name several works ("Smith 2012; Jones 2014"): each is told by itself. The text before and
after is cleaned of markup, with `CITED` where another citation stands, so that whoever compares can
tell what a gap is attached to.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from refcheck.finders.surroundings import Surroundings
from refcheck.model import Hint, Span

CITED = "†"
"""Stands in the text round a gap for another citation."""

REACH = 700
"""Signs of text that are read before a gap, and half as many after it."""

_CITATION = re.compile(
    r"\\(?:[A-Za-z]*cite[A-Za-z]*|footcite|parencite|textcite|citationNeeded)\*?(?:\[[^\[\]]*\])*(?:\{[^{}]*\}|(?![A-Za-z]))"
    r"|\[[^\[\]]{0,80}@[\w:.-]+[^\[\]]{0,120}\]|(?<!\w)@[A-Za-z][\w:-]+|\{\{[\w-]{2,40}\}\}|:cite\w*:`[^`]*`"
    r"|\[(?:refs?|cite|citation needed|citation|todo|source|\?+)\]|\((?:cite|ref|citation needed|todo|\?+)\)"
    r"|\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"\\(?:label|ref|autoref|eqref|cref|Cref|input|include|includegraphics|index|vspace|hspace|begin|end|url|bibliography|footnotemark)\*?(?:\[[^\[\]]*\])*\{[^{}]*\}"
    r"|\$[^$\n]{1,300}\$|!\[[^\[\]]*\]\([^()]*\)|<!--.*?-->|https?://\S+|`{3}.*?`{3}",
    re.DOTALL,
)
_COLOUR = re.compile(
    r"\\(?:color|textcolor|colorbox|todo|definecolor)\*?(?:\[[^\[\]]*\])?\{[a-z!\d]{2,20}\}"
)
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])|\\href\{[^{}]*\}\{([^{}]*)\}")
_FORMATTING = re.compile(
    r"\\[A-Za-z@]+\*?(?:\[[^\[\]]*\])?(?=\s*\{)|\\(?:[a-z]{1,12})(?![A-Za-z{])"
)
_MACRO = re.compile(r"\\(?=[A-Za-z])")
_MARKS = re.compile(r"<[^<>]{1,200}>|[{}*_`~\\#|]|&\w+;")
_LABEL = re.compile(r"(?m)^[ \t]*\[\^([\w-]{3,40})\]:")
"""A footnote's label is often what it is about."""
_PREFIX = re.compile(r"\(([A-Za-z]{1,6})\)([A-Z][a-z])")
"""Part of a name in parentheses: "(WGS)Quikr"."""
_COMMENT = re.compile(r"(?m)^[ \t]*%+")
_SPOKEN = frozenset(
    "item par centering noindent ldots dots newline newpage maketitle eg ie etc quad qquad smallskip medskip bigskip hline left right "
    "clearpage appendix small large tiny footnotesize bfseries itshape em it bf sc tt".split()
)
"""Commands without arguments that stand for no word of the sentence."""


def around_gap(around: Surroundings, span: Span) -> tuple[str, str]:
    """Return the text of the passage before and after a gap, cleaned; the nearest is at the seam."""
    text = around.document.text
    low, high = around.passage(span.start, span.end)
    latex = around.document.format in {"latex", "jupyter", "rst", "markdown"}
    before = clean(text[max(low, span.start - 2 * REACH) : span.start], latex=latex)
    after = clean(text[span.end : min(high, span.end + REACH)], latex=latex)
    return before[-REACH:], after[: REACH // 2]


@lru_cache(maxsize=256)
def clean(text: str, *, latex: bool = True) -> str:
    """Return a passage in one line: other citations as `CITED`, commands as the words they stand for."""
    text = _COMMENT.sub(" ", text) if latex else text
    text = _LABEL.sub(r"\1. ", text)
    text = _PREFIX.sub(r"\1\2", text)
    text = _LINK.sub(lambda m: m[1] or m[2] or " ", _CITATION.sub(f" {CITED} ", text))
    text = _COLOUR.sub(" ", _DROPPED.sub(" ", text))
    text = _FORMATTING.sub(_word, text)
    return " ".join(_MARKS.sub(" ", _MACRO.sub("", text)).split())


def _word(match: re.Match[str]) -> str:
    """Keep the name of a command that takes no argument: authors write their terms so."""
    name = match[0].lstrip("\\")
    alone = not match.string.startswith("{", match.end()) and "[" not in name
    return f" {name} " if alone and len(name) > 2 and name not in _SPOKEN else " "


# --- the gap's own words --------------------------------------------------------------------------

_WRAPPER = re.compile(
    r"\\color\{[^{}]*\}|^\s*(?:%+|//+|#+|<!--)|-->\s*$|\\(?:cite\w*|[a-z]*cite[a-z]*)\b\*?|\\[A-Za-z]+\*?(?:\[[^\[\]]*\])?(?=\s*\{)|:cite\w*:"
)
_MARKER = re.compile(
    r"(?<![\w-])(?:(?:citations?[- ]needed|citations?|cit(?:e|ed|es|ing)|references?|refs?|sources?|todo|fixme|tbd|tba|tbc|tk|xx+x*|needed|needs?|insert|add|adding|here|find|fill in|fill|provide|"
    r"include|give|put|get|look up|check|links?|urls?|please|missing|something|some|other|see|e\.g\.|for example|also|and others|etc\.?|"
    r"quellen?|belege?|einfügen|ergänzen|fehlt|folgt|siehe|bitte|citer|ajouter|insérer|manque|voir|fuentes?|citar|añadir|insertar|falta|véase|fontes?|fonte|inserir|citace|odkaz|doplnit|"
    r"one candidate is|candidates?|appropriate|relevant|proper|good|best|original|the|a|an|to|for|on|of|from|by|in|is|are|there|any|that|this|or|it)(?![\w-])|引用|来源|出处|补充|添加)",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s{}<>\"]+")
_YEAR = re.compile(r"(?<![\w./-])((?:1[6-9]|20)\d\d)[a-z]?(?![\w/-])")
_SEPARATOR = re.compile(r"\s*;\s*|,?\s+(?:and|und|et|y|e|&|sowie)\s+|,\s*|\s+/\s+")
_WORD = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|ter|ten)\s+){0,2}[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*\.?"
_PEOPLE = re.compile(rf"(?<![\w@]){_WORD}(?:\s+{_WORD}){{0,3}}")


def hints(own: str) -> tuple[Hint, ...]:
    """Return what a gap says of each of its works; none where it is a bare marker."""
    text = _WRAPPER.sub(" ", own)
    slugs = " ".join(_slug(url) for url in _URL.findall(text))
    text = _URL.sub(" ", text)
    text = " ".join(re.sub(r"[\[\](){}<>\"“”`*_~^|@#]+", " ", text.replace("\\", " ")).split())
    parts = [_hint(part) for part in _parts(text)]
    if slugs:
        parts.append(Hint(words=slugs))
    return tuple(part for part in parts if part.words or part.year)


def _slug(url: str) -> str:
    """Return the words of an address's path: "/123_A-title-of-a-paper.pdf" says what it is of."""
    path = unquote(re.sub(r"^https?://[^/]+|[?#].*$", "", url))
    last = re.sub(r"\.(?:pdf|html?|php|aspx?)$", "", path.rstrip("/").rsplit("/", 1)[-1])
    return " ".join(re.split(r"[-_+.\s]+", last))


def _parts(text: str) -> list[str]:
    """Split a gap into its works: where both sides of a separator name somebody and both, or none, a year."""
    pieces: list[str] = []
    glue: list[str] = []
    at = 0
    for match in _SEPARATOR.finditer(text):
        pieces.append(text[at : match.start()])
        glue.append(match[0])
        at = match.end()
    pieces.append(text[at:])
    dated = sum(bool(_YEAR.search(piece)) for piece in pieces)
    parts = [pieces[0]]
    for sign, piece in zip(glue, pieces[1:], strict=True):
        if _parted(parts[-1], sign, piece, dated):
            parts.append(piece)
        else:
            parts[-1] += sign + piece
    return parts


def _parted(left: str, sign: str, right: str, dated: int) -> bool:
    if not left.strip() or not right.strip():
        return False
    if ";" in sign:
        return True
    if dated >= 2:  # a year ends a work
        return bool(_YEAR.search(left)) and bool(_YEAR.search(right) or names_in(right))
    if dated == 1:
        return False  # "Smith, Jones and Brown 2012"
    wordy = [len(_MARKER.sub(" ", one).split()) > 2 for one in (left, right)]
    joins = sign.strip(" ,") in {"and", "und", "et", "y", "e", "&", "sowie"}
    return joins and all(wordy) and bool(names_in(left)) and bool(names_in(right))


_KEY = re.compile(
    r"(?:(?i:todo|fixme|xxx+|tbd|cite|ref)[-_:./]*)?(?P<name>[a-z][a-z'-]{2,24}|[A-Z][a-z'-]{2,24})[-_:]?(?P<year>(?:1[6-9]|20)\d\d)(?:[a-z](?![a-z]))?"
    r"(?:[-_:]?(?P<word>[A-Z]?[a-z]{3,24}))??(?:[-_:./]*(?i:todo|fixme|xxx+|tbd|cite))?"
)
"""A key as bibliographies have it, with or without a mark: ``TODO:smith2014``, ``smith2020cats-todo``."""
_MASKED_YEAR = re.compile(r"\b(?:1[89]|20)(?:[xX?_]{2}|\d[xX?_])(?![\w?])")


def _hint(part: str) -> Hint:
    if key := _KEY.fullmatch(part.strip(" ,.;:")):
        name = key["name"].capitalize()
        words = " ".join(filter(None, (name, key["year"], key["word"])))
        return Hint(words, (name,), int(key["year"]))
    part = _MASKED_YEAR.sub(" ", part)
    words = " ".join(_MARKER.sub(" ", part).split()).strip(" ,.:;-–—!?")
    years = _YEAR.findall(words)
    year = int(years[0]) if len(years) == 1 else None
    told = names_in(words[: words.index(years[0])]) if year else []
    names = told or [one for one in names_in(words) if year or not one.isupper()]
    return Hint(words, tuple(names), year)


def names_in(text: str) -> list[str]:
    """Return what can be somebody's name in a text: words with a capital, next to each other.

    Acronyms of up to three letters alone are none; initials belong to the name they stand by.
    """
    found = []
    for match in _PEOPLE.finditer(_MARKER.sub(" ", text)):
        whole = re.sub(r"['’]s?$", "", match[0])
        core = [word for word in whole.split() if len(word.strip(".")) > 2]
        if core and (len(whole) > 3 or not whole.isupper()):
            found.append(whole)
    return list(dict.fromkeys(found))
