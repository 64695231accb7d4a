r"""RC201 link-placeholder: a source is named, its link is not there.

Finds     `[Insert Link to 36Kr Article Here]`, `[URL]`, `(link to be added)`, `[Title]()`, `[Title](TODO)`, `\url{TODO}`,
          `<a href="">source</a>`, `Link: TBD`; the words of 20 languages.
Matters   The reader cannot go where the text says it comes from.
Example   36Kr article: [Insert Link to 36Kr Article Here]
Limits    Code is left alone; so are working links, and gaps for pictures, demos or the author's own repository.
"""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.finders.placeholders import of_kind
from refcheck.model import Document, Finder, Placeholder


def find(document: Document) -> Sequence[Placeholder]:
    """Return the places of this rule."""
    return of_kind(document, "link_placeholder", FINDER)


FINDER = Finder("RC201", "link-placeholder", "link_placeholder", find)
