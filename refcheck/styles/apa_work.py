"""A record in the hands of the APA style: what kind of work it is, and who stands first.

The four elements of a reference are author, date, title and source (APA Publication Manual, 7th
ed., 9.4); this module decides which data play which part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from refcheck.record import Name, Record
from refcheck.styles import apa_names
from refcheck.styles.apa_dates import edited, in_proceedings
from refcheck.styles.casing import looks_english, sentence_case, title_case
from refcheck.styles.runs import Runs, rich, text
from refcheck.styles.terms import Terms
from refcheck.text import script_language

LEGAL = frozenset("bill hearing legal_case legislation regulation treaty".split())
PERIODICALS = frozenset(
    "article-journal article-magazine article-newspaper periodical post-weblog review review-book".split()
)
SITES = frozenset({"post", "webpage"})
EVENTS = frozenset({"event", "performance", "speech"})
_EITHER = frozenset({"interview", "paper-conference"})
"""Kinds that stand in a book where it has an editor, else in a periodical."""
_PARTS = frozenset("book classic entry entry-dictionary entry-encyclopedia".split())
_GROUPS = {
    "entry-dictionary": "publisher",
    "entry-encyclopedia": "publisher",
    "software": "publisher",
    "standard": "authority",
    "webpage": "publisher",
}
"""Kinds that a group answers for by name, where nobody signed them (10.3, 10.10, 10.16)."""
_CONSTITUTION = re.compile(r"\b(?:Const\.|Charter)\s+(?:art|amend|pmbl|§)")
"""Constitutions and charters abbreviate their parts in lower case: U.S. Const. art. I, § 3 (11.9)."""
_WHOLE: tuple[str, ...] = ()
"""Those named after this answer for the whole, not for the work in it."""
_BARE = frozenset({"author", "composer"})
_MAKERS = frozenset({*_BARE, "compiler", "editor", "editor_translator", "illustrator"})
_ON_A_COVER = frozenset("book classic musical_score pamphlet report standard".split())
"""Kinds whose cover may name others than the authors, "with" them (9.8)."""
_PRIVATE = frozenset({"interview", "personal_communication"})
_RETRIEVABLE = ("archive", "archive_place", "container_title", "doi", "number", "publisher", "url")


T = TypeVar("T")


class _once(Generic[T]):  # noqa: N801 - it is used like a function
    """A property computed at its first use.

    `functools.cached_property` does the same, but holds a lock up to Python 3.11, which is a tenth of
    what a long list takes.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, work: object, owner: type) -> T:
        value = work.__dict__[self._name] = self._compute(work)
        return value


@dataclass(frozen=True)
class Work:
    """A record, its suffix in the list ("a" of 2014a) and the words of the locale."""

    record: Record
    terms: Terms
    suffix: str = ""

    @_once
    def periodical(self) -> bool:
        """It stands in a periodical, or is a paper or an interview in what appears like one."""
        record = self.record
        return record.type in PERIODICALS or (record.type in _EITHER and not edited(record))

    @_once
    def review(self) -> bool:
        """It is a review of another work."""
        record = self.record
        reviewed = record.reviewed_title or record.reviewed_author or record.reviewed_genre
        return record.type in {"review", "review-book"} or bool(reviewed)

    @_once
    def review_of_title(self) -> bool:
        """It is a review that has no title of its own: its title is that of the reviewed work."""
        record = self.record
        return self.review and not (record.reviewed_title or record.reviewed_genre)

    @_once
    def unpublished_talk(self) -> bool:
        """It was given at an event and not published."""
        return self.record.type in {*EVENTS, "paper-conference"} and not in_proceedings(self.record)

    @_once
    def private(self) -> bool:
        """A reader cannot get at it (8.9)."""
        return self.record.type in _PRIVATE and not self.retrievable

    @_once
    def retrievable(self) -> bool:
        """Something says where a reader gets it."""
        return any(getattr(self.record, field) for field in _RETRIEVABLE)

    @_once
    def in_database(self) -> bool:
        """It is known by its number in a database (ED545393), not by its place in an archive."""
        record = self.record
        placed = record.archive_collection or record.archive_place
        return not placed and bool(re.fullmatch(r"[A-Z]{1,4}\d{4,}", record.archive_location))

    @_once
    def english(self) -> bool:
        """Its title follows the rules for capitals: it is in English, or nothing says otherwise."""
        language = self.record.language.lower()
        if language:
            return language.startswith("en")
        title = self.record.title
        return title.isascii() or not script_language(title)

    @_once
    def lead(self) -> tuple[tuple[str, tuple[Name, ...]], ...]:
        """Who stands in the place of the author, by role; empty where the title does (9.7–9.12)."""
        record = self.record
        if record.author and not record.composer:
            return (("author", record.author),)
        group = getattr(record, _GROUPS.get(record.type, ""), "")
        answering = (("author", (Name(literal=group),)),) if group else ()
        for roles in self._candidates():
            if roles == _WHOLE and answering and record.type.startswith("entry"):
                return answering  # a publisher of reference works comes before their editors
            groups = tuple((role, getattr(record, role)) for role in roles if getattr(record, role))
            if groups:
                return groups
        return answering

    def _candidates(self) -> Sequence[tuple[str, ...]]:
        record = self.record
        first: list[tuple[str, ...]] = [("composer",), ("author",), ("illustrator",)]
        if record.type == "broadcast":
            first.append(("script_writer", "director"))
        first += [("director",), ("guest", "host"), ("producer",), _WHOLE]
        if record.container_title and record.type in _PARTS:
            return first  # the title of an unsigned entry comes first, not the editor of the whole
        first += [("executive_producer",), ("series_creator",), ("editor_translator",), ("editor",)]
        first += [("editorial_director",), ("compiler",)]
        if record.type in EVENTS:
            first += [("chair",), ("organizer",)]
        return [*first, ("curator",), ("collection_editor",)]

    @_once
    def people(self) -> tuple[Name, ...]:
        """Those that a citation names; none where it names the title, as in law."""
        if self.record.type in LEGAL:
            return ()
        if len(self.lead) == 1:
            return self.lead[0][1]
        return tuple(dict.fromkeys(name for _, names in self.lead for name in names))

    def names(self, role: str) -> tuple[Name, ...]:
        """Return those of a role that are still to be named."""
        found: tuple[Name, ...] = getattr(self.record, role)
        if found and any(role == leading for leading, _ in self.lead):
            return ()
        return found

    def author(self) -> Runs:
        """Return the author element; empty where there is nobody."""
        if not self.lead:
            return ()
        role, names = self.lead[0]
        if len(self.lead) == 1 and role in _BARE:
            shown = text(apa_names.author_list(names))
        else:
            shown = apa_names.with_roles(self.lead, self.terms)
        helpers = self.record.contributor if self.record.type in _ON_A_COVER else ()
        if helpers and role in _MAKERS:
            shown += text(f" ({self.terms['contributor']} {apa_names.author_list(helpers)})")
        return shown

    def sentence(self, value: str) -> Runs:
        """Return a title in sentence case."""
        english = self.english and (self.record.language or looks_english(value))
        return rich(sentence_case(value) if english else value)

    def headline(self, value: str) -> Runs:
        """Return a name or title in headline case; a place in a constitution as it is."""
        english = self.english and (self.record.language or looks_english(value))
        as_it_is = self.record.type in LEGAL and _CONSTITUTION.search(value)
        return rich(title_case(value) if english and not as_it_is else value)
