"""The report as JSON Lines: one finding, diagnostic or source a line, each with its ``type``."""

from __future__ import annotations

import json

from refcheck.model import Report
from refcheck.writers import foreign, report_json
from refcheck.writers.form import ReportForm


def write(report: Report) -> str:
    """Write one JSON object a line; those of findings and diagnostics name their ``path``."""
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in report_json.flat(report))
    return foreign.well_formed("".join(lines))


REPORT = ReportForm(
    write=write, suffix=".jsonl", title="JSON Lines, one finding each", name="jsonl"
)
