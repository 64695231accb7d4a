"""Progress on a terminal while sources are asked: how far, whom, for how long yet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

from refcheck.model import Going
from refcheck.writers import foreign

if TYPE_CHECKING:
    from rich.text import Text

BAR = 24
"""Columns of a source's bar."""

ROWS_MOST = 6
"""How many sources are shown: those with most questions open."""

TOLD_AFTER_S, TOLD_AFTER = 2.0, 3
"""Seconds and answers of a source before its pace says anything about the time left."""


class Asked(Protocol):
    """Whoever can tell how far the asking has come."""

    def going(self) -> Going:
        """Tell how far the asking has come."""
        ...


@contextmanager
def progress(
    net: Asked, stream: TextIO, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[None]:
    """Show how far the asking has come while it goes on, on a terminal only; gone when it is done."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from rich.console import Console
    from rich.live import Live

    began = clock()

    def now() -> Text:
        from rich.text import Text

        lines = told(net.going(), clock() - began)
        return Text("\n".join(foreign.fit(line, console.width - 1) for line in lines))

    console = Console(file=stream, highlight=False, markup=False)
    with Live(get_renderable=now, console=console, transient=True, refresh_per_second=4):
        yield


def told(going: Going, passed_s: float) -> list[str]:
    """Say how far it is and for how long yet, then how far each source is that is still asked."""
    put = sum(put for _, put, _, _ in going.sources)
    answered = sum(done for _, _, done, _ in going.sources)
    said = [f"{answered} of {put} questions answered" if put else "asking"]
    (places, documents), (all_places, all_documents) = going.decided, going.all
    if all_places > 1:
        said.append(f"{places} of {all_places} places decided")
    if all_documents > 1:
        said.append(f"{documents} of {all_documents} documents done")
    said.append(f"{passed_s:.0f} s")
    if (about := left_s(going, passed_s)) is not None:
        said.append(f"about {max(1, round(about))} s left")
    elif going.left_s:
        said.append(f"at most {going.left_s:.0f} s more")
    busy = sorted(
        (one for one in going.sources if one[2] < one[1]), key=lambda one: one[2] - one[1]
    )
    names = max((foreign.cells(foreign.line(one[0])) for one in busy[:ROWS_MOST]), default=0)
    return [", ".join(said), *(_row(*one, names) for one in busy[:ROWS_MOST])]


def left_s(going: Going, passed_s: float) -> float | None:
    """Guess the seconds until all questions are answered; None while nothing can be said of it.

    Sources work side by side, so the slowest counts: what is left of it, at its pace so far.
    """
    open_ = [(put - done, done) for _, put, done, _ in going.sources if done < put]
    if not open_ or passed_s < TOLD_AFTER_S or any(done < TOLD_AFTER for _, done in open_):
        return None
    return min(going.left_s, max(left * passed_s / done for left, done in open_))


def _row(name: str, put: int, done: int, failed: int, names: int) -> str:
    full = round(BAR * done / put)
    name = foreign.line(name)
    gap = " " * (names - foreign.cells(name))
    lost = f", {failed} failed" if failed else ""
    return f"  {name}{gap}  {'━' * full}{'╌' * (BAR - full)}  {done} of {put}{lost}"
