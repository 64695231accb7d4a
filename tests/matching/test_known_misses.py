"""What is known to be missed, and why: no more of it and no less than the list says.

Measured on the labelled sets in the folder that ``REFCHECK_DATA`` names, 200 references of each, against
a catalogue of its ``world``. The list holds ids and reasons; a miss that is not listed fails, and so
does one that is listed and cured: take it out then.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

pytest.importorskip("tantivy", reason="tantivy is not installed (extra `catalog`)")

from refcheck.catalog import build as builder
from refcheck.catalog.match import Matcher
from refcheck.catalog.search import Searcher
from refcheck.catalog.store import Reader

LISTED = Path(__file__).with_name("known_misses.json")
SAMPLE = 200
SETS = ("styles", "absent", "pmc")
TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture(scope="module")
def data():
    """The folder of labelled sets."""
    named = os.environ.get("REFCHECK_DATA")
    if not named:
        pytest.skip("REFCHECK_DATA names no folder of labelled sets")
    return Path(named)


@pytest.fixture(scope="module")
def reader(data, tmp_path_factory):
    """A catalogue of the world's records; one that is built already is named by REFCHECK_CATALOG."""
    built = os.environ.get("REFCHECK_CATALOG")
    folder = Path(built) if built else tmp_path_factory.mktemp("world")
    if not built:
        builder.build(folder, sorted((data / "world").glob("*.jsonl.gz")), lambda *_: None)
    return Reader(folder)


def misses(data, reader):
    """Return the ids of a sample of each set that were answered wrongly."""
    sys.path.insert(0, str(TOOLS))
    from measure_matching import matched, strings

    matcher = Matcher([Searcher(reader)])
    found = {name: [] for name in SETS}
    for name, _, key, given, right in strings(data):
        if name in found:
            found[name].append((hashlib.sha256(key.encode()).hexdigest(), key, given, right))
    out = set()
    for name, items in found.items():
        for _, key, given, right in sorted(items)[:SAMPLE]:
            said, _ = matched(matcher, given)
            present = bool(right) and bool(reader.known([f"doi:{one}" for one in right]))
            if (present and said not in right) or (said and not present):
                out.add(f"{name}:{key}")
    return out


def test_misses_are_those_that_are_listed(data, reader):
    """Every miss has its reason, every reason its miss."""
    listed = json.loads(LISTED.read_text(encoding="utf-8"))
    found = misses(data, reader)
    assert sorted(found - listed.keys()) == [], "missed, and not listed"
    assert sorted(listed.keys() - found) == [], "listed, and cured: take it out"
