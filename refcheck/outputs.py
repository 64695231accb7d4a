"""What `fix` writes, and where: every file whole or not at all, none over another's."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from refcheck import files, plugins
from refcheck.bibliography.export import markdown_list
from refcheck.errors import OutputError
from refcheck.model import Diagnostic, DocumentReport, Edit, Report
from refcheck.settings import Settings

REPORTS_WRITTEN = ("markdown", "json", "html")
"""The forms of the report that are written beside a document."""


def write(
    report: Report, inputs: Sequence[Path], roots: Sequence[Path], settings: Settings
) -> Report:
    """Write what `fix` promises for every document of a report; return it with what was written."""
    contents = _all_contents(report, settings)
    inputs_by_name = {str(path): path for path in inputs}
    stems = Counter(_target(path, roots, settings).with_suffix("") for path in inputs)
    done = []
    for part in report.documents:
        if not part.document.format:
            done.append(part)  # it could not be read, so there is nothing to write
            continue
        path = inputs_by_name[part.document.name]
        target = _target(path, roots, settings)
        shared = stems[target.with_suffix("")] > 1
        changed, data = contents[part.document.name]
        whole = replace(report, documents=(changed,))
        done.append(_write_one(whole, data, target, shared, inputs, settings))
    return replace(report, documents=tuple(done))


def _target(path: Path, roots: Sequence[Path], settings: Settings) -> Path:
    """Where a document would lie among the outputs; a folder's tree is kept under ``--out``."""
    if settings.out is None:
        return path
    for root in roots:
        if path.is_relative_to(root):
            return settings.out / path.relative_to(root)
    return settings.out / path.name


def _write_one(
    report: Report,
    contents: Mapping[str, bytes],
    target: Path,
    shared: bool,
    inputs: Sequence[Path],
    settings: Settings,
) -> DocumentReport:
    part = report.documents[0]
    stem = target.name if shared else target.stem
    sums = files.known_sums(target.with_name(f"{stem}.report.json"))
    style = Path(settings.style).stem
    outputs: list[tuple[Path, bytes]] = []
    for name, content in contents.items():
        source = Path(name)
        if settings.in_place:
            if content != files.read(source):
                files.keep_former(source)
                files.write(source, content)
            continue
        folder_name = target.with_name(
            f"{source.stem if not shared else source.name}.fixed{source.suffix}"
        )
        outputs.append((folder_name, content))
    if target.suffix != ".bib":
        outputs.append((target.with_name(f"{stem}.bib"), _bib(part).encode()))
    outputs.append((target.with_name(f"{stem}.{style}.md"), _list(part).encode()))
    taken = set(inputs)
    written: list[tuple[str, str]] = []
    for path, content in outputs:
        free = files.free_name(path, content, taken, sums)
        taken.add(free)
        files.write(free, content)
        written.append((str(free), hashlib.sha256(content).hexdigest()))
    names = [form for form in plugins.reports().values() if form.name in REPORTS_WRITTEN]
    free_names = {}
    for form in names:
        path = target.with_name(f"{stem}.report.{form.suffix.lstrip('.')}")
        free_names[form.name] = files.free_name(path, b"", taken, sums)
        taken.add(free_names[form.name])
    final = replace(part, written=tuple(written))
    for form in names:
        files.write(free_names[form.name], form.write(replace(report, documents=(final,))).encode())
    paths = tuple((str(path), "") for path in free_names.values())
    return replace(final, written=(*final.written, *paths))


def _all_contents(
    report: Report, settings: Settings
) -> Mapping[str, tuple[DocumentReport, Mapping[str, bytes]]]:
    """Return, for each document, what is to be written; a file that several share is written once.

    It goes with itself where it is a document of the run, else with the first that changes it.
    """
    names = {part.document.name for part in report.documents}
    by_file: dict[str, dict[Edit, None]] = {}
    owner: dict[str, str] = {}
    for part in report.documents:
        for edit in part.edits:
            name = edit.file or part.document.name
            by_file.setdefault(name, {})[replace(edit, file=name)] = None
            owner.setdefault(name, name if name in names else part.document.name)
    out = {}
    for part in report.documents:
        mine = [name for name, by in owner.items() if by == part.document.name]
        edits = tuple(one for name in mine for one in _apart(by_file[name]))
        whole, contents = _contents(replace(part, edits=edits), settings, report.made)
        told = whole.diagnostics
        failed = len(told) > len(part.diagnostics)
        kept = replace(part, diagnostics=told, edits=() if failed else part.edits)
        out[part.document.name] = (kept, contents)
    return out


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Leave out edits that overlap one before them; insertions at one place follow each other."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end)):
        if not out or edit.span.start >= out[-1].span.end:
            out.append(edit)
    return out


def _contents(
    part: DocumentReport, settings: Settings, when: datetime
) -> tuple[DocumentReport, Mapping[str, bytes]]:
    """Return the bytes to write; where the edits cannot be, the document as it was, and say so."""
    try:
        return part, edited(part, settings, when)
    except OutputError as error:
        told = Diagnostic("RC602", "document-not-written", "error", str(error))
        kept = replace(part, edits=(), diagnostics=(*part.diagnostics, told))
        return kept, {part.document.name: part.document.raw}


def edited(part: DocumentReport, settings: Settings, when: datetime) -> Mapping[str, bytes]:
    """Return the bytes of a document's files after its edits, by name; tracked where wanted.

    Raises `OutputError` where the document cannot hold what would be put in.
    """
    if not part.document.format:
        return {}  # it could not be read
    form = plugins.formats()[part.document.format]
    if settings.track_changes and form.track is not None:
        return form.track(part.document, part.edits, when)
    return form.patch(part.document, part.edits)


def _bib(part: DocumentReport) -> str:
    form = plugins.bibliography_forms()["bibtex"]
    return f"% Bibliography of {Path(part.document.name).name}, made by refcheck\n\n{form.write(part.records)}"


def _list(part: DocumentReport) -> str:
    lines = markdown_list(part.bibliography)
    return f"<!-- Bibliography of {Path(part.document.name).name}, made by refcheck -->\n\n{lines}"
