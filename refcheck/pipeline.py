"""The whole way, on one screen.

Document → placeholders → questions → candidates → decisions → bibliography → edits → report. Pure
but for whom it asks, which is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from refcheck import composition, plugins
from refcheck.bibliography.at_hand import candidates
from refcheck.cases import check_pins, open_case, pinned_case, read_pins
from refcheck.errors import UsageError
from refcheck.finders import ignoring
from refcheck.finders.settle import settle
from refcheck.investigation import Asker, investigate
from refcheck.matching import topics
from refcheck.matching.merge import merge
from refcheck.model import (
    Candidate,
    Diagnostic,
    Document,
    Finding,
    Placeholder,
    Report,
    Resolution,
    Source,
    SourceState,
    Span,
    Style,
)
from refcheck.settings import Settings, as_options


def run(
    documents: Sequence[Document],
    *,
    sources: Mapping[str, Source],
    net: Asker,
    style: Style,
    settings: Settings,
    now: datetime,
    encode: topics.Encode | None = None,
) -> Report:
    """Find, ask, decide and write for all documents at once, so that nothing is asked twice.

    ``encode`` gives texts vectors by their meaning; literature is ranked by words alone without it.
    """
    pins = read_pins(settings.pin)
    if pins and sum(not one.root for one in documents) > 1:
        raise UsageError("--pin names a place in one document; give one document alone")
    notes: dict[str, list[Diagnostic]] = {}
    at_hand = {document.name: candidates(document, now) for document in documents}
    cases = [
        open_case(
            document,
            placeholder,
            settings,
            {} if document.root else pins,
            now,
            at_hand[document.name],
            encode,
        )
        for document, placeholder in find_all(documents, settings, notes)
    ]
    check_pins(pins, cases)
    investigate(cases, sources, net, offline=settings.offline)
    states = net.states()
    untold = {state.name: state for state in states if state.state == "failed"}
    reports = []
    grown: dict[str, str] = {}
    for document in documents:
        mine = [case for case in cases if case.document is document]
        missed = sorted({name for case in mine for name in case.failed} & untold.keys())
        told = tuple(_told(untold.pop(name)) for name in missed)
        findings = [Finding(case.placeholder, case.resolution) for case in mine]
        part = composition.compose(document, findings, style, settings, grown=grown)
        said = (*notes.get(document.name, ()), *told)
        part = replace(part, diagnostics=(*part.diagnostics, *said), options=as_options(settings))
        reports.append(part)
        for edit in part.edits:
            if edit.file in document.files and edit.span.start == len(
                document.of_file(edit.file).text
            ):
                grown[edit.file] = grown.get(edit.file, "") + edit.text
    return Report(tuple(reports), states, settings.style, now)


def _told(state: SourceState) -> Diagnostic:
    """Say once for a source that it could not be asked."""
    message = f"{state.name} could not be asked: {state.message}"
    return Diagnostic(
        "RC301",
        "source-failed",
        "warning",
        message,
        "run the same command again later; what was answered is kept",
    )


def find_all(
    documents: Sequence[Document],
    settings: Settings,
    notes: dict[str, list[Diagnostic]] | None = None,
) -> Iterator[tuple[Document, Placeholder]]:
    """Yield what is found in all documents; a gap in a file that several share is told once.

    A file that is itself among the documents is not told of with those that name it. ``notes``, by
    the documents' names, receives what is to be said of their comments to refcheck.
    """
    names = {document.name for document in documents}
    told: set[tuple[str, str, Span]] = set()
    for document in documents:
        said = notes.setdefault(document.name, []) if notes is not None else None
        for one in find(document, settings, said):
            place = (one.file, one.rule, one.span)
            if one.file and (one.file in names or (one.kind != "reference" and place in told)):
                continue
            told.add(place)
            yield document, one


def find(
    document: Document, settings: Settings, notes: list[Diagnostic] | None = None
) -> tuple[Placeholder, ...]:
    """Return what the selected rules find in a document and in its further files.

    Gaps do not overlap; a reference that holds one is left to it. What a comment in the document says
    to ignore is left out; ``notes`` receives which of these comments are of no use.
    """
    wanted = [finder for finder in plugins.finders().values() if _selected(finder.rule, settings)]
    every = [placeholder for finder in wanted for placeholder in finder.find(document)]
    for part in document.further:
        gaps = [finder for finder in wanted if finder.kind not in {"reference", "consistency"}]
        every += (replace(one, file=part.name) for finder in gaps for one in finder.find(part))
    found, unused = ignoring.heed(document, settle(every), wanted)
    if notes is not None:
        notes.extend(unused)
    if settings.all:
        return found
    return tuple(p for p in found if p.certainty != "maybe" and p.kind != "other_placeholder")


def _selected(rule: str, settings: Settings) -> bool:
    chosen = not settings.select or any(
        rule.startswith(prefix.upper()) for prefix in settings.select
    )
    return chosen and not any(rule.startswith(prefix.upper()) for prefix in settings.ignore)


def reconsider(
    document: Document,
    placeholder: Placeholder,
    pin: str,
    *,
    sources: Mapping[str, Source],
    net: Asker,
    settings: Settings,
) -> Resolution:
    """Decide on one placeholder again, taking a DOI, an address or an ISBN for what it stands for."""
    case = pinned_case(document, placeholder, pin)
    investigate([case], sources, net, offline=settings.offline)
    return case.resolution


def judge(
    document: Document,
    placeholder: Placeholder,
    candidates: Sequence[Candidate],
    settings: Settings,
    now: datetime,
) -> Resolution:
    """Decide among candidates that were found otherwise, asking nobody."""
    return open_case(document, placeholder, settings, {}, now).decide(merge(candidates), (), False)
