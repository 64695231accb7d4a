"""What is said of a finding: what became of it, what a score comes of, what speaks against it.

Harmless in a terminal, but not escaped: every form does that in its own way.
"""

from __future__ import annotations

from typing import assert_never

from refcheck.model import (
    Ambiguous,
    Corrected,
    Evidence,
    Match,
    NotAsked,
    Resolution,
    Resolved,
    Suggested,
    Unresolved,
    Verified,
)
from refcheck.writers import foreign, works
from refcheck.writers.view import Item, retraction, unlike

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
        said = item.finding.placeholder.clues.topic
        return f"{what}: {foreign.line(said) or item.finding.placeholder.name.replace('-', ' ')}"
    match item.finding.resolution:
        case Unresolved("not_found", ()) if "--offline" in item.options:
            return f"nothing at hand fits {what}; the public sources were not asked"
    said = _outcome(what, item.finding.resolution, chosen=bool(item.edits))
    if isinstance(item.finding.resolution, Verified) and (other := unlike(item)):
        fields = dict.fromkeys(one.field.replace("_", " ") for one in other)
        said += f", but for {foreign.line(', '.join(fields))}"
    return said


def capitalised(text: str) -> str:
    """Return a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return a text as a sentence: a capital at its beginning, a full stop at its end.

    After an address or an option no stop is set, so that it can be copied.
    """
    last = text.rsplit(maxsplit=1)[-1:] or [""]
    bare = text.endswith((".", "?", "!", "。", ":")) or "://" in last[0] or ": --" in text
    return capitalised(text) + ("" if bare else ".")


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
        case Ambiguous((_,)):
            return f"it cannot be told whether {what} is what was found"
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
        case NotAsked(why):
            return f"{what} was not looked up" + (f": {foreign.line(why)}" if why else "")
        case _ as never:
            assert_never(never)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def reason(match: Match) -> str:
    """Say in one line what a candidate's score comes of, contradictions last."""
    fields: dict[str, list[str]] = {}
    for one in match.evidence:
        if not one.contradicts:
            word = agreement_word(one.agreement)
            fields.setdefault(word, []).append(_named(one))
    said = [
        f"{word} in {', '.join(dict.fromkeys(fields[word]))}"
        for word in _AGREEMENTS[::-1]
        if word in fields
    ]
    if unknown := fields.get("not compared"):
        said.append(f"{', '.join(dict.fromkeys(unknown))} not compared")
    return "; ".join(filter(None, (*said, against(match))))


def _named(one: Evidence) -> str:
    """Name a comparison, with what the candidate says where that is short: ``issued (2020)``."""
    field, found = foreign.line(one.field.replace("_", " ")), foreign.line(one.found)
    return f"{field} ({found})" if found and foreign.cells(found) <= SHORT else field


SHORT = 24
"""Columns up to which what a candidate says is shown beside a field's name."""


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
