"""Dates as the APA manual writes them. Source: 7th ed., 8.10–8.15, 9.13–9.17."""

from __future__ import annotations

from refcheck.record import PartialDate, Record
from refcheck.styles.terms import Terms

_WITH_DAY = frozenset(
    "article-magazine article-newspaper broadcast collection document event motion_picture"
    " pamphlet performance personal_communication post post-weblog song speech webpage".split()
)
_EDITED = ("collection_editor", "compiler", "editor", "editorial_director")
_PUBLISHED = (*_EDITED, "issue", "page", "supplement_number", "volume")


def in_proceedings(record: Record) -> bool:
    """Tell whether a conference paper or an interview was published, not only given."""
    return any(getattr(record, field) for field in _PUBLISHED)


def edited(record: Record) -> bool:
    """Tell whether somebody edited what holds the work."""
    return any(getattr(record, field) for field in _EDITED)


def _wiki(record: Record) -> bool:
    """Tell whether an entry is a dated version of a page that anybody edits (example 49)."""
    return (
        record.type.startswith("entry")
        and bool(record.container_title and record.url)
        and not (record.author or record.publisher or edited(record))
    )


def year(date: PartialDate, terms: Terms) -> str:
    """Return the year or years: "2018", "1826–1827", "ca. 1860", "350 B.C.E."."""
    if not date.start:
        return date.literal
    shown = _one_year(date.start[0], terms)
    if date.end and date.end[0] != date.start[0]:
        shown += "–" + _one_year(date.end[0], terms)
    return f"{terms['ca.']} {shown}" if date.circa else shown


def _one_year(number: int, terms: Terms) -> str:
    if number < 0:
        return f"{-number}{terms['B.C.E.']}"
    return f"{number}{terms['C.E.']}" if number < 500 else str(number)


def _day(parts: tuple[int, ...], terms: Terms) -> str:
    month = terms["months"].split()[parts[1] - 1]
    return terms["month-day"].format(month=month, day=parts[2]) if len(parts) > 2 else month


def _rest(date: PartialDate, terms: Terms) -> str:
    """Return what follows the year: "May 30", "July 12–15", "March 30–April 2", "Spring"."""
    if len(date.start) < 2:
        return terms["seasons"].split()[date.season - 1] if date.season else ""
    shown = _day(date.start, terms)
    if len(date.end) > 1:
        if date.end[0] != date.start[0]:
            return f"{shown}–{_day(date.end, terms)}"
        if date.end[1] == date.start[1] and len(date.end) > 2 and len(date.start) > 2:
            month_first = terms["month-day"].index("{month}") < terms["month-day"].index("{day}")
            if month_first:
                return f"{shown}–{date.end[2]}"
            return terms["month-day"].format(
                month=terms["months"].split()[date.start[1] - 1],
                day=f"{date.start[2]}.–{date.end[2]}",
            )
        if date.end[1:] != date.start[1:]:
            return f"{shown}–{_day(date.end, terms)}"
    return shown


def whole(date: PartialDate, terms: Terms) -> str:
    """Return a date in running order: "May 5, 2019"."""
    if not date.start:
        return date.literal
    rest = _rest(date, terms)
    if not rest:
        return year(date, terms)
    if terms["month-day"].startswith("{day}"):
        return f"{rest} {date.start[0]}"
    return f"{rest}, {date.start[0]}" if len(date.start) > 2 else f"{rest} {date.start[0]}"


def listed(record: Record, suffix: str, terms: Terms) -> str:
    """Return what stands in brackets after the author: "2018, November 28", "n.d.-a", "in press"."""
    date = record.issued
    if date is None or not (date.start or date.literal):
        word = record.status.lower() or terms["n.d."]
        return f"{word}-{suffix}" if suffix else word
    if not date.start:
        return f"{date.literal}-{suffix}" if suffix else date.literal
    shown = year(date, terms) + suffix
    full = record.type in _WITH_DAY or (
        record.type in {"interview", "paper-conference"} and not in_proceedings(record)
    )
    if not (full or _wiki(record)):
        return shown
    rest = _rest(date, terms)
    return terms["year-date"].format(year=shown, rest=rest) if rest else shown


def cited(record: Record, suffix: str, terms: Terms) -> str:
    """Return the year of a citation: "2018a", "1970/1972", "n.d.", "in press"."""
    date = record.issued
    if date is None or not (date.start or date.literal):
        word = record.status.lower() or terms["n.d."]
        return f"{word}-{suffix}" if suffix else word
    if not date.start:
        return f"{date.literal}-{suffix}" if suffix else date.literal
    shown = year(date, terms) + suffix
    original = record.original_date
    return f"{year(original, terms)}/{shown}" if original and original.start else shown
