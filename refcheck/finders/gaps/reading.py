"""What a piece of text says, in the roles of `words`: which nouns it has, what it asks or promises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from refcheck.finders.gaps.lookalike import blanked
from refcheck.finders.words import Lexicon, Words
from refcheck.text import fold, is_cjk

LONGEST = 420
"""A longer bracket is prose."""

_EMPHASIS = " \t\r\n*_\"'“”‘’«»`\\"
_SENTENCE_SIGNS = " ?!.:…。？！；;,-–—→*<>[](){}【】"
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NOTED = re.compile(r"\W*@?(?:todo|fixme|tbd|tbc|xxx+|tk)\b|\W*待办")
_LEAD = re.compile(
    r"(?:[@*!¡¿\s:;,.–→>-]"
    r"|(?:todo|fixme|tbd|tbc|tk|xxx+|note|nb|maybe|also|still|fyi|ed|editor|authors?:?"
    r"|please|pls|bitte|por favor|请|請|we|you|i|to|must|should|have|here|hier|ici|aqui|qui|ask \w+)(?![^\W_]))+"
)
_GLUED = re.compile(
    r"(?:please)?(?:insert|add|provide|paste|put|fillin|include)(?:the|a|an|your|actual|correct)*"
    r"(?P<noun>link|url|citation|reference|source|paper|article)"
)


@dataclass(frozen=True)
class Reading:
    """A text in a container, read with the words of its sentence's languages.

    ``bare`` is as written without emphasis, ``text`` folded, ``body`` without what leads in
    ("TODO: please …") and without what only looks like a source.
    """

    bare: str
    text: str
    body: str
    foreign: bool
    lex: Lexicon

    @cached_property
    def core(self) -> str:
        """The folded text without signs at its ends."""
        return self.text.strip(_SENTENCE_SIGNS)

    @cached_property
    def size(self) -> int:
        """How many words; two Chinese, Japanese or Korean signs count as one."""
        if is_cjk(self.body):
            return (len(re.sub(r"[\W\da-z]", "", self.body)) + 1) // 2 + len(re.findall(r"[a-z]{2,}|\d+", self.body))  # fmt: skip
        return len(_WORDS.findall(self.body))

    @cached_property
    def cite(self) -> re.Match[str] | None:
        """A word for a citation."""
        return self.lex.cite.search(self.body) or self._glued("cite")

    @cached_property
    def link(self) -> re.Match[str] | None:
        """A word for an address."""
        return self.lex.link.search(self.body) or self._glued("link")

    @cached_property
    def list(self) -> re.Match[str] | None:
        """A word for a reference list."""
        return self.lex.list.search(self.body)

    @cached_property
    def work(self) -> re.Match[str] | None:
        """A word for a kind of work."""
        return self.lex.work.search(self.body)

    @cached_property
    def act(self) -> re.Match[str] | None:
        """What is told to be done."""
        return self.lex.act.search(self.body) or (_GLUED.match(self.body) if self.glued else None)

    @cached_property
    def claim(self) -> re.Match[str] | None:
        """What says that it is to come, or that it is not there; else when or where it is to come."""
        return self.told or self._said(self.lex.adverb)

    @cached_property
    def told(self) -> re.Match[str] | None:
        """What says by itself that it is to come or is not there: "later" does not."""
        return self._said(self.lex.promise) or self._said(self.lex.lack)

    def _said(self, words: Words) -> re.Match[str] | None:
        return words.search(self.body) or (None if self.noted else words.search(blanked(self.text)))

    @cached_property
    def glued(self) -> str:
        """What is asked for ("link", "cite") where the words are run together ("insertlinkhere")."""
        match = (
            _GLUED.match(re.sub(r"[^a-z]", "", self.text))
            if len(self.core.split(" ")[0]) >= 9
            else None
        )
        return "" if match is None else "link" if match["noun"] in {"link", "url"} else "cite"

    def _glued(self, noun: str) -> re.Match[str] | None:
        return re.match("", "") if self.glued == noun else None

    @cached_property
    def other(self) -> bool:
        """Whether it speaks of what is no source, or is the author's own to give.

        Not where it names a kind of work as well, or says much: a story may be about an app.
        """
        found = self.lex.other.search(self.text) or self.lex.own.search(self.text)
        if found is None or (self.link is not None and self.work is not None):
            return False
        near = self.link is None or found.start() - self.link.end() <= 14
        return self.size <= 6 or near

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The roles of the nouns that it has."""
        return frozenset(
            role for role in ("cite", "link", "list", "work") if getattr(self, role) is not None
        )

    @cached_property
    def asked(self) -> bool:
        """Whether it ends in a question mark."""
        return self.bare.rstrip(" .!)").endswith(("?", "？", "؟"))

    @cached_property
    def shouted(self) -> bool:
        """Whether it is in capitals, for the greater part."""
        letters = [c for c in self.bare if c.isalpha()]
        return (
            len(letters) >= 3
            and self.bare.upper() != self.bare.lower()
            and sum(c.isupper() for c in letters) >= 0.6 * len(letters)
        )

    @cached_property
    def noted(self) -> bool:
        """Whether it begins as a note to oneself does."""
        return _NOTED.match(self.text) is not None

    @cached_property
    def first(self) -> bool:
        """Whether what is told to be done stands first."""
        return self.act is not None and self.act.start() <= 2

    @cached_property
    def early(self) -> bool:
        """Whether what is told to be done stands near the beginning or at the end."""
        return self.act is not None and (
            self.act.start() <= 25 or self.act.end() >= len(self.body) - 30
        )

    @cached_property
    def pure(self) -> bool:
        """Whether it does little else than promise, or say what is lacking."""
        if self.told is None:
            return False
        rest = self.text
        for words in (self.lex.promise, self.lex.lack, self.lex.act, self.lex.adverb):
            rest = words.sub(rest)
        letters = len(re.sub(r"[\W_]", "", self.text))
        return len(re.sub(r"[\W_]", "", rest)) <= 0.45 * letters


def read(content: str, lex: Lexicon) -> Reading | None:
    """Read a container's content; None for what is empty or too long to be a gap."""
    if len(content) > LONGEST:
        return None
    bare = content.strip(_EMPHASIS).replace("\\", "")
    text = fold(bare)
    if not text:
        return None
    kept = blanked(text)
    lead = _LEAD.match(kept)
    return Reading(bare, text, kept[lead.end() :] if lead else kept, kept != text, lex)
