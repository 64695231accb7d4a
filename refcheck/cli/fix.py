"""`refcheck fix`: the main job."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from refcheck.cli import arguments, outcome
from refcheck.errors import UsageError
from refcheck.settings import Settings


@click.command(
    "fix",
    epilog="Example:  refcheck fix article.md --library own.bib --out fixed/",
    short_help="find, ask and write",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@arguments.setting_options(
    *arguments.ASKING,
    *arguments.WRITING,
    "accept-suggestions",
    "pin",
    "in-place",
    "track-changes",
    "out",
    *arguments.FINDING,
)
@click.option("-i", "--interactive", is_flag=True, help="ask about every open finding in turn")
@arguments.result_options
def command(
    paths: tuple[str, ...],
    interactive: bool,
    input_format: str,
    form: str,
    exit_zero: bool,
    quiet: bool,
    verbose: bool,
    **given: Any,
) -> None:
    """Find what is missing in documents, ask the sources, and write what was found.

    Beside each document (or under --out) it writes the corrected document, its bibliography as
    BibTeX and in the chosen style, and a report as Markdown, JSON and HTML. Only what was decided is
    put into the document; suggestions are shown. The document itself stays as it is.

    With `-` it reads standard input and writes the corrected document to standard output.
    """
    from refcheck import api, inputs, outputs

    outcome.check_form(form)
    settings = arguments.read_settings(given)
    if interactive:
        _walk(paths, settings, quiet=quiet)
    data = arguments.standard_input(paths, input_format)
    if data is not None:
        document = inputs.open_document(Path("-"), data, input_format)
        report = api.check_documents([document], settings)
        part = report.documents[0]
        sys.stdout.buffer.write(outputs.edited(part, settings, report.made)["-"])
        outcome.summarise(report, quiet=quiet)
        raise click.exceptions.Exit(outcome.exit_status(report, exit_zero=exit_zero))
    report = api.fix(paths, settings, watch=outcome.watching(quiet=quiet))
    outcome.show(report, form, quiet=quiet, verbose=verbose)
    raise click.exceptions.Exit(outcome.exit_status(report, exit_zero=exit_zero))


def _walk(paths: tuple[str, ...], settings: Settings, *, quiet: bool) -> None:
    """Ask about the open findings of each document; what is decided is kept beside it."""
    from refcheck.cli import interactive, terminal
    from refcheck.review.session import Review

    if not sys.stdin.isatty():
        raise UsageError("--interactive needs a terminal to ask on")
    width, colour = terminal.shape(sys.stderr)
    for path in paths:
        if not Path(path).is_file():
            raise UsageError(f"{path} is not a file; give documents to --interactive, no folders")
        with closing(
            Review(Path(path), settings, datetime.now(UTC).replace(microsecond=0))
        ) as review:
            with outcome.watching(quiet=quiet)(review):
                review.ask()
            interactive.walk(
                review,
                lambda question: click.prompt(question, default="", show_default=False, err=True),
                lambda line: click.echo(line, err=True, color=colour),
                width,
                colour=colour,
            )
