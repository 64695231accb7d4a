"""How relevant works are to a topic, by words: every part of it, the title's focus, what the best share.

BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019) over title, container and abstract, taken
part by part of the topic, so that one frequent word does not stand for the whole; then the words
that the best titles share speak for further titles, as in relevance models (Lavrenko and Croft 2001,
doi:10.1145/383952.383972). The weights were chosen amid a plateau on fourteen judged topics: others
near them rank about as well.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from refcheck.matching.rarity import SMALL
from refcheck.matching.subjects import SHARPNESS, Part, count, short_stem, stems, telling
from refcheck.mentions import COMMON
from refcheck.record import Record
from refcheck.text import fold, tokens

K1, B = 2.0, 0.4
"""BM25's saturation and length weight; titles are short, and a longer one is little worse."""
CONTAINER = ABSTRACT = 0.3
"""What a word there is worth of one in the title."""
EVENLY = 0.55
"""Share of the worth that goes by the geometric mean of the parts, so that none may lack."""
FOCUS = 0.85
"""How much better a title is that speaks of nothing but the topic."""
SHARED = 0.3
BEST, WORDS, LEAST = 40, 10, 1.5
"""What the words are worth that the best titles share; of how many titles, how many words, in how many
of them at least."""


def relevance(parts: Sequence[Part], records: Sequence[Record]) -> list[float]:
    """Return how relevant each record is: 0 for not at all, about 1 for the whole topic and no more."""
    if not records:
        return []
    mean = sum(len(stems(one.title)) for one in records) / len(records) or 1.0
    scores = [_covered(parts, one, mean) for one in records]
    shared = _shared(parts, records, scores)
    whole = sum(shared.values()) or 1.0
    own = {word for part in parts for facet in part for form in facet.forms for word in stems(form)}
    out = []
    for record, score in zip(records, scores, strict=True):
        words = set(stems(record.title))
        gained = sum(worth for word, worth in shared.items() if word in words) / whole
        out.append(score * (1 + SHARED * gained) * (1 + FOCUS * _focus(record.title, own)))
    return [score / (1 + FOCUS) for score in out]


def coverage(parts: Sequence[Part], record: Record) -> dict[str, int]:
    """Return how often each notion of a topic stands in a record, by the notion as given."""
    text = f"{record.title} {record.container_title} {record.abstract}"
    words, folded = stems(text), fold(text)
    return {facet.given: count(facet, words, folded) for part in parts for facet in part}


def share(parts: Sequence[Part], counts: Mapping[str, int]) -> float:
    """Return how much of a topic, by weight, the notions are that stand in a record at all."""
    facets = [facet for part in parts for facet in part]
    return sum(one.weight for one in facets if counts[one.given]) / sum(
        one.weight for one in facets
    )


def _covered(parts: Sequence[Part], record: Record, mean: float) -> float:
    fields = [
        (stems(text), fold(text), worth)
        for text, worth in (
            (record.title, 1.0), (record.container_title, CONTAINER), (record.abstract, ABSTRACT),
        )
    ]  # fmt: skip
    norm = K1 * (1 - B + B * len(fields[0][0]) / mean)
    got = [(_part(part, fields, norm), sum(facet.weight for facet in part)) for part in parts]
    whole = sum(weight for _, weight in got)
    plain = sum(share * weight for share, weight in got) / whole
    even = math.exp(sum(w * math.log(share + 0.1) for share, w in got) / whole) - 0.1
    return (1 - EVENLY) * plain + EVENLY * max(0.0, even)


def _part(part: Part, fields: Sequence[tuple[tuple[str, ...], str, float]], norm: float) -> float:
    """Return the share of a part that a record covers, 0 to 1."""
    gained = 0.0
    for facet in part:
        often = sum(min(2, count(facet, words, text)) * worth for words, text, worth in fields)
        if often:
            gained += facet.weight * min(1.0, often * (K1 + 1) / (often + norm))
    return gained / sum(facet.weight for facet in part)


def _shared(
    parts: Sequence[Part], records: Sequence[Record], scores: Sequence[float]
) -> dict[str, float]:
    """Return the words that the best titles share beside the topic's own, with what each is worth."""
    own = {word for part in parts for facet in part for form in facet.forms for word in stems(form)}
    order = sorted(range(len(records)), key=lambda n: -scores[n])[:BEST]
    top = scores[order[0]] or 1.0
    held: defaultdict[str, float] = defaultdict(float)
    forms: dict[str, str] = {}
    for n in order:
        for word in set(_telling(records[n].title)):
            key = short_stem(word)
            if key not in own:
                held[key] += scores[n] / top
                forms[key] = word
    worth = {
        key: often / BEST * telling(forms[key]) ** SHARPNESS
        for key, often in held.items()
        if often >= LEAST
    }
    return dict(sorted(worth.items(), key=lambda one: (-one[1], one[0]))[:WORDS])


def _focus(title: str, own: set[str]) -> float:
    """Return the share of a title's telling words that are the topic's."""
    weights = {word: telling(word) ** SHARPNESS for word in _telling(title)}
    whole = sum(weights.values())
    return (
        sum(w for word, w in weights.items() if short_stem(word) in own) / whole if whole else 0.0
    )


def _telling(title: str) -> list[str]:
    return [
        word
        for word in dict.fromkeys(tokens(title))
        if len(word) > 2 and word not in SMALL and word not in COMMON and not word.isdigit()
    ]
