"""The library: `check`, `fix` and `export` over paths, with the edges put together.

Nothing here knows a terminal. Errors of the caller or the world are `RefcheckError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from refcheck import files, inputs, outputs, pipeline, plugins
from refcheck.bibliography.export import exported, form_named
from refcheck.bibliography.read import read_if_bibliography, read_records
from refcheck.cases import read_pins
from refcheck.catalog.library import library_source
from refcheck.encoder.load import load
from refcheck.errors import LibraryError, UsageError
from refcheck.inputs import PathLike
from refcheck.inquiry import choose
from refcheck.investigation import Asker
from refcheck.model import Diagnostic, Document, DocumentReport, Report, Source, Style
from refcheck.net.http import Net
from refcheck.record import Record
from refcheck.review import decisions
from refcheck.settings import Settings
from refcheck.writers.view import fingerprints

Watch = Callable[[Asker], AbstractContextManager[object]]
"""Opened while sources are asked, with whoever asks them."""


def check(
    paths: Sequence[PathLike],
    settings: Settings | None = None,
    *,
    now: datetime | None = None,
    watch: Watch = nullcontext,
) -> Report:
    """Find what is missing in documents, ask for it, and report; write nothing.

    ``paths`` are files and folders. ``now`` is taken as the present; the clock where not given.
    ``watch`` is opened with whoever asks while the asking goes on, to show how it fares.
    Raises `RefcheckError` for what cannot be read or asked as told.
    """
    settings = settings or Settings()
    documents = inputs.opened(paths, inputs.documents_at(paths, settings))
    return check_documents(documents, settings, now=now, watch=watch)


def check_documents(
    documents: Sequence[Document],
    settings: Settings,
    *,
    now: datetime | None = None,
    watch: Watch = nullcontext,
) -> Report:
    """Do what `check` does for documents that are read already."""
    style = style_of(settings)
    moment = now or datetime.now(UTC).replace(microsecond=0)
    patient = replace(settings, deadline_s=settings.deadline_s * max(1, len(documents)))
    with sources_for(patient, moment) as (sources, net, notes), watch(net):
        report = pipeline.run(
            documents,
            sources=sources,
            net=net,
            style=style,
            settings=settings,
            now=moment,
            encode=load(settings.encoder),
        )
    if notes and report.documents:
        first = report.documents[0]
        first = replace(first, diagnostics=(*first.diagnostics, *notes))
        report = replace(report, documents=(first, *report.documents[1:]))
    parts = tuple(_as_decided(part, style, settings) for part in report.documents)
    return replace(report, documents=parts)


def _as_decided(part: DocumentReport, style: Style, settings: Settings) -> DocumentReport:
    """Return a document with what a person decided on it before; a place that is pinned anew wins."""
    path = decisions.beside(Path(part.document.name))
    if not path.is_file():
        return part
    held = decisions.latest(decisions.load(files.read(path), str(path)))
    pinned = read_pins(settings.pin)
    for finding, name in zip(part.findings, fingerprints(part), strict=True):
        placeholder = finding.placeholder
        if not placeholder.file and part.document.place(placeholder.span.start) in pinned:
            held.pop(name, None)
    return decisions.compose(part, held, style, settings)


def fix(
    paths: Sequence[PathLike],
    settings: Settings | None = None,
    *,
    now: datetime | None = None,
    watch: Watch = nullcontext,
) -> Report:
    """Do what `check` does and write the corrected documents, bibliographies and reports.

    The report returned says what was written, where. Inputs are changed only with
    ``settings.in_place``; every file is written whole or not at all.
    """
    settings = settings or Settings()
    documents = inputs.opened(paths, inputs.documents_at(paths, settings))
    report = check_documents(documents, settings, now=now, watch=watch)
    read = [Path(one.name) for one in documents]
    return outputs.write(report, read, inputs.folders(paths), settings)


def export(path: PathLike, to: str, settings: Settings | None = None) -> str:
    """Return the references of a document, a bibliography or a report in another form.

    ``to`` is a name that `refcheck export --to` takes. Raises `UnknownName` for another, `UsageError`
    for ``docx``, which is no text.
    """
    settings = settings or Settings()
    if form_named(to) == "docx":
        raise UsageError("docx is a file, not text; use refcheck export -o")
    records = records_of(Path(path), settings)
    return exported(records, to, style_of(settings), settings.lang).data.decode()


def records_of(path: Path, settings: Settings) -> tuple[Record, ...]:
    """Return the records of a bibliography or of an earlier report, else those found for a document."""
    reading = read_if_bibliography(path.name, files.read(path), document_suffixes())
    if reading is not None:
        return reading.records
    return tuple(
        dict.fromkeys(
            record for part in check([path], settings).documents for record in part.records
        )
    )


def document_suffixes() -> frozenset[str]:
    """Return the endings of documents; a .bib is a bibliography here."""
    formats = plugins.formats().items()
    return frozenset(suffix for name, one in formats if name != "bibtex" for suffix in one.suffixes)


def style_of(settings: Settings) -> Style:
    """Return the style that the settings name. Raises `UnknownName` where there is none."""
    built_in = plugins.styles()
    if settings.style in built_in:
        return built_in[settings.style]
    from refcheck.styles.pandoc import csl_style

    return csl_style(settings.style)


@contextmanager
def sources_for(
    settings: Settings, now: datetime | None = None
) -> Iterator[tuple[Mapping[str, Source], Net, tuple[Diagnostic, ...]]]:
    """Open the sources that the settings ask for, the user's own first; close the net after."""
    own, notes = _libraries(settings)
    public = dict(plugins.sources())
    if settings.source_folder:
        public |= plugins.sources_in(settings.source_folder)
    sources = {**own, **choose.enabled(public, settings)}
    net = Net(sources, settings, now)
    try:
        yield sources, net, notes
    finally:
        net.close()


def _libraries(settings: Settings) -> tuple[dict[str, Source], tuple[Diagnostic, ...]]:
    own: dict[str, Source] = {}
    notes = []
    for path in settings.library:
        reading = read_records(path.name, files.read(path))
        if not reading.records and reading.rejects:
            first = reading.rejects[0]
            raise LibraryError(f"{path}:{first.line}: nothing in it can be read: {first.why}")
        for reject in reading.rejects:
            message = f"{path}:{reject.line}: {reject.what} was left out: {reject.why}"
            notes.append(
                Diagnostic(
                    "RC102",
                    "library-entry-unreadable",
                    "warning",
                    message,
                    "correct the entry; the others are used",
                )
            )
        name = f"library:{path.name}"
        while name in own:
            name += "+"
        own[name] = library_source(reading.records, name)
    if settings.catalog:
        from refcheck.catalog import asked

        own[f"catalog:{settings.catalog.name}"] = asked.source(settings.catalog)
    return own, tuple(notes)
