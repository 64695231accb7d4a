"""The report as JUnit XML, which most CI servers show: a document a suite, a finding a case.

There is no standard; this keeps to what Jenkins, GitLab and the JUnit Ant task have in common
(https://github.com/testmoapp/junitxml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.model import DocumentReport, Report
from refcheck.writers import foreign, steps, view, wording, works
from refcheck.writers.form import ReportForm
from refcheck.writers.report_json import instant
from refcheck.writers.view import Item

_NOT_XML = re.compile("[\ufffe\uffff]")


def write(report: Report) -> str:
    """Write the report as XML: what is open fails, what nobody was asked about is skipped."""
    suites = [line for part in report.documents for line in _suite(part, instant(report.made))]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="refcheck">',
        *suites,
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _suite(part: DocumentReport, made: str) -> Iterator[str]:
    every = view.items(part)
    failures = sum(view.is_open(item) for item in every)
    skipped = sum(_skipped(item) for item in every)
    yield (
        f'  <testsuite name="{_attribute(part.document.name)}" tests="{max(1, len(every))}" '
        f'failures="{failures}" errors="0" skipped="{skipped}" time="0" timestamp="{made[:-1]}">'
    )
    for item in every:
        yield from _case(item)
    if not every:
        yield (
            f'    <testcase classname="{_attribute(part.document.name)}" '
            'name="nothing is missing" time="0"/>'
        )
    yield "  </testsuite>"


def _skipped(item: Item) -> bool:
    return not view.is_open(item) and view.standing(item) == "not_asked"


def _case(item: Item) -> Iterator[str]:
    placeholder = item.finding.placeholder
    line, column = item.place
    path = _attribute(item.document.name)
    name = _attribute(f"{placeholder.rule} {line}:{column} {foreign.line(item.text, 80)}")
    head = f'    <testcase classname="{path}" name="{name}" file="{path}" line="{line}" time="0"'
    message = _attribute(wording.message(item))
    if _skipped(item):
        yield from (f"{head}>", f'      <skipped message="{message}"/>', "    </testcase>")
    elif view.is_open(item):
        said = [f"{item.document.name}:{line}:{column}", *steps.advice(item)]
        said += [
            f"{match.score:.2f} {works.describe(match.candidate.record)} "
            f"{works.address(match.candidate.record)} {wording.reason(match)}"
            for match in item.others
        ]
        text = _attribute("\n".join(foreign.line(one) for one in said))
        yield f"{head}>"
        yield f'      <failure type="{placeholder.rule}" message="{message}">{text}</failure>'
        yield "    </testcase>"
    else:
        yield f"{head}/>"


def _attribute(text: str) -> str:
    """Return text that may stand in an attribute or an element; lines are kept as such."""
    lines = (_NOT_XML.sub("", foreign.line(line)) for line in text.split("\n"))
    out = "\n".join(lines)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        out = out.replace(sign, entity)
    return out


REPORT = ReportForm(write=write, suffix=".junit.xml", title="JUnit XML", name="junit")
