"""`refcheck completion`: what makes a shell complete commands, options and the names they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    epilog='Example:  eval "$(refcheck completion bash)"',
    short_help="completion for a shell",
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print a script that makes a shell complete refcheck's commands, options and their values.

    \b
    bash   add to ~/.bashrc:  eval "$(refcheck completion bash)"
    zsh    add to ~/.zshrc:   eval "$(refcheck completion zsh)"
    fish   refcheck completion fish > ~/.config/fish/completions/refcheck.fish
    """  # noqa: D301  # click keeps lines that follow a backspace as they stand
    from click.shell_completion import get_completion_class

    from refcheck.cli.commands import cli

    made = get_completion_class(shell)
    if made is not None:
        click.echo(made(cli, {}, "refcheck", "_REFCHECK_COMPLETE").source())


def names(of: str) -> Any:
    """Return what completes an option that takes a name: of a source, style, report form or rule.

    The names are gathered only when the shell asks for them.
    """

    def complete(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
        from refcheck import plugins

        known: dict[str, Callable[[], Iterable[str]]] = {
            "source": plugins.sources,
            "style": plugins.styles,
            "form": lambda: ["terminal", *plugins.reports()],
            "rule": lambda: [finder.rule for finder in plugins.finders().values()],
        }
        return sorted(name for name in known[of]() if name.lower().startswith(begun.lower()))

    return complete
