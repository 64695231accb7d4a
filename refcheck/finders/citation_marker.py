r"""RC203 citation-marker: a note to self stands where a citation belongs.

Finds     `[CITE]`, `[citation needed]`, `(ref?)`, `[?]`, `TODO: cite Smith`, `\cite{}`, `\cite{TODO}`, `\todo{cite …}`,
          `{{citation needed}}`, `[@TODO]`, `#todo[cite …]`, macros of the author's own that print such a marker.
Matters   The reader cannot trace the claim.
Example   Sleep loss impairs memory [CITE].
Limits    Code and mathematics are left alone, and text that speaks of such markers in quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.finders.placeholders import of_kind
from refcheck.model import Document, Finder, Placeholder


def find(document: Document) -> Sequence[Placeholder]:
    """Return the places of this rule."""
    return of_kind(document, "citation_marker", FINDER)


FINDER = Finder("RC203", "citation-marker", "citation_marker", find)
