r"""RC210 written-reference: a reference that is written out, to be looked up and compared.

Finds     Entries of a reference list in any of its forms: numbered, bulleted, hanging or plain paragraphs under its heading,
          `\bibitem`, BibTeX entries, JATS `<ref>`, citation templates, footnotes that are nothing but a reference.
Matters   A reader can only follow what is described rightly: wrong DOIs, years and names, works that were withdrawn, pages
          that are gone.
Example   Shea, M. J., & Compton, R. N. (1993). Surface-plasmon ejection of Ag+ ions. Physical Review B, 47, 9967.
Limits    A reference that holds a placeholder is left to that rule. What no source knows is never called invented.
"""

from __future__ import annotations

from collections.abc import Sequence

from refcheck.finders.agreement import cited_in_parts
from refcheck.finders.listed import references
from refcheck.model import Document, Finder, Placeholder


def find(document: Document) -> Sequence[Placeholder]:
    """Return the written references of a document, and those of its .bib files that it cites."""
    own = [(one, "") for one in references(document)]
    cited = [(one, part.name) for part, one in cited_in_parts(document)]
    return [
        Placeholder(FINDER.rule, FINDER.name, FINDER.kind, one.span, slot="nothing", file=file)
        for one, file in (*own, *cited)
    ]


FINDER = Finder("RC210", "written-reference", "reference", find)
