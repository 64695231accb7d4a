"""Questions dealt out: which go to a source together, over which of its connections, and who stands in."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from refcheck.model import Answered, Failed, Query, Source

Batch = tuple[Query, ...]
"""Questions that are put to a source at once."""
Question = tuple[str, Query]
"""A source, and what it is to be asked."""


class Task(NamedTuple):
    """Questions meant for a source; none while there may be some later."""

    meant_for: str
    batch: Batch = ()


class Desk:
    """The questions of one round until all are answered. Safe to use from many threads.

    ``stand_ins`` names for a question the source that may be asked in place of the one it is meant
    for, where that one has to be left alone for a while or fails; what it answers is in `instead`.
    ``seats`` are the connections that are worth using, each by the name of its source.
    ``contact`` says that the user's address is given, for which some sources allow more.
    """

    def __init__(
        self,
        questions: Mapping[str, Sequence[Query]],
        sources: Mapping[str, Source],
        *,
        contact: bool,
        stand_ins: Mapping[Question, str] | None = None,
    ) -> None:
        self.instead: dict[Question, Answered | Failed] = {}
        self._lock = threading.Lock()
        self._stand_ins = stand_ins or {}
        self._queues = {name: deque(batches(sources[name], qs)) for name, qs in questions.items()}
        self._open = Counter({name: len(queue) for name, queue in self._queues.items()})
        self._handed: dict[str, deque[Task]] = defaultdict(deque)
        self._covered: dict[str, list[str]] = defaultdict(list)

        def connections(name: str) -> int:
            source = sources[name]
            return max(source.contact_connections if contact else 0, source.connections)

        used = {name: min(connections(name), len(queue)) for name, queue in self._queues.items()}
        spare = Counter[str]()
        for (name, query), other in self._stand_ins.items():
            waits = len(self._queues.get(name, ())) > used.get(name, 0)
            if (
                waits
                and query in questions[name]
                and other in sources
                and not sources[other].is_own
            ):
                spare[other] = connections(other) - used.get(other, 0)
                if name not in self._covered[other]:
                    self._covered[other].append(name)
        longest = sorted(used, key=lambda name: len(self._queues[name]) / used[name], reverse=True)
        self.seats = (*(name for name in longest for _ in range(used[name])), *spare.elements())

    def take(self, seat: str, is_held_up: Callable[[str], bool]) -> Task | None:
        """Return what to ask next over a connection of ``seat``; None where nothing will come any more."""
        with self._lock:
            if self._queues.get(seat):
                return Task(seat, self._queues[seat].popleft())
            if self._handed[seat]:
                return self._handed[seat].popleft()
            for name in self._covered[seat]:
                queue = self._queues[name]
                if queue and self._may_cover(seat, name, queue[-1]) and is_held_up(name):
                    return Task(name, queue.pop())
            later = [name for name in self._covered[seat] if self._open[name]]
        return Task(later[0]) if later else None

    def hand_over(self, name: str, batch: Batch) -> bool:
        """Pass on what a source failed to answer; tell whether there is somebody to ask instead."""
        with self._lock:
            for seat, covered in self._covered.items():
                if name in covered and self._may_cover(seat, name, batch):
                    self._handed[seat].append(Task(name, batch))
                    return True
        return False

    def done(self, name: str) -> None:
        """Note that questions meant for a source are answered, by whomever."""
        with self._lock:
            self._open[name] -= 1

    def _may_cover(self, seat: str, name: str, batch: Batch) -> bool:
        return all(self._stand_ins.get((name, query)) == seat for query in batch)


def batches(source: Source, queries: Sequence[Query]) -> list[Batch]:
    """Put together what a source takes at once: identifiers, names; the rest go one by one.

    A library of the user's own (which sends nothing) gets all at once.
    """
    size = max(1, source.batch)
    together: list[Query] = []
    alone: list[Query] = []
    for query in queries:
        (together if query.identifier or query.want == "entity" else alone).append(query)
    if size == 1:
        return [(query,) for query in queries]
    if source.is_own:
        together, alone = list(queries), []
    return [
        *(tuple(together[n : n + size]) for n in range(0, len(together), size)),
        *((query,) for query in alone),
    ]
