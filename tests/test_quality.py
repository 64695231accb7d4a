"""Lint, format and types, so that one command passes all that is asked of a change."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("mypy", "tests/typing_api.py"),
    ],
    ids=["lint", "format", "types", "types of a caller"],
)
def test_the_code_is_clean(command):
    """Ruff finds nothing, ruff format changes nothing, mypy --strict has no complaint."""
    if importlib.util.find_spec(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed; pip install -e '.[test]'")
    done = run(*command)
    assert done.returncode == 0, done.stdout + done.stderr
