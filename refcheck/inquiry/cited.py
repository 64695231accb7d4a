"""Which work does a citation gap mean: the questions, from its own words outwards.

The user's own records are asked by every name and by every circle of words, since that costs
nothing. Public sources are asked once or twice: by who is named and what is said of it, or by the
few words just before the gap.
"""

from __future__ import annotations

import re

from refcheck import mentions
from refcheck.inquiry import work
from refcheck.inquiry.rounds import Inquiry, Round
from refcheck.model import Clues, Query
from refcheck.text import fold

OFFERED = 60
"""Records asked of the user's own for each question: they are compared at no cost."""
FEW = 10
"""Records asked of a public source."""
NEAR = 12
"""Words before a gap that say what it is attached to."""
TIGHT = 4
"""… and that most likely name it."""
NAMED = 4
"""People named near a gap of whom works are looked for."""


def inquire(clues: Clues) -> Inquiry:
    """Ask for the works that a citation gap can mean."""
    if clues.identifier or clues.title:
        yield from work.inquire(clues)
    questions = own_questions(clues)
    if not questions:
        return
    state = yield Round(questions, "own")
    if state.decided:
        return
    asked = public_questions(clues)
    if asked:
        state = yield Round(asked[:1], names=("openalex", "crossref"))
    if len(asked) > 1 and not state.decided:
        yield Round(asked[1:2], names=("semanticscholar", "crossref"))


def own_questions(clues: Clues) -> tuple[Query, ...]:
    """Return the questions for libraries and the catalogue: by names, by circles of words."""
    near = _near(clues)
    whole = " ".join(filter(None, (clues.before, clues.after))).replace(mentions.CITED, " ")
    asked: list[Query] = []
    for hint in clues.hints:
        said = f"{hint.words} {whole}"
        asked.extend(_work(said, author=(name,), year=hint.year) for name in hint.names)
        asked.extend((_work(hint.words), _work(f"{hint.words} {near}")))
    if near:
        asked.extend((_work(near), _work(" ".join(near.split()[-TIGHT:]))))
    read = mentions.read(clues)
    if read.term:
        asked.append(_work(read.term))
    people = sorted(read.names, key=lambda name: -read.names[name])[:NAMED]
    asked.extend(_work(whole, author=(name,)) for name in people)
    sentence = clues.context[0] if clues.context else ""
    asked.extend(_work(text) for text in (sentence, whole) if text)
    return tuple(dict.fromkeys(asked))


def public_questions(clues: Clues) -> tuple[Query, ...]:
    """Return the questions for public sources, the most telling first."""
    near = _near(clues)
    asked = []
    for hint in clues.hints:
        rest = " ".join(
            w for w in hint.words.split() if fold(w) not in {fold(n) for n in hint.names}
        )
        about = rest if len(rest.split()) >= 3 else f"{rest} {near}".strip()
        asked.append(_work(about, author=hint.names[:3], year=hint.year, limit=FEW))
    term = mentions.term(clues.before)
    if near:
        asked.append(_work(f"{term} {near}" if term and term not in near else near, limit=FEW))
    return tuple(dict.fromkeys(asked))


def _near(clues: Clues) -> str:
    """Return the words just before a gap, up to another citation."""
    tail = clues.before.split(mentions.CITED)[-1].strip() or clues.before
    telling = [
        word
        for word in re.findall(r"[^\W_]+(?:[-'’+.#]+[^\W_]+)*\+*", tail)
        if fold(word) not in mentions.COMMON
    ]
    return " ".join(telling[-NEAR:])


def _work(
    text: str, *, author: tuple[str, ...] = (), year: int | None = None, limit: int = OFFERED
) -> Query:
    return Query("work", text=" ".join(text.split()), author=author, year=year, limit=limit)
