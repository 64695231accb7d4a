"""RC206 dummy-url: example.com and its like stand for a cited source.

Finds     `[The report](https://example.com/report)` in an article, `https://www.example.org/study` in a reference list.
Matters   The address belongs to nobody; the source is not told.
Example   - Ministry of Transport, annual report: https://example.com/report
Limits    In code and in documentation of programs such addresses are as they should be: reported as likely only
          in a reference list or beside words for a source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from refcheck.finders.placeholders import placed
from refcheck.finders.surroundings import of
from refcheck.model import Certainty, Document, Finder, Placeholder
from refcheck.text import fold

_DUMMY = re.compile(
    r"https?://(?:[\w-]+\.){0,3}(?:example\.(?:com|org|net|edu|gov)|(?:your|my|some|the)-?(?:site|domain|website|link|url|source|article|paper|blog)\.(?:com|org|net)|(?:dummy|fake|placeholder|sample)(?:-?(?:url|link|site))?\.(?:com|org|net)|(?:link|url|source|paper|article)-?(?:to-?)?(?:paper|article|source|here|report|study)\.(?:com|org|net)|(?:insert|add)-?\w{0,12}\.(?:com|org))(?:/[^\s<>\"'\]})]{0,300})?"
)
_CODE = re.compile(
    r"(?i)\b(?:api|endpoint|request|server|curl|http|config|url|uri|client|proxy|domain|host|route|redirect|webhook|fetch|browser|parameter|test|install|email|mailto|login|user)\b"
)


def find(document: Document) -> Sequence[Placeholder]:
    """Return dummy addresses."""
    text = document.text
    if "://" not in text:
        return ()
    around = of(document)
    found = []
    for match in _DUMMY.finditer(around.lower):
        start, end = match.span()
        if around.is_inert(start, end):
            continue
        while text[end - 1] in ".,;:":
            end -= 1
        low, high = around.sentence(start, end)
        sentence = text[low:start] + " " + text[end:high]
        lex = around.lexicon(start, end)
        certainty: Certainty = "maybe"
        near = fold(sentence[-200:])
        sourced = lex.work.search(near) or re.search(
            r"(?i)\b(?:source|according to|quelle|fuente|fonte|report|published)\b", near
        )
        if around.in_list(start) or (sourced and not _CODE.search(sentence)):
            certainty = "likely"
        found.append(placed(document, FINDER, start, end, certainty, "address"))
    return found


FINDER = Finder("RC206", "dummy-url", "dummy_url", find)
