"""Which work a citation gap means: candidates weighed by what the text round the gap mentions.

Names are looked for among a candidate's authors, where they tell most; the words of its title in
the gap's own words, then ever further away (`mentions`). Put in by itself is only what names, year
or title of the gap itself single out; the sentence alone earns candidates for a person.

The weights are natural logarithms of odds, set by reasoning (how many works share a family name or
a year), not fitted. On gaps whose work had been taken out of the catalogue, and on names put into
texts that they had nothing to do with, 1 of 105 was put in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from refcheck import mentions
from refcheck.matching import works
from refcheck.matching.mentioned import Text
from refcheck.matching.named import beside_names, family_of, namesakes, only_names, people, place
from refcheck.matching.rarity import SMALL, rarity
from refcheck.matching.similarity import container_likeness, container_words, title_words
from refcheck.mentions import COMMON, Mentions, stem
from refcheck.model import (
    Ambiguous,
    Candidate,
    Clues,
    Evidence,
    Hint,
    Match,
    Resolved,
    Suggested,
    Unresolved,
)
from refcheck.record import Record
from refcheck.text import tokens

NAMED = 6.0
"""A person whom the gap names is an author: one in some hundreds of works has that family name."""
FIRST = 1.5
"""… and stands first: whoever names one person means the first of them."""
GIVEN = 3.0
"""… and the given name agrees as well."""
COMPANY = -0.7
"""For each further author, two at most: who names one person without "et al." means a work by one."""
MISSING = -5.0
"""A person whom the gap names is none of the authors."""
NEARBY = 4.0
"""A person whom the text names is an author, times what a word at that distance is worth."""
SAME_YEAR, NEXT_YEAR, OTHER_YEAR = 3.0, 0.5, -4.0
VENUE, OTHER_VENUE = 4.0, -4.0
"""The gap's words name the container; they name another."""
IN_LIST = 3.0
"""The work stands in the document's own list already."""
SURE = 5.0
AHEAD = 2.0
"""Log odds from which a work is put in, and by which it is ahead of every other."""
SHOWN = 5
SHOWN_FROM = 0.5
"""Candidates shown for each work of a gap, and the log odds from which one is worth showing."""
UNSAID = 1.5
"""Telling words that the gap may say beside names and that the work does not: the author's own words."""
PER_NAMESAKE, MOST = 0.1, 0.5
"""Telling words of the title that must stand in the text, where a name is all that is given, for each
person of that name among the candidates; never more than so many."""
LISTED = 40
"""Signs of a line that can hold a whole reference."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with what speaks for it; whether the gap names its authors, its title, its year."""

    candidate: Candidate
    odds: float
    evidence: tuple[Evidence, ...]
    named: bool = False
    titled: bool = False
    dated: bool = False
    support: float = 0.0


def decide(
    clues: Clues, candidates: Sequence[Candidate], *, text: str = "", failed: bool = False
) -> Resolved | Suggested | Ambiguous | Unresolved:
    """Decide which candidates a citation gap means; ``text`` is that of the whole document.

    Several works of one gap are put in together or not at all. Where none is certain, the likeliest
    are shown: as ambiguous where the gap names several alike, else as still open.
    """
    if clues.identifier or clues.title:
        known = works.decide(clues, candidates, failed=failed)
        if not isinstance(known, Unresolved):
            return known
    if not (clues.hints or clues.before or clues.after):
        return Unresolved("too_vague", (), ("say what is to be cited: a name and a year, a title",))
    read = mentions.read(clues)
    lines = tuple(_lines(text))
    hints = [hint for one in clues.hints or (Hint(""),) for hint in _apart(one, candidates)]
    ranked = [rank(hint, read, candidates, lines) for hint in hints]
    found = [_meant(hint, weighed) for hint, weighed in zip(hints, ranked, strict=True)]
    likely = [one for one in _in_turn(ranked) if one.odds >= SHOWN_FROM]
    sure = tuple(_match(one) for one in found if one is not None)
    if len(sure) == len(hints):
        others = [_match(one) for one in likely if all(one is not meant for meant in found)]
        return Resolved(sure[0], tuple(others[:SHOWN]), sure[1:])
    shown = tuple(_match(one) for one in likely[: SHOWN * len(hints)])
    if sum(one.named for one in likely) > 1:
        return Ambiguous(shown)
    return Unresolved("source_failed" if failed and not shown else "not_found", shown)


