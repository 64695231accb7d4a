"""A reference as it was written, prepared for comparison with many records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from refcheck.identifiers import normal_arxiv, normal_doi
from refcheck.matching.rarity import rarity
from refcheck.record import Record
from refcheck.text import fold, tokens

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\ufffe]\s*\n\s*(?=[a-z])")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_ET_AL = re.compile(
    r"\bet\.? al\b|\bet coll\b|\band others\b|\bu\. ?a\.|等[.,，。．]|\.\.\.|…", re.IGNORECASE
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"{}|\\^`]+", re.IGNORECASE)
_NUMBER = re.compile(r"[a-z]{0,3}\d+(?:\.\d+)*")


@dataclass(frozen=True)
class Given:
    """A reference's text, and its fields where they were given one by one."""

    raw: str
    fields: Record | None = None

    @cached_property
    def text(self) -> str:
        """The text in one line, hyphens at line ends undone."""
        return " ".join(_HYPHEN.sub("", self.raw).split())

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words in order."""
        return tuple(tokens(self.text))

    @cached_property
    def joined(self) -> str:
        """The folded words as one text."""
        return " ".join(self.words)

    @cached_property
    def bag(self) -> frozenset[str]:
        """The different words."""
        return frozenset(self.words)

    @cached_property
    def by_letter(self) -> Mapping[str, tuple[str, ...]]:
        """The different words by their first letter."""
        found: dict[str, list[str]] = {}
        for word in self.bag:
            found.setdefault(word[0], []).append(word)
        return {letter: tuple(words) for letter, words in found.items()}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The numbers that can be years; those of addresses and identifiers left out."""
        if self.fields is not None and self.fields.issued and self.fields.issued.year:
            return (self.fields.issued.year,)
        text = _DOI.sub(" ", self.text)
        return tuple(int(year) for year in _YEAR.findall(re.sub(r"https?://\S+", " ", text)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers, with the letters before them ("e123"), without leading zeros."""
        text = fold(re.sub(r"https?://\S+", " ", _DOI.sub(" ", self.text)))
        found = _NUMBER.findall(text)
        plain = [part for one in found for part in re.findall(r"\d+", one)]
        return frozenset(re.sub(r"^([a-z]*)0+(?=\d)", r"\1", one) for one in (*found, *plain))

    @cached_property
    def places(self) -> frozenset[str]:
        """The numbers that say where a work stands: volumes, issues, pages; not the year."""
        text = fold(re.sub(r"https?://\S+", " ", _DOI.sub(" ", self.text)))
        text = re.sub(r"^\W{0,2}\d{1,3}[\])., ]", " ", text)  # its number in the list
        found = {re.sub(r"^0+(?=\d)", "", part) for part in re.findall(r"\d+", text)}
        return frozenset(found - {str(year) for year in self.years})

    @cached_property
    def doi(self) -> str:
        """The DOI in the text, if any."""
        if self.fields is not None:
            return normal_doi(self.fields.doi) if self.fields.doi else ""
        match = _DOI.search(self.text)
        return normal_doi(match[0]) if match else ""

    @cached_property
    def arxiv(self) -> str:
        """The arXiv number in the text, if any."""
        return normal_arxiv(self.text) if "arxiv" in self.text.lower() else ""

    @cached_property
    def et_al(self) -> bool:
        """Whether the list of authors is cut."""
        return bool(_ET_AL.search(self.text))

    @cached_property
    def weight(self) -> float:
        """How telling its words are together."""
        return sum(rarity(word) for word in self.bag if not word.isdigit())


def given_of(record: Record) -> Given:
    """Prepare a partial record: its fields, and the text they would make."""
    people = record.author or record.editor
    names = ", ".join(f"{n.family}, {n.given}" if n.family else n.literal for n in people)
    year = str(record.issued.year or "") if record.issued else ""
    parts = (
        names, year, record.title, record.container_title, record.volume,
        f"({record.issue})" if record.issue else "", record.page, record.publisher, record.doi, record.number,
    )  # fmt: skip
    return Given(". ".join(filter(None, parts)), record)
