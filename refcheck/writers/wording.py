"""What is said of a finding: what became of it, what speaks against a candidate, what to do next.

Harmless in a terminal, but not escaped: every form does that in its own way.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
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


_WITHDRAWN: dict[str, tuple[str, str]] = {
    "retraction": ("retracted", "was retracted"),
    "removal": ("removed", "was removed by its publisher"),
    "withdrawal": ("withdrawn", "was withdrawn"),
    "expression_of_concern": ("in question", "is under an expression of concern"),
}
"""What became of a work, by the kind of its notice (Crossref's update types): a status, a clause."""


def withdrawn(retraction: tuple[str, str, str]) -> str:
    """Say what became of a work that no longer stands, and since when: "was retracted on …"."""
    kind, date, _ = retraction
    said = _WITHDRAWN.get(
        kind, ("", f"was withdrawn ({foreign.line(kind, 40)})" if kind else "was withdrawn")
    )[1]
    return f"{said} on {foreign.line(date)}" if date else said


def quoted(item: Item, width: int = 60) -> str:
    """Return the finding's own text in quotation marks, short and harmless."""
    return f"“{foreign.line(item.text, width)}”"


def status(item: Item) -> str:
    """Return in a word or two how a finding stands."""
    if withdrawal := retraction(item):
        return _WITHDRAWN.get(withdrawal[0], ("withdrawn", ""))[0]
    if item.finding.placeholder.kind == "consistency":
        return "inconsistent"
    return WORDS[item.finding.resolution.status]


def message(item: Item) -> str:
    """Say in one sentence what became of a finding."""
    what = quoted(item)
    if withdrawal := retraction(item):
        return f"{what} {withdrawn(withdrawal)}"
    if item.finding.placeholder.kind == "consistency":
        return f"{what}: {item.finding.placeholder.name.replace('-', ' ')}"
    return _outcome(what, item.finding.resolution, chosen=bool(item.edits))


def capitalised(text: str) -> str:
    """Return a text as a sentence begins."""
    return text[:1].upper() + text[1:]


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


def advice(item: Item, *, general: bool = True) -> tuple[str, ...]:
    """Say what a person can do next; empty where nothing is left to do.

    What holds for all findings of its kind is left out unless ``general`` is wanted.
    """
    given = (
        item.finding.resolution.advice if isinstance(item.finding.resolution, Unresolved) else ()
    )
    if given or not general or standing(item) == "resolved":
        return given
    if item.finding.placeholder.kind == "consistency":
        return ("Bring the citation and the reference list into agreement.",)
    if retraction(item):
        return ("Read the notice. Cite the work only where you say that it no longer stands.",)
    match item.finding.resolution:
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
    again = run(item, asking=match is None)
    if not again or not chosen or foreign.line(chosen) != chosen:
        return ""
    return f"{again} --pin {shlex.quote(f'{line}:{column}={chosen}')}"


def run(item: Item, *, asking: bool = True) -> str:
    """Return the command that does the document again; "" where it cannot be typed.

    It has the options of the run; ``--offline`` is left out where sources are to be asked.
    """
    path = item.document.name
    given = [one for one in item.options if not (asking and one == "--offline")]
    if not path or any(foreign.line(one) != one for one in (path, *given)):
        return ""
    shown = f"./{path}" if path.startswith("-") and path != "-" else path
    return shlex.join(("refcheck", "fix", shown, *given))


def step(item: Item) -> tuple[str, str]:
    """Return what to do next for a finding, and the command that does it; "" where there is none."""
    if standing(item) == "resolved" or retraction(item):
        return "", ""
    match item.finding.resolution:
        case _ if item.finding.placeholder.kind == "consistency":
            return "", ""
        case Suggested(matches) | Ambiguous(matches):
            sound = [one for one in matches if command(item, one)]
            return "choose one", command(item, sound[0]) if sound else ""
        case Corrected():
            again = run(item)
            return "take over what differs", f"{again} --accept-suggestions" if again else ""
        case Unresolved(reason="source_failed"):
            return "ask again", run(item)
        case Unresolved():
            return "name it yourself", command(item)
        case NotAsked():
            return "look it up", run(item)
        case _:
            return "", ""


def next_command(every: Iterable[Item]) -> str:
    """Return the command that brings most: ask again, else choose, else name; "" for none.

    Of several places the first, in the order given, is taken.
    """
    steps: dict[str, str] = {}
    for item in every:
        what, command = step(item)
        if command:
            steps.setdefault(what, command)
    order = ("ask again", "look it up", "choose one", "take over what differs", "name it yourself")
    return next((steps[what] for what in order if what in steps), "")


def reason(match: Match) -> str:
    """Say in one line what a candidate's score comes of, contradictions last."""
    fields: dict[str, list[str]] = {}
    for one in match.evidence:
        if not one.contradicts:
            word = agreement_word(one.agreement)
            fields.setdefault(word, []).append(foreign.line(one.field.replace("_", " ")))
    said = [
        f"{word} in {', '.join(dict.fromkeys(fields[word]))}"
        for word in _AGREEMENTS[::-1]
        if word in fields
    ]
    if unknown := fields.get("not compared"):
        said.append(f"{', '.join(dict.fromkeys(unknown))} not compared")
    return "; ".join(filter(None, (*said, against(match))))


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
