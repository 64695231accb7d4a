"""The report as one page: the article with its findings in place, nothing loaded from anywhere.

All foreign text is escaped by jinja2's autoescape; signs that cannot be seen are named where they
stand. Style and script lie in the page and are the only ones its policy allows, by their hashes
(Content Security Policy Level 3), so nothing else can run even if something slipped through.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

from refcheck.model import Corrected, Document, DocumentReport, Evidence, Match, Report, Span
from refcheck.record import Name, PartialDate, Record, csl_variable
from refcheck.writers import foreign, view, wording, works
from refcheck.writers.form import ReportForm
from refcheck.writers.view import Item

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

STATES = {
    "open": "still open",
    "suggested": "to choose from",
    "not_asked": "not looked up",
    "resolved": "resolved",
}
"""What is left to do, in the page's words, worst first."""


LINES_COUNT = frozenset({"plain", "text"})
"""Formats in which the end of a line within a paragraph is meant."""


def write(report: Report) -> str:
    """Write the report as one self-contained HTML page."""
    style, script = _file("report.css"), _file("report.js")
    page = _template().render(
        report=report,
        style=style,
        script=script,
        policy="; ".join((
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )),
        states=STATES,
        totals=view.totals(report),
        parts=[_part(number, part) for number, part in enumerate(report.documents, 1)],
    )  # fmt: skip
    return foreign.well_formed(page) + "\n"


