"""`refcheck init`: a settings file to start from, with every setting explained and commented out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from refcheck import settings

TABLE = "[tool.refcheck]"
"""The table of pyproject.toml in which the settings stand."""


def commented() -> str:
    """Return every setting as a comment with what it is for and its default."""
    lines = [
        "# Settings of refcheck. Each may be given as an environment variable too:",
        "# REFCHECK_ and the name in capitals. The command line beats both.",
        "",
    ]
    for name, knob in settings.knobs().items():
        lines += [f"# {knob.metadata['says']}"]
        if knob.metadata["secret"]:
            lines += [
                f"# better as an environment variable: REFCHECK_{name.upper().replace('-', '_')}"
            ]
        lines += [f"# {name} = {_toml(knob.default)}", ""]
    return "\n".join(lines)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[]"
    if value is None:
        return '""'
    return f'"{value}"' if isinstance(value, str) else str(value)


@click.command(
    "init", epilog="Example:  refcheck init", short_help="write a commented settings file"
)
@click.option("--pyproject", is_flag=True, help="append them to pyproject.toml, as [tool.refcheck]")
def command(pyproject: bool) -> None:
    """Write refcheck.toml with every setting, its meaning and its default, commented out."""
    from refcheck import files
    from refcheck.errors import UsageError

    path = Path("pyproject.toml" if pyproject else "refcheck.toml")
    before = b""
    if pyproject:
        before = files.read(path)
        if files.settings_values(path) or TABLE.encode() in before:
            raise UsageError(f"{path} has {TABLE} already; it was left as it is")
        before = before.rstrip(b"\n") + f"\n\n{TABLE}\n".encode()
    elif path.exists():
        raise UsageError(f"{path} is there already; it was left as it is")
    files.write(path, before + commented().encode())
    click.echo(f"wrote {path}")
