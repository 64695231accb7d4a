"""`refcheck catalog`: build, extend, describe and search the local catalogue."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
import msgspec

from refcheck.text import shorten

BAR = 20
TOLD_EVERY_S, LOGGED_EVERY_S = 0.1, 10.0
"""How often progress is told on a terminal, and in a log."""


@click.group(
    "catalog",
    epilog="Example:  refcheck catalog build --out my-catalog records.jsonl.gz",
    short_help="the local catalogue",
)
def command() -> None:
    """Keep millions of records on disk and search them without a net.

    Files may be JSON Lines (CSL-JSON, or flat: title, authors, year …), dumps of Crossref,
    OpenAlex, DataCite, arXiv, DBLP or PubMed, BibTeX or RIS; plain, gzip or zstd.
    """


@command.command("build", short_help="make a catalogue of files")
@click.option("--out", "-o", "folder", required=True, metavar="DIR", help="folder of the catalogue")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
def build(folder: str, paths: tuple[str, ...]) -> None:
    """Make a catalogue; what was killed is continued by the same command."""
    _build(folder, paths, add=False)


@command.command("add", short_help="add files to a catalogue")
@click.argument("folder", metavar="DIR")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
def add(folder: str, paths: tuple[str, ...]) -> None:
    """Add the records of files; whoever is reading goes on undisturbed."""
    _build(folder, paths, add=True)


def _build(folder: str, paths: tuple[str, ...], *, add: bool) -> None:
    from refcheck.catalog import build as builder
    from refcheck.catalog import store

    started = time.monotonic()
    on_terminal = sys.stderr.isatty()
    told = started

    def progress(name: str, records: int, read: int, size: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < (TOLD_EVERY_S if on_terminal else LOGGED_EVERY_S):
            return
        told = now
        share = min(1.0, read / size) if size else 1.0
        bar = "█" * round(share * BAR) + "░" * (BAR - round(share * BAR))
        line = f"{shorten(name, 30)} {bar if on_terminal else ''}{share:4.0%} {records:,} records, {now - started:.0f} s"
        click.echo(f"\r{line:<78}" if on_terminal else line, nl=not on_terminal, err=True)

    done = builder.build(Path(folder), [Path(path) for path in paths], progress, add=add)
    if on_terminal:
        click.echo("\r" + " " * 78 + "\r", nl=False, err=True)
    if not done.files:
        click.echo(f"{folder}: nothing to do, these files are in it", err=True)
        return
    seconds = time.monotonic() - started
    rate = done.records / seconds if seconds else 0
    click.echo(
        f"{folder}: {done.records:,} records of {done.files} files in {seconds:.1f} s ({rate:,.0f}/s)",
        err=True,
    )
    if done.rejects:
        where = Path(folder) / store.REJECTS
        click.echo(f"{done.rejects:,} could not be read; {where} says which and why", err=True)


@command.command("info", short_help="what a catalogue holds")
@click.argument("folder", metavar="DIR")
def info(folder: str) -> None:
    """Say how many records a catalogue holds, from which files, and how large it is."""
    from refcheck.catalog import store

    path = Path(folder)
    reader = store.Reader(path)
    records, index = store.bytes_of(path)
    click.echo(
        f"{folder}: {reader.size:,} records; {records / 1e6:,.1f} MB records and identifiers, {index / 1e6:,.1f} MB index"
    )
    for row in reader.files():
        state = "" if row["done"] else ", not read to its end: run the same `catalog build` again"
        broken = f", {row['rejects']:,} not readable" if row["rejects"] else ""
        click.echo(f"  {row['name']}: {row['records']:,} records{broken}{state}")
    reader.close()


@command.command("search", short_help="search a catalogue")
@click.argument("folder", metavar="DIR")
@click.argument("query", metavar="QUERY")
@click.option("-n", "--limit", default=10, show_default=True, metavar="N", help="how many records")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "jsonl"]),
    default="terminal",
    show_default=True,
)
def search(folder: str, query: str, limit: int, form: str) -> None:
    """Show the records that answer words, an identifier or a whole reference."""
    from refcheck.catalog.search import Searcher
    from refcheck.catalog.store import Reader

    hits = Searcher(Reader(Path(folder))).find(query, limit)[:limit]
    for hit in hits:
        if form == "jsonl":
            click.echo(msgspec.json.encode(hit.item).decode())
        else:
            item = hit.item
            people = [
                one.get("family") or one.get("literal") or "" for one in item.get("author", ())
            ]
            who = f"{people[0]} et al." if len(people) > 2 else " & ".join(people)
            year = ((item.get("issued") or {}).get("date-parts") or [["n.d."]])[0][0]
            link = f"doi:{item['DOI']}" if item.get("DOI") else item.get("URL", "")
            parts = (
                f"{who} ({year})".strip(),
                item.get("title", ""),
                item.get("container-title", ""),
                link,
            )
            click.echo(". ".join(part for part in parts if part))
    if not hits:
        click.echo(f"{folder}: no record has these words", err=True)
        sys.exit(1)
