"""The records of a JSON report of an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from refcheck.record import Record, from_csl

SUGGESTED = "refcheck-suggested"
"""The keyword of what was only suggested; others that begin with ``refcheck-`` tell how a work was decided."""


def records_of_report(data: bytes) -> tuple[Record, ...] | None:
    """Return the bibliographies of a report's documents; None for what is no report.

    Suggestions are not among them unless they were put in: nobody has chosen them.
    """
    if b'"refcheck-report/' not in data[:200_000]:
        return None
    try:
        report: Any = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return None
    if not isinstance(report, Mapping) or not str(report.get("schema")).startswith(
        "refcheck-report/"
    ):
        return None
    records: dict[Record, None] = {}
    for document in report.get("documents") or ():
        put_in = {
            _work(candidate.get("record"))
            for finding in document.get("findings") or ()
            if finding.get("edits")
            and (finding.get("resolution") or {}).get("status") == "suggested"
            for candidate in finding["resolution"].get("candidates") or ()
        }
        for item in document.get("records") or ():
            record = from_csl(item)
            words = [word.strip() for word in record.keyword.split(",")]
            if SUGGESTED not in words or _work(item) in put_in:
                kept = ", ".join(word for word in words if not word.startswith("refcheck-"))
                records[replace(record, keyword=kept)] = None
    return tuple(records)


def _work(item: Any) -> Record:
    """Return the work that a report tells of, without what refcheck calls it."""
    return replace(from_csl(item if isinstance(item, Mapping) else {}), id="", keyword="")
