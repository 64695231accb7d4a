"""How fast each service may be asked: shared by all threads, and by all processes of one user.

The state lies in one small SQLite file in the cache folder: when the next request of a service may
leave, by how much it is slowed down, until when it wants to be left alone, and what of its daily
budget is left. Pacing is the generic cell rate algorithm (ITU-T I.371): a request may leave
``burst`` intervals early, after that one an interval.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from refcheck.errors import SourceError
from refcheck.net.failures import OutOfTime

MARGIN = 1.08
"""Intervals are kept this much longer than documented: clocks and nets jitter, and a server counts
when a request arrives, not when it left."""
SLOWEST = 1 / 8
RECOVERY_S = 8.0
"""After a "too many requests" the pace is halved; in so many seconds it doubles again."""

LATE = 0.05
"""Part of an interval by which a request may leave late without moving on the next."""
TINY = 1e-6
"""Of a budget counted in thousandths of a dollar nothing is lost by rounding."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS hosts (
    host TEXT PRIMARY KEY, arrival REAL NOT NULL DEFAULT 0, factor REAL NOT NULL DEFAULT 1,
    slowed REAL NOT NULL DEFAULT 0, until REAL NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS budget (host TEXT PRIMARY KEY, day TEXT NOT NULL, left REAL NOT NULL);
