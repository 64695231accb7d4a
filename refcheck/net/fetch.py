"""One request of a source, from its words to its reply: key, pace, retry, redirects, cache."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import requests
import tenacity
from urllib3.exceptions import HTTPError

from refcheck.errors import SourceError
from refcheck.model import Reply, Request, Source
from refcheck.net.addresses import hostname
from refcheck.net.cache import Answers, validators
from refcheck.net.failures import Offline, Refused, TooMuch, Unreachable
from refcheck.net.health import Health
from refcheck.net.limits import Pace
from refcheck.net.manners import Manners
from refcheck.net.replies import next_hop, params_of, reply_of, retry_after
from refcheck.net.tally import Tally
from refcheck.net.wire import Limits, SafeAdapter, exchanging
from refcheck.settings import Settings

HOPS = 5
"""Redirects that are followed at most."""
FAILURES = frozenset({429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses after which it may help to ask once more."""
NO_NET_TIMEOUT_S = 0.7
"""Seconds for a connection once two hosts could not be reached and none could."""
LONGEST_REST_S = 60.0
"""A service that wants more rest than this is out for the run."""


class _Again(Exception):
    """It may help to ask once more, after so many seconds."""

    def __init__(self, message: str, after_s: float) -> None:
        super().__init__(message)
        self.after_s = after_s


class _Broken(Exception):
    """A connection ended before the reply did."""


