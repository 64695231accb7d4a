"""What stands for a work in running text: its key where the document cites by key, else words.

What surrounds the place decides the form: a command or a bracket with keys keeps its own words and the
keys of works that the document has; a name with a masked year beside it is a citation in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from refcheck.model import Citing, Document, Entry, Run

Markup = Callable[[Sequence[Run]], str]
"""Writes rendered runs in the document's own form."""

_COMMAND = re.compile(
    r"(?P<before>\\[A-Za-z]*cite[A-Za-z]*\*?[ \t]*(?:\[[^\[\]]*\][ \t]*){0,2}\{)(?P<keys>[^{}]*)(?P<after>\})"
)
_AT_KEYS = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_AT_KEY = re.compile(r"@(?P<key>\{[^{}]*\}|[^\s;,\]]*)")
_IN_SENTENCE = re.compile(r"[^\s(\[][^(\[]*\s[(\[][^()\[\]]*[)\]]")
"""``Gardner et al. (20XX)``: words, then the year alone in brackets."""
_HELD = re.compile(
    r"@[A-Za-z]+[ \t]*\{[ \t]*([^\s,{}]+)[ \t]*,|\\bibitem(?:\[[^\[\]]*\])?\{([^{}]+)\}"
)


def by_key(document: Document, placeholder: str, citing: Citing, keys: Sequence[str]) -> str:
    """Write a citation by key in the place of a placeholder, keeping what is right in it."""
    if command := _COMMAND.fullmatch(placeholder):
        kept = [key for key in _split(command["keys"]) if key in held(document)]
        return f"{command['before']}{','.join((*kept, *keys))}{command['after']}"
    if _AT_KEYS.fullmatch(placeholder):
        known = held(document)
        waiting = list(keys)

        def replaced(match: re.Match[str]) -> str:
            if match["key"].strip("{}") in known:
                return match[0]
            new = "; ".join(f"@{key}" for key in waiting)
            waiting.clear()
            return new

        written = _AT_KEY.sub(replaced, placeholder)
        if not waiting:
            return written
    form = citing.narrative if _IN_SENTENCE.fullmatch(placeholder) else citing.parenthetical
    return form.write(keys)


def in_words(
    document: Document, start: int, placeholder: str, entries: Sequence[Entry], markup: Markup
) -> str:
    """Write a citation in a style's words in the place of a placeholder that begins at ``start``.

    Several works stand in one bracket, as "(Adams, 2001; Brown, 2002)"; on a wiki each is a note.
    """
    if document.format == "wikitext":
        notes = "".join(f"<ref>{markup(entry.reference)}</ref>" for entry in entries)
        inside = document.text.rfind("<ref", 0, start) > document.text.rfind("</ref>", 0, start)
        return " ".join(markup(entry.reference) for entry in entries) if inside else notes
    if len(entries) == 1 and _IN_SENTENCE.fullmatch(placeholder) and entries[0].narrative:
        return markup(entries[0].narrative)
    parts = [markup(entry.parenthetical) for entry in entries]
    inner = all(part[:1] + part[-1:] == "()" for part in parts)
    text = f"({'; '.join(part[1:-1] for part in parts)})" if inner else "".join(parts)
    bare = placeholder[:1] not in tuple("([（［")
    if bare and _in_brackets(document, start) and text[:1] == "(" and text[-1:] == ")":
        return text[1:-1]
    return text


def held(document: Document) -> frozenset[str]:
    """Return the keys under which works stand in a document and its bibliographies."""
    return frozenset(_held(document))


def _held(document: Document) -> Iterator[str]:
    bibliographies = (
        data.decode("utf-8", "replace")
        for name, data in document.files.items()
        if name.lower().endswith(".bib")
    )
    for text in (document.text, *bibliographies):
        for match in _HELD.finditer(text):
            yield match[1] or match[2]


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _in_brackets(document: Document, start: int) -> bool:
    """Tell whether a place stands within round brackets that its own block opened."""
    block = document.block_at(start)
    before = document.text[max(block.span.start if block else 0, start - 400) : start]
    return before.count("(") > before.count(")")
