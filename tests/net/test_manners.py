"""Pace, contact and key of each service; waits that a service names; a net that is not there."""

import socket
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests

from refcheck.errors import SettingsError
from refcheck.model import Failed, Query
from refcheck.net.http import Net
from refcheck.net.limits import Pace
from refcheck.net.manners import Manners
from refcheck.net.replies import retry_after
from refcheck.settings import Settings


def manners(source, **knobs):
    sources = {"tests": replace(source, base="https://api.example.org")}
    return Manners(sources, Settings(**knobs), "1.0", Pace(None)), sources["tests"]


def test_callers_with_an_address_may_ask_faster(source):
    """The better pace and the connections of known callers hold with `mailto` only."""
    polite = replace(
        source,
        requests_per_second=1.0,
        contact_requests_per_second=3.0,
        connections=1,
        contact_connections=3,
    )
    plain, _ = manners(polite)
    known, _ = manners(polite, mailto="me@example.org")
    assert plain.limit("tests", "api.example.org")[1].per_second == 1.0
    assert plain.limit("tests", "api.example.org")[1].connections == 1
    assert known.limit("tests", "api.example.org")[1].per_second == 3.0
    assert known.limit("tests", "api.example.org")[1].connections == 3


def test_a_pace_of_ones_own_multiplies_every_rate(source):
    """`pace` is for stand-ins: it multiplies the documented rate."""
    fast, _ = manners(replace(source, requests_per_second=2.0), pace=5.0)
    assert fast.limit("tests", "api.example.org")[1].per_second == 10.0


def test_the_narrower_limit_holds(source):
    """A reply may narrow the pace of the table, never widen it."""
    mine, that = manners(replace(source, requests_per_second=2.0))
    mine.learn("tests", that, {"x-rate-limit-limit": "50", "x-rate-limit-interval": "1s"})
    assert mine.limit("tests", "api.example.org")[1].per_second == 2.0
    mine.learn("tests", that, {"x-rate-limit-limit": "1", "x-rate-limit-interval": "1s"})
    assert mine.limit("tests", "api.example.org")[1].per_second == 1.0
    mine.learn("tests", that, {"x-rate-limit-limit": "many", "x-rate-limit-interval": "0s"})
    assert mine.limit("tests", "api.example.org")[1].per_second == 1.0


def test_one_operator_counts_its_sources_together(source):
    """Sources that share a limit are counted under one name."""
    sources = {
        "wikidata": replace(source, base="https://www.wikidata.org", shares="wikimedia"),
        "wikipedia": replace(source, base="https://en.wikipedia.org", shares="wikimedia"),
    }
    both = Manners(sources, Settings(), "1.0", Pace(None))
    names = {
        both.limit("wikidata", "www.wikidata.org")[0],
        both.limit("wikipedia", "en.wikipedia.org")[0],
        both.limit("wikipedia", "zh.wikipedia.org")[0],
    }
    assert names == {"wikimedia"}


def test_keys_go_to_their_own_service_only(source):
    """On another host, as after a redirect, neither key nor address is put on."""
    mine, that = manners(source, openalex_api_key="SECRET", mailto="me@example.org")
    request = requests.Request("GET", "https://api.example.org/works").prepare()
    assert "SECRET" in mine.dress(that, request, own=True).url
    stranger = mine.dress(that, request, own=False)
    assert "SECRET" not in stranger.url
    assert "me%40" not in stranger.url
    assert "SECRET" not in request.url, "what is kept is not changed"


def test_a_key_may_come_from_the_keyring(source, monkeypatch):
    """A setting of `keyring` asks the system's keyring; without its package that is told."""
    import sys

    from refcheck.net.manners import _from_keyring

    _from_keyring.cache_clear()
    mine, that = manners(source, openalex_api_key="keyring")
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(SettingsError, match="openalex-api-key"):
        mine.key(that)

    class Ring:
        """A keyring that knows one key."""

        @staticmethod
        def get_password(service, user):
            """Return the key of refcheck."""
            return "KEPT" if (service, user) == ("refcheck", "openalex-api-key") else None

    monkeypatch.setitem(sys.modules, "keyring", Ring)
    assert mine.key(that) == "KEPT"
    _from_keyring.cache_clear()


def test_waits_are_read_as_seconds_and_as_dates():
    """Retry-After comes in both forms; what is neither is none."""
    soon = datetime.now(UTC) + timedelta(seconds=90)
    assert retry_after({"retry-after": "120"}) == 120
    assert retry_after({"retry-after": format_datetime(soon, usegmt=True)}) == pytest.approx(
        90, abs=3
    )
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0
    assert retry_after({"retry-after": "later"}) is None
    assert retry_after({"retry-after": "²"}) is None
    for unending in ("9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"):
        assert retry_after({"retry-after": unending}) == 86_400
    assert retry_after({}) is None


def test_names_that_nobody_resolves_cost_little(source, tmp_path, monkeypatch):
    """Where a net swallows every question for a name, all sources are given up within seconds."""

    def silence(*_args, **_kwargs):
        time.sleep(3)
        raise socket.gaierror("no answer")

    monkeypatch.setattr(socket, "getaddrinfo", silence)
    sources = {f"s{n}": replace(source, base=f"https://s{n}.example.org") for n in range(12)}
    knobs = Settings(cache_folder=tmp_path, connect_timeout_s=0.5)
    began = time.monotonic()
    with closing(Net(sources, knobs)) as net:
        outcomes = net.ask(
            [(name, Query("work", title=str(n))) for name in sources for n in range(3)]
        )
        states = net.states()
    assert time.monotonic() - began < 2.5
    assert all(isinstance(one, Failed) for one in outcomes)
    assert [one.message for one in states] == [
        f"could not reach {one.name}.example.org" for one in states
    ]
