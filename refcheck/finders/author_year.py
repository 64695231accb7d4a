"""Citations by author and year of which a part is a mask, a field's name, or in doubt.

`(Gardner et al., 20XX)`, `Kansa xxxx`, `Walker (year?)`: the author is told, the year is not.
`(Author, Year)`, `[Author] (Year)`, `(XXX et al., 2020)`: nobody is told. One grammar reads both:
names, what stands for further names, and a year, each of which may have brackets of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from refcheck.text import is_cjk

Part = Literal["real", "masked"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation with a part that is not told. ``sure``: its form leaves little doubt."""

    start: int
    end: int
    names: str
    year: str
    name_is: Part
    year_is: Part
    boxed: bool
    several: bool


# --- names ------------------------------------------------------------------------------------------

_WORD = r"[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*"
_SIGNS = r"[\u4e00-\u9fff]{2,4}?|[\uac00-\ud7af]{2,4}?"
_AUTHOR_WORDS = (
    "Authors?|Author\\(s\\)|Author ?[A-C1-3]|Surname|Last ?[Nn]ame|Name|Auteurs?|Autor(?:in|en|es)?|Autore?i?|Nachname|Apellidos?|"
    "Sobrenome|Cognome|Автор|Penulis|Yazar|Naam|Nazwisko|作者|著者|저자|X{2,4}|XY|X"
)
_AUTHOR = rf"(?:{_AUTHOR_WORDS}|{_AUTHOR_WORDS.upper()}|author(?:s|\(s\))?|last ?name|name)(?:[ _](?:[Nn]ames?|NAMES?|[Ll]ast[ _]?[Nn]ames?))?"
_AND = r"(?:,\s+(?:&\s+|and\s+)?|\s*&\s*|\s+(?:&|and|und|et|y|e|i|og|och|и|en|dan|ve)\s+|、|和|与)"
_ET_AL = (
    r"(?:,?\s*(?:et\s+al\.?,?|and\s+colleagues|u\.\s?a\.|i\s+in\.|и\s+др\.|a\s+kol\.|y\s+otros|e\s+outros|et\s+coll\.|m\.\s?fl\.|e\.a\.|dkk\.?|vd\.|mfl\.?|ym\.|i\s+wsp\.|ve\s+ark\.|és\s+mtsai\.?|și\s+colab\.|та\s+ін\.|e\s+cols?\.|y\s+cols?\.|và\s+cộng\s+sự|وآخرون)"
    r"|\s*(?:等人?|ら|외))"
)

# --- years ------------------------------------------------------------------------------------------

_YEAR_WORDS = "Year|Date|Année|Año|Jahr|Jahreszahl|Ano|Anno|Jaar|Jaartal|Rok|Год|Рік|Tahun|Yıl|År|Årtal|Årstal|Årstall|Vuosi|Évszám|Anul|Năm|السنة|年份|年|연도"
_YEAR_WORD = rf"(?:{_YEAR_WORDS}|{_YEAR_WORDS.upper()}|{_YEAR_WORDS.lower()}|[Yy]{{4}}|YY)"
_YEAR_MASK = r"(?:(?:1[89]|20)[xX?_]{2}|(?:19|20)\d[xX?_]|2[xX]{3}|[xX]{3,5}|\?{2,4}|TODO|TBD|TBA)"
_DOUBTED = r"(?:1[89]|20)\d\d[a-z]?\s?\?"
_REAL_YEAR = r"(?:1[6-9]|20)\d\d[a-z]?"
_YEAR = rf"(?:{_YEAR_MASK}|{_YEAR_WORD}\s?\??|{_DOUBTED}|{_REAL_YEAR})"
_PAGES = r"(?:\s*[,;:]\s*(?:(?:pp?|S)\.?\s*[#xX?]+|[Pp]ages?))?"


@cache
def _pattern() -> re.Pattern[str]:
    real = rf"(?<![\w\\])(?:(?:[A-Z]\.\s?){{0,3}}{_WORD}|{_SIGNS})"
    return re.compile(
        rf"(?:(?P<o>[(\[（{{])\s*)?(?:see |cf\. |e\.g\.,? |vgl\. |siehe )?"
        rf"(?:(?P<a>\[?(?<![\w\\])(?:{_AUTHOR})(?:{_AND}(?:{_AUTHOR}))?{_ET_AL}?\]?)"
        rf"|(?P<n>{real}(?:{_AND}{_WORD}){{0,4}})(?P<etal>{_ET_AL})?)"
        rf"(?P<sep>\s*[,，]?\s*(?:in |[–—-] )?)(?P<yo>[(\[（])?(?P<y>{_YEAR})(?P<yc>[)\]）])?{_PAGES}(?:\s*(?P<c>[)\]）}}])|(?!\w|\s*=))"
    )


# --- where to look ----------------------------------------------------------------------------------

_NAMES_END = re.compile(
    rf"(?<![\w\\])(?:(?:Van|Von|Den?|Der|Di|Da|Du|La|Le) )*{_WORD}(?:{_AND}{_WORD}){{0,3}}{_ET_AL}?\s*$"
)


