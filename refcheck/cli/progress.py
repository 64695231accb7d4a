"""Progress on a terminal while sources are asked: whom, how often, for how long yet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

from refcheck.model import SourceState
from refcheck.writers import foreign

if TYPE_CHECKING:
    from rich.text import Text


class Asked(Protocol):
    """Whoever can tell how the sources fare so far."""

    def states(self) -> tuple[SourceState, ...]:
        """Tell how every source that was asked has fared."""
        ...


@contextmanager
def progress(
    net: Asked,
    stream: TextIO,
    *,
    deadline_s: float,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[None]:
    """Show who is being asked while the work goes on, on a terminal only; gone when it is done.

    ``deadline_s`` are the seconds that asking may take; what is left of them is shown.
    """
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from rich.console import Console
    from rich.live import Live

    began = clock()

    def now() -> Text:
        from rich.text import Text

        line = asking(net.states(), clock() - began, deadline_s)
        return Text(foreign.fit(line, console.width - 1))

    console = Console(file=stream, highlight=False, markup=False)
    with Live(get_renderable=now, console=console, transient=True, refresh_per_second=4):
        yield


def asking(states: tuple[SourceState, ...], passed_s: float, deadline_s: float) -> str:
    """Say in one line whom was asked how often so far, and how long it may still take."""
    busy = [one for one in states if one.requests or one.from_cache]
    said = ", ".join(
        f"{foreign.line(one.name)} {one.requests + one.from_cache}"
        + (f" ({one.failed} failed)" if one.failed else "")
        for one in busy
    )
    left = max(0, round(deadline_s - passed_s))
    return f"asking {said or 'the sources'}: {passed_s:.0f} s, at most {left} s more"
