"""A written reference and candidates from anywhere: which work is it, and is it described rightly.

Each candidate's fields are looked for in the reference; a fitted model makes a probability of the
agreement, and of all candidates at most one is the work. Accepted is what is probable and clearly
ahead; between two that fit alike nobody decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from refcheck.identifiers import normal_doi
from refcheck.matching.agreement import founded, hopeless
from refcheck.matching.evidence import differences, evidence
from refcheck.matching.features import compare
from refcheck.matching.given import Given, given_of
from refcheck.matching.identity import led_elsewhere
from refcheck.matching.parsing import parse
from refcheck.matching.probability import decided, log_odds, shares
from refcheck.matching.profile import Profile, profile_of
from refcheck.matching.rarity import SMALL, rarity
from refcheck.matching.versions import (
    exactness,
    fullness,
    published_apart,
    same_work,
    without_parts,
)
from refcheck.model import Ambiguous, Candidate, Corrected, Evidence, Match, Unresolved, Verified
from refcheck.record import Record
from refcheck.text import tokens

ACCEPTED = 0.6
"""Least probability that a work is the one. On the fifth of the labelled works that no fitting has
seen, 21 of 4,075 answers from here on were wrong in all styles, of works that are there; of 1,160
references to works that are not, 2 were given one."""
RIVAL = 0.25
"""A second work as probable as this makes the first ambiguous."""
LEAST = 0.15
"""A work that by itself is less probable is not made likely by having no rival."""
HEADWAY = 1.0
"""Log odds by which one version of a work must be ahead of another to be taken for the one meant."""
UNFOUNDED = -3.0
"""Log odds, at most, of a record of which too little agrees to decide by."""
HOPELESS = -9.0
"""Log odds of a record that has nothing of the reference."""
SEEN_DIFFERENCE = 0.25
"""By so much `exactness` must differ to tell two records of one work apart."""
TELLING = 1.5
"""Rarity of its words, together, below which a reference can mean anything."""
ENOUGH_PLACES = 3
"""Numbers that make up for words: year, volume, page."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates in order of probability, by their number; ``versions`` are other records of the best.

    ``tied``: another version fits as well under another DOI; ``apart``: and in another venue.
    """

    order: tuple[int, ...]
    probability: tuple[float, ...]
    versions: tuple[int, ...] = ()
    tied: bool = False
    apart: bool = False

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
    them the one that agrees best comes first, and where they agree alike one with a DOI. Two that
    are registered are told apart by what only one of them has as it is written; where that is
    nothing, the one comes first that is described most fully, and of two venues nobody decides.
    """
    return judge_odds(given, profiles, [weigh(given, one)[0] for one in profiles])


def weigh(given: Given, record: Profile) -> tuple[float, tuple[float, ...]]:
    """Return the log odds that a record is the work, and the features that they come from."""
    if hopeless(given, record):
        return HOPELESS, ()
    features = compare(given, record)
    odds = log_odds(features)
    return odds if founded(features) else min(odds, UNFOUNDED), features


def judge_odds(given: Given, profiles: Sequence[Profile], odds: Sequence[float]) -> Judged:
    """Weigh records whose log odds are known already."""
    if not profiles:
        return Judged((), ())
    if len(profiles) > 1:
        odds = without_parts(given, profiles, odds)
    share = shares(odds)
    order = sorted(range(len(profiles)), key=lambda n: (-share[n], n))
    first = order[0]
    versions = [
        n for n in order[1:] if share[n] > 0.001 and same_work(profiles[first], profiles[n])
    ]
    twins: list[int] = []
    if versions:
        near = [n for n in (first, *versions) if profiles[n].doi and odds[first] - odds[n] < 2 * HEADWAY]  # fmt: skip
        if near and (not profiles[first].doi or len(near) > 1):
            exact = {n: exactness(given, profiles[n]) for n in near}
            chosen = max(near, key=lambda n: (exact[n], fullness(profiles[n]), odds[n], -n))
            versions = [n for n in (first, *versions) if n != chosen]
            first = chosen
            twins = [
                n
                for n in near
                if profiles[n].doi != profiles[first].doi
                and exact[first] - exact[n] < SEEN_DIFFERENCE
                and abs(odds[first] - odds[n]) < HEADWAY
            ]
    rest = [n for n in order if n != first]
    rival = next((share[n] for n in rest if n not in versions), 0.0)
    whole = share[first] + sum([share[n] for n in versions])
    share[first] = decided(whole, rival) if whole >= LEAST else whole
    apart = any(published_apart(profiles[first], profiles[n]) for n in twins)
    return Judged((first, *rest), tuple(share), tuple(versions), bool(twins), apart)


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
    if judged.apart:
        return Ambiguous(tuple(one for one in matches if one.score >= RIVAL / 2))
    found = candidates[judged.order[0]]
    versions = [candidates[n].record for n in judged.versions]
    told = evidence(fields, found.record, versions)
    best = replace(matches[0], evidence=led_elsewhere(told, _others(candidates, judged)))
    others = tuple(matches[1:])
    wrong = tuple(one for one in differences(best.evidence) if one.contradicts)
    if is_another(prepared, wrong, profile_of(found.record)):
        return Unresolved("source_failed" if failed else "not_found", tuple(matches[:3]))
    return Corrected(best, wrong, others) if wrong else Verified(best, others)


