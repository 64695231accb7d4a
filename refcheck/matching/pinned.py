"""The work that a person has named: taken as it is, if any source has it."""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn, page_key
from refcheck.model import Candidate, Evidence, Match, Resolved, Unresolved


def decide(
    identifier: str, candidates: Sequence[Candidate], *, failed: bool = False
) -> Resolved | Unresolved:
    """Return the candidate with this DOI, address, arXiv number, ISBN or id at its source."""
    for candidate in candidates:
        if is_it(identifier, candidate):
            evidence = Evidence("choice", identifier, identifier, 1.0, note="chosen by a person")
            return Resolved(Match(candidate, 1.0, (evidence,)))
    advice = (f"no source that was asked has {identifier}; check it for a slip of the pen",)
    return Unresolved("source_failed" if failed else "not_found", (), advice)


def is_it(identifier: str, candidate: Candidate) -> bool:
    """Tell whether a candidate is the work that an identifier names."""
    record = candidate.record
    if doi := normal_doi(identifier):
        return record.doi.lower() == doi
    if arxiv := normal_arxiv(identifier):
        return normal_arxiv(f"arxiv {record.number} {record.url} {record.doi}") == arxiv
    if isbn := normal_isbn(identifier):
        return isbn in {normal_isbn(one) for one in record.isbn.split()}
    if identifier.startswith(("http://", "https://")):
        return bool(record.url) and page_key(record.url) == page_key(identifier)
    return any(f"{one.source}:{one.id}" == identifier for one in candidate.provenance)
