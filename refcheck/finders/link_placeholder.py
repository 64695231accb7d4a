r"""RC201 link-placeholder: a source is named, its link is not there.

Finds     `[Insert Link to 36Kr Article Here]`, `[URL]`, `(link to be added)`, `[Title]()`, `[Title](TODO)`, `\url{TODO}`,
          `<a href="">source</a>`, `Link: TBD`; the words of 20 languages.
Matters   The reader cannot go where the text says it comes from.
Example   36Kr article: [Insert Link to 36Kr Article Here]
Limits    Code is left alone; so are working links, and gaps for pictures, demos or the author's own repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from refcheck.finders import entries
from refcheck.finders.placeholders import of_kind, placed
from refcheck.model import Document, Finder, Placeholder


def find(document: Document) -> Sequence[Placeholder]:
    """Return the places of this rule, and the addresses that BibTeX entries lack and nothing else."""
    return (*of_kind(document, "link_placeholder", FINDER), *_in_entries(document))


def _in_entries(document: Document) -> Iterator[Placeholder]:
    for entry in entries.entries(document.text):
        if entry.lacks_only(entries.ADDRESSES):
            for name, span in entry.masks:
                found = placed(document, FINDER, span.start, span.end, "likely", "address")
                yield replace(found, masks=((name, span),))


FINDER = Finder("RC201", "link-placeholder", "link_placeholder", find)
