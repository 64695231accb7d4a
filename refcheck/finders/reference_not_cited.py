r"""RC212 reference-not-cited: the reference list has what the text never cites.

Finds     `\bibitem`s whose key no `\cite` names, numbers that are never cited, references whose first author the text
          never names.
Matters   A citation was lost, or the reference is left over.
Example   [7] Shea, M. J. (1993). Surface-plasmon ejection of Ag+ ions. — and no [7] in the text.
Limits    Entries of a .bib are a library, not a list: they may stand uncited. Lists for further reading are left alone, and
          so are lists of which much is not cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from refcheck.finders.agreement import ENOUGH, LEAST, Sides, sides, told
from refcheck.finders.citations import cites_all, list_spans
from refcheck.finders.listed import Reference
from refcheck.model import Document, Finder, Placeholder
from refcheck.text import fold, unmarked

_FREE = re.compile(
    r"(?i)further|reading|bibliograph|selected|sources|links|see also|consult|weiterf|quellen|fuentes|fontes|bronnen|zdroje|źródła|kilder|källor|источник|推荐|延伸"
)
"""Lists that hold more than what is cited."""


def find(document: Document) -> Sequence[Placeholder]:
    """Return the references that are not cited."""
    both = sides(document)
    if document.missing or len(both.listed) < LEAST or document.format in {"bibtex", "wikitext"}:
        return []
    if cites_all(document):
        return []
    return [*_keys(both), *_numbers(both), *_names(both)]


def _keys(both: Sides) -> Iterator[Placeholder]:
    document = both.document
    if document.format not in {"latex", "jats"} or not both.cited_keys:
        return
    keyed = [one for one in both.listed if one.key and one.list >= 0]
    left = [one for one in keyed if one.key.casefold() not in both.cited_keys]
    if len(left) > (1 - ENOUGH) * len(keyed):
        return
    for one in left:
        if not _named_elsewhere(document, one):
            yield told(FINDER, one.span, f"nothing in the text cites {one.key}")


def _named_elsewhere(document: Document, one: Reference) -> bool:
    """Tell whether the key stands anywhere but at the reference itself, in whatever command."""
    pattern = re.compile(rf"(?<![\w:.-]){re.escape(one.key)}(?![\w:-])")
    here = len(pattern.findall(document.text)) - 1
    return here > 0 or any(
        pattern.search(data.decode("utf-8", "replace")) for data in document.files.values()
    )


def _numbers(both: Sides) -> Iterator[Placeholder]:
    listed = both.numbers
    cited = {one.key for one in both.cited if one.form == "number"}
    left = [one for one in listed if one.key.lstrip("0") not in cited]
    if len(listed) < LEAST or len(left) > (1 - ENOUGH) * len(listed) or _free(both, listed):
        return
    body = _body(both) if left else ""
    for one in left:
        before = rf"{one.key}(?<!\d{one.key})(?!\d)\s*[,\]–—-]"
        if not re.search(before, body) and not re.search(rf"[\[,–—-]\s*{one.key}(?!\d)", body):
            yield told(FINDER, one.span, f"nothing in the text cites number {one.key}")


def _names(both: Sides) -> Iterator[Placeholder]:
    if both.numbers or not any(one.form == "name" for one in both.cited):
        return
    listed = both.named
    body = fold(unmarked(_body(both)))
    left = [(one, family) for one, family in listed if family not in body]
    if len(listed) < LEAST or len(left) > (1 - ENOUGH) * len(listed):
        return
    if len(listed) < ENOUGH * len(both.listed) or _free(both, [one for one, _ in listed]):
        return
    for one, family in left:
        yield told(FINDER, one.span, f"the text never names {family.title()}")


def _body(both: Sides) -> str:
    """Return the text without its reference lists."""
    text, out, at = both.document.text, [], 0
    for span in list_spans(both.document):
        out.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return " ".join((*out, text[at:]))


def _free(both: Sides, listed: Sequence[Reference]) -> bool:
    return any(_FREE.search(both.document.heading_of(one.span.start)) for one in listed)


FINDER = Finder("RC212", "reference-not-cited", "consistency", find)
