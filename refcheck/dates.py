"""Dates as exact as they are known, and how CSL-JSON, EDTF and people write them.

Sources: CSL 1.0.2, "date variables"; EDTF, levels 0 and 1 (https://www.loc.gov/standards/datetime/).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as it is known: ``(2024,)``, ``(2024, 5)`` or ``(2024, 5, 30)``.

    ``end`` closes a range. ``season`` is 1 (spring) to 4 (winter), 0 for none. ``literal`` holds
    what is no date ("in press"; then ``start`` is empty), or what was read where a month or a day
    cannot be ("2023-13"; then ``start`` goes as far as it can).
    """

    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    season: int = 0
    circa: bool = False
    literal: str = ""

    @property
    def year(self) -> int | None:
        """The year, where there is one."""
        return self.start[0] if self.start else None

    def iso(self) -> str:
        """The date as ISO 8601, as exact as it is: ``2024-05``."""
        return "-".join(f"{part:02d}" if n else f"{part:04d}" for n, part in enumerate(self.start))


def date_from_csl(value: Any) -> PartialDate | None:
    """Read a CSL-JSON date: ``date-parts``, ``raw`` or ``literal``; None where it says nothing."""
    if isinstance(value, str | int):
        return date_from_text(str(value))
    if not isinstance(value, Mapping):
        return None
    given = value.get("date-parts")
    listed = [parts for parts in given if isinstance(parts, list | tuple)] if isinstance(given, list | tuple) else []  # fmt: skip
    ranges = [_parts(parts) for parts in listed]
    start = ranges[0] if ranges else ()
    literal = value.get("literal")
    if not start:
        said = value.get("raw") or literal or (_cut(listed[0], ()) if listed else "")
        return date_from_text(str(said)) if isinstance(said, str | int) else None
    season = str(value.get("season"))
    coded = listed[0][1] if len(listed[0]) > 1 else ""
    return PartialDate(
        start=start,
        end=ranges[1] if len(ranges) > 1 else (),
        season=int(season) if season in {"1", "2", "3", "4"} else _season(str(coded)),
        circa=bool(value.get("circa")) and str(value.get("circa")).lower() not in {"0", "false"},
        literal=literal.strip() if isinstance(literal, str) else _cut(listed[0], start),
    )


def date_to_csl(date: PartialDate) -> dict[str, Any]:
    """Write a date as CSL-JSON has it."""
    out: dict[str, Any] = {}
    if date.start:
        out["date-parts"] = [list(date.start), *([list(date.end)] if date.end else [])]
    if date.season:
        out["season"] = date.season
    if date.circa:
        out["circa"] = True
    if date.literal:
        out["literal"] = date.literal
    return out


_EDTF = re.compile(
    r"(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ].*)?)?)?([~?%]?)(?:/(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?)?"
)
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|sept\.?|(?:{'|'.join(month[:3] for month in MONTHS)})\.?)"
_SPOKEN = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*)?(?P<year>\d{{4}})",  # May 30, 2024
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+)?{_MONTH},?\s+(?P<year>\d{{4}})",  # 30 May 2024
        rf"(?P<year>\d{{4}})\s*,?\s+{_MONTH}(?:\s+(?P<day>\d{{1,2}}))?",  # 2024, May 30
        r"(?P<year>\d{4})\s*年\s*(?:(?P<number>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*日)?)?",
        rf"(?P<season>{'|'.join(_SEASONS)})\s+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})\s*,?\s+(?P<season>{'|'.join(_SEASONS)})",
        r"(?P<circa>c\.|ca\.?|circa)\s*(?P<year>\d{4})",
        r"(?P<year>\d{4})\s*[（(][^()（）]*[)）]",  # the same year in another count of years
    )
)


def date_from_text(text: str) -> PartialDate | None:
    """Read a date in ISO 8601, EDTF (``2019/2020``, ``1920~``) or words (``May 30, 2024``), else a literal."""
    text = text.strip()
    if not text:
        return None
    if match := _EDTF.fullmatch(re.sub(r"/(?:\.\.)?$", "", text)):  # a range without an end
        start, end = _parts(match.group(1, 2, 3)), _parts(match.group(5, 6, 7))
        literal = _cut(match.group(1, 2, 3), start)
        return PartialDate(start, end, _season(match[2] or ""), bool(match[4]), literal)
    for form in _SPOKEN:
        if match := form.fullmatch(text):
            return _spoken(match.groupdict()) or PartialDate(literal=text)
    return PartialDate(literal=text)


def _spoken(said: Mapping[str, str | None]) -> PartialDate | None:
    month: int | str | None = said.get("number")
    if name := said.get("month"):
        month = 1 + next(n for n, full in enumerate(MONTHS) if full.startswith(name[:3].lower()))
    wanted = [part for part in (said["year"], month, said.get("day")) if part]
    start = _parts(wanted)
    if len(start) < len(wanted):
        return None  # the 32nd of May is no date
    season = _SEASONS[(said.get("season") or "").lower()] if said.get("season") else 0
    return PartialDate(start, season=season, circa=bool(said.get("circa")))


def _season(month: str) -> int:
    """Return the season that a month of 21 to 24 stands for (EDTF, level 1), 0 for none."""
    return int(month) - 20 if month in {"21", "22", "23", "24"} else 0


def _cut(parts: Sequence[Any], kept: Sequence[int]) -> str:
    """Return a date of which a part had to be cut, as it was; "" where nothing was, or a zero or season."""
    written = [str(part) for part in parts if part is not None and part != ""]
    if len(written) <= len(kept) or not written[len(kept)].strip("0 "):
        return ""
    return "" if len(kept) == 1 and _season(written[1]) else "-".join(written)


def _parts(parts: Sequence[Any]) -> tuple[int, ...]:
    """Keep year, month and day as far as they can be; a month of 13 and what follows it are cut."""
    out: list[int] = []
    for part, low, high in zip(parts, (-9999, 1, 1), (9999, 12, 31), strict=False):
        try:
            number = int(str(part).strip())
        except ValueError:
            break
        if not low <= number <= high or (not out and number == 0):
            break
        out.append(number)
    return tuple(out)
