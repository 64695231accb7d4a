"""RC207 incomplete-reference: a reference is written out, but key parts are masked or missing.

Finds     `Gardner et al., 20XX`, `Kansa xxxx`, `pp. xx-xx` in a reference list, BibTeX entries with `author = {TODO}` or
          `year = {20XX}`, items of a reference list whose heading says that it is a placeholder.
Matters   The work cannot be told from it.
Example   The ice moves faster (Gardner et al., 20XX).
Limits    A short but complete citation and `(n.d.)` are left alone. A BibTeX entry of which only the identifier is
          masked is a fake identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from refcheck.finders import entries
from refcheck.finders.placeholders import placed
from refcheck.finders.surroundings import Surroundings, of
from refcheck.model import Document, Finder, Placeholder

_NAME = r"[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*"
_MASK = r"(?:(?:1[89]|20)[xX?_]{2}|(?:19|20)\d[xX?_]|[xX]{3,4}|\?{2,4}|20\?\?|YYYY|YEAR|[Yy]ear\?|TODO|TBD)"
_MASKED = re.compile(
    rf"(?P<open>[(\[（])?(?P<names>(?<![\w\\]){_NAME}(?:(?:,\s+(?:&\s+|and\s+)?|\s+(?:&|and|und|et|y|e)\s+|\s*&\s*){_NAME}){{0,4}}(?:,?\s+et\s+al\.?,?)?)\s*,?\s*(?P<p>\()?(?<=[\s,(]){_MASK}(?![\w?]|\s*=)(?(p)\))(?P<close>[)\]）])?"
)
_NO_NAME = re.compile(
    r"(?i)^(?:section|chapter|figure|fig|table|page|pages|lines?|version|volume|vol|part|step|phase|item|issue|number|no|bug|ticket|pr|todo|fixme|xxx+|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|author|authors|name|the|in|on|at|from|since|copyright|year|date|tel|phone|room|code|error|python|windows|http|status|type|kapitel|seite|abschnitt|model|class|level|grade|line|day|week|appendix|equation|eq|theorem|lemma|algorithm|listing|key|id|isbn|doi|arxiv|spring|summer|fall|winter|q[1-4]|aprovada|data|before|after|until|between|about|approx|released?|published|updated|created|draft|submitted|accepted|copyright|hello|what|why|how|when|who|where|really|no|yes|is|are|see|and|or|but|if)\b"
)
_ITEM_MASK = re.compile(
    r"\b(?:pp?\.?|pages?|vol(?:ume|\.)?|no\.?|issue)\s*[:.]?\s*(?:[xX]{2,}|\?{1,})(?:\s*[-–—]{1,3}\s*(?:[xX]{2,}|\?+))?|\((?:19|20)?[xX?]{2,4}\)|[\[(](?:year|YEAR|Year|title|TITLE|Title|journal|Journal|publisher|Publisher|date|Date|authors?|Authors?|venue|Venue|volume|pages|name|city|place)(?:\s+(?:TBD|needed|missing|unknown|here))?\??[\])]|\b(?:XXX+|TBD|TODO|TBA|\?\?\?)\b|\b(?:19|20)XX\b|\?{3,}"
)


_WORD = re.compile(r"(?i)title|journal|name|year|n/a|authors?")
_ANY_MASK = re.compile(
    r"(?:1[89]|20)(?:\d?[xX_?]{1,2})|[xX]{3}|\?\?|YYYY|YEAR|[Yy]ear\?|et al\.?,? \(?T(?:ODO|BD)"
)


def find(document: Document) -> Sequence[Placeholder]:
    """Return masked citations, unfinished entries and items."""
    around = of(document)
    found = [
        placed(document, FINDER, start, end, "likely" if sure else "maybe", "reference")
        for start, end, sure in (*_masked(around), *_entries(around), *_items(around))
    ]
    return tuple(found)


def _masked(around: Surroundings) -> Iterator[tuple[int, int, bool]]:
    text = around.document.text
    if around.document.format == "bibtex" or not _ANY_MASK.search(text):
        return
    last = -1
    for mark in _ANY_MASK.finditer(text):
        match = _MASKED.search(text, max(last, 0, mark.start() - 110), mark.end() + 6)
        if match is None or match.end() < mark.start() or match.start() < last:
            continue
        last = match.end()
        start, end = match.span()
        if match["open"] and not match["close"]:
            start += 1
        elif match["close"] and not match["open"]:
            end -= 1
        names = match["names"]
        if around.is_inert(start, end) or _NO_NAME.match(names):
            continue
        several = re.search(r"et\s+al|&|\band\b|\bund\b|\bet\b", names)
        mask = re.search(rf"{_MASK}\)?[)\]）]?$", match[0])
        weak = mask is not None and re.match(r"[xX?]", mask[0]) is not None
        if mask is not None and mask[0][:2] in {"TO", "TB"} and not (several and match["open"]):
            continue
        boxed = match["open"] and match["close"]
        if (
            weak
            and not several
            and not boxed
            and (names.isupper() or (mask is not None and mask[0][0] == "?"))
        ):
            continue
        if re.fullmatch(r"X+|[A-Z]", names.split(",")[0].split(" ")[0]):
            continue
        yield (
            start,
            end,
            bool(several or not weak or match["open"] or re.search(r"[a-z]{3}", names)),
        )


def _entries(around: Surroundings) -> Iterator[tuple[int, int, bool]]:
    for entry in entries.entries(around.document.text):
        if "<" in entry.key or "{" in entry.key:
            continue
        faults = [name for name, value in entry.fields if entries.is_masked(name, value)]
        if not faults or (
            around.document.format == "plain" and around.is_inert(entry.start, entry.start + 1)
        ):
            continue
        if len(faults) == 1 and _WORD.fullmatch(dict(entry.fields)[faults[0]].strip("{} ")):
            continue  # a work called "Title", a journal called "Journal"
        identifiers = {"doi", "url", "eprint", "isbn", "issn", "note", "howpublished", "urldate", "archiveprefix", "primaryclass"}  # fmt: skip
        if set(faults) <= identifiers and not _sole(faults):
            continue
        yield entry.start, entry.end, True


def _sole(faults: Sequence[str]) -> bool:
    """Tell whether a masked note or address is not merely an identifier to be filled in."""
    return len(faults) >= 2 and any(name in {"url", "howpublished", "note"} for name in faults)


def _items(around: Surroundings) -> Iterator[tuple[int, int, bool]]:
    document = around.document
    for block in document.blocks:
        if block.kind not in {"list_item", "paragraph"} or not around.in_list(block.span.start):
            continue
        start, end = block.content.start, block.content.end
        content = document.text[start:end]
        if not 8 <= len(content) <= 600 or "\\cite" in content or "@" in content[:1]:
            continue
        lead = re.match(r"(?:\[\d+\]|\d+[.)])\s*[-–—:]?\s*|[-–—]\s+", content)
        if lead:
            start += lead.end()
            content = document.text[start:end]
        if around.is_inert(start, min(end, start + 3)):
            continue
        masked = _ITEM_MASK.search(content)
        words = len(re.findall(r"[^\W_]+", content))
        if (
            masked
            and words >= 6
            and re.search(r"[.,]", content)
            and content[:1] not in "[("
            and not re.search(r"\[[^\[\]]{12,}\]|\((?:to be|link|url)", content)
        ):
            yield start, end, True
        elif (
            _declared(around, start)
            and block.kind == "list_item"
            and words <= 9
            and not re.search(r"https?:|doi|\[", content)
        ):
            yield start, end, words >= 2


def _declared(around: Surroundings, offset: int) -> bool:
    """Tell whether the list's heading says that it is only a placeholder."""
    heading = around.document.heading_of(offset)
    return bool(
        re.search(
            r"(?i)placeholder|to be (?:completed|expanded|filled)|incomplete|draft|unvollständig|à compléter|待补充|待完善|incompleta",
            heading,
        )
    )


FINDER = Finder("RC207", "incomplete-reference", "incomplete_reference", find)
