"""What a person can do next: in words, and as commands that can be pasted.

Harmless in a terminal, but not escaped: every form does that in its own way.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

from refcheck.model import Ambiguous, Corrected, Match, NotAsked, Suggested, Unresolved
from refcheck.writers import foreign, wording, works
from refcheck.writers.view import Item, retraction, standing


def advice(item: Item, *, general: bool = True) -> tuple[str, ...]:
    """Say what a person can do next; empty where nothing is left to do.

    What holds for all findings of its kind is left out unless ``general`` is wanted, and so is what
    `commands` says better.
    """
    outcome = item.finding.resolution
    given = outcome.advice if isinstance(outcome, Unresolved) else ()
    if not general and run(item):
        return tuple(one for one in given if not _OPTIONS.fullmatch(one))
    if (
        isinstance(outcome, Unresolved)
        and outcome.reason == "not_found"
        and "--offline" in item.options
    ):
        given = (*given, "run without --offline to ask the public sources")
    if given or not general or standing(item) == "resolved":
        return tuple(map(wording.sentence, given))
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
        case NotAsked(why):
            if why:
                return ("Compare it with what its institution or publisher says.",)
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
    again = run(item, asking=match is None, pinned=False)
    if not again or not chosen or foreign.line(chosen) != chosen:
        return ""
    return f"{again} --pin {shlex.quote(f'{line}:{column}={chosen}')}"


def run(item: Item, *, asking: bool = True, pinned: bool = True) -> str:
    """Return the command that does the document again; "" where it cannot be typed.

    It has the options of the run; ``--offline`` is left out where sources are to be asked, and what
    was chosen for this place unless ``pinned``.
    """
    path = item.document.name
    given = [one for one in item.options if not (asking and one == "--offline")]
    if not pinned:
        line, column = item.place
        mine = [n for n, one in enumerate(given) if one.startswith(f"{line}:{column}=")]
        given = [one for n, one in enumerate(given) if n not in mine and n + 1 not in mine]
    if not path or any(foreign.line(one) != one for one in (path, *given)):
        return ""
    shown = f"./{path}" if path.startswith("-") and path != "-" else path
    return shlex.join(("refcheck", "fix", shown, *given))


def commands(item: Item) -> tuple[tuple[str, str], ...]:
    """Return what can be done next for a finding, each with the command that does it."""
    said, again = [], run(item)
    outcome = item.finding.resolution
    if isinstance(outcome, Unresolved) and outcome.reason == "not_found" and again:
        if "--offline" in item.options:
            said.append(("ask the public sources", again))
        further = filter(None, map(_OPTIONS.fullmatch, outcome.advice))
        said += [(one["what"], f"{again} {one['options']}") for one in further]
    return (*said, *filter(all, [step(item)]))


_OPTIONS = re.compile(r"(?P<what>[^:]+): (?P<options>--[a-z-]+ \S+(?: --[a-z-]+ \S+)*)")
"""An advice that ends in options: to run again with them."""


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
        case NotAsked(why) if not why:
            return "look it up", run(item)
        case _:
            return "", ""


def next_step(every: Iterable[Item]) -> tuple[str, str]:
    """Return what brings most and the command that does it; "" for none.

    To ask whom nobody has asked comes first; where several places wait for a person, to go through
    them one by one. Of several documents the first with such a place is taken.
    """
    steps: dict[str, str] = {}
    waiting: list[Item] = []
    for item in every:
        what, command = step(item)
        if not command:
            continue
        if what == "name it yourself" and "--offline" in item.options:
            what, command = "ask the public sources", run(item)
        steps.setdefault(what, command)
        waiting.append(item)
    for what in ("ask again", "look it up", "ask the public sources"):
        if what in steps:
            return what, steps[what]
    if len(waiting) > 1 and waiting[0].document.name != "-":
        return "go through them", f"{run(waiting[0])} --interactive"
    return next(iter(steps.items()), ("", ""))
