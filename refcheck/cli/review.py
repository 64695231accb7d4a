"""`refcheck review`: a local page on which a person chooses among the candidates."""

from __future__ import annotations

import secrets
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from refcheck.cli import arguments, progress
from refcheck.errors import UsageError


@click.command(
    "review",
    epilog="Example:  refcheck review article.md --library own.bib",
    short_help="choose on a local page",
)
@click.argument("path", metavar="PATH", type=click.Path())
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="port; any that is free")
@click.option("--no-browser", is_flag=True, help="only print the address")
@arguments.setting_options(*arguments.ASKING, *arguments.WRITING, *arguments.FINDING)
def command(path: str, port: int, no_browser: bool, **given: Any) -> None:
    """Look for what is missing in one document, then choose among the candidates on a local page.

    The page answers at this machine alone, to whoever knows the address that is printed. Decisions
    are kept beside the document; "Write the files" writes what `fix` writes. End it with Ctrl+C.
    """
    try:
        import uvicorn

        from refcheck.review import server
    except ImportError:
        raise UsageError(
            'the review page needs more packages: pip install "refcheck-citations[review]"'
        ) from None
    from refcheck.review.session import Review

    settings = arguments.read_settings(given)
    document = Path(path)
    if not document.is_file():
        raise UsageError(f"{path} is not a file; give one document")
    review = Review(document, settings, datetime.now(UTC).replace(microsecond=0))
    try:
        with progress.progress(review, sys.stderr):
            review.ask()
        token = secrets.token_urlsafe(24)
        with socket.create_server(("127.0.0.1", port)) as listening:
            number = listening.getsockname()[1]
            address = f"http://127.0.0.1:{number}/?token={token}"
            click.echo(address)
            click.echo("Open this address in a browser; end with Ctrl+C.", err=True)
            if not no_browser:
                click.launch(address)
            config = uvicorn.Config(
                server.app(review, token, number), log_level="warning", access_log=False
            )
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        review.close()