@dataclass
class Fetcher:
    """Sends requests for sources. Safe to use from many threads."""

    sources: Mapping[str, Source]
    settings: Settings
    version: str
    pace: Pace
    answers: Answers
    tallies: Mapping[str, Tally]
    unreachable: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.manners = Manners(self.sources, self.settings, self.version, self.pace)
        self.health = Health()
        self._session = requests.Session()
        self._session.trust_env = False
        adapter = SafeAdapter(connections=16)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._count = threading.Lock()
        self._slowed: dict[str, float] = {}
        self._reached = False
        environment = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
        self._verify = next(
            (os.environ[name] for name in environment if os.environ.get(name)), True
        )

    def prepare(self, name: str, request: Request) -> requests.PreparedRequest:
        """Put a source's request into requests' form, without keys and contact."""
        absolute = request.url.startswith(("http://", "https://"))
        url = request.url if absolute else self.manners.base(name) + request.url
        try:
            return requests.Request(
                request.method,
                url,
                headers={"Accept": "*/*", **dict(request.headers)},
                params=list(request.params),
                data=request.body or None,
            ).prepare()
        except (requests.RequestException, ValueError):
            raise Refused(f"{request.url[:100]!r} is no address") from None

    def fetch(self, name: str, request: Request, deadline: float) -> Reply:
        """Ask, or remember; follow redirects, each hop checked anew.

        Raises `SourceError`: `Offline`, `Refused`, `TooMuch`, `Unreachable`, `OutOfTime` …
        """
        prepared = self.prepare(name, request)
        for _ in range(HOPS + 1):
            hostname(prepared.url or "")
            reply = self._remember(name, prepared) or self._ask(name, prepared, deadline)
            target = reply.headers.get("location", "")
            if reply.status not in {301, 302, 303, 307, 308} or not target:
                return reply
            prepared = next_hop(prepared, target)
        raise Refused(f"{hostname(prepared.url or '')} redirects more than {HOPS} times")

    def _remember(self, name: str, prepared: requests.PreparedRequest) -> Reply | None:
        """Return what was answered before; None where it has to be asked (again)."""
        reply = self.answers.known(prepared, aged=self.settings.offline)
        if reply is None and self.settings.offline:
            raise Offline("is not asked (offline), and the cache does not have it")
        if reply is not None:
            with self._count:
                self.tallies[name].from_cache += 1
        return reply

    def _ask(self, name: str, prepared: requests.PreparedRequest, deadline: float) -> Reply:
        """Ask, by what is known of an aged answer, and keep what is answered."""
        aged = self.answers.known(prepared, aged=True)
        asked = prepared.copy()
        asked.headers.update(validators(aged) if aged else {})
        reply = self._insist(name, asked, deadline)
        if reply.status == 304 and aged is not None:
            return self.answers.renew(prepared) or aged
        self.answers.keep(prepared, reply)
        return reply

    def forget(self, name: str, request: Request) -> None:
        """Drop what was answered to a request: it was no answer."""
        self.answers.forget(self.prepare(name, request))

    def shorten(self, name: str, request: Request) -> None:
        """Ask again tomorrow: the answer was "nothing"."""
        self.answers.shorten(self.prepare(name, request))

    def rests_s(self, name: str) -> float:
        """Return for how long (s) a source wants to be left alone, 0 where it may be asked."""
        host = (urlsplit(self.manners.base(name)).hostname or "").lower()
        return self.pace.rests_s(self.manners.limit(name, host)[0])

    def _insist(self, name: str, prepared: requests.PreparedRequest, deadline: float) -> Reply:
        """Ask, and again where that may help, as long as there is time."""

        def wait(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            return error.after_s if isinstance(error, _Again) else 0.0

        def enough(state: tenacity.RetryCallState) -> bool:
            return time.monotonic() + state.upcoming_sleep > deadline

        tries = itertools.count()
        try:
            return tenacity.Retrying(
                retry=tenacity.retry_if_exception_type(_Again),
                wait=wait,
                stop=enough,
                sleep=tenacity.sleep_using_event(self.pace.stopped),
                reraise=True,
            )(lambda: self._once(name, prepared, deadline, again=next(tries) > 0))
        except _Again as error:
            raise SourceError(str(error)) from None

    def _once(
        self, name: str, prepared: requests.PreparedRequest, deadline: float, *, again: bool
    ) -> Reply:
        """Ask once. Raises `_Again` where the same may be asked again after a while."""
        source, host = self.sources[name], hostname(prepared.url or "")
        own = host == (urlsplit(self.manners.base(name)).hostname or "").lower()
        key, rate = self.manners.limit(name, host)
        with self.health.asking(key, again=again) as known, self.pace.connection(key, rate):
            if self.tallies[name].out:
                raise SourceError(self.tallies[name].out)
            if host in self.unreachable:
                raise Unreachable(self.unreachable[host])
            with self._paid(source, key, prepared, own=own):
                at = self.pace.reserve(key, rate, max(0.0, deadline - time.monotonic()))
                self.pace.sleep_until(at - 0.3)  # time to connect
                with self._count:
                    self.tallies[name].requests += 1
                leave = partial(self.pace.leave, key, rate, at)
                try:
                    reply = self._send(prepared, host, self._bounds(source, host, leave, own=own))
                except _Broken as error:
                    raise self._failed(name, key, host, str(error), known=known) from None
            self._reached = True
            self.manners.learn(key, source, reply.headers)
            if reply.status in FAILURES:
                raise self._busy(name, key, host, reply, known=known)
            self.health.well(key)
        return reply

    @contextmanager
    def _paid(
        self, source: Source, key: str, prepared: requests.PreparedRequest, *, own: bool
    ) -> Iterator[None]:
        """Take what a request costs of the day's budget; give it back where no answer came."""
        cost = 0.0
        if source.cost is not None and own and not self.manners.key(source):
            cost = source.cost(Request(urlsplit(prepared.url or "").path, params_of(prepared)))
        self.pace.spend(key, cost, source.daily_budget)
        try:
            yield
        except (SourceError, _Again):
            self.pace.give_back(key, cost, source.daily_budget)
            raise

    def _bounds(self, source: Source, host: str, leave: Callable[[], None], *, own: bool) -> Limits:
        """Return what the exchange may take: a service may say more than a page, and longer."""
        megabytes = self.settings.reply_limit_mb if own else self.settings.page_limit_mb
        return Limits(
            bytes=int(megabytes * 1e6),
            seconds=self.settings.read_timeout_s * (2 if own else 1),
            connect_timeout_s=self._connect_timeout_s(),
            read_timeout_s=self.settings.read_timeout_s,
            private=frozenset({*self.settings.allow_host, *({host} if own else ())}),
            before_send=leave,
            dress=lambda request: self.manners.dress(source, request, own=own),
        )

    def _connect_timeout_s(self) -> float:
        """Return how long to wait for a connection: not long where there seems to be no net at all."""
        no_net = len(self.unreachable) >= 2 and not self._reached
        return min(self.settings.connect_timeout_s, NO_NET_TIMEOUT_S if no_net else 60.0)

    def _send(self, prepared: requests.PreparedRequest, host: str, limits: Limits) -> Reply:
        proxies = requests.utils.get_environ_proxies(prepared.url or "")
        try:
            with exchanging(limits):
                return reply_of(
                    self._session.send(
                        prepared, allow_redirects=False, proxies=proxies, verify=self._verify
                    )
                )
        except (Refused, TooMuch):
            raise
        except Unreachable as error:
            self.unreachable[host] = str(error)
            raise
        except requests.exceptions.SSLError:
            raise SourceError(f"the certificate of {host} cannot be trusted") from None
        except requests.exceptions.ProxyError:
            self.unreachable[host] = f"the proxy does not lead to {host}"
            raise Unreachable(self.unreachable[host]) from None
        except (requests.RequestException, HTTPError, OSError) as error:
            if isinstance(error, requests.exceptions.ReadTimeout) or "timed out" in str(error):
                raise SourceError(
                    f"{host} did not answer in time"
                ) from None  # not worth as much again
            raise _Broken(f"{host} broke off the connection") from None

    def _busy(
        self,
        name: str,
        key: str,
        host: str,
        reply: Reply,
        *,
        known: int,
    ) -> Exception:
        """Decide what a "not now" means: wait as long as asked, or leave alone for this run."""
        status, after = reply.status, retry_after(reply.headers)
        what = "has had too many requests" if status == 429 else "is out of order"
        message = f"{what} (status {status})"
        if status in {429, 503} and time.monotonic() - self._slowed.get(key, 0.0) > 2:
            self._slowed[key] = time.monotonic()  # replies that were under way say the same again
            self.pace.slow(key, after or 0.0)
        if after is not None and after > LONGEST_REST_S:
            message += f"; asks to be left alone for {after / 60:.0f} min"
            return self._give_up(name, host, message)
        return self._failed(name, key, host, message, known=known, after=after)

    def _failed(
        self,
        name: str,
        key: str,
        host: str,
        message: str,
        *,
        known: int,
        after: float | None = None,
    ) -> Exception:
        wait = self.health.failed(key, known)
        page_again = not self.manners.base(name) and known
        if wait is None or page_again:
            return self._give_up(name, host, message)
        return _Again(message, after if after is not None else wait)

    def _give_up(self, name: str, host: str, message: str) -> SourceError:
        """Have nobody ask again in this run: of a source wholly, else of this site."""
        if self.manners.base(name):
            self.tallies[name].out = self.tallies[name].out or message
        else:
            message = f"{host} {message}" if not message.startswith(host) else message
            self.unreachable[host] = message
        return SourceError(message)
