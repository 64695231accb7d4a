"""A written reference judged: as a work that indexes know, else by the page that stands at its address.

No difference is told that may come of reading a text wrongly: of a reference that was taken apart by
rule, a field is wrong only where what the source says stands nowhere in the text. A page that is closed
to us is not gone, and one that is gone may lie in an archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refcheck.identifiers import normal_doi
from refcheck.matching import pages, references
from refcheck.matching.evidence import SAME_CONTAINER
from refcheck.matching.similarity import container_likeness, name_likeness, title_likeness
from refcheck.model import (
    Ambiguous,
    Answered,
    Candidate,
    Corrected,
    Evidence,
    Failed,
    NotAsked,
    Resolution,
    Unresolved,
    Verified,
)
from refcheck.record import Record
from refcheck.text import tokens

PAGES = frozenset({"page", "wayback"})
"""Sources that tell of an address, not of a work."""
WIDE = ("crossref", "openalex", "semanticscholar")
"""Indexes of which the first and one more must have answered, or what was not found was not looked for."""
Heard = Sequence[Answered | Failed]


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
    decision = _fair(given, references.decide(given, works, failed=missed))
    decision = _registered(fields, decision, heard)
    decision = _published(_by_strangers(decision))
    page = pages.at_address(fields, given, candidates, heard)
    if page is not None:
        decision = pages.with_page(decision, fields, page)
    if isinstance(decision, Unresolved) and (why := _covered_by_none(given, fields)):
        return NotAsked(why)
    return decision


def _looked_for(heard: Heard) -> bool:
    """Tell whether the wide indexes answered, so that a failure elsewhere is no lack."""
    answered = {one.source for one in heard if isinstance(one, Answered)}
    return WIDE[0] in answered and bool(answered & set(WIDE[1:]))


# --- works --------------------------------------------------------------------------------------


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
    match difference.field:
        case "title":
            return (
                _said(found.title, joined)
                or title_likeness(difference.given, found.title) < _A_TITLE
            )
        case "author":
            people = found.author or found.editor
            families = [one.family or one.literal.split(" ")[-1] for one in people]
            there = [_said(family, joined) for family in families if family]
            return all(there) or (bool(there) and there[0] and bool(_ET_AL.search(raw)))
        case "container_title":
            names = (
                found.container_title,
                found.container_title_short,
                found.event_title,
                found.collection_title,
            )
            named = any(name and _named(name, joined.split()) for name in names)
            return named or found.type not in _IN_PERIODICALS
        case "issued":
            return bool(found.issued) and str(found.issued.year if found.issued else "") in joined
        case "volume" | "page" | "number":
            numbers = re.findall(r"\d+", difference.found)
            return not numbers or numbers[0].lstrip("0") in {
                n.lstrip("0") for n in re.findall(r"\d+", raw)
            }
        case "doi":
            return False
        case _:
            return difference.field in _NEVER_READ


_A_TITLE = 0.5
"""Likeness from which what was read for a title is one: styles without titles have none to be wrong."""
_NOISE = 85.0
"""How much of a title or name, of 100, must stand in a text that was scanned or set with slips."""
_IN_PERIODICALS = frozenset(
    {"article-journal", "paper-conference", "article-magazine", "article-newspaper"}
)
"""Types whose container is told: of a chapter the series may be named in place of the book."""
_ET_AL = re.compile(r"\bet\.? ?al\b|\band others\b|\bu\. ?a\.|…|\.\.\.|等", re.IGNORECASE)


def _said(what: str, joined: str) -> bool:
    """Tell whether words stand in a text one after the other, glued, parted or misprinted a little."""
    from rapidfuzz import fuzz

    wanted, there = "".join(tokens(what)), joined.replace(" ", "")
    if not wanted or wanted in there:
        return True
    return len(wanted) > 3 and fuzz.partial_ratio(wanted, there, score_cutoff=_NOISE) >= _NOISE


def _named(name: str, words: Sequence[str]) -> bool:
    """Tell whether a container is named in a text, in full or with its words cut short."""
    telling = [word for word in tokens(name) if len(word) > 2]
    if not telling:
        return False
    hits = sum(
        any(len(w) > 1 and (word.startswith(w) or w.startswith(word)) for w in words)
        for word in telling
    )
    return hits >= 0.6 * len(telling) or any(
        container_likeness(" ".join(words[n : n + 4]), name) >= SAME_CONTAINER
        for n in range(len(words))
    )


def _by_strangers(decision: Resolution) -> Resolution:
    """Leave to a person a work of which no author is named: a title alone is no evidence.

    An identifier that agrees is.
    """
    if not isinstance(decision, Corrected):
        return decision
    told = {one.field: one for one in decision.match.evidence}
    author = told.get("author")
    named = any((told[one].agreement or 0.0) >= 1.0 for one in ("doi", "number") if one in told)
    if named or author is None or not author.contradicts or author.agreement:
        return decision
    return Ambiguous((decision.match, *decision.others[:2]))


def _published(decision: Resolution) -> Resolution:
    """Tell of a preprint that it has been published since: to be known, nothing is wrong with it."""
    if not isinstance(decision, Verified) or decision.match.candidate.record.type != "article":
        return decision
    preprint = decision.match.candidate
    said = [preprint.record.note] if {p.source for p in preprint.provenance} & {"arxiv"} else []
    for other in decision.others:
        record = other.candidate.record
        alike = title_likeness(record.title, preprint.record.title) == 1.0
        if (
            record.type in _IN_PERIODICALS
            and alike
            and record.author[:1]
            and preprint.record.author
        ):
            likeness = name_likeness(record.author[0], preprint.record.author[0])
            said += [f"{record.container_title} {record.doi}".strip()] if likeness >= 0.8 else []
    told = [one for one in said if one]
    if not told:
        return decision
    more = Evidence("status", "preprint", told[0], None, note="it has been published since")
    match = replace(decision.match, evidence=(*decision.match.evidence, more))
    return Verified(match, decision.others)


def _registered(fields: Record, decision: Resolution, heard: Heard) -> Resolution:
    """Say of a DOI that nobody has registered it, where all who register were asked."""
    doi = normal_doi(fields.doi)
    if not doi or not isinstance(decision, Verified | Unresolved):
        return decision
    about = [one for one in heard if normal_doi(one.query.identifier) == doi]
    asked = {one.source for one in about if isinstance(one, Answered) and not one.answers}
    known = any(isinstance(one, Answered) and one.answers for one in about)
    if known or not {"crossref", "datacite", "doi-org"} <= asked:
        return decision
    if isinstance(decision, Unresolved):
        said = f"its DOI {doi} is registered nowhere: look whether it is mistyped"
        return replace(decision, advice=(*decision.advice, said))
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
