"""What stands round a place: its sentence, its block, its line, the heading it is under."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from refcheck.finders.author_year import Citation, citations, marks
from refcheck.finders.language import language_of, languages_near
from refcheck.finders.words import LANGUAGES, SIGNS, Lexicon, lexicon
from refcheck.model import Block, Document, Span
from refcheck.text import fold, is_cjk, lowered

Section = Literal["", "list", "cite"]
LINE_AS_HEADING = 7
"""The level of a line of its own that is called as reference lists are: below all headings."""
REACH = 1200
"""How far, in code points, a sentence or a paragraph is looked for in either direction."""

_KNOWN = frozenset(LANGUAGES)
_CAPITALS = re.compile("[A-Z]{2,}")
_OTHER_CAPITALS = ("ИСТОЧ", "ССЫЛ", "ДЖЕРЕЛ", "KÄLLA", "ŹRÓD", "ERGÄNZEN")
_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[^\Wa-z]|[\"“«(\[])|(?<=[。！？])|\r?\n[ \t]*\r?\n|\r?\n(?=[ \t]*(?:[-*+•]|\d+[.)]|#)[ \t])")  # fmt: skip
_CITES = re.compile(r"\bcit(?:e|ed|ation|ing)\b|bibtex", re.IGNORECASE)


@dataclass
class Surroundings:
    """A document with what is asked of it again and again, computed once. Lives for one document."""

    document: Document
    _languages: dict[tuple[int, bool], Lexicon] = field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        """The language of the whole, told from its head."""
        return language_of(self.document.text[:4000])

    @cached_property
    def lower(self) -> str:
        """The text in lower case, of the same length."""
        return lowered(self.document.text)

    @cached_property
    def shouts(self) -> str:
        """The runs of Latin capitals of the text, one a line, each once, and some words in others."""
        text = self.document.text
        found = dict.fromkeys(_CAPITALS.findall(text))
        return "\n".join(
            (*found, *(() if text.isascii() else filter(text.__contains__, _OTHER_CAPITALS)))
        )

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
        """Return the words of the languages that count at a place: English and its sentence's.

        Where a passage tells too little, those of its script do, and the document's own.
        """
        low, high = self.passage(start, end)
        signs = end > start and is_cjk(self.document.text[start:end])
        found = self._languages.get((low, signs))
        if found is None:
            chosen = {"en", self.language} | languages_near(self.document.text[low:high])
            if signs and not chosen & SIGNS:
                chosen |= {"zh", "ja"}  # a remark in signs in a Latin passage
            found = self._languages[low, signs] = lexicon(frozenset(chosen & _KNOWN))
        return found

    @cached_property
    def _sections(self) -> tuple[tuple[int, Section], ...]:
        """Where sections begin, and what each is; one below a reference list belongs to it."""
        found: list[tuple[int, Section]] = []
        level, kind = 0, ""
        for block in self.document.blocks:
            own, depth = self._heads(block)
            if not depth:
                continue
            if own or not (kind == "list" and depth > level):
                level, kind = depth, own
            found.append((block.content.end, "list" if kind == "list" else "cite" if kind else ""))
        return tuple(found)

    def _heads(self, block: Block) -> tuple[Section, int]:
        """Return what section a block begins, and its level; 0 for a block that heads nothing."""
        length = block.content.end - block.content.start
        if block.kind == "heading":
            return section_of(self.document.slice(block.content)), block.level or 1
        if block.kind == "paragraph" and 4 <= length <= 48:
            text = self.document.slice(block.content).strip()
            if "\n" not in text and not text.endswith((".", "]", ")")):
                own = section_of(text)
                return own, LINE_AS_HEADING if own == "list" else 0
        return "", 0

    @cached_property
    def _section_starts(self) -> list[int]:
        return [start for start, _ in self._sections]

    @cached_property
    def has_lists(self) -> bool:
        """Whether any section is a reference list or a note on how to cite."""
        return any(kind for _, kind in self._sections)

    def section(self, offset: int) -> Section:
        """Tell in what a place is: a reference list, a note on how to cite, or neither."""
        at = bisect_right(self._section_starts, offset) - 1
        return self._sections[at][1] if at >= 0 else ""

    def in_list(self, offset: int) -> bool:
        """Tell whether a place is in a reference list, by the nearest heading."""
        return self.section(offset) == "list"

    @cached_property
    def _marks(self) -> list[tuple[int, int]]:
        return marks(self.document.text)

    @cached_property
    def _mark_starts(self) -> list[int]:
        return [start for start, _ in self._marks]

    def is_marked(self, block: Block) -> bool:
        """Tell whether a block has a mask such as "20XX"."""
        at = bisect_right(self._mark_starts, block.content.start - 1)
        return at < len(self._marks) and self._mark_starts[at] < block.content.end

    @property
    def has_marks(self) -> bool:
        """Whether a mask such as "20XX" stands anywhere."""
        return bool(self._marks)

    @cached_property
    def untold_citations(self) -> tuple[Citation, ...]:
        """Citations by author and year of which a part is not told."""
        return tuple(citations(self.document.text, self._marks))

    def is_declared(self, offset: int) -> bool:
        """Tell whether the list in which a place is says that it is unfinished."""
        return UNFINISHED.search(self.declaration(offset)) is not None

    def declaration(self, offset: int) -> str:
        """Return what opens the list in which a place is: its heading, and a note below it in brackets or so."""
        at = bisect_right(self._section_starts, offset) - 1
        if at < 0:
            return ""
        begin = self._sections[at][0]
        heading = self.block(max(0, begin - 1))
        opening = [self.document.slice(heading.content)] if heading is not None else []
        first = bisect_right(self._block_starts, begin)
        for block in self.document.blocks[first : first + 1]:
            note = self.document.slice(block.content)
            if block.kind == "paragraph" and block.content.end <= offset and len(note) < 300:
                opening.append(note)
        return " ".join(opening)

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.document.blocks]

    def after_request(self, offset: int) -> bool:
        """Tell whether the text just before asks to cite something ("please cite:")."""
        return bool(_CITES.search(self.document.text[max(0, offset - 160) : offset]))

    def span_text(self, span: Span) -> str:
        """Return the text of a span."""
        return self.document.slice(span)


_NUMBERED = re.compile(
    r"^[\W\d]*(?:[ivxlc]+[.)]\s+|[a-z][.)]\s+|第?[一二三四五六七八九十]+[、.．章节節]\s*|(?:appendix|anhang|annexe) [a-z]\b)?\W*"
)
_UNMISTAKEN = frozenset(
    "references bibliography literaturverzeichnis quellenverzeichnis bibliographie bibliografia bibliografie referencias literaturliste "
    "bronnenlijst literatuurlijst kallforteckning kaynakca".split()
)
"""Words that make a heading one of references whatever stands beside them."""
_OF_PROGRAMS = frozenset("api cross object function command type code circular null see back weak customer system project".split())  # fmt: skip
_LITERATURE_IN_SIGNS = ("文献", "文獻", "参考资料", "參考資料", "문헌")
_LISTS_IN_SIGNS = (
    "参考文献",
    "參考文獻",
    "参考资料",
    "參考資料",
    "引用文献",
    "参考書目",
    "参考书目",
    "참고문헌",
    "참고 문헌",
    "참고자료",
)
UNFINISHED = re.compile(
    r"(?i)placeholder|to be (?:\w+ed|filled)|to complete|incomplete|draft|unvollständig|à compléter|待[补補完整理查确確]|incompleta|da completare|folgt|示例|"
    r"por completar|a completar|work in progress|unfinished|needs? (?:completion|checking)|illustrative|未完成|不完整|準備中|추가 예정"
)
"""Words by which a list of references says of itself that it is unfinished."""
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|\{[^{}]*\}|\\[A-Za-z]+\*?|[*_#{}<>/]")
_WORDS = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\s*(?:[/&,、·|:：–—-]|\b(?:and|und|et|y|e|en|och|i|a|ve|dan)\b|和|与|及)\s*")
_ALL = lexicon(frozenset(LANGUAGES))
_NAMING = _UNMISTAKEN.union(
    *(_WORDS.findall(name) for name in (*_ALL.heading, *_ALL.citing, *_ALL.gathering))
)
"""Words of the names of such sections: a heading without any of them begins none."""


@lru_cache(maxsize=4096)
def section_of(heading: str, *, strict: bool = False) -> Section:
    """Tell what a heading begins, in any language; numbers and what is in brackets aside.

    ``strict``: lists of links, papers and readings are no reference lists.
    """
    folded = fold(heading)
    if folded.isascii() and _NAMING.isdisjoint(_WORDS.findall(folded)):
        return ""
    key = _NUMBERED.sub("", fold(_ASIDE.sub(" ", heading))).strip(" .:：*_")
    if key in _ALL.heading:
        return "list"
    if key in _ALL.citing:
        return "cite"
    if not strict and key in _ALL.gathering:
        return "list"
    if len(key) <= 14 and any(word in key for word in _LISTS_IN_SIGNS):
        return "list"
    parts = _JOINED.split(key)
    if len(parts) > 1 and any(part.strip() in _ALL.heading for part in (parts[0], parts[-1])):
        return "list"
    if not strict and len(key) <= 60 and declares(key):
        return "list"
    words = frozenset(key.split())
    plain = len(words) <= 5 and words & _UNMISTAKEN and not words & _OF_PROGRAMS
    return "list" if plain else ""


def declares(key: str) -> bool:
    """Tell whether a heading says that references are still to be completed: "References to complete"."""
    named = not _UNMISTAKEN.isdisjoint(_WORDS.findall(key)) or any(
        word in key for word in _LITERATURE_IN_SIGNS
    )
    if not named or len(key.split()) > 6:
        return False
    claim = _ALL.promise.search(key) or _ALL.lack.search(key)
    return claim is not None and len(claim[0]) > 1


def is_list_heading(text: str) -> bool:
    """Tell whether a heading is that of a reference list."""
    return section_of(text, strict=True) == "list"


def of(document: Document) -> Surroundings:
    """Return the surroundings of a document; the last one is kept, so rules share it."""
    last = _KEPT.get("last")
    if last is None or last.document is not document:
        last = _KEPT["last"] = Surroundings(document)
    return last


_KEPT: dict[str, Surroundings] = {}
