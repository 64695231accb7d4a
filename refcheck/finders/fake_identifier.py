"""RC205 fake-identifier: a DOI, arXiv number, ISBN or PMID made of masks.

Finds     `doi:10.xxxx/xxxxx`, `https://doi.org/10.1234/placeholder`, `arXiv:24XX.XXXXX`, `arXiv:????`, `PMID: XXXXXXXX`.
Matters   It looks like an identifier and leads nowhere.
Example   Bertone and Karlberg: arXiv:24XX.XXXXX
Limits    Patterns in code and in text that explains the form are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from refcheck.finders import entries
from refcheck.finders.placeholders import placed
from refcheck.finders.surroundings import Surroundings, of
from refcheck.model import Certainty, Document, Finder, Placeholder, Span
from refcheck.text import positions

_FAKE = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|\bdoi\s*[:=]?\s*\{?)?\b10\.(?:[xX#?]{2,}[\w?#.]{0,8}|\d{4,9}(?=/[^\s{}<>\"]{0,60}?(?:[xX?#]{3,}|\.{3}|placeholder|TODO|TBD|example\b|todo)))/(?:[^\s{}<>\"',;()\[\]]|\.\.\.){1,80}"
    r"|(?:https?://(?:dx\.)?doi\.org/|\b(?:doi|DOI)\s*:\s*)(?:\.{3}|[xX]{3,}[\w./-]{0,40}|\?{2,}|TODO|TBD|TBA|PLACEHOLDER|placeholder|pending)\b[?.]{0,3}"
    r"|(?:https?://arxiv\.org/(?:abs|pdf)/|\barxiv(?:\s+preprint)?(?:\s*:\s*|\s+ar[xX]iv:))(?:\d{0,4}[xX?#]{2,6}(?:\.[\dxX?#]{2,6})?|\d{4}\.[\d]{0,4}[xX?#]{2,6}|[xX?#]{2,4}\.[xX?#\d]{2,6}|\?+|\.{3}|TODO|TBD|TBA|NNNN\.NNNNN|YYMM\.[NX]{4,5}|0000\.00000)(?!\w)"
    r"|(?:https?://(?:dx\.)?doi\.org/|\b(?:doi|DOI)\s*:?\s*)[xX]{2}\.[xX]{3,5}/[\w.-]{2,40}"
    r"|https?://(?:dx\.)?doi\.org/(?-i:[A-Z]*_?DOI(?:_[A-Z]+)?|<[^<>\r\n]{2,30}>|YOUR[\w-]*)(?![\w/])"
    r"|\b(?:doi|DOI)\s*:\s*\[(?:insert|add|your|to be|TBD|TODO|DOI|pending)[^\[\]\r\n]{0,30}\]"
    r"|\b(?:PMID|PMCID|pmid)\s*:?\s*(?:PMC)?(?:[xX]{4,}|\?{2,})|\bISBN(?:-1[03])?\s*:?\s*(?:[xX\d]{1,3}-)?[xX]{1,5}-[xX-]{3,}[\dxX]",
    re.IGNORECASE,
)
_SEQUENCE = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|\b(?:doi|DOI)\s*:\s*)?\b10\.(?:5281/zenodo\.(?:1234567|12345678|0000000|123456)|1234/(?:5678|abcd|abc|xyz|example)[\w.-]{0,20}|"
    r"0000/\d{0,8}|1000/xyz\d{0,4})(?![\w/])"
    r"|\b(?:https?://arxiv\.org/(?:abs|pdf)/|(?:arXiv|arxiv)(?: preprint(?: arXiv)?)?\s*:\s*)(?:1234\.567(?:8|89)|2[0-9]{3}\.(?:12345|00000|99999))(?!\d)"
    r"|\bPMID:?\s*12345678\b|\bISBN(?:-1[03])?:?\s*(?:978-?)?(?:0-00-000000-0|1-?234-?56789-?[0-9X]|0-?123-?45678-?9)\b"
)
"""Identifiers of figures in their order, as people write them for an example."""
_MARK = re.compile(
    r"[xX][xX-]|[.:/]#[#xX]|\?\?|[:/](?: ?(?:[A-Z]*_?DOI(?:_[A-Z]+)?\b|<|YOUR|\[(?:insert|add|your|to be|TBD|TODO|DOI|pending)|TODO|TBD|TBA|PLACEHOLDER|placeholder|pending|example\b|NNNN|YYMM|0000\.0)|\.\.\.)"
)
_IDENTIFIERS = ("10.", "doi", "arxiv", "pmid", "pmcid", "isbn")
BEFORE, REACH = 10, 110
"""How far before and after such a beginning a mask is looked for."""
_IS_MASKED = re.compile(
    r"(?i)x{2,}|[?#]{2,}|\.{3}|todo|tbd|tba|placeholder|pending|example|insert|add|your|to be|\[doi|org/(?:[a-z]*_?doi|<)|n{4}|0000\.00000"
)
_TALK = re.compile(
    r"(?i)\b(?:format|pattern|regex|prefix|such as|e\.g\.|for example|syntax|style|looks? like|like|instead of|must be|valid|usage|curl|replace)\b[^.\r\n]{0,60}$"
)


def find(document: Document) -> Sequence[Placeholder]:
    """Return masked identifiers, with "doi:" or "arXiv:" before them."""
    text = document.text
    around = of(document)
    found = list(_sequences(around))
    last = -1
    for low, high in _windows(around):
        for match in _FAKE.finditer(text, low, high):
            start, end = match.span()
            if start <= last or around.is_inert(start, end) or not _IS_MASKED.search(match[0]):
                continue
            while text[end - 1] in ".,;:" and not match[0].endswith("..."):
                end -= 1
            before = text[max(0, start - 90) : start]
            certainty: Certainty = "likely"
            shown = re.search(r"(?i)placeholder\s*=\s*[\"']$|[`|]$", before)
            if _TALK.search(before) or (shown and document.format != "wikitext"):
                certainty = "maybe"
            last = end
            found.append(placed(document, FINDER, start, end, certainty, "address"))
    return [*map(partial(_in_field, document), found), *_bare(document)]


def _in_field(document: Document, found: Placeholder) -> Placeholder:
    """Say which field of a BibTeX entry or a template a masked identifier fills, if it stands in one."""
    named = _FIELD.match(document.text, found.span.start, found.span.end)
    if named is None:
        return found
    return replace(found, masks=((named["name"].lower(), Span(named.end(), found.span.end)),))


_FIELD = re.compile(r"(?P<name>[A-Za-z]+)\s*=\s*[{\"]?")


def _bare(document: Document) -> Iterator[Placeholder]:
    """Yield what stands for an identifier in a BibTeX entry that lacks nothing else: ``doi = {TODO}``."""
    for entry in entries.entries(document.text):
        if entry.lacks_only(entries.IDENTIFIERS):
            for name, span in entry.masks:
                if not _FAKE.search(document.text, max(0, span.start - 20), span.end + 1):
                    found = placed(document, FINDER, span.start, span.end, "likely", "address")
                    yield replace(found, masks=((name, span),))


def _sequences(around: Surroundings) -> Iterator[Placeholder]:
    document = around.document
    if not any(
        mark in document.text for mark in ("1234", "00000", "99999", "10.0000", "10.1000/xyz")
    ):
        return
    done = 0
    for at in positions(around.lower, ("1234", "00000", "99999", "0000/", "xyz")):
        match = _SEQUENCE.search(document.text, max(done, at - 45), at + 30)
        if match is None:
            continue
        start, end = match.span()
        done = end
        talk = _TALK.search(document.text[max(0, start - 90) : start])
        if not around.is_inert(start, end):
            yield placed(document, FINDER, start, end, "maybe" if talk else "likely", "address")


def _windows(around: Surroundings) -> Iterator[tuple[int, int]]:
    """Yield the stretches round a mask near what an identifier begins with; they are looked for there alone."""
    text, done = around.document.text, 0
    for at in positions(around.lower, _IDENTIFIERS):
        low = max(done, at - BEFORE)
        for mark in _MARK.finditer(text, low, at + REACH):
            if mark.start() >= done:
                done = mark.start() + REACH
                yield max(0, mark.start() - REACH), done


FINDER = Finder("RC205", "fake-identifier", "fake_identifier", find)
