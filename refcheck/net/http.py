"""Net: asks many sources at once, each within its limits, and keeps the questions' order.

Sources are generators that yield requests; here they are driven, their requests fetched, their
failures told apart from "knows nothing", and their answers made into candidates that say where each
field was read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from refcheck.errors import NotUnderstood, SourceBusy, SourceError, UnknownName
from refcheck.model import (
    Answer,
    Answered,
    Failed,
    Going,
    Query,
    Reply,
    Request,
    Source,
    SourceState,
)
from refcheck.net.cache import Answers, folder
from refcheck.net.clean import carried
from refcheck.net.deal import Desk, Question
from refcheck.net.failures import Offline, OutOfTime, Refused, Unreachable
from refcheck.net.limits import Pace
from refcheck.net.tally import Tally
from refcheck.settings import Settings

if TYPE_CHECKING:
    from refcheck.net.fetch import Fetcher

THREADS = 48
"""Exchanges under way at once, over all sources: they wait more than they work."""
TRIES = 3
"""How often a source is driven where its reply was cut or it asked to come back later."""
IDLE_S = 0.1
"""How often (s) a connection that may stand in looks whether there is something for it."""
STRIKES = 3
"""Failures in a row after which a source is out for the run."""


class Net:
    """The sources of a run, asked politely. Close it in the end."""

    def __init__(
        self, sources: Mapping[str, Source], settings: Settings, now: datetime | None = None
    ) -> None:
        self._now = now or datetime.now(UTC).replace(microsecond=0)
        self._sources = sources
        self._settings = settings
        self._deadline = 0.0
        self._strikes: dict[str, int] = {}
        self._once = threading.Lock()
        self._kept: dict[tuple[str, Query], Answered | Failed] = {}
        self._decided = self._all = (0, 0)

    def start(self) -> None:
        """Begin the time that a document may take over asking (``deadline_s``)."""
        self._deadline = time.monotonic() + self._settings.deadline_s

    @cached_property
    def _tallies(self) -> dict[str, Tally]:
        return {name: Tally() for name in self._sources}

    @property
    def _fetcher(self) -> Fetcher:
        with self._once:  # many threads want it at once
            return self._lazy_fetcher

    @cached_property
    def _lazy_fetcher(self) -> Fetcher:
        from refcheck.net.fetch import Fetcher

        place = folder(self._settings.cache_folder)
        answers = Answers(None if self._settings.no_cache else place, self._settings.cache_limit_mb)
        try:
            number = version("refcheck-citations")
        except PackageNotFoundError:
            number = "0"
        return Fetcher(self._sources, self._settings, number, Pace(place), answers, self._tallies)

    def ask(
        self,
        questions: Sequence[Question],
        stand_ins: Mapping[Question, str] | None = None,
    ) -> tuple[Answered | Failed, ...]:
        """Put each question to its source, all sources at once; answers in the order asked.

        A question asked before in this run is answered from memory. Of those in ``stand_ins`` the
        answer may be that of the source named there, where their own has to be left alone for a
        while. Raises `UnknownName` for a source that is none.
        """
        if not self._deadline:
            self.start()
        open_: dict[str, list[Query]] = {}
        for name, query in dict.fromkeys(questions):
            if name not in self._sources:
                raise UnknownName("source", name, self._sources)
            if (name, query) not in self._kept:
                open_.setdefault(name, []).append(query)
                self._tallies[name].put += 1
        contact = bool(self._settings.mailto)
        desk = Desk(open_, self._sources, contact=contact, stand_ins=stand_ins)
        if len(desk.seats) == 1:
            self._serve(desk.seats[0], desk)
        elif desk.seats:
            self._serve_all(desk)
        return tuple(desk.instead.get(one) or self._kept[one] for one in questions)

    def _serve_all(self, desk: Desk) -> None:
        """Use all connections at once; whoever interrupts does not wait for those that wait."""
        with ThreadPoolExecutor(min(THREADS, len(desk.seats)), "refcheck") as pool:
            under_way = [pool.submit(self._serve, seat, desk) for seat in desk.seats]
            through = False
            try:
                wait(under_way, return_when=FIRST_EXCEPTION)
                for one in under_way:
                    if one.done():
                        one.result()
                through = True
            finally:
                if not through:
                    if "_lazy_fetcher" in self.__dict__:
                        self._fetcher.pace.stopped.set()
                    pool.shutdown(wait=False, cancel_futures=True)

    def _serve(self, seat: str, desk: Desk) -> None:
        """Put one question after the other over one connection, until none is left for it."""
        while task := desk.take(seat, self._is_held_up):
            if not task.batch:
                if self._fetcher.pace.stopped.wait(IDLE_S):
                    return
                continue
            name, batch = task
            if name != seat:
                self._tallies[seat].put += len(batch)
                if (name, batch[0]) not in self._kept:  # it was not asked: nothing is open there
                    self._tallies[name].put -= len(batch)
            outcomes = self._put(seat, batch)
            for query, outcome in zip(batch, outcomes, strict=True):
                self._kept[seat, query] = outcome
                if name != seat and (isinstance(outcome, Answered) or (name, query) not in self._kept):  # fmt: skip
                    desk.instead[name, query] = outcome
            failed = any(isinstance(one, Failed) for one in outcomes)
            if not (failed and name == seat and desk.hand_over(name, batch)):
                desk.done(name)

    def _is_held_up(self, name: str) -> bool:
        """Tell whether a source has asked to be left alone for a while, and nobody else has."""
        return self._fetcher.rests_s(name) > IDLE_S

    def _put(self, name: str, queries: tuple[Query, ...]) -> Sequence[Answered | Failed]:
        """Put questions to a source; a failure is told for each of them."""
        source = self._sources[name]
        tally = self._tallies[name]
        try:
            if source.needs_setting and not getattr(self._settings, source.needs_setting):
                lacking = source.needs_setting.replace("_", "-")
                raise SourceError(f"needs the setting `{lacking}`")
            found, read = self._drive(name, source, queries)
        except NotUnderstood as error:
            if len(queries) > 1:  # one that is odd must not cost the others their answers
                half = len(queries) // 2
                return [*self._put(name, queries[:half]), *self._put(name, queries[half:])]
            return self._failures(name, error, queries)
        except SourceError as error:
            return self._failures(name, error, queries)
        self._strikes[name] = 0
        tally.answered += len(queries)
        return [
            Answered(
                name,
                query,
                tuple(
                    carried(name, source, answer, read.retrieved if read else self._now)
                    for answer in answers
                ),
            )
            for query, answers in zip(queries, found, strict=True)
        ]

    def _failures(
        self, name: str, error: SourceError, queries: tuple[Query, ...]
    ) -> Sequence[Failed]:
        """Count a failure, and tell it of every question that it concerns."""
        self._note(name, error, len(queries))
        refused = isinstance(error, Refused)
        return [Failed(name, query, str(error), refused) for query in queries]

    def _note(self, name: str, error: SourceError, questions: int) -> None:
        """Count a failure; a source that fails again and again is out for the run."""
        tally = self._tallies[name]
        tally.message = tally.message or str(error)
        if isinstance(error, Offline):
            tally.offline += questions
            return
        tally.failed += questions
        source = self._sources[name]
        if isinstance(error, OutOfTime) or not (source.base or source.base_setting):
            return  # a page that fails says nothing of other sites
        self._strikes[name] = self._strikes.get(name, 0) + 1
        if isinstance(error, Unreachable) or self._strikes[name] >= STRIKES:
            tally.out = tally.out or str(error)

    def _drive(
        self, name: str, source: Source, queries: tuple[Query, ...]
    ) -> tuple[tuple[tuple[Answer, ...], ...], Reply | None]:
        """Let a source work; return its answers and the last reply.

        A reply that its module could not read is dropped and asked for again: once where a web page
        stands in place of data (a block is not for knocking at), twice where data are cut.
        """
        for nth in range(1, TRIES + 1):
            talk = _Talk()
            try:
                found = self._converse(name, source, queries, talk)
            except SourceError as error:
                if not talk.used or any(error is one for one in talk.failures):
                    raise
                request, reply = talk.used[-1]
                self._fetcher.forget(name, request)
                after = error.after_s if isinstance(error, SourceBusy) else 0.5
                patience = 2 if reply.body.lstrip()[:1] == b"<" else TRIES
                if self._settings.offline or nth >= patience or not error.passing:
                    raise
                if time.monotonic() + after > self._deadline:
                    raise
                self._fetcher.pace.sleep_until(time.time() + after)
                continue
            if len(found) != len(queries):
                raise SourceError(f"answered {len(found)} of {len(queries)} questions")
            if not all(found):
                for request, reply in talk.used:
                    if not reply.from_cache:
                        self._fetcher.shorten(name, request)
            return found, talk.used[-1][1] if talk.used else None
        raise SourceError("gave no answer that can be read")

    def _converse(
        self, name: str, source: Source, queries: tuple[Query, ...], talk: _Talk
    ) -> tuple[tuple[Answer, ...], ...]:
        """Send a source the replies to its requests; a failed one is raised within it.

        What a reply of a shape that its module does not expect makes it raise costs its answers only.
        """
        search = source.search(queries)
        try:
            request = next(search)
            while True:
                try:
                    reply = self._fetcher.fetch(name, request, self._deadline)
                except SourceError as error:
                    talk.failures.append(error)
                    request = search.throw(error)
                else:
                    talk.used.append((request, reply))
                    request = search.send(reply)
        except StopIteration as stop:
            return tuple(tuple(answers) for answers in stop.value)
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise SourceError(
                f"answered what its module cannot read ({type(error).__name__}: {error})"
            ) from error

    def states(self) -> tuple[SourceState, ...]:
        """Tell how each source fared, in the order of their names."""
        return tuple(self._tallies[name].state(name) for name in sorted(self._sources))

    def tell(self, decided: tuple[int, int], out_of: tuple[int, int]) -> None:
        """Be told how many places and documents are decided, for whoever shows how far it is."""
        self._decided, self._all = decided, out_of

    def going(self) -> Going:
        """Tell how far the asking has come; may be called while it goes on."""
        sources = tuple(
            (name, one.put, one.settled, one.failed)
            for name, one in sorted(self._tallies.items())
            if one.put
        )
        left_s = max(0.0, self._deadline - time.monotonic()) if self._deadline else 0.0
        return Going(sources, left_s, self._decided, self._all)

    def close(self) -> None:
        """Let go of connections and files."""
        if "_lazy_fetcher" in self.__dict__:
            self._fetcher.answers.close()
            self._fetcher.pace.close()


@dataclass
class _Talk:
    """What passed between a source and the net."""

    used: list[tuple[Request, Reply]] = field(default_factory=list)
    failures: list[SourceError] = field(default_factory=list)
