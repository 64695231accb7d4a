"""RC202 bibliography-placeholder: references are promised, none in particular.

Finds     `(To be added based on further research)` in a reference list, `References: TBD`, `[更多参考文献待补充]`,
          "Full bibliography to be completed in revision."
Matters   What the text rests on is not told.
Example   - Industry reports on the Chinese EV market (To be added based on further research)
Limits    What is to be added must be sources: by its own words, its item's, its label's or its heading's.
"""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.finders.placeholders import of_kind
from refcheck.model import Document, Finder, Placeholder


def find(document: Document) -> Sequence[Placeholder]:
    """Return the places of this rule."""
    return of_kind(document, "bibliography_placeholder", FINDER)


FINDER = Finder("RC202", "bibliography-placeholder", "bibliography_placeholder", find)
