"""The commands, each loaded only when it is called, so that the shell answers at once."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from refcheck.errors import RefcheckError

COMMANDS = {
    "fix": (
        "refcheck.cli.fix",
        "find what is missing, ask, and write the corrected document, bibliography and report",
    ),
    "check": ("refcheck.cli.check", "find what is missing, ask, and report; write nothing"),
    "export": ("refcheck.cli.export", "the document's references as BibTeX, CSL-JSON, RIS, APA …"),
    "match": ("refcheck.cli.match", "reference strings or partial records in, records out"),
    "search": ("refcheck.cli.search", "ask the sources directly and show candidates"),
    "review": ("refcheck.cli.review", "choose among the candidates on a local web page"),
    "sources": ("refcheck.cli.sources", "the sources: what for, their limits, whether they answer"),
    "catalog": ("refcheck.cli.catalog", "the local catalogue: build, add, info, search"),
    "cache": ("refcheck.cli.cache", "what is kept of the sources' answers"),
    "explain": ("refcheck.cli.explain", "a rule's page"),
    "init": ("refcheck.cli.init", "write a commented settings file"),
    "completion": ("refcheck.cli.completion", "what makes a shell complete commands and options"),
}
"""Command → its module and what it does. A module has the click command under ``command``."""


class _Lazy(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from refcheck.errors import UnknownName

            raise click.UsageError(str(UnknownName("command", args[0], COMMANDS)))
        return super().resolve_command(ctx, args)


@click.group(
    "refcheck",
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example:  refcheck fix article.md --library own.bib",
)
@click.version_option(
    None, "-V", "--version", package_name="refcheck-citations", prog_name="refcheck"
)
def cli() -> None:
    """Find the references an article still lacks, look them up, and say which it could not."""


def main() -> None:
    """Run the command line; errors of the caller or the world become one line and exit status 2."""
    try:
        sys.exit(cli.main(prog_name="refcheck", standalone_mode=False))
    except click.Abort:
        click.echo("refcheck: stopped; no input was changed", err=True)
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()  # a group called by its name alone: what it can do, as written for people
        sys.exit(2)
    except click.UsageError as error:
        _say(_with_help(error))
    except click.ClickException as error:
        _say(error.format_message())
    except RefcheckError as error:
        _say(str(error))
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing is left to say
        sys.exit(0)


def _with_help(error: click.UsageError) -> str:
    """Return what is wrong, and, where no other word is proposed, the command that says what is right."""
    said = error.format_message().rstrip(".")
    if said.endswith(("?", "?)")):
        return said
    return f"{said}; see {error.ctx.command_path if error.ctx else 'refcheck'} --help"


def _say(message: str) -> None:
    click.echo(f"refcheck: {' '.join(message.split())}", err=True)
    sys.exit(2)
