"""From dump files to a catalogue; what was killed is continued, what is done is not done again."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from refcheck.catalog import store
from refcheck.catalog.importers import bibliography, json_lines, xml_dumps
from refcheck.catalog.importers.form import Broken, FileImporter, Item
from refcheck.errors import InputError, OutputError, UsageError

IMPORTERS: tuple[FileImporter, ...] = (
    *xml_dumps.IMPORTERS, json_lines.IMPORTER, bibliography.IMPORTER,
)  # fmt: skip
START_BYTES = 65536
"""How much of a file is looked at to tell its form."""
CHUNK = 2000
"""Records held in memory at once."""

Progress = Callable[[str, int, int, int], None]
"""Called with the file's name, records so far, the bytes read of it, and all its bytes."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: files read, records added, records that could not be read."""

    files: int
    records: int
    rejects: int


def build(folder: Path, paths: Sequence[Path], progress: Progress, *, add: bool = False) -> Built:
    """Put the works of files into a catalogue.

    Without ``add`` the catalogue is new, or was begun or finished with the same files. Raises
    `UsageError` for other files, `InputError` for one that cannot be read, before anything is done.
    """
    marks = {str(path.resolve()): (path, *_mark(path)) for path in paths}
    importers = {name: importer_of(path) for name, (path, _, _) in marks.items()}
    if store.exists(folder):
        reader = store.connect(folder)
        known = {
            name: (size, mark)
            for name, size, mark in reader.execute("SELECT name, size, mark FROM files")
        }
        reader.close()
        other = {name for name in known if name not in marks or known[name] != marks[name][1:]}
        new = marks.keys() - known.keys()
        finished = _finished(folder)
        if not add and (other or (new and finished)):
            raise UsageError(
                f"{folder} was made of other files; to add these: refcheck catalog add {folder} FILE..."
            )
        changed = (other & marks.keys()) if add else set()
        if changed:
            raise UsageError(
                f"{min(changed)} has changed since it was read; build the catalogue anew"
            )
        if not new and finished:
            return Built(0, 0, 0)
    elif add:
        raise UsageError(
            f"{folder} holds no catalogue; make one: refcheck catalog build --out {folder} FILE..."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror}") from None
    writer = store.Writer(folder)
    records = rejects = 0
    try:
        writer.begin([(name, size, mark) for name, (_, size, mark) in marks.items()])
        for name, (path, size, mark) in marks.items():
            row = {"name": name, "size": size, "mark": mark}
            more = _add(writer, path, importers[name], row, progress)
            records, rejects = records + more[0], rejects + more[1]
        writer.commit()
    finally:
        writer.close()
    return Built(len(marks), records, rejects)


def _finished(folder: Path) -> bool:
    reader = store.connect(folder)
    known, read = reader.execute("SELECT count(*), sum(done) FROM files").fetchone()
    reader.close()
    return bool(known) and known == read  # without a file it was killed before it noted any


def _add(
    writer: store.Writer,
    path: Path,
    importer: FileImporter,
    row: Mapping[str, Any],
    progress: Progress,
) -> tuple[int, int]:
    """Read a file from where it was left to its end."""
    begun = writer.done(row["name"])
    if begun.done:
        return 0, 0
    added = broken = 0
    chunk: list[Item] = []
    faults: list[Broken] = []
    number = 0

    def put(*, done: bool) -> None:
        nonlocal added, broken
        added, broken = added + len(chunk), broken + len(faults)
        state = {
            "units": number, "records": begun.records + added, "rejects": begun.rejects + broken, "done": int(done),
        }  # fmt: skip
        writer.reject(row["name"], faults)
        writer.add(chunk, {**row, **state})
        progress(path.name, added, raw.tell(), row["size"])
        chunk.clear()
        faults.clear()

    with opened(path) as (file, raw):
        for number, unit in enumerate(importer.read(file), 1):
            if number <= begun.units:
                continue
            if isinstance(unit, Broken):
                faults.append(unit)
            else:
                chunk.append(unit)
            if len(chunk) + len(faults) >= CHUNK:
                put(done=False)
        put(done=True)
    return added, broken


def importer_of(path: Path) -> FileImporter:
    """Return the importer whose form a file has, told by its content."""
    with opened(path) as (file, _):
        start = file.read(START_BYTES)
    for importer in IMPORTERS:
        if importer.fits(start):
            return importer
    known = "JSON Lines, Crossref, OpenAlex, DataCite, arXiv, DBLP, PubMed, BibTeX, RIS"
    raise InputError(f"{path} is no dump that can be read; known are {known}")


class opened:  # noqa: N801 - used as a function is
    """Open a file and unpack it, as its first bytes say: gzip, zstd or plain."""

    def __init__(self, path: Path) -> None:
        try:
            self.raw = path.open("rb")
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}") from None
        start = self.raw.read(4)
        self.raw.seek(0)
        file: BinaryIO = self.raw
        if start[:2] == b"\x1f\x8b":
            file = cast("BinaryIO", gzip.GzipFile(fileobj=self.raw))
        elif start == b"\x28\xb5\x2f\xfd":
            try:
                import zstandard
            except ImportError:
                raise UsageError(
                    f"{path} is packed with zstd: pip install 'refcheck-citations[catalog]'"
                ) from None

            file = cast(
                "BinaryIO",
                zstandard.ZstdDecompressor().stream_reader(self.raw, read_across_frames=True),
            )
        self.file = cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", file), 1 << 20))

    def __enter__(self) -> tuple[BinaryIO, BinaryIO]:
        return self.file, self.raw

    def __exit__(self, *_: object) -> None:
        self.raw.close()


def _mark(path: Path) -> tuple[int, str]:
    """Return size and a sum over beginning and end of a file, to know it again."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            digest = hashlib.sha256(file.read(1 << 20))
            if size > 2 << 20:
                file.seek(-(1 << 20), io.SEEK_END)
                digest.update(file.read())
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    return size, digest.hexdigest()
