"""`refcheck cache`: what is kept of the sources' answers."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from refcheck.cli import arguments
from refcheck.errors import OutputError

if TYPE_CHECKING:
    from refcheck.net.cache import Answers


def _open(given: dict[str, Any]) -> Answers:
    from refcheck.net.cache import Answers, folder

    settings = arguments.read_settings(given)
    return Answers(folder(settings.cache_folder), settings.cache_limit_mb)


@click.group(
    "cache",
    epilog="Example:  refcheck cache info",
    short_help="what is kept of the answers",
)
def command() -> None:
    """Show, empty or export what is kept of the sources' answers.

    Answers are kept for 30 days, "nothing found" for one; failures, keys and your address never.
    """


@command.command("info")
@arguments.setting_options("cache-folder", "cache-limit-mb")
def info(**given: Any) -> None:
    """Say where the cache lies and what it holds."""
    with closing(_open(given)) as answers:
        held = answers.info()
    click.echo(f"{held.path}")
    click.echo(f"{held.replies} answers, {held.bytes / 1e6:.1f} MB")
    if held.oldest and held.newest:
        click.echo(f"from {held.oldest.date()} to {held.newest.date()}")


@command.command("clear")
@arguments.setting_options("cache-folder", "cache-limit-mb")
def clear(**given: Any) -> None:
    """Forget all answers."""
    with closing(_open(given)) as answers:
        count = answers.clear()
    click.echo(f"{count} answers forgotten")


@command.command("export")
@click.argument("path", default="-", metavar="[FILE]")
@arguments.setting_options("cache-folder", "cache-limit-mb")
def export(path: str, **given: Any) -> None:
    """Write all answers as JSON Lines: address, status, when, type, text."""
    import msgspec

    try:
        out = sys.stdout.buffer if path == "-" else click.open_file(path, "wb")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
    with closing(_open(given)) as answers, out:
        for answer in answers.all():
            out.write(
                msgspec.json.encode(
                    {
                        "url": answer.url,
                        "status": answer.status,
                        "retrieved": f"{answer.retrieved:%Y-%m-%dT%H:%M:%SZ}",
                        "type": answer.headers.get("content-type", ""),
                        "text": answer.text(),
                    }
                )
                + b"\n"
            )
