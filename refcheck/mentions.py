"""What the text round a citation gap mentions: its words and names, by how near they stand.

The gap's own words count in full, those just before it nearly so; what stands behind another
citation, in another sentence, in the heading or in the title of the whole counts less and less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from refcheck.model import Clues
from refcheck.text import fold, tokens

CITED = "†"
"""Stands in `Clues.before` and `Clues.after` for another citation."""

HALF = 8.0
"""Words before a gap over which a word's weight falls to a half."""
BEHIND = 10
"""Words by which another citation, or the end of a sentence, moves what stands behind it away."""
LEAST = 0.2
"""What a word of the passage is worth at least."""
AFTER = 5
"""What follows a gap counts as if it stood so many words before it."""
SLIP = 6
"""Letters of a word that may be misspelt."""
NEAR = 0.4
"""Worth of a word from which it stands near."""
HEADING = 0.3
TITLE = 0.2
"""What a word of the heading, of the article's title, is worth."""

_PIECE = re.compile(rf"{CITED}|[.!?](?=\s)|[^\W_]+(?:[-'’+#.][^\W_]+)*\+*", re.UNICODE)
COMMON = frozenset(
    "the a an this that these those there then thus here hence however although though while since because when where what which who whom whose how why our we us "
    "you your i my me he she his her him one two three first second new on at of for from with within without and but or nor if as by to it its they their them both many most "
    "much more less some such several recent other others another each every all any few own same so than too very can could may might must shall should will would do does did "
    "done has have had having be been being is are was were am not no only also just even still yet already again ever never often always about above after against among around "
    "before below between during into through over under up down out off upon via per in et al e.g i.e etc use used uses using based like see get gets got make makes made "
    "figure table section chapter algorithm theorem lemma equation appendix paper papers work works article study studies approach approaches method methods example".split()
)
"""Words that stand in any text and in titles on anything: they tell neither a work nor a name."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Words with what each is worth, 0 to 1; names of people likewise; the term just before the gap.

    ``names`` are folded words that are written with a capital within a sentence; ``stems`` the words
    by what they share with their near relations. ``term`` is a name of a thing or method to which the gap is attached ("OpenMP", "Monte Carlo"), "" for none.
    """

    words: dict[str, float]
    stems: dict[str, float]
    names: dict[str, float]
    years: dict[int, float]
    pairs: dict[frozenset[str], float]
    term: str = ""
    long: tuple[str, ...] = ()

    def misspelt(self, word: str) -> str:
        """Return the word of the text that is another but for one letter, "" for none.

        Both must be long, and the text's must stand near: far away chance is at work.
        """
        if len(word) < SLIP or not word.isalpha():
            return ""
        for other in self.long:
            if (
                other[0] == word[0] and abs(len(other) - len(word)) <= 1
                and OSA.distance(other, word, score_cutoff=1) == 1 and stem(other) != stem(word)
            ):  # fmt: skip
                return other
        return ""


def read(clues: Clues) -> Mentions:
    """Weigh the words and names of the text round a gap."""
    words: dict[str, float] = {}
    names: dict[str, float] = {}
    years: dict[int, float] = {}
    for piece, distance, name in _placed(clues):
        worth = max(LEAST, 1 / (1 + distance / HALF))
        for word in tokens(piece):
            words[word] = 1 - (1 - words.get(word, 0.0)) * (1 - worth)
        if re.fullmatch(r"(?:1[6-9]|20)\d\d", piece):
            years[int(piece)] = max(years.get(int(piece), 0.0), worth)
        if name:
            key = fold(re.sub(r"['’]s?$", "", piece))
            names[key] = max(names.get(key, 0.0), worth)
    for text, worth in zip(clues.context[2:4], (HEADING, TITLE), strict=False):
        for word in tokens(text):
            words.setdefault(word, worth)
    stems: dict[str, float] = {}
    for word, worth in words.items():
        stems[stem(word)] = 1 - (1 - stems.get(stem(word), 0.0)) * (1 - worth)
    pairs: dict[frozenset[str], float] = {}
    telling = [
        (w, a) for piece, a, _ in _placed(clues)[::-1] for w in tokens(piece) if w not in COMMON
    ]
    for (one, _), (other, distance) in pairwise(telling):
        both = frozenset((stem(one), stem(other)))
        pairs[both] = max(pairs.get(both, 0.0), LEAST, 1 / (1 + distance / HALF))
    long = tuple(w for w, worth in words.items() if worth > NEAR and len(w) >= SLIP and w.isalpha())
    return Mentions(words, stems, names, years, pairs, term(clues.before), long)


_SUFFIX = re.compile(
    r"(?:ionally|ional|ations?|ators?|ating|ated|ates?|atively|ative|istically|istics?|ically|ical|ics?|ities|ity|ilities|ility|ibly|ably|ible|able|"
    r"ments?|nesses|ness|ings?|ions?|ized?|izing|ises?|ised|ising|izations?|isations?|ifications?|ifying|ified|ifies|ify|ers?|ors?|ally|al|ies|es|ed|ly|s|e|y)$"
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return what a folded English word shares with its near relations: "verif" for "verifying".

    At least five letters are left; a shorter word loses a plural's s alone.
    """
    if not word.isascii() or not word.isalpha():
        return word
    cut = _SUFFIX.sub("", word)
    if len(cut) >= 5:
        return cut
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _placed(clues: Clues) -> list[tuple[str, float, bool]]:
    """Return the words round a gap, how far away each counts, and whether it looks like a name."""
    out: list[tuple[str, float, bool]] = []
    away = 0.0
    before = [match[0] for match in _PIECE.finditer(clues.before)]
    for n in range(len(before) - 1, -1, -1):
        piece = before[n]
        if piece == CITED or piece in ".!?":
            away += BEHIND
            continue
        begins = n == 0 or before[n - 1] in ".!?"
        out.append((piece, away, _is_name(piece, begins=begins)))
        away += 1
    away, begins = float(AFTER), False
    for match in _PIECE.finditer(clues.after):
        piece = match[0]
        if piece == CITED or piece in ".!?":
            away += BEHIND
            begins = piece != CITED
            continue
        out.append((piece, away, _is_name(piece, begins=begins)))
        away += 1
        begins = False
    return out


def _is_name(piece: str, *, begins: bool) -> bool:
    """Tell whether a word may be somebody's name: a capital, then small letters; no first word."""
    core = re.sub(r"['’]s?$", "", piece)
    shaped = re.fullmatch(r"(?:Mac|Mc|De|Van|O['’])?[^\W\d_a-z][^\W\d_A-Z]+(?:-[^\W\d_a-z][^\W\d_A-Z]+)?", core)  # fmt: skip
    possessive = core != piece
    return bool(shaped) and len(core) > 2 and (not begins or possessive) and fold(core) not in COMMON  # fmt: skip


def term(before: str) -> str:
    """Return the name of the thing or method that stands just before a gap; "" for none."""
    tail = re.split(rf"{CITED}|[.;:!?]\s|,\s", before)[-1].split()[-6:]
    tail = [word.strip("()[]\"'“”‘’,") for word in tail]
    named: list[str] = []
    for word in reversed(tail):
        capital = any(sign.isupper() or sign.isdigit() for sign in word)
        if capital and fold(word) not in COMMON:
            named.insert(0, word)
        elif named or (len(tail) > 2 and word is tail[-3]):
            break
    return " ".join(named)
