"""Any other CSL style, by way of pandoc's citeproc: by name where it is installed, or by file.

pandoc is asked in chunks: one call over the whole list is quadratic (1,000 references 5.9 s, in
chunks of 100 1.8 s, on two shared cores). What has to be known of the whole list, the letters of
2014a and 2014b, is therefore decided before, over all of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from refcheck.errors import InputError, OutputError, UnknownName, UsageError
from refcheck.model import Diagnostic, Entry, Rendered, Run, Style
from refcheck.record import Record, to_csl
from refcheck.styles.runs import Runs, rich, tidied
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
    citation = root.find(f"{_CSL}citation")
    letters = citation is not None and citation.get("disambiguate-add-year-suffix") == "true"
    return {
        "title": (title.text or "").strip() if title is not None else path.stem,
        "numeric": "1" if numeric else "",
        "letters": "1" if letters else "",
    }


def _render(
    path: Path, info: Mapping[str, str], records: Sequence[Record], locale: str = "en-US"
) -> Rendered:
    """Render in the order that the style sorts in, chunk by chunk."""
    made = _with_letters(records) if info["letters"] else list(records)
    named = [replace(record, id=f"ref{at}") for at, record in enumerate(made)]
    parts = [_asked(path, named[at : at + CHUNK], locale) for at in range(0, len(named), CHUNK)]
    entries = [entry for part in parts for entry in part]
    if len(parts) > 1:
        entries = _whole_order(entries, numeric=bool(info["numeric"]))
    if info["numeric"]:
        entries = _numbered(entries)
    original = {f"ref{at}": record.id for at, record in enumerate(records)}
    told = tuple(
        Diagnostic(
            "RC501",
            "title-missing",
            "warning",
            f"{record.id or 'a record'} has no title",
            "add its title",
        )
        for record in records
        if not record.title
    )
    return Rendered(
        tuple(replace(entry, id=original.get(entry.id, entry.id)) for entry in entries), told
    )


def _with_letters(records: Sequence[Record]) -> list[Record]:
    """Give works of the same authors and year their letters, over the whole list."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for at, record in enumerate(records):
        names = record.author or record.editor
        if names and record.issued and record.issued.start:
            groups.setdefault((names, record.issued.start[0]), []).append(at)
    out = list(records)
    for places in groups.values():
        places.sort(key=lambda at: fold(records[at].title))
        for number, at in enumerate(places if len(places) > 1 else ()):
            letter = chr(ord("a") + number) if number < 26 else f"a{chr(ord('a') + number % 26)}"
            out[at] = replace(records[at], year_suffix=letter)
    return out


def _whole_order(entries: Sequence[Entry], *, numeric: bool) -> list[Entry]:
    """Merge the chunks: a numeric style keeps the order of citing, others sort by what is printed."""
    if numeric:
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
    blocks = [
        {
            "t": "Div",
            "c": [[f"cite-{record.id}", [], []], [{"t": "Para", "c": [_citation(record.id)]}]],
        }
        for record in records
    ]
    references = [_meta(_item(record)) for record in records]
    tree = {
        "pandoc-api-version": [1, 23],
        "meta": {
            "references": {"t": "MetaList", "c": references},
            "link-bibliography": {"t": "MetaBool", "c": False},
            "lang": {"t": "MetaInlines", "c": _words(locale)},
        },
        "blocks": blocks,
    }
    made = msgspec.json.decode(_pandoc(path, msgspec.json.encode(tree)))
    cites: dict[str, Runs] = {}
    listed: dict[str, tuple[str, Runs]] = {}
    for block in made["blocks"]:
        if block["t"] != "Div":
            continue
        name = block["c"][0][0]
        if name.startswith("cite-"):
            cites[name.removeprefix("cite-")] = tidied(_runs(block["c"][1]))
        elif name == "refs":
            for one in block["c"][1]:
                listed[one["c"][0][0].removeprefix("ref-")] = _reference(one["c"][1])
    return [
        Entry(
            id=key,
            reference=runs,
            parenthetical=cites.get(key, ()),
            narrative=cites.get(key, ()),
            label=label,
        )
        for key, (label, runs) in listed.items()
    ]


def _citation(key: str) -> Mapping[str, Any]:
    cite = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[cite], [{"t": "Str", "c": "?"}]]}


