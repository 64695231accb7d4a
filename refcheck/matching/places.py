"""Where a record stands, looked for in a reference's text: year, volume, issue, pages, numbers left over."""

from __future__ import annotations

import math
import re
from string import ascii_lowercase

from refcheck.matching.given import Given
from refcheck.matching.profile import Profile

NAN = math.nan


def year(given: Given, record: Profile) -> float:
    """Return how near the nearest year of the text is: 1.0, one off 0.7, two off 0.4, else 0.0."""
    if record.year is None or not given.years:
        return NAN
    if record.year in given.years:
        return 1.0
    nearest = min([abs(one - record.year) for one in given.years])
    return {1: 0.7, 2: 0.4}.get(nearest, 0.0)


def stands(value: str, given: Given) -> float:
    """Tell whether a number of the record stands in the text."""
    if not value:
        return NAN
    if value in given.numbers:
        return 1.0
    digits = "".join([sign for sign in value if sign.isdecimal()])
    if not digits:
        return 1.0 if value in given.bag else 0.0
    digits = digits.lstrip("0") or digits
    if digits in given.numbers:
        return 1.0 if value.lstrip("0") == digits else 0.8
    return 0.0


def last_page(given: Given, record: Profile) -> float:
    """Tell whether the last page stands in the text, whole or cut ("2986-8")."""
    last = record.last_page
    if not last or last == record.first_page:
        return NAN
    if last in given.numbers:
        return 1.0
    return 1.0 if any(last.endswith(one) and len(one) < len(last) for one in given.places[-2:]) else 0.0  # fmt: skip


def together(given: Given, record: Profile) -> float:
    """Tell whether volume and first page stand one after the other, as in "26 (1979) 399"."""
    return 1.0 if f"{record.volume}:{record.first_page}" in given.pairs else 0.0


def numbers_left(given: Given, record: Profile) -> float:
    """Count the numbers of the reference that no field of the record explains, up to 5.

    The last page may be cut ("2986-8") or drawn together with the first; "39th" is told by its digits.
    """
    known = {record.volume, record.issue, record.first_page, record.last_page, record.number}
    rest = [one for one in given.places if one not in known and one not in record.title_set]
    if not rest:
        return 0.0
    for field in (record.volume, record.issue, record.first_page, record.last_page, record.number, record.container_name):  # fmt: skip
        known.update(re.findall(r"[1-9]\d*", field))
    last = record.last_page or record.first_page
    left = 0.0
    for number in set(rest):
        plain = number if number.isdecimal() else number.strip(ascii_lowercase)
        if plain not in known and number not in known and not (len(number) < len(last) and last.endswith(number)):  # fmt: skip
            left += 1
    return min(left, 5.0)


def contradicted(given: Given, record: Profile) -> bool:
    """Tell whether a number of the reference can stand for what the record gives otherwise.

    The end of the pages and the issue are no contradiction where the record has none.
    """
    known = {record.volume, record.issue, record.first_page, record.last_page, record.number}
    before = ""
    for number in given.places:
        ends_pages = not record.last_page and before == record.first_page
        is_issue = not record.issue and before == record.volume
        if not (
            number in known or number in record.title_set or (before and (ends_pages or is_issue))
        ):
            return True
        before = number
    return False
