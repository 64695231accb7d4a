"""A web server on loopback that answers as a test tells it, and counts what it is asked."""

import threading
from collections import Counter
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from refcheck.model import Found, Query, Request, Source
from refcheck.net.http import Net
from refcheck.record import Record
from refcheck.settings import Settings


class Site:
    """The server: ``answers`` maps a path to what is said; ``asked`` holds what came in."""

    def __init__(self):
        self.answers, self.asked, self.headers = {}, [], []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.asked.append(self.path)
                site.headers.append(dict(self.headers))
                answer = site.answers.get(self.path.split("?")[0], (404, {}, b"{}"))
                if callable(answer):
                    answer = answer(self)
                if answer is None:
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - the name that http.server looks for

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def counts(self):
        """Count the requests by path."""
        return Counter(path.split("?")[0] for path in self.asked)


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def search(queries):
    """Ask for each title; a reply lists titles."""
    found = []
    for query in queries:
        reply = yield Request("/works", (("q", query.title),))
        titles = () if reply.status == 404 else reply.json()["titles"]
        found.append(tuple(Found(Record(title=title), id=title) for title in titles))
    return tuple(found)


@pytest.fixture
def source(site):
    """A source whose service is the server."""
    return Source(
        base=site.url,
        search=search,
        wants=frozenset({"work"}),
        purpose="tests",
        requests_per_second=1000.0,
        connections=4,
        contact_param="mailto",
        key_setting="openalex_api_key",
        key_param="api_key",
    )


@pytest.fixture
def ask(tmp_path, source):
    """Ask the source, in a run of its own, for titles; return the outcomes and the states."""

    def asking(*titles, sources=None, **knobs):
        knobs = {"cache_folder": tmp_path / "cache", "deadline_s": 20.0, **knobs}
        with closing(Net(sources or {"tests": source}, Settings(**knobs))) as net:
            outcomes = net.ask([("tests", Query("work", title=title)) for title in titles])
            return outcomes, net.states()[0]

    return asking
