"""Text of an XML part, and where each of its signs stands in the bytes.

The part is cut into tags and text by one linear scan; nothing is parsed by a library, so no entity is
expanded and no address is followed. An edit changes the text between tags only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from refcheck.errors import InputError

TOKEN = re.compile(
    r"<!--(?:(?!-->).)*+-->|<!\[CDATA\[(?:(?!\]\]>).)*+\]\]>|<\?(?:(?!\?>).)*+\?>|<!DOCTYPE[^\[>]*(?:\[(?:(?!\]\s*>).)*+\]\s*)?>|<(?P<close>/?)(?P<name>[A-Za-z_][\w.:-]*)(?P<attrs>(?:[^<>\"'/]|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)(?P<empty>/?)>|(?P<text>[^<]++)",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
DEPTH_LIMIT = 1000
"""Deeper nesting than any editor writes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: where it begins in the document's text and between which offsets it stands in the part.

    ``marks`` are, for each of its signs, how many code points of the part it takes (an entity takes
    several); None where each takes one.
    """

    part: str
    start: int
    text: str
    low: int
    high: int
    marks: tuple[int, ...] | None = None
    fixed: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the document's text."""
        return self.start + len(self.text)

    def inside(self, offset: int) -> int:
        """Return the offset in the part of a code point of the document's text."""
        into = offset - self.start
        return self.low + (into if self.marks is None else sum(self.marks[:into]))


def decode_text(raw: str) -> tuple[str, tuple[int, ...] | None]:
    """Return text with its entities decoded, and how long each sign was."""
    if "&" not in raw:
        return raw, None
    out, marks, at = [], [], 0
    for match in _ENTITY.finditer(raw):
        plain = raw[at : match.start()]
        out.append(plain)
        marks.extend([1] * len(plain))
        sign = html.unescape(match[0])
        if sign == match[0] or len(sign) != 1:  # not known: kept as it stands
            out.append(match[0])
            marks.extend([1] * len(match[0]))
        else:
            out.append(sign)
            marks.append(len(match[0]))
        at = match.end()
    out.append(raw[at:])
    marks.extend([1] * len(raw[at:]))
    return "".join(out), tuple(marks)


def escape(text: str, encoding: str = "utf-8") -> str:
    """Escape text for an XML part; what XML cannot hold is left out, what its encoding lacks is named."""
    return fitting(html.escape(_BAD.sub("", text), quote=False), encoding)


def fitting(markup: str, encoding: str) -> str:
    """Name by number the signs that an encoding lacks (``&#322;``)."""
    return markup.encode(encoding, "xmlcharrefreplace").decode(encoding)


Cut = tuple[int, int, str]
"""An edit in the document's code points: start, end, new text."""


def changed(
    part: str,
    source: str,
    pieces: Sequence[Piece],
    edits: Sequence[Cut],
    written: Callable[[str], str],
) -> str:
    """Return a part's source with edits; ``written`` says how a text stands between the tags.

    What an edit puts in goes into the first run that it touches; what it covers in further runs is
    taken out; the tags between them stay. Raises `InputError` for an edit that touches no text that
    can be changed.
    """
    cuts: list[Cut] = []
    mine = [piece for piece in pieces if piece.part == part and not piece.fixed]
    for start, end, text in edits:
        touched = [p for p in mine if p.start < end and start < p.end]
        if start == end:
            touched = [p for p in mine if p.start <= start <= p.end][:1]
        if not touched:
            raise InputError(f"nothing can be put at {start}: no text of the document stands there")
        new = written(text)
        for piece in touched:
            low, high = max(start, piece.start), min(end, piece.end)
            cuts.append((piece.inside(low), piece.inside(high), new))
            new = ""
    out, at = [], 0
    for low, high, text in sorted(cuts):
        out += [source[at:low], text]
        at = high
    out.append(source[at:])
    return "".join(out)


def attribute(attrs: str, name: str) -> str:
    """Return the value of an attribute, "" where it is not there."""
    match = re.search(rf"(?:^|\s){re.escape(name)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", attrs)
    return html.unescape(match[1] if match[1] is not None else match[2]) if match else ""
