"""What has been written on a subject: the questions for a promise of further literature.

The user's own libraries first, then scholarly indexes for papers and those that hold reports, the
acronyms that the document explains written out, in English too where the topic is in another
language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from refcheck import glossary
from refcheck.inquiry.rounds import Inquiry, Round
from refcheck.model import Clues, Query

OFFERED = 25
"""How many works to ask each source for: enough to choose five from after what is off the topic and
what is there twice has gone."""


def inquire(clues: Clues, acronyms: Mapping[str, str]) -> Inquiry:
    """Ask for works on the topic, by each type wanted. Asks nothing where there is no topic."""
    if not clues.topic:
        return
    texts = [expand(clues.topic, acronyms)]
    if clues.written_in not in {"", "en"}:
        english = [
            words[0] for notion in glossary.read(clues.topic) if (words := notion.in_language("en"))
        ]
        if len(english) >= 2:
            texts.append(" ".join(english))
    papers = tuple(kind for kind in clues.types if kind != "report")
    wanted: list[tuple[str, ...]] = []
    if papers or not clues.types:
        wanted.append(papers)
    if "report" in clues.types:
        wanted.append(("report",))
    yield Round((Query("topic", text=clues.topic, types=clues.types, limit=4 * OFFERED),), "own")
    yield Round(
        tuple(
            Query("topic", text=text, types=types, limit=OFFERED)
            for text in texts
            for types in wanted
        )
    )


def expand(topic: str, acronyms: Mapping[str, str]) -> str:
    """Write out the acronyms of a topic as the document explains them."""
    for short, full in acronyms.items():
        topic = re.sub(rf"\b{re.escape(short)}(s?)\b", rf"{full}\1", topic)
    return topic
