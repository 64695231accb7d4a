"""Citation keys: readable, the same on every run, each once."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from string import ascii_lowercase

from refcheck.record import Name, Record
from refcheck.text import fold, plain, script_language

PATTERN = "{author}{year}{word}"
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_:.+-]*")
_STOP = frozenset(
    "a an the on of in and for to from with at by is are der die das ein eine el la los las un una"
    " le les une des du il lo gli i de".split()
)


def keys(
    records: Sequence[Record], pattern: str = PATTERN, taken: Collection[str] = ()
) -> tuple[str, ...]:
    """Return a key for each record, in order.

    A record's own key (its ``citation-key``, or an id that can be one) is kept. Others follow the
    pattern: ``{author}`` (the first family name), ``{authors}`` (up to three), ``{year}``, ``{yy}``
    (two figures of it), ``{word}`` (the first telling word of the title), ``{title}`` (three of
    them); ``{Author}``, ``{Word}`` and so on begin with a capital. A key that is ``taken``, or used before, gets a, b, c …: what is appended later never changes an earlier key.
    """
    used = {key.lower() for key in taken}
    out = []
    for record in records:
        key = own = _own(record)
        if not own or own.lower() in used:
            stem = own or _made(record, pattern)
            key = stem if stem.lower() not in used else _free(stem, used)
        used.add(key.lower())
        out.append(key)
    return tuple(out)


_HABITS = tuple(
    f"{{{author}}}{first}{{{year}}}{then}"
    for author in ("author", "Author", "authors", "Authors")
    for year in ("year", "yy")
    for first in ("", ":", "_", "-")
    for then in ("", "{word}", "{Word}", ":{word}", "_{word}", "-{word}", "{title}", "{Title}")
) + tuple(
    f"{{{author}}}{sign}{{{word}}}{sign}{{year}}"
    for author, word in (("author", "word"), ("Author", "Word"), ("author", "title"))
    for sign in ("", "_", "-", ":")
)
"""Patterns that a file's own keys are held against, the plainest first."""
SAMPLED = 20
"""Entries of a file that are looked at for its habit."""
HABITUAL = 0.5
"""Share of a file's entries whose keys must be of one pattern for it to be taken for a habit."""


def learnt(held: Sequence[Record]) -> str:
    """Return the pattern that most keys (ids) of a file follow; `PATTERN` where there is no telling."""
    told = [one for one in held if one.id and (one.author or one.editor) and one.issued]
    told = told[:: max(1, len(told) // SAMPLED)][:SAMPLED]
    best, most = PATTERN, 0
    for pattern in _HABITS:
        count = sum(
            re.fullmatch(f"{re.escape(_made(one, pattern))}[a-z]?", one.id) is not None
            for one in told
        )
        if count > most:
            best, most = pattern, count
    return best if most > HABITUAL * len(told) else PATTERN


def _free(stem: str, used: Collection[str]) -> str:
    for first in ("", *ascii_lowercase):
        for letter in ascii_lowercase:
            if f"{stem}{first}{letter}".lower() not in used:
                return f"{stem}{first}{letter}"
    return f"{stem}{len(used)}"


def _own(record: Record) -> str:
    if _KEY.fullmatch(record.citation_key):
        return record.citation_key
    made_by_machine = re.match(
        r"(?i)(?:doi|https?|isbn|pmid|arxiv|urn|oai|hash|temp_id):|item-\d+$", record.id
    )
    return record.id if _KEY.fullmatch(record.id) and not made_by_machine else ""


def _made(record: Record, pattern: str) -> str:
    names = record.author or record.editor or record.director or record.composer
    families = [family for name in names if (family := _ascii(_family(name)))]
    words = [
        word
        for word in re.findall(r"[a-z0-9]+", fold(plain(record.title)))
        if word not in _STOP and len(word) > 1
    ]
    year = record.issued.year if record.issued else None
    values = {
        "author": families[0] if families else "",
        "authors": "".join(families[:3]),
        "year": str(abs(year)) if year is not None else "nd",
        "yy": f"{abs(year) % 100:02}" if year is not None else "nd",
        "word": words[0] if words else "",
        "title": "".join(words[:3]),
    }
    values |= {
        "Author": values["author"].capitalize(),
        "Authors": "".join(family.capitalize() for family in families[:3]),
        "Word": values["word"].capitalize(),
        "Title": "".join(word.capitalize() for word in words[:3]),
    }
    key = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), pattern)
    key = re.sub(r"[^A-Za-z0-9_:.+-]", "", key)
    if not re.search(r"[a-z]{2}", key.replace("nd", "")):
        key = (
            _ascii(record.container_title or record.publisher)
            or script_language(record.title)
            or "ref"
        ) + key
    return key if key[:1].isalpha() else "ref" + key


def _family(name: Name) -> str:
    return name.family or name.literal


def _ascii(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(plain(text)))
    return "".join(words[:2])[:24] if len(words) < 3 else words[0][:24]