"""


@dataclass(frozen=True)
class Rate:
    """A limit: requests in a second, how many of them may leave at once, open connections.

    ``shared`` says that the connections count over all processes.
    """

    per_second: float
    burst: int = 1
    connections: int = 1
    shared: bool = True


class Pace:
    """The state of all limits. ``folder`` None keeps it in memory, for this process alone."""

    def __init__(self, folder: Path | None, clock: Callable[[], float] = time.time) -> None:
        self.stopped = threading.Event()
        self._clock = clock
        self._lock = threading.Lock()
        self._folder = folder
        self._gates: dict[str, threading.BoundedSemaphore] = {}
        self._base = self._open(folder)
        self._closed = False

    @staticmethod
    def _open(folder: Path | None) -> sqlite3.Connection:
        if folder is not None:
            with suppress(OSError, sqlite3.Error):
                folder.mkdir(parents=True, exist_ok=True)
                base = sqlite3.connect(
                    folder / "pace.sqlite",
                    timeout=10,
                    isolation_level=None,
                    check_same_thread=False,
                )
                base.execute("PRAGMA journal_mode=WAL")
                base.execute("PRAGMA synchronous=OFF")  # lost in a power cut: nobody minds
                base.executescript(_SCHEMA)
                return base
        base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        base.executescript(_SCHEMA)
        return base

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise SourceError("the run was stopped")
            self._base.execute("BEGIN IMMEDIATE")
            kept = False
            try:
                yield self._base
                kept = True
            finally:
                self._base.execute("COMMIT" if kept else "ROLLBACK")

    def reserve(self, host: str, rate: Rate, patience_s: float) -> float:
        """Take the next free moment for a request, as the clock will show it then.

        Raises `OutOfTime`, and takes nothing, where that is further off than ``patience_s``.
        """
        if self.stopped.is_set():
            raise SourceError("the run was stopped")
        with self._change() as base:
            now = self._clock()
            arrival, until = base.execute(
                "SELECT arrival, until FROM hosts WHERE host = ?", (host,)
            ).fetchone() or (0.0, 0.0)
            interval = self._interval(base, host, rate)
            arrival = min(arrival, now + 3600)  # a clock that was set back must not lock us out
            at = max(now, arrival - (rate.burst - 1) * interval, until)
            if at - now > patience_s:
                raise OutOfTime(f"its limit asks us to wait {_duration(at - now)}")
            base.execute(
                "INSERT INTO hosts (host, arrival) VALUES (?, ?) "
                "ON CONFLICT (host) DO UPDATE SET arrival = excluded.arrival",
                (host, max(arrival, at) + interval),
            )
        return at

    def leave(self, host: str, rate: Rate, at: float) -> None:
        """Wait for the moment that `reserve` gave; what leaves late moves on whatever comes next."""
        self.sleep_until(at)
        if self._clock() - at > LATE / rate.per_second:
            with self._change() as base:
                base.execute(
                    "UPDATE hosts SET arrival = max(arrival, ?) WHERE host = ?",
                    (self._clock() + self._interval(base, host, rate), host),
                )

    def _interval(self, base: sqlite3.Connection, host: str, rate: Rate) -> float:
        """Return how far apart (s) the requests of a service are to leave at the moment."""
        return MARGIN / (rate.per_second * self._factor(base, host))

    def _factor(self, base: sqlite3.Connection, host: str) -> float:
        """Return by how much a service is slowed down: 1 not at all, less the more lately it was."""
        row = base.execute("SELECT factor, slowed FROM hosts WHERE host = ?", (host,)).fetchone()
        if row is None or row[0] >= 1:
            return 1.0
        since = max(0.0, self._clock() - row[1])
        return float(min(1.0, row[0] * 2 ** min(since / RECOVERY_S, 10)))

    def sleep_until(self, at: float) -> None:
        """Wait for a moment. Raises `SourceError` where the run is stopped."""
        left = at - self._clock()
        if left > 0 and self.stopped.wait(left):
            raise SourceError("the run was stopped")

    def slow(self, host: str, rest_s: float = 0.0) -> None:
        """Halve the pace of a service that had too much, and leave it alone for a while."""
        with self._change() as base:
            until = self._clock() + rest_s
            base.execute("INSERT OR IGNORE INTO hosts (host) VALUES (?)", (host,))
            base.execute(
                "UPDATE hosts SET factor = ?, slowed = ?, until = max(until, ?) WHERE host = ?",
                (max(SLOWEST, self._factor(base, host) / 2), until, until, host),
            )

    def rests_s(self, host: str) -> float:
        """Return for how long a service still wants to be left alone."""
        with self._lock:
            if self._closed:
                return 0.0
            row = self._base.execute("SELECT until FROM hosts WHERE host = ?", (host,)).fetchone()
        return max(0.0, row[0] - self._clock()) if row else 0.0

    def spend(self, host: str, cost: float, daily: float) -> None:
        """Take what a request costs from the day's budget (days of UTC).

        Raises `SourceError` where less than three times the cost is left: replies come back out of
        order, and an overdrawn budget is answered with hours of silence.
        """
        if not cost:
            return
        with self._change() as base:
            left = self._left(base, host, daily)
            if left < (3 - TINY) * cost:
                raise SourceError("today's free budget is spent")
            base.execute(
                "INSERT OR REPLACE INTO budget (host, day, left) VALUES (?, ?, ?)",
                (host, self._day(), left - cost),
            )

    def give_back(self, host: str, cost: float, daily: float) -> None:
        """Return what was taken for a request that was not answered."""
        if not cost:
            return
        with self._change() as base:
            base.execute(
                "UPDATE budget SET left = min(?, left + ?) WHERE host = ? AND day = ?",
                (daily, cost, host, self._day()),
            )

    def left(self, host: str, daily: float) -> float:
        """Return what is left of the day's budget, as far as we know."""
        with self._lock:
            return daily if self._closed else self._left(self._base, host, daily)

    def learn_left(self, host: str, left: float, daily: float) -> None:
        """Note what a service says is left; others of the same address may have spent it."""
        with self._change() as base:
            base.execute(
                "INSERT OR REPLACE INTO budget (host, day, left) VALUES (?, ?, ?)",
                (host, self._day(), min(left, self._left(base, host, daily))),
            )

    def _left(self, base: sqlite3.Connection, host: str, daily: float) -> float:
        row = base.execute(
            "SELECT left FROM budget WHERE host = ? AND day = ?", (host, self._day())
        ).fetchone()
        return float(row[0]) if row else daily

    def _day(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).date().isoformat()

    @contextmanager
    def connection(self, host: str, rate: Rate) -> Iterator[None]:
        """Hold one of the connections that a service allows, over all processes of the user."""
        with self._lock:
            gate = self._gates.setdefault(host, threading.BoundedSemaphore(rate.connections))
        with gate:
            if self._folder is None or not rate.shared or rate.connections > 3:  # the rate will do
                yield
                return
            with _slot(self._folder / "locks", host, rate.connections):
                yield

    def close(self) -> None:
        """Let go of the file, once nobody is at it; who comes later is told that the run was stopped."""
        with self._lock:
            self._closed = True
            self._base.close()


@contextmanager
def _slot(folder: Path, host: str, connections: int) -> Iterator[None]:
    """Lock one of so many files; the system frees it when the process dies."""
    try:
        import fcntl
    except ImportError:  # Windows: threads are held by the gate, other processes by the pace
        yield
        return
    name = "".join(c if c.isalnum() or c in ".-" else "_" for c in host)
    handles = []
    try:
        folder.mkdir(exist_ok=True)
        for number in range(connections):  # one by one: those opened before a failure are closed
            handle = (folder / f"{name}.{number}.lock").open("a")
            handles.append(handle)
    except OSError:
        for handle in handles:
            handle.close()
        yield
        return
    try:
        while True:
            for handle in handles:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                yield
                return
            time.sleep(0.02)
    finally:
        for handle in handles:
            handle.close()


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.0f} h"
