"""Which of the texts round a gap tells the event that its link is about."""

from __future__ import annotations

import re

from refcheck import facts, glossary, outlets
from refcheck.model import Clues
from refcheck.text import fold, tokens

SAYS_NOTHING = frozenset({"report", "study"})
"""Notions that say what kind of thing a source is, not what it is about."""


def core(clues: Clues) -> str:
    """Return the text that tells the event: the title given, else the nearest that tells anything.

    "36Kr article" names a publisher and a kind; what the article was about then stands in the rest
    of the item, in the paragraph, or in the title of the whole. A text tells something where it has
    a name or kind of thing that is not the publisher's, or a checkable fact beside a few words.
    """
    if clues.title:
        return clues.title
    for text in (clues.topic, *clues.context[:3]):
        if tells(text, clues.publisher):
            return text
    return clues.topic


def tells(text: str, publisher: str) -> bool:
    """Tell whether a text says more than whose page it is and of what kind."""
    own = own_names(publisher)
    notions = [
        notion
        for notion in glossary.read(text)
        if notion.key not in SAYS_NOTHING
        and not own & {fold(word) for _, words in notion.words for word in words}
    ]
    stated = [fact for fact in facts.read(text) if fact.kind != "number" or fact.unit]
    others = [word for word in tokens(text) if word not in own]
    return len(notions) + len(stated) >= 2 or len(others) >= 6


def without_publisher(text: str, publisher: str) -> str:
    """Return a text without the names of a publisher, so that they are not taken for what it tells."""
    outlet = outlets.find(publisher)
    names = sorted({*(outlet.names if outlet else ()), publisher} - {""}, key=len, reverse=True)
    for name in names:
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def own_names(publisher: str) -> set[str]:
    """Return the folded names of a publisher, in all forms that are known."""
    outlet = outlets.find(publisher)
    return {fold(name) for name in (*(outlet.names if outlet else ()), publisher) if name}