def _item(record: Record) -> Mapping[str, Any]:
    return {key: value for key, value in to_csl(record).items() if key not in _UNUSED}


_UNUSED = frozenset({"abstract", "annote", "keyword", "retraction"})


def _meta(value: Any) -> Mapping[str, Any]:
    """Turn CSL-JSON into pandoc's metadata; texts become words and looks, never Markdown."""
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {key: _meta(one) for key, one in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(one) for one in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    return {"t": "MetaInlines", "c": _inlines(str(value))}


def _words(value: str) -> list[Mapping[str, Any]]:
    """Return a plain text as pandoc's words and spaces."""
    pieces = filter(None, re.split(r"(\s+)", value))
    return [{"t": "Space"} if piece.isspace() else {"t": "Str", "c": piece} for piece in pieces]


def _inlines(value: str) -> list[Mapping[str, Any]]:
    """Return a text with CSL's tags as pandoc's inline elements."""
    out: list[Mapping[str, Any]] = []
    for piece in re.split(r'(<span class="nocase">.*?</span>)', value):
        if piece.startswith('<span class="nocase">'):
            out.append({"t": "Span", "c": [["", ["nocase"], []], _inlines(piece[21:-7])]})
            continue
        for run in rich(piece):
            inner = _words(run.text)
            for element, on in (
                ("Emph", run.italic),
                ("Strong", run.bold),
                ("Superscript", run.raised),
                ("Subscript", run.lowered),
                ("SmallCaps", run.small_caps),
            ):
                inner = [{"t": element, "c": inner}] if on else inner
            out.extend(inner)
    return out


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


def _reference(blocks: Sequence[Mapping[str, Any]]) -> tuple[str, Runs]:
    """Return the label of a reference and its runs; pandoc marks what stands in the margin."""
    label: Runs = ()
    out: list[Run] = []
    for block in blocks:
        for one in block["c"] if isinstance(block["c"], list) else ():
            if (
                isinstance(one, Mapping)
                and one.get("t") == "Span"
                and "csl-left-margin" in one["c"][0][1]
            ):
                label = _runs([{"t": "Plain", "c": one["c"][1]}])
            elif isinstance(one, Mapping):
                out.extend(_inline(one, Run("")))
    return "".join(run.text for run in label).strip(), tidied(_stripped(out))


def _stripped(runs: Sequence[Run]) -> list[Run]:
    out = [run for run in runs if run.text]
    if out:
        out[0] = replace(out[0], text=out[0].text.lstrip())
    if out:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return out


def _runs(blocks: Sequence[Mapping[str, Any]]) -> Runs:
    return tuple(
        run
        for block in blocks
        if block["t"] in {"Para", "Plain"}
        for one in block["c"]
        for run in _inline(one, Run(""))
    )


def _inline(one: Mapping[str, Any], look: Run) -> Runs:
    """Turn an inline element of pandoc's tree into runs."""
    kind, content = one["t"], one.get("c")
    nested = {
        "Emph": replace(look, italic=not look.italic),
        "Strong": replace(look, bold=not look.bold),
        "Superscript": replace(look, raised=True),
        "Subscript": replace(look, lowered=True),
        "SmallCaps": replace(look, small_caps=True),
    }
    if kind == "Str":
        url = str(content) if str(content).startswith(("https://", "http://")) else look.url
        return (replace(look, text=str(content), url=url),)
    if kind in {"Space", "SoftBreak", "LineBreak"}:
        return (replace(look, text=" "),)
    if kind in nested and content is not None:
        return tuple(run for part in content for run in _inline(part, nested[kind]))
    if content is None:
        return ()
    if kind == "Quoted":
        before, after = ("“", "”") if content[0]["t"] == "DoubleQuote" else ("‘", "’")
        inner = tuple(run for part in content[1] for run in _inline(part, look))
        return (replace(look, text=before), *inner, replace(look, text=after))
    if kind == "Link":
        target = replace(look, url=str(content[2][0]))
        return tuple(run for part in content[1] for run in _inline(part, target))
    if kind in {"Span", "Cite"}:
        space = " " if kind == "Span" and "csl-block" in content[0][1] else ""
        inner = tuple(run for part in content[1] for run in _inline(part, look))
        return (replace(look, text=space), *inner)
    if kind in {"Code", "Math", "RawInline"}:
        return (replace(look, text=str(content[1])),)
    return ()
