"""The words by which a missing page is asked for: the most telling first, in the language of the page.

What stands near the gap counts more than what stands far; names, figures and long words more than
short ones; what joins words, names the publisher or the day not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from refcheck import chinese, events, facts, glossary
from refcheck.commonness import stopwords, telling
from refcheck.days import read as read_days
from refcheck.model import Clues, Entity
from refcheck.text import fold, is_cjk, script_language, words

ZONES = (1.0, 0.6, 0.55, 0.55, 0.3)
"""What a word is worth by the passage in which it stands: sentence, item or paragraph, heading,
title of the article, its beginning."""

LEAST = 0.2
"""What a word must tell to be asked for."""

NAME = 1.5
"""How much more a word tells that bears a capital within a sentence."""

_WORD = re.compile(r"\d+(?:[.,]\d{3})+(?!\d)|[^\W_]+(?:[-'’.][^\W_]+)*")
_COUNTS = re.compile(r"[一二三四五六七八九十两几第这那每]")
"""How words begin that count or point, and tell little by themselves."""

_GERMAN_NOUN = re.compile(
    r"\b(?:der|die|das|dem|des|den|ein|eine\w|kein\w*|im|am|zum|zur|vom|beim|ins|mehr|viele|\w{3,}(?:e|en|er|es|em)|\d+) $"
)
"""What stands before a noun and seldom before a name, where nouns bear capitals too."""

_PARTICLES = "的了是在和与及对将已被从把为以于其之个这那也都就而但或等向给让由到说有没很更最又再不"
"""Signs that join or modify in Chinese and seldom stand within a telling word."""


@lru_cache(maxsize=256)
def telling_words(
    clues: Clues, language: str, entities: tuple[Entity, ...] = ()
) -> tuple[str, ...]:
    """Return words for a search in a language, the most telling first.

    In the language of the text as they are written there; in another what names, figures and Latin
    words are known to be called in it.
    """
    ranked = _ranked(clues)
    own = written_in(clues)
    if language == own or not language:
        return tuple(ranked)
    found: dict[str, None] = {}
    if clues.title and clues.language == language:
        for word, weight in sorted(_weighed(clues.title), key=lambda pair: -pair[1]):
            if weight > LEAST:
                found.setdefault(word)
    if not is_cjk(events.core(clues)):
        for word in (one for one in ranked if not re.fullmatch(r"[QH]\d", one)):
            if re.fullmatch(r"[\d.,]+", word):
                for figure in _figures(word, language):
                    found.setdefault(figure)
            elif any(sign.isdigit() for sign in word) or (word.isupper() and len(word) > 1):
                found.setdefault(word)
    for name in _names_in(clues, language, entities):
        found.setdefault(name)
    for word in ranked[:14]:
        for translated in _translated(word, own, language):
            found.setdefault(translated)
    for word in ranked[:10] if language != "zh" else ():
        found.setdefault(word)  # names are the same in the alphabet, and many words nearly so
    return tuple(_models_first(found))


def written_in(clues: Clues) -> str:
    """Return the language of the text, by its script where that tells."""
    return script_language(events.core(clues)) or clues.written_in or "en"


def _models_first(found: Iterable[str]) -> list[str]:
    """Put models first ("SU7"): they are the same everywhere, and few texts share one."""
    return sorted(
        found, key=lambda word: not re.fullmatch(r"(?=.*\d)(?=.*[A-Za-z])(?!Q\d$)\w+", word)
    )


def _ranked(clues: Clues) -> list[str]:
    """Return the words of the text round the gap, as written, the most telling first."""
    weights: dict[str, float] = {}
    written: dict[str, str] = {}
    own = {part for name in events.own_names(clues.publisher) for part in words(name)}
    core = events.core(clues)
    zones = [(core, 1.2 if clues.title else 1.0)]
    zones += [
        (part, weight) for part, weight in zip(clues.context, ZONES, strict=False) if part != core
    ]
    for text, zone in zones:
        bare = events.without_publisher(_without_days(text), clues.publisher)
        for word, weight in _weighed(bare):
            key = fold(word)
            if key in own or facts.is_calendar_word(word):
                continue
            if zone * weight > weights.get(key, 0.0):
                weights[key] = zone * weight
                written[key] = word
    return [
        written[key]
        for key in sorted(weights, key=lambda key: -weights[key])
        if weights[key] > LEAST
    ]


def _without_days(text: str) -> str:
    """Blank the days that a text says: they are asked for by the window, not by words."""
    periods = [fact.text for fact in facts.read(text) if fact.kind == "period"]
    for said in (*(one.text for one in read_days(text)), *periods):
        text = re.sub(re.escape(said), " ", text, flags=re.IGNORECASE)
    return text


def _weighed(text: str) -> Iterable[tuple[str, float]]:
    headline = _is_headline(text)
    german = bool(re.search(r"\b(?:der|die|das|und|ist|nicht)\b", text))
    if is_cjk(text):
        yield from _signs(text)
    for match in _WORD.finditer(re.sub(r"[\u3400-\u9fff]+", " ", text)):
        word = re.sub(r"['’]s$", "", match[0])
        if word.count(".") > 1 or re.search(r"\.[a-z]{2,4}$", word):
            continue  # an address
        weight = telling(fold(word))
        inside = match.start() > 0 and text[: match.start()].rstrip()[-1:] not in '.!?:“"«(—'
        noun = _GERMAN_NOUN.search(text[: match.start()]) if german else None
        if word[0].isupper() and inside and not headline and not noun:
            weight *= NAME
        if len(word) > 1:
            yield word, weight


def _signs(text: str) -> Iterable[tuple[str, float]]:
    """Cut Chinese into words: by the dictionary, else at its particles and common words."""
    stop = stopwords()
    if chinese.has_dictionary():
        single = ""
        for word in (*chinese.segment(text), "的"):
            if len(word) == 1 and word not in _PARTICLES:
                single += word  # a name that no dictionary has
                continue
            if 2 <= len(single) <= 4 and not _COUNTS.match(single):
                yield single, telling(single)
            single = ""
            if len(word) > 1 and word not in stop:
                yield word, telling(word) * (0.4 if _COUNTS.match(word) else 1.0)
        return
    common = "|".join(sorted((w for w in stop if is_cjk(w) and len(w) > 1), key=len, reverse=True))
    for chunk in re.split(rf"{common}|[{_PARTICLES}]|[^\u3400-\u9fff]+", text):
        if 2 <= len(chunk) <= 4:
            yield chunk, telling(chunk)
        elif len(chunk) > 4:
            for at in range(0, len(chunk) - 1, 2):
                yield chunk[at : at + 2], telling(chunk[at : at + 2])


def _figures(number: str, language: str) -> tuple[str, ...]:
    """Return how a number is written elsewhere: without separators, in Chinese by ten thousands."""
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", number)
    if not digits.isdecimal():
        return (number,)
    if language == "zh" and int(digits) >= 10_000 and int(digits) % 1000 == 0:
        return (f"{int(digits) / 10_000:g}万", digits)
    return (digits,)


def _names_in(clues: Clues, language: str, entities: Sequence[Entity]) -> list[str]:
    text = fold(" ".join(clues.context[:2]) or events.core(clues))
    publisher = events.own_names(clues.publisher)
    found: list[str] = []
    for entity in entities:
        if (
            any(fold(name) in text for _, name in entity.names)
            and fold(entity.label) not in publisher
        ):
            found.extend(entity.named(language)[:1])
    for notion in glossary.read(events.core(clues)):
        if notion.kind == "name" and not publisher & {
            fold(w) for _, ws in notion.words for w in ws
        }:
            found.extend(notion.in_language(language)[:1])
    return found


def _translated(word: str, own: str, language: str) -> tuple[str, ...]:
    if language == "zh":
        return chinese.translations(word, own)[: chinese.OFFERED]
    for notion in glossary.read(word):
        return notion.in_language(language)[:1]
    return ()


def names(clues: Clues) -> list[str]:
    """Return the proper names in the text near the gap, several words of one name together.

    A capital alone says little in a headline: there each word stands for itself, and one that stands
    in small letters nearby is none.
    """
    core = events.core(clues)
    publisher = {
        "the",
        *(part for name in events.own_names(clues.publisher) for part in words(name)),
    }
    small = {word for word in _WORD.findall(" ".join(clues.context)) if word.islower()}
    found: dict[str, None] = {}
    for text in dict.fromkeys((core, *clues.context[:2])):
        bare = re.sub(r"['’]s\b", ",", _without_days(text))
        for match in (_WORD if _is_headline(bare) else _NAMES).finditer(bare):
            parts = match[0].split()
            while parts and (
                parts[0].lower() in small or fold(parts[0]) in stopwords() | publisher
            ):
                parts = parts[1:]
            figures = any(sign.isdigit() for part in parts for sign in part)
            months = any(facts.is_calendar_word(part) for part in parts)
            if parts and parts[0][0].isupper() and not figures and not months:
                found.setdefault(" ".join(parts))
    return [name for name in found if not {fold(part) for part in name.split()} <= publisher]


_NAMES = re.compile(
    r"[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w'’-]*[^\W_](?:[ ](?:de |del |da |van |von |bin |al-)?[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω][\w'’-]*[^\W_])*"
)


def _is_headline(text: str) -> bool:
    initials = [word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", text)]
    return bool(sum(initials) > 0.6 * len(initials))
