"""What is kept of answers: how much, how long, and how it is shown, emptied and exported."""

import json
import os
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import requests
from click.testing import CliRunner

from refcheck.cli.cache import command
from refcheck.model import Reply
from refcheck.net.cache import FILE, Answers, validators

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def filled(ask, site, tmp_path):
    """A cache with three answers of some size."""
    site.answers["/works"] = lambda request: (
        200, {}, json.dumps({"titles": [request.path + os.urandom(40_000).hex()]}).encode()
    )  # fmt: skip
    ask("a", "b", "c")
    return tmp_path / "cache"


def run(folder, *arguments):
    return CliRunner().invoke(command, [*arguments, "--cache-folder", str(folder)])


def test_the_cache_is_shown(filled):
    """`cache info` names the file, the answers, their size and days."""
    shown = run(filled, "info")
    assert shown.exit_code == 0
    assert str(filled / FILE) in shown.output
    assert "3 answers, 0." in shown.output


def test_the_cache_is_emptied(filled):
    """`cache clear` forgets all answers and says how many there were."""
    assert "3 answers forgotten" in run(filled, "clear").output
    assert "0 answers" in run(filled, "info").output


def test_the_cache_is_exported(filled, tmp_path):
    """`cache export` writes one answer a line, with its address, status, time and text."""
    target = tmp_path / "out.jsonl"
    assert run(filled, "export", str(target)).exit_code == 0
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 3
    assert all(row["status"] == 200 and row["retrieved"].endswith("Z") for row in rows)
    assert all(json.loads(row["text"])["titles"] for row in rows)


def test_the_cache_is_bounded(filled):
    """A cache beyond its bound loses its oldest answers when it is opened."""
    with closing(Answers(filled, limit_mb=0.1)) as answers:
        assert sum(1 for _ in answers.all()) == 1


def test_a_damaged_cache_is_put_aside(filled, ask, site):
    """A cache file that is none is moved away, and the run goes on with a new one."""
    for path in filled.iterdir():
        if path.name.startswith(FILE):
            path.write_bytes(b"this is no database at all" * 100)
    outcomes, _ = ask("a")
    assert outcomes[0].answers
    assert (filled / FILE).with_suffix(".damaged").exists()


def test_a_cache_that_cannot_be_written_is_done_without(ask, site, tmp_path):
    """Where the folder is a file, answers are kept in memory, and the run goes on."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    site.answers["/works"] = (200, {}, b'{"titles": ["a"]}')
    outcomes, _ = ask("a", cache_folder=tmp_path / "file")
    assert outcomes[0].answers


def test_no_cache_keeps_nothing(ask, site, tmp_path):
    """With `no_cache` nothing is read and nothing kept; within the run nothing is asked twice."""
    site.answers["/works"] = (200, {}, b'{"titles": ["a"]}')
    ask("a", no_cache=True)
    ask("a", no_cache=True)
    assert len(site.asked) == 2
    assert not (tmp_path / "cache" / FILE).exists()


def request(url="https://example.org/1", **more):
    return requests.Request(more.pop("method", "GET"), url, **more).prepare()


def test_several_runs_share_the_cache(tmp_path):
    """Runs that write at once neither lose answers nor damage the file."""
    stores = [Answers(tmp_path) for _ in range(3)]

    def write(store, nth):
        for number in range(15):
            store.keep(
                request(f"https://example.org/{nth}/{number}"), Reply(200, b"x", retrieved=NOW)
            )

    threads = [
        threading.Thread(target=write, args=pair) for pair in zip(stores, range(3), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    with closing(Answers(tmp_path)) as answers:
        assert sum(1 for _ in answers.all()) == 45


def test_what_is_kept_comes_back_as_it_came(tmp_path):
    """A reply is given back whole, by whoever asks the same, and says that it is from the cache."""
    asked = request(method="POST", data=b"{}", headers={"Accept": "text/x"})
    came = Reply(404, b"\x00\xff nothing", "https://example.org/2", {"etag": '"1"'}, retrieved=NOW)
    with closing(Answers(tmp_path, clock=NOW.timestamp)) as answers:
        answers.keep(asked, came)
    with closing(Answers(tmp_path, clock=NOW.timestamp)) as answers:
        assert answers.known(asked) == replace(came, from_cache=True)
        for other in (
            request(method="POST", data=b"[]", headers={"Accept": "text/x"}),
            request(headers={"Accept": "text/x"}),
            request(method="POST", data=b"{}"),
        ):
            assert answers.known(other) is None


def test_answers_age(tmp_path):
    """An answer is kept 30 days, "nothing" one, and counts anew once its source says it holds."""
    now = [NOW.timestamp()]
    with closing(Answers(tmp_path, clock=lambda: now[0])) as answers:
        for url in ("https://example.org/hit", "https://example.org/miss"):
            answers.keep(request(url), Reply(200, b"x", url, {"etag": "1"}, retrieved=NOW))
        answers.shorten(request("https://example.org/miss"))
        now[0] += 86_400 + 1
        assert answers.known(request("https://example.org/hit"))
        assert answers.known(request("https://example.org/miss")) is None
        aged = answers.known(request("https://example.org/miss"), aged=True)
        assert validators(aged) == {"If-None-Match": "1"}
        now[0] += 29 * 86_400
        assert answers.known(request("https://example.org/hit")) is None
        assert answers.renew(request("https://example.org/hit")).body == b"x"
        assert answers.known(request("https://example.org/hit"))


def test_failures_are_no_answers(tmp_path):
    """What a service says when it is ill, busy or suspicious is not kept."""
    with closing(Answers(tmp_path)) as answers:
        for status in (202, 400, 403, 429, 500, 503):
            answers.keep(request(), Reply(status, b"x", retrieved=datetime.now(UTC)))
            assert answers.known(request()) is None