@cache
def _file(name: str) -> str:
    return (resources.files("refcheck.writers") / name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = shown
    environment.filters["link"] = works.web
    environment.filters["inline"] = Markup  # our own style and script, no foreign text
    return environment.from_string(_file("report.html"))


def shown(text: str) -> Markup:
    """Escape foreign text and name its signs that cannot be seen: U+202E."""
    from markupsafe import Markup, escape

    if not foreign.SIGNS.search(text):
        return escape(text)
    out = Markup()
    for piece, hidden in foreign.pieces(text):
        out += Markup('<span class="sign">{}</span>').format(piece) if hidden else escape(piece)
    return out


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as the page shows it; ``id`` is its anchor."""

    id: str
    number: int
    item: Item
    state: view.Standing
    status: str
    message: str
    advice: Sequence[str]
    step: tuple[str, str]
    candidates: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the article: its pieces, each with the card it belongs to, and the cards below."""

    kind: str
    level: int
    pieces: Sequence[tuple[str, Card | None]]
    cards: Sequence[Card]


def article(part: DocumentReport, number: int = 1) -> tuple[list[Card], list[Passage]]:
    """Return a document's findings in order of place, and its text in passages that show them."""
    found = sorted(view.items(part), key=_start)
    cards = [_card(f"f{number}-{nth}", nth, item) for nth, item in enumerate(found, 1)]
    return cards, list(_passages(part.document, cards))


def _part(number: int, part: DocumentReport) -> dict[str, Any]:
    cards, passages = article(part, number)
    order = {id(item): rank for rank, item in enumerate(view.worst_first(c.item for c in cards))}
    return {
        "name": part.document.name,
        "language": language(cards),
        "cards": sorted(cards, key=lambda card: order[id(card.item)]),
        "passages": passages,
        "flows": part.document.format not in LINES_COUNT,
        "notes": [
            (one, part.document.place(one.span.start)[0] if one.span else None)
            for one in view.diagnostics(part)
        ],
        "bibliography": part.bibliography,
    }


def _start(item: Item) -> Span:
    return item.finding.placeholder.span


def language(cards: Sequence[Card]) -> str:
    """Return the language in which the document is written, where a finding tells it."""
    for card in cards:
        told = card.item.finding.placeholder.clues.written_in
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", told):
            return told
    return ""


def _card(anchor: str, number: int, item: Item) -> Card:
    matches = (item.chosen, *item.others) if item.chosen else item.others
    message = wording.message(item)
    return Card(
        id=anchor,
        number=number,
        item=item,
        state=view.standing(item),
        status=wording.status(item),
        message=message[:1].upper() + message[1:],
        advice=wording.advice(item),
        step=wording.step(item),
        candidates=[_candidate(item, one) for one in matches],
    )


def _candidate(item: Item, match: Match) -> dict[str, Any]:
    record = match.candidate.record
    return {
        "match": match,
        "chosen": match is item.chosen,
        "title": works.title(record),
        "facts": [one for one in (works.names(record), works.date(record), works.within(record)) if one],
        "address": works.address(record),
        "against": wording.against(match),
        "command": "" if match is item.chosen else wording.command(item, match),
        "evidence": list(_evidence(item, match)),
        "fields": [(csl_variable(name), _value(record, name), _read_at(match, name)) for name in _fields(record)],
    }  # fmt: skip


def _evidence(item: Item, match: Match) -> Iterator[tuple[Evidence, str, int, bool]]:
    """Return each comparison with its word, its percentage and whether it is to be corrected."""
    outcome = item.finding.resolution
    wrong = outcome.differences if isinstance(outcome, Corrected) and match is item.chosen else ()
    fields = {one.field for one in match.evidence}
    for one in (*match.evidence, *(one for one in wrong if one.field not in fields)):
        word = wording.agreement_word(one.agreement, contradicts=one.contradicts)
        differs = any(one.field == other.field for other in wrong)
        yield one, word, round((one.agreement or 0) * 100), differs


def _fields(record: Record) -> Iterator[str]:
    yield "type"
    yield from (name for name in record.present() if name not in {"abstract", "citation_key"})


def _value(record: Record, name: str) -> str:
    value = getattr(record, name)
    if isinstance(value, PartialDate):
        return value.iso() or value.literal
    if isinstance(value, tuple):
        return "; ".join(_full(one) if isinstance(one, Name) else one for one in value if one)
    return str(value)


def _full(name: Name) -> str:
    particle = name.non_dropping_particle or name.dropping_particle
    family = f"{particle} {name.family}".strip()
    return ", ".join(filter(None, (family, name.given, name.suffix))) or name.literal


def _read_at(match: Match, field: str) -> list[tuple[str, str]]:
    """Name the sources at which a field was read, and the part of the reply where that differs."""
    out = []
    for one in match.candidate.provenance:
        for name, where in one.fields:
            if csl_variable(name) == csl_variable(field):
                out.append((one.source, where if where != name else ""))
    return out


def _passages(document: Document, cards: Sequence[Card]) -> Iterator[Passage]:
    """Cut the article into blocks; a card stands below the block in which its text ends."""
    waiting = list(cards)
    for kind, level, span in _spans(document):
        begun = partial(_begins_before, span.end)
        here = list(takewhile(begun, waiting))  # they are in order of place
        ended = [card for card in here if _start(card.item).end <= span.end]
        yield Passage(kind, level, _pieces(document, span, here), ended)
        if ended:
            done = {card.id for card in ended}
            waiting = [card for card in waiting if card.id not in done]
    if waiting:  # what stands in nothing that is shown
        yield Passage("other", 0, (), waiting)


def _begins_before(end: int, card: Card) -> bool:
    return _start(card.item).start < end


def _spans(document: Document) -> Iterator[tuple[str, int, Span]]:
    """Return the blocks in order, and the lines between them that are not empty."""
    at = 0
    for block in document.blocks:
        if block.span.start < at:
            continue
        yield from _lines(document, at, block.span.start)
        yield block.kind, block.level, block.span
        at = block.span.end
    yield from _lines(document, at, len(document.text))


def _lines(document: Document, start: int, end: int) -> Iterator[tuple[str, int, Span]]:
    for match in re.finditer(r"[^\r\n]*\S[^\r\n]*", document.text[start:end]):
        yield "other", 0, Span(start + match.start(), start + match.end())


def _pieces(
    document: Document, span: Span, cards: Sequence[Card]
) -> Sequence[tuple[str, Card | None]]:
    """Cut a block at the bounds of findings; where they overlap, the shorter one has the text."""
    end = span.start + len(document.slice(span).rstrip("\r\n"))
    if not cards:
        return ((document.text[span.start : end], None),)
    bounds = {span.start, end}
    for card in cards:
        mine = _start(card.item)
        bounds |= {min(max(mine.start, span.start), end), min(max(mine.end, span.start), end)}
    cuts = sorted(bounds)
    out = []
    for left, right in pairwise(cuts):
        over = [c for c in cards if _start(c.item).start <= left and right <= _start(c.item).end]
        shortest = min(over, key=lambda c: _start(c.item).end - _start(c.item).start, default=None)
        out.append((document.text[left:right], shortest))
    return out


REPORT = ReportForm(write=write, suffix=".html", title="one HTML page, for people", name="html")
