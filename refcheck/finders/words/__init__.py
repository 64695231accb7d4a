"""The words of a gap: what is asked for, what is told to be done, what is promised. One table a language.

``<language>.toml`` gives words by role, separated by commas, folded (no case, no accents); ``*``
stands for any letters that follow. To add a language: copy a table, translate it, add its little
words to `language`. Roles:

cite     a citation, reference or source in running text      link     an address
list     a reference list as a whole                          work     a kind of work
act      what a writer is told to do                          promise  that it is still to come
adverb   when or where it is to come                          lack     that it is not there
field    a part of a reference                                detail   a part that hardly anything else has
other    things that are no source (a picture, a name)        own      the author's own to give
heading  what reference lists are called                      citing   what "how to cite" is called
gathering  what lists of links, papers or readings are called
bare     words that stand for a gap all alone in a bracket
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files

from refcheck.text import fold

SIGNS = frozenset({"zh", "ja", "ko"})
"""Languages whose words are not parted by blanks."""

LANGUAGES = (
    "en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "cs", "sv", "da", "no", "fi", "ro",
    "hu", "tr", "id", "vi", "ar", "zh", "ja", "ko",
)  # fmt: skip
FEW = 4
"""Up to as many languages are searched one after another."""
_SIGN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"


class Words:
    """The words of one role in some languages, searched together.

    The words of a language are one pattern, made when first asked for; a set of many languages is
    one pattern too, since there are few such sets.
    """

    def __init__(self, languages: frozenset[str], role: str) -> None:
        self._languages, self._role = languages, role

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        if len(self._languages) > FEW:
            return (_pattern(self._languages, self._role),)
        return tuple(_pattern(frozenset({one}), self._role) for one in sorted(self._languages))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first of the words in a text, the longest that begins there."""
        found = None
        for pattern in self._patterns:
            match = pattern.search(text)
            if match and (
                found is None or (match.start(), -match.end()) < (found.start(), -found.end())
            ):
                found = match
        return found

    def match(self, text: str) -> bool:
        """Tell whether a text begins with one of the words, signs before it aside."""
        bare = text.lstrip(" :：-–—(（[")
        return any(pattern.match(bare) for pattern in self._patterns)

    def fullmatch(self, text: str) -> bool:
        """Tell whether a text is one of the words; one that begins as none does costs no pattern."""
        said = re.sub(r"[\s_-]+", " ", text)
        if not any(said[:n] in self._begins for n in range(1, len(said) + 1)):
            return False
        return any(pattern.fullmatch(text) for pattern in self._patterns)

    @cached_property
    def _begins(self) -> frozenset[str]:
        words = (w for one in self._languages for w in table(one).get(self._role, ()))
        return frozenset(word.partition("*")[0] for word in words)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the words in a text, language by language."""
        for pattern in self._patterns:
            yield from pattern.finditer(text)

    def sub(self, text: str) -> str:
        """Return a text with its words blanked."""
        for pattern in self._patterns:
            text = pattern.sub(" ", text)
        return text


class Lexicon:
    """The words of some languages by role."""

    def __init__(self, languages: frozenset[str]) -> None:
        self.cite = Words(languages, "cite")
        self.link = Words(languages, "link")
        self.list = Words(languages, "list")
        self.work = Words(languages, "work")
        self.act = Words(languages, "act")
        self.promise = Words(languages, "promise")
        self.adverb = Words(languages, "adverb")
        self.lack = Words(languages, "lack")
        self.other = Words(languages, "other")
        self.own = Words(languages, "own")
        self.field = Words(languages, "field")
        self.detail = Words(languages, "detail")
        self._languages = languages

    @cached_property
    def heading(self) -> frozenset[str]:
        """What reference lists are called."""
        return self._whole("heading")

    @cached_property
    def citing(self) -> frozenset[str]:
        """What a note on how to cite is called."""
        return self._whole("citing")

    @cached_property
    def gathering(self) -> frozenset[str]:
        """What lists of links, papers or readings are called."""
        return self._whole("gathering")

    @cached_property
    def bare(self) -> frozenset[str]:
        """Words that stand for a gap all alone in a bracket."""
        return self._whole("bare")

    @cached_property
    def squeezed(self) -> frozenset[str]:
        """The bare words without blanks between them ("citationneeded")."""
        return frozenset(re.sub(r"\W", "", word) for word in self.bare if len(word) > 6)

    def _whole(self, role: str) -> frozenset[str]:
        return frozenset(word for one in self._languages for word in table(one).get(role, ()))


@cache
def table(language: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a language by role."""
    text = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return {
        role: tuple(dict.fromkeys(_folded(word) for word in words.split(",")))
        for role, words in tomllib.loads(text).items()
    }


def _folded(word: str) -> str:
    return fold(word.strip().replace("*", "\x00")).replace("\x00", "*")


@cache
def lexicon(languages: frozenset[str]) -> Lexicon:
    """Return the words of several languages together."""
    return Lexicon(languages)


@cache
def _pattern(languages: frozenset[str], role: str) -> re.Pattern[str]:
    def words(*, signs: bool) -> list[str]:
        return [
            word
            for one in sorted(languages)
            if (one in SIGNS) is signs
            for word in table(one).get(role, ())
        ]

    parts = []
    if spaced := words(signs=False):
        parts.append(rf"(?<![^\W_])(?:{any_of(_pieces(w) for w in spaced)})(?![^\W_])")
    if unspaced := words(signs=True):
        parts.append(any_of([_among_signs(w)] if len(w) == 1 else _in_signs(w) for w in unspaced))
    return re.compile("|".join(parts) or r"(?!)")


def any_of(sequences: Iterable[Sequence[str]]) -> str:
    """Write sequences of pieces of an expression as one, in which no beginning is tried twice.

    Of those that begin alike the longest is tried first.
    """
    by_first: dict[str, list[Sequence[str]]] = {}
    ends = False
    for pieces in sequences:
        if pieces:
            by_first.setdefault(pieces[0], []).append(pieces[1:])
        else:
            ends = True
    if not by_first:
        return ""
    ordered = sorted(by_first.items(), key=lambda one: (-max(map(len, one[1])), one[0]))
    branches = [first + any_of(rest) for first, rest in ordered]
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"


def _pieces(word: str) -> list[str]:
    return [_PIECES.get(sign) or re.escape(sign) for sign in word]


_PIECES = {"*": r"\w*", " ": r"[\s_-]+"}


def _in_signs(word: str) -> list[str]:
    return [r"\s?" if sign == " " else re.escape(sign) for sign in word.rstrip("*")]


def _among_signs(sign: str) -> str:
    """One sign is meant only where no other stands beside it."""
    return rf"(?<![{_SIGN}]){re.escape(sign)}(?![{_SIGN}])"
