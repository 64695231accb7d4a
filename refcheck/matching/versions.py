"""Records that are one work, or part and whole, told from each other by what a reference says exactly."""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.matching.evidence import PREPRINT, SAME_CONTAINER
from refcheck.matching.given import Given
from refcheck.matching.profile import Profile
from refcheck.matching.similarity import container_likeness
from refcheck.text import tokens

PART_WITHIN = 6.0
"""Log odds within which a record is looked at as a part, or the whole, of the best; and lost if it is."""
NO_RIVAL = -5.0
"""Log odds below which a record is not looked at any more."""
CUT_AT = 80
"""Signs of a folded title from which it may have been cut: result lists keep 80 to 100."""
SPELT_OUT = 4
"""Letters of a word in the name of a venue from which it is hardly an abbreviation."""
LITTLE, ENOUGH, ALONE = 0.6, 2.0, 3.0
"""Rarity of a title's words, together, from which it names a work: with all authors, with the first
author or a year, without."""


def without_parts(given: Given, profiles: Sequence[Profile], odds: Sequence[float]) -> list[float]:
    """Put back a record of which another explains more: the book of a chapter, what a comment is on.

    The title of the one stands within the title of the other, which stands in the reference; or it
    is the book of the other, whose first author or page the reference names and the book does not have.
    """
    out = list(odds)
    best = max(odds)
    near = [n for n, one in enumerate(odds) if best - one < PART_WITHIN and one > NO_RIVAL]
    if len(near) < 2:
        return out
    for n in near:
        part = profiles[n]
        if not part.title_text:
            continue
        for m in near:
            whole = profiles[m]
            if m == n or whole.title_text == part.title_text or same_work(part, whole):
                continue
            inside = len(part.title) > 2 and part.title_text in whole.title_text
            if inside and whole.title_text in given.joined:
                out[n] -= PART_WITHIN
                break
            if _is_part(whole, part) and _names_part(given, whole, part):
                out[n] -= PART_WITHIN
                break
    return out


def _is_part(part: Profile, book: Profile) -> bool:
    """Tell whether one record is a chapter of the other: its container, or its DOI continued."""
    after = part.doi[len(book.doi) :] if book.doi and part.doi.startswith(book.doi) else ""
    if after and not after[0].isalnum():
        return True
    return " ".join(tokens(part.container_name)) == book.title_text


def _names_part(given: Given, part: Profile, book: Profile) -> bool:
    """Tell whether a reference names what the chapter has and the book has not: title, first author or page."""
    titled = part.title_text and part.title_text not in book.title_text
    if titled and f" {part.title_text} " in f" {given.joined} ":
        return True
    if part.families and not book.families and part.families[0] in given.bag:
        return True
    page = part.first_page if not book.first_page else ""
    return bool(page) and (page in given.numbers or page in given.bag)


def exactness(given: Given, record: Profile) -> float:
    """Count what stands in a reference just as it does in a record: between two of one work it decides.

    The DOI, the title letter by letter, the name of the journal, volume, issue, initials, the pages as written;
    a number that the record has counts against it where the reference has others.
    """
    text, numbers = given.folded, given.numbers
    missing = -0.5 if given.places else 0.0
    count = 5.0 * (bool(record.doi) and record.doi == given.doi)
    if record.raw_title:
        count += 0.5 * (record.raw_title in given.text)
        count += 2.0 * (record.raw_title.casefold() in text)
    for value in (record.volume, record.issue):
        if value:
            found = value in numbers or (not value.isdecimal() and value in text)
            count += 1.0 if found else missing
    name = record.container_name
    if record.container and record.container != record.title:
        count += 2.0 * sum(word in given.bag for word in record.container) / len(record.container)
        count += name.casefold() in text
    if record.page:
        at = text.find(record.page.casefold())
        rest = text[at + len(record.page) :][:2]
        whole = at >= 0 and not (rest[:1] == "-" and rest[1:].isdigit())
        count += 1.0 if whole else missing
    agreeing = sum(_initials_agree(given, n, record) for n in range(len(record.families)))
    return count + 2.0 * agreeing / max(1, len(record.families)) + (record.families[:1] == _foremost(given, record))  # fmt: skip


