"""What sources have answered is not asked again: one SQLite file in the user's cache folder.

An answer is kept 30 days, "nothing" one day, a failure never; what has aged is asked about by its
ETag or date (RFC 9111, 4.3). No key or contact is ever in it, for these are put on below it. Each
answer is on disk before it is used, so a run that is killed loses none, and many runs may share the
file.

A library did this before (requests-cache 1.2). It took 0.2 s to load, half of what a run that asks
nothing takes, and what it did not know (that the parsed reply decides how long it is kept, the
bound on the size) was half of this file.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from refcheck.model import Reply

if TYPE_CHECKING:
    from requests import PreparedRequest

HIT_S = 30 * 86_400.0
MISS_S = 86_400.0
KEPT = frozenset({200, 203, 301, 302, 303, 307, 308, 404, 410})
"""Statuses that are answers, or lead to one; 404 and 410 say that there is nothing."""
FILE = "answers.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS replies (
    key BLOB PRIMARY KEY, url TEXT NOT NULL, status INTEGER NOT NULL, headers BLOB NOT NULL,
    body BLOB NOT NULL, made REAL NOT NULL, expires REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS replies_made ON replies (made);
"""
_KNOWN = "SELECT url, status, headers, body, made FROM replies WHERE key = ? AND expires > ?"
_NUMBERED = "SELECT url, status, headers, body, made FROM replies WHERE rowid = ?"
_KEEP = (
    "INSERT OR REPLACE INTO replies (key, url, status, headers, body, made, expires) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


def folder(chosen: Path | None) -> Path:
    """Return the folder of the cache: the one that was set, or the system's for this user."""
    if chosen is not None:
        return chosen
    import platformdirs

    return Path(platformdirs.user_cache_dir("refcheck"))


@dataclass(frozen=True)
class Info:
    """What the cache holds: where, replies, bytes, and the time of the oldest and newest reply."""

    path: Path
    replies: int
    bytes: int
    oldest: datetime | None
    newest: datetime | None


class Answers:
    """The cache of replies. ``place`` None keeps them in memory, for this run alone.

    Safe to use from many threads; other processes may use the same file.
    """

    def __init__(
        self,
        place: Path | None,
        limit_mb: float = 500.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.path = place / FILE if place is not None else None
        self._limit = int(limit_mb * 1e6)
        self._clock = clock
        self._lock = threading.Lock()
        self._base = _opened(self.path) or _connected(":memory:")
        self._closed = False
        self._forget_old()

    def known(self, request: PreparedRequest, *, aged: bool = False) -> Reply | None:
        """Return what was answered to a request, unless it has aged (``aged``: even then)."""
        with self._lock:
            if self._closed:
                return None
            row = self._base.execute(
                _KNOWN, (_key(request), 0.0 if aged else self._clock())
            ).fetchone()
        return _reply(row) if row else None

    def keep(self, request: PreparedRequest, reply: Reply) -> None:
        """Keep an answer for 30 days; a reply of another status is none."""
        if reply.status not in KEPT:
            return
        headers = msgspec.json.encode(dict(reply.headers))
        made = reply.retrieved.timestamp()
        body = zlib.compress(reply.body, 1)
        row = (_key(request), reply.url, reply.status, headers, body, made, made + HIT_S)
        self._write(_KEEP, row)

    def renew(self, request: PreparedRequest) -> Reply | None:
        """Keep an aged answer as long as a new one: its source says that it still holds."""
        now = self._clock()
        self._write(
            "UPDATE replies SET made = ?, expires = ? WHERE key = ?",
            (now, now + HIT_S, _key(request)),
        )
        return self.known(request)

    def forget(self, request: PreparedRequest) -> None:
        """Drop an answer that turned out to be none."""
        self._write("DELETE FROM replies WHERE key = ?", (_key(request),))

    def shorten(self, request: PreparedRequest) -> None:
        """Keep an answer that says "nothing" for a day only."""
        self._write(
            "UPDATE replies SET expires = min(expires, made + ?) WHERE key = ?",
            (MISS_S, _key(request)),
        )

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        """Change the file; one that cannot be written now (a full disk) costs the answer, not the run."""
        with self._lock, suppress(sqlite3.OperationalError):
            if not self._closed:
                self._base.execute(statement, values)

    def _forget_old(self) -> None:
        """Drop the oldest replies until the file keeps within its bound."""
        if self.path is None or not self.path.exists() or self.path.stat().st_size <= self._limit:
            return
        with self._lock, suppress(sqlite3.OperationalError):
            self._base.execute("DELETE FROM replies WHERE expires <= ?", (self._clock(),))
            sizes = self._base.execute(
                "SELECT rowid, length(body) + length(headers) FROM replies ORDER BY made DESC"
            )
            total, drop = 0, []
            for number, size in sizes:
                total += size
                if total > self._limit * 0.8:
                    drop.append((number,))
            self._base.executemany("DELETE FROM replies WHERE rowid = ?", drop)
            self._base.execute("VACUUM")

    def info(self) -> Info:
        """Count what is kept."""
        with self._lock:
            count, *times = self._base.execute(
                "SELECT count(*), min(made), max(made) FROM replies"
            ).fetchone()
        oldest, newest = (datetime.fromtimestamp(at, UTC) if at else None for at in times)
        size = self.path.stat().st_size if self.path and self.path.exists() else 0
        return Info(self.path or Path(), count, size, oldest, newest)

    def all(self) -> Iterator[Reply]:
        """Go through all replies that are kept, aged ones too, the oldest first."""
        with self._lock:
            numbers = self._base.execute("SELECT rowid FROM replies ORDER BY made").fetchall()
        for number in numbers:
            with self._lock:
                row = self._base.execute(_NUMBERED, number).fetchone()
            if row:
                yield _reply(row)

    def clear(self) -> int:
        """Drop all replies; return how many there were."""
        with self._lock:
            count = self._base.execute("DELETE FROM replies").rowcount
            self._base.execute("VACUUM")
        return count

    def close(self) -> None:
        """Let go of the file; what comes later is not kept."""
        with self._lock:
            self._closed = True
            self._base.close()


def validators(reply: Reply) -> dict[str, str]:
    """Return the headers that ask whether a reply still holds; none where it cannot be asked."""
    pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
    return {asks: reply.headers[says] for says, asks in pairs if reply.headers.get(says)}


def _key(request: PreparedRequest) -> bytes:
    """Name a request by all that its answer depends on."""
    body = request.body or b""
    parts = (
        (request.method or "").encode(),
        (request.url or "").encode(),
        str(request.headers.get("Accept", "")).encode(),
        body if isinstance(body, bytes) else str(body).encode(),
    )
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()


def _reply(row: tuple[str, int, bytes, bytes, float]) -> Reply:
    url, status, headers, body, made = row
    when = datetime.fromtimestamp(made, UTC).replace(microsecond=0)
    told = msgspec.json.decode(headers, type=dict[str, str])
    return Reply(status, zlib.decompress(body), url, told, when, from_cache=True)


def _connected(path: Path | str) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
        base.executescript(_SCHEMA)
    except sqlite3.Error:
        base.close()
        raise
    return base


def _opened(path: Path | None) -> sqlite3.Connection | None:
    """Open the file, None where none can be written there; a damaged one is moved away."""
    if path is None:
        return None
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        try:
            return _connected(path)
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.replace(path.with_suffix(".damaged"))
    return None
