"""What a topic is about: its parts, and in each its notions with all spellings.

"Subsidies and the adoption of electric vehicles" has three parts; "electric vehicle" is one notion
in English, German, Chinese. Words that only say "literature" are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from refcheck import glossary
from refcheck.matching.rarity import SMALL, fine_rarity
from refcheck.mentions import COMMON, stem
from refcheck.model import Entity
from refcheck.text import fold, is_cjk, tokens

NUMERALS = frozenset("one two three first second".split())
"""Words that tell nothing round a citation but do in a topic: "in two dimensions"."""

LITERATURE = frozenset(
    "evidence further more additional relevant academic industry literature research reference references source sources report reports review reviews "
    "survey publications publication weitere studien literatur quellen arbeiten forschung artikel bericht berichte estudios articulos literatura "
    "fuentes investigacion etudes litterature recherche articles letteratura studi effect effects impact impacts influence role issues".split()
)
UNSEEN = 0.85
"""Rarity of a word that next to no title has."""
FOREIGN = 0.7
"""Rarity of a notion that is known in other scripts only."""
SHARPNESS = 1.5
"""The power to which rarity is raised: a topic is more about its rare words than rarity alone says."""

KIND = 0.5
"""What the first part is worth where it says what kind of works is promised: "grammars of …"."""
_OF = frozenset("of on about for zu zur zum uber sobre sur de".split())
_PLURAL = re.compile(r"(?<![siu])s$|en$")
_PIECE = re.compile(r"\ue000(\d+)\ue001|[^\W_\ue000\ue001]+|[,;:/&()]")


@dataclass(frozen=True, slots=True)
class Facet:
    """One notion of the topic: as given, the folded forms that stand for it, how telling it is."""

    given: str
    forms: tuple[str, ...]
    weight: float


Part = tuple[Facet, ...]
"""Notions that stand side by side: "electric vehicles", "black hole evaporation"."""


def parts(
    topic: str, acronyms: Mapping[str, str], entities: Sequence[Entity] = ()
) -> tuple[Part, ...]:
    """Take a topic apart; empty where it says nothing but that literature is wanted."""
    text, known = _marked(topic, acronyms, entities)
    found: list[list[Facet]] = [[]]
    after_first = ""
    for match in _PIECE.finditer(text):
        if match[1]:
            found[-1].append(known[int(match[1])])
            continue
        words = tokens(match[0])
        if not words or words[0] in SMALL or (words[0] in COMMON and words[0] not in NUMERALS):
            after_first = after_first or (match[0] if found[-1] else "")
            found.append([])
            continue
        found[-1].extend(_facet(w, (w,)) for w in words if w not in LITERATURE and len(w) > 1)
    kept = [tuple(dict.fromkeys(part)) for part in found if part]
    begins = bool(kept) and text.strip(" \ue000").startswith((kept[0][0].given, "0\ue001"))
    if begins and len(kept) > 1 and after_first in _OF and _PLURAL.search(kept[0][-1].given):
        kept[0] = tuple(replace(one, weight=one.weight * KIND) for one in kept[0])
    return tuple(kept)


def _marked(
    topic: str, acronyms: Mapping[str, str], entities: Sequence[Entity]
) -> tuple[str, list[Facet]]:
    """Put a mark in place of each notion that has several forms; return the text and the notions."""
    text, known = fold(topic), list[Facet]()
    forms_of = [
        tuple(dict.fromkeys(fold(word) for _, words in notion.words for word in words))
        for notion in glossary.read(topic)
        if notion.key not in {"report", "study"}
    ]
    forms_of += [
        tuple(dict.fromkeys(fold(name) for _, name in (("", one.label), *one.names)))
        for one in entities
    ]
    for short, full in acronyms.items():
        key, long = fold(short), fold(full)
        for n, forms in enumerate(forms_of):
            if key in forms or long in forms:
                forms_of[n] = tuple(dict.fromkeys((*forms, key, long)))
                break
        else:
            forms_of.append((key, f"{key}s", long, f"{long}s"))
    for forms in forms_of:
        for form in sorted(forms, key=len, reverse=True):
            edge = "" if is_cjk(form) else r"(?<![^\W_])"
            end = "" if is_cjk(form) else r"s?(?![^\W_])"
            at = re.search(f"{edge}{re.escape(form)}{end}", text)
            if at and form:
                known.append(_facet(at[0], forms))
                text = f"{text[: at.start()]} \ue000{len(known) - 1}\ue001 {text[at.end() :]}"
                break
    return text, known


def _facet(given: str, forms: tuple[str, ...]) -> Facet:
    latin = [tokens(form) for form in forms if form.isascii()]
    rare = min((max(map(telling, words), default=1.0) for words in latin), default=FOREIGN)
    return Facet(given, forms, rare**SHARPNESS)


@lru_cache(maxsize=65536)
def telling(word: str) -> float:
    """Return how telling a word is, in the singular or the plural, whichever is the more frequent."""
    other = word[:-1] if word.endswith("s") else f"{word}s"
    return min(fine_rarity(word), fine_rarity(other), UNSEEN)


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words, in order."""
    return tuple(short_stem(word) for word in tokens(text))


@lru_cache(maxsize=65536)
def short_stem(word: str) -> str:
    """Return a word's stem, down to four letters: housing is of houses."""
    found = stem(word)
    if found == word and word.isascii() and word.isalpha():
        cut = re.sub(r"(?:ings?|ed|es|e|y|ies)$", "", word)
        return cut if len(cut) >= 4 else word
    return found


def count(facet: Facet, words: Sequence[str], text: str) -> int:
    """Count how often a notion stands in a text, given as stems and folded."""
    found = 0
    for form in facet.forms:
        if is_cjk(form):
            found += text.count(form)
            continue
        run = stems(form)
        if len(run) == 1:
            found = max(found, words.count(run[0]))
        elif run and run[0] in words:
            joined = f" {' '.join(words)} "
            found = max(found, joined.count(f" {' '.join(run)} "))
    return found
