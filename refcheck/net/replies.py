"""From requests' values to ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit

import requests
from requests_cache.models.response import CachedResponse

from refcheck.model import Reply


def params_of(prepared: requests.PreparedRequest) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a request as they are sent."""
    return tuple(parse_qsl(urlsplit(prepared.url or "").query, keep_blank_values=True))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After, seconds or an HTTP date, as seconds from now (RFC 9110, 10.2.3)."""
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, (when - datetime.now(when.tzinfo or UTC)).total_seconds())


def reply_of(response: requests.Response | CachedResponse, *, cached: bool) -> Reply:
    """Make of what requests gives what sources read."""
    made = getattr(response, "created_at", None) if cached else None
    when = made.replace(tzinfo=UTC) if made else datetime.now(UTC)
    return Reply(
        status=response.status_code,
        body=response.content or b"",
        url=response.url,
        headers={name.lower(): value for name, value in response.headers.items()},
        retrieved=when.replace(microsecond=0),
        from_cache=cached,
    )
