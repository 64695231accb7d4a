"""RC209 other-placeholder: something is left to be filled in, but no source.

Finds     `[Insert Link to Demo Video Here]`, `[待补充]`, `[slides]()`, `(to be filled)`.
Matters   The text is not finished. Shown with --all only.
Example   [Insert Link to Demo Video Here]
Limits    Nobody is asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.finders.placeholders import of_kind
from refcheck.model import Document, Finder, Placeholder


def find(document: Document) -> Sequence[Placeholder]:
    """Return the places of this rule."""
    return of_kind(document, "other_placeholder", FINDER)


FINDER = Finder("RC209", "other-placeholder", "other_placeholder", find)
