r"""The written references of a document: where each stands, by what it is cited, of which list it is.

Told by structure: entries of BibTeX, ``\bibitem``, ``<ref>`` of JATS and wikitext, citation
templates; else items, paragraphs and lines under the heading of a reference list that look like
references; a numbered list of them without a heading; footnotes that are nothing else. Read once
for a document and kept for the rules that ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from refcheck.finders import entries
from refcheck.finders.looks import in_list, strong
from refcheck.finders.surroundings import is_list_heading
from refcheck.model import Block, Document, Span
from refcheck.text import unmarked

LONGEST = 3000
"""Code points of a reference; what is longer is text."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: its text without number or bullet.

    ``key`` is what a citation names it by (a key, an id, "12"), ``list`` which list of the document
    it is in, from 0; footnotes and inline templates are in none (-1).
    """

    span: Span
    key: str = ""
    list: int = -1


def references(document: Document) -> tuple[Reference, ...]:
    """Return the references of a document in order of place, none overlapping."""
    last = _KEPT.get("last")
    if last is None or last[0] is not document:
        last = _KEPT["last"] = (document, _apart(_all(document)))
    return last[1]


_KEPT: dict[str, tuple[Document, tuple[Reference, ...]]] = {}


def _apart(found: Iterator[Reference]) -> tuple[Reference, ...]:
    out: list[Reference] = []
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not out or one.span.start >= out[-1].span.end:
            out.append(one)
    return tuple(out)


def _all(document: Document) -> Iterator[Reference]:
    match document.format:
        case "bibtex":
            yield from _entries(document.text)
        case "latex":
            yield from _bibitems(document.text)
            if "filecontents" in document.text:
                yield from _entries(document.text)
        case "jats":
            yield from _jats(document.text)
        case "wikitext":
            yield from _wikitext(document.text)
            yield from _listed(document)
        case _:
            yield from _listed(document)
            yield from _footnotes(document)


# --- forms that mark references -----------------------------------------------------------------


def _entries(text: str) -> Iterator[Reference]:
    for entry in entries.entries(text):
        if entry.fields and entry.type not in {"xdata", "set", "control", "ieeetranbstctl"}:
            yield Reference(Span(entry.start, entry.end), entry.key, 0)


_BIBITEM = re.compile(
    r"\\bibitem[ \t]*%?\s*(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\}){0,40}\}){0,300}\])?\s*\{(?P<key>[^{}]{0,200})\}"
)
_BIBITEM_END = re.compile(r"\\bibitem\b|\\end[ \t]*\{thebibliography\}")


def _bibitems(text: str) -> Iterator[Reference]:
    if "\\bibitem" not in text:
        return
    number = -1
    last_list = None
    for match in _BIBITEM.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if "%" in text[line : match.start()]:
            continue
        ends = _BIBITEM_END.search(text, match.end(), match.end() + LONGEST)
        if ends is None:
            continue
        end = ends.start()
        while (line := text.rfind("\n", 0, end) + 1) > match.end() and text[line : line + 1] == "%":
            end = line - 1
        begun = text.rfind("\\begin{thebibliography}", 0, match.start())
        if begun != last_list:
            number, last_list = number + 1, begun
        if span := _trimmed(text, match.end(), end):
            yield Reference(span, match["key"].strip(), number)


_REF = re.compile(r"<ref(?=[\s>])(?P<attrs>[^<>]{0,300})>")
_CITATION = re.compile(r"<(mixed-citation|element-citation|citation|nlm-citation)\b[^<>]{0,400}>")
_ID = re.compile(r"\bid\s*=\s*[\"']([^\"']{1,200})[\"']")


def _jats(text: str) -> Iterator[Reference]:
    for match in _REF.finditer(text):
        end = text.find("</ref>", match.end(), match.end() + 4 * LONGEST)
        cited = _CITATION.search(text, match.end(), end) if end >= 0 else None
        if cited is None:
            continue
        close = text.find(f"</{cited[1]}>", cited.end(), end)
        name = _ID.search(match["attrs"])
        if close >= 0 and (span := _trimmed(text, cited.end(), close)):
            yield Reference(span, name[1] if name else "", 0)


_TEMPLATE = re.compile(
    r"\{\{\s*(?:[Cc]ite[ _]\w|(?:[Cc]itation|[Ll]iteratur|[Ii]nternetquelle|[Aa]rticle|[Oo]uvrage|[Ll]ien web|[Cc]ita (?:web|libro|publicación|noticia))\s*\|)"
)
_BRACES = re.compile(r"\{\{|\}\}")
_NOTE = re.compile(r"<ref\b(?P<attrs>[^<>/]{0,200})>(?P<inner>[^<>]{12,1500})</ref\s*>")


def _wikitext(text: str) -> Iterator[Reference]:
    at = 0
    while match := _TEMPLATE.search(text, at):
        at = match.end()
        depth = 0
        for brace in _BRACES.finditer(text, match.start(), match.start() + 2 * LONGEST):
            depth += 1 if brace[0] == "{{" else -1
            if depth == 0:
                at = brace.end()
                yield Reference(Span(match.start(), at))
                break
    for note in _NOTE.finditer(text):
        inner = note["inner"]
        if not _TEMPLATE.search(inner) and strong(unmarked(inner)):
            span = _trimmed(text, *note.span("inner"))
            if span:
                yield Reference(span)


# --- lists under a heading ----------------------------------------------------------------------

_LEAD = re.compile(
    r"(?:<a\b[^<>]{0,200}>\s*</a>|\[\]\{[^{}]{0,80}\}|\[\[\[[^\[\]]{1,80}\]\]\]|\.\.[ \t]+(?=\[)|<span\b[^<>]{0,200}>\s*</span>|\s)*"
    r"(?:\\?\[(?P<n1>\d{1,4}|[A-Za-z][\w+.-]{1,24})\\?\](?![(\[])[:.]?|\((?P<n2>\d{1,4})\)|(?P<n3>\d{1,4})(?:[.)]|\.?\t)(?!\d)|[-*+•·–—‣](?=\s))?(?:\s*<a\b[^<>]{0,200}>\s*</a>)?\s*"
)
_ANCHOR = re.compile(r"\[\[\[(?P<key>[^\[\],]{1,80})(?:,[^\[\]]{0,80})?\]\]\]")
_TAIL = re.compile(r"(?:\s|↩︎?|\[?↑\]?|\{#[\w:.-]{1,80}\})+$")


def _comments(text: str) -> list[tuple[int, int]]:
    """Return the comments of HTML; one that is not closed hides nothing."""
    found: list[tuple[int, int]] = []
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        found.append((start, end + 3))
        start = text.find("<!--", end)
    return found


def _listed(document: Document) -> Iterator[Reference]:
    hidden = _comments(document.text)
    taken = _regions(document)
    for number, (start, end) in enumerate(taken):
        found: list[Reference] = []
        for block in document.blocks:
            if (
                start <= block.span.start < end
                and block.kind in _KINDS
                and not _within(block, hidden)
            ):
                found += (replace(one, list=number) for one in _of_block(document, block))
        yield from _joined(found) if document.format == "pdf" else found
    if document.format not in {"wikitext", "html", "epub"}:
        yield from _unheaded(document, taken)


def _within(block: Block, spans: list[tuple[int, int]]) -> bool:
    return any(start <= block.span.start < end for start, end in spans)


def _joined(found: list[Reference]) -> list[Reference]:
    """Put the lines of a printed page together: in a numbered list what has no number goes on."""
    if sum(one.key.isdigit() for one in found) * 2 < len(found):
        return found
    out: list[Reference] = []
    for one in found:
        if out and not one.key:
            out[-1] = replace(out[-1], span=Span(out[-1].span.start, one.span.end))
        else:
            out.append(one)
    return out


_KINDS = frozenset({"list_item", "paragraph", "heading", "table_row"})


def _regions(document: Document) -> list[tuple[int, int]]:
    """Return where each reference list begins and ends: up to the next heading that is no deeper."""
    out: list[tuple[int, int]] = []
    opened: tuple[int, int] | None = None
    for block in document.blocks:
        titled = block.kind == "heading"
        if not titled and not (
            block.kind == "paragraph" and 3 < block.span.end - block.span.start <= 60
        ):
            continue
        said = document.slice(block.content)
        listing = is_list_heading(said)
        if not listing and (opened is None or not titled or in_list(unmarked(said), item=False)):
            continue
        if opened is not None and (listing or block.level <= opened[1]):
            out.append((opened[0], block.span.start))
            opened = None
        if listing and opened is None:
            opened = (block.span.end, block.level if titled else 6)
    if opened is not None:
        out.append((opened[0], len(document.text)))
    return out


def _of_block(document: Document, block: Block) -> Iterator[Reference]:
    """Return the references of a block: it is one, or its lines are."""
    text = document.text
    if block.span.end - block.span.start > 20 * LONGEST:
        return
    start = block.span.start
    for low, high in _pieces(text, start, block.span.end, block.kind):
        lead = _LEAD.match(text, low, high)
        inner = lead.end() if lead else low
        if inner < block.content.start <= high and low == start:
            inner = max(inner, block.content.start)
            again = _LEAD.match(text, inner, high)
            lead = again if again and again.lastgroup else lead
            inner = max(inner, again.end() if again else inner)
        span = _trimmed(text, inner, high)
        if span is None or span.end - span.start > LONGEST:
            continue
        said = unmarked(text[span.start : span.end])
        key = next((g for g in (lead.group("n1", "n2", "n3") if lead else ()) if g), "")
        if anchor := _ANCHOR.search(text, low, span.start):
            key = anchor["key"]
        if _NO_TEXT.match(text, span.start) and not _TEMPLATE.match(text, span.start):
            continue
        if in_list(
            said, item=bool(key) or block.kind in {"list_item", "table_row"}, keyed=bool(key)
        ):
            yield Reference(span, key)


_NO_TEXT = re.compile(r"\{\{|\[\[[A-Za-z]+:|<references|\||\{\||```|~~~|#\w+\(|@\w+\{")
_NEW = re.compile(r"[ \t]*(?:\\?\[\d{1,4}\\?\]|\(\d{1,4}\)|\d{1,3}[.)][ \t]|[-*•][ \t])")


def _pieces(text: str, start: int, end: int, kind: str) -> list[tuple[int, int]]:
    """Cut a block into the lines or groups of lines that are references of their own."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text[start:end])]
    lines = [(start + a, start + b) for a, b in lines if text[start + a : start + b].strip()]
    if len(lines) < 2:
        return [(start, end)]
    marked = [bool(_NEW.match(text, a, b)) for a, b in lines]
    if sum(marked) >= 2:
        return _grouped(lines, marked, end)
    if kind == "list_item":
        return [(start, end)]
    whole = [strong(unmarked(text[a:b])) for a, b in lines]
    if whole[0] and sum(whole) >= 0.6 * len(whole):
        return _grouped(lines, whole, end)
    hanging = [text[a] not in " \t" for a, _ in lines]
    if not all(hanging) and sum(hanging) >= 1 and hanging[0]:
        return _grouped(lines, hanging, end)
    return [(start, end)]


