"""Foreign text made harmless: what others wrote must not act on a terminal, a page or a table.

The signs in question cannot be seen and change how what stands round them is shown: controls of
ASCII and Latin-1 (a terminal obeys them), the bidirectional ones ("Trojan Source",
doi:10.48550/arxiv.2111.00169), tags, halves of surrogate pairs. The joiners U+200C and U+200D are
letters' business in Persian, Hindi and emoji and stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

SIGNS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What is never shown as it is. Tab and line feed are not in it."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"[\s\u2028\u2029\x85]+")


def well_formed(text: str) -> str:
    """Return a text that can be encoded: halves of surrogate pairs become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def line(text: str, width: int = 0) -> str:
    """Return foreign text as one line without unseen signs, cut to ``width`` code points if given."""
    text = SIGNS.sub("", _SPACE.sub(" ", text)).strip()
    return text if not width or len(text) <= width else text[: width - 1].rstrip() + "…"


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text into what can be shown and the names of what cannot (``U+202E``, True)."""
    at = 0
    for match in SIGNS.finditer(text):
        if match[0] == "\r" and text[match.end() : match.end() + 1] == "\n":
            continue
        if at < match.start():
            yield text[at : match.start()].replace("\r\n", "\n"), False
        yield ("\n", False) if match[0] == "\r" else (f"U+{ord(match[0]):04X}", True)
        at = match.end()
    if at < len(text):
        yield text[at:].replace("\r\n", "\n"), False


def cells(text: str) -> int:
    """Count the columns that a text takes on a terminal: wide signs two, marks and joiners none."""
    return sum(map(_cells, text))


def _cells(sign: str) -> int:
    if sign.isascii():
        return 1
    if sign in "\u200c\u200d" or unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """Cut a line to so many columns of a terminal, "…" where something was cut."""
    if cells(text) <= columns:
        return text
    out, used = "", 0
    for sign in text:
        used += _cells(sign)
        if used > columns - 1:
            break
        out += sign
    return out.rstrip() + "…"
