"""Which services are ill at the moment: they are asked by one caller at a time, and then no more.

One failure may be chance: its caller waits and asks again, the others go on. Failures in a row are
not: whoever comes next waits until the one before has its answer, and after a few there is no asking
for the rest of the run. The more services fail at once, the likelier it is the net, and the sooner
each is given up.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

WAITS_S = (1.0, 4.0, 10.0)
"""Waits before a service that failed is asked again, where it names none."""
ILL = 2
"""Failures in a row from which a service is ill."""


class Health:
    """Counts failures in a row, of a service or of a site. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures: Counter[str] = Counter()
        self._gates: dict[str, threading.RLock] = {}

    @contextmanager
    def asking(self, key: str, *, again: bool = False) -> Iterator[int]:
        """Let one caller at a time ask a service that is ill; give the failures in a row by now.

        Those who ask ``again`` what failed wait for each other from the first failure on.
        """
        with self._lock:
            failures = self._failures[key]
            gate = self._gates.setdefault(key, threading.RLock())
        if failures < (1 if again else ILL):
            yield failures
            return
        with gate:
            yield self._failures[key]

    def well(self, key: str) -> None:
        """Note an answer."""
        with self._lock:
            self._failures[key] = 0

    def failed(self, key: str, known: int) -> float | None:
        """Note a failure; return how long to wait (s) before the next try, None to give up.

        ``known`` is what `asking` gave. Of callers that were under way at once only the first counts.
        """
        with self._lock:
            if known >= self._failures[key]:
                self._failures[key] += 1
            count = self._failures[key]
            others = sum(
                1 for other, failures in self._failures.items() if failures and other != key
            )
        waits = WAITS_S[: max(1, len(WAITS_S) - others)]
        if count > len(waits):
            return None
        return waits[count - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - spreads callers, no secret
