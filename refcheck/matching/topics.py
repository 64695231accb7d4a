"""Literature for a topic: which works cover the whole of it, ranked with reasons.

The topic's words are facets, each with its spellings (acronyms that the document explains, other
languages, China for Chinese). A work is as relevant as the telling part of the facets that its
title, container and abstract cover; a frequent word alone carries little. Type wanted, recency and
how often a work is cited break near ties.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from refcheck import glossary
from refcheck.model import Candidate, Clues, Evidence, Match, Suggested, Unresolved
from refcheck.record import Record
from refcheck.text import fold, is_cjk, tokens

B = 0.4
"""BM25's length weight: titles are short, and a longer one is no worse. Robertson and Zaragoza
(2009), doi:10.1561/1500000019, leave .75; .4 ranked judged topics better."""

K1 = 1.2
"""BM25's saturation of repeated words."""

RECENT_YEARS = 10
"""A work this old or older has no bonus for being recent."""

_STOP = frozenset(
    "the a an of and or in on at to for from by with its is are further more additional other some recent relevant academic industry "
    "paper papers report reports article articles study studies literature research reference references source sources works "
    "about into between der die das und ein eine von zu mit im uber zur zum weitere studien literatur quellen "
    "le la les un une des du de et en dans sur el los las y del para sobre il lo gli di e che".split()
)


@dataclass(frozen=True, slots=True)
class Facet:
    """One word or notion of the topic with the folded forms that stand for it."""

    given: str
    forms: tuple[str, ...]


def facets(topic: str, acronyms: Mapping[str, str]) -> tuple[Facet, ...]:
    """Split a topic into its facets. Words that only say "literature" are left out."""
    out: list[Facet] = []
    rest = fold(topic)
    for notion in glossary.read(topic):
        forms = tuple(dict.fromkeys(fold(word) for _, words in notion.words for word in words))
        written = max((form for form in forms if form in rest), key=len, default="")
        rest = rest.replace(written, " ") if written else rest
        if notion.key not in {"report", "study"}:
            out.append(Facet(written or notion.key, forms))
    for short, full in acronyms.items():
        key = fold(short)
        for n, facet in enumerate(out):
            if key in facet.forms or fold(full) in facet.forms:
                out[n] = Facet(facet.given, tuple(dict.fromkeys((*facet.forms, key, fold(full)))))
                break
        else:
            if re.search(rf"\b{re.escape(key)}s?\b", rest):
                rest = re.sub(rf"\b{re.escape(key)}s?\b", " ", rest)
                out.append(Facet(short, (key, f"{key}s", fold(full), f"{fold(full)}s")))
    out.extend(Facet(word, (word,)) for word in tokens(rest) if word not in _STOP and len(word) > 1)
    return tuple(out)


def rank(
    clues: Clues,
    candidates: Sequence[Candidate],
    acronyms: Mapping[str, str],
    *,
    suggest: int,
    this_year: int,
    failed: bool = False,
) -> Suggested | Unresolved:
    """Rank candidates for a topic; at most ``suggest`` of each type wanted, best first.

    ``Unresolved`` where the topic is empty or nothing covers it.
    """
    wanted = facets(clues.topic, acronyms)
    if not wanted:
        return Unresolved("too_vague", (), ("say in the placeholder what the literature is about",))
    pool = _Pool(wanted, candidates)
    matches = sorted(
        (_match(pool, clues, candidate, this_year) for candidate in candidates),
        key=lambda match: (-match.score, match.candidate.record.title, match.candidate.record.doi),
    )
    chosen: list[Match] = []
    counts: dict[str, int] = {}
    for match in matches:
        kind = type_wanted(match.candidate.record, clues.types)
        if match.score < 0.35 or not kind or counts.get(kind, 0) >= suggest:
            continue
        if any(_near_synonym(match.candidate.record, other.candidate.record) for other in chosen):
            continue
        counts[kind] = counts.get(kind, 0) + 1
        chosen.append(match)
    if not chosen:
        return Unresolved("source_failed" if failed else "not_found", tuple(matches[:3]))
    return Suggested(tuple(chosen))


