"""APA and GB/T 7714 held to a set of rendered examples; each difference is listed with its reason."""

import gzip
import html
import json
import os
import re
from pathlib import Path

import pytest

from refcheck.bibliography.csl_json import from_item
from refcheck.markup import as_html, as_text
from refcheck.plugins import styles

DATA = os.environ.get("REFCHECK_DATA", "")
SETS = {"apa7": "apa", "gbt7714-2015-numeric": "gbt7714"}


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def italics(markup):
    parts = re.findall(r"<i>(.*?)</i>", markup, flags=re.DOTALL)
    return [plain(html.unescape(re.sub(r"<[^>]+>", "", part))) for part in parts]


def bare(markup):
    return plain(html.unescape(re.sub(r"</?[a-z][^>]*>", "", markup)))


@pytest.mark.skipif(not DATA, reason="REFCHECK_DATA names no folder with rendered examples")
@pytest.mark.parametrize("name", SETS)
def test_only_the_listed_examples_differ(name, fixtures):
    """An example differs if and only if it is listed: a new difference fails, a cured one too."""
    listed = json.loads((fixtures / "styles/apa-differences.json").read_text(encoding="utf-8"))[
        name
    ]
    style = styles()[SETS[name]]
    differ = set()
    with gzip.open(Path(DATA) / f"csl-apa7/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            entry = style.render([from_item(row["item"])], "en-US").entries[0]
            label = f"{entry.label} " if entry.label else ""
            same = (
                plain(label + as_text(entry.reference)) == plain(row["text"])
                and italics(as_html(entry.reference)) == italics(row["html"])
                and bare(as_html(entry.parenthetical)) == bare(row["cite"])
            )
            if not same:
                differ.add(row["id"])
    assert differ == set(listed)


@pytest.mark.skipif(not DATA, reason="REFCHECK_DATA names no folder with odd CSL items")
@pytest.mark.parametrize("style", ["apa", "gbt7714"])
def test_odd_items_are_rendered_without_a_crash(style):
    """Every item of the CSL test suite comes out as something."""
    with gzip.open(Path(DATA) / "csl-fixtures/tests.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            given = row.get("INPUT") or []
            items = json.loads(given) if isinstance(given, str) else given
            records = [from_item(item) for item in items if isinstance(item, dict)]
            assert len(styles()[style].render(records, "en-US").entries) == len(records), row["id"]
