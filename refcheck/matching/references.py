"""A written reference and candidates from anywhere: which work is it, and is it described rightly.

Each candidate's fields are looked for in the reference; a fitted model makes a probability of the
agreement, and of all candidates at most one is the work. Accepted is what is probable and clearly
ahead; between two that fit alike nobody decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from refcheck.identifiers import normal_doi
from refcheck.matching.evidence import differences, evidence
from refcheck.matching.features import compare
from refcheck.matching.given import Given, given_of
from refcheck.matching.parsing import parse
from refcheck.matching.probability import log_odds, shares
from refcheck.matching.profile import Profile, profile_of
from refcheck.matching.rarity import rarity
from refcheck.model import Ambiguous, Candidate, Corrected, Evidence, Match, Unresolved, Verified
from refcheck.record import Record
from refcheck.text import tokens

ACCEPTED = 0.6
"""Least probability that a work is the one. On the fifth of the labelled works that the model had
not seen, 8 of 1,528 answers from here on were wrong in five styles, from .9 on 1 of 1,327."""
RIVAL = 0.25
"""A second work as probable as this makes the first ambiguous."""
HEADWAY = 1.0
"""Log odds by which one version of a work must be ahead of another to be taken for the one meant."""
CUT_AT = 80
"""Signs of a folded title from which it may have been cut: result lists keep 80 to 100."""
TELLING = 1.5
"""Rarity of its words, together, below which a reference can mean anything."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates in order of probability, by their number; ``versions`` are other records of the best."""

    order: tuple[int, ...]
    probability: tuple[float, ...]
    versions: tuple[int, ...] = ()
    tied: bool = False

    @property
    def best(self) -> float:
        """The probability that the first, in whatever version, is the work."""
        return self.probability[self.order[0]] if self.order else 0.0

    @property
    def rival(self) -> float:
        """The probability of the next that is no version of the first."""
        return next((self.probability[n] for n in self.order[1:] if n not in self.versions), 0.0)

    @property
    def accepted(self) -> bool:
        """Whether the first is probable and clearly ahead of every other work."""
        return self.best >= ACCEPTED and self.rival < RIVAL


def judge(given: Given, profiles: Sequence[Profile]) -> Judged:
    """Weigh the records of which at most one is meant.

    Records of one work (the preprint and the article, an index's copy without DOI) add up; among
    them the one that agrees best comes first, and where they agree alike one with a DOI, of several
    DOIs the one that is described most fully.
    """
    if not profiles:
        return Judged((), ())
    odds = [log_odds(compare(given, profile)) for profile in profiles]
    share = shares(odds)
    order = sorted(range(len(profiles)), key=lambda n: (-share[n], n))
    first = order[0]
    versions = [
        n for n in order[1:] if share[n] > 0.001 and same_work(profiles[first], profiles[n])
    ]
    near = [n for n in versions if odds[first] - odds[n] < 2 * HEADWAY]
    if not profiles[first].doi and near:
        with_doi = [n for n in near if profiles[n].doi]
        if with_doi:
            versions = [first, *(n for n in versions if n != with_doi[0])]
            first = with_doi[0]
    tied = [
        n for n in versions
        if profiles[n].doi and profiles[first].doi and profiles[n].doi != profiles[first].doi
        and odds[first] - odds[n] < HEADWAY
    ]  # fmt: skip
    fullest = max((first, *tied), key=lambda n: _told(profiles[n]))
    if fullest != first:
        versions = [first, *(n for n in versions if n != fullest)]
        first = fullest
    total = list(share)
    total[first] = min(1.0, share[first] + sum(share[n] for n in versions))
    rest = [n for n in order if n != first]
    return Judged((first, *rest), tuple(total), tuple(versions), bool(tied))


def _told(profile: Profile) -> int:
    """Count what a record says of where the work stands: one made from a citation says less."""
    return sum(map(bool, (profile.container, profile.volume, profile.first_page)))


def same_work(left: Profile, right: Profile) -> bool:
    """Tell whether two records are of one work: title and first author, and years next to each other."""
    if not left.title or sum(left.weights) < 2.0 or not _same_title(left, right):
        return False
    if (
        left.families
        and right.families
        and left.families[0].split()[-1] != right.families[0].split()[-1]
    ):
        return False
    if not (left.families and right.families) and not (left.year and right.year):
        return False
    if left.year and right.year and abs(left.year - right.year) > 2:
        return False
    parts = ("volume", "first_page") if left.doi and right.doi else ()
    return all(
        getattr(left, part) == getattr(right, part)
        or not getattr(left, part)
        or not getattr(right, part)
        for part in parts
    )


