"""RC207 incomplete-reference: a reference is written out, but key parts are masked or missing.

Finds     `Gardner et al., 20XX`, `Kansa xxxx`, `Walker (year?)`; in a reference list `pp. xx-xx`, `[Publisher needed]`,
          `(details to be added)`; BibTeX entries with `author = {TODO}` or `year = {20XX}`; items of a list whose
          heading says that it is a placeholder.
Matters   The work cannot be told from it.
Example   The ice moves faster (Gardner et al., 20XX).
Limits    A short but complete citation and `(n.d.)` are left alone. A BibTeX entry of which only the identifier is
          masked is a fake identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from refcheck.finders import author_year, entries
from refcheck.finders.items import Item, count, items
from refcheck.finders.listed import references
from refcheck.finders.placeholders import of_kind, placed
from refcheck.finders.surroundings import Surroundings, of
from refcheck.model import Certainty, Document, Finder, Placeholder
from refcheck.text import fold

Found = tuple[int, int, Certainty]


def find(document: Document) -> Sequence[Placeholder]:
    """Return masked citations, unfinished entries and items."""
    around = of(document)
    return (
        *(placed(document, FINDER, *one, "citation") for one in _masked(around)),
        *(
            replace(
                placed(document, FINDER, one.start, one.end, "likely", "reference"),
                masks=(*one.masks, *one.blanks),
            )
            for one in _entries(around)
        ),
        *(placed(document, FINDER, *one, "reference") for one in _items(around)),
        *of_kind(document, "incomplete_reference", FINDER),
        *_templates(document),
    )


# --- in running text --------------------------------------------------------------------------------


def _masked(around: Surroundings) -> Iterator[Found]:
    if around.document.format == "bibtex":
        return
    for one in around.untold_citations:
        if one.name_is == "masked" or around.is_inert(one.start, one.end):
            continue
        if re.fullmatch(r"X+|[A-Z]", one.names.split(",")[0].split(" ")[0]):
            continue
        yield one.start, one.end, "likely" if _is_citation(one) else "maybe"


def _is_citation(one: author_year.Citation) -> bool:
    """Tell a citation from a capital word before a mask ("Model XXX")."""
    apart = one.several or one.boxed
    if one.year[:2] in {"TO", "TB"}:
        return one.several and one.boxed
    if fold(one.year).strip(" ?").isalpha() and not re.match(
        r"[xX]", one.year
    ):  # a word for a year
        return apart or "?" in one.year or one.year.islower()
    if re.match(r"(?:1[89]|20)", one.year):
        return apart or "?" not in one.year
    if one.names.isupper() and not apart:
        return False
    return apart or one.year[0] != "?" or len(one.year) > 2


# --- BibTeX entries ---------------------------------------------------------------------------------

_WORD = re.compile(r"(?i)title|journal|name|year|n/a|authors?")
_IDENTIFIERS = frozenset(
    "doi url eprint isbn issn note howpublished urldate archiveprefix primaryclass".split()
)


def _entries(around: Surroundings) -> Iterator[entries.Entry]:
    for entry in entries.entries(around.document.text):
        if "<" in entry.key or "{" in entry.key:
            continue
        faults = [name for name, _ in entry.masks]
        if len(entry.blanks) >= 2:
            yield entry
            continue
        if not faults or (
            around.document.format == "plain" and around.is_inert(entry.start, entry.start + 1)
        ):
            continue
        if len(faults) == 1 and faults[0] != "author" and _WORD.fullmatch(dict(entry.fields)[faults[0]].strip("{} ")):  # fmt: skip
            continue  # a work called "Title", a journal called "Journal"
        if set(faults) <= _IDENTIFIERS and not _address_too(faults):
            continue
        yield entry


def _address_too(faults: Sequence[str]) -> bool:
    """Tell whether a masked note or address is not merely an identifier to be filled in."""
    return len(faults) >= 2 and any(name in {"url", "howpublished", "note"} for name in faults)


def _templates(document: Document) -> Iterator[Placeholder]:
    if document.format != "wikitext":
        return
    for one in references(document):
        if document.text.startswith("{{", one.span.start):
            masks = entries.masks_of_template(document.text, one.span)
            if not {name for name, _ in masks} <= _IDENTIFIERS:
                found = placed(
                    document, FINDER, one.span.start, one.span.end, "likely", "reference"
                )
                yield replace(found, masks=masks)


# --- items of a list --------------------------------------------------------------------------------

FEW_WORDS = 9
"""An item of a list that declares itself unfinished is so where it has no more words than this."""
_TOLD = re.compile(r"[^\W\d_]+, [^,]+ [^,]+, (?:1[89]|20)\d\d")
"""Name, title, year: short, but told."""


def _items(around: Surroundings) -> Iterator[Found]:
    for item in items(around):
        if item.is_template and item.fields >= 3:
            continue
        if item.content[:1] in "[(（【" and item.size <= 2:
            continue
        if (
            not around.in_list(item.start)
            and "\\bibitem" not in around.document.text[max(0, item.start - 90) : item.start]
        ):
            if (
                item.is_masked
                and item.is_reference
                and item.size >= 7
                and "ormat" not in item.content
            ):
                yield item.start, item.end, "likely"
            continue
        if item.lacks and item.is_reference_like and item.size >= 2:
            yield item.start, item.end, "certain"
            continue
        masked = item.is_masked and item.size >= 6 and re.search(r"[.,，]", item.content)
        if masked or _is_declared(around, item):
            yield item.start, item.end, "likely"


def _is_declared(around: Surroundings, item: Item) -> bool:
    """Tell whether the list's heading, or the note that opens it, says that it is unfinished.

    Then what has no year is taken for unfinished, and what is short.
    """
    if item.names_author and not re.search(r"\b(?:1[6-9]|20)\d\d\b|https?:", item.content):
        return around.is_declared(item.start)
    if not 2 <= count(item.content) <= FEW_WORDS or re.search(r"https?:|doi|\[", item.content):
        return False
    if (
        re.search(r"[.!?。]$", around.document.text[item.start : item.end])
        and "." in item.content[:-1]
    ):
        return False
    if _TOLD.fullmatch(item.content):
        return False
    return around.is_declared(item.start)


FINDER = Finder("RC207", "incomplete-reference", "incomplete_reference", find)
