"""References put into a document's own list: in alphabetical place, or next in number.

The list's own form is kept: what stands between two of its references stands between the new one and
its neighbours. In a list that citations name by number, the citation becomes the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from refcheck.identifiers import normal_doi
from refcheck.model import Document, Edit, Entry, Span
from refcheck.record import Record
from refcheck.text import fold, plain, unmarked
from refcheck.writers.citations import Markup

Listed = Sequence[tuple[Span, str]]
"""The references of a list in order, each with its number ("" for none)."""

SORTED = 0.8
"""Share of neighbours in alphabetical order from which a list is taken for sorted; one slip in five
is a slip."""
LONGEST_BETWEEN = 200
"""Code points between two references; where more stand there, they are not neighbours."""
_NUMBERED = re.compile(r"\[\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\](?![(:\[])")
_NOTEBOOK_LINES = re.compile(r"(?:\\n)?\",\s*\"")
"""What parts two lines of a notebook's cell in its file."""
_IDS = re.compile(r"\s(?:id|name)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def listed(
    document: Document,
    references: Listed,
    edits: Sequence[Edit],
    entries: Mapping[Record, Entry],
    markup: Markup,
) -> list[Edit]:
    """Return the edits, with those that list the works which the citations among them name.

    Where a document has no list, or one of a single reference that does not stand in lines of its
    own, there is no form to follow, and nothing is listed.
    """
    if not references or (between := _between(document, references)) is None:
        return list(edits)
    texts = [plain(unmarked(document.slice(span))) for span, _ in references]
    cited = dict.fromkeys(one for edit in edits for one in edit.cited)
    known = {one: at for one in cited if (at := _place(one, texts)) is not None}
    fresh = [one for one in cited if one not in known]
    new = {one: markup(entries[one].reference) for one in fresh}
    numbers = [int(key) for _, key in references if key.isdigit()]
    if len(numbers) == len(references):
        first = references[0][0].start
        following = {one: max(numbers) + n for n, one in enumerate(fresh, 1)}
        following |= {one: numbers[at] for one, at in known.items()}
        if _NUMBERED.search(document.text, 0, first):
            edits = [_by_number(edit, following) for edit in edits]
        lines = [(references[-1][0].end, between, new[one], following[one]) for one in fresh]
        texts_put = [(at, _renumbered(sep, number) + text) for at, sep, text, number in lines]
        return [*edits, *_joined(document, edits, texts_put)]
    order = [fold(text) for text in texts]
    rising = sum(left <= right for left, right in pairwise(order))
    is_sorted = rising >= SORTED * (len(order) - 1)
    put = []
    for one in sorted(fresh, key=lambda one: _sorted_by(entries[one])):
        later = (n for n, text in enumerate(order) if text > _sorted_by(entries[one]))
        at = next(later, None) if is_sorted else None
        if at == 0 and not _IDS.search(document.text, *_line_before(document, references[0][0])):
            put.append((references[0][0].start, new[one] + between))
        else:  # behind its neighbour: a name that leads a reference stays that one's
            put.append((references[(at or len(references)) - 1][0].end, between + new[one]))
    return [*edits, *_joined(document, edits, put)]


def _line_before(document: Document, span: Span) -> tuple[int, int]:
    return document.text.rfind("\n", 0, span.start) + 1, span.start


def _between(document: Document, references: Listed) -> str | None:
    """Return what stands between references: the commonest, without the names of single ones."""
    if len(references) == 1:
        return _around(document, references[0][0])
    gaps = [document.text[left.end : right.start] for (left, _), (right, _) in pairwise(references)]
    if document.format == "jupyter":
        gaps = [_NOTEBOOK_LINES.sub("\n", gap) for gap in gaps]
    close = [gap for gap in gaps if len(gap) <= LONGEST_BETWEEN]
    if len(close) * 2 < len(gaps) or not close:
        return None
    return _IDS.sub(
        "", max(close, key=lambda gap: sum(_shape(gap) == _shape(one) for one in close))
    )


def _around(document: Document, only: Span) -> str | None:
    """Return what would stand between a list's only reference and the next: the marks round it."""
    text = document.text
    low = max(text.rfind("\n", 0, only.start), text.rfind("\r", 0, only.start)) + 1
    end = re.compile(r"\r\n|\n|\r|$").search(text, only.end)
    high = end.start() if end else len(text)
    before, after = text[low : only.start], text[only.end : high]
    if document.format == "jupyter":
        return f"\n{before[before.rfind(chr(34)) + 1 :]}"
    if re.search(r"[^\W\d]", re.sub(r"<[^<>]*>", "", before + after)):
        return None  # not in lines of its own
    first = re.search(r"\r\n|\n|\r", text)
    return f"{after.rstrip()}{first[0] if first else chr(10)}{before}"


def _shape(gap: str) -> str:
    return re.sub(r"\d+", "0", gap)


def _renumbered(between: str, number: int) -> str:
    """Set the number that leads a reference."""
    found = list(re.finditer(r"\d+", between))
    if not found:
        return between
    return f"{between[: found[-1].start()]}{number}{between[found[-1].end() :]}"


def _by_number(edit: Edit, numbers: Mapping[Record, int]) -> Edit:
    said = [str(numbers[one]) for one in edit.cited if one in numbers]
    return replace(edit, text=f"[{', '.join(said)}]") if said else edit


def _place(record: Record, texts: Sequence[str]) -> int | None:
    """Return which reference of the list is of a work; None for none."""
    doi, title = normal_doi(record.doi), fold(plain(record.title))
    year = str(record.issued.year) if record.issued else ""
    for number, text in enumerate(texts):
        if doi and doi in text.lower():
            return number
        if len(title) > 20 and title in fold(text) and year in text:
            return number
    return None


def _sorted_by(entry: Entry) -> str:
    return fold("".join(run.text for run in entry.reference))


def _joined(
    document: Document, edits: Sequence[Edit], put: Iterable[tuple[int, str]]
) -> list[Edit]:
    """Make one insertion of all that goes to one place; the surest of what led to it."""
    texts: dict[int, str] = {}
    for at, text in put:
        texts[at] = texts.get(at, "") + text
    unsafe = any(edit.cited and edit.safety != "safe" for edit in edits)
    return [
        Edit(Span(at, at), text, "unsafe" if unsafe else "safe", document.name)
        for at, text in sorted(texts.items())
        if not any(edit.span.start < at < edit.span.end for edit in edits)
    ]
