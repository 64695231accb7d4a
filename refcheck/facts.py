"""What a text states that can be checked against another text: periods, ordinals, numbers, models.

Two texts on one event agree in these however they are worded and in whatever language; where they
differ in one of a kind, they do not mean the same. Languages: en, zh, de, fr, es, it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from refcheck.days import MONTHS
from refcheck.text import fold

Kind = Literal["period", "ordinal", "number", "model"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. ``value`` is comparable with that of another fact of its kind and unit.

    period: ISO days ``2025-01-01/2025-03-31``; ordinal: ``2``; number: digits without separators,
    with ``unit`` (``minute``, ``yuan``, ``percent``, ``item`` …, "" for none); model: ``su7``.
    ``text`` is how it was written.
    """

    kind: Kind
    value: str
    unit: str = ""
    text: str = ""

    @property
    def period(self) -> tuple[str, str]:
        """First and last day of a period, ISO."""
        first, _, last = self.value.partition("/")
        return first, last


_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo "
    "lunedi martedi mercoledi giovedi venerdi".split()
)
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first 1st erste erster erstes ersten premier premiere primer primero primera primo prima",
            "second 2nd zweite zweiter zweites zweiten deuxieme seconde segundo segunda secondo seconda",
            "third 3rd dritte dritter drittes dritten troisieme tercer tercero tercera terzo terza",
            "fourth 4th vierte vierter vierten quatrieme cuarto cuarta quarto quarta",
            "fifth 5th funfte funfter funften cinquieme quinto quinta",
            "sixth 6th sechste sechsten sixieme sexto sexta sesto sesta",
            "seventh 7th siebte siebten septieme septimo settimo",
            "eighth 8th achte achten huitieme octavo ottavo",
            "ninth 9th neunte neunten neuvieme noveno nono",
            "tenth 10th zehnte zehnten dixieme decimo",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_SIGNS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {
    "首": 1,
    "两": 2,
}
_UNITS = {
    "minute": "minute minutes min minuten minuti minutos 分钟",
    "hour": "hour hours stunden heures horas ore 小时",
    "day": "day days tage jours dias giorni 天",
    "week": "week weeks wochen semaines semanas settimane 周",
    "percent": "% percent prozent ％ per cent",
    "yuan": "yuan rmb cny 元",
    "dollar": "dollar dollars usd 美元",
    "euro": "euro euros eur 欧元",
    "km": "km kilometers kilometres kilometer 公里",
    "mm": "mm 毫米",
    "item": "台 辆 units vehicles cars preorders pre-orders orders",
    "person": "people dead killed persons 人",
    "store": "家门店 stores showrooms 家",
}
_SCALES = {"万": 10_000, "亿": 100_000_000, "million": 1_000_000, "millionen": 1_000_000, "millions": 1_000_000, "millones": 1_000_000, "milioni": 1_000_000, "billion": 1_000_000_000, "thousand": 1_000, "k": 1_000}  # fmt: skip

