"""RC211 citation-not-listed: the text cites what the reference list does not have.

Finds     Keys that are in none of the document's bibliographies, numbers beyond the end of the list, an author whom no
          reference names.
Matters   The reader cannot find the work.
Example   Sleep loss impairs memory [@smith2041].
Limits    Nothing is told where the bibliography is not at hand, or where most citations do not match the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from refcheck.finders.agreement import ENOUGH, LEAST, Sides, sides, told
from refcheck.model import Document, Finder, Placeholder
from refcheck.text import fold, unmarked, words


def find(document: Document) -> Sequence[Placeholder]:
    """Return the citations without a reference, each work once."""
    both = sides(document)
    seen: set[str] = set()
    out = []
    for one in (*_keys(both), *_numbers(both), *_names(both)):
        if one.clues.topic not in seen:
            seen.add(one.clues.topic)
            out.append(one)
    return out


def _keys(both: Sides) -> Iterator[Placeholder]:
    document = both.document
    cited = [one for one in both.cited if one.form == "key"]
    if (
        not both.keys
        or not cited
        or document.missing
        or not (document.further or document.format in {"latex", "jats"})
    ):
        return
    known = sum(one.key.casefold() in both.keys for one in cited)
    if known < ENOUGH * len(cited):
        return
    for one in cited:
        text = document.slice(one.span)
        sure = (
            document.format != "markdown"
            or text.startswith("\\")
            or _in_brackets(document, one.span.start)
        )
        if one.key.casefold() not in both.keys and sure and not _elsewhere(document, one.key):
            yield told(FINDER, one.span, f"no reference has the key {one.key}")


def _in_brackets(document: Document, start: int) -> bool:
    before = document.text[max(0, start - 300) : start]
    return before.rfind("[") > before.rfind("]")


def _elsewhere(document: Document, key: str) -> bool:
    """Tell whether a key stands in the document or its files outside of citations: a list of another form."""
    marks = (f"{{{key}}}", f"{{{key},", f'id="{key}"', f"id='{key}'", f"[{key}]:")
    files = [data.decode("utf-8", "replace") for data in document.files.values()]
    return any(
        mark in text
        for text in files
        for mark in marks
    ) or f"\\bibitem{{{key}}}" in document.text or f'id="{key}"' in document.text  # fmt: skip


def _numbers(both: Sides) -> Iterator[Placeholder]:
    listed = {int(one.key) for one in both.numbers}
    cited = [one for one in both.cited if one.form == "number"]
    if len(listed) < LEAST or not cited:
        return
    numbers = {int(one.key) for one in cited}
    if len(numbers & listed) < ENOUGH * len(listed) or len(numbers & listed) < ENOUGH * len(
        numbers
    ):
        return
    for one in cited:
        number = int(one.key)
        if number not in listed and max(listed) < number <= 2 * max(listed):
            yield told(FINDER, one.span, f"the list has no number {number}")


def _names(both: Sides) -> Iterator[Placeholder]:
    cited = [one for one in both.cited if one.form == "name"]
    if len(both.named) < LEAST or not cited:
        return
    text = " ".join(" ".join(words(unmarked(both.document.slice(one.span)))) for one in both.listed)
    known = [one for one in cited if _stands(one.name, text)]
    if len(known) < 0.8 * len(cited):
        return
    for one in cited:
        if not _stands(one.name, text):
            yield told(FINDER, one.span, f"no reference names {one.name}")


def _stands(name: str, text: str) -> bool:
    """Tell whether a name stands in the list, or the acronym that it may be."""
    folded = " ".join(words(name))
    return folded in text or fold(name).split(" ")[-1] in text


FINDER = Finder("RC211", "citation-not-listed", "consistency", find)
