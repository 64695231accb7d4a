"""How each service is addressed: its limit, the user's contact and key, and what it tells of both.

Contact and key are put on at the last moment, below the cache, so that they stand in nothing kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

import requests

from refcheck.errors import SettingsError
from refcheck.model import Source
from refcheck.net.limits import Pace, Rate
from refcheck.settings import Settings

HOME = "https://pypi.org/project/refcheck-citations/"
PAGE_RATE = Rate(per_second=1.0, burst=2, connections=2, shared=False)
"""For a site of which nothing is known."""


class Manners:
    """The manners towards all sources of a run."""

    def __init__(
        self, sources: Mapping[str, Source], settings: Settings, version: str, pace: Pace
    ) -> None:
        self._sources = sources
        self._settings = settings
        self._pace = pace
        self._learned: dict[str, float] = {}
        self._shared = {
            urlsplit(self.base(name)).hostname or "": source.shares or name
            for name, source in sources.items()
            if self.base(name)
        }
        mailto = f"; mailto:{settings.mailto}" if settings.mailto else ""
        self._agent = f"refcheck/{version} (+{HOME}{mailto})"

    def base(self, name: str) -> str:
        """Return the address below which a source's paths lie."""
        source = self._sources[name]
        own = getattr(self._settings, source.base_setting) if source.base_setting else ""
        return str(own or source.base).rstrip("/")

    def limit(self, name: str, host: str) -> tuple[str, Rate]:
        """Return under which name a request is counted, and the limit of that."""
        source = self._sources[name]
        if host in self._shared:
            key = self._shared[host]
            source = self._sources.get(key, source)
        elif self.base(name):
            key = source.shares or name
        else:
            key = host
        if key == host:
            return key, replace(PAGE_RATE, per_second=PAGE_RATE.per_second * self._settings.pace)
        contact = source.contact_requests_per_second
        per_second = contact if contact and self._settings.mailto else source.requests_per_second
        if source.keyed_requests_per_second and self.key(source):
            per_second = source.keyed_requests_per_second
        per_second = min(per_second * self._settings.pace, self._learned.get(key, float("inf")))
        many = contact and self._settings.mailto and source.contact_connections
        return key, Rate(per_second, source.burst, many or source.connections)

    def key(self, source: Source) -> str:
        """Return the user's key for a source; "" for none.

        A setting of ``keyring`` has it taken from the system's keyring (service "refcheck", the
        setting's name as user), where the package of that name is installed.
        """
        if not source.key_setting:
            return ""
        key = str(getattr(self._settings, source.key_setting))
        return _from_keyring(source.key_setting) if key == "keyring" else key

    def dress(
        self, source: Source, request: requests.PreparedRequest, *, own: bool
    ) -> requests.PreparedRequest:
        """Add what identifies us, and the user's key, to a copy that is sent and not kept."""
        dressed = request.copy()
        dressed.headers["User-Agent"] = self._agent
        if not own:
            return dressed
        extra = {}
        if source.contact_param and self._settings.mailto:
            extra[source.contact_param] = self._settings.mailto
        key = self.key(source)
        if key and source.key_header:
            dressed.headers[source.key_header] = source.key_prefix + key
        if key and source.key_param:
            extra[source.key_param] = key
        if extra:
            dressed.prepare_url(dressed.url, extra)
        return dressed

    def learn(self, key: str, source: Source, headers: Mapping[str, str]) -> None:
        """Take the limits that a reply tells, where they are the narrower ones."""
        limit, interval = headers.get("x-rate-limit-limit"), headers.get("x-rate-limit-interval")
        try:
            if limit and interval and interval.endswith("s"):
                per_second = float(limit) / float(interval[:-1])
                if per_second > 0:
                    self._learned[key] = per_second * self._settings.pace
            if source.daily_budget and (left := headers.get("x-ratelimit-remaining-usd")):
                self._pace.learn_left(key, float(left), source.daily_budget)
        except (ValueError, ZeroDivisionError):
            return


@cache
def _from_keyring(setting: str) -> str:
    try:
        import keyring
    except ImportError:
        raise SettingsError(
            f"{setting.replace('_', '-')} is to come from the keyring; install the package keyring"
        ) from None
    return str(keyring.get_password("refcheck", setting.replace("_", "-")) or "")