def fullness(record: Profile) -> int:
    """Count what a record says of where the work stands: one made from a citation says less."""
    return sum(map(bool, (record.container, record.volume, record.first_page)))


def published_apart(left: Profile, right: Profile) -> bool:
    """Tell whether two records of one work are of two publications: each registered, in its own venue.

    A preprint stands beside its article, so that it is no second publication; and of a name that is
    not spelt out ("T-PAMI") nobody can tell that it is another one.
    """
    venues = (left.container_name, right.container_name)
    return (
        bool(left.doi and right.doi)
        and left.doi != right.doi
        and all(len([w for w in tokens(venue) if len(w) >= SPELT_OUT]) > 1 for venue in venues)
        and not any(PREPRINT.search(venue) for venue in venues)
        and container_likeness(*venues) < SAME_CONTAINER
    )


def _foremost(given: Given, record: Profile) -> tuple[str, ...]:
    """Return of a record's families that which the reference names first."""
    named = [family for family in record.families if family in given.joined]
    return (min(named, key=given.joined.find),) if named else ()


def _initials_agree(given: Given, n: int, record: Profile) -> bool:
    """Tell whether all initials of an author stand beside the family, and no other."""
    words, parts, initials = given.words, record.families[n].split(), record.initials[n]
    for at in (k for k, word in enumerate(words) if word == parts[-1]):
        start = at - len(parts) + 1
        after = _single(words[at + 1 : at + 5])
        before = _single(words[max(0, start - 4) : start][::-1])[::-1]
        if initials in {after, before}:
            return True
    return False


def _single(words: Sequence[str]) -> str:
    """Return the single letters at the beginning of a run of words."""
    found = ""
    for word in words:
        if len(word) > 1:
            break
        found += word
    return found


def same_work(left: Profile, right: Profile) -> bool:
    """Tell whether two records are of one work: title and authors, and years next to each other.

    Where neither has an author and a year, the title must say a lot; where all authors are the same,
    it need not. One DOI is one work.
    """
    if left.doi and left.doi == right.doi:
        return True
    if not left.title or not right.title:
        return False
    placed = _same_place(left, right)
    if not _same_title(left, right):
        return placed and _begins(left, right)
    if placed:
        return True
    a, b = left.families, right.families
    all_same = len(a) > 1 and {one.split()[-1] for one in a} == {one.split()[-1] for one in b}
    if left.weight < (LITTLE if all_same else ENOUGH):
        return False
    if a and b:
        if a[0].split()[-1] != b[0].split()[-1] and not (all_same and len(a) > 2):
            return False
    elif not (left.year and right.year) and not (
        a == b and left.year == right.year and left.weight >= ALONE
    ):
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


def _same_place(left: Profile, right: Profile) -> bool:
    """Tell whether two records give one volume, first page and year, and no two first authors."""
    places = [(one.volume, one.first_page, one.year) for one in (left, right)]
    if places[0] != places[1] or not all(places[0]):
        return False
    firsts = {one.families[0].split()[-1] for one in (left, right) if one.families}
    return len(firsts) == 1


def _begins(left: Profile, right: Profile) -> bool:
    """Tell whether one title is the beginning of the other: "CLUSTAL W" without its subtitle."""
    short, long = sorted((left.title, right.title), key=len)
    return bool(short) and long[: len(short)] == short


def _same_title(left: Profile, right: Profile) -> bool:
    """Tell whether two titles are one, or one is cut where result lists cut."""
    if left.title == right.title:
        return True
    short, long = sorted((left.title_text, right.title_text), key=len)
    return len(short) >= CUT_AT and long.startswith(short)
