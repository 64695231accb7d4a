"""Makes the parts of the documentation that the program itself knows; MkDocs calls it as a hook.

``<!-- make: NAME -->`` in a page becomes what a function of this module returns. A block that begins
with ```` ```console run ```` is run as it stands, in a folder of the page's own, and shown with what
the program printed; what a page needs there is named in its head (``example``, ``files``, ``word``).
A command that could not do its work stops the build.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from click.testing import CliRunner

import refcheck
from refcheck import model, plugins, settings
from refcheck.bibliography import docx
from refcheck.cli.commands import COMMANDS, cli
from refcheck.matching import links, references
from refcheck.model import Entry, Run, Source

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "refcheck" / "writers" / "report.schema.json"
MODEL = ROOT / "refcheck" / "matching" / "model.json"
WIDTH = "92"
FAILED = 2
"""The exit status of a command that could not do its work."""

SENT = {
    "work": "title, authors, year, container or identifier of a reference",
    "topic": "the words of a topic, kinds of works wanted",
    "news": "telling words of the sentence or item, the publisher's site, days",
    "entity": "the name of a publisher or a thing",
    "page": "the address of a page",
    "archive": "the address of a page or site",
}
"""What a question of each kind tells the source that it is put to."""


# --- running what a page shows ------------------------------------------------------------------


@contextmanager
def folder_of(meta: Mapping[str, Any]) -> Iterator[Path]:
    """Open the folder in which a page's commands run, with what its head names."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        if example := meta.get("example"):
            shutil.copytree(ROOT / "docs" / "examples" / example, here, dirs_exist_ok=True)
        for given in meta.get("files", ()):
            source, _, target = given.partition(" as ")
            shutil.copy(ROOT / source, here / (target or Path(source).name))
        if word := meta.get("word"):
            lines = (here / word).read_text(encoding="utf-8").splitlines()
            entries = [Entry(str(n), (Run(line),)) for n, line in enumerate(lines) if line]
            (here / word).with_suffix(".docx").write_bytes(docx.document(entries))
            (here / word).unlink()
        os.chdir(here)
        try:
            yield here
        finally:
            os.chdir(before)


def run(line: str) -> str:
    """Return what a command line prints: `refcheck` (``> FILE`` at its end is obeyed), or `cat`.

    Raises `RuntimeError` where it cannot do its work.
    """
    line, _, target = (part.strip() for part in line.partition(" > "))
    program, *arguments = shlex.split(line)
    if program == "cat":
        return Path(arguments[0]).read_text(encoding="utf-8").rstrip("\n")
    if program != "refcheck":
        raise RuntimeError(f"`{line}` is no command that a page may run")
    clean = {name: None for name in os.environ if name.startswith("REFCHECK_")}
    given = {**clean, "NO_COLOR": "1", "COLUMNS": WIDTH, "REFCHECK_CACHE_FOLDER": ".cache"}
    done = CliRunner().invoke(cli, arguments, env=given, standalone_mode=False)
    if done.exception or done.return_value == FAILED:
        raise RuntimeError(f"`{line}` failed: {done.exception or done.output}")
    if target:
        Path(target).write_text(done.stdout, encoding="utf-8")
    return (done.stderr if target else done.output).rstrip("\n")


def transcript(block: str) -> str:
    """Return a block of commands with what each prints."""
    lines = [line.removeprefix("$ ") for line in block.strip().splitlines()]
    return "\n\n".join(f"$ {line}\n{run(line)}".rstrip() for line in lines)


# --- what the program knows ---------------------------------------------------------------------


