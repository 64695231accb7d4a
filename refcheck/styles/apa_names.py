"""Names as the APA manual writes them: in the list, in a title's brackets, in running text.

Source: APA Publication Manual, 7th ed., 8.17–8.20 and 9.7–9.12.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from refcheck.record import Name
from refcheck.styles.runs import Runs, curly, text
from refcheck.styles.terms import Terms
from refcheck.text import is_cjk

LISTED = 20
"""Up to so many authors are all listed; of more, the first nineteen and the last (9.8)."""


@lru_cache(maxsize=16384)
def initials(given: str) -> str:
    """Return initials: "Henry-James" is "H.-J.", "J.R.R." is "J. R. R.", particles stay as they are.

    A second part in lower case after a hyphen belongs to the first ("Xiao-ming" is "X."). A user name
    in square brackets is kept (10.15).
    """
    out: list[str] = []
    given, bracket, handle = given.partition("[")
    given = re.sub(r"\.(?=[^\s.-])", ". ", given.replace("‐", "-").replace("‑", "-"))
    for word in given.split():
        parts = re.sub(r"-(?=[^\W\d_])(?-i:(?=[a-zà-öø-ÿ]))", "\0", word).split("-")
        bare = word.rstrip(".")
        if bare.isalpha() and bare.islower() and bare in _PARTICLES:
            out.append(word)
        elif re.fullmatch(r"[A-Z]{2,3}", word) and not re.search(r"[AEIOUY]", word[1:]):
            out.extend(letter + "." for letter in word)  # "MJ", as PubMed writes it
        else:
            out.append("-".join(_initial(part) for part in parts if part))
    return " ".join([*out, bracket + handle] if bracket else out)


_PARTICLES = frozenset(
    "de del della da dos das di du la le van von der den ter zu bin ibn al el y e".split()
)


def _initial(part: str) -> str:
    first = re.search(r"[^\W\d_]", part)
    return first[0].upper() + "." if first else part


def _east_asian(name: Name) -> bool:
    return not name.family.isascii() and is_cjk(name.family)


@lru_cache(maxsize=16384)
def inverted(name: Name) -> str:
    """Return "van Beethoven, L.", "King, M. L., Jr.", "World Bank", "张伯伟"."""
    if name.literal or not name.family:
        return curly(name.literal or name.given)
    family = _family(name)
    if _east_asian(name):
        return family + name.given
    given = " ".join(filter(None, (initials(name.given), name.dropping_particle)))
    return curly(", ".join(filter(None, (family, given, name.suffix))))


def straight(name: Name) -> str:
    """Return "L. van Beethoven", "M. L. King, Jr."."""
    if name.literal or not name.family:
        return curly(name.literal or name.given)
    if _east_asian(name):
        return name.family + name.given
    whole = " ".join(filter(None, (initials(name.given), name.dropping_particle, _family(name))))
    return curly(", ".join(filter(None, (whole, name.suffix))))


def full(name: Name) -> str:
    """Return the name with its given names in full."""
    if name.literal or not name.family or _east_asian(name):
        return straight(name)
    whole = " ".join(filter(None, (name.given, name.dropping_particle, _family(name))))
    return curly(", ".join(filter(None, (whole, name.suffix))))


@lru_cache(maxsize=16384)
def short(name: Name) -> str:
    """Return what running text says: the family name, a group's whole name."""
    if name.literal or not name.family:
        return curly(name.literal or name.given)
    if _east_asian(name):
        return name.family + name.given
    return curly(_family(name))


def _family(name: Name) -> str:
    particle = name.non_dropping_particle
    if not particle:
        return name.family
    return particle + ("" if particle[-1] in "’'-" else " ") + name.family


def series(names: Sequence[str], sign: str, *, comma_of_two: bool = False) -> str:
    """Join: "A", "A & B", "A, B, & C"; of more than `LISTED` the first nineteen, … and the last."""
    if len(names) > LISTED + 1 - 1 and len(names) > LISTED:
        return ", ".join(names[: LISTED - 1]) + f", … {names[-1]}"
    if len(names) == 1:
        return names[0]
    comma = "," if len(names) > 2 or comma_of_two else ""
    return f"{', '.join(names[:-1])}{comma} {sign} {names[-1]}"


def author_list(names: Sequence[Name]) -> str:
    """Return the names as they open a reference."""
    of_two = len(names) == 2 and not (
        names[0].literal or not names[0].given or _east_asian(names[0])
    )
    return series([inverted(name) for name in names], "&", comma_of_two=of_two)


def plain_list(names: Sequence[Name]) -> str:
    """Return names in their natural order, as within a reference."""
    return series([straight(name) for name in names], "&")


def labelled(names: Sequence[Name], role: str, terms: Terms, *, plural: bool | None = None) -> str:
    """Return a role's word for so many: "Ed.", "Eds."."""
    many = len(names) > 1 if plural is None else plural
    return terms[role + "s" if many and role + "s" in terms else role]


def with_roles(groups: Sequence[tuple[str, Sequence[Name]]], terms: Terms) -> Runs:
    """Return who made a work when that is no author: "Thurman, U. (Director)".

    Of one role, the word stands once at the end; of several, after each name; who has two roles is
    named once ("Writer & Director").
    """
    if len(groups) == 1:
        role, names = groups[0]
        return text(f"{author_list(names)} ({labelled(names, role, terms)})")
    roles: dict[Name, list[str]] = {}
    for role, names in groups:
        for name in names:
            roles.setdefault(name, []).append(terms[role])
    shown = [f"{inverted(name)} ({' & '.join(words)})" for name, words in roles.items()]
    return text(series(shown, "&", comma_of_two=True))
