"""What is kept of answers: how much, how long, and how it is shown, emptied and exported."""

import json
import threading
from contextlib import closing

import pytest
import requests
import urllib3
from click.testing import CliRunner

from refcheck.cli.cache import command
from refcheck.net.cache import FILE, Answers


@pytest.fixture
def filled(ask, site, tmp_path):
    """A cache with three answers of some size."""
    site.answers["/works"] = lambda request: (
        200, {}, json.dumps({"titles": [request.path + "x" * 40_000]}).encode()
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


def test_several_runs_share_the_cache(tmp_path):
    """Runs that write at once neither lose answers nor damage the file."""
    stores = [Answers(tmp_path) for _ in range(3)]

    def write(store, nth):
        for number in range(15):
            request = requests.Request("GET", f"https://example.org/{nth}/{number}").prepare()
            response = requests.Response()
            response.status_code, response.request, response.url = 200, request, request.url
            response._content = b"x"
            response.raw = urllib3.HTTPResponse(status=200)
            store.session.cache.save_response(response, store.session.cache.create_key(request))

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
