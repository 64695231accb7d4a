"""What `fix` and `check` share: the report to standard output, the rest to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import click

from refcheck import plugins
from refcheck.cli import gate, progress, terminal
from refcheck.cli.progress import Asked
from refcheck.errors import UnknownName
from refcheck.model import Report
from refcheck.settings import Settings


def show(report: Report, form: str, *, quiet: bool, verbose: bool = False) -> None:
    """Put the report on standard output in a form, and its summary on standard error.

    With ``verbose`` references in order are told too, and how each source fared. Raises `UnknownName` for a form that is none.
    """
    forms = plugins.reports()
    if form == "terminal":
        width, colour = terminal.shape(sys.stdout)
        for line in terminal.findings(report, width, colour=colour, everything=verbose):
            click.echo(line, color=colour)
    elif form in forms:
        click.echo(forms[form].write(report), nl=False)
    else:
        raise UnknownName("report form", form, ["terminal", *forms])
    if verbose:
        width, colour = terminal.shape(sys.stderr)
        for line in terminal.sources(report, width, colour=colour):
            click.echo(line, err=True, color=colour)
        click.echo(err=True)
    summarise(report, quiet=quiet)


def show_diff(report: Report, *, quiet: bool) -> None:
    """Put on standard output what the accepted edits would change, the summary on standard error."""
    from refcheck import outputs

    _, colour = terminal.shape(sys.stdout)
    for line in gate.diff(
        report, lambda part: outputs.edited(part, Settings(), report.made), colour
    ):
        click.echo(line, color=colour)
    summarise(report, quiet=quiet)


def summarise(report: Report, *, quiet: bool) -> None:
    """Put the summary, with the command to run next, on standard error."""
    if not quiet:
        width, colour = terminal.shape(sys.stderr)
        for line in terminal.table(report, width, colour=colour):
            click.echo(line, err=True, color=colour)
        click.echo(terminal.summary(report), err=True)


def watching(*, quiet: bool) -> Callable[[Asked], AbstractContextManager[None]]:
    """Return what shows on a terminal how the asking fares; nothing elsewhere."""

    def watch(net: Asked) -> AbstractContextManager[None]:
        if quiet:
            return nullcontext()
        return progress.progress(net, sys.stderr)

    return watch


def check_form(form: str) -> None:
    """Refuse an unknown form before any work is done."""
    known = ["terminal", *plugins.reports()]
    if form not in known:
        raise UnknownName("report form", form, known)


def exit_status(report: Report, *, exit_zero: bool = False) -> int:
    """Return 0 where nothing is open, 1 where something is, 3 where only an answer is missing."""
    return gate.status(report, exit_zero=exit_zero)
