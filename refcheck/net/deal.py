"""Questions dealt out: which go to a source together, and over which of its connections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from refcheck.model import Query, Source

Batch = tuple[str, tuple[Query, ...]]
"""A source and the questions that are put to it at once."""
Lane = list[Batch]
"""What goes over one connection, one after the other."""


def deal(
    questions: Mapping[str, Sequence[Query]], sources: Mapping[str, Source], *, contact: bool
) -> list[Lane]:
    """Deal each source's questions to as many lanes as it allows connections, the longest first.

    ``contact`` says that the user's address is given, for which some sources allow more.
    """
    lanes: dict[tuple[str, int], Lane] = {}
    for name, queries in questions.items():
        source = sources[name]
        many = max(source.contact_connections if contact else 0, source.connections)
        for nth, batch in enumerate(batches(source, queries)):
            lanes.setdefault((name, nth % many), []).append((name, batch))
    return sorted(lanes.values(), key=lambda lane: (len(lane), lane[0][0]), reverse=True)


def batches(source: Source, queries: Sequence[Query]) -> list[tuple[Query, ...]]:
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
