"""The report for a person who reads Markdown, rendered or not: worst first, with all reasons.

Foreign text is escaped by CommonMark's backslash rule (CommonMark 0.31, 2.4), so no title can
open a tag, a link, a table cell or a code span; addresses become links only as ``<https://…>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from refcheck.model import DocumentReport, Entry, Evidence, Match, Report
from refcheck.record import csl_variable
from refcheck.writers import foreign, steps, view, wording, works
from refcheck.writers.form import ReportForm
from refcheck.writers.view import Item

_HEADINGS: dict[view.Standing, str] = {
    "open": "Still open",
    "suggested": "To choose from",
    "not_asked": "Not looked up",
    "resolved": "Resolved",
}
"""The sections in which findings stand, worst first."""

_CONTEXT = 120
"""How many code points of its line are shown before and after a finding."""


def write(report: Report) -> str:
    """Write the report as Markdown (CommonMark with GitHub's tables)."""
    out = [
        "<!-- Report made by refcheck -->",
        "",
        f"# References of {_heading(report)}",
        "",
        _sentence(report),
        "",
    ]
    for part in report.documents:
        if len(report.documents) > 1:
            out += [f"# {escape(part.document.name)}", ""]
        out += _document(part)
    out += _sources(report)
    return foreign.well_formed("\n".join(out).rstrip() + "\n")


def escape(text: str, width: int = 0) -> str:
    """Return foreign text as one line that Markdown shows as it is, wherever it is put."""
    text = foreign.line(text, width)
    if _PLAIN.fullmatch(text):
        return text
    text = re.sub(r"[\\`*\[\]<>|~$@]|&(?=[#\w])|#(?=\d)|^#", r"\\\g<0>", text)
    text = re.sub(r"^(?:[-+=]|\d{1,9}(?=[.)](?:\s|$)))", _not_a_marker, text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)  # within a word it means nothing
    text = re.sub(r"(?i)\b(https?|ftp)(?=:)|\b(www)(?=\.)", _unlinked, text)
    return re.sub(r"(?<=\\)(@)|(?<=\\)(#)(?=\d)", lambda match: match[0] + "<!-- -->", text)


_PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ ,][^\W_]+)*")
"""Words and blanks: nothing that Markdown could take for a mark of its own."""


def _not_a_marker(match: re.Match[str]) -> str:
    """Keep the beginning of a text from being a list's marker or a heading's underline."""
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def _unlinked(match: re.Match[str]) -> str:
    """Break what GitHub would make a link of without being asked (GFM 6.9)."""
    return match[0] + "<!-- -->"


def link(url: str) -> str:
    """Return an address as a link, or escaped where it is none of the web."""
    if not works.web(url):
        return escape(url)
    return f"<{quote(foreign.line(url), safe=_IN_ADDRESS)}>"


_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=-._~"
"""What RFC 3986 allows in an address; all else is percent-encoded, ``<``, ``>`` and ``|`` too."""


def _heading(report: Report) -> str:
    if len(report.documents) == 1:
        return escape(report.documents[0].document.name)
    return f"{len(report.documents)} documents"


def _sentence(report: Report) -> str:
    counts = view.totals(report)
    said = " · ".join(f"**{counts[state]}** {name.lower()}" for state, name in _HEADINGS.items())
    found = sum(counts.values())
    return f"{found} {'place was' if found == 1 else 'places were'} found: {said}. Made {_when(report.made)}."


