"""Any other CSL style, by way of pandoc's citeproc: by name where it is installed, or by file.

pandoc is asked in chunks: one call over the whole list is quadratic (1,000 references 5.9 s, in
chunks of 100 1.8 s, on two shared cores). What a style tells apart (2014a and 2014b, like names) stays
in one chunk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path

import msgspec

from refcheck.errors import InputError, OutputError, UnknownName, UsageError
from refcheck.model import Diagnostic, Entry, Rendered, Style
from refcheck.record import Record
from refcheck.styles import pandoc_tree as tree
from refcheck.text import fold

BUILT_IN = ("apa", "gbt7714")
CHUNK = 100
TIMEOUT_S = 60.0
"""For a chunk, which takes 0.2 s: long enough for a machine that is busy with other things."""
_CSL = "{http://purl.org/net/xbiblio/csl}"
_INSTALL = "pip install 'refcheck-citations[styles]', or install pandoc"
_FOLDERS = (
    "~/.local/share/pandoc/csl", "~/.pandoc/csl", "~/.csl", "~/Zotero/styles", "/usr/share/citation-style-language/styles",
    "/usr/share/csl/styles", "/usr/share/pandoc/csl",
)  # fmt: skip


def csl_style(name_or_path: str) -> Style:
    """Return a style by the name of an installed one, or by the path of a .csl file.

    Raises `InputError` for a file that is no CSL style, `UnknownName` with the nearest names,
    `UsageError` where pandoc is not there, saying what to install.
    """
    path = _find(name_or_path)
    info = _checked(path)
    return Style(render=partial(_render, path, info), title=info["title"])


def installed() -> Mapping[str, Path]:
    """Return the styles that are on this machine, by name."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        where = Path(os.path.expanduser(folder))  # noqa: PTH111 - Path.expanduser raises without a home
        if where.is_dir():
            for path in sorted(where.glob("*.csl")):
                found.setdefault(path.stem, path)
    return found


def _find(name: str) -> Path:
    path = Path(name).expanduser()
    if path.suffix == ".csl" or os.sep in name:
        if not path.is_file():
            raise InputError(f"the style {name} is not there; check its path")
        return path
    known = installed()
    if name in known:
        return known[name]
    near = get_close_matches(name, BUILT_IN, n=1, cutoff=0.5)
    if not known and not near:
        raise UsageError(
            f"there is no style named {name!r}; built in are apa and gbt7714, of the others none is installed:"
            " give the path of its .csl file (https://github.com/citation-style-language/styles)"
        )
    raise UnknownName("style", name, (*known, *BUILT_IN))


def _checked(path: Path) -> Mapping[str, str]:
    """Read what must be known of a style. Raises `InputError` for what is not one."""
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - expat takes no external entities; the file is the user's own
    except (ET.ParseError, OSError) as error:
        raise InputError(f"{path} is no CSL style: {error}") from None
    if root.tag != f"{_CSL}style":
        raise InputError(
            f"{path} is no CSL style: its root is <{root.tag.rpartition('}')[2]}>, not <style>"
        )
    parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    if root.find(f"{_CSL}citation") is None:
        which = f"; it stands for {parent.get('href')}, give that" if parent is not None else ""
        raise InputError(f"{path} is no whole CSL style: it has no <citation>{which}")
    title = root.find(f"{_CSL}info/{_CSL}title")
    layout = root.find(f"{_CSL}citation/{_CSL}layout")
    numeric = (
        layout is not None
        and layout.find(f".//{_CSL}text[@variable='citation-number']") is not None
    )
    return {
        "title": (title.text or "").strip() if title is not None else path.stem,
        "numeric": "1" if numeric else "",
        "sorted": "1" if root.find(f"{_CSL}bibliography/{_CSL}sort") is not None else "",
    }


def _render(
    path: Path, info: Mapping[str, str], records: Sequence[Record], locale: str = "en-US"
) -> Rendered:
    """Render in the order that the style sorts in, chunk by chunk."""
    named = [replace(record, id=f"ref{at}") for at, record in enumerate(records)]
    chunks = _plain_chunks(named) if info["numeric"] else _kin_chunks(named)
    parts = [_asked(path, chunk, locale) for chunk in chunks]
    entries = [entry for part in parts for entry in part]
    if len(parts) > 1:
        entries = _whole_order(entries, by_text=bool(info["sorted"]))
    if info["numeric"]:
        entries = _numbered(entries)
    original = {f"ref{at}": record.id for at, record in enumerate(records)}
    told = tuple(
        Diagnostic(
            "RC501",
            "title-missing",
            "warning",
            f"{record.id or 'a record'} has no title",
            "add its title to the bibliography",
        )
        for record in records
        if not record.title
    )
    done = tuple(replace(entry, id=original.get(entry.id, entry.id)) for entry in entries)
    return Rendered(done, told)


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
        return sorted(entries, key=lambda entry: int(entry.id.removeprefix("ref")))
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
        told = tuple(
            replace(run, text=_digits(run.text).replace("#", str(number)))
            if run.text.strip("[]()").isdigit()
            else run
            for run in entry.narrative
        )
        out.append(replace(entry, label=label, parenthetical=cite, narrative=told))
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
    asked = msgspec.json.encode(tree.written(records, locale))
    return tree.read(msgspec.json.decode(_pandoc(path, asked)))


def _pandoc(style: Path, tree: bytes) -> bytes:
    """Run pandoc, the one other program that is run: it reads the style's file and nothing else."""
    command = [
        _program(),
        "--from=json",
        "--to=json",
        "--citeproc",
        "--sandbox",
        f"--csl={style.resolve()}",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what is foreign goes in by standard input
            command, input=tree, capture_output=True, timeout=TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise OutputError(
            f"pandoc took longer than {TIMEOUT_S:g} s over {CHUNK} references"
        ) from None
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise OutputError(f"pandoc could not render the references: {said[:300]}")
    return done.stdout


def _program() -> str:
    """Return the path of pandoc: on the PATH, else the one that pypandoc brings."""
    if found := shutil.which("pandoc"):
        return found
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        raise UsageError(f"styles other than apa and gbt7714 need pandoc: {_INSTALL}") from None
