"""Who, what and when of a missing page: what the text round a link's gap says of it.

The nearer the words, the more they count: the gap's own, its label, its sentence, its paragraph, the
heading, and how the article is called and begins.
"""

from __future__ import annotations

import re

from refcheck import outlets
from refcheck.finders import subject
from refcheck.finders.gaps.collect import Gap
from refcheck.finders.language import language_of
from refcheck.finders.page.label import label_of
from refcheck.finders.page.titled import title
from refcheck.finders.page.when import when, written_on
from refcheck.finders.page.whose import KINDS, NEWSPAPERS, publisher
from refcheck.finders.page.zones import Zones, zones
from refcheck.finders.surroundings import Surroundings
from refcheck.model import Clues

_NEWS = ("article-newspaper", "webpage")
_ASKS_FOR_PAGE = re.compile(
    r"(?i)\b(?:source|link|url|quelle|beleg|fuente|fonte|lien|bron|k[aä]lla|źr[oó]d\w*|источник|ссылк\w*|kaynak|zdroj)\b|来源|來源|出处|出處|链接|連結|原文|出典|رابط|المصدر|مصدر"
)


def means_page(zones_: Zones, kind: str, whose: str, *, scholarly: bool) -> bool:
    """Tell whether a page of somebody's is meant, not a work of scholarship.

    So it is for links; for a citation where the sentence names an outlet, or the gap asks for a
    "source" and gives neither names nor a year, in a text that is not ``scholarly`` (it has
    citations of works).
    """
    if kind in {"link_placeholder", "dummy_url"}:
        return True
    if kind != "citation_marker" or re.search(r"\d{4}|et al", zones_.own):
        return False
    outlet = outlets.find(whose)
    named = outlet is not None and not outlet.is_institution
    if named or (whose and NEWSPAPERS.search(whose)):
        return True
    asks = not scholarly and _ASKS_FOR_PAGE.search(zones_.own)
    return bool(asks) and not _SCHOLARLY.search(f"{zones_.sentence} {zones_.own}")


_SCHOLARLY = re.compile(
    r"(?i)\b(?:stud(?:y|ies|ien?)|papers?|theorem|journal|researchers?|et al|p ?[<=] ?0?\.\d|experiments?|étude|estudios?|literatur\w*|lemma|algorithm)\b|论文|研究表明|文献"
)


def clues(around: Surroundings, gap: Gap) -> Clues | None:
    """Return what can be told of the page that belongs in a gap; None where no page is meant."""
    near = zones(around, gap)
    text = around.document.text
    low, high = around.passage(gap.span.start, gap.span.end)
    whose = publisher(near, text[low:high], gap.span.start - low)
    scholarly = around.document.format == "latex" or "[@" in text
    if not means_page(near, gap.kind, whose, scholarly=scholarly):
        return None
    outlet = outlets.find(whose)
    titled = title(around, gap, whose)
    said = when(near, written_on(around))
    day = ""
    if said is not None:
        same_month = (said.first.year, said.first.month) == (said.last.year, said.last.month)
        day = (
            said.first.isoformat()
            if said.exact
            else said.first.isoformat()[:7]
            if same_month
            else ""
        )
    kinds = next((types for pattern, types in KINDS if re.search(pattern, f"{near.own} {near.label[-60:]}".lower())), ())  # fmt: skip
    topic = subject.topic_of_event(
        near.own, near.sentence, near.passage, whose, near.heading, near.title
    )
    context = (near.sentence, near.passage, near.heading, near.title, near.lead)
    return Clues(
        publisher=whose,
        topic=topic,
        title=titled,
        date=day,
        since=said.first.isoformat() if said else "",
        until=said.last.isoformat() if said else "",
        language=outlet.language if outlet else language_of(titled) if titled else "",
        written_in=around.language or "en",
        types=kinds or _NEWS,
        context=tuple(dict.fromkeys(part for part in context if part)),
        label=label_of(text, gap.span.start, gap.span.end),
    )