def _when(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _document(part: DocumentReport) -> Iterator[str]:
    every = view.worst_first(view.items(part))
    number = 0
    for state, heading in _HEADINGS.items():
        mine = [item for item in every if view.standing(item) == state]
        if not mine:
            continue
        yield from (f"## {heading}", "")
        for item in mine:
            number += 1
            yield from _finding(number, item)
    if said := view.diagnostics(part):
        yield from ("## Notes", "")
        for one in said:
            where = f" (line {part.document.place(one.span.start)[0]})" if one.span else ""
            yield f"- {one.severity}: `{one.rule}`{where} {escape(one.message)}"
            if one.help:
                yield f"  {escape(one.help)}"
        yield ""
    if part.bibliography:
        yield from ("## Reference list", "")
        for entry in part.bibliography:
            yield f"- {_entry(entry)}"
        yield ""


def _entry(entry: Entry) -> str:
    out: list[str] = []
    for run in entry.reference:
        if works.web(run.url):
            out.append(link(run.url))
            continue
        text = escape(run.text)
        before = " " if run.text[:1].isspace() else ""
        after = " " if run.text[-1:].isspace() else ""
        mark = "*" if run.italic else "**" if run.bold else ""
        out.append(f"{before}{mark}{text}{mark}{after}" if text else before)
    label = f"{escape(entry.label)} " if entry.label else ""
    return label + "".join(out).strip()


def _finding(number: int, item: Item) -> Iterator[str]:
    placeholder = item.finding.placeholder
    yield from (f"### {number}. {escape(item.text, 80)}", "")
    yield (
        f"{escape(wording.capitalised(view.where(item)))} · `{placeholder.rule}` {escape(placeholder.name)} · "
        f"{placeholder.certainty} · **{wording.status(item)}**"
    )
    yield from (
        "",
        f"> {_excerpt(item)}",
        "",
        f"{escape(wording.capitalised(wording.message(item)))}.",
        "",
    )
    for edit in item.edits:
        yield from (f"Put into the document: {link(edit.text)}", "")
    yield from _table(view.unlike(item), "What differs")
    if item.chosen:
        yield from _candidate(item.chosen, "")
    if said := steps.advice(item):
        yield from ("What to try next:", "")
        yield from (f"- {escape(one)}" for one in said)
        yield ""
    for rank, match in enumerate(item.others, 1):
        yield from _candidate(match, f"Candidate {rank}: ", steps.command(item, match))


def _excerpt(item: Item) -> str:
    before, after = view.around(item, _CONTEXT)
    gap = " " if before[-1:].isspace() else ""
    rest = " " if after[:1].isspace() else ""
    middle = f"**{escape(item.text, 400)}**"
    return f"{escape(before)}{gap}{middle}{rest}{escape(after)}".strip()


def _candidate(match: Match, before: str, command: str = "") -> Iterator[str]:
    record = match.candidate.record
    said = [escape(one) for one in works.facts(record)]
    said += [escape(record.type), f"score {match.score:.2f}"]
    if match.candidate.cited_by is not None:
        said.append(f"cited by {match.candidate.cited_by}")
    yield f"#### {before}{escape(works.title(record))}"
    yield from ("", " · ".join(said))
    if address := works.address(record):
        yield from ("", link(address))
    if record.retraction:
        where = works.notice(record.retraction)
        read = f" Notice: {link(where)}" if where else ""
        yield from ("", f"**It {escape(wording.withdrawn(record.retraction))}.**{read}")
    if against := wording.against(match):
        yield from ("", f"**Against it**: {escape(against)}")
    yield ""
    yield from _table(match.evidence, "Field")
    for one in match.candidate.provenance:
        where = link(one.url) if one.url else escape(one.id)
        fields = ", ".join(
            escape(csl_variable(field))
            + (f" (from {escape(read)})" if read and read != field else "")
            for field, read in one.fields
        )
        yield f"Read at {escape(one.source)}, {_when(one.retrieved)}: {where}" + (
            f" — {fields}" if fields else ""
        )
        yield ""
    if command:
        yield from ("```sh", command, "```", "")


def _table(evidence: tuple[Evidence, ...], first: str) -> Iterator[str]:
    if not evidence:
        return
    yield f"| {first} | The document says | The candidate says | Agreement |"
    yield "| --- | --- | --- | --- |"
    for one in evidence:
        word = wording.agreement_word(one.agreement, contradicts=one.contradicts)
        if one.contradicts:
            word = f"**{word}**"
        elif one.agreement is not None:
            word = f"{word} ({one.agreement:.2f})"
        note = f": {escape(one.note)}" if one.note else ""
        yield (
            f"| {escape(one.field.replace('_', ' '))} | {escape(one.given) or '–'} "
            f"| {escape(one.found) or '–'} | {word}{note} |"
        )
    yield ""


def _sources(report: Report) -> Iterator[str]:
    if not report.sources:
        return
    yield from ("## Sources", "")
    yield "| Source | State | Requests | From the cache | Failed |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for one in report.sources:
        why = f": {escape(one.message)}" if one.message else ""
        state = one.state.replace("_", " ")
        yield (
            f"| {escape(one.name)} | {state}{why} | {one.requests} | {one.from_cache} "
            f"| {one.failed} |"
        )
    yield ""


REPORT = ReportForm(write=write, suffix=".md", title="Markdown, for people", name="markdown")
