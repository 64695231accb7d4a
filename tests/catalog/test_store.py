"""The catalogue survives: kills at any moment, a full disk, another version, readers while it grows."""

import json
import signal
import subprocess
import sys
import textwrap

import pytest

pytest.importorskip("tantivy", reason="tantivy is not installed (extra `catalog`)")

from refcheck.catalog import build as builder
from refcheck.catalog import store
from refcheck.catalog.search import Searcher
from refcheck.errors import InputError, UsageError

KILLS = 50
RECORDS = 1500


def quiet(*_):
    """Tell nobody of progress."""


def write(path, numbers, broken=()):
    """Write records whose titles name their number; some lines are broken."""
    with path.open("w") as file:
        for n in numbers:
            row = {"id": f"r{n}", "title": f"On the bells of parish {n}", "authors": [f"Bell{n}, A."], "year": 1900 + n % 100, "volume": str(n), "pages": f"{n}-{n + 5}"}  # fmt: skip
            file.write("{broken\n" if n in broken else json.dumps(row) + "\n")
    return path


def titles(folder):
    """Return the titles of all records in their order, as a reader sees them."""
    reader = store.Reader(folder)
    found = [reader.items([n])[n]["title"] for n in range(reader.size)]
    reader.close()
    return found


def test_a_build_may_be_killed_at_any_moment(tmp_path):
    """After each of fifty kills the catalogue is whole batches, and the same command goes on to the end."""
    broken = {7, 700, 1400}
    source = write(tmp_path / "records.jsonl", range(RECORDS), broken)
    expected = [f"On the bells of parish {n}" for n in range(RECORDS) if n not in broken]
    # one process forks the fifty builds, so that each begins at once and not after its imports
    script = textwrap.dedent(
        """
        import os, random, signal, sys, time
        from pathlib import Path
        import tantivy
        from refcheck.catalog import build, store
        from refcheck.errors import InputError
        store.BATCH, build.CHUNK = 100, 20
        folder, source, kills, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
        rng = random.Random(seed)
        for _ in range(kills):
            child = os.fork()
            if child == 0:
                build.build(folder, [source], lambda *_: None)
                os._exit(0)
            time.sleep(rng.uniform(0.0, 0.06))
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                pass
            os.waitpid(child, 0)
            if store.exists(folder):
                try:
                    reader = store.Reader(folder)
                except InputError:
                    print("begun", flush=True)
                    continue
                print(reader.size, flush=True)
                reader.close()
        """
    )
    folder = tmp_path / "cat"
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(source), str(KILLS), "11"],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = done.stdout.split()
    begun = next((n for n, line in enumerate(told) if line != "begun"), len(told))
    sizes = [int(line) for line in told[begun:]]  # once there is a catalogue there is always one
    assert sizes == sorted(sizes)
    builder.build(folder, [source], quiet)
    assert titles(folder) == expected
    searcher = Searcher(store.Reader(folder))
    hits = searcher.find("Bell1200. On the bells of parish 1200. 1200: 1200-1205")
    assert hits[0].item["id"] == "r1200"
    assert len({hit.number for hit in hits}) == len(hits)
    rejects = (folder / store.REJECTS).read_text().splitlines()
    assert [json.loads(line)["place"] for line in rejects] == sorted(n + 1 for n in broken)


def test_a_full_disk_leaves_the_catalogue_usable(tmp_path):
    """One line and exit status 2; what was there before answers, and with room the same command goes on."""
    resource = pytest.importorskip("resource")
    folder = tmp_path / "cat"
    builder.build(folder, [write(tmp_path / "a.jsonl", range(200))], quiet)
    more = write(tmp_path / "b.jsonl", range(1000, 40_000))

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    done = subprocess.run(
        [sys.executable, "-m", "refcheck", "catalog", "add", str(folder), str(more)],
        capture_output=True, text=True, check=False, preexec_fn=small,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "stays usable" in done.stderr
    assert titles(folder)[:200] == [f"On the bells of parish {n}" for n in range(200)]
    assert (
        Searcher(store.Reader(folder)).find("Bell77. On the bells of parish 77")[0].item["id"]
        == "r77"
    )
    builder.build(folder, [more], quiet, add=True)
    assert len(titles(folder)) == 39_200


def test_readers_go_on_while_the_catalogue_grows(tmp_path):
    """Who has opened it sees the state of then; who opens it after, everything."""
    folder = tmp_path / "cat"
    builder.build(folder, [write(tmp_path / "a.jsonl", range(50))], quiet)
    before = Searcher(store.Reader(folder))
    builder.build(folder, [write(tmp_path / "b.jsonl", range(50, 90))], quiet, add=True)
    wanted = "Bell77. On the bells of parish 77. 77:77"
    assert "r77" not in [hit.item["id"] for hit in before.find(wanted)]
    assert before.find("Bell17. On the bells of parish 17")[0].item["id"] == "r17"
    assert Searcher(store.Reader(folder)).find(wanted)[0].item["id"] == "r77"


def test_a_second_writer_is_told(tmp_path):
    """Two cannot write at once; the second is told so, and harms nothing."""
    folder = tmp_path / "cat"
    first = store.Writer(folder)
    with pytest.raises(UsageError, match="by another process"):
        store.Writer(folder)
    first.close()


def test_an_older_catalogue_is_refused_with_what_to_do(tmp_path):
    """Its form differs, so the command that builds it anew is named."""
    folder = tmp_path / "cat"
    builder.build(folder, [write(tmp_path / "a.jsonl", range(5))], quiet)
    base = store.connect(folder, write=True)
    base.execute("UPDATE meta SET value = '1' WHERE key = 'version'")
    base.commit()
    base.close()
    with pytest.raises(InputError, match="refcheck catalog build --out"):
        store.Reader(folder)


def test_a_file_that_is_no_catalogue_is_told(tmp_path):
    """Garbage under the catalogue's name is no traceback."""
    (tmp_path / "catalog.sqlite").write_bytes(b"garbage" * 100)
    with pytest.raises(InputError, match="cannot be read as a catalogue"):
        store.Reader(tmp_path)


def test_a_kill_while_a_dead_batch_is_dropped_leaves_nothing_in_the_way(tmp_path):
    """The file that the killed process had begun does not stop the next."""
    folder = tmp_path / "cat"
    builder.build(folder, [write(tmp_path / "r.jsonl", range(60))], quiet)
    with store.connect(folder, write=True) as base:  # as if the last batch had not been committed
        base.execute("DELETE FROM records WHERE n >= 40")
    index = folder / "index"
    segment = next(index.glob("*.store")).stem
    strays = [f"{segment}.{number}.del" for number in range(400)]
    for name in strays:
        (index / name).write_bytes(b"begun")
    managed = index / ".managed.json"
    managed.write_text(json.dumps([*json.loads(managed.read_text()), *strays]))
    store.Writer(folder).close()
    assert titles(folder) == [f"On the bells of parish {n}" for n in range(40)]
