"""A record prepared for comparison with many texts: its words, families, numbers, folded once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from refcheck.identifiers import normal_arxiv, normal_doi
from refcheck.matching.rarity import rarity
from refcheck.matching.similarity import container_words, first_page, name_parts
from refcheck.record import Name, Record, to_csl
from refcheck.text import tokens

_GROUPED = re.compile(r"([^,;]+)")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a record. ``weights`` are the rarities of ``title``'s words."""

    title: tuple[str, ...]
    title_text: str
    weights: tuple[float, ...]
    families: tuple[str, ...]
    year: int | None
    container: tuple[str, ...]
    container_name: str
    volume: str
    issue: str
    first_page: str
    last_page: str
    number: str
    publisher: tuple[str, ...]
    doi: str
    arxiv: str
    type: str
    givens: tuple[str, ...] = ()
    short: str = ""


def profile_of(record: Record) -> Profile:
    """Prepare a record."""
    return profile_of_item(to_csl(record))


def profile_of_item(item: Mapping[str, Any]) -> Profile:
    """Prepare a CSL item, without making a record of it first."""
    said = item.get("title") or item.get("note", "")[:400]
    title = tuple(tokens(said))
    people = item.get("author") or item.get("editor") or ()
    families, givens = [], []
    for one in people[:40]:
        literal = one.get("literal", "")
        if literal.count(",") > 1:  # several names in one
            parts = [part.split() for part in _GROUPED.findall(literal)]
            families += [" ".join(tokens(part[-1])) for part in parts if part]
            continue
        family, given = name_parts(Name(one.get("family", ""), one.get("given", ""), literal))
        families.append(" ".join(tokens(family)))
        givens.append(given)
    date = ((item.get("issued") or {}).get("date-parts") or [[None]])[0]
    pages = item.get("page", "")
    ends = pages.replace("–", "-").split("-")
    container = (
        item.get("container-title") or item.get("event-title") or item.get("collection-title") or ""
    )
    doi = normal_doi(item.get("DOI", "")) if item.get("DOI") else ""
    number = item.get("number", "")
    return Profile(
        title=title,
        title_text=" ".join(title),
        weights=tuple(rarity(word) for word in title),
        families=tuple(family for family in families if family),
        year=date[0] if date and isinstance(date[0], int) else None,
        container=container_words(container) if container else (),
        container_name=container,
        volume=item.get("volume", "").lower().strip(),
        issue=item.get("issue", "").lower().strip(),
        first_page=first_page(pages),
        last_page=first_page(ends[-1]) if len(ends) > 1 else "",
        number=number.lower(),
        publisher=tuple(
            tokens(
                f"{item.get('publisher', '')} {item.get('publisher-place', '')} {item.get('collection-title', '')}"
            )
        ),
        doi=doi,
        arxiv=normal_arxiv(doi) or normal_arxiv(item.get("URL", "")) or normal_arxiv(number),
        type=item.get("type", "document"),
        givens=tuple(givens),
        short=" ".join(tokens(item["title-short"])) if item.get("title-short") else "",
    )