def type_wanted(record: Record, types: Sequence[str]) -> str:
    """Return "report" or "paper" as the record is one that is wanted, "" where it is neither."""
    if record.type == "report":
        return "report" if not types or "report" in types else ""
    papers = {
        "article-journal",
        "paper-conference",
        "article",
        "chapter",
        "book",
        "thesis",
        "review",
    }
    wants_papers = not types or bool(papers & set(types))
    return "paper" if wants_papers and record.type in papers else ""


class _Pool:
    """The candidates' words, and how telling each facet is among them."""

    def __init__(self, wanted: Sequence[Facet], candidates: Sequence[Candidate]) -> None:
        self.wanted = wanted
        self.texts = {id(c): _searched(c.record) for c in candidates}
        lengths = [len(tokens(text)) for text in self.texts.values()]
        self.mean_length = sum(lengths) / len(lengths) if lengths else 1.0
        size = len(candidates)
        self.weight = {}
        for facet in wanted:
            holding = sum(1 for text in self.texts.values() if _count(facet, text))
            self.weight[facet] = 1.0 + math.log(1 + (size - holding + 0.5) / (holding + 0.5))

    def relevance(self, candidate: Candidate) -> tuple[float, dict[Facet, int]]:
        """Return the share of the topic's weight that a candidate covers, and each facet's count."""
        text = self.texts[id(candidate)]
        length = len(tokens(text)) / self.mean_length
        counts = {facet: _count(facet, text) for facet in self.wanted}
        norm = K1 * (1 - B + B * length)
        gained = sum(
            self.weight[f] * min(1.0, n * (K1 + 1) / (n + norm)) for f, n in counts.items() if n
        )
        return gained / sum(self.weight.values()), counts


def _match(pool: _Pool, clues: Clues, candidate: Candidate, this_year: int) -> Match:
    record = candidate.record
    relevance, counts = pool.relevance(candidate)
    missing = [facet.given for facet, count in counts.items() if not count]
    covered = 1 - len(missing) / len(counts)
    year = record.issued.year if record.issued else None
    recency = 0.0 if year is None else max(0.0, 1 - max(0, this_year - year) / RECENT_YEARS)
    cited = min(1.0, math.log10(1 + (candidate.cited_by or 0)) / 3)
    score = relevance * (0.4 + 0.6 * covered) * 0.85 + 0.09 * recency + 0.06 * cited
    found = ", ".join(facet.given for facet, count in counts.items() if count)
    evidence = [
        Evidence(
            "topic",
            clues.topic,
            found,
            round(relevance, 2),
            note=f"not in it: {', '.join(missing)}" if missing else "covers the whole topic",
        )
    ]
    evidence.append(
        Evidence(
            "type",
            "paper or report" if not clues.types else ", ".join(clues.types),
            record.type,
            1.0 if type_wanted(record, clues.types) else 0.0,
        )
    )
    if year is not None:
        evidence.append(Evidence("issued", "recent", str(year), round(recency, 2)))
    if candidate.cited_by is not None:
        evidence.append(Evidence("cited", "", f"{candidate.cited_by} times", round(cited, 2)))
    if re.search(r"\b(review|survey|overview|meta-analysis)\b|综述", fold(record.title)):
        evidence.append(Evidence("genre", "", "a review", None))
    return Match(candidate, round(min(1.0, score), 3), tuple(evidence))


def _searched(record: Record) -> str:
    """The title counts twice: what a work is about stands there."""
    return " ".join(
        (
            fold(record.title),
            fold(record.title),
            fold(record.container_title),
            fold(record.abstract),
        )
    )


def _count(facet: Facet, text: str) -> int:
    return sum(_occurrences(form, text) for form in facet.forms)


def _occurrences(form: str, text: str) -> int:
    if is_cjk(form):
        return text.count(form)
    stem = re.sub(r"(?:ies|es|s|y)$", "", form) if len(form) > 4 else form
    ending = r"(?:ies|es|s|y|['’]s)?" if len(form) > 4 else r"s?"
    return len(re.findall(rf"(?<![^\W_]){re.escape(stem)}{ending}(?![^\W_])", text))


def _near_synonym(one: Record, other: Record) -> bool:
    return fuzz.token_set_ratio(fold(one.title), fold(other.title)) >= 92
