"""A review page on loopback, over a document and a library made for the test."""

import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from refcheck.review.session import Review
from refcheck.settings import Settings

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TOKEN = "t0ken-for-tests"
ARTICLE = """Electric Vehicles in China: A Market on the Move

The market for electric vehicles in China has grown for years.

References:
- Additional academic papers and industry reports on the Chinese EV market (To be added based on further research).
- 36Kr article: [Insert Link to 36Kr Article Here] (Note: This should be replaced with the actual link.)
"""
LIBRARY = [
    {"id": "kalthaus2021", "type": "article-journal", "title": "Determinants of Electric Vehicle Diffusion in China",
     "author": [{"family": "Kalthaus", "given": "Martin"}, {"family": "Sun", "given": "Jiatang"}],
     "issued": {"date-parts": [[2021]]}, "container-title": "Environmental and Resource Economics",
     "volume": "80", "issue": "3", "page": "473-510", "DOI": "10.1007/s10640-021-00596-4"},
    {"id": "li2020", "type": "report", "title": "The Role of Government in the Market for Electric Vehicles: Evidence from China",
     "author": [{"family": "Li", "given": "Shanjun"}], "issued": {"date-parts": [[2020, 8]]}, "publisher": "World Bank",
     "URL": "https://openknowledge.worldbank.org/server/api/core/bitstreams/201e62ad-7bca-562f-b35f-6114cc127fd7/content"},
    {"id": "zhang2017", "type": "article-journal", "title": "Review of electric vehicle policies in China: Content summary and effect analysis",
     "author": [{"family": "Zhang", "given": "Xingping"}], "issued": {"date-parts": [[2017]]},
     "container-title": "Renewable and Sustainable Energy Reviews", "page": "698-714", "DOI": "10.1016/j.rser.2016.11.250"},
]  # fmt: skip


@pytest.fixture
def review_of(tmp_path):
    """Open a review of a text with a library; the same again to see what was kept."""
    opened = []

    def review_of(text=ARTICLE, library=LIBRARY, **further):
        path, own = tmp_path / "article.txt", tmp_path / "own.json"
        path.write_text(text, encoding="utf-8")
        own.write_text(json.dumps(library), encoding="utf-8")
        settings = Settings(
            **{"library": (own,), "offline": True, "no_cache": True, "cache_folder": tmp_path}
            | further
        )
        review = Review(path, settings, NOW)
        review.ask()
        opened.append(review)
        return review

    yield review_of
    for review in opened:
        review.close()


@pytest.fixture
def serve():
    """Serve a review on loopback; returns its address and a way to stop it."""
    uvicorn = pytest.importorskip("uvicorn", reason="needs the extra review")
    import socket

    from refcheck.review import server

    running = []

    def serve(review, port=0):
        listening = socket.create_server(("127.0.0.1", port))
        number = listening.getsockname()[1]
        config = uvicorn.Config(server.app(review, TOKEN, number), log_level="warning")
        served = uvicorn.Server(config)
        thread = threading.Thread(target=served.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()

        def stop():
            served.should_exit = served.force_exit = True
            thread.join(5)
            listening.close()

        running.append(stop)
        return f"http://127.0.0.1:{number}", stop

    yield serve
    for stop in running:
        stop()


ANSWER = {"title": "Electric vehicles: an answer of the {} source", "doi": "10.5555/{}"}
SOURCE = '''"""A source of the test's own."""

from refcheck.model import Found, Request, Source
from refcheck.record import Record


def search(queries):
    """Ask for each query's words."""
    answers = []
    for query in queries:
        reply = yield Request("/{name}", (("q", query.text or query.title or query.identifier),))
        found = [Record(type="article-journal", **one) for one in reply.json()]
        answers.append(tuple(Found(one, id=one.doi) for one in found))
    return tuple(answers)


SOURCE = Source(base="{base}", search=search, wants=frozenset({{"work", "topic"}}), purpose="a test",
                requests_per_second=1000, connections=4)  # both are on one host, and neither waits for the other
'''


class Answering(BaseHTTPRequestHandler):
    """Answers for two sources; the slow one waits where it was told to."""

    def do_GET(self):
        """Answer with one work, once there is something to answer."""
        name = self.path[1:5]
        if name == "slow":
            self.server.slow.wait(20)
        body = [{key: text.format(name) for key, text in ANSWER.items()}]
        data = json.dumps(body if "other" in self.path else []).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def two_sources(tmp_path):
    """Two sources on loopback that know a work for "other" words; the slow one waits while told to."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.slow = threading.Event()
    server.slow.set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in ("fast", "slow"):
        base = f"http://127.0.0.1:{server.server_address[1]}"
        (folder / f"{name}.py").write_text(SOURCE.format(name=name, base=base))
    server.settings = {
        "offline": False, "source_folder": folder, "only_source": ("fast", "slow"),
        "allow_host": ("127.0.0.1",),
    }  # fmt: skip
    yield server
    server.slow.set()
    server.shutdown()
    server.server_close()
