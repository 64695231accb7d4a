"""What of a record a reader will stumble over, in whatever style: RC501, RC502."""

from __future__ import annotations

import re
from calendar import monthrange

from refcheck.model import Diagnostic
from refcheck.record import PartialDate, Record

LAST_YEAR = 2200
"""A work is not out so long before: the year is mistyped."""


def told(record: Record) -> tuple[Diagnostic, ...]:
    """Tell of a title that is missing and of a date that cannot be."""
    out = []
    if not record.title:
        message, help_ = f"{named(record)} has no title", "add its title to the bibliography"
        out.append(Diagnostic("RC501", "title-missing", "warning", message, help_))
    date = record.issued
    if date and _impossible(date):
        message = f"{named(record)} has a date that cannot be: {date.literal or date.iso()}"
        out.append(Diagnostic("RC502", "date-impossible", "warning", message, "correct the date"))
    return tuple(out)


def named(record: Record) -> str:
    """Return what a person knows a record by."""
    return record.id or record.title or record.url or "a record"


def _impossible(date: PartialDate) -> bool:
    if not date.start:  # words ("in press") are no date and may be right; numbers alone meant one
        return bool(re.fullmatch(r"-?\d[\d-]*", date.literal))
    if re.fullmatch(r"-?\d+-[\d-]+", date.literal):  # its month or day had to be cut
        return True
    if date.start[0] > LAST_YEAR or (date.end and date.end < date.start[: len(date.end)]):
        return True
    year, month, day = (*date.start, 1, 1)[:3]
    return day > (monthrange(year, month)[1] if year > 0 else 31)
