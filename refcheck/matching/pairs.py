"""Two records of whatever origin: are they of one work? A probability from fields that may be misplaced.

Values may stand in the wrong field, be cut, misspelt or missing, so besides field with field the
whole of one record is looked for in the whole of the other. ``pairs.json`` holds the trees, fitted
by ``tools/train_pairs.py``, which says on what.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from refcheck.matching.probability import probability
from refcheck.matching.rarity import SMALL, rarities
from refcheck.matching.similarity import container_likeness
from refcheck.text import plain, tokens

NAMES = (
    "all_shared", "all_held_most", "all_held_least", "letters_sorted", "letters_set", "title_shared", "title_letters",
    "title_in_all_most", "title_in_all_least", "title_order", "title_begins", "unshared_most", "unshared_least",
    "numbers_differ", "years_apart", "names_shared", "names_held_most", "names_held_least", "first_name", "venue",
    "kind_differs", "lengths", "title_weight",
)  # fmt: skip
"""The features in order, each the same for (a, b) as for (b, a). NaN: nothing to compare."""

NAN = math.nan
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)(?:\.0)?\b")
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x".split())
_JOURNAL = frozenset(
    "record j journal trans transactions tods tois todsi letters bulletin magazine computer".split()
)
_MEETING = frozenset(
    "conference conf proc proceedings symposium workshop meeting international".split()
)


def similar(left: Mapping[str, Any], right: Mapping[str, Any]) -> float:
    """Return the probability that two records are of one work; symmetric, 0.0 to 1.0.

    A record has ``title``, ``authors`` (a text or a list), ``venue`` and ``year``, or some of them.
    From 0.5 on they are more likely one work than two.
    """
    return probability(compare(left, right), "pairs.json")


class _Side:
    """One record's words, as a whole and by field."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.title = tokens(_clean(record.get("title")))
        self.authors = [word for word in tokens(_clean(record.get("authors"))) if len(word) > 2]
        self.venue = _clean(
            record.get("venue") or record.get("container") or record.get("container-title")
        )
        text = " ".join((_clean(record.get("title")), _clean(record.get("authors")), self.venue, str(record.get("year") or "")))  # fmt: skip
        self.years = {int(year) for year in _YEAR.findall(text)}
        bare = _YEAR.sub(" ", text)
        words = tokens(bare)
        self.text = " ".join(words)
        self.all = frozenset(words) - SMALL
        self.numbers = {
            word for word in self.title if (word.isdecimal() and len(word) < 4) or word in _ROMAN
        }


def _clean(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = ", ".join(map(str, value))
    return plain(str(value or ""))


def compare(left: Mapping[str, Any], right: Mapping[str, Any]) -> tuple[float, ...]:
    """Return the features of two records, in the order of `NAMES`."""
    a, b = sorted((_Side(left), _Side(right)), key=lambda side: (side.text, side.title))
    shared, only_a, only_b = _weights(a.all, b.all)
    title_a, title_b = frozenset(a.title) - SMALL, frozenset(b.title) - SMALL
    title_shared, title_only_a, title_only_b = _weights(title_a, title_b)
    text_a, text_b = " ".join(a.title), " ".join(b.title)
    inside = [fuzz.partial_ratio(one, other) / 100 for one, other in ((text_a, b.text), (text_b, a.text)) if one and other]  # fmt: skip
    unshared = [_weight([word for word in one if word not in other and not _near(word, other)]) for one, other in ((title_a, b.all), (title_b, a.all))]  # fmt: skip
    names = [sum(name in other.all for name in one.authors) / len(one.authors) for one, other in ((a, b), (b, a)) if one.authors]  # fmt: skip
    both_names = frozenset(a.authors) | frozenset(b.authors)
    same_begin = next((n for n, (x, y) in enumerate(zip(a.title, b.title, strict=False)) if x != y), min(len(a.title), len(b.title)))  # fmt: skip
    whole = shared + only_a + only_b
    title_whole = title_shared + title_only_a + title_only_b
    shorter = min(len(a.title), len(b.title))
    return (
        shared / whole if whole else NAN,
        _share(shared, min(only_a, only_b)),
        _share(shared, max(only_a, only_b)),
        fuzz.token_sort_ratio(a.text, b.text) / 100,
        fuzz.token_set_ratio(a.text, b.text) / 100,
        title_shared / title_whole if title_a and title_b else NAN,
        fuzz.ratio(text_a, text_b) / 100 if text_a and text_b else NAN,
        max(inside, default=NAN),
        min(inside, default=NAN),
        LCSseq.similarity(a.title, b.title) / shorter if shorter else NAN,
        float(min(same_begin, 8)),
        max(unshared),
        min(unshared),
        float(len(a.numbers ^ b.numbers)),
        float(min(abs(x - y) for x in a.years for y in b.years)) if a.years and b.years else NAN,
        len(frozenset(a.authors) & frozenset(b.authors)) / len(both_names)
        if a.authors and b.authors
        else NAN,
        max(names, default=NAN),
        min(names, default=NAN),
        max(float(a.authors[0] in b.all), float(b.authors[0] in a.all))
        if a.authors and b.authors
        else NAN,
        container_likeness(a.venue, b.venue) if a.venue and b.venue else NAN,
        _kinds(a.venue, b.venue),
        min(len(a.all), len(b.all)) / (max(len(a.all), len(b.all)) or 1),
        min(title_shared, 8.0),
    )


def _weight(words: Collection[str]) -> float:
    weights = rarities().get
    return sum([weights(word, 1.0) for word in sorted(words)])


def _weights(a: frozenset[str], b: frozenset[str]) -> tuple[float, float, float]:
    """Return the rarity of the words that both have, that only one has, and only the other."""
    return _weight(a & b), _weight(a - b), _weight(b - a)


def _share(shared: float, rest: float) -> float:
    return shared / (shared + rest) if shared + rest else NAN


def _near(word: str, others: frozenset[str]) -> bool:
    """Tell whether another record has a word misspelt, cut or glued."""
    return len(word) > 4 and any(other.startswith(word[:5]) or fuzz.ratio(word, other) >= 80 for other in others)  # fmt: skip


def _kinds(left: str, right: str) -> float:
    """Return 1.0 where one stands in a journal and the other was given at a meeting, 0.0 where not."""
    a, b = _kind(left), _kind(right)
    return float(a != b) if a and b else NAN


def _kind(venue: str) -> str:
    words = set(tokens(venue))
    if words & _JOURNAL:
        return "journal"
    return "meeting" if words & _MEETING or venue in {"vldb", "sigmod"} else ""
