"""No pattern can be asked to try the same text in ever more ways.

A repeat whose turns can be cut in more than one place (``(?:x+,?)*`` over "xxxx") takes exponential time on a text
that does not fit in the end. This walks the parsed form of every pattern of the package and looks for repeats whose
body may be prolonged by a sign with which the next turn may begin.
"""

import importlib
import pkgutil
import re
from re import _parser  # type: ignore[attr-defined]  # the standard library's own reading of a pattern

import refcheck
from refcheck.finders.words import LANGUAGES, lexicon

SIGNS = frozenset([*map(chr, range(32, 127)), "\n", "\t", "é", "中", "–", "，"])
MANY = 8
"""A repeat of at most so many turns cannot explode."""
APART = {
    "(?:[A-ZÀ-Ý]{2,}[?!]*(?:[ \\t]+|\\b))+": "no word border lies between two letters",
    "(?:[@*!¡¿\\s:;,.–→>-]|(?:todo": "no letter may follow one of its words",
    "(?:<a\\b[^<>]{0,200}>\\s*</a>": "its turns end with a tag, or before a bracket",
}
"""Beginnings of patterns whose turns a look at what surrounds them keeps apart."""


def repeated_in_two_ways(pattern: str, flags: int = 0) -> bool:
    """Tell whether a pattern holds a repeat that can cut the same text in two ways."""
    parsed = _parser.parse(pattern, flags)
    return any(
        _ends(body, has) & _starts(body, has) for body, has in _repeats(parsed, parsed.state.flags)
    )


def test_a_repeat_within_a_repeat_is_seen():
    assert repeated_in_two_ways("x{2,}(?:[-, ]*x{2,})*")
    assert repeated_in_two_ways(r"(?:\w+\s?)*$")
    assert repeated_in_two_ways("(?i:(?:A|aa+)*)b")
    assert not repeated_in_two_ways("x{2,}(?:[-, ]+x{2,})*")
    assert not repeated_in_two_ways(r"(?:\w+\s)*$")


def test_no_pattern_repeats_in_two_ways():
    patterns = {(one.pattern, one.flags) for one in _patterns()}
    assert len(patterns) > 500
    doubtful = {pattern for pattern, flags in patterns if repeated_in_two_ways(pattern, flags)}
    unlisted = sorted(one for one in doubtful if not one.startswith(tuple(APART)))
    assert unlisted == []
    assert [one for one in APART if not any(pattern.startswith(one) for pattern in doubtful)] == []


def _patterns():
    for module in pkgutil.walk_packages(refcheck.__path__, "refcheck."):
        if not module.name.endswith("__main__"):
            yield from _within(vars(importlib.import_module(module.name)).values(), 3)
    for language in LANGUAGES:
        words = lexicon(frozenset({language}))
        yield from _within(
            [getattr(words, name) for name in dir(words) if not name.startswith("_")], 1
        )


def _within(values, depth):
    for value in values:
        if isinstance(value, re.Pattern):
            if isinstance(value.pattern, str):
                yield value
        elif depth and isinstance(value, dict):
            yield from _within(value.values(), depth - 1)
        elif depth and isinstance(value, tuple | list | frozenset | set):
            yield from _within(value, depth - 1)


def _repeats(parts, flags):
    for code, told in parts:
        for body, has in _bodies(code, told, flags):
            if _is_repeat(code) and told[1] > MANY:
                yield body, has
            yield from _repeats(body, has)


def _bodies(code, told, flags):
    """The parts within a part, with the flags that hold there."""
    name = str(code)
    if _is_repeat(code):
        return [(told[2], flags)]
    if name == "SUBPATTERN":
        return [(told[3], (flags | told[1]) & ~told[2])]
    if name == "BRANCH":
        return [(way, flags) for way in told[1]]
    if name == "ATOMIC_GROUP":
        return [(told, flags)]
    return []


def _is_repeat(code):
    return str(code) in {"MAX_REPEAT", "MIN_REPEAT"}


def _may_be_empty(code, told, flags):
    if _is_repeat(code) and told[0] == 0:
        return True
    if bodies := _bodies(code, told, flags):
        return any(all(_may_be_empty(*part, has) for part in body) for body, has in bodies)
    return str(code) in {"AT", "ASSERT", "ASSERT_NOT"}


def _starts(parts, flags):
    """The signs with which these parts may begin."""
    found = set()
    for code, told in parts:
        bodies = _bodies(code, told, flags)
        found |= (
            set().union(*(_starts(body, has) for body, has in bodies))
            if bodies
            else _signs(code, told, flags)
        )
        if not _may_be_empty(code, told, flags):
            break
    return found


def _ends(parts, flags):
    """The signs by which a match of these parts may be prolonged."""
    found = set()
    for code, told in reversed(list(parts)):
        for body, has in _bodies(code, told, flags):
            found |= _ends(body, has)
            if _is_repeat(code) and told[1] > MANY:
                found |= _starts(body, has)
        if not _may_be_empty(code, told, flags):
            break
    return found


def _signs(code, told, flags):
    """The signs that one part matches, by asking a pattern made of it alone."""
    name = str(code)
    if name in {"AT", "ASSERT", "ASSERT_NOT"}:
        return set()
    if name == "GROUPREF":
        return set(SIGNS)
    if name == "LITERAL":
        one = re.escape(chr(told))
    elif name == "NOT_LITERAL":
        one = f"[^{re.escape(chr(told))}]"
    elif name == "ANY":
        one = "."
    else:
        one = "[" + "".join(_member(str(kind), what) for kind, what in told) + "]"
    asked = re.compile(one, flags & (re.IGNORECASE | re.DOTALL))
    return {sign for sign in SIGNS if asked.fullmatch(sign)}


def _member(kind, what):
    if kind == "NEGATE":
        return "^"
    if kind == "RANGE":
        return f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
    if kind == "CATEGORY":
        letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(what).rsplit("_", 1)[1]]
        return "\\" + (letter.upper() if "NOT" in str(what) else letter)
    return re.escape(chr(what))
