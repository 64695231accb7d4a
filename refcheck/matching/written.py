"""A written reference judged: as a work that indexes know, else by the page that stands at its address.

No difference is told that may come of reading a text wrongly: of a reference that was taken apart by
rule, a field is wrong only where what the source says stands nowhere in the text. A page that is closed
to us is not gone, and one that is gone may lie in an archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refcheck.identifiers import host, normal_arxiv, normal_doi, page_key
from refcheck.matching import references
from refcheck.matching.evidence import SAME_CONTAINER
from refcheck.matching.rarity import rarity
from refcheck.matching.similarity import container_likeness
from refcheck.model import (
    Ambiguous,
    Answered,
    Candidate,
    Corrected,
    Evidence,
    Failed,
    Match,
    NotAsked,
    Resolution,
    Unresolved,
    Verified,
)
from refcheck.record import Record
from refcheck.text import fold, tokens

PAGES = frozenset({"page", "wayback"})
"""Sources that tell of an address, not of a work."""
WIDE = ("crossref", "openalex", "semanticscholar")
"""Indexes of which the first and one more must have answered, or what was not found was not looked for."""
SAID_BY_PAGE = 0.5
"""Share of a title's telling words that its page must have; pages shorten and lengthen their titles."""

GONE = "the page is gone"
MOVED = "the address leads to the site's front page"
CLOSED = "the page is closed to programs"
STORED = "stored in an archive"

Heard = Sequence[Answered | Failed]


def address(fields: Record) -> str:
    """Return the address of a reference's page; "" where it only repeats an identifier."""
    url = fields.url.strip()
    known = normal_doi(url) or normal_arxiv(url) or re.search(r"\bdoi\.org/", url)
    return url if url.startswith(("http://", "https://")) and not known else ""


def decide(
    given: str | Record,
    fields: Record,
    candidates: Sequence[Candidate],
    heard: Heard,
    *,
    failed: bool,
) -> Resolution:
    """Judge a reference: ``given`` is what is compared, ``fields`` what could be read of it."""
    works = [one for one in candidates if {p.source for p in one.provenance} - PAGES]
    missed = failed and not _looked_for(heard)
    decision = _fair(given, _plain(references.decide(given, works, failed=missed)))
    decision = _registered(fields, decision, heard)
    page = _page(address(fields), fields, candidates, heard)
    if page is not None:
        decision = _with_page(decision, fields, page)
    if isinstance(decision, Unresolved) and (why := _covered_by_none(given, fields)):
        return NotAsked(why)
    return decision


def _looked_for(heard: Heard) -> bool:
    """Tell whether the wide indexes answered, so that a failure elsewhere is no lack."""
    answered = {one.source for one in heard if isinstance(one, Answered)}
    return WIDE[0] in answered and bool(answered & set(WIDE[1:]))


# --- works --------------------------------------------------------------------------------------


def _plain(decision: Resolution) -> Resolution:
    """Take the nearest work where title, authors and year agree wholly, whatever its place in print."""
    if not isinstance(decision, Unresolved) or not decision.matches:
        return decision
    best, *others = decision.matches
    told = {one.field: one.agreement for one in best.evidence}
    weight = sum(map(rarity, tokens(best.candidate.record.title)))
    wholly = all((told.get(field) or 0.0) >= 1.0 for field in ("title", "author", "issued"))
    if not wholly or weight < _WEIGHTY:
        return decision
    wrong = best.contradictions
    return Corrected(best, wrong, tuple(others)) if wrong else Verified(best, tuple(others))


_WEIGHTY = 3.0
"""Rarity of a title's words, together, from which title, authors and year are of one work."""


def _fair(given: str | Record, decision: Resolution) -> Resolution:
    """Take back what may be wrong in the reading of a text, not in the text."""
    if isinstance(given, Record) or not isinstance(decision, Corrected):
        return decision
    found = decision.match.candidate.record
    text = references.prepare(given)[0]
    kept = tuple(
        one for one in decision.differences if not _stands(one, found, text.joined, text.raw)
    )
    told = tuple(
        replace(one, contradicts=False, note=one.note if one in kept else "")
        if one.contradicts and one not in kept
        else one
        for one in decision.match.evidence
    )
    match = replace(decision.match, evidence=told)
    return Corrected(match, kept, decision.others) if kept else Verified(match, decision.others)


_NEVER_READ = frozenset({"publisher", "publisher_place", "edition", "issue"})
"""Fields that are too often something else in a text taken apart by rule."""


