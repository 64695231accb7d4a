"""The records of a JSON report of an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from refcheck.record import Record, from_csl


def records_of_report(data: bytes) -> tuple[Record, ...] | None:
    """Return the records that a report's references were decided for; None for what is no report.

    Suggestions are not among them: nobody has chosen them.
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
        for finding in document.get("findings") or ():
            record = (finding.get("resolution") or {}).get("record")
            if isinstance(record, Mapping):
                records[from_csl(record)] = None
    return tuple(records)
