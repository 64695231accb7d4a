"""A record prepared for comparison with many texts: its words, families, numbers, folded once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from refcheck.identifiers import normal_arxiv, normal_doi
from refcheck.matching.parsing import parse, people
from refcheck.matching.rarity import rarities
from refcheck.matching.similarity import container_words, first_page, name_parts
from refcheck.record import Name, Record, to_csl
from refcheck.text import tokens

_GROUPED = re.compile(r"([^,;]+)")
MOST_PEOPLE = 40
LONGEST_NOTE = 400


class Profile(msgspec.Struct, frozen=True, gc=False):
    """What is compared of a record.

    ``title`` are its title's words, ``title_text`` the same as one text, ``weight`` their rarity
    together; ``families`` and ``initials`` are of its authors, ``known`` is every word that the
    record explains. A record that is itself only a reference (``note``) is taken apart.
    """

    title: tuple[str, ...]
    title_set: frozenset[str]
    title_text: str
    weight: float
    families: tuple[str, ...]
    initials: tuple[str, ...]
    year: int | None
    container: tuple[str, ...]
    container_name: str
    volume: str
    issue: str
    first_page: str
    last_page: str
    number: str
    doi: str
    arxiv: str
    type: str
    known: frozenset[str]
    short: str = ""
    raw_title: str = ""
    page: str = ""


def profile_of(record: Record) -> Profile:
    """Prepare a record."""
    return profile_of_item(to_csl(record))


def profile_of_item(item: Mapping[str, Any]) -> Profile:
    """Prepare a CSL item, without making a record of it first."""
    get = item.get
    named = get("author") or get("editor") or ()
    container = get("container-title") or get("event-title") or get("collection-title") or ""
    said = get("title") or ""
    families, givens, initials = _people(named)
    container_set = container_words(container) if container else ()
    title = tokens(said)
    note: list[str] = []
    if not (said and named and container) and (written := get("note", "")[:LONGEST_NOTE]):
        note = tokens(written)
        if not families:
            families, _, initials = _people([_plain(one) for one in people(written)[0]])
        if not title:
            title = tokens(parse(written).title) or note
        if not container_set:
            _, found, after = " ".join(note).partition(" ".join(title))
            container_set = container_words(after) if found else ()
    title_set = frozenset(title)
    title_text = " ".join(title)
    date = ((get("issued") or {}).get("date-parts") or [[None]])[0]
    pages = get("page", "")
    last = ""
    if pages:
        ends = pages.replace("–", "-").split("-")
        last = first_page(ends[-1]) if len(ends) > 1 else ""
    doi = get("DOI", "")
    number = get("number", "")
    url = get("URL", "")
    short = get("title-short", "")
    short_words = tokens(short) if short else ()
    places = " ".join(
        [
            get(name, "")
            for name in ("publisher", "publisher-place", "collection-title")
            if name in item
        ]
    )
    weights = rarities().get
    return Profile(
        tuple(title), title_set, title_text, sum([weights(word, 1.0) for word in title_set]),
        tuple(families), tuple(initials), date[0] if date and isinstance(date[0], int) else None,
        container_set, container, get("volume", "").lower().strip(), get("issue", "").lower().strip(),
        first_page(pages) if pages else "", last, number.lower(), _doi(doi) if doi else "",
        _arxiv(doi, url, number), get("type", "document"),
        frozenset((*title, *container_set, *givens, *" ".join(families).split(), *(tokens(places) if places else ()), *short_words, *note)),
        " ".join(short_words), said, pages.replace("–", "-"),
    )  # fmt: skip


def _plain(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given, "literal": name.literal}


def _people(named: Any) -> tuple[list[str], list[str], list[str]]:
    """Return the families, all words of given names, and each one's initials ("" where unknown)."""
    families: list[str] = []
    givens: list[str] = []
    initials: list[str] = []
    for one in named[:MOST_PEOPLE]:
        family, given = one.get("family", ""), one.get("given", "")
        literal = one.get("literal", "")
        if not family and literal:
            if literal.count(",") > 1:  # several names in one
                found = [part.split() for part in _GROUPED.findall(literal)]
                several = [" ".join(tokens(part[-1])) for part in found if part]
                families += several
                initials += [""] * len(several)
                continue
            family, given = name_parts(Name("", "", literal))
        words = tokens(family)
        if not words:
            continue
        families.append(" ".join(words))
        if given:
            parts = tokens(given)
            givens += parts
            initials.append("".join([part[0] for part in parts]))
        else:
            initials.append("")
    return families, givens, initials


def _doi(doi: str) -> str:
    """Return a DOI in its normal form, at once where it has it already."""
    if doi.startswith("10.") and doi.islower() and "%" not in doi and "\\" not in doi:
        return doi
    return normal_doi(doi)


def _arxiv(doi: str, url: str, number: str) -> str:
    for one in (doi, url, number):
        if one and ("arxiv" in one.lower() or one is number) and (found := normal_arxiv(one)):
            return found
    return ""
