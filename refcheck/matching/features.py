"""A reference's text and a record compared: the numbers from which the model makes a probability.

The record's fields are looked for in the whole text, so nothing depends on the text being parsed
right. What of the text no field explains speaks against the record as much as what is missing.
"""

from __future__ import annotations

import math
import re

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from refcheck.matching.given import Given
from refcheck.matching.profile import Profile
from refcheck.matching.rarity import SMALL, rarity
from refcheck.matching.similarity import abbreviates, container_likeness

NAMES = (
    "title_words", "title_letters", "title_weight", "title_missing", "title_overhang", "title_numbers",
    "first_author", "first_author_at", "authors", "year", "container", "volume", "page", "issue",
    "unexplained", "unexplained_share", "identifier", "places", "has_title", "title_rare_missing",
    "numbers_left", "compared",
)  # fmt: skip
"""The features in order. NaN: nothing to compare."""

RISING = (1, 1, 1, -1, -1, -1, 1, 0, 1, 1, 1, 1, 1, 1, -1, -1, 1, 1, 0, -1, -1, 1)
"""Which way the probability may move as the feature grows; 0: either."""

NAN = math.nan
NEAR_SPELLING = 0.8
"""Likeness from which a long word is taken for another, misread: one letter in five."""


def compare(given: Given, record: Profile) -> tuple[float, ...]:
    """Return the features of a reference and a record, in the order of `NAMES`."""
    bag = given.bag
    hit, total, missing, rare_missing, bad_numbers = 0.0, 0.0, 0.0, 0.0, 0
    for word, weight in zip(record.title, record.weights, strict=True):
        total += weight
        if word in bag:
            hit += weight
        elif (near := _misread(word, given)) > 0.0:
            hit += weight * near
            missing += weight * (1 - near)
        else:
            missing += weight
            rare_missing = max(rare_missing, weight)
            bad_numbers += word.isdigit() or word in _ROMAN
    letters, start, end = _found(record.title_text, given.joined) if record.title else (NAN, 0, 0)
    if record.short and record.short in given.joined:
        letters = max(letters, 1.0) if not math.isnan(letters) else 1.0
    has_title = bool(record.title)
    first, at = _first_author(given, record)
    located = [_in(record.volume, given), _in(record.first_page, given), _in(record.issue, given)]
    container = _container(given, record)
    unexplained, share = _unexplained(given, record)
    year = _year(given, record)
    places = sum(one == 1.0 for one in (year, located[0], located[1])) + (container >= 0.6)
    return (
        hit / total if total else NAN,
        letters,
        min(hit, 8.0),
        missing,
        _overhang(given, record, start, end) if has_title and letters >= 0.85 else NAN,
        float(bad_numbers),
        first,
        at,
        _authors(given, record),
        year,
        container,
        located[0],
        located[1],
        located[2],
        unexplained,
        share,
        _identifier(given, record),
        float(places),
        float(has_title),
        rare_missing,
        float(_numbers_left(given, record)),
        float(sum(one == one for one in (first, year, container, *located[:2]))),  # noqa: PLR0124 - NaN
    )


_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii".split())


def _misread(word: str, given: Given) -> float:
    """Return how like the nearest word of the text is, where it can be the same one misread."""
    if len(word) < 5 or word.isdigit():
        return 0.0
    if len(word) > 7 and word in given.joined.replace(" ", ""):
        return 1.0
    best = 0.0
    for other in given.by_letter.get(word[0], ()):
        if abs(len(other) - len(word)) <= 2:
            best = max(best, Indel.normalized_similarity(word, other))
    return best if best >= NEAR_SPELLING else 0.0


def _found(title: str, text: str) -> tuple[float, int, int]:
    """Return how well the title is found in the text, by letters, and where."""
    at = text.find(title)
    if at >= 0:
        return 1.0, at, at + len(title)
    if len(title) > len(text):
        return fuzz.ratio(title, text) / 100, 0, len(text)
    best = fuzz.partial_ratio_alignment(title, text, score_cutoff=50)
    return (best.score / 100, best.dest_start, best.dest_end) if best else (0.4, 0, 0)


def _overhang(given: Given, record: Profile, start: int, end: int) -> float:
    """Count telling words right beside the title that do not belong to the record's other fields.

    Where the reference's own title is longer ("…: a review", "Part II: …") it is another work.
    """
    known = {*record.families, *record.container, *record.publisher, *record.title}
    weight = 0.0
    after = given.joined[end:].split()
    before = given.joined[:start].split()[::-1]
    for words in (after, before):
        for word in words[:4]:
            if word.isdigit() or len(word) < 3 or word in SMALL:
                break
            if word in known or any(abbreviates(word, one) for one in record.container):
                break
            if any(word in family.split() for family in record.families):
                break
            weight += rarity(word)
    return weight