def _apart(hint: Hint, candidates: Sequence[Candidate]) -> tuple[Hint, ...]:
    """Take "Press and Jaynes" for two works where no candidate is by both."""
    if len(hint.names) < 2 or hint.year or not only_names(hint):
        return (hint,)
    for one in candidates:
        if all(place(name, people(one.record))[0] >= 0 for name in hint.names):
            return (hint,)
    return tuple(Hint(name, (name,)) for name in hint.names)


def rank(
    hint: Hint, read: Mentions, candidates: Sequence[Candidate], lines: Sequence[str] = ()
) -> list[Weighed]:
    """Weigh candidates for one work of a gap, the likeliest first.

    ``lines`` are those of the document, folded, in which a work can stand in full.
    """
    own = "" if only_names(hint) else hint.words
    text = Text(read, own, [one.record.title for one in candidates])
    venue = _venue(hint, candidates)
    weighed = [_weigh(hint, text, one, venue, lines) for one in candidates]
    return sorted(weighed, key=lambda one: (-one.odds, one.candidate.record.title))


def _weigh(
    hint: Hint, text: Text, candidate: Candidate, venue: str, lines: Sequence[str]
) -> Weighed:
    record = candidate.record
    names, evidence, used = _named(hint, record)
    near, nearby, others = _near(record, text.read, used)
    years, dated = _years(hint, record, text.read)
    told = text.tells(record.title, used | others)
    odds = names + near + years + told.odds
    said = [*evidence, *nearby]
    if hint.year:
        found = str(record.issued.year) if record.issued and record.issued.year else ""
        said.append(Evidence("issued", str(hint.year), found, 1.0 if dated else 0.0))
    if venue and record.container_title:
        alike = container_likeness(venue, record.container_title)
        odds += VENUE * (alike - 0.5) * 2 if alike >= 0.8 else OTHER_VENUE
        said.append(Evidence("container_title", venue, record.container_title, round(alike, 2)))
    said.extend(told.evidence)
    if _is_listed(candidate, lines):
        odds += IN_LIST
        said.append(
            Evidence("reference list", "", record.title, 1.0, note="listed in the document already")
        )
    named = any(one.agreement == 1.0 for one in evidence)
    return Weighed(candidate, odds, tuple(said), named, told.named, dated, told.support)


def _named(hint: Hint, record: Record) -> tuple[float, list[Evidence], set[str]]:
    """Look for the people whom the gap names; return odds, evidence and the families found."""
    if not hint.names:
        return 0.0, [], set()
    written = people(record)
    places = {name: place(name, written) for name in hint.names}
    found = {name: at for name, at in places.items() if at[0] >= 0}
    odds = 0.0
    for at, whole in found.values():
        odds += NAMED + (FIRST if at == 0 else 0.0) + (GIVEN if whole else 0.0)
    alone = only_names(hint)
    if not alone and not hint.year and not found:
        return 0.0, [], set()  # what has a capital need not be a person
    missing = len(hint.names) - len(found) if alone else int(not found)
    odds += MISSING * missing
    if not missing and len(hint.names) == 1 and "et al" not in hint.words:
        odds += COMPANY * min(2, len(record.author) - 1)
    told = Evidence("author", ", ".join(hint.names), _shown(record), 0.0 if missing else 1.0)
    return odds, [told], {family_of(written[at]) for at, _ in found.values()}


def _near(record: Record, read: Mentions, used: set[str]) -> tuple[float, list[Evidence], set[str]]:
    """Look for people whom the text round the gap names."""
    families = [family_of(one) for one in people(record)]
    near = [(read.names[one], one) for one in families if one in read.names and one not in used]
    if not near:
        return 0.0, [], set()
    worth, name = max(near)
    odds = NEARBY * worth * (1.0 if families[0] == name else 0.6)
    told = Evidence("author", name, _shown(record), round(worth, 2), note="named nearby")
    return odds, [told], {one for _, one in near}