def _same_title(left: Profile, right: Profile) -> bool:
    """Tell whether two titles are one, or one is cut where result lists cut."""
    if left.title == right.title:
        return True
    short, long = sorted((left.title_text, right.title_text), key=len)
    return len(short) >= CUT_AT and long.startswith(short)


def decide(
    given: str | Record, candidates: Sequence[Candidate], *, failed: bool = False
) -> Verified | Corrected | Ambiguous | Unresolved:
    """Say of a reference, as text or as fields, which candidate it is and what in it is wrong.

    ``failed`` says that a source could not be asked: then nothing is "not found".
    """
    prepared, fields = prepare(given)
    if too_vague(prepared):
        return Unresolved("too_vague")
    judged = judge(prepared, [profile_of(one.record) for one in candidates])
    matches = [
        Match(candidates[n], judged.probability[n], evidence(fields, candidates[n].record))
        for n in judged.order[:5]
    ]
    if not judged.accepted and not (isinstance(given, Record) and _is_whole(given, matches)):
        if fields.doi and (named := _by_doi(fields, candidates, matches)):
            return named
        if matches and judged.best + judged.rival >= ACCEPTED:
            return Ambiguous(tuple(one for one in matches if one.score >= RIVAL / 2))
        return Unresolved("source_failed" if failed else "not_found", tuple(matches[:3]))
    found = candidates[judged.order[0]]
    versions = [candidates[n].record for n in judged.versions]
    best = replace(matches[0], evidence=evidence(fields, found.record, versions))
    others = tuple(matches[1:])
    wrong = tuple(one for one in differences(best.evidence) if one.contradicts)
    return Corrected(best, wrong, others) if wrong else Verified(best, others)


WHOLE = frozenset({"title", "author", "issued"})
"""Fields that together name a work, where they were given one by one and agree exactly."""


def _is_whole(given: Record, matches: Sequence[Match]) -> bool:
    """Tell whether the first candidate, and no other, has just the title, authors and year given."""
    if len(tokens(given.title)) < 3:
        return False
    agree = [
        not match.contradictions
        and {one.field for one in match.evidence if one.agreement == 1.0} >= WHOLE
        for match in matches
    ]
    return agree[:1] == [True] and not any(agree[1:])


def _by_doi(
    fields: Record, candidates: Sequence[Candidate], matches: Sequence[Match]
) -> Corrected | None:
    """Take the work that the DOI names where title or authors agree with it, however else described."""
    doi = normal_doi(fields.doi)
    for candidate in candidates:
        if doi and normal_doi(candidate.record.doi) == doi:
            told = evidence(fields, candidate.record)
            agree = {
                one.field
                for one in told
                if one.agreement is not None and one.agreement >= 0.6 and not one.contradicts
            }
            wrong = tuple(one for one in told if one.contradicts)
            if agree & {"title", "author"} and wrong:
                others = tuple(one for one in matches if one.candidate is not candidate)
                return Corrected(Match(candidate, ACCEPTED, told), wrong, others)
    return None


def prepare(given: str | Record) -> tuple[Given, Record]:
    """Prepare a reference for comparison, and take it apart where it is a text."""
    if isinstance(given, Record):
        return given_of(given), given
    return Given(given), parse(given)


def too_vague(given: Given) -> bool:
    """Tell whether a reference says too little to mean one work."""
    return (
        not given.doi
        and sum(rarity(word) for word in given.bag if not word.isdigit() and len(word) > 1)
        < TELLING
    )


def text_evidence(
    given: Given, fields: Record, found: Record, versions: Sequence[Record] = ()
) -> tuple[Evidence, ...]:
    """Compare a reference that was a text: what was read of it, corrected by where the record's fields stand.

    A text is taken apart by rule; where the record's own words stand in it, those were meant.
    """
    kept = fields
    joined = given.joined
    if fields.title and found.title and " ".join(profile_of(found).title) in joined:
        kept = replace(kept, title=found.title)
    names = [one.family or one.literal for one in found.author]
    if (
        fields.author
        and names
        and len(fields.author) != len(found.author)
        and all(any(part in given.bag for part in Given(name).words) for name in names)
    ):
        kept = replace(kept, author=found.author)
    return evidence(kept, found, versions)
