"""Any other CSL style, by way of pandoc's citeproc.

pandoc is asked in chunks: one call over the whole list is quadratic (1,000 references 5.9 s, in
chunks of 100 1.8 s, on two shared cores). What a style tells apart (2014a and 2014b, like names) stays
in one chunk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import msgspec

from refcheck.errors import OutputError, UsageError
from refcheck.model import Diagnostic, Entry, Rendered, Style
from refcheck.record import Record
from refcheck.styles import csl_files
from refcheck.styles import pandoc_tree as tree
from refcheck.styles.apa_citations import who
from refcheck.styles.apa_work import Work
from refcheck.styles.csl_files import CslFile
from refcheck.styles.notes import told
from refcheck.styles.runs import joined
from refcheck.styles.terms import terms
from refcheck.text import fold

CHUNK = 100
AT_ONCE = min(4, os.cpu_count() or 1)
TIMEOUT_S = 60.0
"""For a chunk, which takes 0.2 s: long enough for a machine that is busy with other things."""
GOOD_TREE = (1, 23)
"""The tree of pandoc 3. Before it, names and numbers of CSL 1.0.2 styles come out wrong."""
_INSTALL = "pip install 'refcheck-citations[styles]'"


def csl_style(name_or_path: str) -> Style:
    """Return a style by the name of an installed one, or by the path of a .csl file.

    Raises `InputError` for a file that is no CSL style, `UnknownName` with the nearest names,
    `UsageError` where pandoc is not there, saying what to install.
    """
    style = csl_files.find(name_or_path)
    return Style(render=partial(_render, style), title=style.title)


def _render(style: CslFile, records: Sequence[Record], locale: str = "en-US") -> Rendered:
    """Render in the order that the style sorts in, chunk by chunk."""
    named = [replace(record, id=f"ref{at}") for at, record in enumerate(records)]
    chunks = _plain_chunks(named) if style.numeric else _kin_chunks(named)
    with ThreadPoolExecutor(AT_ONCE) as pool:  # each waits for a pandoc of its own
        parts = list(pool.map(lambda chunk: _asked(style.path, chunk, locale), chunks))
    entries = [entry for part in parts for entry in part]
    if len(parts) > 1:
        entries = _whole_order(entries, by_text=style.sorts)
    if style.numeric:
        entries = _numbered(entries)
        entries = [_narrated(entry, records[_place(entry)], locale) for entry in entries]
    done = tuple(replace(entry, id=records[_place(entry)].id) for entry in entries)
    notes = [one for record in records for one in told(record)]
    program, version = _program()
    if tuple(version) < GOOD_TREE:
        message = f"{program} is years old and does not know all that styles ask of it"
        notes.insert(0, Diagnostic("RC504", "pandoc-old", "warning", message, _INSTALL))
    return Rendered(done, tuple(notes))


def _place(entry: Entry) -> int:
    """Return where the record of an entry stands among those given."""
    return int(entry.id.removeprefix("ref"))


def _narrated(entry: Entry, record: Record, locale: str) -> Entry:
    """Name the authors in a sentence, as a number alone cannot be its subject: "Ash and Birch [3]"."""
    words = terms(locale)
    work = Work(record, words)
    author = who(work, sign=words["and"]) if work.people else ()
    return replace(entry, narrative=joined(" ", author, entry.parenthetical))


def _plain_chunks(records: Sequence[Record]) -> list[Sequence[Record]]:
    return [records[at : at + CHUNK] for at in range(0, len(records), CHUNK)]


def _kin_chunks(records: Sequence[Record]) -> list[Sequence[Record]]:
    """Split so that works whose first authors share a family name stay together.

    Only among these does a style have to tell works apart: by letters, initials or more names.
    """
    kin: dict[str, list[Record]] = {}
    for record in records:
        names = record.author or record.editor or record.translator
        key = fold(names[0].family or names[0].literal) if names else ""
        kin.setdefault(key or f"\0{record.id}", []).append(record)
    chunks: list[list[Record]] = [[]]
    for group in kin.values():
        if chunks[-1] and len(chunks[-1]) + len(group) > CHUNK:
            chunks.append([])
        chunks[-1].extend(group)
    return [chunk for chunk in chunks if chunk]


def _whole_order(entries: Sequence[Entry], *, by_text: bool) -> list[Entry]:
    """Merge the chunks: by what is printed where the style sorts, else in the order of citing."""
    if not by_text:
        return sorted(entries, key=_place)
    return sorted(entries, key=lambda entry: fold("".join(run.text for run in entry.reference)))


def _numbered(entries: Sequence[Entry]) -> list[Entry]:
    """Count through: within its chunk pandoc began at 1 each time."""
    out = []
    for number, entry in enumerate(entries, 1):
        label = "".join(str(number) if sign == "#" else sign for sign in _digits(entry.label))
        cite = tuple(
            replace(run, text=_digits(run.text).replace("#", str(number)))
            for run in entry.parenthetical
        )
        out.append(replace(entry, label=label, parenthetical=cite))
    return out


def _digits(text: str) -> str:
    """Put one # for a number."""
    out = ""
    for sign in text:
        if not sign.isdigit():
            out += sign
        elif not out.endswith("#"):
            out += "#"
    return out


def _asked(path: Path, records: Sequence[Record], locale: str) -> list[Entry]:
    """Send one chunk through pandoc as a syntax tree and take the one that comes back apart."""
    program, version = _program()
    asked = msgspec.json.encode(tree.written(records, locale, version))
    done = _pandoc(program, "--from=json", asked, f"--csl={path.resolve()}")
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise OutputError(f"pandoc could not render the references: {said[:300]}")
    return tree.read(msgspec.json.decode(done.stdout))


def _pandoc(
    program: str, form: str, given: bytes, *options: str
) -> subprocess.CompletedProcess[bytes]:
    """Run pandoc, the one other program that is run: it reads the style's file and nothing else."""
    command = [program, form, "--to=json", "--citeproc", "--sandbox", *options]
    try:
        return subprocess.run(  # noqa: S603 - a fixed command; what is foreign goes in by standard input
            command, input=given, capture_output=True, timeout=TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise OutputError(
            f"pandoc took longer than {TIMEOUT_S:g} s over {CHUNK} references"
        ) from None
    except OSError as error:
        raise OutputError(f"{program} could not be run: {error.strerror}") from None


def _program() -> tuple[str, Sequence[int]]:
    """Return a pandoc and the version of the tree that it reads: pypandoc's own, else that on the PATH.

    The one that was installed for styles is the newer; distributions ship what is years behind them.
    """
    found = []
    try:
        import pypandoc

        found.append(str(pypandoc.get_pandoc_path()))
    except (ImportError, OSError):
        pass
    if on_path := shutil.which("pandoc"):
        found.append(on_path)
    for program in found:
        if version := _tree_version(program):
            return program, version
    if found:
        raise UsageError(f"{found[0]} is too old: styles need pandoc 2.15 or later; {_INSTALL}")
    raise UsageError(f"styles other than apa and gbt7714 need pandoc: {_INSTALL}")


@cache
def _tree_version(program: str) -> Sequence[int]:
    """Return the version of a pandoc's syntax tree; nothing for one that lacks what is asked of it."""
    done = _pandoc(program, "--from=markdown", b"")
    if done.returncode:
        return ()
    version: Sequence[int] = msgspec.json.decode(done.stdout)["pandoc-api-version"]
    return version
