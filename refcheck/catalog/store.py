"""The catalogue on disk: SQLite holds the records and their exact identifiers, tantivy finds words.

What SQLite has committed counts. A record enters both in one batch, tantivy first; whatever tantivy
holds beyond the last number that SQLite knows is of a batch that did not end, and is ignored and
deleted by the next writer. So a process may be killed at any moment and readers see whole batches.
Identifiers are kept as hashes of eight bytes: 50 bytes a record less than their text.
"""

from __future__ import annotations

import contextlib
import io
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import msgspec

from refcheck.catalog.importers.form import Broken
from refcheck.catalog.words import item_keys, searched
from refcheck.errors import InputError, OutputError, UsageError

if TYPE_CHECKING:
    import tantivy

VERSION = 2
"""Form of the catalogue; one of another form is refused with the command to rebuild."""
BATCH = 250_000
"""Records a commit. Each leaves a segment of tantivy's: with fewer, questions are answered faster."""
REJECTS = "rejects.jsonl"
HEAP_BYTES = 200_000_000
"""Memory that tantivy may take before it writes a segment."""

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (n INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS keys (key INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, mark TEXT NOT NULL, units INTEGER NOT NULL,
    records INTEGER NOT NULL, rejects INTEGER NOT NULL, done INTEGER NOT NULL);
INSERT OR IGNORE INTO meta VALUES ('version', '{VERSION}');
COMMIT;
"""  # noqa: S608 - a number of ours

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


def hashed(key: str) -> int:
    """Return an identifier as the number under which it is kept: eight bytes of its BLAKE2b."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)  # fmt: skip


def exists(folder: Path) -> bool:
    """Tell whether a folder holds a catalogue, whole or begun; an empty file is what a kill left of one."""
    path = folder / "catalog.sqlite"
    if not path.is_file():
        return False
    with contextlib.closing(sqlite3.connect(path, timeout=30.0)) as base:
        try:
            return bool(base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        except sqlite3.DatabaseError:
            return True  # something, and no catalogue: whoever opens it is told


def engine() -> ModuleType:
    """Return tantivy; raises `UsageError` saying how to install it where it is not."""
    try:
        import tantivy
    except ImportError:
        raise UsageError(
            "the catalogue needs tantivy: pip install 'refcheck-citations[catalog]'"
        ) from None
    return tantivy


def schema() -> tantivy.Schema:
    """Return tantivy's schema: the words, without counts or places, and the record's number."""
    builder = engine().SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("n", fast=True, indexed=True)
    built: tantivy.Schema = builder.build()
    return built


def connect(folder: Path, *, write: bool = False) -> sqlite3.Connection:
    """Open the records; raises `InputError` where there is no catalogue, or one of another form."""
    path = folder / "catalog.sqlite"
    if not write and not path.is_file():
        raise InputError(
            f"{folder} holds no catalogue; make one: refcheck catalog build --out {folder} FILE..."
        )
    try:
        base = (
            sqlite3.connect(path, timeout=30.0)
            if write
            else sqlite3.connect(  # asked from one thread at a time, not always the same
                f"file:{path}?mode=ro", uri=True, timeout=30.0, check_same_thread=False
            )
        )
        if write:
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=NORMAL")
            base.executescript(_SCHEMA)
            base.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?)", (str(VERSION),))
            base.commit()
        found = base.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path} cannot be read as a catalogue: {error}") from None
    if found is None or found[0] != str(VERSION):
        base.close()
        raise InputError(
            f"{folder} was made by another version of refcheck; build it anew into another folder: "
            f"refcheck catalog build --out NEW FILE..."
        )
    base.execute("PRAGMA mmap_size=1073741824")
    base.execute("PRAGMA cache_size=-65536")
    return base


class Done(NamedTuple):
    """How far a file has been read: its units, of them records and rejects, and whether to its end."""

    units: int
    records: int
    rejects: int
    done: bool


