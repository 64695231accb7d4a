"""Editions, volumes, pages and other numbers as the APA manual labels them (9.19, 9.25–9.28)."""

from __future__ import annotations

import re

from refcheck.styles.casing import capital_first
from refcheck.styles.terms import Terms

_NUMBER = re.compile(r"[A-Za-z]*\d+[A-Za-z]*(?:\s*[-–,&/]\s*[A-Za-z]*\d+[A-Za-z]*)*")
_SEVERAL = re.compile(r"\d\s*(?:[-–,&]|\band\b)\s*\w*\d")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ROMAN = re.compile(r"[ivxlcdm]+", re.IGNORECASE)


def is_number(value: str) -> bool:
    """Tell whether a value is a number, with letters about it at most: "12", "S2", "3b", "1-4"."""
    return bool(_NUMBER.fullmatch(value.strip()))


def dashed(value: str) -> str:
    """Return ranges with an en dash and no space round it; a web page's "12-1–12-9" stays told apart."""
    value = re.sub(r"\s*(?:--|[–—])\s*", "–", value)
    if value.count("-") == 1:
        value = re.sub(r"(?<=\w)\s*-\s*(?=\w)", "–", value)
    elif "," in value or ";" in value:
        value = re.sub(r"(?<=\d)\s*-\s*(?=\d)", "–", value)
    return value.strip()


def pages(value: str, terms: Terms) -> str:
    """Return "p. 12", "pp. 12–19"; where there are words already, these."""
    if not value:
        return ""
    if re.match(r"\s*(?:pp?\.|S\.)\s", value):
        return dashed(value)
    shown = spread(value)
    return f"{terms['pp.' if re.search(r'[–,&;]', shown) else 'p.']} {shown}"


def spread(value: str) -> str:
    """Return a page range with both ends in full: "583-9" is "583–589"."""
    shown = dashed(value)
    match = re.fullmatch(r"(\D*)(\d+)–(\D*)(\d+)", shown)
    if match and match[3] in {"", match[1]} and len(match[4]) < len(match[2]):
        return (
            f"{match[1]}{match[2]}–{match[1]}{match[2][: len(match[2]) - len(match[4])]}{match[4]}"
        )
    return shown


def edition(value: str, terms: Terms) -> str:
    """Return "2nd ed.", of "second edition" too, and "Rev. ed."; other words as they are (9.19)."""
    value = _worded(value.strip())
    bare = re.fullmatch(r"(\d+)(?:st|nd|rd|th|\.)?(?:\s+ed(?:ition|\.)?)?", value, re.IGNORECASE)
    if not bare:
        return re.sub(r"(?i)\bedition$", terms["ed."], value)
    number = int(bare[1])
    if terms["ed."] == "Aufl." or terms["In"] == "Dans":
        return f"{number}{'.' if terms['ed.'] == 'Aufl.' else 'ᵉ'} {terms['ed.']}"
    return f"{ordinal(number)} {terms['ed.']}"


def _worded(value: str) -> str:
    """Return an edition counted in words by its number, one that is revised by its abbreviation."""
    words = value.lower().split()
    if words[-1:] == ["edition"] and len(words) == 2 and words[0] in _ORDINALS:
        return str(_ORDINALS.index(words[0]) + 1)
    return re.sub(r"(?i)^(?:revised|rev\.?) ed(?:ition|n?\.?)$", "Rev. edition", value)


def ordinal(number: int) -> str:
    """Return "1st", "22nd", "113th"."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }".replace(" ", "")


def is_volume(value: str) -> bool:
    """Tell whether a volume is counted, in Roman numbers too: what is not is part of the title."""
    return is_number(value) or bool(_ROMAN.fullmatch(value.strip()))


def counted(value: str, one: str, many: str, terms: Terms) -> str:
    """Return a number with its word: "Vol. 3", "Vols. 1–2", "Pt. 2"; what is no number as it is."""
    if not (is_number(value) or (one == "Vol." and is_volume(value))):
        return capital_first(value)
    return f"{terms[many if _SEVERAL.search(value) else one]} {dashed(value)}"


def volume(value: str, terms: Terms) -> str:
    """Return "Vol. 3", "Vols. 1–2"."""
    return counted(value, "Vol.", "Vols.", terms)


def part(value: str, terms: Terms) -> str:
    """Return "Pt. 2"."""
    return counted(value, "Pt.", "Pt.", terms)


def issue(value: str, terms: Terms) -> str:
    """Return "Issue 3", "Issues 3–4", "Issue Spring"; "" for none."""
    several = is_number(value) and _SEVERAL.search(value)
    return f"{terms['Issues' if several else 'Issue']} {dashed(value)}" if value else ""


def supplement(value: str, terms: Terms) -> str:
    """Return "Suppl. 1"."""
    return counted(value, "Suppl.", "Suppl.", terms)


def volumes(value: str, terms: Terms) -> str:
    """Return "Vols. 1–4" for a work of so many volumes."""
    if not value.isdigit():
        return value
    return f"{terms['Vols.']} 1–{value}" if int(value) > 1 else ""


def labelled_number(value: str, terms: Terms) -> str:
    """Return "No. 12"; an identifier that names its own kind (ICPSR 35531) as it is."""
    value = value.strip()
    if not is_number(value) and not re.fullmatch(r"[A-Z]*\d[\w./-]*", value):
        return value
    if re.match(r"(?i)no\.|nr\.", value):
        return value
    several = re.search(r"\d(?:,\s|\s*&\s*|\s+and\s+)\w*\d", value)  # 13,676 is one number
    return f"{terms['Nos.' if several else 'No.']} {capital_first(value)}"
