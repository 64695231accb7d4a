"""`refcheck match`: reference strings or partial records in, records out, a line each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
import msgspec

from refcheck.cli import arguments
from refcheck.errors import InputError, UsageError

if TYPE_CHECKING:
    from refcheck.catalog.match import Matcher
    from refcheck.settings import Settings

LONGEST_BYTES = 1_000_000
"""A line longer than this is no reference."""


@click.command(
    "match",
    epilog="Example:  refcheck match references.txt --catalog ~/catalog > records.jsonl",
    short_help="references in, records out",
)
@click.argument("file", metavar="[FILE]", default="-")
@arguments.setting_options("library", "catalog", "offline")
def command(file: str, **given: Any) -> None:
    """Say of each reference in FILE, or on standard input, which work it is.

    A line holds {"id": "7", "text": "Shea MJ, Compton RN (1993) …"}, or {"id": "7", "reference":
    {CSL-JSON}}, or is itself a reference. Answers come in the same order, a line each, as soon as
    they are known. Asked are the catalogue and the libraries, nobody else.
    """
    settings = arguments.read_settings(given)
    matcher = _matcher(settings)
    source: BinaryIO
    if file == "-":
        source = sys.stdin.buffer
    else:
        try:
            source = Path(file).open("rb")  # noqa: SIM115 - read to its end, as a stream
        except OSError as error:
            raise InputError(f"{file} cannot be read: {error.strerror}") from None
    out = sys.stdout.buffer
    open_lines = 0
    for answer in answers(source, matcher):
        open_lines += answer.get("status") != "resolved"
        out.write(msgspec.json.encode(answer) + b"\n")
        out.flush()
    sys.exit(1 if open_lines else 0)


def answers(lines: BinaryIO, matcher: Matcher) -> Iterator[Mapping[str, Any]]:
    """Yield the answer to each line; a line that cannot be read is told by its number."""
    number = 0
    while line := lines.readline(LONGEST_BYTES):
        number += 1
        text = line.decode("utf-8", errors="replace").strip("\ufeff \r\n\t")
        if not text:
            continue
        try:
            key, found = read_line(text, number)
        except ValueError as error:
            yield {"id": None, "line": number, "error": str(error)}
            continue
        from refcheck.record import Record

        answer = matcher.record(found) if isinstance(found, Record) else matcher.text(found)
        yield {"id": key, **answer}


def read_line(text: str, number: int) -> tuple[str, Any]:
    """Return a line's id and its text or record; raises `ValueError` saying why it cannot be read."""
    from refcheck.record import from_csl

    if not text.startswith("{"):
        return str(number), text
    try:
        row = msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise ValueError(f"is no JSON: {error}") from None
    key = str(row.get("id", number))
    if isinstance(row.get("text"), str) and row["text"].strip():
        return key, row["text"]
    reference = row.get("reference")
    if isinstance(reference, Mapping):
        record = from_csl(reference)
        if any(True for _ in record.present()):
            return key, record
        raise ValueError("its reference says nothing")
    raise ValueError('has neither "text" nor "reference"')


def _matcher(settings: Settings) -> Matcher:
    from refcheck.catalog.match import Matcher
    from refcheck.catalog.search import Searcher
    from refcheck.catalog.store import Reader

    searchers: list[Any] = []
    for path in settings.library:
        from refcheck import files
        from refcheck.bibliography.read import read_records
        from refcheck.catalog.memory import MemorySearcher

        reading = read_records(path.name, files.read(path))
        for reject in reading.rejects:
            click.echo(f"{path}:{reject.line}: {reject.what}: {reject.why}", err=True)
        searchers.append(MemorySearcher(reading.records))
    if settings.catalog is not None:
        searchers.append(Searcher(Reader(settings.catalog)))
    if not searchers:
        raise UsageError("there is nothing to match against; give --catalog DIR or --library FILE")
    return Matcher(searchers)
