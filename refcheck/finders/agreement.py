"""Whether citations and reference list agree: what both sides name, for the rules that compare them.

Told is only what a reader could check on the page. Where a list may be elsewhere, or citations may have
a form that is not read here, nothing is told: a list of which most is not cited is cited otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from refcheck.finders.citations import Citation, citations, cites_all
from refcheck.finders.listed import Reference, references
from refcheck.model import Clues, Document, Finder, Placeholder, Span
from refcheck.text import fold, unmarked

ENOUGH = 0.6
"""Share of a list that must be cited in a form before one that is not is told: with less, the citations
are of another form, or the document is a part of a larger one."""
LEAST = 3
"""References of a list, below which no share means anything."""


@dataclass(frozen=True)
class Sides:
    """A document's citations and references, compared."""

    document: Document
    listed: tuple[Reference, ...]
    keys: frozenset[str]

    @cached_property
    def cited(self) -> tuple[Citation, ...]:
        """The citations; not looked for where there is nothing that they could agree with."""
        return citations(self.document) if self.listed or self.document.further else ()

    @cached_property
    def cited_keys(self) -> frozenset[str]:
        """The keys that are cited, folded."""
        return frozenset(one.key.casefold() for one in self.cited if one.form == "key")

    @cached_property
    def numbers(self) -> tuple[Reference, ...]:
        """The references of the one numbered list, where there is one."""
        numbered = [one for one in self.listed if one.key.isdigit() and one.list >= 0]
        lists = {one.list for one in numbered}
        whole = [one for one in self.listed if one.list in lists]
        return tuple(numbered) if len(lists) == 1 and len(whole) == len(numbered) else ()

    @cached_property
    def named(self) -> tuple[tuple[Reference, str], ...]:
        """The references that begin with a person's name, with that family name, folded."""
        out = []
        for one in self.listed:
            match = _FAMILY.match(unmarked(self.document.slice(one.span)))
            if match and one.list >= 0:
                out.append((one, fold(match["a"] or match["b"] or match["c"])))
        return tuple(out)


_CAP = r"[^\W\d_a-z]"
_FAMILY = re.compile(
    rf"(?P<a>(?:[a-z]{{1,4}} ){{0,2}}{_CAP}[^\W\d_]+(?:[-'’]{_CAP}?[^\W\d_]+)*),\s*{_CAP}[.\w]"
    rf"|(?:{_CAP}\.[ -]?){{1,4}}(?P<b>{_CAP}[^\W\d_]+(?:[-'’]{_CAP}?[^\W\d_]+)*)"
    rf"|(?P<c>{_CAP}[^\W\d_]+) {_CAP}{{1,3}}(?=[,.;:])"
)


def sides(document: Document) -> Sides:
    """Return both sides of a document; the keys are those of its .bib files and of its own list."""
    last = _KEPT.get("last")
    if last is None or last.document is not document:
        held = {one.key.casefold() for part in document.further for one in references(part)}
        listed = references(document)
        held |= {one.key.casefold() for one in listed if one.key}
        last = _KEPT["last"] = Sides(document, listed, frozenset(held))
    return last


_KEPT: dict[str, Sides] = {}


def cited_in_parts(document: Document) -> Iterator[tuple[Document, Reference]]:
    """Yield the entries of a document's .bib files that it cites; all where it cites none by key."""
    if not document.further:
        return
    both = sides(document)
    everything = cites_all(document) or not (both.cited_keys or _is_divided(document))
    for part in document.further:
        for one in references(part):
            if everything or one.key.casefold() in both.cited_keys:
                yield part, one


def _is_divided(document: Document) -> bool:
    """Tell whether a document has parts, or is one: what it does not cite another part may."""
    bibliographies = {one.name for one in document.further}
    return bool(document.root) or not document.files.keys() <= bibliographies


def told(finder: Finder, span: Span, what: str, file: str = "") -> Placeholder:
    """Return a finding of a rule of consistency, with what is to be said of it."""
    return Placeholder(
        finder.rule,
        finder.name,
        finder.kind,
        span,
        "likely",
        Clues(topic=what),
        slot="nothing",
        file=file,
    )
