"""What APA makes of records, case by case: fixtures/styles/apa-cases.md."""

import json
import os
import re
from pathlib import Path

import pytest

from refcheck.bibliography.csl_json import from_item
from refcheck.markup import as_markdown
from refcheck.styles import apa

FILE = Path(__file__).parents[2] / "fixtures/styles/apa-cases.md"
CASE = re.compile(r"## ([^\n]+)\n\n```json\n(.*?)\n```\n\n(.*?)(?=\n+## |\s*\Z)", re.DOTALL)
CASES = CASE.findall(FILE.read_text(encoding="utf-8"))


def shown(items):
    """Render a case as the file has it."""
    entries = apa.render([from_item(item) for item in items], "en-US").entries
    return "\n".join(
        f"- {as_markdown(entry.reference)}\n  {as_markdown(entry.parenthetical)}\n  {as_markdown(entry.narrative)}"
        for entry in entries
    )


def test_the_file_holds_cases():
    """All headings of the file are read as cases."""
    assert len(CASES) == FILE.read_text(encoding="utf-8").count("\n## ") > 30


@pytest.mark.parametrize(("title", "given", "expected"), CASES, ids=[case[0] for case in CASES])
def test_case(title, given, expected):
    """References and citations come out as the case says."""
    got = shown(json.loads(given))
    if os.environ.get("REFCHECK_BLESS") and got != expected:
        text = FILE.read_text(encoding="utf-8")
        FILE.write_text(
            text.replace(f"{given}\n```\n\n{expected}", f"{given}\n```\n\n{got}"), encoding="utf-8"
        )
    assert got == expected, title
