r"""The items of reference lists, and what in them is not told: masks, fields' names, boxes to fill.

An item is a list item, a paragraph, a numbered line or a ``\bibitem`` below a heading for
references, or what follows a request to cite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from refcheck.finders.gaps.reading import read
from refcheck.finders.gaps.sections import units
from refcheck.finders.surroundings import Surroundings
from refcheck.finders.words import Lexicon
from refcheck.text import fold, is_cjk

LONGEST = 600
_NO_ITEM = re.compile(r"@[A-Za-z]+\s*\{|[{};]\s*$|^\s*//|\) \{", re.MULTILINE)
"""What tells a BibTeX entry, or a piece of a program, from an item."""
_BOX = re.compile(r"\[([^\[\]\r\n]{1,90})\](?!\()|\(([^()\r\n]{1,90})\)|（([^（）\r\n]{1,90})）|【([^【】\r\n]{1,90})】|<([A-Za-z][\w ]{2,40})>")  # fmt: skip
_IDENTIFIER = re.compile(
    r"(?i)(?:https?://\S+|\bdoi\s*:?\s*(?:\[[^\]]*\]|\S+)|\barxiv(?: preprint)?(?: arxiv)?\s*:\s*\S+|\bpmid:?\s*\S+|\bisbn:?\s*[\dx-]+)"
)
_PAGES = r"\b(?:pp?\.?|pages?|S\.|vol(?:ume|\.)?|no\.?|issue)\s*[:.]?\s*(?:[xX]{2,}|\?{1,})(?:\s*[-–—]{1,3}\s*(?:[xX]{2,}|\?+))?"
_YEARS = r"\((?:19|20)?[xX?]{2,4}\)|\b(?:1[89]|20)\d\d ?\?(?=\))|\b(?:19|20)[xX]{2}\b|\b[xX]{4}年|\((?:TBD|TBA|TODO)\)"
_LOOSE = r"(?<![\w/.])(?:XXX+|TBD|TODO|TBA)\b|\?{3,}|(?<!\w)\?\?(?=[,. ])|\bXX(?=[一-鿿])|(?<!\w)[xX]{2,}(?:\([xX]{1,3}\))?,? ?[xX]{2,}[-–][xX]{2,}"
_MASK = re.compile(rf"{_PAGES}|{_YEARS}|{_LOOSE}")
_REFERENCE_LIKE = re.compile(
    r"\b(?:1[6-9]|20)\d\d\b|\bet al\b|^[A-Z]\w+ (?:&|and|und|et|y|e) [A-Z]\w+,|\b[A-Z]\.\s?(?:[A-Z]\.|[A-Z]\w)|\w+, [A-Z]\.|[\"“”《》*_]|\bn\.d\.|等[.,，。人]|\b[A-Z]\w+ [A-Z]{1,2}(?:,|\.|\s+et)"
)
_BIBITEM = re.compile(
    r"\\bibitem(?:\[[^\[\]\r\n]{0,80}\])?\{[^{}\r\n]{0,80}\}\s*(?P<s>[^\\\r\n](?:(?!\\bibitem|\\end\{|\r?\n[ \t]*\r?\n).){5,600})",
    re.DOTALL,
)


_PARTS = re.compile(r"\s*[,/&]\s*|\s+(?:and|und|et|y|e|en)\s+")
_DASH = re.compile(r"\s[-–—]+\s")
_STRONG = re.compile(
    r"\b[A-Z]\.(?:-?[A-Z]\.)? ?[A-Z][a-z]+|\b[A-Z][a-z]+, ?[A-Z]\.|\bet al\b|\b[A-Z][a-z]+ [A-Z]{1,2}[,.]"
)


@dataclass(frozen=True)
class Item:
    """One item: where it is, what it says without its identifiers, which parts are not told."""

    around: Surroundings
    start: int
    end: int
    content: str

    @classmethod
    def read(cls, around: Surroundings, start: int, end: int) -> Item:
        """Read an item."""
        content = around.without_code(start, end, around.document.text[start:end])
        return cls(around, start, end, _IDENTIFIER.sub(" ", content))

    @cached_property
    def boxes(self) -> tuple[str, ...]:
        """What stands in the item's brackets."""
        return tuple(next(g for g in m.groups() if g) for m in _BOX.finditer(self.content))

    @cached_property
    def outside(self) -> str:
        """What stands outside its brackets."""
        return _BOX.sub(" ", self.content)

    @cached_property
    def _lex(self) -> Lexicon:
        return self.around.lexicon(self.start, self.end)

    @cached_property
    def fields(self) -> int:
        """How many different names of fields it has, where they stand for a value."""
        text = re.sub(r"[\[\]<>{}]", " ", fold(self.content))
        return len({match[0] for match in self._lex.field.finditer(text)})

    @cached_property
    def is_template(self) -> bool:
        """Whether it has little but names of fields."""
        if re.search(r"[|=]|\\cite|\b(?:1[6-9]|20)\d\d\b", self.content):
            return False
        text = re.sub(
            r"\b[a-z]\b\.?|\b(?:of|the|in|and|book|name|et|al|work|paper|s|full|first|last)\b",
            " ",
            fold(self.content),
        )
        rest = re.sub(r"[\W\d_]", "", self._lex.field.sub(text))
        return len(rest) <= 0.4 * len(re.sub(r"[\W\d_]", "", text))

    @cached_property
    def size(self) -> int:
        """How many words it has outside of its brackets."""
        return count(self.outside)

    @cached_property
    def is_reference_like(self) -> bool:
        """Whether it is written as references are: names with initials, a year, a title set apart."""
        return _REFERENCE_LIKE.search(self.outside) is not None or any(re.fullmatch(r"(?:1[6-9]|20)\d\d[a-z]?|n\.d\.", box) for box in self.boxes)  # fmt: skip

    @cached_property
    def names_author(self) -> bool:
        """Whether it names an author as references do."""
        return _STRONG.search(self.content) is not None

    @cached_property
    def is_reference(self) -> bool:
        """Whether it is plainly a reference, wherever it stands: an author as references name one, and parts."""
        return self.names_author and len(re.findall(r"[.,]\s", self.content)) >= 3

    @cached_property
    def lacks(self) -> bool:
        """Whether a part is masked, or only its name stands in its place."""
        if self.is_masked:
            return True
        if any(self._is_open(box) for box in self.boxes):
            return True
        if is_cjk(self.outside) and self.fields >= 2 and self.size > 4:
            return True
        return self._says_so

    @cached_property
    def is_masked(self) -> bool:
        """Whether it has a mask: "20XX", "pp. xx-xx", "TBD"."""
        return _MASK.search(self.content) is not None

    @cached_property
    def _says_so(self) -> bool:
        """Whether it says in words that a part is to come: "journal TBD", "年份待补充"."""
        text = fold(self.outside)
        for field in self._lex.field.finditer(text):
            after = text[field.end() : field.end() + 24].split(",")[0].split(".")[0]
            claim = self._lex.promise.match(after) or self._lex.lack.match(after)
            if claim or re.match(r"\W*(?:tbd|tba|tbc|todo|xx+|\?\?+)", after):
                return True
        *_, last = re.split(r"[,;–—] ", self.outside.rstrip(" .\r\n"))
        ordered = len(last) < 40 and last != self.outside and self._lex.act.match(fold(last))
        if ordered and self._lex.field.search(fold(last)) and len(last.split()) <= 5:
            return True  # "LSTM paper, add details"
        aside = (
            read(_DASH.split(self.content)[-1], self._lex) if _DASH.search(self.content) else None
        )
        return aside is not None and aside.claim is not None and "cite" in aside.nouns

    def _is_open(self, box: str) -> bool:
        folded = fold(box).strip(" ?!.")
        told = re.sub(r"\s+[-–—]+\s+\w+$", "", folded)  # "year unknown - check"
        told = re.sub(r"\s*(?:tbd|needed|missing|unknown|here|name)$", "", told)
        if all(self._lex.field.fullmatch(part) for part in _PARTS.split(told)):
            return True
        reading = read(box, self._lex)
        if reading is None or reading.link is not None:
            return False
        if _RECALLED.match(folded):
            return True
        if re.search(r"\d{4}", box):
            return False
        if reading.first and self.size >= 2 and self._lex.detail.search(folded):
            return True  # "(add publisher and year)"
        if reading.first and self.names_author and self._lex.cite.search(folded):
            return True  # "Butler, J. [complete this reference]"
        waits = (reading.claim is not None and (not reading.first or is_cjk(box))) or reading.noted
        about = self._lex.field.search(folded) or "cite" in reading.nouns or "work" in reading.nouns
        return waits and bool(about)


