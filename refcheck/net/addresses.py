"""Which addresses may be reached: those of the public internet, and those the user named.

An address in a document or in a reply may lead anywhere: to this machine, to the network it stands
in, to a cloud's metadata service. A name is resolved once, here, and the connection goes to the
address that was checked.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

from refcheck.net.failures import Refused

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215: leads into the local network
_COMPATIBLE = ipaddress.IPv6Network("::/96")  # RFC 4291, 2.5.5.1, long deprecated
PROXIED_S = 1.0
"""How long to ask for a name that only the proxy has to know."""
METADATA = frozenset({"169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"})
"""Metadata services of clouds; the last (Azure's) looks public."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet.

    IPv6 addresses that carry an IPv4 one (mapped, 6to4, Teredo, NAT64) are as public as that.
    """
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if str(ip) in METADATA:
        return False
    if isinstance(ip, IPv6Address):
        if ip in _NAT64_LOCAL or ip in _COMPATIBLE or ip.is_site_local:
            return False
        inner = _carried(ip)
        if inner:
            return all(is_public(str(one)) for one in inner)
    return ip.is_global and not ip.is_multicast


def _carried(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    if ip.ipv4_mapped:
        return (ip.ipv4_mapped,)
    if ip.sixtofour:
        return (ip.sixtofour,)
    if ip.teredo:
        return ip.teredo
    return (IPv4Address(int(ip) & 0xFFFFFFFF),) if ip in _NAT64 else ()


def hostname(url: str) -> str:
    """Return the host that an http(s) address names.

    Raises `Refused` for another scheme, for one without a host, and for one with a user name, which
    only serves to deceive.
    """
    try:
        parts = urlsplit(url)
        name, _ = parts.hostname, parts.port
    except ValueError:
        raise Refused(f"{url[:100]!r} is no address") from None
    if parts.scheme not in {"http", "https"}:
        raise Refused(f"only http and https are followed, not {parts.scheme[:20]!r}")
    if not name:
        raise Refused(f"{url[:100]!r} names no host")
    if "@" in parts.netloc:
        raise Refused(f"the address of {name} hides behind a user name")
    return name.lower().rstrip(".")


def refuse_behind_proxy(name: str, port: int) -> None:
    """Raise `Refused` for a host that is no public one as far as can be told from here.

    Behind a proxy the proxy resolves names and makes the connection. What can be told are addresses
    in any spelling that the system reads as one ("2130706433", "0x7f.1"), the names that mean this
    machine, and names that are known here too, and not as public ones.
    """
    _refuse_literal(name)
    with suppress(OSError):
        resolve(name, port, PROXIED_S, private=False)


def _refuse_literal(name: str) -> None:
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        raise Refused(f"{name} is in a private network")
    try:
        literal = socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        literal = name if ":" in name else ""
    if literal and not is_public(literal):
        raise Refused(f"{name} is in a private network")


def resolve(name: str, port: int, timeout_s: float, *, private: bool) -> list[str]:
    """Return the IP addresses of a host that may be reached, in the system's order.

    ``private`` lets any address pass. Raises `Refused` where none may, OSError where the name is
    not known or nobody told within the time.
    """
    done: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
            done.put(list(dict.fromkeys(str(info[4][0]) for info in infos)))
        except (OSError, UnicodeError) as error:
            done.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()  # getaddrinfo has no time limit of its own
    try:
        found = done.get(timeout=timeout_s)
    except queue.Empty:
        raise TimeoutError(f"nobody told the address of {name}") from None
    if isinstance(found, OSError):
        raise found
    allowed = [address for address in found if private or is_public(address)]
    if not allowed:
        raise Refused(f"{name} is in a private network")
    return allowed
