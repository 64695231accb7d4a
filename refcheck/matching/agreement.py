"""What the features of a reference and a record amount to: hopeless, founded, or in everything agreed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from refcheck.matching import places
from refcheck.matching.features import EDITORIAL, NAMES, SEEN
from refcheck.matching.given import Given
from refcheck.matching.profile import Profile
from refcheck.matching.rarity import rarities
from refcheck.matching.similarity import abbreviates

UNTITLED = 0.3
"""Part of a title's weight below which the reference does not give the title."""
LEFT_OVER = 0.3
"""Rarity of words that no field explains which may be disregarded."""


FEW = 1.6
"""Weight of a title's words in the text below which the title alone says little: "Introduction"."""
ANOTHER = 6.0
"""Rarity of words that no field explains which are another title."""
_FIRST, _NAMED, _YEAR, _CONTAINER, _VOLUME, _PAGE, _LAST, _UNEXPLAINED, _IDENTIFIER, _WEIGHT = map(
    NAMES.index,
    ("first_author", "authors_named", "year", "container", "volume", "page", "last_page", "unexplained", "identifier", "title_weight"),
)  # fmt: skip


def hopeless(given: Given, record: Profile) -> bool:
    """Tell at little cost that a record is not the work: neither title, nor author, nor place is there."""
    if 2 * len(record.title_set & given.bag) >= len(record.title_set):
        return False
    if record.first_page and record.first_page in given.numbers:
        return False
    if record.families:
        return record.families[0].rpartition(" ")[2] not in given.bag
    return 2 * len(given.bag.intersection(record.container)) < len(record.container) or not record.container  # fmt: skip


def agrees(given: Given, record: Profile, features: Sequence[float]) -> bool:
    """Tell that nothing in a reference's text can differ from a record: no word, no number is left over.

    The title stands there word by word, or not at all; the authors in their order. What a reference
    leaves out does not differ.
    """
    told = dict(zip(NAMES, features, strict=True))
    if told["identifier"] == 0.0 or (told["numbers_left"] and places.contradicted(given, record)):
        return False
    if told["unexplained"] > LEFT_OVER:
        thin = len(record.families) < 2 and not any(record.initials)  # it names the first only
        at = given.joined.find(record.title_text) if thin and record.title_text else -1
        if at < 0 or _left_over(given.joined[at:].split(), record) > LEFT_OVER:
            return False
    if any(told[name] < 1.0 for name in ("first_author", "initials", "year")):
        return False  # what cannot be compared is neither less nor more
    if told["container"] < SEEN or (told["title_missing"] and told["title_words"] >= UNTITLED):
        return False
    found = [given.joined.find(family) for family in record.families]
    there = [one for one in found if one >= 0]
    return there == sorted(there)


def _left_over(words: Sequence[str], record: Profile) -> float:
    """Return the weight of words that no field of a record explains."""
    weights = rarities().get
    odd = {word for word in words if len(word) > 2 and word.isalpha()} - record.known - EDITORIAL
    return sum(
        weights(word, 1.0)
        for word in odd
        if not any(word[0] == other[0] and abbreviates(word, other) for other in record.known)
    )


def founded(features: Sequence[float]) -> bool:
    """Tell whether what agrees can carry a decision at all, whatever is likely.

    Without its title a work is known by who wrote it or where it stands, and when or on which page,
    unless the reference has words enough for a title of its own; a title of few or frequent words is
    known by its year and author.
    """
    if features[_IDENTIFIER] == 1.0:
        return True
    first, year = features[_FIRST], features[_YEAR]
    if features[0] >= SEEN:
        return features[_WEIGHT] >= FEW or (year != 0.0 and first != 0.0)
    who, where = first >= 0.9, features[_CONTAINER] >= 0.6
    if features[_VOLUME] == 1.0 and features[_PAGE] == 1.0:
        return who or where
    if features[_UNEXPLAINED] > ANOTHER:
        return False
    return who or where if year == 1.0 else year != 0.0 and who and _placed(features)


def _placed(features: Sequence[float]) -> bool:
    """Tell whether a work of the author named is known by where it stands, without a year.

    In the container named and on its page; or on all its pages, by all its authors; or it is a part
    of the book that is named in full: nobody has many in one.
    """
    container, page = features[_CONTAINER], features[_PAGE]
    if page == 1.0:
        several = features[_LAST] == 1.0 and features[_NAMED] > 1.0
        return container >= 0.6 or several
    return container == 1.0 and math.isnan(page) and math.isnan(features[_VOLUME])
