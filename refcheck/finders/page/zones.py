"""The words round a link's gap, by nearness: its own, its label, its sentence, its paragraph, its heading.

A sentence that says nothing by itself brings the one before it; a gap in a note, that of the note's mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from refcheck import days, outlets
from refcheck.finders import subject
from refcheck.finders.gaps.collect import Gap, spans_within
from refcheck.finders.surroundings import Surroundings, is_list_heading
from refcheck.model import Span
from refcheck.text import is_cjk

LABEL = 40
"""Signs up to which a passage is a label of a source, not a statement."""
LEAST_SIGNS = 8
"""Letters and figures that make a sentence of its own beside a gap."""
NEAR = 600
"""How far before a gap, in code points, sentences are taken to belong to it."""
_NOTE = re.compile(r"[(\[（]\s*(?:[Nn]ote|NB|注)[:：][^()\[\]（）]*[)\]）]")
END = re.compile(
    r"(?<=[.!?])[\"'”’»)\]]*\s+(?=[^\Wa-z]|[\"“«„(\[¿¡])|(?<=[。！？；])|\n[ \t]*\r?\n|\n(?=[ \t]*(?:[-*+•>|]|\d+[.)]|#+|<(?:p|li|h\d|td|tr)\b)[ \t]?)"
)
LINKED = re.compile(r"\[([^\[\]]*)\]\((?:<[^<>]*>|[^()\s]+(?:\([^()]*\))?[^()]*)\)|<a\b[^<>]*href=[\"'][^\"'#][^\"']*[\"'][^<>]*>(.*?)</a>|\\href\{[^{}]+\}\{([^{}]*)\}|https?://\S+|\\url\{[^{}]+\}", re.DOTALL | re.IGNORECASE)  # fmt: skip
_MARKS = re.compile(
    r"<[^<>]{1,200}>|\\[A-Za-z]+\*?|[*_`{}]|^[ \t]*+(?:[-*+•>]|\d+[.)]|#+)[ \t]+|^\[\^[^\]]+\]:[ \t]*",
    re.MULTILINE,
)
_NOTE_MARK = re.compile(r"^[ \t]{0,3}(?:\[\^(?P<md>[^\]\s]+)\]:|\[(?P<sq>\d{1,3})\][:.]?\s|\((?P<rd>\d{1,3})\)\s|(?P<nr>\d{1,3})[.)]\s|(?P<up>[¹²³⁴⁵⁶⁷⁸⁹])\s?)")  # fmt: skip
KINDS_OF_TEXT = r"(?:news\s+)?(?:articles?|reports?|stor(?:y|ies)|posts?|blog(?:\s?posts?)?|pieces?|papers?|pages?|coverage|interviews?|announcements?|press releases?|news|links?|文章|报道|報道|報導|新闻|新聞|記事)"


@dataclass(frozen=True, slots=True)
class Zones:
    """The passages round a gap, nearest first, each in one line: each may be empty."""

    own: str
    label: str
    nearest: str
    sentence: str
    passage: str
    heading: str
    title: str
    lead: str


def zones(around: Surroundings, gap: Gap) -> Zones:
    """Return the passages round a gap, without the gap itself and its instruction."""
    document, text = around.document, around.document.text
    start, end = gap.span.start, gap.span.end
    low, high = around.passage(start, end)
    passage = without(text, low, high, gap)
    others = [one for one in spans_within(document, low, high) if not one.overlaps(gap.span)]
    nearest, sentence = _sentences(text, low, high, gap, others)
    heading = document.heading_of(start)
    if anchored := _anchor(around, gap):
        sentence = f"{sentence} {anchored}".strip()
        nearest = f"{nearest} {anchored}".strip()
        passage = f"{passage} {anchored}".strip()
    article = subject.about_article(around)
    return Zones(
        own=re.sub(r"[\[\](){}<>*_\\（）【】]|<!--|-->|%", " ", text[start:end]).strip(),
        label=re.sub(r"[*_`\[\]]", "", text[max(low, start - 120) : start]).strip(),
        nearest=nearest,
        sentence=sentence,
        passage=passage,
        heading="" if is_list_heading(heading) else " ".join(heading.split()),
        title=article.title,
        lead=article.lead,
    )


def without(text: str, low: int, high: int, gap: Gap) -> str:
    """Return a passage without the gap and the instruction that goes with it, in one line."""
    start, end = gap.span.start, gap.span.end
    if gap.extent is not None and gap.extent.start >= start:
        end = max(end, gap.extent.end)
    label = _label_of_link(text[start:end])
    return plain(f"{text[low:start]} {label} {text[end : max(high, end)]}")


def _label_of_link(gap: str) -> str:
    """Return the words of a link that lacks its address: they are the author's."""
    for pattern in (
        r"\[([^\[\]]*)\]\(",
        r"(?is)<a\b[^<>]*>(.*?)</a",
        r"\\href\{[^{}]*\}\{([^{}]*)\}",
    ):
        if match := re.match(pattern, gap):
            return match[1]
    return ""


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Return a passage in one line without marks of its format and without addresses."""
    text = _NOTE.sub(" ", text)
    text = LINKED.sub(lambda m: next((g for g in m.groups() if g), " "), text)
    text = _MARKS.sub(" ", text)
    return re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(text.split())).strip(" -–—:")


def _sentences(text: str, low: int, high: int, gap: Gap, others: Sequence[Span]) -> tuple[str, str]:
    """Return the sentence of a gap, and the same with those before it until it says what happened.

    Where nothing but the gap stands in a sentence, it belongs to the one before. A sentence with a
    gap or a link of its own has its own source, and is not drawn in.
    """
    start, end = gap.span.start, gap.span.end
    cuts = [low, *(m.end() for m in END.finditer(text, low, start) if m.end() <= start)]
    after = next((m.start() for m in END.finditer(text, end, high)), high)
    nearest = sentence = ""
    last = start
    for first in reversed(cuts):
        own_source = LINKED.search(text, first, last) or any(
            first <= o.start < last for o in others
        )
        if nearest and (start - first > NEAR or own_source):
            break
        last = first
        sentence = without(text, first, after, gap)
        if not nearest and len(re.findall(r"\w", sentence)) >= LEAST_SIGNS:
            nearest = sentence
        if is_telling(sentence):
            break
    return nearest or sentence, sentence


@lru_cache(maxsize=256)
def is_telling(sentence: str) -> bool:
    """Tell whether a sentence says what happened: some words, and a name or a figure beside its outlet."""
    bare = sentence
    for start, end, _ in reversed(outlets.mentioned(sentence)):
        bare = f"{bare[:start]} {bare[end:]}"
    if is_cjk(bare):
        return len(re.findall(r"\w", bare)) >= 14
    named = re.findall(r"(?<=[^\W_,;] )[^\W\d_a-zà-ÿа-я]\w+|\d+", bare)
    for said in days.read(bare):
        bare = re.sub(re.escape(said.text), " ", bare, flags=re.IGNORECASE)
    return len(re.findall(r"[^\W\d_]{3,}", bare)) >= 7 and len(named) >= 2


def _anchor(around: Surroundings, gap: Gap) -> str:
    """Return the sentence in which the mark of a note stands whose text holds the gap."""
    text = around.document.text
    line, _ = around.line(gap.span.start)
    match = _NOTE_MARK.match(text[line : line + 12])
    if match is None or line > gap.span.start:
        return ""
    name = next(group for group in match.groups() if group)
    if match["md"]:
        mark = re.compile(rf"\[\^{re.escape(name)}\](?!:)")
    elif match["up"]:
        mark = re.compile(re.escape(name))
    else:
        mark = re.compile(
            rf"\[{name}\]|<sup>\(?{name}\)?</sup>|(?<=\w)\({name}\)|\[\^{name}\](?!:)"
        )
    found = mark.search(text, 0, line)
    if found is None:
        return ""
    first, last = around.sentence(found.start(), found.end())
    return plain(f"{text[first : found.start()]} {text[found.end() : last]}")