def _stands(difference: Evidence, found: Record, joined: str, raw: str) -> bool:
    """Tell whether what the source says stands in the text after all, so that only its reading was wrong."""
    words = joined.split()
    match difference.field:
        case "title":
            said = [word for word in tokens(found.title) if rarity(word) >= _TELLING] or tokens(
                found.title
            )
            return sum(_has(word, words) for word in said) >= 0.9 * len(said)
        case "author":
            people = found.author or found.editor
            families = [tokens(one.family or one.literal.split(" ")[-1]) for one in people]
            there = [all(_has(part, words) for part in family) for family in families if family]
            return all(there) or (bool(there) and there[0] and bool(_ET_AL.search(raw)))
        case "container_title":
            names = (found.container_title, found.container_title_short, found.event_title)
            return any(name and _named(name, words) for name in names)
        case "issued":
            return bool(found.issued) and str(found.issued.year if found.issued else "") in words
        case "volume" | "page" | "number":
            numbers = re.findall(r"\d+", difference.found)
            return not numbers or numbers[0].lstrip("0") in {
                w.lstrip("0") for w in re.findall(r"\d+", raw)
            }
        case "doi":
            return False
        case _:
            return difference.field in _NEVER_READ


_TELLING = 0.2
_ET_AL = re.compile(r"\bet\.? ?al\b|\band others\b|\bu\. ?a\.|…|\.\.\.|等", re.IGNORECASE)


def _has(word: str, words: Sequence[str]) -> bool:
    """Tell whether a word stands in a text, glued or cut at a line's end too."""
    return word in words or (len(word) > 4 and any(word in other for other in words))


def _named(name: str, words: Sequence[str]) -> bool:
    """Tell whether a container is named in a text, in full or with its words cut short."""
    telling = [word for word in tokens(name) if len(word) > 2]
    if not telling:
        return False
    hits = sum(
        any(
            len(w) > 1 and (word.startswith(w) or w.startswith(word)) and w[0] == word[0]
            for w in words
        )
        for word in telling
    )
    return hits >= 0.6 * len(telling) or any(
        container_likeness(" ".join(words[n : n + 4]), name) >= SAME_CONTAINER
        for n in range(len(words))
    )


def _registered(fields: Record, decision: Resolution, heard: Heard) -> Resolution:
    """Say of a real work's DOI that nobody has registered it, where all who register were asked."""
    doi = normal_doi(fields.doi)
    if not doi or not isinstance(decision, Verified):
        return decision
    about = [one for one in heard if normal_doi(one.query.identifier) == doi]
    asked = {one.source for one in about if isinstance(one, Answered) and not one.answers}
    known = any(isinstance(one, Answered) and one.answers for one in about)
    if known or not {"crossref", "datacite", "doi-org"} <= asked:
        return decision
    found = decision.match.candidate.record.doi
    told = Evidence("doi", doi, found, 0.0, contradicts=True, note="nobody has registered this DOI")
    rest = tuple(one for one in decision.match.evidence if one.field != "doi")
    return Corrected(replace(decision.match, evidence=(*rest, told)), (told,), decision.others)


_OTHER_LAWS = re.compile(
    r"(?i)\b(?:ISO(?:/IEC)?|IEC|DIN|EN|ANSI|ASTM|BS|GB/T|GB|NF|ITU-T|ETSI|NIST SP)\s?(?:EN |ISO )?\d{2,}|\[S\]|\bPub(?:lic|\.)? L(?:aw|\.)|\bU\.?S\.?C\.?\s*§|§\s*\d|\b\d+ U\.?\s?S\.? \d|\bF\.\s?(?:2d|3d|Supp)|\bDirective \d|\bRegulation \((?:EU|EC)\)|\bVerordnung \(E[UG]\)|\bBGBl|\bBGH\b|\bAct,? (?:of )?(?:19|20)\d\d|\bLoi n°|\bLey \d|\bLei n|\bU\.?S\.? [Pp]atent|\bpersonal communication|\bpersönliche Mitteilung|\bcommunication personnelle|\[Computer software\]|\bunpublished\b|\binterview (?:with|by)"
)
_UNCOVERED = frozenset(
    {"legislation", "legal_case", "bill", "regulation", "treaty", "hearing", "standard", "software", "patent", "personal_communication", "interview", "manuscript", "motion_picture", "broadcast", "song", "musical_score", "graphic", "map", "performance", "speech", "post"}
)  # fmt: skip


def _covered_by_none(given: str | Record, fields: Record) -> str:
    """Say that no source covers works of a kind; "" where one does."""
    said = given if isinstance(given, str) else f"{fields.title} {fields.number} {fields.genre}"
    if fields.type in _UNCOVERED or _OTHER_LAWS.search(said):
        return "no source that was asked covers works of this kind"
    return ""


# --- pages --------------------------------------------------------------------------------------


