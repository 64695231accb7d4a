"""A reference as it was written, prepared for comparison with many records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Indel

from refcheck.identifiers import normal_arxiv, normal_doi
from refcheck.matching.rarity import rarities
from refcheck.record import Record
from refcheck.text import tokens

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\ufffe]\s*\n\s*(?=[a-zß-öø-ÿ])")
_LISTED = re.compile(r"^\s*(?:[\[(]\d{1,4}[\])]|\d{1,3}[.)]\s)\s*")
_ET_AL = re.compile(
    r"\bet\.? al\b|\bet coll\b|\band others\b|\bu\. ?a\.|等[.,，。．]|\.\.\.|…", re.IGNORECASE
)
_EDITED = re.compile(r"\beds?\b|\bhrsg\b|\bhg\.|\bedited by\b|主编", re.IGNORECASE)
_DOI = re.compile(r"(?:\bdoi\s*[:=]?\s*)?\b10\.\d{4,9}/[^\s\"{}|\\^`]+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ARXIV = re.compile(
    r"\barxiv\b[^\w]{0,4}(?:abs/|preprint\W+)?(?:arxiv\W{0,3})?(?:[a-z-]+(?:\.[a-z]{2})?/)?\d[\w.]+",
    re.IGNORECASE,
)
_ZEROS = re.compile(r"^([a-z]*)0+(?=\d)")
_DIGITS = re.compile(r"\d+")
_NAMING = ("10.", "http", "arxiv", "isbn", "978", "979", "pmid")
NEAR_SPELLING = 0.8
"""Likeness from which a long word is taken for another, misread: one letter in five."""
MOST_PLACES = 12
"""Numbers of a reference of which pairs are made: more stand in tables, not in references."""


class Given:
    """A reference's text, and its fields where they were given one by one.

    ``words`` are its folded words in order without identifiers and addresses, ``joined`` the same
    as one text, ``bag`` as a set; ``named`` and ``people`` the same of the people where they were given. ``years`` can be years; ``places`` are the other numbers in order
    (volume, issue, pages, with a letter before them where there is one: "a38"); ``numbers`` are all.
    ``may_name`` says that an identifier may stand in the text.
    """

    def __init__(self, raw: str, fields: Record | None = None) -> None:
        self.raw = raw
        self.fields = fields
        text = " ".join((_HYPHEN.sub("", raw) if "\n" in raw else raw).split())
        self.text = text
        self.doi = self.arxiv = ""
        bare = _LISTED.sub("", text, count=1)
        low = text.lower()
        if "10." in text:
            found = _DOI.search(text)
            self.doi = normal_doi(found[0]) if found else ""
            bare = _DOI.sub(" ", bare)
        if "http" in low:
            bare = _ADDRESS.sub(" ", bare)
        if "arxiv" in low:
            self.arxiv = normal_arxiv(text)
            bare = _ARXIV.sub(" arxiv ", bare)
        self.may_name = any(mark in low for mark in _NAMING)
        if fields is not None:
            self.doi = normal_doi(fields.doi) if fields.doi else ""
        self.bare = bare
        self.words = words = tokens(bare)
        self.joined = " ".join(words)
        self.bag = frozenset(words)
        self.named, self.people = self.joined, self.bag
        if fields is not None and (people := fields.author or fields.editor):
            self.named = " ".join(
                tokens(" ".join([f"{n.given} {n.family}{n.literal}" for n in people]))
            )
            self.people = frozenset(self.named.split())
        years: list[int] = []
        places: list[str] = []
        numbers: set[str] = set()
        for word in words:
            if word.isalpha():
                continue
            if len(word) <= 5 and word[:4].isdecimal() and len(word) >= 4 and 1400 <= int(word[:4]) < 2100 and not word[4:].isdecimal():  # fmt: skip
                years.append(int(word[:4]))
                numbers.add(word[:4])
                continue
            plain = _ZEROS.sub(r"\1", word) if "0" in word else word
            numbers.add(plain)
            if not plain.isdecimal():
                digits = _DIGITS.findall(plain)
                numbers.update(digits)
                if not digits or len(plain) > len(digits[0]) + 3:
                    continue
            places.append(plain)
        self.years = tuple(years)
        self.places = places
        if fields is not None and fields.issued and fields.issued.year:
            self.years = (fields.issued.year,)
        self.numbers = numbers

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """Pairs of numbers that can be a volume, or a year, and the first page: "26:399".

        What can be a year can be a page, too: "Nucleic Acids Res 2004, 32:1792".
        """
        places = self.places[-MOST_PLACES:]
        found = [
            f"{one}:{other}" for n, one in enumerate(places) for other in places[n + 1 : n + 4]
        ]
        if len(self.years) > 1:
            row = [word for word in self.words if word.isdecimal()][-MOST_PLACES:]
            dated = set(map(str, self.years))
            found += [f"{a}:{b}" for a, b in pairwise(row) if b in dated and a not in dated]
        if len(places) <= 2:
            found += [f"{year}:{one}" for year in self.years[:2] for one in places]
        return tuple(dict.fromkeys(found))

    @cached_property
    def by_letter(self) -> Mapping[str, tuple[str, ...]]:
        """The different words by their first letter."""
        found: dict[str, list[str]] = {}
        for word in self.bag:
            found.setdefault(word[0], []).append(word)
        return {letter: tuple(words) for letter, words in found.items()}

    @cached_property
    def first_at(self) -> Mapping[str, int]:
        """Where each word stands for the first time."""
        return {word: n for n, word in zip(range(len(self.words) - 1, -1, -1), reversed(self.words), strict=True)}  # fmt: skip

    @cached_property
    def folded(self) -> str:
        """The text in lower case, with its punctuation, dashes as hyphens."""
        return self.text.casefold().replace("–", "-")

    @cached_property
    def edited(self) -> bool:
        """Whether it names editors."""
        return bool(_EDITED.search(self.text))

    def misread(self, word: str) -> float:
        """Return how like the nearest word of the text is, where it can be the same one misread."""
        if len(word) < 5 or word.isdecimal():
            return 0.0
        if len(word) > 7 and word in self.run:
            return 1.0
        best = 0.0
        for other in self.by_letter.get(word[0], ()):
            if abs(len(other) - len(word)) <= 2:
                best = max(best, Indel.normalized_similarity(word, other))
        return best if best >= NEAR_SPELLING else 0.0

    @cached_property
    def run(self) -> str:
        """The words as one, without spaces."""
        return self.joined.replace(" ", "")

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The different words that say what the work is about or who wrote it: no numbers, no particles."""
        return tuple(word for word in self.bag if len(word) > 2 and word.isalpha())

    @cached_property
    def et_al(self) -> bool:
        """Whether the list of authors is cut."""
        return bool(_ET_AL.search(self.text))

    @cached_property
    def weight(self) -> float:
        """How telling its words are together."""
        weights = rarities().get
        return sum(
            [weights(word, 1.0) for word in self.bag if len(word) > 1 and not word.isdecimal()]
        )


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
