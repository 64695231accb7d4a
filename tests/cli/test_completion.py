"""Shell completion: the scripts, and what they are answered."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELLS = {"bash": ("bash", "-n"), "zsh": ("zsh", "-n"), "fish": ("fish", "--no-execute")}


def refcheck(*arguments, **environment):
    """Run the command; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "refcheck", *arguments], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_that_the_shell_reads(shell, tmp_path):
    """The script for a shell names the command; where the shell is installed it reads it."""
    script = refcheck("completion", shell)
    assert "_REFCHECK_COMPLETE" in script
    if shutil.which(shell):
        path = tmp_path / "script"
        path.write_text(script)
        subprocess.run([*SHELLS[shell], path], check=True)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("refcheck che", {"check"}),
        ("refcheck check --no-so", {"--no-source"}),
        ("refcheck check --no-source cro", {"crossref"}),
        ("refcheck check --format sar", {"sarif"}),
        ("refcheck fix --style gb", {"gbt7714"}),
        ("refcheck fix --select RC20", {f"RC20{n}" for n in range(1, 10)}),
        ("refcheck completion f", {"fish"}),
    ],
)
def test_commands_options_and_names_are_completed(line, wanted):
    """Bash is told the commands, options and names that begin as what was typed."""
    words = line.split()
    out = refcheck(
        _REFCHECK_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1)
    )
    assert {one.split(",")[1] for one in out.split()} == wanted
