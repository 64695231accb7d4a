"""RC214 numbering-gap: a numbered reference list leaves out a number or gives it twice.

Finds     [1], [2], [4] without a [3]; two references with one number.
Matters   Citations by number lead to the wrong work.
Example   [2] Shea, M. J. (1993). … [4] Compton, R. N. (1995). …
Limits    Lists that the program which shows them counts anew (Markdown's `1.`) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from refcheck.finders.agreement import LEAST, sides, told
from refcheck.model import Document, Finder, Placeholder


def find(document: Document) -> Sequence[Placeholder]:
    """Return the references before which a number is left out, or whose number was given before."""
    listed = sides(document).numbers
    if len(listed) < LEAST or document.format in {"latex", "bibtex", "jats", "wikitext", "html"}:
        return []
    if any(not _bracketed(document, one.span.start) for one in listed):
        return []
    numbers = [int(one.key) for one in listed]
    if numbers[0] != 1 or numbers != sorted(numbers):
        return []
    out = []
    for (before, number), one in zip(pairwise(numbers), listed[1:], strict=True):
        if number == before:
            out.append(told(FINDER, one.span, f"number {number} is given twice"))
        elif before + 1 < number <= before + 3:
            between = document.text[listed[numbers.index(before)].span.end : one.span.start]
            left = [n for n in range(before + 1, number) if not re.search(rf"\b{n}\b", between)]
            if len(left) == number - before - 1:
                said = ", ".join(map(str, left))
                out.append(told(FINDER, one.span, f"before number {number}, {said} is left out"))
    return out


def _bracketed(document: Document, start: int) -> bool:
    return bool(re.search(r"\[\d+\\?\][:.]?\s*$", document.text[max(0, start - 12) : start]))


FINDER = Finder("RC214", "numbering-gap", "consistency", find)
