"""How sources put their questions: what is known by its name at once, the rest one by one.

No source itself (it defines no ``SOURCE``).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

from refcheck.model import Found, Query, Reply, Request, Search

LookUp = Generator[Request, Reply, dict[str, Found]]
"""Many works asked for at once, by their names in a source; those that it does not know are left out."""


def one_by_one(
    queries: Sequence[Query],
    ask: Callable[[Query], Request | None],
    read: Callable[[Reply], Iterable[Found]],
) -> Search:
    """Put each question by itself, where ``ask`` makes a request of it, and read the reply to it."""
    answers: list[tuple[Found, ...]] = []
    for query in queries:
        request = ask(query)
        if request is None:
            answers.append(())
            continue
        reply = yield request
        answers.append(tuple(read(reply))[: query.limit])
    return tuple(answers)


def named_together(
    queries: Sequence[Query],
    name: Callable[[Query], str],
    look_up: Callable[[Sequence[str]], LookUp],
    ask: Callable[[Query], Request | None] = lambda _: None,
    read: Callable[[Reply], Iterable[Found]] = lambda _: (),
) -> Search:
    """Look up all works that have a ``name`` at once; put the other questions one by one."""
    wanted = sorted({said for query in queries if (said := name(query))})
    known: Mapping[str, Found] = (yield from look_up(wanted)) if wanted else {}
    others = iter((yield from one_by_one([q for q in queries if not name(q)], ask, read)))
    return tuple(
        ((known[said],) if said in known else ()) if (said := name(query)) else next(others)
        for query in queries
    )


def site_search(query: Query) -> str:
    """Return the words of a question for a web search, kept to a site where one is named."""
    from refcheck.identifiers import host

    return " ".join(filter(None, (f"site:{host(query.site)}" if query.site else "", query.text)))
