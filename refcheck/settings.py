"""Every knob of refcheck, its default and its unit.

A setting may come from a file (``[tool.refcheck]`` in ``pyproject.toml``, or ``refcheck.toml``;
hyphens in names), from the environment (``REFCHECK_`` and the name in capitals) or from the command
line. `read` turns foreign values into typed ones; where they come from is the shell's business.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from refcheck.errors import SettingsError


def _knob(default: Any, says: str, *, secret: bool = False) -> Any:
    """Make a field that knows what it is for; a secret one is never shown."""
    return field(default=default, repr=not secret, metadata={"says": says, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run goes by. Names as on the command line, with underscores."""

    # whom to ask
    library: tuple[Path, ...] = _knob(
        (), "bibliographies of your own (.bib, CSL-JSON, RIS), searched first"
    )
    catalog: Path | None = _knob(None, "folder of a local catalogue")
    encoder: Path | None = _knob(
        None,
        "folder of a sentence encoder for ranking literature; an installed one where none is given",
    )
    source: tuple[str, ...] = _knob((), "sources to ask too, though they are off by default")
    only_source: tuple[str, ...] = _knob((), "ask these sources and no others")
    no_source: tuple[str, ...] = _knob((), "sources not to ask")
    source_folder: Path | None = _knob(
        None, "folder with sources of your own, one Python file each"
    )
    offline: bool = _knob(False, "ask nobody; use libraries, catalogue and cache alone")

    # what to write
    style: str = _knob("apa", "citation style: a built-in name, or a .csl file")
    lang: str = _knob("en-US", "locale of the bibliography")
    suggest: int = _knob(5, "how many suggestions of each type wanted, at most")
    accept_suggestions: bool = _knob(False, "put suggestions into the document too")
    pin: tuple[str, ...] = _knob(
        (), "what a place stands for, as LINE:COLUMN=ID (a DOI, an address, an ISBN)"
    )
    in_place: bool = _knob(False, "change the document itself and keep the former as .orig")
    track_changes: bool = _knob(
        False, "in Word documents, write edits as tracked changes that an editor sees"
    )
    out: Path | None = _knob(
        None, "folder for what is written; beside the document where none is given"
    )

    # what to find
    all: bool = _knob(False, "show what is only maybe a placeholder, and those for no source")
    select: tuple[str, ...] = _knob(
        (), "rules to apply, by code or beginning of a code; all where none is given"
    )
    ignore: tuple[str, ...] = _knob((), "rules not to apply")
    exclude: tuple[str, ...] = _knob(
        (), "file name patterns that a walk through a folder leaves out"
    )

    # the net
    mailto: str = _knob(
        "", "your mail address, told to sources that give callers with one a better pace"
    )
    searxng_url: str = _knob("", "address of a SearXNG server of yours, with JSON switched on")
    openalex_api_key: str = _knob("", "key for OpenAlex (free)", secret=True)
    semanticscholar_api_key: str = _knob("", "key for Semantic Scholar (free)", secret=True)
    brave_api_key: str = _knob("", "key for Brave Search", secret=True)
    mojeek_api_key: str = _knob("", "key for Mojeek", secret=True)
    google_books_api_key: str = _knob("", "key for Google Books", secret=True)
    core_api_key: str = _knob("", "key for CORE", secret=True)
    ncbi_api_key: str = _knob("", "key for PubMed", secret=True)
    pace: float = _knob(
        1.0, "multiplies every documented rate; for stand-ins and mirrors of your own only"
    )
    allow_host: tuple[str, ...] = _knob(
        (), "hosts that may be reached though their address is private"
    )
    connect_timeout_s: float = _knob(3.0, "seconds to wait for a connection")
    read_timeout_s: float = _knob(20.0, "seconds to wait for an answer to begin or go on")
    deadline_s: float = _knob(120.0, "seconds that a document may take over asking")
    page_limit_mb: float = _knob(5.0, "megabytes of a web page that are read at most")
    reply_limit_mb: float = _knob(50.0, "megabytes of a source's reply that are read at most")
    no_cache: bool = _knob(False, "neither read nor keep answers")
    cache_folder: Path | None = _knob(
        None, "where answers are kept; the system's cache folder where none is given"
    )
    cache_limit_mb: float = _knob(500.0, "megabytes that the cache may take")


