"""Which addresses may be reached."""

import ipaddress
import socket
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcheck.net.addresses import hostname, is_public, refuse_behind_proxy, resolve
from refcheck.net.failures import Refused


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - refused, not bound to

        "224.0.0.1", "255.255.255.255", "198.51.100.6", "168.63.129.16", "::1", "::", "fe80::1", "fc00::1",
        "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::",
        "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "fd00:ec2::254",
        "2001:0:4136:e378:8000:63bf:80ff:fffe", "fe80::1%eth0", "not an address",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(address):
    """Loopback, private, link-local, CGNAT, multicast, metadata: in every form that carries them."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "104.16.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_reached(address):
    """The public internet is reached, through NAT64 too."""
    assert is_public(address)


@given(st.integers(0, 2**32 - 1))
def test_carried_addresses_are_as_public_as_what_they_carry(number):
    """An IPv6 address that maps an IPv4 one never opens what the IPv4 one does not."""
    inner = ipaddress.IPv4Address(number)
    mapped = f"::ffff:{inner}"
    nat64 = str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + number))
    assert is_public(mapped) == is_public(str(inner)) == is_public(nat64)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://example.org/", "javascript:alert(1)", "data:,x",
        "http://user@example.org/", "http://example.org@127.0.0.1/", "http:///x", "http://[::1", "//x", "",
        "http://example.org:99999/",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_followed(url):
    """Another scheme, a user name and what is no address are refused in one line."""
    with pytest.raises(Refused) as refusal:
        hostname(url)
    assert "\n" not in str(refusal.value)


def test_a_host_is_read_from_an_address():
    """A host comes in lower case without a closing stop."""
    assert hostname("https://API.Crossref.org.:443/works") == "api.crossref.org"


@pytest.mark.parametrize(
    "name",
    ["localhost", "a.localhost", "printer.local", "metadata.google.internal", "127.0.0.1", "2130706433",
     "0x7f.1", "0177.0.0.1", "::1", "169.254.169.254", "0"],
)  # fmt: skip
def test_behind_a_proxy_private_spellings_are_refused(name):
    """Where a proxy resolves names, the spelling alone tells."""
    with pytest.raises(Refused):
        refuse_behind_proxy(name, 443)


@pytest.mark.parametrize(
    ("known", "refused"),
    [("8.8.8.8", False), ("10.1.2.3", True), ("127.0.0.1", True), (None, False)],
)
def test_behind_a_proxy_names_known_here_are_checked(monkeypatch, known, refused):
    """A name that leads into the private network is refused; one that only the proxy knows passes."""

    def told(*_args, **_kwargs):
        if known is None:
            raise OSError("no such name")
        return [(2, 1, 6, "", (known, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    with pytest.raises(Refused) if refused else nullcontext():
        refuse_behind_proxy("intranet.example.org", 443)


def test_a_name_of_this_machine_is_refused_unless_allowed():
    """A name that leads to loopback is refused; a host that the user allowed is not."""
    with pytest.raises(Refused):
        resolve("localhost", 80, 3, private=False)
    assert resolve("localhost", 80, 3, private=True)


def test_an_unknown_name_is_no_refusal():
    """A name that nobody knows is told as such."""
    with pytest.raises(OSError, match=r".+"):
        resolve("no-such-host.invalid", 80, 3, private=False)
