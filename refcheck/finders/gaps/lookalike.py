"""English phrases in which a word for a source means something else: "reference value", "open source".

Put out of sight before a text is read. Other languages have a word of their own for most of these
(*Quelltext*, *code source* …) and need no such list.
"""

from __future__ import annotations

import re

_FOLLOWED = {
    "references?": "values? implementations? counts? counting frames? images? solutions? points? data manuals? docs? "
    "types? systems? designs? architectures? models? letters? numbers? genomes? guides? materials? checks? cycles? "
    "targets? ranges? levels? voltages? electrodes? signals? sequences? sections? groups? categor\\w+ standards? "
    "styles? formats? keys? managers? patterns? markers? tags? syntax templates? tools?",
    "sources?": "code files? director\\w+ trees? maps? images? languages? address(?:es)? ips? ports? nodes? types? texts? "
    "branch(?:es)? repos? repositor\\w+ control folders? sets? available distributions? packages? targets? styles?",
    "citations?": "styles? formats? keys? managers? patterns? markers? markup tags? graphs? counts? networks? ind(?:ex|ices) "
    "analysis rules? syntax templates? tools? numbers? omitted",
    "bibliograph(?:y|ies)": "styles? formats? keys? managers? tools? files?",
    "urls?": "params? parameters? paths? schemes? encodings? fields?",
    "links?": "buttons? texts? targets? aggregat\\w+ layers? rates? speeds? checkers? above below between",
}
_PRECEDED = {
    "references?": "cross self null void object objects variable method weak strong circular project assembly "
    "character job employment bank order payment customer booking case forward back symbol type figure table",
    "sources?": "open data light power energy event sound heat voltage current income revenue food water image photo "
    "picture main code script",
    "links?": "dead deep sym broken magnet back download image social navigation internal missing",
    "urls?": "base api image server callback",
    "citations?": "numbered in-text parenthetical traffic",
}
_REFERENCE_TO = (
    r"references? to (?:\w+ )?(?:figures?|tables?|sections?|chapters?|append\w+|figs?|secs?|eqs?|equations?|"
    r"code|class(?:es)?|objects?|files?)"
    r"|links? to (?:the |a |an |this )?(?:\w+ ){0,2}(?:versions?|pages?|top|home)"
)


def _phrases() -> str:
    parts = [_REFERENCE_TO, "paper (?:size|trail)", "linked", "linker", "linkage", "linking"]
    for noun, words in _FOLLOWED.items():
        parts.append(rf"{noun}[\s#-]+(?:{'|'.join(words.split())})")
    for noun, words in _PRECEDED.items():
        parts.append(rf"(?:{'|'.join(words.split())})[ -]?{noun}")
    return "|".join(parts)


_SIGNS = re.compile(r"불필요|不需要|不必|等待|期待|待遇|待机|必需|需求|需求|所需|不需|参考价值")
"""Words that hold the sign of a promise by chance."""


_LOOKALIKE = re.compile(rf"\b(?:{_phrases()})\b")
_CHEAP = re.compile(r"reference|source|citation|link|url|bibliograph|paper")


def blanked(text: str) -> str:
    """Return a folded text, such phrases blanked."""
    if not text.isascii():
        text = _SIGNS.sub(" ", text)
    return _LOOKALIKE.sub(" ", text) if _CHEAP.search(text) else text
