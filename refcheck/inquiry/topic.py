"""What has been written on a subject: the questions for a promise of further literature.

The user's own libraries first, then scholarly indexes for papers and those that hold reports: in
the topic's own words, the acronyms that the document explains written out, and in the few words
that say what it is about.
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
OWN = 300
"""How many of the user's own records to look at, of all types: that costs no request."""


def inquire(clues: Clues, acronyms: Mapping[str, str]) -> Inquiry:
    """Ask for works on the topic, by each type wanted. Asks nothing where there is no topic."""
    if not clues.topic:
        return
    texts = [expand(clues.topic, acronyms)]
    if core := essence(texts[0]):
        texts.append(core)
    papers = tuple(kind for kind in clues.types if kind != "report")
    wanted: list[tuple[str, ...]] = []
    if papers or not clues.types:
        wanted.append(papers)
    if "report" in clues.types:
        wanted.append(("report",))
    yield Round((Query("topic", text=clues.topic, limit=OWN),), "own")
    yield Round(
        tuple(
            Query("topic", text=text, types=types, limit=OFFERED)
            for text in texts
            for types in wanted
        )
    )


def essence(topic: str) -> str:
    """Return what a topic is about in the fewest words, in English: its names and things.

    Many indexes want every word, and one way to say it: "China electric vehicle" finds what
    "Chinese electric vehicle market" misses. Empty where the glossary knows fewer than two notions.
    """
    notions = glossary.read(topic)
    telling = [notion for notion in notions if notion.kind in {"name", "thing"}]
    chosen = telling if len(telling) >= 2 else notions
    said = [notion.in_language("en")[0] for notion in chosen]
    return " ".join(said) if len(said) >= 2 else ""


def expand(topic: str, acronyms: Mapping[str, str]) -> str:
    """Write out the acronyms of a topic as the document explains them."""
    for short, full in acronyms.items():
        topic = re.sub(rf"\b{re.escape(short)}(s?)\b", rf"{full}\1", topic)
    return topic