def _page(url: str, fields: Record, candidates: Sequence[Candidate], heard: Heard) -> Match | None:
    """Compare a reference with what stands at its address; None where its page was not asked for.

    The evidence ``url`` tells how it answers: 1.0 as it should, 0.0 and a contradiction where it is
    gone, None where it is closed. The candidate is the page, else its stored copy, else empty.
    """
    about = (
        [one for one in heard if one.query.want == "page" and one.query.url == url] if url else []
    )
    if not about:
        return None
    key = page_key(url)
    stored = _stored(url, candidates)
    outcome = about[-1]
    if isinstance(outcome, Failed):
        told = Evidence("url", url, _copy(stored), None, note=f"{CLOSED}: {outcome.message}")
        return Match(stored or Candidate(Record(), ()), 0.5 if stored else 0.0, (told,))
    alive = [one for one in outcome.answers if isinstance(one, Candidate)]
    if not alive:
        told = Evidence("url", url, _copy(stored), 0.0, contradicts=True, note=GONE)
        return Match(stored or Candidate(Record(), ()), 0.5 if stored else 0.0, (told,))
    page = alive[0]
    landed = page.provenance[0].url or page.record.url
    if _is_front(landed) and not _is_front(url) and page_key(landed) != key:
        told = Evidence("url", url, _copy(stored), 0.0, contradicts=True, note=MOVED)
        return Match(stored or page, 0.4, (told,))
    told = Evidence("url", url, landed, 1.0)
    titled = _on_page(fields, page)
    score = 0.6 if titled is None else 0.5 + 0.5 * (titled.agreement or 0.0)
    return Match(page, score, tuple(filter(None, (titled, told))))


def _is_front(url: str) -> bool:
    """Tell whether an address is that of a site's front page, in whatever language."""
    path = page_key(url).removeprefix(host(url)).strip("/")
    return not path or bool(
        re.fullmatch(r"(?:[a-z]{2}(?:[-_][A-Za-z]{2})?|index\.\w+|home|404|error)", path)
    )


def _stored(url: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the stored copy of a page, where an archive told of one."""
    copies = [
        one for one in candidates
        if one.record.archive_url and page_key(one.record.url) == page_key(url)
    ]  # fmt: skip
    return copies[0] if copies else None


def _copy(stored: Candidate | None) -> str:
    return stored.record.archive_url if stored else ""


def _on_page(fields: Record, page: Candidate) -> Evidence | None:
    """Look for the title in what a page says of itself; None where the reference gives none."""
    telling = [word for word in dict.fromkeys(tokens(fields.title)) if len(word) > 1]
    if not telling:
        return None
    record = page.record
    there = set(
        tokens(
            f"{record.title} {record.container_title} {record.publisher} {page.text} {page.record.url}"
        )
    )
    whole = fold(f"{record.title}{page.text}")
    weights = [max(0.1, rarity(word)) for word in telling]
    hits = sum(
        w for word, w in zip(telling, weights, strict=True) if word in there or word in whole
    )
    return Evidence("title", fields.title, record.title, round(hits / sum(weights), 4))


def _with_page(decision: Resolution, fields: Record, page: Match) -> Resolution:
    """Put together what the indexes and the page say."""
    link = page.evidence[-1]
    match decision:
        case Verified(found, others) | Corrected(found, _, others):
            wrong = decision.differences if isinstance(decision, Corrected) else ()
            known = replace(found, evidence=(*found.evidence, link))
            if link.contradicts and page.candidate.record.archive_url:
                known = replace(known, candidate=_with_copy(found.candidate, page.candidate))
            wrong = (*wrong, link) if link.contradicts else wrong
            return Corrected(known, wrong, others) if wrong else Verified(known, others)
        case _ if not _is_page(fields):
            return decision
    titled = page.evidence[0] if page.evidence[0].field == "title" else None
    if link.agreement == 1.0:
        if titled is None or (titled.agreement or 0.0) >= SAID_BY_PAGE:
            return Verified(page)
        return Ambiguous((page,))
    stored = page.candidate.record.archive_url
    if link.contradicts:
        advice = (f"{link.note}: look for where it went, or name a stored copy",)
        return Corrected(page, (link,)) if stored else Unresolved("not_found", (), advice)
    if stored:
        return Verified(replace(page, evidence=(replace(link, note=f"{link.note}; {STORED}"),)))
    return Unresolved("source_failed", (), (f"open {link.given} yourself: {link.note}",))


def _is_page(fields: Record) -> bool:
    """Tell whether a reference is of what stands on the web, rather than of a work that is there too."""
    return not (fields.volume or fields.page or fields.doi) and fields.type not in {
        "article-journal", "paper-conference", "book", "chapter", "thesis",
    }  # fmt: skip


def _with_copy(work: Candidate, stored: Candidate) -> Candidate:
    """Add the stored copy of its page to a work, with where it was told."""
    copied = replace(
        work.record, archive_url=stored.record.archive_url, archive=stored.record.archive
    )
    return replace(work, record=copied, provenance=(*work.provenance, *stored.provenance))
