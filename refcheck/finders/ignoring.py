"""What a document's author has told refcheck to leave alone, in a comment of the document's format.

``<!-- refcheck: ignore RC203 the source is secret -->`` in Markdown and HTML, ``% refcheck: ignore RC203``
in LaTeX, and so on. It is for the line it stands in; alone on its line, for the paragraph, item or
row that follows. Without a rule it is for all of them. What it names may be a code, the beginning of
one (``RC2``) or a rule's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from refcheck.model import Diagnostic, Document, Finder, Placeholder, Span

_SIGNS = {
    "markdown": (r"<!--", r"\{/\*"),
    "html": (r"<!--",),
    "wikitext": (r"<!--",),
    "jupyter": (r"<!--", r"#"),
    "latex": (r"%+",),
    "bibtex": (r"%+",),
    "typst": (r"//+",),
    "asciidoc": (r"//+",),
    "rst": (r"\.\.",),
    "org": (r"#+",),
    "plain": (r"<!--", r"#+", r"//+", r"%+", r"--+"),
}
_RULE = re.compile(r"RC\d{1,3}\b|[a-z]+(?:-[a-z]+)+\b")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment, the rules that it names (none: all), and the stretch of text that it is for."""

    span: Span
    rules: tuple[str, ...]
    scope: Span

    def covers(self, one: Placeholder) -> bool:
        """Tell whether a placeholder is to be left alone."""
        if one.file or one.span.start >= self.scope.end or one.span.end <= self.scope.start:
            return False
        return not self.rules or any(_names(rule, one.rule, one.name) for rule in self.rules)


def _names(said: str, rule: str, name: str) -> bool:
    return rule.startswith(said) or said == name


def suppressions(document: Document) -> Iterator[Suppression]:
    """Yield what a document's comments tell to leave alone, in order."""
    text = document.text
    signs = _SIGNS.get(document.format)
    if signs is None or "refcheck:" not in text:
        return
    comment = re.compile(
        rf"(?:{'|'.join(signs)})[ \t]*refcheck:[ \t]*ignore\b(?P<rest>[^\r\n]*?)(?P<end>[ \t]*(?:-->|\*/\}})|(?=\r?\n)|$)"
    )
    for match in comment.finditer(text):
        rules = []
        rest = match["rest"].lstrip(" \t:,")
        while named := _RULE.match(rest):
            rules.append(named[0])
            rest = rest[named.end() :].lstrip(" \t,")
        yield Suppression(Span(*match.span()), tuple(rules), _scope(document, *match.span()))


def _scope(document: Document, start: int, end: int) -> Span:
    """Return the line of a comment; where nothing else stands in it, the block that follows."""
    text = document.text
    low = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    high = _line_end(text, end)
    if text[low:start].strip(" \t>*-") or text[end:high].strip():
        return Span(low, high)
    after = re.compile(r"\s*").match(text, high)
    following = after.end() if after else high
    block = document.block_at(following)
    if block is None or block.span.end <= following:
        return Span(low, _line_end(text, following))
    return Span(low, block.span.end)


def _line_end(text: str, at: int) -> int:
    ends = [found for found in (text.find("\n", at), text.find("\r", at)) if found >= 0]
    return min(ends, default=len(text))


def heed(
    document: Document, found: Iterable[Placeholder], rules: Sequence[Finder]
) -> tuple[tuple[Placeholder, ...], tuple[Diagnostic, ...]]:
    """Leave out what the document says to leave alone; say which of its comments were of no use.

    ``rules`` are those that were applied: a comment that names another is not told of.
    """
    comments = tuple(suppressions(document))
    if not comments:
        return tuple(found), ()
    used: set[Suppression] = set()
    kept = []
    for one in found:
        by = [comment for comment in comments if comment.covers(one)]
        used.update(by)
        if not by:
            kept.append(one)
    return tuple(kept), tuple(
        _unused(comment) for comment in comments if comment not in used and _applied(comment, rules)
    )


def _applied(comment: Suppression, rules: Sequence[Finder]) -> bool:
    """Tell whether all rules that a comment names were applied."""
    return all(any(_names(said, one.rule, one.name) for one in rules) for said in comment.rules)


def _unused(comment: Suppression) -> Diagnostic:
    what = ", ".join(comment.rules) or "anything"
    return Diagnostic(
        "RC215",
        "unused-suppression",
        "warning",
        f"nothing stands here of {what} to ignore",
        "delete the comment, or put it in the line of the place or right before it",
        comment.span,
    )
