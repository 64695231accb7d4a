"""The review page over HTTP, for the person at this machine alone.

It answers only where Host is a loopback name with its own port (against DNS rebinding), where the
token that was printed at the start is told, and where Origin, if there is one, is its own: no other
site can read from it or make it do anything. Its policy allows its own style and script by a nonce
made anew for each answer (Content Security Policy Level 3) and connections to itself.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from refcheck.errors import RefcheckError, UsageError
from refcheck.review import decisions
from refcheck.review.session import Review
from refcheck.writers import foreign, passages, report_html, works

if TYPE_CHECKING:
    from jinja2 import Template
    from starlette.types import ASGIApp, Receive, Scope, Send

BODY_LIMIT_BYTES = 100_000
"""More than any decision takes."""

_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """Lets through only what the page itself asks, with the token, at a loopback name."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 where something is not as it should be; give every answer its headers."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        if why := self._refused(request):
            await JSONResponse({"error": why}, 403, _HEADERS)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refused(self, request: Request) -> str:
        host = request.headers.get("host", "")
        if host not in self._hosts:
            return "this page answers only at the address that was printed"
        origin = request.headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return "another site may not ask here"
        if request.method != "GET" and origin is None:
            return "a change must say where it comes from"
        if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            return "another site may not ask here"
        api = request.url.path.startswith("/api/")
        told = request.headers.get("x-refcheck-token", "") if api else ""
        told = told or ("" if api else request.query_params.get("token", ""))
        if not secrets.compare_digest(told.encode(), self._token.encode()):
            return "the token is missing or wrong; open the address that was printed"
        return ""


def app(review: Review, token: str, port: int) -> ASGIApp:
    """Return the application for a document under review."""
    routes = [
        Route("/", _Page(review)),
        Route("/api/state", _answer(lambda _: review.state())),
        Route("/api/decide", _answer(lambda body: _decide(review, body)), methods=["POST"]),
        Route("/api/edit", _answer(lambda body: _edit(review, body)), methods=["POST"]),
        Route("/api/undo", _answer(lambda _: review.undo()), methods=["POST"]),
        Route("/api/paste", _answer(lambda body: _paste(review, body)), methods=["POST"]),
        Route("/api/search", _Search(review), methods=["POST"]),
        Route("/api/write", _answer(lambda _: {"written": review.write()}), methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), token, port)


def _text(body: Mapping[str, Any], key: str, limit: int = 2000) -> str:
    value = body.get(key, "")
    if not isinstance(value, str) or len(value) > limit:
        raise UsageError(f"`{key}` must be a text of at most {limit} signs")
    return value


def _decide(review: Review, body: Mapping[str, Any]) -> dict[str, Any]:
    action, numbers = body.get("action"), body.get("numbers", [])
    if action not in decisions.ACTIONS:
        raise UsageError("`action` must be accept, reject or fine")
    if not isinstance(numbers, list) or any(type(one) is not int for one in numbers):
        raise UsageError("`numbers` must be a list of whole numbers")
    return review.decide(_text(body, "finding"), action, numbers, _text(body, "reason"))


def _edit(review: Review, body: Mapping[str, Any]) -> dict[str, Any]:
    fields, number = body.get("fields"), body.get("number")
    if not isinstance(fields, dict) or type(number) is not int:
        raise UsageError("`fields` must be an object and `number` a whole number")
    return review.edit(_text(body, "finding"), number, {key: _text(fields, key) for key in fields})


def _paste(review: Review, body: Mapping[str, Any]) -> dict[str, Any]:
    identifier = _text(body, "identifier").strip()
    if not identifier:
        raise UsageError("paste a DOI, an address or an ISBN")
    return review.paste(_text(body, "finding"), identifier)


def _json(value: Any) -> bytes:
    return foreign.well_formed(json.dumps(value, ensure_ascii=False)).encode()


def _answer(act: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Callable[[Request], Any]:
    """Make an end point of a function from the request's JSON object to the answer's."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
            value = await run_in_threadpool(act, body)
        except RefcheckError as error:
            return JSONResponse({"error": str(error)}, 400, _HEADERS)
        return Response(_json(value), 200, _HEADERS, "application/json")

    return endpoint


async def _body(request: Request) -> Mapping[str, Any]:
    if request.method == "GET":
        return {}
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > BODY_LIMIT_BYTES:
            raise UsageError("that is more than a decision takes")
    try:
        body = json.loads(data or b"{}")
    except ValueError:
        raise UsageError("the request is no JSON") from None
    if not isinstance(body, dict):
        raise UsageError("the request must be a JSON object")
    return body


class _Search:
    """Streams the answers of each source, one JSON object a line, as they come."""

    def __init__(self, review: Review) -> None:
        self._review = review

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _body(Request(scope, receive))
            finding, words = _text(body, "finding"), _text(body, "words").strip()
            if not words:
                raise UsageError("say what to search for")
            self._review.finding(finding)
        except RefcheckError as error:
            await JSONResponse({"error": str(error)}, 400, _HEADERS)(scope, receive, send)
            return
        lines = self._lines(finding, words)
        response = StreamingResponse(lines, 200, _HEADERS, "application/x-ndjson")
        await response(scope, receive, send)

    def _lines(self, finding: str, words: str) -> Iterator[bytes]:
        for answer in self._review.search(finding, words):
            yield _json(answer) + b"\n"


class _Page:
    """Serves the page with the article in it; the rest comes by the page's own script."""

    def __init__(self, review: Review) -> None:
        self._review = review

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page, policy = await run_in_threadpool(self._render)
        headers = {**_HEADERS, "content-security-policy": policy}
        await HTMLResponse(page, 200, headers)(scope, receive, send)

    def _render(self) -> tuple[str, str]:
        nonce = secrets.token_urlsafe(16)
        part = self._review.original()
        cards, text = report_html.article(part)
        order = {id(finding): number for number, finding in enumerate(part.findings)}
        names = self._review.names
        page = _template().render(
            name=self._review.name,
            nonce=nonce,
            language=passages.language([card.item for card in cards]),
            passages=text,
            flows=passages.flows(part.document),
            ids={card.id: names[order[id(card.item.finding)]] for card in cards},
            style=f"{_file('refcheck.writers', 'report.css')}\n{_file('refcheck.review', 'page.css')}",
            script=_file("refcheck.review", "page.js"),
        )
        policy = "; ".join((
            "default-src 'none'",
            f"style-src 'nonce-{nonce}'",
            f"script-src 'nonce-{nonce}'",
            "connect-src 'self'",
            "img-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ))  # fmt: skip
        return foreign.well_formed(page), policy


@cache
def _file(package: str, name: str) -> str:
    return (resources.files(package) / name).read_text(encoding="utf-8").strip()


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = report_html.shown
    environment.filters["link"] = works.web
    environment.filters["inline"] = Markup  # our own style and script, no foreign text
    return environment.from_string(_file("refcheck.review", "page.html"))
