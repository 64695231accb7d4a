"""Citations in running text, in brackets or as part of the sentence.

Source: APA Publication Manual, 7th ed., 8.11–8.28.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from refcheck.styles import apa_descriptions, apa_names, apa_titles
from refcheck.styles.apa_dates import cited, whole
from refcheck.styles.apa_work import LEGAL, SITES, Work
from refcheck.styles.casing import capital_first
from refcheck.styles.runs import Runs, enclosed, italic, joined, plain, rich, text

_UPRIGHT = frozenset("bill legislation regulation report treaty".split())
_CHARTERS = re.compile(r"\bConst(?:\.|itution\b)|\bCharter\b")
"""Constitutions and charters, which are cited without a date as long as they are in force (11.9)."""


def who(work: Work, *, sign: str, shown: int = 1, initials: bool = False) -> Runs:
    """Return the authors of a citation, or the title.

    ``sign`` stands before the last ("&", "and"); of three and more the first ``shown`` are named;
    ``initials`` tells the first one from others of the family name.
    """
    names = work.people
    if not names:
        return _title(work)
    labels = [apa_names.short(name) for name in names]
    if work.private:  # nobody finds them in the list: the initials are given here (8.9)
        labels = [apa_names.straight(name) for name in names]
    elif initials and names[0].family:
        labels[0] = apa_names.straight(names[0])
    if len(labels) > 2 and shown < len(labels) - 1:
        comma = "," if shown > 1 else ""
        return text(f"{', '.join(labels[:shown])}{comma} {work.terms['et al.']}")
    if len(labels) > 2:
        return text(f"{', '.join(labels[:-1])}, {sign} {labels[-1]}")
    return text(f" {sign} ".join(labels))


def _title(work: Work) -> Runs:
    """Return the short title: quoted for part of a whole, else in italics; in headline capitals."""
    record = work.record
    if work.review_of_title and work.record.type not in LEGAL:
        name = record.title_short or record.title
        reviewed = italic(work.headline(name))
        return enclosed("[", joined(" ", text(work.terms["review of"]), reviewed), "]")
    if not record.title:
        shown = text(apa_titles.numbered(work)) or apa_descriptions.description(work)
        return shown or rich(record.container_title)
    name = record.title_short or record.title
    if record.title_short and not record.title.lower().startswith(record.title_short.lower()[:3]):
        name = record.title
    if record.type in {"legal_case", "post"}:
        return italic(rich(name))
    cased = work.headline(name)
    if record.type in _UPRIGHT:
        return cased
    whole_work = not record.container_title or record.type in {*SITES, "hearing"}
    return italic(cased) if whole_work and not work.review else enclosed("“", cased, "”")


def date(work: Work) -> str:
    """Return the date of a citation; of what only the writer knows the day too (8.9)."""
    if work.record.type in LEGAL and not work.record.issued:
        submitted = work.record.submitted
        years: list[str] = re.findall(r"\d{4}", whole(submitted, work.terms)) if submitted else []
        if years:
            return years[-1]
        return "" if _CHARTERS.search(work.record.title) else work.terms["n.d."]
    if work.private and work.record.issued:
        return whole(work.record.issued, work.terms)
    return cited(work.record, work.suffix, work.terms)


def parenthetical(work: Work, author: Runs, locator: str = "") -> Runs:
    """Return "(Smith & Wesson, 2018, p. 12)"."""
    return enclosed("(", _inside(work, author, locator), ")")


def _inside(work: Work, author: Runs, locator: str) -> Runs:
    private = text(work.terms["personal communication"]) if work.private else ()
    return joined(", ", author, private, text(date(work)), text(locator))


def narrative(work: Work, author: Runs, locator: str = "") -> Runs:
    """Return "Smith and Wesson (2018, p. 12)"."""
    private = text(work.terms["personal communication"]) if work.private else ()
    inside = joined(", ", private, text(date(work)), text(locator))
    return joined(" ", author, enclosed("(", inside, ")"))


def together(cites: Iterable[tuple[Work, Runs, str]]) -> Runs:
    """Return several works in one pair of brackets, in the order of the list (8.12).

    Works of the same authors share the name: "(Smith, 2014a, 2014b; Wesson, 1999, p. 3)".
    """
    parts: list[Runs] = []
    last = ""
    for work, author, locator in cites:
        name = plain(author)
        if parts and name == last and not locator:
            parts[-1] = joined(", ", parts[-1], text(date(work)))
        else:
            parts.append(_inside(work, author, locator))
        last = name if not locator else ""
    return enclosed("(", joined("; ", *parts), ")")


_LOCATORS: Mapping[str, tuple[str, str]] = {
    "page": ("p.", "pp."),
    "paragraph": ("para.", "paras."),
    "chapter": ("Chapter", "Chapters"),
    "section": ("Section", "Sections"),
    "figure": ("Figure", "Figures"),
    "table": ("Table", "Tables"),
    "verse": ("", ""),
    "line": ("line", "lines"),
    "timestamp": ("", ""),
}


def locator(value: str, label: str = "page") -> str:
    """Return a locator as APA words it: "p. 12", "pp. 12–14", "Chapter 3" (8.13)."""
    one, many = _LOCATORS.get(label, (capital_first(label), capital_first(label)))
    shown = re.sub(r"(?<=\w)\s*-\s*(?=\w)", "–", value.strip())
    several = bool(re.search(r"[–,&]", shown))
    return f"{many if several else one} {shown}".strip()


def distinct(works: Sequence[Work]) -> tuple[tuple[int, bool], ...]:
    """Decide for each work how many authors its citation names, and whether the first has initials.

    Two lists of authors that "et al." makes alike in one year are told apart by as many names as it
    takes (8.18); first authors of one family name but other initials by these (8.20).
    """
    firsts: dict[str, set[str]] = {}
    for work in works:
        names = work.people
        if names and names[0].family:
            firsts.setdefault(apa_names.short(names[0]), set()).add(apa_names.inverted(names[0]))
    lists: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    keys = []
    for work in works:
        labels = tuple(apa_names.short(name) for name in work.people)
        key = (labels[0], cited(work.record, "", work.terms)) if len(labels) > 2 else ("", "")
        keys.append((key, labels))
        if len(labels) > 2:
            lists.setdefault(key, set()).add(labels)
    out = []
    for work, (key, labels) in zip(works, keys, strict=True):
        shown = 1
        rivals = lists.get(key, set()) - {labels}
        while (
            len(labels) > 2
            and shown < len(labels)
            and any(r[:shown] == labels[:shown] for r in rivals)
        ):
            shown += 1
        names = work.people
        doubt = (
            bool(names)
            and bool(names[0].family)
            and len(firsts.get(apa_names.short(names[0]), ())) > 1
        )
        out.append((shown, doubt))
    return tuple(out)
