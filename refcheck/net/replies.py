"""Between requests' values and ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

from refcheck.model import Reply
from refcheck.net.addresses import hostname
from refcheck.net.failures import Refused

DAY_S = 86_400.0


def params_of(prepared: requests.PreparedRequest) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a request as they are sent."""
    return tuple(parse_qsl(urlsplit(prepared.url or "").query, keep_blank_values=True))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After, seconds or an HTTP date, as seconds from now (RFC 9110, 10.2.3).

    At most a day: it is kept for later runs, and a slip of a service must not bar it for ever.
    """
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return min(float(text), DAY_S)
    try:
        when = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    left = (when - datetime.now(when.tzinfo or UTC)).total_seconds()
    return min(max(0.0, left), DAY_S)


def reply_of(response: requests.Response) -> Reply:
    """Make of what requests gives what sources read."""
    return Reply(
        status=response.status_code,
        body=response.content or b"",
        url=response.url,
        headers={name.lower(): value for name, value in response.headers.items()},
        retrieved=datetime.now(UTC).replace(microsecond=0),
    )


def next_hop(prepared: requests.PreparedRequest, target: str) -> requests.PreparedRequest:
    """Return the request for where a reply redirects to. Raises `Refused` for what is no address."""
    try:
        url = urljoin(
            prepared.url or "", target.encode("latin-1", "ignore").decode("utf-8", "ignore")
        )
        hostname(url)
        headers = {"Accept": prepared.headers.get("Accept", "*/*")}
        return requests.Request("GET", url, headers=headers).prepare()
    except (requests.RequestException, ValueError):
        raise Refused(f"a redirect to {target[:100]!r}") from None
