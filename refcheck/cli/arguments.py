"""Command line over environment over settings file over defaults, into `Settings`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from refcheck import files, settings
from refcheck.cli.completion import names
from refcheck.errors import UsageError
from refcheck.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

_LETTERS = {"out": "-o"}
_NAMES = {
    "source": "source", "only-source": "source", "no-source": "source", "style": "style",
    "select": "rule", "ignore": "rule",
}  # fmt: skip
"""What a shell completes after an option; paths where nothing is said."""
_METAVARS = {
    "library": "FILE", "catalog": "DIR", "source": "NAME", "only-source": "NAME", "no-source": "NAME",
    "style": "NAME-OR-FILE.csl", "lang": "LOCALE", "suggest": "N", "out": "DIR", "select": "RULE",
    "ignore": "RULE", "exclude": "PATTERN", "source-folder": "DIR",
}  # fmt: skip

ASKING = ("library", "catalog", "source", "only-source", "no-source", "offline", "no-cache")
FINDING = ("all", "select", "ignore", "exclude")
WRITING = ("style", "lang", "suggest")


def setting_options(*names: str) -> Callable[[Command], Command]:
    """Give a command an option for each setting named, in their order, and ``--config``."""

    def decorate(command: Command) -> Command:
        command = click.option(
            "--config",
            metavar="FILE",
            help="settings file (default: the nearest refcheck.toml or pyproject.toml)",
        )(command)
        for name in reversed(names):
            command = _option(name)(command)
        return command

    return decorate


def result_options(command: Command) -> Command:
    """Give a command the options that say how its result is told."""
    says = "form of the result on standard output: terminal, or one of the report forms"
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="no summary and no progress"),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            help="tell references that are in order too, and how each source fared",
        ),
        click.option("--exit-zero", is_flag=True, help="exit with 0 though something is open"),
        click.option(
            "--format",
            "form",
            default="terminal",
            metavar="NAME",
            help=says,
            shell_complete=names("form"),
        ),
        click.option(
            "--input-format",
            default="",
            metavar="NAME",
            help="format of standard input, given as `-`",
        ),
    ):
        command = option(command)
    return command


def _option(name: str) -> Callable[[Command], Command]:
    knob = settings.knobs()[name]
    flags = [f"--{name}", *([_LETTERS[name]] if name in _LETTERS else [])]
    says = str(knob.metadata["says"])
    if isinstance(knob.default, bool):
        return click.option(*flags, is_flag=True, default=None, help=says)
    many = isinstance(knob.default, tuple)
    if not many and knob.default not in {None, ""}:
        says += f" (default: {knob.default})"
    if many:
        says += " (may be repeated)"
    completed = names(_NAMES[name]) if name in _NAMES else None
    return click.option(
        *flags,
        multiple=many,
        default=None,
        metavar=_METAVARS.get(name),
        help=says,
        type=click.Path() if _METAVARS.get(name) in {"FILE", "DIR"} else None,
        shell_complete=completed,
    )


def read_settings(
    given: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> Settings:
    """Join what the command line gives with environment and settings file.

    ``given`` maps parameter names to values; None and () mean that an option was not given.
    Raises `SettingsError` with the place of what cannot be used.
    """
    environment = os.environ if environment is None else environment
    here = Path.cwd()
    values: dict[str, Any] = {}
    named = given.get("config")
    path = Path(named) if named else files.settings_file(here)
    if path is not None:
        for name, value in files.settings_values(path).items():
            values[name.replace("-", "_")] = settings.read(name, value, str(path), path.parent)
    for variable, text in environment.items():
        if variable.startswith("REFCHECK_"):
            name = variable.removeprefix("REFCHECK_").lower().replace("_", "-")
            if name in settings.knobs() or settings.is_nearly(name):
                values[name.replace("-", "_")] = settings.read(name, text, variable, here)
    for parameter, value in given.items():
        name = parameter.replace("_", "-")
        if name in settings.knobs() and value is not None and value != ():
            listed: object = (
                list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
            )
            values[parameter] = settings.read(name, listed, f"--{name}", Path())
    return Settings(**values)


def standard_input(paths: Sequence[str], form: str) -> bytes | None:
    """Return what stands on standard input where ``-`` is the only path, None where it is none.

    Raises `UsageError` where ``-`` stands beside other paths or no format is told.
    """
    if "-" not in paths:
        return None
    if len(paths) > 1:
        raise UsageError("`-` (standard input) cannot stand beside other paths; give it alone")
    if not form:
        raise UsageError("standard input has no name to tell its format by; add --input-format")
    data: bytes = sys.stdin.buffer.read()
    return data
