"""`refcheck check`: the editorial gate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from refcheck.cli import arguments, gate, outcome, saved
from refcheck.model import Report


@click.command(
    "check",
    epilog="Example:  refcheck check docs/ --offline --format github",
    short_help="find, ask and report",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path())
@arguments.setting_options(*arguments.ASKING, *arguments.WRITING, "pin", *arguments.FINDING)
@gate.gate_options
@click.option("--watch", is_flag=True, help="check again what is saved; ends with Ctrl+C")
@arguments.result_options
def command(
    paths: tuple[str, ...],
    input_format: str,
    form: str,
    exit_zero: bool,
    quiet: bool,
    verbose: bool,
    watch: bool,
    fail_on: tuple[str, ...],
    baseline: str | None,
    diff: bool,
    **given: Any,
) -> None:
    """Find what is missing in documents, ask the sources, and report. Writes nothing else.

    Exit status: 0 nothing is open, 1 something is, 2 the work could not be done, 3 nothing is open
    but a source that was needed could not be asked.
    """
    from refcheck import api, inputs

    outcome.check_form(form)
    settings = arguments.read_settings(given)
    known = gate.read_baseline(baseline) if baseline else None

    def told(report: Report) -> int:
        fresh = gate.new(report, known) if known else report
        if diff:
            outcome.show_diff(fresh, quiet=quiet)
        else:
            whole = report if form in gate.WHOLE else fresh
            outcome.show(whole, form, quiet=quiet, verbose=verbose)
        return gate.status(fresh, exit_zero=exit_zero, fail_on=fail_on)

    if watch:
        saved.keep_checking(paths, settings, told, quiet=quiet)
    data = arguments.standard_input(paths, input_format)
    if data is not None:
        report = api.check_documents(
            [inputs.open_document(Path("-"), data, input_format)], settings
        )
    else:
        report = api.check(paths, settings, watch=outcome.watching(quiet=quiet))
    raise click.exceptions.Exit(told(report))
