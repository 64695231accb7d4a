"""`refcheck export`: the references of a document, a bibliography or a report in another form."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refcheck.cli import arguments
from refcheck.errors import UsageError

if TYPE_CHECKING:
    from refcheck.bibliography.export import Exported
    from refcheck.record import Record
    from refcheck.settings import Settings

TOLD = 20
"""So many notes are shown at most: a long list has the same ones over and over."""


@click.command(
    "export",
    epilog="Example:  refcheck export paper.docx -o refs.bib",
    short_help="references in another form",
)
@click.argument("path", metavar="PATH")
@click.option(
    "--to",
    default="",
    metavar="FORM",
    help="bib, biblatex, csl-json, ris, endnote-xml, hayagriva, wikitext, text, markdown, html, latex, docx,"
    " jsonl, or the name of a style for its text (default: by the ending of -o, else bib)",
)
@click.option(
    "-o", "--output", default="", metavar="FILE", help="file to write (default: standard output)"
)
@click.option("--overwrite", is_flag=True, help="replace FILE though it is there")
@click.option(
    "--add-to",
    default="",
    metavar="FILE.bib",
    help="append what a .bib lacks, all else left as it is",
)
@click.option("--each", is_flag=True, help="render every reference by itself: no 2014a, 2014b")
@click.option(
    "--key-pattern",
    default="",
    metavar="PATTERN",
    help="new keys for a .bib, as {author}{year}{word}; also {authors}, {title}, {yy}; {Author} begins with a capital",
)
@click.option(
    "--ascii", "ascii_only", is_flag=True, help="a .bib in ASCII, letters as LaTeX commands"
)
@arguments.setting_options("style", "lang", *arguments.ASKING)
def command(
    path: str,
    to: str,
    output: str,
    add_to: str,
    key_pattern: str,
    *,
    each: bool,
    overwrite: bool,
    ascii_only: bool,
    **given: Any,
) -> None:
    """Write the references of PATH in another form.

    PATH is a bibliography (.bib, CSL-JSON, RIS …), the JSON report of an earlier run, a document,
    or `-`. What a form cannot hold is named on standard error.
    """
    from refcheck import api, files, plugins
    from refcheck.bibliography import export

    settings = arguments.read_settings(given)
    if to in plugins.styles() and to not in export.known_forms():
        settings, to = _with_style(settings, to), "text"
    form = export.form_named(to, output)
    records = _records(path, settings)
    if (key_pattern or ascii_only) and form not in {"bibtex", "biblatex"}:
        raise UsageError("--key-pattern and --ascii are for .bib files; add --to bib or biblatex")
    if key_pattern:
        records = _rekeyed(records, key_pattern)
    if add_to:
        if output or to not in {"", "bib", "bibtex", "biblatex"}:
            raise UsageError("--add-to writes a .bib; leave out -o and --to")
        _add(Path(add_to), records, biblatex=True if to == "biblatex" else None)
        return
    style = plugins.styles()["apa"]
    if export.is_rendered(form):
        style = api.style_of(settings)
    if not output and form == "docx":
        raise UsageError("docx is a file, not text; name one with -o")
    done = export.exported(records, form, style, settings.lang, each=each, ascii_only=ascii_only)
    _tell(form, done)
    if not output:
        sys.stdout.buffer.write(done.data)
        return
    target = Path(output)
    if target.exists() and Path(path).exists() and target.samefile(path):
        raise UsageError(f"{output} is the input; name another file, or use --add-to")
    if not overwrite and files.free_name(target, done.data, (), ()) != target:
        raise UsageError(
            f"{output} is there already; name another, or add --overwrite (or --add-to for a .bib)"
        )
    files.write(target, done.data)


def _with_style(settings: Settings, style: str) -> Settings:
    from dataclasses import replace

    return replace(settings, style=style)


def _rekeyed(records: Sequence[Record], pattern: str) -> tuple[Record, ...]:
    """Give all records new keys after a pattern."""
    from dataclasses import replace

    from refcheck.bibliography.keys import keys

    bare = [replace(record, id="", citation_key="") for record in records]
    made = keys(bare, pattern)
    return tuple(replace(record, id=key) for record, key in zip(bare, made, strict=True))


def _records(path: str, settings: Settings) -> Sequence[Record]:
    """Read the records of a bibliography or a report, else those found for a document."""
    from refcheck import api, files
    from refcheck.bibliography.read import read_if_bibliography

    if path == "-":
        reading = read_if_bibliography("", sys.stdin.buffer.read())
        if reading is None:
            raise UsageError("standard input holds no bibliography; give a document by its name")
    else:
        data = files.read(Path(path))
        reading = read_if_bibliography(Path(path).name, data, api.document_suffixes())
    if reading is None:
        records: Sequence[Record] = api.records_of(Path(path), settings)
    else:
        records = reading.records
        for reject in reading.rejects:
            click.echo(f"{path}:{reject.line}: {reject.what}: {reject.why}", err=True)
    if not records:
        message = f"{path} holds no reference that is decided; nothing to export"
        click.echo(f"refcheck: {message}", err=True)
    return records


def _add(target: Path, records: Sequence[Record], *, biblatex: bool | None) -> None:
    from refcheck import files
    from refcheck.bibliography.merge import merge

    held = files.read(target) if target.exists() else b""
    merged = merge(held, records, biblatex=biblatex)
    if merged.added:
        files.write(target, merged.data)
    known = f", {len(merged.known)} there already" if merged.known else ""
    click.echo(f"{target}: {len(merged.added)} added{known}", err=True)


def _tell(form: str, done: Exported) -> None:
    """Name on standard error what the form cannot hold, or what a style stumbles over."""
    from refcheck import plugins

    if done.lost:
        title = plugins.bibliography_forms()[form].title
        click.echo(f"refcheck: no place in {title} for: {', '.join(done.lost)}", err=True)
    for one in done.diagnostics[:TOLD]:
        click.echo(f"refcheck: {one.rule} {one.message}; {one.help}", err=True)
    if len(done.diagnostics) > TOLD:
        click.echo(f"refcheck: … and {len(done.diagnostics) - TOLD} more", err=True)
