"""The report as a Code Quality artifact of GitLab.

Source: GitLab Docs, "Code Quality", the report format (a subset of Code Climate's).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from refcheck.model import DocumentReport, Report
from refcheck.writers import foreign, steps, view, wording
from refcheck.writers.form import ReportForm

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def write(report: Report) -> str:
    """Write a JSON array with one issue for every finding worth telling."""
    issues = [issue for part in report.documents for issue in _issues(part)]
    return msgspec.json.format(msgspec.json.encode(issues), indent=2).decode() + "\n"


def _issues(part: DocumentReport) -> Iterator[dict[str, Any]]:
    for item, fingerprint in zip(view.items(part), view.fingerprints(part), strict=True):
        level = view.level(item)
        if level is None:
            continue
        said = f"{wording.message(item)}. {' '.join(steps.advice(item))}"
        yield {
            "type": "issue",
            "check_name": item.finding.placeholder.rule,
            "description": foreign.line(said),
            "severity": _SEVERITIES[level],
            "fingerprint": fingerprint,
            "location": {
                "path": foreign.well_formed(item.document.name),
                "lines": {"begin": item.place[0], "end": view.end_place(item)[0]},
            },
        }


REPORT = ReportForm(
    write=write, suffix=".gitlab.json", title="Code Quality of GitLab", name="gitlab"
)
