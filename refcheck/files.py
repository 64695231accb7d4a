"""The disk: what is read, what is written, and that neither is ever half done.

No output takes the name of an input or of a file that refcheck did not write. A file is known as
refcheck's by a mark in it (reports, bibliographies) or because it holds what would be written now.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from refcheck.errors import InputError, OutputError, SettingsError

LIMIT_MB = 200
"""A document larger than this is refused: no article is, and it would be held in memory whole."""

MARK = "refcheck"
"""Stands in the first lines of what refcheck writes beside a document."""

_OURS = ("*.fixed.*", "*.report.*", "*.orig", "*.orig.*")
_HEAD_BYTES = 400


def read(path: Path) -> bytes:
    """Return a file's bytes. Raises `InputError` in one line that says what stands in the way."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder, not a file")
        if path.stat().st_size > LIMIT_MB * 1_000_000:
            raise InputError(f"{path} is larger than {LIMIT_MB} MB; split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} is not there; check the name") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from None


def documents(paths: Sequence[Path], suffixes: Iterable[str], exclude: Sequence[str]) -> list[Path]:
    """Return the documents that the paths name, folders walked, each once, in order.

    A walk leaves out hidden files, what ``.gitignore`` and ``exclude`` name, and what refcheck wrote;
    a file named by itself is always taken. Raises `InputError` for a path that is not there and
    for a folder without documents.
    """
    known = frozenset(suffixes)
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise InputError(f"{path} is not there; check the name")
            found.setdefault(path)
            continue
        here = [
            file
            for file in _walk(path, exclude)
            if file.suffix.lower() in known and not _is_output(file)
        ]
        if not here:
            raise InputError(f"{path} holds no documents; known endings: {' '.join(sorted(known))}")
        found.update(dict.fromkeys(here))
    return list(found)


def home_of(path: Path) -> Path:
    """Return the folder within which a document may name files.

    Its repository's, else the working folder where it lies in that, else its own.
    """
    here = path.resolve().parent
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return folder
    working = Path.cwd().resolve()
    return working if here.is_relative_to(working) else here


def lies_in(path: Path, folder: Path) -> bool:
    """Tell whether a file lies in a folder or below, links followed."""
    try:
        return path.resolve().is_relative_to(folder)
    except (OSError, ValueError, RuntimeError):  # too long a name, a zero byte, a loop of links
        return False


def _walk(folder: Path, exclude: Sequence[str]) -> Iterator[Path]:
    from pathspec import GitIgnoreSpec

    specs: dict[Path, GitIgnoreSpec] = {}
    for root, folders, names in os.walk(folder):
        here = Path(root)
        ignore = here / ".gitignore"
        if ignore.is_file():
            lines = ignore.read_text(encoding="utf-8", errors="replace").splitlines()
            specs[here] = GitIgnoreSpec.from_lines(lines)

        def left_out(name: str, mark: str, here: Path = here) -> bool:
            path = here / name
            relative = path.relative_to(folder).as_posix()
            return (
                name.startswith(".")
                or any(fnmatch.fnmatch(relative, p) or fnmatch.fnmatch(name, p) for p in exclude)
                or any(
                    spec.match_file(path.relative_to(base).as_posix() + mark)
                    for base, spec in specs.items()
                    if path.is_relative_to(base)
                )
            )

        folders[:] = sorted(name for name in folders if not left_out(name, "/"))
        yield from (here / name for name in sorted(names) if not left_out(name, ""))


def _is_output(path: Path) -> bool:
    if any(fnmatch.fnmatch(path.name, pattern) for pattern in _OURS):
        return True
    return path.suffix in {".bib", ".md"} and is_marked(path)


def is_marked(path: Path) -> bool:
    """Tell whether a file bears refcheck's mark at its head."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES).lstrip()
    except OSError:
        return False
    return MARK.encode() in head and head[:1] in {b"%", b"<", b"{"}


def known_sums(report: Path) -> frozenset[str]:
    """Return the SHA-256 sums of the files that an earlier run says it wrote; none where unknown."""
    try:
        parts = msgspec.json.decode(report.read_bytes())["documents"]
        return frozenset(one["sha256"] for part in parts for one in part.get("written", ()))
    except (OSError, msgspec.DecodeError, KeyError, TypeError, AttributeError):
        return frozenset()


def free_name(path: Path, content: bytes, taken: Iterable[Path], sums: Iterable[str]) -> Path:
    """Return the path at which an output may be written.

    That is the one asked for unless it is taken, or a file is there that is not refcheck's:
    ``article.bib`` becomes ``article.refcheck.bib``, then ``article.refcheck-2.bib``. A file is
    refcheck's that bears its mark, whose sum an earlier run noted, or that holds the same already.
    """
    occupied, known = set(taken), set(sums)
    stem, suffix = _split(path.name)
    number = 0
    candidate = path
    while candidate in occupied or not _may_replace(candidate, content, known):
        number += 1
        mark = f".refcheck-{number}" if number > 1 else ".refcheck"
        candidate = path.with_name(f"{stem}{mark}{suffix}")
    return candidate


def _split(name: str) -> tuple[str, str]:
    for ending in (".report.", ".fixed.", ".apa."):
        if ending in name:
            at = name.rindex(ending)
            return name[:at], name[at:]
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if dot else (name, "")


def _may_replace(path: Path, content: bytes, known: set[str]) -> bool:
    if not path.exists():
        return True
    try:
        if not path.is_file():
            return False
        held = path.read_bytes()
    except OSError:
        return False
    return held == content or hashlib.sha256(held).hexdigest() in known or is_marked(path)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside it first, then put in its place."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def keep_former(path: Path) -> Path:
    """Keep a document's bytes as ``.orig`` before it is changed in place; never over another."""
    content = read(path)
    kept = path.with_name(f"{path.name}.orig")
    number = 1
    while kept.exists() and kept.read_bytes() != content:
        number += 1
        kept = path.with_name(f"{path.name}.orig.{number}")
    write(kept, content)
    return kept


def settings_file(start: Path) -> Path | None:
    """Return the nearest settings file at or above a folder: ``refcheck.toml`` before ``pyproject.toml``."""
    for folder in (start, *start.parents):
        own = folder / "refcheck.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and "refcheck" in _toml(project).get("tool", {}):
            return project
        if (folder / ".git").exists():
            break
    return None


def settings_values(path: Path) -> Mapping[str, Any]:
    """Return the settings that a file holds, as they stand there."""
    table = _toml(path)
    return table.get("tool", {}).get("refcheck", {}) if path.name == "pyproject.toml" else table


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is no valid TOML: {error}") from None
    except InputError as error:
        raise SettingsError(str(error)) from None
