"""What is said of a finding: what became of it, what speaks against a candidate, what to do next.

Harmless in a terminal, but not escaped: every form does that in its own way.
"""

from __future__ import annotations

import shlex
from typing import assert_never

from refcheck.model import (
    Ambiguous,
    Corrected,
    Match,
    NotAsked,
    Resolution,
    Resolved,
    Suggested,
    Unresolved,
    Verified,
)
from refcheck.writers import foreign, works
from refcheck.writers.view import Item, retraction, standing

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


def quoted(item: Item, width: int = 60) -> str:
    """Return the finding's own text in quotation marks, short and harmless."""
    return f"“{foreign.line(item.text, width)}”"


def status(item: Item) -> str:
    """Return in a word or two how a finding stands."""
    if retraction(item):
        return "withdrawn"
    if item.finding.placeholder.kind == "consistency":
        return "inconsistent"
    return WORDS[item.finding.resolution.status]


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

    Without a match it names a DOI or address to be filled in. None is given for a candidate that
    is contradicted, nor where path or identifier have signs that cannot be seen.
    """
    if match and match.contradictions:
        return ""
    line, column = item.place
    chosen = pin_id(match) if match else "DOI-OR-ADDRESS"
    path = item.document.name
    if not chosen or not path or foreign.SIGNS.search(path + chosen) or "\n" in path + chosen:
        return ""
    pin = f"{line}:{column}={chosen}"
    return f"refcheck fix {shell_path(path)} --pin {shlex.quote(pin)}"


def reason(match: Match) -> str:
    """Say in one line what a candidate's score comes of, contradictions last."""
    fields: dict[str, list[str]] = {}
    for one in match.evidence:
        if not one.contradicts:
            word = agreement_word(one.agreement)
            fields.setdefault(word, []).append(foreign.line(one.field.replace("_", " ")))
    said = []
    for word in (*_AGREEMENTS[::-1], "not compared"):
        if names := ", ".join(dict.fromkeys(fields.pop(word, ()))):
            said.append(f"{names} not compared" if word == "not compared" else f"{word} in {names}")
    return "; ".join(filter(None, (*said, against(match))))


def shell_path(path: str) -> str:
    """Return a path as a shell takes it, never for an option."""
    return shlex.quote(f"./{path}" if path.startswith("-") and path != "-" else path)


def agreement_word(agreement: float | None, *, contradicts: bool = False) -> str:
    """Put an agreement into a word. Fifths: only for reading, nothing is decided by it."""
    if contradicts:
        return "contradicts"
    if agreement is None:
        return "not compared"
    return _AGREEMENTS[max(0, min(4, int(agreement * 5)) - 1)]


_AGREEMENTS = ("differs", "partly agrees", "mostly agrees", "agrees")


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
