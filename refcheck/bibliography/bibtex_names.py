"""Names as BibTeX writes them: "First von Last", "von Last, Jr, First", {A Group}, joined by "and".

Source: Oren Patashnik, BibTeXing (1988), section 4; Nicolas Markey, Tame the BeaST (2009),
section 11. BibLaTeX's extended form ("family=Berg, prefix=van den") is read too.
"""

from __future__ import annotations

import re

from refcheck.bibliography.tex import decode
from refcheck.bibliography.tex_encode import encode
from refcheck.record import Name

_EXTENDED = re.compile(
    r"(?:^|,)\s*(family|given|prefix|suffix|useprefix|given-i|id)\s*=", re.IGNORECASE
)


def read_names(value: str) -> tuple[Name, ...]:
    """Read a list of names; "others" at its end is no name."""
    names = [_read_name(part) for part in _split(value, r"\s+and\s+")]
    return tuple(name for name in names if name and name.literal.lower() != "others")


def _split(value: str, pattern: str) -> list[str]:
    """Split where the pattern stands outside braces, in any case of letters."""
    parts: list[str] = []
    last = depth = 0
    for match in re.finditer(rf"\\.|[{{}}]|{pattern}", value, re.DOTALL | re.IGNORECASE):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        elif sign[0] != "\\" and depth == 0:
            parts.append(value[last : match.start()])
            last = match.end()
    parts.append(value[last:])
    return [part.strip() for part in parts if part.strip()]


def _read_name(text: str) -> Name:
    if _whole_group(text):
        return Name(literal=decode(text[1:-1]))
    if _EXTENDED.search(text) and "=" in text:
        return _extended(text)
    parts = _split(text, ",")
    if len(parts) == 1:
        return _first_last(parts[0] if parts else "")
    particle, family = _von_last(_words(parts[0]))
    suffix = decode(parts[1]) if len(parts) > 2 else ""
    given = decode(" ".join(parts[2:] if len(parts) > 2 else parts[1:]))
    return Name(family=family, given=given, non_dropping_particle=particle, suffix=suffix)


def _whole_group(text: str) -> bool:
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth and match.end() < len(text):
            return False
    return not text.startswith("{\\")


def _extended(text: str) -> Name:
    values = {}
    for part in _split(text, ","):
        key, _, value = part.partition("=")
        values[key.strip().lower()] = decode(value.strip().strip('"'))
    return Name(
        family=values.get("family", ""),
        given=values.get("given", ""),
        non_dropping_particle=values.get("prefix", ""),
        suffix=values.get("suffix", ""),
    )


def _words(text: str) -> list[str]:
    return _split(text, r"[\s~]+")


def _first_last(text: str) -> Name:
    words = _words(text)
    if len(words) == 1:
        return Name(literal=decode(words[0]))
    small = [n for n, word in enumerate(words[:-1]) if _is_small(word)]
    if small and small[0] > 0:
        given, rest = words[: small[0]], words[small[0] :]
        particle, family = _von_last(rest)
    elif small:
        particle, family = _von_last(words)
        given = []
    else:
        given, particle, family = words[:-1], "", decode(words[-1])
    return Name(family=family, given=decode(" ".join(given)), non_dropping_particle=particle)


def _von_last(words: list[str]) -> tuple[str, str]:
    """Split "van der Berg": what is small before the last word is the particle."""
    cut = max((n + 1 for n, word in enumerate(words[:-1]) if _is_small(word)), default=0)
    if any(not _is_small(word) for word in words[:cut]):  # "Ortega y Gasset" is one family name
        cut = next(n for n, word in enumerate(words) if not _is_small(word))
    return decode(" ".join(words[:cut])), decode(" ".join(words[cut:]))


def _is_small(word: str) -> bool:
    bare = decode(word) if not word.startswith("{") or word.startswith("{\\") else ""
    letters = [sign for sign in bare if sign.isalpha()]
    return bool(letters) and letters[0].islower()


def write_names(names: tuple[Name, ...], *, ascii_only: bool = False) -> str:
    """Write names so that BibTeX reads them as they are: "von Last, Jr, First", groups in braces."""
    return " and ".join(_write_name(name, ascii_only=ascii_only) for name in names)


def _write_name(name: Name, *, ascii_only: bool) -> str:
    if name.literal or not name.family:
        whole = name.literal or name.given
        return "{" + encode(whole, ascii_only=ascii_only) + "}"
    particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
    family = _guarded(name.family, ascii_only=ascii_only)
    last = f"{encode(particle, ascii_only=ascii_only)} {family}" if particle else family
    parts = [last]
    if name.suffix:
        parts.append(_guarded(name.suffix, ascii_only=ascii_only))
    if name.given or name.suffix:
        parts.append(_guarded(name.given, ascii_only=ascii_only))
    if len(parts) == 1:
        return "{" + last + "}" if " " in last or "," in last else last
    return ", ".join(parts)


def _guarded(text: str, *, ascii_only: bool) -> str:
    """Put braces round what BibTeX would take apart: a comma or an "and" inside."""
    out = encode(text, ascii_only=ascii_only)
    return "{" + out + "}" if "," in out or re.search(r"(?i)(^|\s)and(\s|$)", out) else out
