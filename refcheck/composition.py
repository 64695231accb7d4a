"""The end of the way: decisions to bibliography and edits.

Every reference of a document stands in its bibliography once: what was decided for a gap, what is
suggested, and what the document itself writes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from refcheck import plugins, written
from refcheck.bibliography import wikitext
from refcheck.bibliography.keys import keys
from refcheck.bibliography.merge import addition
from refcheck.documents.decoding import decode
from refcheck.finders.listed import references
from refcheck.markup import as_html, as_latex, as_markdown, as_text
from refcheck.model import (
    Citing,
    Diagnostic,
    Document,
    DocumentReport,
    Edit,
    Entry,
    Finding,
    Resolution,
    Resolved,
    Run,
    Span,
    Style,
    Suggested,
)
from refcheck.record import Record
from refcheck.settings import Settings
from refcheck.writers import edits, listing


def compose(
    document: Document,
    findings: Sequence[Finding],
    style: Style,
    settings: Settings,
    chosen: Callable[[Edit], bool] = lambda _: False,
    grown: Mapping[str, str] = MappingProxyType({}),
) -> DocumentReport:
    """Give the records their keys, render them, and plan the edits for what was decided.

    Put in is what is safe, and of the rest what is ``chosen``, all of it where suggestions are
    accepted. ``grown`` is what other documents of the run append to a file that they share.
    """
    kinds: dict[Record, str] = {
        record: finding.resolution.status
        for finding in findings
        if finding.placeholder.kind != "reference"
        for record in _records(finding.resolution)
    }
    citing = _citing(document)
    held = _held(document, citing, grown)
    keyed = dict(addition(held, tuple(kinds)).keys()) if kinds else {}
    taken = frozenset(keyed.values())
    stated = {
        record: words
        for record, words in written.records(document, findings).items()
        if record not in kinds and record.citation_key not in taken
    }
    keyed |= zip(stated, keys(tuple(stated), taken=taken), strict=True)
    kinds |= {record: words.status for record, words in stated.items()}
    found = tuple(kinds)
    named = {
        record: replace(record, id=key, keyword=_marked(record.keyword, kinds[record]))
        for record, key in keyed.items()
    }
    as_written = {keyed[record]: words.text for record, words in stated.items() if words.text}
    rendered = style.render(tuple(named.values()), settings.lang)
    bibliography = tuple(_in_own_words(one, as_written) for one in rendered.listed)
    by_id = {entry.id: entry for entry in rendered.entries}
    entries = {record: by_id[one.id] for record, one in named.items()}
    noted = document.format == "wikitext"  # an article's sources are templates, cited in notes
    if noted:
        entries = {
            record: replace(one, reference=(Run(wikitext.template(record)),))
            for record, one in entries.items()
        }
    markup = {"markdown": as_markdown, "latex": as_latex, "html": as_html}.get(
        document.format, as_text
    )
    accepted = [
        edit
        for edit in edits.plan(document, findings, entries, markup, citing)
        if edit.safety == "safe" or settings.accept_suggestions or chosen(edit)
    ]
    diagnostics = [*document.diagnostics, *rendered.diagnostics]
    if document.read_only and accepted:
        diagnostics.append(_not_changed(document, len(accepted)))
        accepted = []
    if citing and citing.bibliography:
        accepted += _appended(document, citing.bibliography, held, accepted, named)
    elif not (citing or noted or document.parts) and any(edit.cited for edit in accepted):
        accepted = listing.listed(document, _list_of(document), accepted, entries, markup)
    return DocumentReport(
        document,
        tuple(findings),
        tuple(diagnostics),
        tuple(accepted),
        bibliography,
        tuple(named[record] for record in found),
    )


def _in_own_words(entry: Entry, as_written: Mapping[str, str]) -> Entry:
    """Keep in the list what nobody has confirmed as the author wrote it, not as it was read."""
    text = as_written.get(entry.id)
    return replace(entry, reference=(Run(text),)) if text else entry


def _not_changed(document: Document, edits: int) -> Diagnostic:
    """Say that a document cannot take what was decided."""
    what = "1 edit was" if edits == 1 else f"{edits} edits were"
    message = f"{what} not made: {document.read_only}"
    help_ = "put them in by hand; the report says what belongs where"
    return Diagnostic("RC601", "document-not-changed", "warning", message, help_)


def _citing(document: Document) -> Citing | None:
    form = plugins.formats().get(document.format)
    return form.citing(document) if form else None


def _held(document: Document, citing: Citing | None, grown: Mapping[str, str]) -> bytes:
    """Return what the bibliography that takes further entries holds by now."""
    if not citing or not citing.bibliography:
        return b""
    data = document.files[citing.bibliography]
    more = grown.get(citing.bibliography, "")
    return (
        data + more.encode(decode(data, citing.bibliography).encoding, "replace") if more else data
    )


def _list_of(document: Document) -> list[tuple[Span, str]]:
    """Return the references of a document's longest list, each with its number or key."""
    found = [one for one in references(document) if one.list >= 0]
    sizes = Counter(one.list for one in found)
    longest = max(sizes, key=lambda number: sizes[number], default=-1)
    return [(one.span, one.key) for one in found if one.list == longest]


def _appended(
    document: Document,
    name: str,
    held: bytes,
    accepted: Sequence[Edit],
    named: Mapping[Record, Record],
) -> list[Edit]:
    """Append to a document's bibliography the works that its edits cite and that it lacks."""
    cited = dict.fromkeys(
        replace(named[one], keyword=one.keyword) for edit in accepted for one in edit.cited
    )
    text = addition(held, tuple(cited)).text if cited else ""
    end = len(decode(document.files[name], name).text)
    return [Edit(Span(end, end), text, "safe", name)] if text else []


def _marked(keywords: str, status: str) -> str:
    """Say among a record's keywords how it came into the bibliography."""
    return ", ".join(filter(None, (keywords, f"refcheck-{status}")))


def _records(resolution: Resolution) -> list[Record]:
    """The records that belong in the bibliography: what was decided, and what is suggested."""
    match resolution:
        case Resolved(match, _, also):
            return [one.candidate.record for one in (match, *also)]
        case Suggested(matches):
            return [match.candidate.record for match in matches if not match.contradictions]
        case _:
            return []
