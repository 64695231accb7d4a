"""What stands for a value: `References: TBD`, `Link: ____`, a cell under "URL" that says "to come"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.verdict import About, Hit, Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.finders.words import Lexicon
from refcheck.model import Block, Certainty
from refcheck.text import fold, positions

LONGEST_LABEL = 90
_VALUE = re.compile(
    r"(?P<sign>[:：])(?:\*\*|__|</b>|</strong>)?[ \t]*[*_]*"
    r"(?P<value>[^\s|:：,，;；<>\[\](){}（）【】*_\"'`/=\\][^|:：,，;；<>\[\](){}（）【】\"'`/=\\\r\n]{0,60}?|_{4,40}|（略）)"
    r"[*_]*[ \t]*[.)。]?[ \t]*(?=\r?$|\||<)",
    re.MULTILINE,
)
_LABEL_MARKUP = re.compile(r"^[\W\d_]+|[*_`<>/]+|\b(?:b|strong)\b$")
_CITING = re.compile(r"(?<![^\W_])cit")
_SINGULAR = re.compile(r"\b(?:ref|reference|source)\b$")
_FOR_LINKS = re.compile(
    r"\b(?:guide|blog|see|post|tutorial|thesis|news|press|article|announcement)\b"
)
_MAYBE_PROMISE = re.compile(
    r"(?i)t\.?b\.?[acd]|todo|tk|to |will |soon|forth|pend|placeh|_{3}|[?？]{2}|xxx|[^\x00-\x7f]|follow|folg|fehl|volg|manca|falta|"
    r"por |da |em |a |do |en |in |under|work|eklenecek|menyusul|segera|bude|chybi|doplnit|brak|wkr|kommer|saknas|prog|link|n/?a yet|coming|later|nog|wird|werden|noch"
)


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield values that stand for a source that is still to be named."""
    yield from _after_labels(around)
    yield from _links_to(around)
    yield from _cells(around)


def _after_labels(around: Surroundings) -> Iterator[Hit]:
    text = around.document.text
    for match in _VALUE.finditer(text):
        value = match["value"]
        if not _MAYBE_PROMISE.match(value):
            continue
        start, end = match.span("value")
        if around.is_inert(start, end):
            continue
        low, _ = around.line(match.start())
        label = re.split(
            r"[:：|,，]", text[max(low, match.start() - LONGEST_LABEL) : match.start()]
        )[-1]
        label = fold(_LABEL_MARKUP.sub("", label)).strip()
        if not label or (len(label.split()) > 9 and "_" in value):
            continue
        lex = around.lexicon(start, end)
        topic = _topic(label[-48:], lex)
        if not topic and around.in_list(start) and not lex.other.search(label):
            topic = "list"
        verdict = judge(value, "value", lex, partial(_same, topic)) if topic else None
        if verdict is not None and verdict.kind != "other_placeholder":
            stripped = value.rstrip(" .…")
            # in a reference list the label is the topic, which may be long
            short = around.in_list(start) or len(re.split("[,，]", label)[-1].split()) <= 7
            certainty: Certainty = "likely" if short else "maybe"
            yield start, start + len(stripped or value), Verdict(verdict.kind, certainty)


_LINK_TO = re.compile(
    r"[ \t>]*+(?:[-*+•]|\d+[.)])?[ \t]*+(?P<s>(?:[Ll]ink|URL|Lien|Enlace) (?:to|vers|al?) (?:the |an? |our )?[^\W\d_][^\r\n\[\]()<>:]{4,80})"
)
_LINK_BEGINS = ("link to", "link vers", "link a", "url to", "url vers", "url a", "lien ", "enlace ")


def _links_to(around: Surroundings) -> Iterator[Hit]:
    """Yield lines that name a link and have none: "Link to Knuth's talk"."""
    text = around.document.text
    if around.document.format not in {"markdown", "plain", "html"}:
        return
    for at in positions(around.lower, _LINK_BEGINS):
        match = _LINK_TO.fullmatch(text, *around.line(at))
        if match is None or match.start("s") != at:
            continue
        start, end = match.span("s")
        lex, folded = around.lexicon(start, end), fold(match["s"])
        own = lex.own.search(folded) or lex.other.search(folded)
        named = re.search(r" [A-Z][\w'’]+ |['’]s\b", match["s"]) or lex.work.search(folded)
        if not around.is_inert(start, end) and named and not own and not around.in_link(start, end):
            yield start, end, Verdict("link_placeholder", "likely")


def _same(topic: About) -> About:
    return topic


def _topic(label: str, lex: Lexicon) -> About:
    """Tell what a label or a column's head asks for."""
    listed, cited = lex.list.search(label), lex.cite.search(label)
    if (lex.other.search(label) or lex.own.search(label)) and not (
        listed or cited or lex.work.search(label)
    ):
        return ""
    if listed and not _SINGULAR.search(label):
        return "list"
    if lex.link.search(label) or lex.work.search(label) or _FOR_LINKS.search(label):
        return "link"
    return "cite" if cited or (lex.act.search(label) and _CITING.search(label)) else ""


# --- tables -----------------------------------------------------------------------------------------


def _cells(around: Surroundings) -> Iterator[Hit]:
    """Yield cells that say "to come" in a column for links or sources."""
    text = around.document.text
    topics: list[About] = []
    last_end = -10
    for block in around.document.blocks:
        if block.kind != "table_row":
            continue
        cells = _split(text, block)
        if block.span.start > last_end + 2:  # a new table: its first row names the columns
            lex = around.lexicon(block.span.start, block.span.end)
            topics = [_topic(fold(text[a:b].strip(" *_")), lex) for a, b in cells]
        elif any(topics):
            for (a, b), topic in zip(cells, topics, strict=False):
                value = text[a:b].strip()
                if (
                    topic in {"link", "cite"}
                    and re.search(r"[^\s:-]", value)
                    and len(value) <= 40
                    and "[" not in value
                ):
                    start = text.index(value, a)
                    lex = around.lexicon(a, b)
                    verdict = judge(value, "value", lex, partial(_same, topic))
                    if (
                        verdict
                        and verdict.kind != "other_placeholder"
                        and not around.is_inert(start, b)
                    ):
                        yield start, start + len(value), Verdict(verdict.kind, "likely")
        last_end = block.span.end


def _split(text: str, block: Block) -> list[tuple[int, int]]:
    start, end = block.content.start, block.content.end
    row = text[start:end]
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", row)]
    if not bars:
        return []
    edges = ([] if row.lstrip().startswith("|") else [-1]) + bars
    if not row.rstrip().endswith("|"):
        edges.append(len(row))
    return [(start + a + 1, start + b) for a, b in pairwise(edges)]