_RECALLED = re.compile(
    r"(?:the|that) (?:[\w -]{1,30} )?(?:one|paper|article|book)(?: (?:about|on|with|from|where|by)\b|$)"
)
"""What is said of a work that one only remembers: "the one about rice"."""


def count(text: str) -> int:
    """Return how many words a text has; two Chinese, Japanese or Korean signs count as one."""
    if is_cjk(text):
        return len(re.sub(r"\W", "", text)) // 2
    return len(re.findall(r"[^\W_]+", text))


def items(around: Surroundings) -> tuple[Item, ...]:
    """Return the items of a document's reference lists. Kept for the rules that ask."""
    last = _KEPT.get("last")
    if last is None or last[0] is not around:
        last = _KEPT["last"] = (around, tuple(_all(around)))
    return last[1]


_KEPT: dict[str, tuple[Surroundings, tuple[Item, ...]]] = {}


def _all(around: Surroundings) -> Iterator[Item]:
    document = around.document
    for block in document.blocks if around.has_lists or around.has_marks else ():
        start = block.content.start
        if block.kind not in {"list_item", "paragraph", "other"}:
            continue
        if not around.section(start) and not around.is_marked(block):
            continue
        if block.content.end - start > 6 * LONGEST:
            continue
        for low, high in units(document.text, block):
            if (
                8 <= high - low <= LONGEST
                and not _NO_ITEM.search(document.text, low, high)
                and not around.is_inert(low, min(high, low + 3))
            ):
                yield Item.read(around, low, high)
    if "\\bibitem" in document.text:
        for match in _BIBITEM.finditer(document.text):
            start, end = match.span("s")
            while end > start and document.text[end - 1].isspace():
                end -= 1
            yield Item.read(around, start, end)
