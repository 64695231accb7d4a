"""References that their author left unfinished: what each says once its masks are taken away.

A mask ("20XX", "pp. xx-xx", ``journal = {TODO}``, "[Publisher needed]") is no value, and nothing is
compared with it. An entry of BibTeX and a citation template are read by their fields; any other
reference is taken apart by rule, a masked year held as a year so that what stands round it is found.
"""

from __future__ import annotations

import re
from dataclasses import replace

from refcheck import written
from refcheck.bibliography import bibtex_read, wikitext
from refcheck.errors import LibraryError
from refcheck.finders import entries
from refcheck.finders.listed import references
from refcheck.matching.parsing import parse
from refcheck.model import Clues, Document, Placeholder, Span
from refcheck.record import Record
from refcheck.text import unmarked

KINDS = frozenset({"incomplete_reference", "fake_identifier"})
LONGEST = 600
"""Code points of a reference without a list; a longer passage is text that mentions a work."""

_YEAR = re.compile(
    r"(?i)[(\[]?\s*(?:\b(?:1[89]|20)(?:[x?_]{2}|\d[x?_])|\bx{4}\b|\byyyy\b|\b(?:19|20)--|\byear\b\??|"
    r"(?<=\()(?:TBD|TODO|\?{1,4})(?=\)))\s*[)\]]?(?=\s*[.,;:)]|\s*$)"
)
_BOX = re.compile(r"[(\[（【<]([^()\[\]（）【】<>]{1,80})[)\]）】>]")
_MASKS = re.compile(
    r"(?i)(?:https?://(?:dx\.)?doi\.org/|\bdoi\s*:?\s*|\bar[xX]iv\s*:\s*|\b(?:PMID|ISBN)\s*:?\s*)?"
    r"(?:\b10\.(?:x{2,}|\d{4,9})/\S*?x{3,}\S*|(?<=/)\S*x{4,}\S*|(?<=: )x[x.-]{3,})"
    r"|\b(?:vol(?:ume)?|no|pp?|pages?|number|issue|bd|heft|s)?\.?\s*x{1,4}\s*\(x{1,4}\)"
    r"|\b(?:vol(?:ume)?|no|pp?|pages?|number|issue|bd|heft|s)?\.?\s*x{2,4}(?:\s*[-–—]+\s*x{1,4})?\b"
    r"|\?{2,}|\b(?:TODO|TBD|TBA|FIXME|XXX+)\b"
)


def read(document: Document, placeholder: Placeholder) -> Record:
    """Return the fields that an unfinished reference does tell; an empty record where it tells none."""
    span = _whole(document, placeholder)
    text = document.slice(span)
    if text.startswith("@"):
        return _entry(text)
    if text.startswith("{{"):
        return _template(text)
    return _text(unmarked(text))


def clues(said: Record, given: Clues) -> Clues:
    """Return the clues of a gap with what its reference says."""
    told = written.clues(written.Written("", said, told=True))
    return replace(
        given,
        title=told.title,
        author=told.author,
        year=told.year,
        identifier=told.identifier or given.identifier,
        container_title=told.container_title,
        types=told.types or given.types,
    )


def _whole(document: Document, placeholder: Placeholder) -> Span:
    """Return where the reference stands to which a gap belongs: the gap itself where there is none."""
    span = placeholder.span
    entry = entries.enclosing(document.text, span.end - 1)
    if entry is not None:
        return Span(entry.start, entry.end)
    for one in references(document):
        if one.span.start <= span.start and span.end <= one.span.end:
            return one.span
    block = document.block_at(span.start)
    if block is not None and block.content.end - block.content.start <= LONGEST:
        return Span(min(block.content.start, span.start), max(block.content.end, span.end))
    return span


def _entry(text: str) -> Record:
    entry = entries.first(text)
    if entry is None:
        return Record()
    kept = [(name, value) for name, value in entry.fields if not entries.is_masked(name, value)]
    fields = "".join(f",\n{name} = {{{value}}}" for name, value in kept)
    found = bibtex_read.read(f"@{entry.type}{{x{fields}\n}}".encode(), "").records
    return replace(found[0], citation_key="", id="") if found else Record()


def _template(text: str) -> Record:
    bare = re.sub(
        r"(\|\s*([\w -]+?)\s*=)([^|{}]*)",
        lambda m: m[1] if entries.is_masked(m[2].strip().lower(), m[3].strip()) else m[0],
        text,
    )
    try:
        found = wikitext.read(bare.encode(), "").records
    except LibraryError:
        return Record()
    return found[0] if found else Record()


def _text(text: str) -> Record:
    masked = _YEAR.search(text)
    if masked:
        text = f"{text[: masked.start()]}({_ANY_YEAR}){text[masked.end() :]}"
    text = _BOX.sub(lambda m: "" if entries.says_masked(m[1]) else m[0], text)
    text = re.sub(r"\s+([.,;:])", r"\1", " ".join(_MASKS.sub(" ", text).split()))
    text = re.sub(r"([.,;:])(?:\s*[,;:.])+", r"\1", text)
    said = parse(text)
    return replace(said, issued=None) if masked else said


_ANY_YEAR = 2000
