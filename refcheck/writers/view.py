"""What the forms of a report share: where things stand, what is worst, what to do next.

Nothing here is escaped: every form does that in its own way.
"""

from __future__ import annotations

import hashlib
import shlex
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from refcheck.model import (
    Ambiguous,
    Corrected,
    Diagnostic,
    Document,
    DocumentReport,
    Edit,
    Finding,
    Match,
    NotAsked,
    Report,
    Resolution,
    Resolved,
    Suggested,
    Unresolved,
    Verified,
)
from refcheck.writers import foreign, works

Standing = Literal["resolved", "suggested", "open", "not_asked"]
"""What is left to do: nothing; a choice; a search of one's own; to ask again."""

STANDINGS: tuple[Standing, ...] = ("resolved", "suggested", "open", "not_asked")

WORDS: dict[str, str] = {
    "resolved": "resolved",
    "verified": "verified",
    "corrected": "to correct",
    "suggested": "suggested",
    "ambiguous": "ambiguous",
    "unresolved": "unresolved",
    "not_asked": "not asked",
}
"""Statuses as a reader meets them."""


@dataclass(frozen=True, slots=True)
class Item:
    """A finding in its document, with the edits that were accepted for it."""

    document: Document
    finding: Finding
    edits: tuple[Edit, ...] = ()

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
            case Resolved() | Verified() | Corrected() as decided:
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
    edits = sorted((edit for edit in part.edits if _own(edit, part)), key=lambda edit: edit.span)
    starts = [edit.span.start for edit in edits]
    out = []
    for finding in part.findings:
        span = finding.placeholder.replaced
        first = bisect_left(starts, span.start)
        last = bisect_left(starts, span.end + 1)
        mine = tuple(edit for edit in edits[first:last] if edit.span.end <= span.end)
        out.append(Item(part.document, finding, mine))
    return tuple(out)


def _own(edit: Edit, part: DocumentReport) -> bool:
    return edit.file in {"", part.document.name}


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
        case Corrected() | Suggested() | Ambiguous():
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


def quoted(item: Item, width: int = 60) -> str:
    """Return the finding's own text in quotation marks, short and harmless."""
    return f"“{foreign.line(item.text, width)}”"


def message(item: Item) -> str:
    """Say in one sentence what became of a finding."""
    what = quoted(item)
    if withdrawn := retraction(item):
        return f"{what} has been withdrawn: {foreign.line(', '.join(filter(None, withdrawn)))}"
    if item.finding.placeholder.kind == "consistency":
        return f"{what}: {item.finding.placeholder.name.replace('-', ' ')}"
    return _outcome(what, item.finding.resolution, chosen=bool(item.edits))


def _outcome(what: str, resolution: Resolution, *, chosen: bool) -> str:
    match resolution:
        case Resolved():
            return f"{what} was found"
        case Verified(found):
            return f"{what} is as {works.sources(found)} describes it"
        case Corrected(_, differences):
            fields = ", ".join(dict.fromkeys(one.field.replace("_", " ") for one in differences))
            return f"{what} is a real work described otherwise: {foreign.line(fields)}"
        case Suggested(matches):
            if chosen:
                return f"{what}: a suggestion was put in"
            return f"{_number(len(matches), 'suggestion')} for {what}"
        case Ambiguous(matches):
            return f"{_number(len(matches), 'work')} fit {what} about equally well"
        case Unresolved(reason, matches):
            return {
                "not_found": f"none of {_number(len(matches), 'candidate')} for {what} can be trusted"
                if matches
                else f"no source that was asked knows {what}",
                "too_vague": f"{what} says too little to look for a work",
                "source_failed": f"{what} could not be looked up: a source that is needed failed",
            }[reason]
        case NotAsked():
            return f"{what} was not looked up"
        case _ as never:
            assert_never(never)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def advice(item: Item) -> tuple[str, ...]:
    """Say what a person can do next; empty where nothing is left to do."""
    if standing(item) == "resolved":
        return ()
    if item.finding.placeholder.kind == "consistency":
        return ("Bring the citation and the reference list into agreement.",)
    if retraction(item):
        return ("Read the notice, and cite the work only as one that was withdrawn.",)
    match item.finding.resolution:
        case Unresolved(advice=given) if given:
            return given
        case Unresolved(reason):
            return {
                "not_found": ("Look for it yourself and give its DOI or address with --pin.",),
                "too_vague": (
                    "Say more in the document: a title, an author, a year, or what it is about.",
                ),
                "source_failed": (
                    "Run the same command again later: what was answered is not asked again.",
                ),
            }[reason]
        case Ambiguous():
            return ("Choose the one that is meant.",)
        case Suggested():
            return ("Choose what fits; nothing is put into the document without you.",)
        case Corrected():
            return ("Compare the differences and correct what is wrong.",)
        case NotAsked():
            return ("Run without --offline to have it looked up.",)
        case _:
            return ()


