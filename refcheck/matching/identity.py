"""The identifiers of a reference beside those of a record, and where they lead otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from refcheck.identifiers import is_dummy_doi, normal_arxiv, normal_doi
from refcheck.model import Evidence
from refcheck.record import Record

NOT_IN_RECORD = "the record has none"
DUMMY = "no DOI: it only stands for one"
ELSEWHERE = "leads to another work: "


def doi(given: str, record: Record) -> Evidence:
    """Compare a DOI; one that nobody can have registered is wrong, whatever the record says."""
    said = _plain(given)
    if not record.doi:
        if is_dummy_doi(said):
            return Evidence("doi", given, "", 0.0, contradicts=True, note=DUMMY)
        return Evidence("doi", given, "", None, note=NOT_IN_RECORD)
    same = said == _plain(record.doi)
    note = DUMMY if not same and is_dummy_doi(said) else ""
    return Evidence("doi", given, record.doi, float(same), contradicts=not same, note=note)


def arxiv(given: str, record: Record) -> Evidence:
    """Compare an arXiv number."""
    found = normal_arxiv(record.doi) or normal_arxiv(record.url) or normal_arxiv(record.number)
    if not found:
        return Evidence("number", given, "", None)
    return Evidence("number", given, found, float(found == given), contradicts=found != given)


def led_elsewhere(told: Sequence[Evidence], others: Iterable[Record]) -> tuple[Evidence, ...]:
    """Say of a DOI that does not agree which of the other works it leads to, if it is one of them."""
    titles = {_plain(one.doi): one.title for one in others if one.doi}
    return tuple(
        replace(
            one, agreement=0.0, contradicts=True, note=f"{ELSEWHERE}{titles[_plain(one.given)]}"
        )
        if one.field == "doi" and one.agreement != 1.0 and _plain(one.given) in titles
        else one
        for one in told
    )


def _plain(text: str) -> str:
    return normal_doi(text) or text.lower()
