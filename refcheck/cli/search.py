"""`refcheck search`: ask the sources directly and show candidates."""

from __future__ import annotations

from typing import Any

import click

from refcheck.cli import arguments
from refcheck.errors import UsageError
from refcheck.model import Answered, Candidate, Entity, Failed, Query, Want

WANTS: tuple[Want, ...] = ("work", "topic", "news", "entity", "page", "archive")


@click.command(
    "search",
    epilog='Example:  refcheck search "Deep residual learning" --author He --year 2016',
    short_help="ask the sources directly",
)
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option(
    "--want",
    type=click.Choice(WANTS),
    default="work",
    help="one work, literature on a topic, news, what is known of a name, a page, stored copies",
)
@click.option("--author", multiple=True, metavar="NAME", help="an author (may be repeated)")
@click.option("--year", type=int, metavar="YEAR", help="year of publication")
@click.option("--site", default="", metavar="HOST", help="news: keep to this site")
@click.option("--language", default="", metavar="CODE", help="language to search in")
@click.option("--since", default="", metavar="DAY", help="not before this day (2024-05-30)")
@click.option("--until", default="", metavar="DAY", help="not after this day")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="CSL type wanted")
@click.option("--limit", type=click.IntRange(1, 250), default=10, help="answers of each source")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    help="form of the answers",
)
@arguments.setting_options(*arguments.ASKING)
def command(
    query: tuple[str, ...],
    want: Want,
    author: tuple[str, ...],
    year: int | None,
    types: tuple[str, ...],
    form: str,
    **given: Any,
) -> None:
    """Ask the sources directly. QUERY is a title, words, an identifier, or an address.

    Exit status: 0 something was found, 1 nothing, 3 nothing, but a source could not be asked.
    """
    from refcheck import api
    from refcheck.inquiry import choose

    words = " ".join(query).strip()
    if not words:
        raise UsageError("there is nothing to search for; give a title, words or an identifier")
    limits = {key: given.pop(key) for key in ("site", "language", "since", "until", "limit")}
    settings = arguments.read_settings(given)
    question = _question(words, want, Query(want, author=author, year=year, types=types, **limits))
    with api.sources_for(settings) as (sources, net, _):
        names = [
            name
            for scope in ("own", "public")
            for name in choose.sources_for(question, sources, scope)
        ]
        if not names:
            raise UsageError(f"no source that is on answers questions for {want!r}")
        outcomes = net.ask([(name, question) for name in names])
    found = 0
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            click.echo(f"{outcome.source}: {outcome.message}", err=True)
            continue
        found += len(outcome.answers)
        _show(outcome, form)
    if not found:
        raise click.exceptions.Exit(3 if any(isinstance(o, Failed) for o in outcomes) else 1)


def _question(words: str, want: Want, rest: Query) -> Query:
    """Tell an identifier and an address from words."""
    from dataclasses import replace

    from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn

    if want in {"page", "archive"}:
        if words.startswith(("http://", "https://")):
            return replace(rest, url=words)
        return replace(rest, site=words)
    if want == "work":
        identifier = normal_doi(words) or normal_arxiv(words) or normal_isbn(words)
        if identifier:
            return replace(rest, identifier=words)
        return replace(rest, title=words)
    return replace(rest, text=words)


def _show(outcome: Answered, form: str) -> None:
    import msgspec

    from refcheck.record import to_csl

    for answer in outcome.answers:
        if form == "jsonl":
            if isinstance(answer, Candidate):
                first = answer.provenance[0]
                row = {"source": outcome.source, "id": first.id, "record": to_csl(answer.record)}
            else:
                row = {"source": outcome.source, "id": answer.id, "entity": _entity(answer)}
            click.echo(msgspec.json.encode(row).decode())
        elif isinstance(answer, Candidate):
            click.echo(f"{outcome.source}: {_line(answer)}")
        else:
            names = ", ".join(f"{name} ({language})" for language, name in answer.names[:8])
            click.echo(f"{outcome.source}: {answer.label} [{answer.id}] {names} {answer.site}")


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "label": entity.label,
        "names": entity.names,
        "site": entity.site,
        "description": entity.description,
    }


def _line(candidate: Candidate) -> str:
    record = candidate.record
    people = [name.family or name.literal for name in record.author]
    who = f"{people[0]} et al." if len(people) > 2 else " & ".join(people)
    year = record.issued.iso() if record.issued and record.issued.start else "n.d."
    where = record.container_title or record.publisher
    link = record.url or record.archive_url
    parts = (f"{who} ({year})" if who else f"({year})", record.title or "[no title]", where, link)
    return ". ".join(part for part in parts if part)