def pin_id(match: Match) -> str:
    """Return the shortest name by which ``--pin`` can choose a candidate; "" for none."""
    record = match.candidate.record
    if record.doi:
        return record.doi
    if url := works.web(record.url):
        return url
    for provenance in match.candidate.provenance:
        if provenance.id:
            return f"{provenance.source}:{provenance.id}"
    return ""


def command(item: Item, match: Match | None = None) -> str:
    """Return a command that can be pasted to choose a candidate; "" where none can be given.

    Without a match it names a DOI or address to be filled in. A path or an identifier with signs
    that cannot be seen is not put into a command.
    """
    line, column = item.place
    chosen = pin_id(match) if match else "DOI-OR-ADDRESS"
    path = item.document.name
    if not chosen or not path or foreign.SIGNS.search(path + chosen) or "\n" in path + chosen:
        return ""
    pin = f"{line}:{column}={chosen}"
    return f"refcheck fix {shell_path(path)} --pin {shlex.quote(pin)}"


def shell_path(path: str) -> str:
    """Return a path as a shell takes it, never for an option."""
    return shlex.quote(f"./{path}" if path.startswith("-") and path != "-" else path)


def agreement_word(agreement: float | None, *, contradicts: bool = False) -> str:
    """Put an agreement into a word. Fifths: only for reading, nothing is decided by it."""
    if contradicts:
        return "contradicts"
    if agreement is None:
        return "not compared"
    words = ("differs", "differs", "partly", "mostly", "agrees")
    return words[min(4, int(agreement * 5))]


def against(match: Match) -> str:
    """Say in one line what speaks against a candidate; "" where nothing does."""
    said = []
    for one in match.contradictions:
        note = f" ({foreign.line(one.note)})" if one.note else ""
        field = one.field.replace("_", " ")
        said.append(
            f"{field} is {foreign.line(one.found, 40) or 'absent'}, "
            f"wanted {foreign.line(one.given, 40) or 'none'}{note}"
        )
    return "; ".join(said)


def fingerprints(part: DocumentReport) -> tuple[str, ...]:
    """Name each finding so that it is known again in a later run, though lines moved.

    Made of the rule, the folded text and the line it stands on; equal ones are numbered.
    """
    seen: Counter[str] = Counter()
    out = []
    for finding in part.findings:
        line, _ = part.document.place(finding.placeholder.span.start)
        parts = (
            finding.placeholder.rule,
            " ".join(part.document.slice(finding.placeholder.span).split()),
            " ".join(part.document.line(line).split()),
        )
        key = "\0".join(parts)
        seen[key] += 1
        whole = f"{key}\0{seen[key]}".encode(errors="replace")
        out.append(hashlib.sha256(whole).hexdigest()[:32])
    return tuple(out)


def diagnostics(part: DocumentReport) -> Sequence[Diagnostic]:
    """Return what else is to be said of a document: of reading it and of the rest, each once."""
    return tuple(dict.fromkeys((*part.document.diagnostics, *part.diagnostics)))