def names_before(text: str, at: int) -> int | None:
    """Return where the names begin that end right before a place; None where none do."""
    found = _NAMES_END.search(text, max(0, at - 70), at)
    return None if found is None or _NO_NAME.match(found[0]) else found.start()


_LOOSE = re.compile(
    r"[12xX?YT](?:(?<=1)[89](?:\d?[xX_?]{1,2})(?!\w)|(?<=2)0(?:\d?[xX_?]{1,2})(?!\w)|(?<=2)[xX]{3}\b|(?<=2)0\d\d ?\?[)\]]"
    r"|(?<=[xX])(?<![\w/.-][xX])[xX](?:[xX]{1,3}(?![\w/-])|(?=[(–-]))|(?<=\?)\?+|(?<=Y)YYY\b|(?<=T)(?:ODO|BD|BA)[)\]])"
)
_NAMELESS = re.compile(r"[(\[（]\s?(?:[Aa]uthor|AUTHOR|X{1,4} et al|X{2,4},|作者|著者|저자)")
_YEAR_ENDS = tuple(
    word
    for words in (_YEAR_WORDS, _YEAR_WORDS.upper(), _YEAR_WORDS.lower())
    for word in words.split("|")
)
_LAST = "".join(sorted({word[-1] for word in _YEAR_ENDS}))
_CLOSING = re.compile(rf"[)\]）](?<=[{_LAST}? ].)")
"""A bracket that closes after what may end a word for a year."""


def marks(text: str) -> list[tuple[int, int]]:
    """Return where a part may be untold, in order. Each search begins with a set of signs, which is fast."""
    found = [match.span() for match in _LOOSE.finditer(text)]
    found += [match.span() for match in _NAMELESS.finditer(text)]
    for match in _CLOSING.finditer(text):
        start = match.start()
        if text[max(0, start - 7) : start].rstrip("? ").endswith(_YEAR_ENDS):
            found.append((start - 1, start + 1))
    return sorted(found)


_NO_NAME = re.compile(
    r"(?i)(?:section|chapter|figure|fig|table|page|pages|lines?|version|volume|vol|part|step|phase|item|issue|number|no|bug|ticket|pr|todo|fixme|xxx+|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
    r"the|in|on|at|from|since|copyright|year|date|tel|phone|room|code|error|python|windows|http|status|type|kapitel|seite|"
    r"abschnitt|model|class|level|grade|line|day|week|appendix|equation|eq|theorem|lemma|algorithm|listing|key|id|isbn|doi|arxiv|spring|summer|"
    r"fall|autumn|winter|q[1-4]|aprovada|data|before|after|until|between|about|approx|released?|published|updated|created|draft|submitted|accepted|hello|"
    r"what|why|how|when|who|where|really|yes|is|are|see|and|or|but|if|this|that|a|an|it|we|i|he|she|they|title|journal|birth|death|born|"
    r"remove|add|fix|use|update|set|call|run|see|replace|insert|print|number|due|start|end|expiry|release|publication|order|required|optional)\b"
)


def citations(text: str, marked: Sequence[tuple[int, int]]) -> Iterator[Citation]:
    """Yield citations with an untold part, in order; looked for only where a mark of one stands (`marks`)."""
    done = 0
    pattern = _pattern()
    for first, last in marked:
        if first < done:
            continue
        low = max(done, first - 110)
        for match in pattern.finditer(text, low, last + 70):
            if match.end() <= first:
                continue
            if match.start() >= last:
                break
            if (found := _citation(text, match)) is not None:
                done = match.end()
                yield found
                break


_GROUP_BEFORE = re.compile(rf"[(\[（](?:{_WORD} ){{1,4}}$")
"""The rest of a name of several words: "(Open Science Collaboration, year)"."""


def _citation(text: str, match: re.Match[str]) -> Citation | None:
    names, year = match["a"] or match["n"], match["y"]
    name_is: Part = "masked" if match["a"] else "real"
    year_is: Part = "real" if re.fullmatch(_REAL_YEAR, year) else "masked"
    if year_is == "real" and name_is == "real":
        return None
    if match["n"] and _NO_NAME.match(names):
        return None
    together = not match["sep"] and not match["yo"] and not (match["o"] and match["c"])
    if together and not is_cjk(names):
        return None  # run together: T200X
    start, end = match.span()
    opened, closed = match["o"] is not None, match["c"] is not None
    if match["yo"] and not match["yc"]:
        if not closed:
            return None
        closed = False
    elif match["yc"] and not match["yo"]:
        closed, end = True, match.end("yc") if not match["c"] else match.end()
    if closed and not opened and (named := _GROUP_BEFORE.search(text, max(0, start - 60), start)):
        opened, start = True, named.start()
    if opened and not closed:
        start += 1
        while text[start].isspace():
            start += 1
    elif closed and not opened:
        end = match.start("c") if match["c"] else end - 1
    elif not opened:
        start = match.start("a" if match["a"] else "n")
    several = (
        bool(match["etal"])
        or re.search(r"et\s+al|&|\band\b|\bund\b|\bet\b|等|ら|외", names) is not None
    )
    return Citation(
        start, end, names, year, name_is, year_is, boxed=opened and closed, several=several
    )
