"""When the page that is meant came out, as the words round a gap tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from refcheck import days, facts, outlets
from refcheck.finders.page.zones import KINDS_OF_TEXT, LABEL, NEAR, Zones
from refcheck.finders.surroundings import Surroundings

_OWN_DAY = re.compile(
    r"(?im)^(?:date|datum|fecha|data|дата|日期|发布|published|updated|stand|vom|le)\s*[:：=]?\s*[\"'{]?(.{4,40})$|\\date\{([^{}]{4,40})\}|<time\b[^<>]*datetime=[\"']([^\"']{4,40})"
)


def written_on(around: Surroundings) -> date | None:
    """Return the day on which the article itself was written, where it says so at its head."""
    text = around.document.text[:3000]
    for match in _OWN_DAY.finditer(text):
        for said in days.read(next(group for group in match.groups() if group)):
            if said.exact:
                return said.first
    head = [said for line in text.splitlines()[:4] if len(line) < 120 for said in days.read(line)]
    return next((said.first for said in head if said.exact), None)


def when(zones: Zones, written: date | None) -> days.Said | None:
    """Return the days on which the page came out as the text says it; None where it does not.

    The most exact in the sentence; the rest of an item where the sentence is a mere label. A year
    alone is mostly that of what is told: it counts beside the publisher or a word for the text.
    """
    for part in _dated_parts(zones):
        part_ = _without_stretches(part)
        said = [one for one in days.read(part_, written) if written is None or one.first <= written]
        said = [one for one in said if (one.last - one.first).days < 300 or _is_of_text(part_, one)]
        exact = {one.first for one in said if one.exact}
        if len(exact) == 1:
            return next(one for one in said if one.exact)
        if not exact and said:
            narrow = sorted(said, key=lambda one: (one.last - one.first).days)
            lengths = [one.last - one.first for one in narrow]
            if len(narrow) == 1 or lengths[0] < lengths[1]:
                return narrow[0]
        if exact or said:
            return None  # several days: which is the page's cannot be told
    return None


def _without_stretches(part: str) -> str:
    """Blank quarters and halves of years, which are those of an event."""
    for fact in facts.read(part):
        if fact.kind == "period" and 60 < (date.fromisoformat(fact.period[1]) - date.fromisoformat(fact.period[0])).days < 300:  # fmt: skip
            part = re.sub(re.escape(fact.text), " ", part, flags=re.IGNORECASE)
    return part


_OF_TEXT = re.compile(rf"(?i)\b{KINDS_OF_TEXT}\b|\b(?:published|dated|issued|edition|artikel|beitrag|bericht|ausgabe|article|rapport|paru|publié|artículo|informe|publicado|edición|artigo|relatório|articolo|artikeln|reportage|artykuł|статья|отчет)\b|年报|报告|报道|文章|发表|发布")  # fmt: skip


def _is_of_text(part: str, said: days.Said) -> bool:
    at = part.lower().find(said.text)
    near = part[max(0, at - 40) : at + len(said.text) + 40]
    return bool(outlets.mentioned(near) or _OF_TEXT.search(near) or f"({said.text}" in part)


def _dated_parts(zones: Zones) -> Iterator[str]:
    """The label, the sentence; the item where that says no more than whose it is."""
    yield zones.label[-60:] if len(zones.label) <= LABEL else ""
    yield zones.nearest
    if len(zones.nearest) <= LABEL and zones.nearest[-1:] not in set(".!?。"):
        yield zones.sentence
        yield zones.passage if len(zones.passage) < NEAR // 2 else ""
