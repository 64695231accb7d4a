"""Field by field: what a reference says, what a record says, and how far they agree.

A difference ``contradicts`` when it cannot be the other form of one truth. Abbreviated names and
journals, "et al.", accents, a subtitle left out, the year of online publication, the preprint's
venue are other forms. What the record does not have cannot be compared: the agreement is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from refcheck.identifiers import normal_arxiv
from refcheck.matching import identity
from refcheck.matching.identity import NOT_IN_RECORD
from refcheck.matching.rarity import rarity
from refcheck.matching.similarity import (
    container_likeness,
    first_page,
    is_et_al,
    name_likeness,
    name_parts,
    page_likeness,
    title_likeness,
    title_words,
    year_likeness,
)
from refcheck.model import SPELT, Evidence
from refcheck.record import Name, Record
from refcheck.text import fold, tokens

SAME_CONTAINER = 0.55
"""Likeness from which two names can be of one container."""
NAME_FORM = "another form of the name"
APART = "a year apart: online and in print, or a slip"
LEFT_OUT = "left out: "
"""How the note begins on authors of a work whom a reference does not name."""
LONGEST_NUMBER = 20
ENDING = 2
"""Letters of an ending: "automatic" is not "automated" misspelt."""
CUT_AT = 95
"""A title of so many signs may have been cut at 100."""


def evidence(given: Record, found: Record, versions: Sequence[Record] = ()) -> tuple[Evidence, ...]:
    """Compare each field that the reference gives.

    ``versions`` are other records of the work (the preprint, another index): what any of them
    confirms is right.
    """
    every = (found, *versions)
    out: list[Evidence] = []
    if given.title:
        out.append(_best(_title(given.title, one) for one in every if one.title or one is found))
    if given.author:
        out.append(_best(authors(given.author, one.author or one.editor) for one in every))
    if given.issued and given.issued.year:
        out.append(_best(_year(given.issued.year, one) for one in every))
    if given.container_title:
        out.append(_containers(given.container_title, every))
    for field in ("volume", "issue", "page", "publisher", "publisher_place", "edition"):
        if said := getattr(given, field):
            out += [_best([_plain(field, said, one) for one in every])]
    if given.doi:
        out.append(_best(identity.doi(given.doi, one) for one in every))
    if arxiv := normal_arxiv(given.number) or normal_arxiv(given.url):
        out.append(_best(identity.arxiv(arxiv, one) for one in every))
    return tuple(out)


def differences(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return what does not agree: contradictions, other forms of names, what the record lacks."""
    return tuple(
        one
        for one in found
        if one.contradicts
        or one.note == NAME_FORM
        or (one.agreement is None and one.note == NOT_IN_RECORD)
    )


def _best(options: Iterable[Evidence]) -> Evidence:
    every = list(options)
    comparable = [one for one in every if one.agreement is not None]
    return (
        max(comparable, key=lambda one: (not one.contradicts, one.agreement))
        if comparable
        else every[0]
    )


def _title(given: str, record: Record) -> Evidence:
    found = record.title
    likeness = title_likeness(given, found)
    if (
        found
        and likeness < 1.0
        and (
            _continues(given, found)
            or (record.title_short and title_likeness(given, record.title_short) == 1.0)
        )
    ):
        return Evidence("title", given, found, max(likeness, 0.95), note="a subtitle left out")
    if not found:
        return Evidence("title", given, "", None, note=NOT_IN_RECORD)
    other = likeness < 1.0 and _says_other(given, found)
    note = SPELT if likeness < 1.0 and not other else ""
    return Evidence("title", given, found, likeness, contradicts=other, note=note)