@cache
def knobs() -> Mapping[str, Field[Any]]:
    """The settings by the name they have in files: ``searxng-url``."""
    return {f.name.replace("_", "-"): f for f in fields(Settings)}


@cache
def _types() -> Mapping[str, Any]:
    return typing.get_type_hints(Settings)


def default(name: str) -> Any:
    """Return the default of a setting, by its name in files."""
    value = knobs()[name].default
    return None if value is MISSING else value


def is_nearly(name: str) -> bool:
    """Tell whether a name looks like a setting's that was misspelt."""
    return bool(get_close_matches(name, knobs(), n=1, cutoff=0.85))


def read(name: str, value: object, where: str, base: Path) -> Any:
    """Turn a foreign value into that of a setting.

    ``where`` is said in errors; paths are taken relative to ``base``. From the environment all
    values are strings: lists are separated by commas, truth is 1/0, true/false, yes/no, on/off.

    Raises `SettingsError` for a name that is none (with the nearest) or a value that does not fit.
    """
    if name not in knobs():
        near = get_close_matches(name, knobs(), n=1, cutoff=0.5)
        hint = (
            f"; did you mean `{near[0]}`?"
            if near
            else "; `refcheck init` writes a file with all of them"
        )
        raise SettingsError(f"{where}: there is no setting `{name}`{hint}")
    if name == "lang" and not (isinstance(value, str) and _LOCALE.fullmatch(value)):
        raise SettingsError(f"{where}: `lang` takes a locale, as in en-US or de-DE, not {value!r}")
    kind = _types()[knobs()[name].name]
    if isinstance(kind, types.UnionType):
        kind = next(one for one in typing.get_args(kind) if one is not type(None))
    try:
        if typing.get_origin(kind) is tuple:
            item = typing.get_args(kind)[0]
            if isinstance(value, str):
                parts: list[object] = [part.strip() for part in value.split(",") if part.strip()]
            elif isinstance(value, list):
                parts = value
            else:
                raise TypeError
            return tuple(_one(item, part, base) for part in parts)
        return _one(kind, value, base)
    except (TypeError, ValueError):
        wanted = {
            bool: "true or false",
            int: "a whole number",
            float: "a number",
            Path: "a path",
            str: "a text",
        }
        expected = wanted.get(kind, "a list of texts")
        raise SettingsError(f"{where}: `{name}` takes {expected}, not {value!r}") from None


_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
"""A language, its script and its region (RFC 5646, as far as citation styles go)."""


def _one(kind: type, value: object, base: Path) -> Any:
    if kind is bool:
        if isinstance(value, str):
            words = {
                "1": True,
                "true": True,
                "yes": True,
                "on": True,
                "0": False,
                "false": False,
                "no": False,
                "off": False,
                "": False,
            }
            if value.lower() not in words:
                raise ValueError
            return words[value.lower()]
        if isinstance(value, bool):
            return value
        raise TypeError
    if isinstance(value, bool) or value is None:
        raise TypeError
    if kind is Path:
        if not isinstance(value, str | Path):
            raise TypeError
        return base / Path(value).expanduser()
    if kind is str:
        if not isinstance(value, str):
            raise TypeError
        return value
    if not isinstance(value, str | int | float):
        raise TypeError
    number = kind(value)
    if number < 0 or (kind is int and float(value) != number):
        raise ValueError
    return number


_REPEATED = (
    "library", "catalog", "source", "only_source", "no_source", "source_folder", "offline",
    "no_cache", "style", "lang", "suggest", "accept_suggestions", "in_place", "track_changes", "out", "pin", "all",
    "select", "ignore", "exclude",
)  # fmt: skip


def as_options(settings: Settings) -> tuple[str, ...]:
    """Return what of the settings a further command must be given to do the same work.

    Those that are as by default are left out; keys and addresses of one's own are never in it.
    """
    out: list[str] = []
    for name in _REPEATED:
        value, option = getattr(settings, name), f"--{name.replace('_', '-')}"
        if value == default(name.replace("_", "-")):
            continue
        if isinstance(value, bool):
            out += [option] if value else []
        else:
            for one in value if isinstance(value, tuple) else (value,):
                out += [option, str(one)]
    return tuple(out)
