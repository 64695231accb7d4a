"""RC204 template-reference: a citation or reference made of a template's fields.

Finds     `(Author, Year)`, `(XXX et al., 20XX)`, `[Author] (Year)`, `Author, A. A. (Year). Title of article. Journal.`,
          `[Author Names], "…", Journal/Conference, Year.`; the words of 20 languages.
Matters   The fields were never filled in.
Example   This was shown before (Author, Year).
Limits    Style guides, prompts and format rules that explain the form are left alone where they say so or
          set it in code marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from refcheck.finders.items import Item, items
from refcheck.finders.placeholders import placed
from refcheck.finders.surroundings import Surroundings, of
from refcheck.model import Certainty, Document, Finder, Placeholder

_EXPLAINS = re.compile(
    r"(?i)\b(?:format(?:ted)?|style|form of|pattern|template|example|e\.g\.|such as|like|syntax|use|using|convention|guide|must|should|apa|mla|"
    r"chicago|citations? as|cite as|in-text|prompt|rule|remove|regex|structure|following)\b|格式|示例|形式"
)
_STYLES = re.compile(
    r"\b(?:APA|MLA|Chicago|Harvard|Vancouver|IEEE|[Cc]itation style|[Ff]ormat[os]?\b|[Ee]stilo|[Ss]tyle guide)"
)
_FENCE = re.compile(r"```(?:text|txt|plain)?[ \t]*\r?\n(?P<ref>[^`@]{10,500}?)[ \t]*\r?\n```")
FIELDS = 3
"""As many fields' names make a reference of a template."""


def find(document: Document) -> Sequence[Placeholder]:
    """Return template citations and references."""
    around = of(document)
    citations = [placed(document, FINDER, *found, "citation") for found in _citations(around)]
    return citations + [
        placed(document, FINDER, *found, "reference") for found in _references(around)
    ]


def _citations(around: Surroundings) -> Iterator[tuple[int, int, Certainty]]:
    text = around.document.text
    for one in around.untold_citations:
        if one.name_is == "real" or around.is_inert(one.start, one.end):
            continue
        apart = one.year_is == "masked" or one.several
        if not (one.boxed or "(" in text[one.start : one.end]) or (
            not apart and not one.names.startswith("X")
        ):
            continue
        if re.fullmatch(r"(?i)name", one.names) and not re.search(r"(?i)x{2}|y", one.year):
            continue
        low, _ = around.sentence(one.start, one.end)
        explained = _EXPLAINS.search(text[max(low - 80, 0) : one.start]) or _STYLES.search(
            text, max(0, one.start - 400), one.end + 120
        )
        quoted = text[one.start - 1 : one.start] in {'"', "'", "`", "“"}
        yield one.start, one.end, "maybe" if explained or quoted else "likely"


def _references(around: Surroundings) -> Iterator[tuple[int, int, Certainty]]:
    """Yield whole references made of fields: in a list, or after a request to cite."""
    text = around.document.text
    for item in items(around):
        if item.fields >= FIELDS and item.is_template and around.section(item.start):
            explained = _EXPLAINS.search(text[max(0, item.start - 100) : item.start])
            yield item.start, item.end, "maybe" if explained else "likely"
    if "```" in text:
        for match in _FENCE.finditer(text):
            start, end = match.span("ref")
            item = Item.read(around, start, end)
            if item.fields >= FIELDS and around.after_request(start):
                yield start, end, "likely"


FINDER = Finder("RC204", "template-reference", "template_reference", find)
