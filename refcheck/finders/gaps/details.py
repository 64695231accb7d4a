"""Boxes that ask for a part of a reference: `Walker (year?)`, `Müller [Jahr und Seite nachtragen]`.

All that such a box says are names of parts, at least one of which hardly anything but a reference
has, and that they are in doubt, to be filled in or not there. A name stands before it.
"""

from __future__ import annotations

import re

from refcheck.finders import author_year
from refcheck.finders.gaps import spoken
from refcheck.finders.gaps.boxes import Box
from refcheck.finders.gaps.reading import Reading, read
from refcheck.finders.gaps.verdict import Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.text import is_cjk

LONGEST = 60
MISSING = Verdict("incomplete_reference", "likely")
_NAME_IN_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,4}(?:等人?|ら|외)?$")


def asked(around: Surroundings, box: Box) -> int | None:
    """Return where a reference begins of which a box asks for a part; None for another box."""
    if box.container not in {"bracket", "paren"} or len(box.content) > LONGEST:
        return None
    reading = read(box.content, around.lexicon(box.start, box.end))
    if reading is None or not _is_asked(reading):
        return None
    if spoken.is_spoken_of(around, box.start, box.end):
        return None
    return _named(around.document.text, box.start)


def _is_asked(reading: Reading) -> bool:
    lex = reading.lex
    if lex.detail.search(reading.text) is None:
        return False
    open_ = "?" in reading.text or "？" in reading.text
    if not (open_ or reading.told is not None or reading.act is not None or reading.noted):
        return False
    rest = reading.text
    for words in (lex.detail, lex.field, lex.promise, lex.lack, lex.act, lex.adverb):
        rest = words.sub(rest)
    if is_cjk(rest):
        return len(re.findall(r"\w", rest)) <= 2
    return all(len(word) <= 3 for word in re.findall(r"[^\W\d_]+", rest)) and not re.search(
        r"\d", rest
    )


def _named(text: str, at: int) -> int | None:
    start = author_year.names_before(text, at)
    if start is None and (match := _NAME_IN_SIGNS.search(text, max(0, at - 6), at)):
        start = match.start()
    return start
