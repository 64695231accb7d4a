"""What the forms of a report share: where things stand, what is worst, what to do next.

Nothing here is escaped: every form does that in its own way.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from refcheck.model import (
    SPELT,
    Ambiguous,
    Corrected,
    Diagnostic,
    Document,
    DocumentReport,
    Edit,
    Evidence,
    Finding,
    Match,
    NotAsked,
    Report,
    Resolved,
    SourceState,
    Suggested,
    Unresolved,
    Verified,
)

Standing = Literal["resolved", "suggested", "open", "not_asked"]
"""What is left to do: nothing; a choice; a search of one's own; to ask again."""

STANDINGS: tuple[Standing, ...] = ("resolved", "suggested", "open", "not_asked")


@dataclass(frozen=True, slots=True)
class Item:
    """A finding in its document, with the edits that were accepted for it.

    ``options`` are those of the run, which a further command needs too.
    """

    document: Document
    finding: Finding
    edits: tuple[Edit, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What stands in the document."""
        return self.document.slice(self.finding.placeholder.span)

    @property
    def place(self) -> tuple[int, int]:
        """Line and column, from 1."""
        return self.document.place(self.finding.placeholder.span.start)

    @property
    def chosen(self) -> Match | None:
        """The match that was decided for, where one was."""
        match self.finding.resolution:
            case Resolved(found) | Verified(found) | Corrected(found):
                return found
            case _:
                return None

    @property
    def others(self) -> tuple[Match, ...]:
        """The other matches, best first."""
        match self.finding.resolution:
            case Resolved() as found:
                return (*found.also, *found.others)
            case Verified() | Corrected() as decided:
                return decided.others
            case Suggested(matches) | Ambiguous(matches):
                return matches
            case Unresolved() as unresolved:
                return unresolved.matches
            case NotAsked():
                return ()
            case _ as never:
                assert_never(never)


def items(part: DocumentReport) -> tuple[Item, ...]:
    """Return a document's findings in order, each with its accepted edits."""
    by_file: dict[str, list[Edit]] = {}
    for edit in sorted(part.edits, key=lambda edit: edit.span):
        by_file.setdefault(edit.file or part.document.name, []).append(edit)
    starts = {name: [edit.span.start for edit in edits] for name, edits in by_file.items()}
    out = []
    for finding in part.findings:
        document = part.document.of_file(finding.placeholder.file)
        edits = by_file.get(document.name, [])
        span = finding.placeholder.replaced
        first = bisect_left(starts.get(document.name, []), span.start)
        last = bisect_left(starts.get(document.name, []), span.end + 1)
        mine = tuple(edit for edit in edits[first:last] if edit.span.end <= span.end)
        out.append(Item(document, finding, mine, part.options))
    return tuple(out)


def own_edits(part: DocumentReport) -> tuple[Edit, ...]:
    """Return the edits of the document itself, not of its bibliography, in order of place."""
    mine = (edit for edit in part.edits if edit.file in {"", part.document.name})
    return tuple(sorted(mine, key=lambda edit: edit.span))


def where(item: Item) -> str:
    """Say where a finding stands: line and column, and the place in a file of another kind."""
    line, column = item.place
    return ", ".join(filter(None, (f"line {line}, column {column}", in_file(item))))


def in_file(item: Item) -> str:
    """Say where a finding stands in a file whose text was extracted; "" where it is text itself."""
    start = item.finding.placeholder.span.start
    where = item.document.in_file(start)
    if where is None:
        return ""
    part, number = where
    if part.startswith("page "):
        return part
    if part in _NOTES:
        return f"paragraph {number} of the {_NOTES[part]}"
    said = f"paragraph {number}" + ("" if part in _BODIES else f" of {part}")
    heading = " ".join(item.document.heading_of(start).split())
    return f"{said}, under “{heading}”" if heading else said


_NOTES = {"word/footnotes.xml": "footnotes", "word/endnotes.xml": "endnotes"}
_BODIES = frozenset({"word/document.xml", "content.xml"})
"""The part of a file that is its text; a reader need not be told its name."""


def around(item: Item, signs: int) -> tuple[str, str]:
    """Return what stands before and after a finding in its line, "…" where it was cut."""
    span, text = item.finding.placeholder.span, item.document.text
    start = max(span.start - signs, text.rfind("\n", 0, span.start) + 1)
    end = text.find("\n", span.end)
    end = min(span.end + signs, end if end >= 0 else len(text))
    lead = "…" if start and text[start - 1] != "\n" else ""
    tail = "…" if end < len(text) and text[end] != "\n" else ""
    return lead + text[start : span.start], text[span.end : end] + tail


def retraction(item: Item) -> tuple[str, str, str] | None:
    """Return kind, date and notice where the work that was decided for has been withdrawn."""
    return item.chosen.candidate.record.retraction if item.chosen else None


def standing(item: Item) -> Standing:
    """Say what is left to do for a finding."""
    if item.finding.placeholder.kind == "consistency" or retraction(item):
        return "open"
    match item.finding.resolution:
        case Resolved() | Verified():
            return "resolved"
        case Corrected(_, differences):
            changed = sum(edit.safety == "unsafe" for edit in item.edits)
            return "resolved" if changed >= len(differences) else "suggested"
        case Suggested() | Ambiguous():
            return "resolved" if item.edits else "suggested"
        case Unresolved(reason):
            return "not_asked" if reason == "source_failed" else "open"
        case NotAsked():
            return "not_asked"
        case _ as never:
            assert_never(never)


def is_open(item: Item) -> bool:
    """Tell whether a finding keeps the exit status from 0.

    What a failed source left undecided is not open but incomplete: see `is_incomplete`.
    """
    state = standing(item)
    if state == "not_asked":
        return not is_incomplete(item) and item.finding.placeholder.kind != "reference"
    return state != "resolved"


def is_incomplete(item: Item) -> bool:
    """Tell whether a source that was needed could not be asked."""
    resolution = item.finding.resolution
    return isinstance(resolution, Unresolved) and resolution.reason == "source_failed"


def count(every: Iterable[Item]) -> dict[Standing, int]:
    """Count findings by standing; all four are in it."""
    counts = Counter(standing(item) for item in every)
    return {state: counts[state] for state in STANDINGS}


def totals(report: Report) -> dict[Standing, int]:
    """Count the findings of all documents by standing."""
    return count(item for part in report.documents for item in items(part))


def worst_first(every: Iterable[Item]) -> list[Item]:
    """Order findings by what they ask of a person, most first; then by place."""
    return sorted(every, key=lambda item: (_rank(item), item.finding.placeholder.span.start))


_RANKS = {
    "unresolved": 2,
    "ambiguous": 4,
    "corrected": 5,
    "suggested": 6,
    "resolved": 8,
    "verified": 9,
}


def _rank(item: Item) -> int:
    if retraction(item):
        return 0
    kind, status = item.finding.placeholder.kind, item.finding.resolution.status
    if kind == "consistency":
        return 1
    if status == "not_asked":
        return 3 if kind != "reference" else 10
    if item.edits and status not in {"resolved", "verified"}:
        return 7
    return _RANKS[status]


def fingerprints(part: DocumentReport) -> tuple[str, ...]:
    """Name each finding so that it is known again in a later run, though lines moved.

    Made of the rule, the folded text and the line it stands on; equal ones are numbered.
    """
    seen: Counter[str] = Counter()
    out = []
    for finding in part.findings:
        document = part.document.of_file(finding.placeholder.file)
        line, _ = document.place(finding.placeholder.span.start)
        parts = (
            finding.placeholder.rule,
            " ".join(document.slice(finding.placeholder.span).split()),
            " ".join(document.line(line).split()),
        )
        key = "\0".join(parts)
        seen[key] += 1
        whole = f"{key}\0{seen[key]}".encode(errors="replace")
        out.append(hashlib.sha256(whole).hexdigest()[:32])
    return tuple(out)


NEARLY = 0.85
"""Agreement below which a field of a reference that is in order is shown to be told otherwise."""


def unlike(item: Item) -> tuple[Evidence, ...]:
    """Return what a written reference says otherwise than its source: what is to be corrected.

    For a reference that is in order that is what differs so little that it may be meant: a year by
    one, another form of a name, a slip in the title.
    """
    match item.finding.resolution:
        case Corrected(_, differences):
            return differences
        case Verified(found):
            return tuple(
                one
                for one in found.evidence
                if one.agreement is not None
                and (one.agreement < NEARLY or one.note == SPELT)
                and one.given
                and one.found
            )
        case _:
            return ()


def asked(report: Report) -> list[SourceState]:
    """Return how the sources fared that a request was put to, or that failed."""
    return [one for one in report.sources if one.state in {"ok", "failed"}]


def unasked(report: Report) -> list[tuple[str, list[str]]]:
    """Return the sources that nobody asked, by why."""
    whys = {"offline": "Not asked (offline)", "not_needed": "Not needed"}
    named = [
        (why, [o.name for o in report.sources if o.state == state]) for state, why in whys.items()
    ]
    return [(why, names) for why, names in named if names]


def diagnostics(part: DocumentReport) -> Sequence[Diagnostic]:
    """Return what else is to be said of a document: of reading it and of the rest, each once."""
    return tuple(dict.fromkeys((*part.document.diagnostics, *part.diagnostics)))


Level = Literal["error", "warning", "note"]


def level(item: Item) -> Level | None:
    """Say how loud a gate should be about a finding; None where there is nothing to tell.

    What was withdrawn is an error, what is open a warning; what is resolved, or could not be asked
    about, is noted while it stands in the document. References in order are not told.
    """
    if retraction(item):
        return "error"
    if is_open(item):
        return "note" if item.finding.placeholder.certainty == "maybe" else "warning"
    if is_incomplete(item) or item.finding.placeholder.kind != "reference":
        return "note"
    return None


def end_place(item: Item) -> tuple[int, int]:
    """Line and column, from 1, just after a finding."""
    return item.document.place(item.finding.placeholder.span.end)
