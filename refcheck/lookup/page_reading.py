"""The fields that a page gives, each with its place in it; names and dates as they stand in bylines.

No source itself (it defines no ``SOURCE``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from refcheck.lookup.reading import day, text, whole_name
from refcheck.record import Name, PartialDate

_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|da|作者|文|记者|撰文|编辑)\s*[:：/丨|]?\s+|^(?:作者|文|记者)[:：]\s*",
    re.IGNORECASE,
)


@dataclass
class Reading:
    """The fields read so far, each with its place in the page; the first reader of a field wins."""

    values: dict[str, Any] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: Any, where: str) -> None:
        """Note a field, unless it is empty or known."""
        if value and name not in self.values:
            self.values[name] = value
            self.where[name] = where


def byline_name(said: str) -> Name:
    """Read a name out of a byline; an address, a sentence or a number is none."""
    said = _BYLINE.sub("", text(said)).strip(" ,;|·")
    if (
        not said
        or "://" in said
        or len(said) > 60
        or len(said.split()) > 6
        or re.search(r"\d{3}|@", said)
    ):
        return Name()
    return whole_name(said)


def sound(said: str) -> PartialDate | None:
    """Read a date; a year before the printing press or beyond the next century is none."""
    found = day(said)
    return found if found and 1450 <= found.start[0] <= 2100 else None


def language(said: str) -> str:
    """Read the code of a language, without its region."""
    code = re.match(r"[a-z]{2,3}(?=$|[-_])", said.strip().lower())
    return code[0] if code else ""
