"""What a text tells of a page, word by word, and how much of a title it accounts for.

Words weigh by how telling they are; what stands in the sentence of the gap counts in full, what
stands further away in part. Chinese titles are compared with Chinese text by pairs of signs, with a
text in letters by what their words mean and how they are said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from refcheck import chinese, events
from refcheck.commonness import telling
from refcheck.days import read as read_days
from refcheck.matching.rarity import rarity
from refcheck.model import Clues, Entity
from refcheck.text import fold, is_cjk, stem, tokens

ZONES = (1.0, 0.8, 0.6, 0.6, 0.5)
"""What a word is worth by its passage: sentence, paragraph or item, heading, title, lead."""

BODY = 0.7
"""What a word of the sentence is worth that stands in a page's text and not in its title."""

ALONE = 0.2
"""What a sign of a title tells that is no part of a word in the dictionary."""

UNCOMMON = 1.0
"""Rarity in titles from which on a word of a headline is taken for a name."""

BODY_SIGNS = 6000
"""How much of a page's text is read: what a news item is about stands at its beginning."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What is told round a gap. Keys are stems; ``near`` holds the telling words of the sentence.

    ``names`` are the words of the sentence that bear a capital within it, folded; ``text`` is all
    passages, folded, ``passage`` the nearest two; ``core`` the text that tells the event.
    """

    core: str
    passage: str
    text: str
    zones: Mapping[str, float]
    near: Mapping[str, float]
    names: frozenset[str]
    cjk: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """How a title and a text account for each other.

    ``explained``: share (0 to 1) of the title's telling weight that the text has; ``told``: that
    weight itself; ``covered``: share of the sentence's telling weight that the page has.
    ``strangers``: proper names of the title that the text lacks, where the sentence has others that
    the page lacks; ``missing`` is the share of the sentence's names that the page lacks.
    """

    explained: float = 0.0
    told: float = 0.0
    covered: float = 0.0
    strangers: tuple[str, ...] = ()
    missing: float = 0.0


@lru_cache(maxsize=512)
def gist(clues: Clues) -> Gist:
    """Read what the clues tell, once for all candidates."""
    core = events.without_publisher(events.core(clues), clues.publisher)
    parts = [(core, 1.0)] + [
        (events.without_publisher(part, clues.publisher), weight)
        for part, weight in zip(clues.context, ZONES, strict=False)
    ]
    zones: dict[str, float] = {}
    for part, weight in parts:
        for word in tokens(part):
            for key in (stem(word), chinese.cognate(word)):
                zones[key] = max(zones.get(key, 0.0), weight)
    bare = _without_days(core)
    near = {stem(word): weight for word in tokens(bare) if (weight := weigh(word)) > 0.25}
    return Gist(
        core,
        fold(" ".join(part for part, _ in parts[:3])),
        fold(" ".join(part for part, _ in parts)),
        zones,
        near,
        frozenset(fold(name) for name in capitalised(bare)),
        is_cjk(core),
    )


def _without_days(text: str) -> str:
    for said in read_days(text):
        text = re.sub(re.escape(said.text), " ", text, flags=re.IGNORECASE)
    return text


def weigh(word: str) -> float:
    """Return how telling a folded word is; English by its rarity in titles too."""
    known = telling(word)
    if is_cjk(word):
        return 0.5 if known else 0.0
    return known * (rarity(word) if known and word.isascii() and word.isalpha() else 1.0)


def compare(clues: Clues, title: str, body: str = "", entities: tuple[Entity, ...] = ()) -> Wording:
    """Compare a title, and the text under it, with what is told round a gap."""
    known = gist(clues)
    if not known.core or not title:
        return Wording()
    if is_cjk(title) and not known.cjk:
        return _across(known, clues, title, body[:BODY_SIGNS], entities)
    return _alike(known, title, body[:BODY_SIGNS])


