"""A line of a document cut to a terminal's width round what is marked, and text broken to it.

Columns are counted as a terminal draws them: a Chinese sign takes two, a combining mark none
(Unicode Standard Annex 11).
"""

from __future__ import annotations

from collections.abc import Iterator

from refcheck.writers import foreign


def excerpt(line: str, start: int, end: int, columns: int) -> tuple[str, int, int]:
    """Return what of a line is shown, how many columns stand before the mark, how many it takes.

    ``start`` and ``end`` are code points of the line; what is marked beyond its end is left out.
    An unseen sign is shown as U+FFFD, so that its place can be seen; "…" stands for what was cut.
    """
    shown = foreign.SIGNS.sub("\ufffd", line.replace("\t", " "))
    start, end = min(start, len(shown)), min(max(end, start), len(shown))
    before, marked, after = shown[:start], shown[start:end], shown[end:]
    room = columns - foreign.cells(marked)
    if room < 2:  # the mark alone fills the line
        marked = foreign.fit(marked, columns - 2)
        before, after = "…" if before else "", ""
    elif foreign.cells(before) + foreign.cells(after) > room:
        lead = max(room // 2, room - foreign.cells(after))
        before = ending(before, lead)
        after = foreign.fit(after, room - foreign.cells(before))
    elif not marked:
        return f"{before}{after}", foreign.cells(before), 1
    return f"{before}{marked}{after}", foreign.cells(before), max(1, foreign.cells(marked))


def ending(text: str, columns: int) -> str:
    """Cut a text to its end in so many columns, "…" before it where something was cut."""
    if foreign.cells(text) <= columns:
        return text
    kept = foreign.fit(text[::-1], columns)[:-1][::-1]
    return f"…{kept}"


def wrap(text: str, first: int, others: int = 0) -> Iterator[str]:
    """Break a text at its spaces into lines of at most so many columns; the first may differ.

    A word that is too long stands on a line of its own, uncut, so that an address can be copied.
    """
    line, room = "", first
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and foreign.cells(longer) > room:
            yield line
            line, room = word, others or first
        else:
            line = longer
    if line:
        yield line
