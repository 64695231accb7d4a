"""A reference's text and a record compared: the numbers from which the model makes a probability.

The record's fields are looked for in the whole text, so nothing depends on the text being parsed
right. What of the text no field explains speaks against the record as much as what is missing.
Set operations sort out first what needs no closer look: most pairs agree, or do not, word by word.
"""

from __future__ import annotations

import math

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from refcheck.matching import people, places
from refcheck.matching.given import NEAR_SPELLING, Given
from refcheck.matching.profile import Profile
from refcheck.matching.rarity import SMALL, rarities
from refcheck.matching.similarity import abbreviates, container_likeness

NAMES = (
    "title_words", "title_letters", "title_weight", "title_missing", "title_overhang", "title_numbers",
    "first_author", "first_author_at", "authors", "authors_named", "initials", "authorless", "year", "container", "volume",
    "page", "last_page", "issue", "together", "unexplained", "unexplained_share", "identifier", "places",
    "has_title", "title_rare_missing", "numbers_left", "against", "compared",
)  # fmt: skip
"""The features in order. NaN: nothing to compare."""

RISING = (
    1,
    1,
    1,
    -1,
    -1,
    -1,
    1,
    0,
    1,
    1,
    1,
    0,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    -1,
    -1,
    1,
    1,
    0,
    -1,
    -1,
    -1,
    1,
)
"""Which way the probability may move as the feature grows; 0: either."""

NAN = math.nan
SEEN = 0.5
"""Part of a title's weight that must be in the text before its letters are compared."""


def compare(given: Given, record: Profile) -> tuple[float, ...]:
    """Return the features of a reference and a record, in the order of `NAMES`."""
    hit, missing, rare_missing, bad_numbers = _title(given, record)
    total = record.weight
    letters, overhang = NAN, NAN
    if record.title_text:
        letters, start, end = _found(record.title_text, given.joined, hit >= SEEN * total)
        if record.short and record.short in given.joined:
            letters = 1.0
        elif letters >= 0.85:
            overhang = _overhang(given, record, start, end)
    first, at = people.first_author(given, record)
    named, share_named = people.authors(given, record)
    volume, page = places.stands(record.volume, given), places.stands(record.first_page, given)
    if page == 1.0 and record.first_page == record.volume and given.places.count(record.volume) < 2:
        page = 0.0  # one number cannot be both
    last = places.last_page(given, record)
    container = _container(given, record)
    unexplained, share = _unexplained(given, record)
    year = places.year(given, record)
    agreeing = (year == 1.0) + (volume == 1.0) + (page == 1.0) + (container >= 0.6)
    against = (year == 0.0) + (volume == 0.0) + (page == 0.0) + (container < 0.3) + (first == 0.0)
    compared = (first == first) + (year == year) + (container == container) + (volume == volume) + (page == page)  # noqa: PLR0124 - NaN  # fmt: skip
    return (
        hit / total if total else NAN,
        letters,
        min(8.0, hit),
        missing,
        overhang,
        bad_numbers,
        first,
        at,
        share_named,
        named,
        people.initials(given, record) if first == 1.0 else NAN,
        0.0 if record.families else 2.0 if given.edited else 1.0,
        year,
        container,
        volume,
        page,
        last,
        places.stands(record.issue, given),
        places.together(given, record) if volume == 1.0 and page == 1.0 else 0.0,
        unexplained,
        share,
        _identifier(given, record),
        agreeing,
        1.0 if total else 0.0,
        rare_missing,
        places.numbers_left(given, record),
        against,
        compared,
    )


_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii".split())


def _title(given: Given, record: Profile) -> tuple[float, float, float, float]:
    """Return the weight of the title's words in the text and not in it, the heaviest, and numbers."""
    gone = record.title_set - given.bag
    if not gone:
        return record.weight, 0.0, 0.0, 0.0
    weights = rarities().get
    missing, rare_missing, bad_numbers = 0.0, 0.0, 0.0
    close = len(gone) * 2 <= len(record.title_set) + 1  # else it is another title anyway
    for word in gone:
        weight = weights(word, 1.0)
        near = given.misread(word) if close else 0.0
        missing += weight * (1 - near)
        if not near:
            rare_missing = max(rare_missing, weight)
            bad_numbers += word.isdecimal() or word in _ROMAN
    return record.weight - missing, missing, rare_missing, bad_numbers


def _found(title: str, text: str, close: bool) -> tuple[float, int, int]:
    """Return how well the title is found in the text, by letters, and where."""
    at = text.find(title)
    if at >= 0:
        return 1.0, at, at + len(title)
    if not close:
        return 0.4, 0, 0
    if len(title) > len(text):
        return fuzz.ratio(title, text) / 100, 0, len(text)
    best = fuzz.partial_ratio_alignment(title, text, score_cutoff=50)
    return (best.score / 100, best.dest_start, best.dest_end) if best else (0.4, 0, 0)


def _overhang(given: Given, record: Profile, start: int, end: int) -> float:
    """Count telling words right beside the title that do not belong to the record's other fields.

    Where the reference's own title is longer ("…: a review", "Part II: …") it is another work.
    """
    weight = 0.0
    weights = rarities().get
    after = given.joined[end : end + 80].split()
    before = given.joined[max(0, start - 80) : start].split()[::-1]
    for words in (after, before):
        for word in words[:4]:
            if word in record.known or word.isdecimal() or len(word) < 3 or word in SMALL:
                break
            if any(abbreviates(word, one) for one in record.container):
                break
            weight += weights(word, 1.0)
    return weight


def _container(given: Given, record: Profile) -> float:
    """Return the share of the container's words that the text has, whole or abbreviated."""
    words = record.container
    if not words:
        return NAN
    if given.fields is not None and given.fields.container_title:
        return container_likeness(given.fields.container_title, record.container_name)
    bag = given.bag
    hits = 0
    for word in words:
        if word in bag:
            hits += 1
            continue
        for other in given.by_letter.get(word[0], ()):
            if len(other) > 1 and abbreviates(word, other):
                hits += 1
                break
    share = hits / len(words)
    if share < 0.6 and len(words) >= 3 and "".join([word[0] for word in words]) in bag:
        return 0.9
    return share


def _unexplained(given: Given, record: Profile) -> tuple[float, float]:
    """Return the weight, and the share, of the text's telling words that no field explains."""
    known = record.known
    weights = rarities().get
    rest = 0.0
    letters: dict[str, list[str]] = {}
    for word in given.telling:
        if word in known or word in EDITORIAL:
            continue
        weight = weights(word, 1.0)
        if not letters:
            for one in known:
                letters.setdefault(one[0], []).append(one)
        for other in letters.get(word[0], ()):
            if abbreviates(word, other):
                weight = 0.0
                break
            if len(word) >= 5 and Indel.normalized_similarity(word, other) >= NEAR_SPELLING:
                weight *= 0.3
                break
        rest += weight
    return min(rest, 20.0), rest / given.weight if given.weight else 0.0


EDITORIAL = frozenset(
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
