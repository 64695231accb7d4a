"""Literature for a topic: which works cover the whole of it, ranked with reasons.

By words (`relevance`), and by meaning where an encoder is at hand, over a short list only. Type
wanted, recency and how often a work is cited break near ties. One work stands once, in its published
form, and of works that are much alike or by the same group the better is taken first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from refcheck.matching.relevance import coverage, relevance, share
from refcheck.matching.similarity import name_parts, title_words
from refcheck.matching.subjects import Part, parts, stems
from refcheck.model import Candidate, Clues, Entity, Evidence, Match, Suggested, Unresolved
from refcheck.record import Record
from refcheck.text import fold

Encode = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Gives each text a vector of length 1; texts alike in meaning have vectors alike in direction."""

SHORT_LIST = 30
"""Works, by words, that an encoder looks at."""
MEANING = 2.0
"""How much likeness in meaning counts, of the relevance by words as share of the best."""
RECENT_YEARS = 10
"""A work this old or older has no bonus for being recent."""
RECENCY, CITED = 0.03, 0.05
"""Bonuses, as shares of the relevance."""
UNKNOWN_TYPE, NO_TITLE = 0.95, 0.5
"""What a work of unknown type, with next to no title, keeps of its relevance."""
LEAST = 0.34
"""Share of a topic, by weight, of which a work must speak at all not to be off it."""
ALIKE = 90
"""Likeness of two titles, in percent, from which the second says nothing new."""
CROWDED = 0.04
"""What a work loses for each one chosen before that is by the same first author."""
PAPERS = frozenset(
    {
        "article-journal", "paper-conference", "article", "chapter", "book", "thesis", "review",
        "manuscript", "document", "entry", "collection",
    }
)  # fmt: skip
OTHERS = frozenset({"article-newspaper", "article-magazine", "webpage", "post-weblog", "post"})
_SERIES = re.compile(r"\b(?:working|discussion|research) papers?\b|\bpreprints?\b", re.IGNORECASE)
_REVIEW = re.compile(
    r"\b(?:reviews?|survey(?! (?:based|data|evidence|experiment))|overview|meta-analysis|state of the art)\b|综述|ubersicht"
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its relevance by words, what it is worth all in all, its likeness in meaning."""

    candidate: Candidate
    relevance: float
    worth: float
    meaning: float | None = None


def rank(
    clues: Clues,
    candidates: Sequence[Candidate],
    acronyms: Mapping[str, str],
    *,
    suggest: int,
    this_year: int,
    entities: Sequence[Entity] = (),
    encode: Encode | None = None,
    failed: bool = False,
) -> Suggested | Unresolved:
    """Rank candidates for a topic; at most ``suggest`` of each type wanted, best first.

    ``entities`` are what is known of the topic's names in other languages; ``encode`` compares
    meanings. ``Unresolved`` where the topic is empty or nothing covers it.
    """
    wanted = parts(clues.topic, acronyms, entities)
    if not wanted:
        return Unresolved("too_vague", (), ("say in the placeholder what the literature is about",))
    pool = [one for one in candidates if type_wanted(one.record, clues.types)]
    ranked = by_words(wanted, pool, this_year)
    if encode is not None:
        said = " ".join(facet.given for part in wanted for facet in part)
        ranked = by_meaning(said, ranked, encode)
    on_topic = [
        one for one in ranked if share(wanted, coverage(wanted, one.candidate.record)) >= LEAST
    ]
    chosen = _choose(on_topic, clues.types, suggest)
    matches = tuple(_match(one, wanted, clues, this_year) for one in chosen)
    if not matches:
        near = tuple(_match(one, wanted, clues, this_year) for one in ranked[:3])
        return Unresolved("source_failed" if failed else "not_found", near)
    return Suggested(matches)


def type_wanted(record: Record, types: Sequence[str]) -> str:
    """Return "report", "paper" or "page" as the record is one that is wanted, "" where it is neither.

    Working papers are reports to CSL; to who asks for papers they are papers.
    """
    wants_papers = not types or bool(PAPERS & set(types))
    if record.type == "report":
        if wants_papers and _SERIES.search(f"{record.container_title} {record.genre}"):
            return "paper"
        return "report" if not types or "report" in types else ""
    if record.type in OTHERS:
        return "page" if record.type in types else ""
    if types and not set(types) & {"article-journal", "paper-conference", "article", "report"}:
        return "paper" if record.type in types else ""  # books, theses and nothing else
    return "paper" if wants_papers and record.type in PAPERS else ""


def by_words(wanted: Sequence[Part], pool: Sequence[Candidate], this_year: int) -> list[Ranked]:
    """Rank works by the words they share with a topic, near ties by year and citations."""
    scores = relevance(wanted, [one.record for one in pool])
    ranked = [
        Ranked(one, score, score * _bonus(one, this_year))
        for one, score in zip(pool, scores, strict=True)
    ]
    return sorted(ranked, key=_order)


def by_meaning(topic: str, ranked: Sequence[Ranked], encode: Encode) -> list[Ranked]:
    """Rank the first works anew, by what their titles mean as well."""
    short, rest = ranked[:SHORT_LIST], ranked[SHORT_LIST:]
    if not short:
        return list(rest)
    asked, *titles = encode([topic, *(_told(one.candidate.record) for one in short)])
    best = short[0].worth or 1.0
    out = []
    for one, title in zip(short, titles, strict=True):
        alike = max(0.0, sum(a * b for a, b in zip(asked, title, strict=True)))
        worth = (one.worth / best + MEANING * alike) / (1 + MEANING)
        out.append(replace(one, worth=worth, meaning=alike))
    return [*sorted(out, key=_order), *(replace(one, worth=0.0) for one in rest)]


def _told(record: Record) -> str:
    """Return what a work says of itself: its title, and in what it appeared."""
    return f"{record.title}. {record.container_title}" if record.container_title else record.title


def _order(one: Ranked) -> tuple[float, str, str]:
    record = one.candidate.record
    return -one.worth, record.title, record.doi


def _bonus(candidate: Candidate, this_year: int) -> float:
    record = candidate.record
    factor = 1 + RECENCY * _recency(record, this_year) + CITED * _often(candidate)
    factor *= UNKNOWN_TYPE if record.type == "document" else 1.0
    return factor * (NO_TITLE if len(stems(record.title)) < 2 else 1.0)


def _recency(record: Record, this_year: int) -> float:
    year = record.issued.year if record.issued else None
    return 0.0 if year is None else max(0.0, 1 - max(0, this_year - year) / RECENT_YEARS)


def _often(candidate: Candidate) -> float:
    """Return how often a work is cited on a scale of its own: 1.0 for a thousand times."""
    return min(1.0, math.log10(1 + (candidate.cited_by or 0)) / 3)


def _choose(ranked: Sequence[Ranked], types: Sequence[str], suggest: int) -> list[Ranked]:
    """Take the best of each type wanted, one work once, others before more by the same group."""
    chosen: list[Ranked] = []
    counts: dict[str, int] = {}
    groups: dict[str, int] = {}
    waiting = list(ranked)
    while waiting:
        best = max(waiting[: SHORT_LIST // 4], key=lambda one: one.worth * _room(one, groups))
        waiting.remove(best)
        kind = type_wanted(best.candidate.record, types)
        if counts.get(kind, 0) >= suggest:
            continue
        twin = next((n for n, one in enumerate(chosen) if _same(one, best)), None)
        if twin is not None:
            chosen[twin] = _better(chosen[twin], best)
            continue
        counts[kind] = counts.get(kind, 0) + 1
        group = _group(best.candidate.record)
        groups[group] = groups.get(group, 0) + 1
        chosen.append(best)
    return chosen


def _room(one: Ranked, groups: Mapping[str, int]) -> float:
    group = _group(one.candidate.record)
    return 1 - CROWDED * groups.get(group, 0) if group else 1.0


def _group(record: Record) -> str:
    return " ".join(name_parts(record.author[0])) if record.author else ""


def _same(one: Ranked, other: Ranked) -> bool:
    """Tell whether two are one work, or a work and its echo."""
    left, right = fold(one.candidate.record.title), fold(other.candidate.record.title)
    return title_words(left) == title_words(right) or fuzz.token_sort_ratio(left, right) >= ALIKE


def _better(one: Ranked, other: Ranked) -> Ranked:
    """Of two forms of one work take the published one, then the one that can be found."""

    def key(ranked: Ranked) -> tuple[bool, bool]:
        record = ranked.candidate.record
        return record.type not in {"article", "manuscript", "document"}, bool(record.doi)

    same = title_words(one.candidate.record.title) == title_words(other.candidate.record.title)
    return other if same and key(other) > key(one) else one


def _match(one: Ranked, wanted: Sequence[Part], clues: Clues, this_year: int) -> Match:
    record = one.candidate.record
    counts = coverage(wanted, record)
    found = [given for given, often in counts.items() if often]
    missing = [given for given, often in counts.items() if not often]
    note = f"not in it: {', '.join(missing)}" if missing else "covers the whole topic"
    evidence = [
        Evidence("topic", clues.topic, ", ".join(found), round(one.relevance, 2), note=note)
    ]
    if one.meaning is not None:
        alike = Evidence(
            "topic", clues.topic, record.title, round(one.meaning, 2), note="alike in meaning"
        )
        evidence.append(alike)
    types = ", ".join(clues.types) or "paper or report"
    evidence.append(Evidence("type", types, record.type, 1.0))
    if record.issued and record.issued.year:
        recency = round(_recency(record, this_year), 2)
        evidence.append(Evidence("issued", "recent", str(record.issued.year), recency))
    if one.candidate.cited_by is not None:
        often = round(_often(one.candidate), 2)
        evidence.append(Evidence("cited", "", f"{one.candidate.cited_by} times", often))
    if _REVIEW.search(fold(record.title)):
        evidence.append(Evidence("genre", "", "a review", None))
    return Match(one.candidate, round(min(1.0, one.worth), 3), tuple(evidence))
