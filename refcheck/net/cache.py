"""What sources have answered is not asked again: one SQLite file in the user's cache folder.

Built on requests-cache. Ours are the times (an answer 30 days, "nothing" one day, failures never),
which depend on what a source's module read in the reply; the bound on the size; and that no key or
contact is ever in it, for these are added below it.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requests import PreparedRequest
    from requests_cache import CachedSession
    from requests_cache.models.response import CachedResponse

HIT = timedelta(days=30)
MISS = timedelta(hours=24)
KEPT = (200, 203, 301, 302, 303, 307, 308, 404, 410)
"""Statuses that are answers, or lead to one; 404 and 410 say that there is nothing."""
FILE = "answers.sqlite"


def folder(chosen: Path | None) -> Path:
    """Return the folder of the cache: the one that was set, or the system's for this user."""
    if chosen is not None:
        return chosen
    import platformdirs

    return Path(platformdirs.user_cache_dir("refcheck"))


@dataclass(frozen=True)
class Info:
    """What the cache holds: where, replies, bytes, and the day of the oldest and newest reply."""

    path: Path
    replies: int
    bytes: int
    oldest: datetime | None
    newest: datetime | None


class Answers:
    """The cache of replies. ``place`` None keeps them in memory, for this run alone."""

    def __init__(self, place: Path | None, limit_mb: float = 500.0) -> None:
        from requests_cache import CachedSession
        from requests_cache.backends.sqlite import SQLiteCache

        logging.getLogger("requests_cache").setLevel(logging.CRITICAL)  # it logs tracebacks
        self.path = place / FILE if place is not None else None
        self._limit = int(limit_mb * 1e6)
        backend: Any = "memory"
        if self.path is not None:
            with suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            if _writable(self.path):
                backend = SQLiteCache(self.path, wal=True, busy_timeout=10_000, serializer="json")
        self.session: CachedSession = CachedSession(
            backend=backend,
            expire_after=HIT,
            allowable_codes=KEPT,
            allowable_methods=("GET", "POST"),
            stale_if_error=False,
            cache_control=False,
            match_headers=("Accept",),
        )
        self.session.trust_env = False
        self._forget_old()

    def known(self, request: PreparedRequest, *, stale: bool) -> CachedResponse | None:
        """Return what was answered to a request, unless it has aged (``stale``: even then)."""
        found = self.session.cache.get_response(self.session.cache.create_key(request))
        return found if found is not None and (stale or not found.is_expired) else None

    def forget(self, request: PreparedRequest) -> None:
        """Drop an answer that turned out to be none."""
        self.session.cache.delete(self.session.cache.create_key(request))

    def shorten(self, request: PreparedRequest) -> None:
        """Keep an answer that says "nothing" for a day only."""
        cache = self.session.cache
        key = cache.create_key(request)
        found = cache.get_response(key)
        if found is None:
            return
        until = found.created_at + MISS
        if found.expires is None or found.expires > until:
            cache.save_response(found, key, until)

    def _forget_old(self) -> None:
        """Drop the oldest replies until the file keeps within its bound."""
        if self.path is None or not self.path.exists() or self.path.stat().st_size <= self._limit:
            return
        cache = self.session.cache
        cache.delete(expired=True)
        sized = sorted(
            (response.created_at, response.size, response.cache_key)
            for response in cache.filter(expired=True)
        )
        total, drop = sum(size for _, size, _ in sized), []
        for _, size, key in sized:
            if total <= self._limit * 0.8:
                break
            drop.append(key)
            total -= size
        cache.delete(*drop)
        with suppress(sqlite3.Error):
            cache.responses.vacuum()  # type: ignore[attr-defined]

    def info(self) -> Info:
        """Count what is kept."""
        times = [response.created_at.replace(tzinfo=UTC) for response in self.all()]
        size = self.path.stat().st_size if self.path and self.path.exists() else 0
        return Info(
            self.path or Path(),
            len(times),
            size,
            min(times, default=None),
            max(times, default=None),
        )

    def all(self) -> Iterator[CachedResponse]:
        """Go through all replies that are kept, aged ones too."""
        yield from self.session.cache.filter(expired=True)

    def clear(self) -> int:
        """Drop all replies; return how many there were."""
        count = sum(1 for _ in self.all())
        self.session.cache.clear()  # type: ignore[no-untyped-call]
        return count

    def close(self) -> None:
        """Let go of the file."""
        self.session.close()  # type: ignore[no-untyped-call]
        self.session.cache.close()  # type: ignore[no-untyped-call]


def _writable(path: Path) -> bool:
    """Tell whether an SQLite file can be written there; a damaged one is moved away."""
    for _ in range(2):
        try:
            base = sqlite3.connect(path, timeout=10)
            try:
                base.execute("PRAGMA user_version = 1")
            finally:
                base.close()
        except sqlite3.OperationalError:
            return False
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.replace(path.with_suffix(".damaged"))
        else:
            return True
    return False