_YEAR = r"(?:19|20)\d\d"
_ORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_MON = "|".join(sorted(MONTHS, key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    units = sorted((u for words in _UNITS.values() for u in words.split()), key=len, reverse=True)
    quarter_words = r"(?:quarter|quartal|trimestre|trimester|viertel)"
    half_words = r"(?:half|halbjahr|semestre|mitad)"
    return {
        "quarter": re.compile(
            rf"({_YEAR})\s*年?(?:的|,)?\s*(?:q([1-4])\b|第?([一二三四1-4])季度)"
            rf"|\bq([1-4])\s*(?:of|/|,|'|del|du)?\s*({_YEAR})"
            rf"|\b({_ORD})\s+{quarter_words}(?:\s+(?:of|del|du|de|des jahres|von))?\s+({_YEAR})"
        ),
        "half": re.compile(
            rf"({_YEAR})\s*年?(?:的)?\s*(?:h([12])\b|([上下])半年)"
            rf"|\bh([12])\s*({_YEAR})"
            rf"|\b({_ORD})\s+{half_words}(?:\s+(?:of|del|du|de|von))?\s+({_YEAR})"
        ),
        "day": re.compile(
            rf"({_YEAR})[-/.年]\s*(\d{{1,2}})[-/.月]\s*(\d{{1,2}})日?"
            rf"|\b(\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s+(?:of|de))?\s+({_MON})\.?,?(?:\s+(?:de|del))?\s+({_YEAR})"
            rf"|\b({_MON})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+({_YEAR})"
        ),
        "month": re.compile(
            rf"({_YEAR})\s*年\s*(\d{{1,2}})\s*月|({_YEAR})-(\d{{2}})(?![-\d])"
            rf"|\b({_MON})\.?,?(?:\s+(?:of|de|del))?\s+({_YEAR})"
        ),
        "year": re.compile(rf"(?<![\d.,/-])({_YEAR})(?![\d/]|[.,]\d)\s*年?"),
        "ordinal": re.compile(
            rf"\b({_ORD})\b|第\s*([一二三四五六七八九十]|\d{{1,2}})(?!季|天|周)|(首)(?=[款个次台部批家])"
        ),
        "number": re.compile(
            r"(?<![a-z0-9.,])(\d{1,3}(?:[,.' ]\d{3})+|\d+(?:[.,]\d+)?)\s*"
            rf"(万亿|[万亿]|(?:million|millionen|millions|millones|milioni|billion|thousand|k)\b)?\s*(?:余|多)?\s*"
            rf"({'|'.join(re.escape(u) + ('' if not u.isascii() or u == '%' else r'(?![a-z])') for u in units)})?"
        ),
        "sign": re.compile(
            rf"(?<![第一二两三四五六七八九十])([一二两三四五六七八九十])(?={'|'.join(u for u in units if not u.isascii() and u not in '%％')})"
        ),
        "word": re.compile(
            rf"\b({'|'.join(_WORDS)})[ -](?=(?:{'|'.join(u for u in units if u.isalpha() and u.isascii())})\b)"
        ),
        "model": re.compile(
            r"(?<![a-z0-9])(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])([a-z]+-?\d+[a-z]*|\d+[a-z]+)(?![a-z0-9])"
        ),
    }


_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "one ein eine un une uno una", "two zwei deux dos due", "three drei trois tres tre",
            "four vier quatre cuatro quattro", "five funf cinq cinco cinque", "six sechs seis sei",
            "seven sieben sept siete sette", "eight acht huit ocho otto", "nine neun neuf nueve nove",
            "ten zehn dix diez dieci", "eleven elf onze once undici", "twelve zwolf douze doce dodici",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
"""Numbers in words, read only before a unit ("three minutes")."""


def read(text: str) -> tuple[Fact, ...]:
    """Return the facts that a text states, each once.

    What was read as one (the 2025 of "Q1 2025") is not read again as another.
    """
    folded = fold(text)
    found: dict[Fact, None] = {}

    def take(kind: Kind, value: str, written: str, unit: str = "") -> None:
        found.setdefault(Fact(kind, value, unit, written.strip()))

    patterns = _patterns()
    for name in ("quarter", "half", "day", "month", "year"):

        def period(match: re.Match[str], name: str = name) -> str:
            if value := _period(name, match):
                take("period", value, match[0])
                return " " * len(match[0])
            return match[0]

        folded = patterns[name].sub(period, folded)
    for match in patterns["model"].finditer(folded):
        if not re.fullmatch(r"\d+(?:st|nd|rd|th|k|m|km|mm|min|s|h|x)|(?:q|h)[1-4]", match[1]):
            take("model", match[1].replace("-", ""), match[0])
    folded = patterns["model"].sub(
        lambda m: " " * len(m[0]) if not re.match(r"\d", m[1]) else m[0], folded
    )
    for match in patterns["ordinal"].finditer(folded):
        word = match[1] or match[2] or match[3]
        number = _ORDINALS.get(word) or _SIGNS.get(word) or (int(word) if word.isdigit() else 0)
        if number:
            take("ordinal", str(number), match[0])
    folded = patterns["word"].sub(lambda m: f"{_WORDS[m[1]]} ", folded)
    folded = patterns["sign"].sub(lambda m: str(_SIGNS[m[1]]), folded)
    for match in patterns["number"].finditer(folded):
        if value := _number(match):
            take("number", value, match[0], _unit(match[3] or ""))
    return tuple(found)


def _period(name: str, match: re.Match[str]) -> str:
    groups = match.groups()
    if name in {"quarter", "half"}:
        year = int(next(g for g in (groups[0], groups[4], groups[6]) if g))
        mark = next(g for g in (groups[1], groups[2], groups[3], groups[5]) if g)
        part = {"上": 1, "下": 2}.get(mark) or _SIGNS.get(mark) or _ORDINALS.get(mark) or int(mark)
        months = 3 if name == "quarter" else 6
        if part > 12 // months:
            return ""
        return _days(year, (part - 1) * months + 1, part * months)
    if name == "day":
        if groups[0]:
            year, month, day = int(groups[0]), int(groups[1]), int(groups[2])
        elif groups[3]:
            year, month, day = int(groups[5]), MONTHS[groups[4]], int(groups[3])
        else:
            year, month, day = int(groups[8]), MONTHS[groups[6]], int(groups[7])
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
            return ""
        return f"{year:04d}-{month:02d}-{day:02d}/{year:04d}-{month:02d}-{day:02d}"
    if name == "month":
        year = int(groups[0] or groups[2] or groups[5])
        month = MONTHS[groups[4]] if groups[4] else int(groups[1] or groups[3])
        return _days(year, month, month) if 1 <= month <= 12 else ""
    return _days(int(groups[0]), 1, 12)


def _days(year: int, first_month: int, last_month: int) -> str:
    last = calendar.monthrange(year, last_month)[1]
    return f"{year:04d}-{first_month:02d}-01/{year:04d}-{last_month:02d}-{last:02d}"


def _number(match: re.Match[str]) -> str:
    digits = match[1]
    digits = (
        re.sub(r"[,.' ](?=\d{3}(?:\D|$))", "", digits)
        if re.search(r"[,.' ]\d{3}(?:\D|$)", digits)
        else digits.replace(",", ".")
    )
    scale = 10_000 * 100_000_000 if match[2] == "万亿" else _SCALES.get(match[2] or "", 1)
    value = float(digits) * scale
    if not match[2] and not match[3] and value < 10:
        return ""  # a bare digit tells nothing
    return f"{value:.10g}" if value < 1e10 else str(int(value))


@cache
def _unit_of() -> dict[str, str]:
    return {word: unit for unit, words in _UNITS.items() for word in words.split()}


def _unit(word: str) -> str:
    return _unit_of().get(word, "")


def numerals(text: str) -> tuple[str, ...]:
    """Return every figure of a text, in digits, in signs or in words, in order of value.

    Two titles that differ in one of them are two titles, however alike the rest.
    """
    folded = fold(text)
    found = re.findall(r"\d+(?:[.,]\d+)*|[一二两三四五六七八九十百千万亿]", folded)
    found += [str(_WORDS[word]) for word in folded.split() if word in _WORDS and len(word) > 3]
    found += [f"{_ORDINALS[word]}." for word in folded.split() if word in _ORDINALS]
    return tuple(sorted(found))


def is_calendar_word(word: str) -> bool:
    """Tell whether a word names a month or a day of the week."""
    return fold(word) in MONTHS or fold(word) in _DAYS


def overlap(one: str, other: str) -> bool:
    """Tell whether two periods (``first/last``) share a day."""
    (a, _, b), (c, _, d) = one.partition("/"), other.partition("/")
    return a <= d and c <= b


@lru_cache(8)  # asked for each topic of a document
def acronyms(text: str) -> Mapping[str, str]:
    """Return the acronyms that a text explains, as "electric vehicle (EV)" does EV.

    The words' initials must spell the acronym; a plural s is no part of it.
    """
    found: dict[str, str] = {}
    for match in re.finditer(r"((?:[^\W\d_][\w'’-]*[ \t]+){1,6})\(([A-Z][A-Za-z]{1,6}?)s?\)", text):
        letters = match[2].lower()
        before = match[1].split()[-len(letters) :]
        if len(before) == len(letters) and "".join(word[0].lower() for word in before) == letters:
            found[match[2]] = " ".join(before)
    return found
