"""`refcheck fix`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from refcheck.cli import arguments, outcome


@click.command(
    "fix",
    epilog="Example:  refcheck fix article.md --library own.bib --out fixed/",
    short_help="find, ask and write",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@arguments.setting_options(
    *arguments.ASKING,
    *arguments.WRITING,
    "accept-suggestions",
    "pin",
    "in-place",
    "out",
    *arguments.FINDING,
)
@arguments.result_options
def command(
    paths: tuple[str, ...],
    input_format: str,
    form: str,
    exit_zero: bool,
    quiet: bool,
    **given: Any,
) -> None:
    """Find what is missing in documents, ask the sources, and write what was found.

    Beside each document (or under --out) it writes the corrected document, its bibliography as
    BibTeX and in the chosen style, and a report as Markdown, JSON and HTML. Only what was decided is
    put into the document; suggestions are shown. The document itself stays as it is.

    With `-` it reads standard input and writes the corrected document to standard output.
    """
    from refcheck import api

    outcome.check_form(form)
    settings = arguments.read_settings(given)
    data = arguments.standard_input(paths, input_format)
    if data is not None:
        document = api.open_document(Path("-"), data, input_format)
        report = api.check_documents([document], settings)
        part = report.documents[0]
        sys.stdout.buffer.write(api.fixed(part, part.edits)["-"])
        outcome.summarise(report, quiet=quiet)
        raise click.exceptions.Exit(outcome.exit_status(report, exit_zero=exit_zero))
    report = api.fix(paths, settings, watch=outcome.watching(settings, quiet=quiet))
    outcome.show(report, form, quiet=quiet)
    raise click.exceptions.Exit(outcome.exit_status(report, exit_zero=exit_zero))