def _first_author(given: Given, record: Profile) -> tuple[float, float]:
    """Return whether the first author's family stands in the text, and how far in, 0 to 1."""
    if not record.families:
        return NAN, NAN
    family = record.families[0]
    parts = family.split()
    at = given.joined.find(family)
    if all(part in given.bag for part in parts) or (len(family) > 5 and at >= 0):
        return 1.0, max(at, 0) / max(1, len(given.joined))
    if parts[-1] in given.bag or parts[0] in given.bag:
        return 0.9, 0.0
    if len(family) >= 5 and (near := _misread(family, given)):
        return near * 0.9, 0.0
    return 0.0, NAN


def _authors(given: Given, record: Profile) -> float:
    """Return the share of the record's authors that the text names, of those it may be held to."""
    families = record.families
    if len(families) < 2:
        return NAN
    named = sum(
        all(part in given.bag for part in family.split()) or family.split()[-1] in given.bag
        for family in families
    )
    if given.et_al or len(families) > 8:
        return min(1.0, named / min(3, len(families))) if named > 1 else NAN
    return named / len(families)


def _year(given: Given, record: Profile) -> float:
    if record.year is None or not given.years:
        return NAN
    nearest = min(abs(year - record.year) for year in given.years)
    return {0: 1.0, 1: 0.7, 2: 0.4}.get(nearest, 0.0)


def _container(given: Given, record: Profile) -> float:
    if not record.container:
        return NAN
    if given.fields is not None and given.fields.container_title:
        return container_likeness(given.fields.container_title, record.container_name)
    hits = 0
    for word in record.container:
        others = given.by_letter.get(word[0], ())
        hits += word in given.bag or any(
            len(other) > 1 and abbreviates(word, other) for other in others
        )
    share = hits / len(record.container)
    if share < 0.6:
        initials = "".join(word[0] for word in record.container)
        if len(initials) >= 3 and initials in given.bag:
            return 0.9
    return share


def _in(value: str, given: Given) -> float:
    """Tell whether a number of the record stands in the text."""
    if not value:
        return NAN
    if not any(sign.isdigit() for sign in value):
        return float(value in given.bag)
    plain = value.lstrip("0") or value
    if plain in given.numbers:
        return 1.0
    digits = "".join(sign for sign in plain if sign.isdigit())
    if digits != plain and digits in given.numbers:
        return 0.8
    return 0.0


def _numbers_left(given: Given, record: Profile) -> int:
    """Count the numbers of the reference that no field of the record explains, up to 5.

    The last page may be cut ("2986-8") or drawn together with the first.
    """
    known = {*record.title, record.number}
    for field in (record.volume, record.issue, record.first_page, record.last_page, record.number):
        known.update(re.findall(r"[1-9]\d*", field))
    known.update(re.findall(r"[1-9]\d*", record.container_name))
    last = record.last_page or record.first_page
    left = 0
    for number in given.places:
        if number not in known and not (last and len(number) < len(last) and last.endswith(number)):
            left += 1
    return min(left, 5)


def _unexplained(given: Given, record: Profile) -> tuple[float, float]:
    """Return the weight, and the share, of the text's telling words that no field explains."""
    known = {*record.title, *record.container, *record.publisher, *record.short.split()}
    for family in record.families:
        known.update(family.split())
    for name in record.givens:
        known.update(name.split())
    letters: dict[str, list[str]] = {}
    for word in known:
        if word:
            letters.setdefault(word[0], []).append(word)
    rest = 0.0
    for word in given.bag:
        if (
            len(word) < 3
            or word in known
            or any(sign.isdigit() for sign in word)
            or word in _EDITORIAL
        ):
            continue
        weight = rarity(word)
        for other in letters.get(word[0], ()):
            if abbreviates(word, other):
                weight = 0.0
                break
            if len(word) >= 5 and Indel.normalized_similarity(word, other) >= NEAR_SPELLING:
                weight *= 0.3
                break
        rest += weight
    return min(rest, 20.0), rest / given.weight if given.weight else 0.0


_EDITORIAL = frozenset(
    "available online from retrieved accessed access http https www org com doi dx vol pages press university eds edn "
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "pag print web journal proceedings html pdf pmid pmc pubmed crossref google scholar".split()
)


def _identifier(given: Given, record: Profile) -> float:
    """1.0 the same identifier, 0.0 another of its kind, NaN where either has none."""
    if given.doi and record.doi:
        return float(given.doi == record.doi)
    if given.arxiv and record.arxiv:
        return float(given.arxiv == record.arxiv)
    return NAN
