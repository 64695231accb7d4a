"""One exchange over the net: to a checked address, within limits of size and time.

Built on requests' transport adapter, below its cache, so that nothing above can go round it.
"""

from __future__ import annotations

import heapq
import io
import itertools
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.util import connection as urllib3_connection

from refcheck.net.addresses import hostname, refuse_behind_proxy, resolve
from refcheck.net.failures import TooMuch, Unreachable

CHUNK = 16 * 1024
"""Bytes read at once: what is compressed a thousandfold stays at 16 MB before the limit is seen."""


@dataclass
class Exchange:
    """What the connection has to know of the request under way in this thread."""

    private: bool
    connect_timeout_s: float
    before_send: Callable[[], None]
    sock: socket.socket | None = None
    late: bool = False


_thread = threading.local()


def _connect(conn: HTTPConnection) -> socket.socket:
    exchange: Exchange = _thread.exchange
    port = conn.port or (443 if isinstance(conn, HTTPSConnection) else 80)
    try:
        addresses = resolve(conn.host, port, exchange.connect_timeout_s, private=exchange.private)
    except OSError as error:
        raise NewConnectionError(conn, str(error)) from error
    failure: OSError | None = None
    for address in addresses[:3]:
        try:
            sock = urllib3_connection.create_connection(
                (address, port), exchange.connect_timeout_s, socket_options=conn.socket_options
            )
        except OSError as error:
            failure = error
        else:
            exchange.sock = sock
            return sock
    raise NewConnectionError(conn, str(failure)) from failure


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _ready(self)
        super().request(*args, **kwargs)


class _SecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _ready(self)
        super().request(*args, **kwargs)


def _ready(conn: HTTPConnection) -> None:
    """Connect first and wait after, so that requests leave as far apart as the limit says."""
    if conn.sock is None:
        conn.connect()
    exchange: Exchange = _thread.exchange
    exchange.sock = conn.sock
    exchange.before_send()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


_POOLS = {"http": _Pool, "https": _SecurePool}


@dataclass(order=True)
class _Alarm:
    at: float
    number: int
    exchange: Exchange = field(compare=False)
    off: bool = field(default=False, compare=False)


class Watch:
    """Cuts the connection of an exchange that is not done in time, however it drips."""

    def __init__(self) -> None:
        self._alarms: list[_Alarm] = []
        self._change = threading.Condition()
        self._numbers = itertools.count()
        self._running = False

    def set(self, exchange: Exchange, seconds: float) -> _Alarm:
        """Have the exchange cut in so many seconds."""
        with self._change:
            alarm = _Alarm(time.monotonic() + seconds, next(self._numbers), exchange)
            heapq.heappush(self._alarms, alarm)
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, daemon=True).start()
            self._change.notify()
        return alarm

    def _run(self) -> None:
        with self._change:
            while self._alarms:
                alarm = self._alarms[0]
                left = alarm.at - time.monotonic()
                if not alarm.off and left > 0:
                    self._change.wait(left)
                    continue
                heapq.heappop(self._alarms)
                if not alarm.off:
                    alarm.exchange.late = True
                    if alarm.exchange.sock is not None:
                        with suppress(OSError):
                            alarm.exchange.sock.shutdown(socket.SHUT_RDWR)
            self._running = False

    def clear(self, alarm: _Alarm) -> None:
        """Let an exchange be: it is done."""
        with self._change:
            alarm.off = True
            self._change.notify()


@dataclass
class Limits:
    """What one exchange may take: bytes after decompression, seconds in all; hosts it may reach."""

    bytes: int
    seconds: float
    connect_timeout_s: float
    read_timeout_s: float
    private: frozenset[str]
    before_send: Callable[[], None]
    dress: Callable[[requests.PreparedRequest], requests.PreparedRequest]


class SafeAdapter(HTTPAdapter):
    """Requests' transport with checked addresses and a bound on each reply.

    The limits of the exchange under way are set in this thread by `exchanging`.
    """

    def __init__(self, connections: int) -> None:
        self._watch = Watch()
        super().__init__(pool_connections=64, pool_maxsize=connections, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools whose connections check addresses."""
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        """Make such pools behind a proxy."""
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def send(
        self, request: requests.PreparedRequest, *_args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send a request and read its whole reply.

        Raises `Refused`, `TooMuch` and `Unreachable`, and requests' exceptions for the rest.
        """
        limits: Limits = _thread.limits
        name = hostname(request.url or "")
        proxied = bool(requests.utils.select_proxy(request.url or "", kwargs.get("proxies")))
        private = proxied or name in limits.private
        if proxied and name not in limits.private:
            refuse_behind_proxy(name, urlsplit(request.url or "").port or 443)
        exchange = Exchange(private, limits.connect_timeout_s, limits.before_send)
        _thread.exchange = exchange
        alarm = self._watch.set(exchange, limits.seconds)
        try:
            response = super().send(
                limits.dress(request),
                stream=True,
                timeout=(limits.connect_timeout_s, limits.read_timeout_s),
                verify=kwargs.get("verify", True),
                proxies=kwargs.get("proxies"),
            )
            response.request, response.url = request, request.url or ""  # without keys
            read = self._read(response, limits.bytes)
        except (requests.RequestException, HTTPError, OSError) as error:
            if exchange.late:
                raise TooMuch(f"{name} took longer than {limits.seconds:.0f} s") from None
            if _never_connected(error):
                raise Unreachable(f"could not reach {name}") from None
            raise
        finally:
            self._watch.clear(alarm)
        if exchange.late:  # what was cut may look like a short reply
            raise TooMuch(f"{name} took longer than {limits.seconds:.0f} s")
        return read

    @staticmethod
    def _read(response: requests.Response, limit: int) -> requests.Response:
        """Read the body up to a limit and put it where requests and its cache look for it."""
        raw = response.raw
        body = bytearray()
        whole = False
        try:
            for chunk in raw.stream(CHUNK, decode_content=True):
                body += chunk
                if len(body) > limit:
                    raise TooMuch(f"{hostname(response.url)} sent more than {limit / 1e6:.0f} MB")
            whole = True
        finally:
            if not whole:
                raw.close()
        headers = {k: v for k, v in raw.headers.items() if k.lower() != "content-encoding"}
        response._content = bytes(body)  # noqa: SLF001 - requests has no other way in
        response.raw = HTTPResponse(
            io.BytesIO(bytes(body)), headers, raw.status, reason=raw.reason, preload_content=False
        )
        return response


def _never_connected(error: BaseException) -> bool:
    """Tell whether requests failed before anything was sent."""
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError)


class exchanging:  # noqa: N801 - used as `with exchanging(limits):`
    """Set the limits for the exchanges of this thread while the block lasts."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def __enter__(self) -> None:
        _thread.limits = self._limits

    def __exit__(self, *_: object) -> None:
        _thread.limits = None
