"""RC205 fake-identifier: a DOI, arXiv number, ISBN or PMID made of masks.

Finds     `doi:10.xxxx/xxxxx`, `https://doi.org/10.1234/placeholder`, `arXiv:24XX.XXXXX`, `arXiv:????`, `PMID: XXXXXXXX`.
Matters   It looks like an identifier and leads nowhere.
Example   Bertone and Karlberg: arXiv:24XX.XXXXX
Limits    Patterns in code and in text that explains the form are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from refcheck.finders.placeholders import placed
from refcheck.finders.surroundings import of
from refcheck.model import Certainty, Document, Finder, Placeholder

_FAKE = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|\bdoi\s*[:=]?\s*\{?)?\b10\.(?:[xX#?]{2,}[\w?#.]{0,8}|\d{4,9}(?=/[^\s{}<>\"]{0,60}?(?:[xX?#]{3,}|\.{3}|placeholder|TODO|TBD|example\b|todo)))/(?:[^\s{}<>\"',;()\[\]]|\.\.\.){1,80}"
    r"|(?:https?://(?:dx\.)?doi\.org/|\b(?:doi|DOI)\s*:\s*)(?:\.{3}|[xX]{3,}[\w./-]{0,40}|\?{2,}|TODO|TBD|TBA|PLACEHOLDER|placeholder|pending)\b[?.]{0,3}"
    r"|(?:https?://arxiv\.org/(?:abs|pdf)/|\barxiv(?:\s+preprint)?(?:\s*:\s*|\s+ar[xX]iv:))(?:\d{0,4}[xX?#]{2,6}(?:\.[\dxX?#]{2,6})?|\d{4}\.[\d]{0,4}[xX?#]{2,6}|[xX?#]{2,4}\.[xX?#\d]{2,6}|\?+|\.{3}|TODO|TBD|TBA|NNNN\.NNNNN|YYMM\.[NX]{4,5}|0000\.00000)(?!\w)"
    r"|\b(?:PMID|PMCID|pmid)\s*:?\s*(?:PMC)?(?:[xX]{4,}|\?{2,})|\bISBN(?:-1[03])?\s*:?\s*(?:[xX\d]{1,3}-)?[xX]{1,5}-[xX-]{3,}[\dxX]",
    re.IGNORECASE,
)
_CHEAP = ("10.", "arxiv", "doi", "pmid", "isbn", "pmcid")
_TALK = re.compile(
    r"(?i)\b(?:format|pattern|regex|prefix|such as|e\.g\.|for example|syntax|style|looks? like|like|instead of|must be|valid|usage|curl|replace)\b[^.\r\n]{0,60}$"
)


def find(document: Document) -> Sequence[Placeholder]:
    """Return masked identifiers, with "doi:" or "arXiv:" before them."""
    lower = document.text.lower()
    if not any(mark in lower for mark in _CHEAP):
        return ()
    around = of(document)
    text = document.text
    found = []
    for match in _FAKE.finditer(text):
        start, end = match.span()
        if around.is_inert(start, end) or not re.search(r"(?i)x{2,}|[?#]{2,}|\.{3}|todo|tbd|tba|placeholder|pending|example|n{4}|0000\.00000", match[0]):  # fmt: skip
            continue
        while text[end - 1] in ".,;:" and not match[0].endswith("..."):
            end -= 1
        before = text[max(0, start - 90) : start]
        certainty: Certainty = "likely"
        if _TALK.search(before) or re.search(r"(?i)placeholder\s*=\s*[\"']$|[`|]$", before):
            certainty = "maybe"
        found.append(placed(document, FINDER, start, end, certainty, "address"))
    return found


FINDER = Finder("RC205", "fake-identifier", "fake_identifier", find)
