"""What stands round a place: its sentence, its block, its line, the heading it is under."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from refcheck.finders.language import language_of, languages_near
from refcheck.finders.words import LANGUAGES, Lexicon, lexicon
from refcheck.model import Block, Document, Span
from refcheck.text import fold

REACH = 1200
"""How far, in code points, a sentence or a paragraph is looked for in either direction."""

_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[^\Wa-z]|[\"“«(\[])|(?<=[。！？])|\r?\n[ \t]*\r?\n|\r?\n(?=[ \t]*(?:[-*+•]|\d+[.)]|#)[ \t])")  # fmt: skip
_CITES = re.compile(r"\bcit(?:e|ed|ation|ing)\b|bibtex", re.IGNORECASE)


@dataclass
class Surroundings:
    """A document with what is asked of it again and again, computed once. Lives for one document."""

    document: Document
    _languages: dict[int, Lexicon] = field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        """The language of the whole, told from its head."""
        return language_of(self.document.text[:4000])

    @cached_property
    def _inert_starts(self) -> list[int]:
        return [span.start for span in self.document.inert]

    def is_inert(self, start: int, end: int) -> bool:
        """Tell whether a place lies in code, mathematics or the like."""
        at = bisect_right(self._inert_starts, start) - 1
        inert = self.document.inert
        return (at >= 0 and inert[at].end > start) or (
            at + 1 < len(inert) and inert[at + 1].start < end and inert[at + 1].end >= end
            and inert[at + 1].start <= start
        )  # fmt: skip

    def without_code(self, start: int, end: int, content: str) -> str:
        """Return a container's content, code and mathematics in it blanked."""
        inert = self.document.inert
        at = bisect_right(self._inert_starts, start)
        if at >= len(inert) or inert[at].start >= end:
            return content
        text = self.document.text
        base = text.find(content, start)
        out = list(content)
        while at < len(inert) and inert[at].start < end:
            for n in range(max(inert[at].start, base), min(inert[at].end, base + len(content))):
                out[n - base] = " "
            at += 1
        return "".join(out)

    @cached_property
    def _link_starts(self) -> list[int]:
        return [link.span.start for link in self.document.links]

    def in_link(self, start: int, end: int) -> bool:
        """Tell whether a place lies within a link that has a target."""
        at = bisect_right(self._link_starts, start) - 1
        if at < 0:
            return False
        link = self.document.links[at]
        return link.span.end >= end and link.target.end > link.target.start

    @cached_property
    def defined(self) -> frozenset[str]:
        """The labels, folded, of link addresses that the document defines."""
        text = self.document.text
        return frozenset(
            fold(self.document.slice(link.label).strip("[]"))
            for link in self.document.links
            if link.target.end > link.target.start and text.startswith("]:", link.label.end - 1)
        )

    def line(self, offset: int) -> tuple[int, int]:
        """Return start and end, without its end sign, of the line in which a place lies."""
        text = self.document.text
        low = max(0, offset - 4 * REACH)
        start = max(text.rfind("\n", low, offset), text.rfind("\r", low, offset)) + 1 or low
        end = min(
            (at for at in (text.find("\n", offset), text.find("\r", offset)) if at >= 0),
            default=len(text),
        )
        return start, min(end, offset + 4 * REACH)

    def block(self, offset: int) -> Block | None:
        """Return the block in which a place lies."""
        return self.document.block_at(offset)

    def passage(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the block round a place, at most `REACH` away."""
        block = self.block(start)
        if block is None or block.span.end - block.span.start > 4 * REACH:
            low, high = start - REACH, end + REACH
        else:
            low, high = block.content.start, block.content.end
        return max(low, start - REACH, 0), min(max(high, end), end + REACH, len(self.document.text))

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the sentence round a place."""
        low, high = self.passage(start, end)
        text = self.document.text
        first = low
        for match in _END.finditer(text, low, start):
            first = match.end()
        after = _END.search(text, end, high)
        return first, after.start() if after else high

    def lexicon(self, start: int, end: int) -> Lexicon:
        """Return the words of the languages that count at a place: English and its sentence's."""
        low, high = self.passage(start, end)
        found = self._languages.get(low)
        if found is None:
            here = languages_near(self.document.text[low:high])
            chosen = ({"en", self.language} | here) & set(LANGUAGES)
            if not here and not self.language:
                chosen = set(LANGUAGES)
            found = self._languages[low] = lexicon(frozenset(chosen))
        return found

    @cached_property
    def _list_heads(self) -> tuple[tuple[int, bool, int], ...]:
        heads = []
        for block in self.document.blocks:
            if block.kind == "heading":
                text = self.document.slice(block.content)
                heads.append((block.span.start, is_list_heading(text), block.level))
        return tuple(heads)

    @cached_property
    def _list_head_starts(self) -> list[int]:
        return [start for start, _, _ in self._list_heads]

    def in_list(self, offset: int) -> bool:
        """Tell whether a place is in a reference list, by the nearest heading."""
        at = bisect_right(self._list_head_starts, offset) - 1
        return at >= 0 and self._list_heads[at][1]

    def after_request(self, offset: int) -> bool:
        """Tell whether the text just before asks to cite something ("please cite:")."""
        return bool(_CITES.search(self.document.text[max(0, offset - 160) : offset]))

    def span_text(self, span: Span) -> str:
        """Return the text of a span."""
        return self.document.slice(span)


_NUMBERED = re.compile(r"^[\W\d]*(?:[ivxlc]+[.)]\s+|[a-z][.)]\s+)?")
_ALL_HEADINGS = lexicon(frozenset(LANGUAGES)).heading


def is_list_heading(text: str) -> bool:
    """Tell whether a heading is that of a reference list, in any language, numbers aside."""
    key = _NUMBERED.sub("", fold(re.sub(r"\([^()]*\)|\{[^{}]*\}|[*_#]", " ", text))).strip(
        " .:：*_"
    )
    if key in _ALL_HEADINGS:
        return True
    words = re.split(r"\s*(?:[/&,、·-]|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*", key)
    return len(words) > 1 and words[0] in _ALL_HEADINGS


def of(document: Document) -> Surroundings:
    """Return the surroundings of a document; the last one is kept, so rules share it."""
    last = _KEPT.get("last")
    if last is None or last.document is not document:
        last = _KEPT["last"] = Surroundings(document)
    return last


_KEPT: dict[str, Surroundings] = {}
