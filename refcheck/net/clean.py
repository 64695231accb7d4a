"""What a source gave, made fit to be carried on: text without markup and tricks, sound links.

Done here for every source, those of users too, so that none can forget it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from refcheck.identifiers import clean_url, normal_doi, on_site
from refcheck.model import Answer, Candidate, Entity, Found, Provenance, Source
from refcheck.record import CSL_TYPES, Name, PartialDate
from refcheck.text import plain

LONGEST = 2000
"""Code points of a field: longer ones are an attack or an accident. Abstracts may have ten times."""
_INDEXES = (
    "semanticscholar.org", "openalex.org", "dblp.org", "europepmc.org", "pubmed.ncbi.nlm.nih.gov",
    "core.ac.uk", "base-search.net", "openlibrary.org", "books.google.com", "scholar.google.com",
    "worldcat.org", "opencitations.net", "doaj.org", "lccn.loc.gov",
)  # fmt: skip
"""Sites that tell of works which lie elsewhere: their pages are where a record was read, not its
address."""
_LINKS = frozenset({"url", "archive_url"})
_LONG = frozenset({"abstract", "note", "annote", "keyword"})


def carried(name: str, source: Source, answer: Answer, retrieved: datetime) -> Candidate | Entity:
    """Make an answer a candidate whose every field says where it was read."""
    if isinstance(answer, Entity):
        return clean_entity(answer)
    found = clean_found(answer, of_page=source.is_own or bool(source.wants & {"page", "archive"}))
    read_in = dict(found.read_in)
    return Candidate(
        found.record,
        (
            Provenance(
                name,
                found.id,
                found.url or found.record.url,
                retrieved,
                tuple((field, read_in.get(field, "reply")) for field in found.record.present()),
            ),
        ),
        found.cited_by,
        found.text,
    )


def clean_found(found: Found, *, of_page: bool = False) -> Found:
    """Return an answer with every string made plain, and links that are none left out.

    The page of an index is no work's address, unless that very page was asked for (``of_page``).
    """
    record = found.record
    values: dict[str, Any] = {}
    for name in record.present():
        value = getattr(record, name)
        if name in _LINKS:
            said = link(value)
            indexed = not of_page and any(on_site(said, site) for site in _INDEXES)
            values[name] = "" if indexed else said
        elif name == "doi":
            values[name] = normal_doi(value)
        elif isinstance(value, str):
            values[name] = plain(value)[: LONGEST * 10 if name in _LONG else LONGEST]
        elif isinstance(value, PartialDate):
            values[name] = replace(value, literal=plain(value.literal)[:LONGEST])
        elif name != "retraction":
            values[name] = tuple(one for one in map(_clean_name, value[:2000]) if one)
    kind = record.type if record.type in CSL_TYPES else "document"
    return replace(
        found,
        record=replace(record, type=kind, id="", **values),
        id=plain(found.id)[:LONGEST],
        url=link(found.url),
        text=found.text[:20_000],
    )


def clean_entity(entity: Entity) -> Entity:
    """Return an entity with its names made plain and its site a link or nothing."""
    return replace(
        entity,
        label=plain(entity.label)[:LONGEST],
        names=tuple((language, plain(name)[:LONGEST]) for language, name in entity.names),
        description=plain(entity.description)[:LONGEST],
        site=link(entity.site) if "//" in entity.site else plain(entity.site)[:LONGEST],
    )


def link(url: str) -> str:
    """Return an http(s) address as it may stand in a document; "" for anything else."""
    url = url.strip()
    if not url.isprintable() or any(sign in url for sign in " <>\"'`\\{}|^") or len(url) > LONGEST:
        return ""
    try:
        parts = urlsplit(url)
        known = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        return ""
    return clean_url(url) if known else ""


@cache
def _clean_name(name: Name) -> Name:
    return Name(**{key: plain(getattr(name, key))[:300] for key in Name.__slots__})
