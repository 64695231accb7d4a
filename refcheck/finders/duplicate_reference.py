"""RC213 duplicate-reference: one work stands in the list twice.

Finds     A key that is given twice in a .bib, two entries of one DOI and one title, a reference that is repeated word for
          word.
Matters   One work is cited under two numbers, and one of the two will be corrected without the other.
Example   @article{shea1993, …} and @article{shea93, …} with one DOI.
Limits    Wikitext repeats its templates on purpose and is left alone; the versions of one work are no duplicates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from refcheck.finders import entries
from refcheck.finders.agreement import cited_in_parts, told
from refcheck.finders.listed import Reference, references
from refcheck.identifiers import normal_doi
from refcheck.model import Document, Finder, Placeholder
from refcheck.text import unmarked, words

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}]+", re.IGNORECASE)
_REPEATED = re.compile(r"^(?:ibid|ebd|ders|dies|id\.|同上)", re.IGNORECASE)


def find(document: Document) -> Sequence[Placeholder]:
    """Return the references that repeat an earlier one."""
    if document.format == "wikitext":
        return []
    own = list(_repeated(document, [one for one in references(document) if one.list >= 0]))
    for part in document.further:
        cited = [one for where, one in cited_in_parts(document) if where is part]
        own += _repeated(part, cited, part.name)
    return own


def _repeated(
    document: Document, listed: Sequence[Reference], file: str = ""
) -> Iterator[Placeholder]:
    seen: dict[str, Reference] = {}
    for one in listed:
        for name, why in _marks(document, one):
            first = seen.setdefault(f"{one.list}:{name}", one)
            if first is not one:
                line, _ = document.place(first.span.start)
                yield told(FINDER, one.span, f"{why} as the reference in line {line}", file)
                break


def _marks(document: Document, one: Reference) -> Iterator[tuple[str, str]]:
    """Return what no other reference of a list may have too."""
    text = document.slice(one.span)
    if text.startswith("@"):
        entry = entries.first(text)
        fields = dict(entry.fields) if entry else {}
        title = " ".join(words(unmarked(fields.get("title", ""))))
        if one.key and document.format == "bibtex":
            yield f"key:{one.key}", "has the same key"
        if title and (doi := normal_doi(fields.get("doi", ""))):
            yield f"doi:{doi}:{title}", "is the same work"
        return
    said = words(unmarked(text))
    if len(said) >= 6 and not _REPEATED.match(text):
        yield f"text:{' '.join(said)}", "says the same"
    found = _DOI.search(text)
    if found and (doi := normal_doi(found[0])) and len(said) >= 6:
        yield f"doi:{doi}:{' '.join(said[:4])}", "is the same work"


FINDER = Finder("RC213", "duplicate-reference", "consistency", find)
