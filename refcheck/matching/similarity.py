"""How alike two titles, names, containers, years and pages are. Pure, symmetric, 0.0 to 1.0.

Case, accents and punctuation count for nothing; rare words count more than frequent ones, and
their order counts a little.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from refcheck.matching.rarity import SMALL, rarity
from refcheck.record import Name
from refcheck.text import fold, is_cjk, tokens

_PAGE = re.compile(r"[a-z]*\d+|\b[ivxlc]+\b|^\s*[a-z]{2,4}\s*$", re.IGNORECASE)
_HOMONYM = re.compile(r"\s+\d{4}$")  # DBLP numbers people of one name: "Xiang Lan 0004"
_RUN = re.compile(r"[A-ZÀ-Þ]{2,4}")
_ET_AL = frozenset({"others", "et al", "et al.", "and others", "等", "u. a."})
NICKNAME = 2
"""Letters that a short form shares with the name at its beginning (Ty, Tyler; Dan, Daniel)."""


def title_likeness(left: str, right: str) -> float:
    """Compare two titles by their words, weighted by rarity, and by the order of the letters.

    Words alone would take "dog bites man" for "man bites dog", letters alone forgive a changed
    digit; the lesser of the two decides.
    """
    a, b = title_words(left), title_words(right)
    if not a or not b:
        return 0.0
    if a == b or "".join(a) == "".join(b):
        return 1.0
    letters = Indel.normalized_similarity(" ".join(a), " ".join(b))
    order = LCSseq.normalized_similarity(a, b)
    return min(letters, (2 * _shared(a, b) + order + letters) / 4)


@lru_cache(maxsize=16384)
def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title as they are compared: folded, "&" written out, no markup."""
    return tuple(tokens(re.sub(r"<[^<>]{0,60}>|\$", " ", title).replace("&", " and ")))


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Weight of the words that both have, over that of all; a near spelling counts for half."""
    a, b = set(left), set(right)
    both = sum(rarity(word) for word in a & b)
    only_a, only_b = a - b, b - a
    near = sum(rarity(word) for word in only_a if any(_near(word, other) for other in only_b)) / 2
    every = both + sum(rarity(word) for word in only_a | only_b)
    near += sum(rarity(word) for word in only_b if any(_near(word, other) for other in only_a)) / 2
    return (both + near) / every if every else 0.0


def _near(left: str, right: str) -> bool:
    if left.isdigit() or right.isdigit() or min(len(left), len(right)) < 5:
        return False
    return Indel.normalized_similarity(left, right) > 0.85


def name_likeness(left: Name, right: Name) -> float:
    """Compare two names of people.

    1.0: the same, or one abbreviates the other ("S. W. Zamir", "Zamir"). 0.8: another form of what
    can be one name ("Ty", "Tyler"; families of one letter's difference). 0.5: one family, other
    given names. 0.0: another family.
    """
    (fam_a, giv_a), (fam_b, giv_b) = name_parts(left), name_parts(right)
    if not fam_a or not fam_b:
        return 0.0
    if {*fam_a.split(), *giv_a.split()} == {*fam_b.split(), *giv_b.split()}:
        return 1.0  # the family first, or last
    family = _families(fam_a, giv_a, fam_b, giv_b)
    if family == 0.0:
        return 0.0
    given = (
        _givens(giv_a, giv_b) if family == 1.0 or fam_a.split()[-1] == fam_b.split()[-1] else 1.0
    )
    return min(family, given)


def _families(fam_a: str, giv_a: str, fam_b: str, giv_b: str) -> float:
    if fam_a == fam_b or fam_a.replace(" ", "") == fam_b.replace(" ", ""):
        return 1.0
    whole_a, whole_b = f"{giv_a} {fam_a}".split(), f"{giv_b} {fam_b}".split()
    if whole_a[-1] == whole_b[-1] and (fam_a.endswith(" " + fam_b) or fam_b.endswith(" " + fam_a)):
        return 1.0  # a particle or a second family name left out, or taken for a given name
    if _compact(fam_a) == _compact(fam_b):
        return 1.0  # ü as ue, ß as ss
    if min(len(fam_a), len(fam_b)) >= 4 and Indel.normalized_similarity(fam_a, fam_b) >= 0.8:
        return 0.8
    longer, shorter = sorted((fam_a.split(), fam_b.split()), key=len, reverse=True)
    if len(longer) > len(shorter) and set(shorter) <= set(longer):
        return 0.8
    return 0.0


def _compact(name: str) -> str:
    return re.sub(r"([aou])e", r"\1", name.replace("-", "").replace(" ", "").replace("'", ""))


def _givens(left: str, right: str) -> float:
    if not left or not right or left == right:
        return 1.0
    a, b = _given_parts(left), _given_parts(right)
    first_a, first_b = left.split(maxsplit=1)[0], right.split(maxsplit=1)[0]
    if (
        first_a != first_b
        and min(len(first_a), len(first_b)) > 1
        and a[0] == b[0]
        and "." not in left + right
    ):
        return (
            0.8
            if first_a.replace("-", "") != "".join(b) and first_b.replace("-", "") != "".join(a)
            else 1.0
        )
    pairs = list(zip(a, b, strict=False))
    if all(x == y for x, y in pairs) or "".join(a) == "".join(b):
        return 1.0
    if all(
        x.startswith(y) or y.startswith(x) for x, y in pairs if min(len(x), len(y)) == 1
    ) and all(x == y for x, y in pairs if min(len(x), len(y)) > 1):
        return 1.0
    short, long = sorted((a, b), key=lambda parts: sum(map(len, parts)))
    if all(len(part) == 1 for part in short) and "".join(short)[0] in {one[0] for one in long}:
        letters = [one[0] for one in long]
        if "".join(short)[0] == letters[0] or set("".join(short)) <= set(letters):
            return 1.0  # initials, in whatever number
    if a[0][:NICKNAME] == b[0][:NICKNAME] or fuzz.ratio(left, right) >= 75:
        return 0.8
    return 0.8 if a[0][0] == b[0][0] and min(len(a[0]), len(b[0])) == 1 else 0.5


def _given_parts(given: str) -> list[str]:
    return [part for part in re.split(r"[ .\-]+", given) if part]


_APART = re.compile(r"\s\d{4}$|\s*\([^()]*\)$")
"""Which of several of one name, as dblp counts them; the name once more in another script."""


@lru_cache(maxsize=16384)
def name_parts(name: Name) -> tuple[str, str]:
    """Return family and given names, folded; a literal of several words is split at its comma."""
    family, given = name.family, name.given
    particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    if not family and name.literal:
        literal = _HOMONYM.sub("", name.literal)
        if "," in literal:
            family, _, given = literal.partition(",")
        elif is_cjk(literal) and " " not in literal.strip():
            family = literal
        else:
            family, given = _split(literal.split())
    family = f"{particle} {family}" if particle else family
    given = " ".join(given) if _RUN.fullmatch(given) else given
    return _signs(family), fold(given).strip(" .,")


def _split(parts: list[str]) -> tuple[str, str]:
    """Tell family from given where no comma does: "Shea MJ", else the last word is the family."""
    if len(parts) == 1:
        return parts[0], ""
    tail = parts[-1]
    shouted = (
        len(tail) > 2 and tail.isalpha() and "".join(parts).isupper()
    )  # "YANG FEI", not "SHEA MJ"
    initials = not shouted and re.fullmatch(r"(?:[A-Z]\.?-?){1,4}", tail)
    if initials and not re.fullmatch(r"(?:[A-Z]\.)+", parts[0]):
        return " ".join(parts[:-1]), tail
    dots = re.fullmatch(r"((?:\w\.[ -]?)+)(\w.+)", tail)
    if dots:  # "E.Witten"
        return dots[2], " ".join((*parts[:-1], dots[1]))
    return tail, " ".join(parts[:-1])


def _signs(text: str) -> str:
    return " ".join(re.sub(r"[.,;*†‡]|\d", " ", fold(text)).replace("-", " ").split())


def is_et_al(name: Name) -> bool:
    """Tell whether a name only says that there are more."""
    return fold(f"{name.given} {name.family}{name.literal}").strip() in _ET_AL


def container_likeness(left: str, right: str) -> float:
    """Compare the names of two journals, proceedings or books; abbreviated as ISO 4 does, or not.

    An acronym stands for the words whose initials it is, or in whose name it is given.
    """
    a, b = container_words(left), container_words(right)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=lambda words: (len(words), sum(map(len, words))))
    if _acronym_of(left, b) or _acronym_of(right, a):
        return 1.0
    if (kind := _alias(left)) and kind == _alias(right):
        return 1.0
    used: set[int] = set()
    hits = 0.0
    for word in short:
        for n, other in enumerate(long):
            if n not in used and abbreviates(word, other):
                used.add(n)
                hits += 1.0
                break
    return 2 * hits / (len(short) + len(long))


_YEARLY = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d+(?:st|nd|rd|th)\b|\bvol(?:ume|\.)?\s*\d+", re.IGNORECASE
)
_EMPTY = SMALL | {
    "proceedings",
    "proc",
    "annual",
    "international",
    "conference",
    "conf",
    "on",
    "int",
    "intl",
}


@lru_cache(maxsize=16384)
def container_words(name: str) -> tuple[str, ...]:
    """Return the telling words of a container's name, without years and counts of meetings."""
    every = tokens(_YEARLY.sub(" ", name.replace("&", " and ")))
    kept = [word for word in every if word not in SMALL]
    return tuple(kept or every)


def abbreviates(left: str, right: str) -> bool:
    """Tell whether one word can be the other cut or drawn together (ISO 4): Dtsch, Deutsche."""
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if long.startswith(short):
        return True
    if not 3 <= len(short) <= 0.75 * len(long) or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _acronym_of(name: str, words: tuple[str, ...]) -> bool:
    """Tell whether a name has a word in capitals that is one of the words, or their initials."""
    for match in re.finditer(r"\b[A-Z][A-Za-z]*[A-Z]+[A-Za-z]*\b", name):
        short = match[0].lower()
        telling = [word for word in words if word not in _EMPTY]
        if len(short) >= 3 and (short in words or short == "".join(word[0] for word in telling)):
            return True
        if len(short) >= 3 and short == "".join(word[0] for word in words):
            return True
    return False


_ALIASES = {
    "neurips": ("nips", "neurips", "neural information processing systems"),
    "icml": (
        "icml",
        "conference on machine learning",
        "pmlr",
        "proceedings of machine learning research",
    ),
    "iclr": ("iclr", "learning representations"),
    "cvpr": ("cvpr", "computer vision and pattern recognition"),
    "iccv": ("iccv", "international conference on computer vision"),
    "eccv": ("eccv", "european conference on computer vision"),
    "wacv": ("wacv", "applications of computer vision"),
    "naacl": ("naacl", "north american chapter"),
    "eacl": ("eacl", "european chapter"),
    "emnlp": ("emnlp", "empirical methods in natural language"),
    "acl": ("acl", "annual meeting of the association for computational linguistics"),
    "aaai": ("aaai",),
    "ijcai": ("ijcai", "joint conference on artificial intelligence"),
    "kdd": ("kdd", "knowledge discovery and data mining", "knowledge discovery & data mining"),
    "www": ("www", "the web conference", "world wide web"),
    "sigir": ("sigir", "research and development in information retrieval"),
    "vldb": ("vldb", "very large data bases", "vldb endowment"),
    "sigmod": ("sigmod", "management of data"),
    "icra": ("icra", "conference on robotics and automation"),
    "tmlr": ("tmlr", "transactions on machine learning research"),
    "jmlr": ("jmlr", "journal of machine learning research"),
    "tpami": ("tpami", "transactions on pattern analysis and machine intelligence"),
    "arxiv": ("arxiv", "corr", "arxiv.org", "arxiv preprint", "computing research repository"),
    "pnas": ("pnas", "national academy of sciences", "proc natl acad sci"),
    "jama": ("jama", "journal of the american medical association"),
    "nejm": ("nejm", "new england journal of medicine"),
    "bmj": ("bmj", "british medical journal"),
}
"""Everyday names of series whose acronym does not follow from the words of their name."""


@lru_cache(maxsize=16384)
def _alias(name: str) -> str:
    text = f" {' '.join(tokens(name))} "
    for key, forms in _ALIASES.items():
        if any(f" {form} " in text for form in forms):
            return key
    return ""


def year_likeness(left: int | None, right: int | None) -> float | None:
    """Compare two years: 1.0 the same, 0.5 next to each other (online first), else 0.0."""
    if left is None or right is None:
        return None
    return {0: 1.0, 1: 0.5}.get(abs(left - right), 0.0)


def first_page(pages: str) -> str:
    """Return the first page, without leading zeros, in lower case; "" where there is none."""
    match = _PAGE.search(pages)
    return re.sub(r"^([a-z]*)0+(?=\d)", r"\1", match[0].lower()) if match else ""


def page_likeness(left: str, right: str) -> float | None:
    """Compare two ranges of pages by where they begin; None where either says nothing.

    "1-1" and its like are what a registry says before an article is in print.
    """
    a, b = first_page(left), first_page(right)
    if not a or not b:
        return None
    if re.fullmatch(r"\s*1\s*[-–]+\s*1\s*", left) or re.fullmatch(r"\s*1\s*[-–]+\s*1\s*", right):
        return 1.0 if a == b else None
    return 1.0 if a == b else 0.0