def _continues(given: str, found: str) -> bool:
    """Tell whether one title is the other up to its subtitle, or up to where it was cut."""
    a, b = title_words(given), title_words(found)
    short, long = sorted((a, b), key=len)
    if not short or long[: len(short)] != short:
        cut, whole = sorted((given.rstrip(". …"), found.rstrip(". …")), key=len)
        return len(cut) >= CUT_AT - 5 and fold(whole).startswith(fold(cut))
    whole = max((given, found), key=len)
    cut = min((given, found), key=len)
    return (
        bool(re.match(r"\s*[:.?!(–—-]|\s*$", whole[len(cut.rstrip(" .:?!")) :]))
        or len(cut) >= CUT_AT
    )


def _says_other(given: str, found: str) -> bool:
    """Tell whether a telling word or a number of one has no counterpart in the other."""
    a, b = title_words(given), title_words(found)
    run_a, run_b = "".join(a), "".join(b)
    for words, other, run in ((a, set(b), run_b), (b, set(a), run_a)):
        for word in words:
            if word in other or (len(word) > 3 and word in run):
                continue
            if word.isdigit() or (rarity(word) >= 0.2 and not _misspelt(word, other)):
                return True
    return sum(x != y for x, y in zip(sorted(a), sorted(b), strict=False)) > max(2, len(a) // 3)


def _misspelt(word: str, others: set[str]) -> bool:
    """Tell whether a word can be one of the others with a slip; another ending is another word."""
    from rapidfuzz.distance import DamerauLevenshtein

    most = 1 if len(word) < 8 else 2
    return any(
        abs(len(other) - len(word)) <= most
        and (apart := DamerauLevenshtein.distance(word, other, score_cutoff=most)) <= most
        and not (apart > 1 and word[:-ENDING] == other[: len(word) - ENDING])
        for other in others
    )


def authors(given: Sequence[Name], found: Sequence[Name]) -> Evidence:
    """Compare two lists of authors: who is missing, who is added, in which order."""
    named = [one for one in given if not is_et_al(one)]
    cut = len(named) < len(given)
    there = [one for one in found if not is_et_al(one)]
    said, says = _listed(given), _listed(found)
    if not there or not named:
        return Evidence("author", said, says, None, note=NOT_IN_RECORD if not there else "")
    open_end = len(there) < len(found)
    thin = len(there) == 1 and not name_parts(there[0])[1]
    likeness = [[name_likeness(one, other) for other in there] for one in named]
    used: set[int] = set()
    pairs: list[tuple[int, float]] = []
    for n, row in enumerate(likeness):
        free = [m for m in range(len(there)) if m not in used]
        order = sorted(free, key=lambda m: (-row[m], abs(m - n)))
        if order and row[order[0]] >= 0.5:
            used.add(order[0])
            pairs.append((order[0], row[order[0]]))
        else:
            pairs.append((-1, 0.0))
    strangers = [named[n] for n, (m, _) in enumerate(pairs) if m < 0]
    left_out = [there[m] for m in range(len(there)) if m not in used]
    positions = [m for m, _ in pairs if m >= 0]
    agreement = sum(score for _, score in pairs) / max(
        len(named), len(named) if cut else len(there)
    )
    if thin and pairs[0][0] == 0:
        return Evidence("author", said, says, 1.0, note="the record names the first only")
    if strangers and not (open_end and len(named) > len(there)):
        return Evidence(
            "author",
            said,
            says,
            agreement,
            contradicts=True,
            note=f"not an author: {_listed(strangers)}",
        )
    if left_out and not cut:
        return Evidence(
            "author", said, says, agreement, contradicts=True, note=f"{LEFT_OUT}{_listed(left_out)}"
        )
    if positions != sorted(positions):
        return Evidence("author", said, says, agreement, contradicts=True, note="in another order")
    if cut and positions and positions[0] != 0:
        return Evidence(
            "author", said, says, agreement, contradicts=True, note="another first author"
        )
    if any(score == 0.5 for _, score in pairs):
        return Evidence(
            "author", said, says, agreement, contradicts=True, note="another given name"
        )
    if any(score < 1.0 for _, score in pairs):
        return Evidence("author", said, says, agreement, note=NAME_FORM)
    return Evidence("author", said, says, 1.0)


def _listed(names: Sequence[Name]) -> str:
    return "; ".join(
        f"{one.family}, {one.given}" if one.family and one.given else one.family or one.literal
        for one in names
    )


def _year(given: int, record: Record) -> Evidence:
    found = record.issued.year if record.issued else None
    likeness = year_likeness(given, found)
    return Evidence(
        "issued", str(given), str(found or ""), likeness, contradicts=likeness == 0.0,
        note=NOT_IN_RECORD if not found else APART if likeness == 0.5 else "",
    )  # fmt: skip


PREPRINT = re.compile(
    r"arxiv|corr|biorxiv|medrxiv|chemrxiv|ssrn|preprint|openreview|techrxiv|psyarxiv|working paper",
    re.IGNORECASE,
)
"""Names under which a work stands before it is published, or beside it."""


def _containers(given: str, every: Sequence[Record]) -> Evidence:
    """Compare with the published versions, where there are any; a preprint excuses no other venue."""
    told = [_container(given, one) for one in every]
    published = [one for one in told if one.found and not PREPRINT.search(one.found)]
    return _best(published or told)


def _container(given: str, record: Record) -> Evidence:
    found = record.container_title or record.event_title or record.collection_title
    if not found:
        preprint = record.type == "article" and record.publisher
        return Evidence(
            "container_title", given, record.publisher if preprint else "", None, note=NOT_IN_RECORD
        )
    likeness = max(
        container_likeness(given, one)
        for one in (found, record.container_title_short, record.collection_title)
        if one
    )
    if set(tokens(found)) <= set(tokens(given)):
        likeness = max(likeness, SAME_CONTAINER)  # "Findings": the record's name is cut
    version = bool(PREPRINT.search(given)) != bool(PREPRINT.search(found))
    return Evidence(
        "container_title", given, found, likeness, contradicts=likeness < SAME_CONTAINER and not version,
        note="another version" if version and likeness < SAME_CONTAINER else "",
    )  # fmt: skip


_NUMBER_OF_PAGES = re.compile(r"\d\s*(?:pages?|pp?\.?|S\.)\s*$", re.IGNORECASE)


_NO_PLACE = re.compile(r"^\W*(?:online|virtual)\b", re.IGNORECASE)
_PERIODICAL = re.compile(r"\b(?:journal|transactions|letters|magazine)\b", re.IGNORECASE)


def _has_none(record: Record) -> bool:
    """Tell whether nobody would look for a place in a record: few of proceedings and books have one."""
    of_journal = record.type == "article-journal" or _PERIODICAL.search(record.container_title)
    return bool(record.publisher) and not of_journal


def _plain(field: str, given: str, record: Record) -> Evidence:
    found = getattr(record, field)
    if field == "publisher_place" and not found and (_NO_PLACE.search(given) or _has_none(record)):
        return Evidence(field, given, "", None)
    if field in {"volume", "issue"} and len(found) > LONGEST_NUMBER:
        found = ""  # a title in the wrong place
    if not found:
        return Evidence(field, given, "", None, note=NOT_IN_RECORD)
    if field == "page":
        likeness = None if _NUMBER_OF_PAGES.search(found) else page_likeness(given, found)
        if likeness == 0.0 and first_page(given) == "1":
            likeness = None  # counted anew in a preprint or a proof
    elif field in {"publisher", "publisher_place"}:
        a, b = set(tokens(given)), set(tokens(found))
        likeness = 1.0 if a & b or container_likeness(given, found) >= SAME_CONTAINER else 0.0
    else:
        a, b = set(re.findall(r"\w+", fold(given))), set(re.findall(r"\w+", fold(found)))
        likeness = 1.0 if a & b or fold(given).lstrip("0") == fold(found).lstrip("0") else 0.0
    return Evidence(field, given, found, likeness, contradicts=likeness == 0.0)
