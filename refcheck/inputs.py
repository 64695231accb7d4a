r"""What a run reads: documents from paths, each with the files that belong to it.

A document's parts (LaTeX's ``\input``) are read as documents of their own, each with the bibliographies
of the document that it is part of. What a document names is read only where it lies in reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from refcheck import files, plugins
from refcheck.documents.read import format_for
from refcheck.errors import InputError, UnknownName
from refcheck.model import Diagnostic, Document
from refcheck.settings import Settings

PathLike = str | Path

UNREADABLE = "RC103"
"""The rule of a file in a folder that cannot be read; the other files are worked on."""

OUT_OF_REACH = "RC104"
"""The rule of a file that a document names and that lies where a document has nothing to say."""

MOST_PARTS = 500
"""Files of one document; more of them are a loop or a trap."""


def documents_at(paths: Sequence[PathLike], settings: Settings) -> list[Path]:
    """Return the documents that the paths name, folders walked. Raises `InputError` for none."""
    suffixes = {suffix for form in plugins.formats().values() for suffix in form.suffixes}
    return files.documents([Path(path) for path in paths], suffixes, settings.exclude)


def folders(paths: Sequence[PathLike]) -> list[Path]:
    """Return those of the paths that are folders."""
    return [Path(path) for path in paths if Path(path).is_dir()]


def opened(paths: Sequence[PathLike], found: Sequence[Path]) -> list[Document]:
    """Read documents and their parts, a part after the first document that names it.

    One that was named and cannot be read is an error; of a folder's, it is told.
    """
    named = {Path(path) for path in paths}
    documents: dict[str, Document] = {}
    for path in found:
        try:
            one = open_document(path)
        except InputError as error:
            if path in named:
                raise
            told = Diagnostic(
                UNREADABLE, "document-unreadable", "error", str(error), "mend or exclude it"
            )
            one = Document(str(path), "", "", diagnostics=(told,))
        documents[str(path)] = one
    out: dict[str, Document] = {}
    for one in documents.values():
        out.setdefault(one.name, one)
        for part in _parts(one):
            held = documents.get(part.name, part)
            if held.name not in out or not out[held.name].further:
                out[held.name] = replace(held, further=one.further, files=part.files, root=one.name)
    return list(out.values())


def _parts(document: Document) -> Iterator[Document]:
    """Read the parts of a document, with the bibliographies of the whole."""
    formats = plugins.formats()
    shared = {one.name: document.files[one.name] for one in document.further}
    for name, data in document.files.items():
        form = format_for(name, data)
        if name not in shared and form == document.format:
            try:
                yield formats[form].read({name: data, **shared}, name)
            except InputError:
                continue  # a part that is no text: the document itself is read all the same


def open_document(path: Path, data: bytes | None = None, form: str = "") -> Document:
    """Read a document; ``data`` in place of the file's bytes, ``form`` in place of its format."""
    data = files.read(path) if data is None else data
    name = str(path)
    formats = plugins.formats()
    form = form or format_for(name, data)
    if form not in formats:
        raise UnknownName("document format", form, formats)
    found, missing, refused = _belonging(path, data, form)
    document = formats[form].read({name: data, **found}, name)
    bibliographies = [
        formats["bibtex"].read({other: content}, other)
        for other, content in document.files.items()
        if format_for(other, content) == "bibtex"
    ]
    return replace(
        document,
        further=tuple(bibliographies),
        missing=tuple(missing),
        diagnostics=(*document.diagnostics, *refused),
    )


def _belonging(
    path: Path, data: bytes, form: str
) -> tuple[dict[str, bytes], list[str], list[Diagnostic]]:
    """Return the files that a document and its parts name: those read, missing, out of reach."""
    needs = plugins.formats()[form].needs
    home = files.home_of(path)
    found: dict[str, bytes] = {}
    missing: dict[str, None] = {}
    refused: dict[str, Diagnostic] = {}
    waiting = list(needs(data))
    while waiting and len(found) < MOST_PARTS:
        named = waiting.pop(0)
        beside = path.parent / named
        if str(beside) in found or beside == path:
            continue
        if not files.lies_in(beside, home):
            message = f"the document names {named}, which lies outside {home}; it was not read"
            help_ = "move it there, or give it with --library"
            refused[named] = Diagnostic(
                OUT_OF_REACH, "file-out-of-reach", "warning", message, help_
            )
            missing[named] = None
        elif beside.is_file():
            found[str(beside)] = content = files.read(beside)
            if format_for(str(beside), content) == form:
                waiting += needs(content)
        else:
            missing[named] = None
    return found, list(missing), list(refused.values())
