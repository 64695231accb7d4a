"""`refcheck init`: a settings file to start from, with every setting explained and commented out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from refcheck import settings


def commented() -> str:
    """Return a settings file in which every setting stands as a comment with its default."""
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
def command() -> None:
    """Write refcheck.toml with every setting, its meaning and its default, commented out."""
    from refcheck import files
    from refcheck.errors import UsageError

    path = Path("refcheck.toml")
    if path.exists():
        raise UsageError(f"{path} is there already; it was left as it is")
    files.write(path, commented().encode())
    click.echo(f"wrote {path}")