class Writer:
    """Adds records to a catalogue, a batch at a time. One writer at a time; readers go on."""

    def __init__(self, folder: Path) -> None:
        tantivy = engine()
        self.folder = folder
        try:
            (folder / "index").mkdir(parents=True, exist_ok=True)
            self.base = connect(folder, write=True)
            self.index = tantivy.Index(schema(), path=str(folder / "index"))
            self.writer = self.index.writer(HEAP_BYTES, 1)
        except (OSError, sqlite3.OperationalError) as error:
            raise OutputError(f"{folder} cannot be written: {error}") from None
        except ValueError as error:
            raise UsageError(f"{folder} is being written by another process ({error})") from None
        self.rejects = self._rejects()
        self._document = tantivy.Document
        self.waiting = 0
        self.next = self._after_last()
        self._drop_unfinished()

    def _after_last(self) -> int:
        (last,) = self.base.execute("SELECT max(n) FROM records").fetchone()
        return 0 if last is None else int(last) + 1

    def _rejects(self) -> BinaryIO:
        """Open the reject file where its last line that counts ends."""
        found = self.base.execute("SELECT value FROM meta WHERE key = 'rejects'").fetchone()
        file = (self.folder / REJECTS).open("ab")
        file.truncate(min(int(found[0]) if found else 0, file.tell()))
        file.seek(0, io.SEEK_END)
        return file

    def _drop_unfinished(self) -> None:
        """Delete from tantivy what is of a batch that SQLite never committed.

        A process that was killed while it did so has left a file of that name: it goes first.
        """
        tantivy = engine()
        beyond = tantivy.Query.range_query(
            schema(), "n", tantivy.FieldType.Unsigned, self.next, 2**63, include_upper=True
        )
        if self.index.searcher().search(beyond, 1).hits:
            self.writer.garbage_collect_files()
            self.writer.delete_documents_by_query(beyond)
            self.writer.commit()

    def begin(self, files: Sequence[tuple[str, int, str]]) -> None:
        """Note the files that are to be read: name, size, mark; so what was begun is known as such."""
        with self.base:
            self.base.executemany("INSERT OR IGNORE INTO files VALUES (?, ?, ?, 0, 0, 0, 0)", files)

    def done(self, name: str) -> Done:
        """Say how far a file has been read."""
        row = self.base.execute(
            "SELECT units, records, rejects, done FROM files WHERE name = ?", (name,)
        ).fetchone()
        return Done(row[0], row[1], row[2], bool(row[3])) if row else Done(0, 0, 0, False)

    def reject(self, name: str, faults: Sequence[Broken]) -> None:
        """Name what could not be read in the reject file, a line each."""
        if faults:
            lines = [{"file": name, "place": one.place, "why": one.why[:300]} for one in faults]
            self.rejects.write(b"".join([msgspec.json.encode(line) + b"\n" for line in lines]))

    def add(self, items: Sequence[Mapping[str, Any]], progress: Mapping[str, Any]) -> None:
        """Add CSL items, and with them how far their file has been read; both count once committed."""
        document = self._document
        rows: list[tuple[int, bytes]] = []
        keys: list[tuple[int, int]] = []
        number = self.next
        try:
            for item in items:
                entry = document()
                entry.add_text("words", " ".join(searched(item)))
                entry.add_unsigned("n", number)
                self.writer.add_document(entry)
                rows.append((number, _encode(item)))
                keys.extend([(hashed(key), number) for key in item_keys(item)])
                number += 1
            self.base.executemany("INSERT INTO records VALUES (?, ?)", rows)
            self.base.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", keys)
            self.base.execute(
                "INSERT OR REPLACE INTO files VALUES (:name, :size, :mark, :units, :records, :rejects, :done)",
                progress,
            )
        except (OSError, sqlite3.OperationalError, ValueError) as error:
            raise self._full(error) from None
        self.next = number
        self.waiting += len(rows)
        if self.waiting >= BATCH:
            self.commit()

    def commit(self) -> None:
        """Make what was added count: tantivy first, then the records."""
        try:
            if self.waiting:
                self.writer.commit()
            self.rejects.flush()
            self.base.execute(
                "INSERT OR REPLACE INTO meta VALUES ('rejects', ?)", (str(self.rejects.tell()),)
            )
            self.base.commit()
        except (OSError, sqlite3.OperationalError, ValueError) as error:
            raise self._full(error) from None
        self.waiting = 0

    def _full(self, error: Exception) -> OutputError:
        """Say what stopped the writing; of a full disk tantivy tells by a `ValueError`."""
        return OutputError(
            f"{self.folder}: {error}; what was committed before stays usable, the same command goes on"
        )

    def close(self) -> None:
        """Let tantivy end its merging and close both; what was not committed is forgotten."""
        with contextlib.suppress(sqlite3.OperationalError, ValueError):
            self.writer.wait_merging_threads()
            self.base.rollback()
            self.base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.rejects.close()
        self.base.close()


class Reader:
    """Reads a catalogue as it was when it was opened."""

    def __init__(self, folder: Path) -> None:
        tantivy = engine()
        self.base = connect(folder)
        (last,) = self.base.execute("SELECT max(n) FROM records").fetchone()
        self.size = 0 if last is None else int(last) + 1
        try:
            self.index = tantivy.Index(schema(), path=str(folder / "index"))
            self.index.reload()
        except ValueError as error:
            raise InputError(
                f"{folder}/index cannot be read: {error}; build the catalogue anew"
            ) from None
        self.searcher = self.index.searcher()

    def items(self, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Return records by their numbers; a number that is not there is left out."""
        marks = ",".join("?" * len(numbers))
        asked = f"SELECT n, data FROM records WHERE n IN ({marks})"  # noqa: S608 - marks are "?"
        rows = self.base.execute(asked, tuple(numbers))
        return {n: _decode(data) for n, data in rows}

    def known(self, keys: Iterable[str], most: int = 20) -> list[int]:
        """Return the numbers of the records that have one of the identifiers."""
        found: list[int] = []
        for key in keys:
            rows = self.base.execute(
                "SELECT n FROM keys WHERE key = ? LIMIT ?", (hashed(key), most)
            )
            found.extend(n for (n,) in rows)
        return list(dict.fromkeys(found))

    def files(self) -> Iterator[Mapping[str, Any]]:
        """Yield what is known of each file that was read."""
        names = ("name", "size", "mark", "units", "records", "rejects", "done")
        for row in self.base.execute(f"SELECT {', '.join(names)} FROM files ORDER BY name"):  # noqa: S608
            yield dict(zip(names, row, strict=True))

    def close(self) -> None:
        """Close the records."""
        self.base.close()


def bytes_of(folder: Path) -> tuple[int, int]:
    """Return the bytes of the records and of the index."""
    index = sum(one.stat().st_size for one in (folder / "index").rglob("*") if one.is_file())
    return (folder / "catalog.sqlite").stat().st_size, index
