"""A record in the hands of the APA style: what kind of work it is, and who stands first.

The four elements of a reference are author, date, title and source (APA Publication Manual, 7th
ed., 9.4); this module decides which data play which part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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
_WHOLE = frozenset("book classic collection entry entry-dictionary entry-encyclopedia".split())
_BARE = frozenset({"author", "composer"})
_RETRIEVABLE = ("archive", "archive_place", "container_title", "doi", "number", "publisher", "url")


@dataclass(frozen=True)
class Work:
    """A record, its suffix in the list ("a" of 2014a) and the words of the locale."""

    record: Record
    terms: Terms
    suffix: str = ""

    @cached_property
    def periodical(self) -> bool:
        """It stands in a periodical, or in proceedings that appear like one."""
        record = self.record
        return record.type in PERIODICALS or (
            record.type == "paper-conference" and not edited(record)
        )

    @cached_property
    def review(self) -> bool:
        """It is a review of another work."""
        record = self.record
        reviewed = record.reviewed_title or record.reviewed_author or record.reviewed_genre
        return record.type in {"review", "review-book"} or bool(reviewed)

    @cached_property
    def unpublished_talk(self) -> bool:
        """It was given at an event and not published."""
        return self.record.type in {*EVENTS, "paper-conference"} and not in_proceedings(self.record)

    @cached_property
    def private(self) -> bool:
        """A reader cannot get at it (8.9)."""
        record = self.record
        kind = record.type in {"interview", "personal_communication"}
        return kind and not any(getattr(record, field) for field in _RETRIEVABLE)

    @cached_property
    def english(self) -> bool:
        """Its title follows the rules for capitals: it is in English, or nothing says otherwise."""
        language = self.record.language.lower()
        if language:
            return language.startswith("en")
        title = self.record.title
        return title.isascii() or not script_language(title)

    @cached_property
    def lead(self) -> tuple[tuple[str, tuple[Name, ...]], ...]:
        """Who stands in the place of the author, by role; empty where the title does (9.7–9.12)."""
        record = self.record
        if record.author and not record.composer:
            return (("author", record.author),)
        for roles in self._candidates():
            groups = tuple((role, getattr(record, role)) for role in roles if getattr(record, role))
            if groups:
                return groups
        return ()

    def _candidates(self) -> Sequence[tuple[str, ...]]:
        record = self.record
        first: list[tuple[str, ...]] = [("composer",), ("author",), ("illustrator",)]
        if record.type == "broadcast":
            first.append(("script_writer", "director"))
        first += [("director",), ("guest", "host"), ("producer",)]
        if record.container_title and record.type in _WHOLE:
            return first  # the title of an unsigned entry comes first, not the editor of the whole
        first += [("executive_producer",), ("series_creator",), ("editor_translator",), ("editor",)]
        first += [("editorial_director",), ("compiler",)]
        if record.type in EVENTS:
            first += [("chair",), ("organizer",)]
        return [*first, ("curator",), ("collection_editor",)]

    @cached_property
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
        helpers = (
            self.record.contributor if self.record.type in {"book", "classic", "collection"} else ()
        )
        if helpers:
            shown += text(f" ({self.terms['contributor']} {apa_names.author_list(helpers)})")
        return shown

    def sentence(self, value: str) -> Runs:
        """Return a title in sentence case."""
        english = self.english and (self.record.language or looks_english(value))
        return rich(sentence_case(value) if english else value)

    def headline(self, value: str) -> Runs:
        """Return a name or title in headline case."""
        foreign = not self.english or not (
            self.record.language or looks_english(value) or value.isascii()
        )
        return rich(value if foreign else title_case(value))
