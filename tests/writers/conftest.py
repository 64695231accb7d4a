"""Reports made by hand, and `--bless` to renew what they are compared with."""

import os
import runpy
from pathlib import Path

import pytest

SAMPLE = runpy.run_path(str(Path(__file__).with_name("sample.py")))
GOLDENS = Path(__file__).parents[2] / "fixtures" / "reports"


@pytest.fixture(scope="session")
def sample():
    return SAMPLE["sample"]()


@pytest.fixture(scope="session")
def hostile():
    return SAMPLE["hostile"]()


@pytest.fixture(scope="session")
def large():
    return SAMPLE["large"]()


@pytest.fixture(scope="session")
def attacks():
    return SAMPLE["ATTACKS"]


@pytest.fixture
def same_as_golden():
    """Compare a text with a file of fixtures/reports; REFCHECK_BLESS=1 writes it, never in CI."""

    def compare(name, text):
        path = GOLDENS / name
        if os.environ.get("REFCHECK_BLESS") and not os.environ.get("CI"):
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_bytes().decode("utf-8")

    return compare