def _others(candidates: Sequence[Candidate], judged: Judged) -> list[Record]:
    """Return the records that are not of the work that was chosen."""
    of_it = {judged.order[0], *judged.versions}
    return [one.record for n, one in enumerate(candidates) if n not in of_it]


def is_another(given: Given, wrong: Sequence[Evidence], record: Profile) -> bool:
    """Tell whether too much speaks against a record that is likely by its numbers or a common title.

    Neither a word of its title nor an author of it stands in the reference, or an author and nothing
    else; or, where no author agrees, two of year, container, volume and page differ ("Editorial
    Board", in another journal), or there is little but the title to go by, and either side has too
    many words that the other lacks ("Fundamentals" for "Fundamentals of aerodynamics").
    """
    if given.doi or given.arxiv:
        return False
    told = _share(record.title_set, given.bag)
    dated = record.year in given.years
    places = dated + len({record.volume, record.first_page} & given.numbers)
    contained = bool(record.container) and given.bag.issuperset(record.container)
    families = [family.split() for family in record.families]
    if any(parts and given.bag.issuperset(parts) for parts in families):
        return told <= FOREIGN and not places and not contained
    against = {one.field for one in wrong}
    if families and "author" in against and told <= FOREIGN:
        return True
    if len(against & PLACES) >= LEAST_PLACES:
        return True
    if places >= LEAST_PLACES or contained:
        return False
    explained = dated or _share(given.telling, record.known) >= EXPLAINED
    return told < TOLD or not explained


def _share(words: Collection[str], among: Collection[str]) -> float:
    """Return how much of the weight of telling words is among others; 1.0 where there is none."""
    weights = {word: rarity(word) for word in words if word not in SMALL}
    whole = sum(weights.values())
    return sum(w for word, w in weights.items() if word in among) / whole if whole else 1.0


EXPLAINED, TOLD = 0.6, 0.75
"""Shares of the reference's telling words, and of the title's, that must be shared where nothing but
words speaks for a record."""
FOREIGN = 0.34
"""Share of a title's words that any reference may have by chance."""
PLACES = frozenset({"issued", "container_title", "volume", "page"})
LEAST_PLACES = 2


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
    """Tell whether a reference says too little to mean one work.

    Of few words it must say in figures where the work stands: a year, and a volume and a page.
    """
    if given.doi or given.arxiv or given.weight >= TELLING:
        return False
    return not given.weight or len(given.years) + len(given.places) < ENOUGH_PLACES


def text_evidence(
    given: Given, fields: Record, found: Record, versions: Sequence[Record] = ()
) -> tuple[Evidence, ...]:
    """Compare a reference that was a text: what was read of it, corrected by where the record's fields stand.

    A text is taken apart by rule; where the record's own words stand in it, those were meant.
    """
    kept = fields
    joined = given.joined
    if fields.title and found.title and profile_of(found).title_text in joined:
        kept = replace(kept, title=found.title)
    names = [one.family or one.literal for one in found.author]
    if (
        fields.author
        and names
        and len(fields.author) != len(found.author)
        and all(any(part in given.bag for part in tokens(name)) for name in names)
    ):
        kept = replace(kept, author=found.author)
    return evidence(kept, found, versions)
