"""Which form a bibliography has: told by its name, else by its content."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

from refcheck import plugins
from refcheck.bibliography.form import Reading
from refcheck.bibliography.report import records_of_report
from refcheck.errors import LibraryError

_CONTENT = (
    ("csl-json", re.compile(rb"\s*[\[{]")),
    ("endnote-xml", re.compile(rb"(?s)\s*<.{0,400}?<records?>")),
    ("ris", re.compile(rb"(?m)^(?:\xef\xbb\xbf)?TY  - ")),
    ("bibtex", re.compile(rb"(?m)^\s*@\s*[A-Za-z]+\s*[{(]")),
    ("wikitext", re.compile(rb"(?i)\{\{\s*(?:cite|citation)\b")),
    ("hayagriva", re.compile(rb"(?m)^\S[^\n]*:\s*\n\s+type\s*:")),
)


def form_of(name: str, data: bytes) -> str:
    """Name the form of a bibliography, "" where neither name nor content tells one."""
    suffix = PurePath(name).suffix.lower()
    for form, known in plugins.bibliography_forms().items():
        if suffix in known.suffixes:
            return form
    start = data[:65536].removeprefix(b"\xef\xbb\xbf")
    return next(
        (
            form
            for form, pattern in _CONTENT
            if pattern.search(start) and _fits(form, start, pattern)
        ),
        "",
    )


def _fits(form: str, start: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Hold JSON and XML to the beginning of the file; the others may open with a comment."""
    return form not in {"csl-json", "endnote-xml"} or pattern.match(start) is not None


def read_if_bibliography(name: str, data: bytes, documents: Collection[str] = ()) -> Reading | None:
    """Read a bibliography, or the records that an earlier report decided for; None for anything else.

    ``documents`` are the endings of documents: a file with one of these is only a bibliography where
    its own form says so beyond doubt. Raises `LibraryError` for a bibliography that is broken.
    """
    reported = records_of_report(data)
    if reported is not None:
        return Reading(reported)
    form = form_of(name, data)
    suffix = PurePath(name).suffix.lower()
    if not form or (suffix in documents and form_of("", data) != "endnote-xml"):
        return None
    return plugins.bibliography_forms()[form].read(data, name)


def read_records(name: str, data: bytes) -> Reading:
    """Read a bibliography of any form.

    Raises `LibraryError` where it is of none, or nothing of it can be read.
    """
    form = form_of(name, data)
    if not form:
        known = ", ".join(known.title for known in plugins.bibliography_forms().values())
        raise LibraryError(f"{name or 'the text'} is no bibliography; known forms are {known}")
    return plugins.bibliography_forms()[form].read(data, name)