def _alike(known: Gist, title: str, body: str) -> Wording:
    told = whole = 0.0
    in_title = set()
    for word in dict.fromkeys(tokens(title)):
        key = stem(word)
        in_title.add(key)
        weight = weigh(word)
        whole += weight
        told += weight * known.zones.get(key, 0.0)
    under = {stem(word) for word in tokens(body)} - in_title
    near = sum(known.near.values())
    covered = sum(
        weight * (1.0 if key in in_title else BODY if key in under else 0.0)
        for key, weight in known.near.items()
    )
    said = fold(f"{title} {body}")
    instead = [name for name in known.names if name not in said]
    missing = [name for name in capitalised(title) if fold(name) not in known.text]
    return Wording(
        told / whole if whole else 0.0,
        told,
        covered / near if near else 0.0,
        tuple(missing) if instead else (),
        len(instead) / len(known.names) if known.names else 0.0,
    )


def _across(
    known: Gist, clues: Clues, title: str, body: str, entities: tuple[Entity, ...]
) -> Wording:
    """Compare a Chinese title with a text in letters, by meanings, spelling, figures, Latin words."""
    language = clues.written_in or "en"
    forms: dict[str, set[str]] = {}
    for entity in entities:
        for name in entity.named("zh"):
            forms.setdefault(name, set()).update(
                stem(w) for _, n in entity.names for w in tokens(n) if not is_cjk(w)
            )
    told = whole = 0.0
    hit: set[str] = set()
    units = _units(title)
    for unit, weight in units:
        whole += weight
        means = (
            chinese.meanings(unit, language) | frozenset(forms.get(unit, ()))
            if is_cjk(unit)
            else {stem(unit)}
        )
        best = max((known.zones.get(key, 0.0) for key in means), default=0.0)
        if best:
            hit.update(key for key in known.near if key in means or chinese.cognate(key) in means)
            told += weight * best
    for name in known.names:
        if stem(name) not in hit and (signs := chinese.spelt_in(name, title)):
            hit.add(stem(name))
            told += sum(w for unit, w in units if unit in signs)
    near = sum(known.near.values())
    covered = sum(weight for key, weight in known.near.items() if key in hit)
    lacking = [
        name
        for name in known.names
        if stem(name) not in hit and not chinese.spelt_in(name, title + body)
    ]
    return Wording(
        min(1.0, told / whole) if whole else 0.0,
        told,
        covered / near if near else 0.0,
        (),
        len(lacking) / len(known.names) if known.names else 0.0,
    )


@lru_cache(maxsize=4096)
def _units(title: str) -> tuple[tuple[str, float], ...]:
    """Cut a Chinese title into words and Latin ones, with what each tells.

    A sign that is no part of a known word counts too: without the dictionary, half a word.
    """
    alone = ALONE if chinese.has_dictionary() else 0.5
    found: dict[str, float] = {}
    for run in re.findall(r"[\u3400-\u9fff]+|[a-z0-9.-]*[a-z0-9]", fold(title)):
        for unit in chinese.segment(run) if is_cjk(run) else (run,):
            found[unit] = telling(unit) if len(unit) > 1 else alone * bool(telling(unit))
    return tuple((unit, weight) for unit, weight in found.items() if weight)


def capitalised(text: str) -> list[str]:
    """Return the words that bear a capital within a sentence, the names.

    In a headline all words do: there those count that are not common ones.
    """
    found = re.findall(r"(?<=[^\W\d_,;'’] )[A-ZÀ-ÖØ-ÞА-Я][^\W\d_]{2,}(?:-[A-Z]\w+)?", text)
    initials = [word[0] for word in re.findall(r"[^\W\d_]{4,}", text)]
    if sum(sign.isupper() for sign in initials) <= 0.6 * len(initials):
        return found
    return [
        word
        for word in found
        if rarity(fold(word)) >= UNCOMMON and telling(fold(word)) and word[1:].islower()
    ]