def table(head: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> str:
    """Return a table of Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |"
        for line in lines
    )


def commands() -> str:
    """Return the help of every command, those within a command too."""
    out = []
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        out += [f"## refcheck {name}", "", f"```text\n{run(f'refcheck {name} --help')}\n```", ""]
        if isinstance(command, click.Group):
            for inner in command.list_commands(click.Context(command)):
                shown = run(f"refcheck {name} {inner} --help")
                out += [f"### refcheck {name} {inner}", "", f"```text\n{shown}\n```", ""]
    return "\n".join(out)


def all_settings() -> str:
    """Return every setting with its default and what it is for."""
    return table(
        ("setting", "default", "what it is for"),
        (
            (f"`{name}`", _default(knob.default), knob.metadata["says"])
            for name, knob in settings.knobs().items()
        ),
    )


def _default(value: object) -> str:
    if value in ((), None, ""):
        return "–"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def rules() -> str:
    """Return the page of every rule: what it finds, why it matters, an example, its limits."""
    out = []
    for finder in sorted(plugins.finders().values(), key=lambda finder: finder.rule):
        page = inspect.getdoc(inspect.getmodule(finder.find)) or ""
        head, _, rest = page.partition("\n")
        said = head.partition(": ")[2]
        out += [f"## {finder.rule} {finder.name}", "", said[:1].upper() + said[1:], ""]
        out += [f"```text\n{inspect.cleandoc(rest)}\n```", ""]
    return "\n".join(out)


def sources() -> str:
    """Return every source: what for, whether it is asked, its key, its limits."""
    return table(
        ("source", "for", "asked", "key", "limits"),
        (
            (_linked(name, one), one.purpose, _asked(name, one), _key(one), one.limits or "–")
            for name, one in plugins.sources().items()
        ),
    )


def _linked(name: str, source: Source) -> str:
    return f"[{name}]({source.homepage})" if source.homepage else name


def _asked(name: str, source: Source) -> str:
    if source.needs_setting:
        return f"where `{source.needs_setting.replace('_', '-')}` is set"
    return "by default" if source.default else f"with `--source {name}`"


def _key(source: Source) -> str:
    return f"`{source.key_setting.replace('_', '-')}`" if source.key_setting else "–"


def told() -> str:
    """Return whom refcheck talks to, and what each is told."""
    return table(
        ("source", "host", "asked", "is told"),
        (
            (
                name,
                _host(one),
                _asked(name, one),
                "; ".join(SENT[want] for want in sorted(one.wants)),
            )
            for name, one in plugins.sources().items()
        ),
    )


def _host(source: Source) -> str:
    return urlsplit(source.base).netloc or (
        f"`{source.base_setting.replace('_', '-')}`" if source.base_setting else "the page's own"
    )


def schema() -> str:
    """Return the parts of the JSON report, from its schema."""
    whole = json.loads(SCHEMA.read_text(encoding="utf-8"))
    out = ["## The report", "", _properties(whole), ""]
    for name, part in whole["$defs"].items():
        if part.get("type") == "object" and "properties" in part:
            out += [f"## {name.capitalize()}", ""]
            out += [part["description"], ""] if "description" in part else []
            out += [_properties(part), ""]
    return "\n".join(out)


def _properties(part: Mapping[str, Any]) -> str:
    required = set(part.get("required", ()))
    return table(
        ("name", "type", "what it is"),
        (
            (
                f"`{name}`{'' if name in required else ' (optional)'}",
                _type(one),
                one.get("description", ""),
            )
            for name, one in part["properties"].items()
        ),
    )


def _type(one: Mapping[str, Any]) -> str:
    if "$ref" in one:
        return one["$ref"].rpartition("/")[2].replace("_", " ")
    if "enum" in one:
        return ", ".join(f"`{value}`" for value in one["enum"])
    if "const" in one:
        return f"`{one['const']}`"
    if one.get("type") == "array":
        return f"list of {_type(one.get('items', {}))}"
    kind = one.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def library() -> str:
    """Return what `from refcheck import …` offers, and the values that it gives."""
    out = []
    for name in sorted(refcheck.__all__, key=lambda name: not name.islower()):  # functions first
        out += _described(name, getattr(refcheck, name))
    out += ["## What a report holds", ""]
    for one in (model.DocumentReport, model.Finding, model.Match, model.Candidate, model.Provenance,
                model.Evidence, model.Edit, model.Diagnostic, model.SourceState):  # fmt: skip
        out += _described(one.__name__, one, "###")
    out += ["## What became of a finding", ""]
    for one in (model.Resolved, model.Verified, model.Corrected, model.Suggested, model.Ambiguous,
                model.Unresolved, model.NotAsked):  # fmt: skip
        out += _described(one.__name__, one, "###")
    return "\n".join(out)


def _described(name: str, one: Any, mark: str = "##") -> list[str]:
    said = (inspect.getdoc(one) or "").replace("``", "`")
    if inspect.isfunction(one):
        shown = f"def {name}{inspect.signature(one)}".replace("'", "")
    elif dataclasses.is_dataclass(one) and name not in {"Settings", "Record"}:
        fields = (f"    {field.name}: {field.type}" for field in dataclasses.fields(one))
        shown = "\n".join((f"class {name}:", *fields))
    elif inspect.isclass(one):
        shown = f"class {name}"
    else:
        shown = f"{name} = {' | '.join(kind.__name__ for kind in one.__args__)}"
        said = "What became of a placeholder: one of these."
    return [f"{mark} {name}", "", f"```python\n{shown}\n```", "", said, ""]


def calibration() -> str:
    """Return how often pairs were one work, beside the probability that they were given."""
    rows = json.loads(MODEL.read_bytes())["calibration_predicted_observed_n"]
    return table(
        ("probability given, on average", "share that were one work", "pairs"),
        ((f"{given:.1%}", f"{seen:.1%}", f"{number:,}") for given, seen, number in rows),
    )


def numbers() -> str:
    """Return the numbers at which a decision turns."""
    trained = json.loads(MODEL.read_bytes())
    return table(
        ("number", "value"),
        iter((
            ("probability from which a reference's work is taken", references.ACCEPTED),
            ("probability of another work at which nothing is taken", references.RIVAL),
            ("probability from which a page is taken for a link", links.RESOLVE_AT),
            ("the same where the text names no publisher", links.RESOLVE_UNNAMED_AT),
            ("times that it must be likelier than the next page that is not ruled out", links.LEAD),
            ("pairs of references and records that the probability was fitted to", f"{trained['pairs']:,}"),
            ("of them one work", f"{trained['right']:,}"),
        )),
    )  # fmt: skip


MAKE: dict[str, Callable[[], str]] = {
    "commands": commands, "settings": all_settings, "rules": rules, "sources": sources,
    "told": told, "schema": schema, "library": library, "calibration": calibration,
    "numbers": numbers,
}  # fmt: skip


# --- MkDocs -------------------------------------------------------------------------------------


def on_files(files: Any, config: Any) -> Any:
    """Put the JSON schema among the files of the site."""
    from mkdocs.structure.files import File

    content = SCHEMA.read_text(encoding="utf-8")
    files.append(File.generated(config, "reference/report.schema.json", content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Fill in what the program knows, and run what is to be run."""
    markdown = re.sub(r"<!-- make: (\w+) -->", lambda found: MAKE[found[1]](), markdown)
    if "```console run\n" not in markdown:
        return markdown
    with folder_of(page.meta):
        return re.sub(
            r"```console run\n(.*?)```",
            lambda found: f"```console\n{transcript(found[1])}\n```",
            markdown,
            flags=re.DOTALL,
        )
