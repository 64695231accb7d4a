"""Candidates of several sources that are one work, made one, field by field.

What makes two of them one work: the same DOI, arXiv number or address; or the same title, first
author, year and kind where no identifier says otherwise. A preprint and its published version, two
editions, a chapter and its book have different identifiers or kinds and stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from refcheck import outlets
from refcheck.identifiers import host, normal_arxiv, normal_doi, page_key
from refcheck.model import Candidate, Provenance
from refcheck.record import Name, Record
from refcheck.text import fold, tokens

BEST_FIRST = (
    "page", "crossref", "datacite", "doi", "pubmed", "europepmc", "dblp", "arxiv", "openlibrary",
    "loc", "hal", "zenodo", "worldbank", "openalex", "semanticscholar", "doaj", "googlebooks",
    "opencitations", "unpaywall", "core", "base", "citoid", "wikipedia", "brave", "searxng",
    "bing-news", "google-news", "gdelt", "duckduckgo", "mojeek", "wayback", "commoncrawl",
)  # fmt: skip
"""Whose word counts more, for any field that both have: the work itself and those with whom it is
registered, then indexes made from them, then what search engines cut and tokenise. The user's own
libraries come before all."""

_NEWS = frozenset({"article-newspaper", "article-magazine", "webpage", "post-weblog", "post"})
"""Of these, one title of one publisher on one day is one story, at whatever addresses."""

_TYPE_BOUND = frozenset(
    {
        "container_title",
        "container_title_short",
        "volume",
        "issue",
        "page",
        "isbn",
        "edition",
        "event_title",
        "editor",
    }
)
"""Fields that are only taken over from a record of the same type: no journal on a book."""


def merge(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return each work once, with the fields that its sources have together and who has said what.

    The order of the candidates does not matter, but for that of the result: a work stands where its
    first candidate stood. Merging what is merged changes nothing.
    """
    parent = list(range(len(candidates)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    keyed: dict[str, list[int]] = {}
    for n, candidate in enumerate(candidates):
        for key in _keys(candidate.record):
            keyed.setdefault(key, []).append(n)
    for key, numbers in keyed.items():
        if (
            key.startswith("work:")
            and len({_doi(candidates[n].record) for n in numbers} - {""}) > 1
        ):
            continue  # several works of one title: a record without DOI may be any of them
        for n in numbers[1:]:
            one, other = sorted((root(numbers[0]), root(n)))
            parent[other] = one
    groups: dict[int, list[Candidate]] = {}
    for n, candidate in enumerate(candidates):
        groups.setdefault(root(n), []).append(candidate)
    return tuple(join(group) for group in groups.values())


def _keys(record: Record) -> list[str]:
    """What a record can be known by. The title alone is never enough."""
    keys = []
    if record.doi:
        keys.append(f"doi:{_doi(record)}")
    arxiv = normal_arxiv(record.doi) or normal_arxiv(record.url)
    if arxiv:
        keys.append(f"arxiv:{arxiv}")
    if record.url and "doi.org/" not in record.url:
        keys.append(f"url:{page_key(record.url)}")
    if (
        record.type in _NEWS
        and len(record.title) >= 8
        and record.issued
        and len(record.issued.start) == 3
    ):
        whose = outlets.find(record.container_title) or outlets.at(record.url)
        name = whose.site if whose else fold(record.container_title) or host(record.url)
        keys.append(f"story:{''.join(tokens(record.title))}|{name}|{record.issued.iso()}")
    title, year = " ".join(tokens(record.title)), record.issued.year if record.issued else None
    if title and record.author and year and len(title) >= 12:
        keys.append(f"work:{record.type}|{title}|{_first(record.author)}|{year}")
    return keys


def _first(names: tuple[Name, ...]) -> str:
    return fold(names[0].family or names[0].literal).split(" ")[-1]


def _doi(record: Record) -> str:
    return normal_doi(record.doi) or record.doi.lower()


def _rank(provenance: Provenance) -> int:
    if provenance.source.startswith(("library:", "catalog:")):
        return -1
    return (
        BEST_FIRST.index(provenance.source) if provenance.source in BEST_FIRST else len(BEST_FIRST)
    )


def join(group: Sequence[Candidate]) -> Candidate:
    """Join candidates of one work: the best source's record, what it lacks from the next."""
    if len(group) == 1:
        return group[0]
    ordered = sorted(
        group,
        key=lambda c: (
            min((_rank(p) for p in c.provenance), default=99),
            -sum(1 for _ in c.record.present()),
            repr(c.record),
        ),
    )
    merged = ordered[0].record
    for other in ordered[1:]:
        record = other.record
        added = {
            field: getattr(record, field)
            for field in record.present()
            if not getattr(merged, field)
            and (field not in _TYPE_BOUND or record.type == merged.type)
        }
        merged = replace(merged, **added)
    cited = [one.cited_by for one in ordered if one.cited_by is not None]
    texts = [one.text for one in ordered if one.text]
    witnesses = dict.fromkeys(
        witness
        for one in ordered
        for provenance in one.provenance
        if (witness := _witness(provenance, one.record, merged)).fields
    )
    return Candidate(
        merged, tuple(witnesses), max(cited, default=None), max(texts, key=len, default="")
    )


def _witness(provenance: Provenance, record: Record, merged: Record) -> Provenance:
    """Leave of what a source said only what stands in the merged record."""
    kept = tuple(
        (f, where)
        for f, where in provenance.fields
        if getattr(merged, f, None) == getattr(record, f, None)
    )
    return replace(provenance, fields=kept)
