"""Edits of a Word document as tracked changes: an editor sees in Word what was put in and what taken out.

A run is cut where an edit begins and ends; what the edit covers becomes a deletion, its new text an
insertion with the look of the run that it begins in. Everything else stays byte for byte.
Source: ECMA-376-1, 17.13.5 (annotations: ``w:ins``, ``w:del``, ``w:delText``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from refcheck.documents.xmltext import TOKEN, Piece
from refcheck.errors import InputError

AUTHOR = "refcheck"
_CHANGED_LOOK = re.compile(r"<\w+:rPrChange\b.*?</\w+:rPrChange>", re.DOTALL)
_ID = re.compile(r"\b\w+:id=\"(\d{1,9})\"")


@dataclass(frozen=True, slots=True)
class _Text:
    """A run's text element: where its tag and its text stand, and what the run looks like.

    ``inside`` is the tag of the insertion in which the run stands, "" for none.
    """

    tag: str
    tag_end: int
    low: int
    high: int
    prefix: str
    look: str
    inside: str


def tracked(
    part: str,
    source: str,
    pieces: Sequence[Piece],
    edits: Sequence[tuple[int, int, str]],
    written: Sequence[str],
    when: datetime,
) -> str:
    """Return a part's source with edits ``(start, end, text)`` as tracked changes.

    ``written`` are the edits' texts as they stand between the tags. Raises `InputError` for an edit
    that touches no text of a run.
    """
    runs = {text.low: text for text in _texts(source)}
    mine = [piece for piece in pieces if piece.part == part and piece.low in runs]
    number = max((int(match[1]) for match in _ID.finditer(source)), default=0)
    stamp = f'w:author="{AUTHOR}" w:date="{when:%Y-%m-%dT%H:%M:%SZ}"'
    puts: list[tuple[int, str]] = []
    kept: set[int] = set()
    for (start, end, _), new in zip(edits, written, strict=True):
        touched = [p for p in mine if p.start < end and start < p.end]
        if start == end:
            touched = [p for p in mine if p.start <= start <= p.end][:1]
        if not touched:
            raise InputError(f"nothing can be put at {start}: no text of the document stands there")
        waiting = new
        for piece in touched:
            run = runs[piece.low]
            low, high = (
                piece.inside(max(start, piece.start)),
                piece.inside(min(end, piece.end)),
            )
            number += 2
            attributes = [
                stamp.replace("w:", f"{run.prefix}:") + f' {run.prefix}:id="{n}"'
                for n in (number - 1, number)
            ]
            before, after = _around(run, attributes, waiting, deletes=high > low)
            puts += [(low, before), (high, after)]
            if run.tag_end not in kept and "xml:space" not in run.tag:
                puts.append((run.tag_end, ' xml:space="preserve"'))
                kept.add(run.tag_end)
            waiting = ""
    out, at = [], 0
    for where, text in sorted(puts, key=lambda put: put[0]):
        out += [source[at:where], text]
        at = where
    return "".join((*out, source[at:]))


def _around(run: _Text, attributes: Sequence[str], new: str, *, deletes: bool) -> tuple[str, str]:
    """Return what is put before and after the text that an edit covers in one run."""
    w = run.prefix
    open_run = f"<{w}:r>{run.look}"
    text_tag = f'<{w}:t xml:space="preserve">'
    leave, enter = f"</{w}:t></{w}:r>", f"{open_run}{text_tag}"
    taken_out = f'<{w}:del {attributes[0]}>{open_run}<{w}:delText xml:space="preserve">'
    put_in = ""
    if new:
        put_in = f"<{w}:ins {attributes[1]}>{open_run}{text_tag}{new}{leave}</{w}:ins>"
        if run.inside:  # an insertion cannot stand in another: that one is interrupted
            put_in = f"</{w}:ins>{put_in}{run.inside}"
    if not deletes:
        return "", f"{leave}{put_in}{enter}"
    return f"{leave}{taken_out}", f"</{w}:delText></{w}:r></{w}:del>{put_in}{enter}"


def _texts(source: str) -> Iterator[_Text]:
    """Yield the text elements of runs, in order; an empty one has nothing to edit."""
    stack: list[str] = []
    look, look_from, inserted = "", -1, ""
    tag: re.Match[str] | None = None
    for token in TOKEN.finditer(source):
        name = token["name"]
        if name is None:
            if tag is not None and token["text"] is not None and stack[-2:-1] == ["r"]:
                yield _Text(
                    tag[0], tag.end() - 1, token.start(), token.end(),
                    tag["name"].rpartition(":")[0], look, inserted,
                )  # fmt: skip
            continue
        local = name.rpartition(":")[2]
        if token["close"]:
            stack[-1:] = []
            if local == "rPr" and stack[-1:] == ["r"]:
                look = _CHANGED_LOOK.sub("", source[look_from : token.end()])
            elif local == "ins":
                inserted = ""
            tag = None
            continue
        if token["empty"]:
            continue
        if local == "r":
            look = ""
        elif local == "rPr" and stack[-1:] == ["r"]:
            look_from = token.start()
        elif local == "ins" and stack[-1:] != ["rPr"]:
            inserted = token[0]
        stack.append(local)
        tag = token if local == "t" else None