def _grouped(lines: list[tuple[int, int]], first: list[bool], end: int) -> list[tuple[int, int]]:
    starts = [a for (a, _), new in zip(lines, first, strict=True) if new]
    if starts[0] != lines[0][0]:
        starts.insert(0, lines[0][0])
    return list(zip(starts, [*starts[1:], end], strict=True))


_NUMBER = re.compile(r"\\?\[\d")


def _unheaded(document: Document, taken: list[tuple[int, int]]) -> Iterator[Reference]:
    """A run of items [1], [2], [3] … that all look like references, though no heading says so."""
    run: list[Reference] = []
    text = document.text
    for block in document.blocks:
        start = block.span.start
        if taken and any(a <= start < b for a, b in taken):
            continue
        if block.kind not in {"list_item", "paragraph"} or not _NUMBER.match(text, start):
            if run and (block.kind == "heading" or len(run) < 3):
                yield from _whole(run)
                run = []
            continue
        for one in _of_block(document, block):
            if one.key.isdigit() and strong(unmarked(document.slice(one.span))):
                if int(one.key) != len(run) + 1:
                    yield from _whole(run)
                    run = []
                if int(one.key) == len(run) + 1:
                    run.append(replace(one, list=len(taken)))
    yield from _whole(run)


def _whole(run: list[Reference]) -> list[Reference]:
    return run if len(run) >= 3 else []