def _years(hint: Hint, record: Record, read: Mentions) -> tuple[float, bool]:
    year = record.issued.year if record.issued else None
    if hint.year and year:
        apart = abs(hint.year - year)
        return {0: SAME_YEAR, 1: NEXT_YEAR}.get(apart, OTHER_YEAR), not apart
    return (SAME_YEAR / 2 * read.years.get(year, 0.0) if year else 0.0), False


def _shown(record: Record) -> str:
    return ", ".join(one.family or one.literal for one in record.author[:3])


def _venue(hint: Hint, candidates: Sequence[Candidate]) -> str:
    """Return the gap's words beside names and year where they are what a candidate appeared in."""
    rest = beside_names(hint)
    words = container_words(rest)
    known = any(container_words(one.record.container_title) == words for one in candidates)
    return rest if words and known else ""


def _lines(text: str) -> Iterator[str]:
    """Yield the folded words of each line that is long enough to hold a reference."""
    for line in text.splitlines():
        if len(line) >= LISTED:
            yield f" {' '.join(tokens(line))} "


def _is_listed(candidate: Candidate, lines: Sequence[str]) -> bool:
    """Tell whether a work stands in the document's own bibliography, or in a line with its year."""
    if any(one.source == "document" for one in candidate.provenance):
        return True
    record = candidate.record
    words = title_words(record.title)
    if len(words) < 3 or not record.issued:
        return False
    title, year = f" {' '.join(words)} ", f" {record.issued.year} "
    return any(title in line and year in line for line in lines)


def _meant(hint: Hint, ranked: Sequence[Weighed]) -> Weighed | None:
    """Return the work that a gap's own words single out, None where they leave a doubt."""
    if not hint.words or not ranked:
        return None
    best = ranked[0]
    record = best.candidate.record
    if not (best.named or best.titled) or best.odds < SURE:
        return None
    if not best.titled and _unsaid(hint, record) > UNSAID:
        return None
    if not (best.titled or best.dated or _singled_out(hint, best, ranked)):
        return None
    others = (one for one in ranked[1:] if not _same(one.candidate.record, record))
    rival = next(others, None)
    return best if rival is None or best.odds - rival.odds >= AHEAD else None


def _unsaid(hint: Hint, record: Record) -> float:
    """Return how much a gap's words, in telling words, say beside names that the record does not."""
    stems = {
        stem(word) for word in tokens(f"{record.title} {record.container_title} {_shown(record)}")
    }
    rest = dict.fromkeys(tokens(beside_names(hint)))
    return sum(
        rarity(word)
        for word in rest
        if word not in SMALL and word not in COMMON and len(word) > 1
        and stem(word) not in stems and not any(one.startswith(word) for one in stems)
    )  # fmt: skip


def _singled_out(hint: Hint, best: Weighed, ranked: Sequence[Weighed]) -> bool:
    """Tell whether names without a year may single out a work: it is by them alone, and on the matter.

    Whoever writes "cite Smith" of a work by Smith and Jones would have named both.
    """
    record = best.candidate.record
    given = any(len(name.split()) > 1 for name in hint.names)
    alike = namesakes(hint.names, (one.candidate.record for one in ranked))
    needed = PER_NAMESAKE if given else min(MOST, PER_NAMESAKE * alike)
    return best.support >= needed and (given or len(record.author) == len(hint.names))


def _same(one: Record, other: Record) -> bool:
    return title_words(one.title) == title_words(other.title)


def _in_turn(ranked: Sequence[Sequence[Weighed]]) -> list[Weighed]:
    """Return the candidates of all works of a gap in turn, each work once."""
    out: dict[tuple[str, ...], Weighed] = {}
    for place_ in range(max((len(one) for one in ranked), default=0)):
        for one in ranked:
            if place_ < len(one):
                out.setdefault(title_words(one[place_].candidate.record.title), one[place_])
    return list(out.values())


def _match(one: Weighed) -> Match:
    """Give a candidate the probability that its odds are worth, `SURE` being even odds."""
    return Match(one.candidate, round(1 / (1 + math.exp(-(one.odds - SURE) / 2)), 3), one.evidence)
