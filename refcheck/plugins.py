"""Finds the one-file plugins: a module of a stage folder that defines the stage's constant.

The file's name, underscores as hyphens, is the plugin's name on the command line, in settings and
in reports. Only the modules that are asked for are imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refcheck.errors import SettingsError

if TYPE_CHECKING:
    from refcheck.bibliography.form import BibliographyForm
    from refcheck.documents.form import Format
    from refcheck.model import Finder, Source, Style
    from refcheck.writers.form import ReportForm

ODD = (ArithmeticError, AttributeError, LookupError, NameError, OSError, TypeError, ValueError)
"""What code of a user's raises that is not well."""
ENTRY_POINTS = "refcheck.sources"
"""The entry-point group in which installed packages offer sources."""


@cache
def _folder(stage: str, constant: str) -> Mapping[str, Any]:
    package = importlib.import_module(f"refcheck.{stage}")
    found = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"refcheck.{stage}.{info.name}")
        if hasattr(module, constant):
            found[info.name.replace("_", "-")] = getattr(module, constant)
    return found


def formats() -> Mapping[str, Format]:
    """Document formats by name."""
    return _folder("documents", "FORMAT")


def finders() -> Mapping[str, Finder]:
    """Rules by the name of their file."""
    return _folder("finders", "FINDER")


@cache
def sources() -> Mapping[str, Source]:
    """Sources by name: those that come with refcheck and those of installed packages."""
    from importlib.metadata import entry_points

    from refcheck.model import Source

    found = dict(_folder("lookup", "SOURCE"))
    for point in entry_points(group=ENTRY_POINTS):
        with _loading(f"the source {point.name!r} of an installed package"):
            loaded = point.load()
            found[point.name] = loaded if isinstance(loaded, Source) else _source(loaded)
    return found


def sources_in(folder: Path) -> Mapping[str, Source]:
    """Sources of a user's own: every ``*.py`` of a folder that defines ``SOURCE``."""
    if not folder.is_dir():
        raise SettingsError(f"the folder of sources {folder} is not there; correct `source-folder`")
    found = {}
    for path in sorted(folder.glob("*.py")):
        name = f"refcheck_user_sources.{path.stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        with _loading(f"the source {path}"):
            spec.loader.exec_module(module)
            if hasattr(module, "SOURCE"):
                found[path.stem.replace("_", "-")] = _source(module)
    return found


def _source(module: Any) -> Source:
    """Return what a module gives as its source. Raises TypeError for anything else."""
    from refcheck.model import Source

    if not isinstance(module.SOURCE, Source):
        raise TypeError("its SOURCE is no refcheck.model.Source")
    return module.SOURCE


@contextmanager
def _loading(what: str) -> Iterator[None]:
    """Say in one line why code of a user's cannot be loaded."""
    try:
        yield
    except (ImportError, SyntaxError, *ODD) as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        raise SettingsError(f"{what} cannot be loaded ({said}); mend it or take it away") from None


def styles() -> Mapping[str, Style]:
    """Citation styles that are built in, by name."""
    return _folder("styles", "STYLE")


def reports() -> Mapping[str, ReportForm]:
    """Forms of a report by the name they give themselves, else by that of their file."""
    return {form.name or file: form for file, form in _folder("writers", "REPORT").items()}


def bibliography_forms() -> Mapping[str, BibliographyForm]:
    """Forms in which records are read and written, by name."""
    return _folder("bibliography", "FORM")