_FOOTNOTE = re.compile(
    r"^\[\^(?P<key>[^\[\]\r\n]{1,80})\]:[ \t]*(?P<text>[^\r\n]+(?:\r?\n[ \t]+[^\r\n]+)*)",
    re.MULTILINE,
)
_CITED = re.compile(
    r"^\.\.[ \t]+\[(?P<key>[#\w][\w.:-]{0,60})\][ \t]+(?P<text>[^\r\n]+(?:\r?\n[ \t]+[^\r\n]+)*)",
    re.MULTILINE,
)


def _footnotes(document: Document) -> Iterator[Reference]:
    """Footnotes, and citations of reStructuredText, that are nothing but a reference."""
    text = document.text
    pattern = None
    if document.format in {"markdown", "jupyter"} and "[^" in text:
        pattern = _FOOTNOTE
    elif document.format == "rst" and ".. [" in text:
        pattern = _CITED
    if pattern is None:
        return
    for match in pattern.finditer(text):
        span = _trimmed(text, *match.span("text"))
        if span and span.end - span.start <= LONGEST and strong(unmarked(document.slice(span))):
            yield Reference(span, match["key"])


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Return a span without white space and return marks at its ends; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    if tail := _TAIL.search(text, max(start, end - 120), end):
        end = max(start, tail.start())
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end - start >= 8 else None
