"""The report as one page: the article with its findings in place, nothing loaded from anywhere.

All foreign text is escaped by jinja2's autoescape; signs that cannot be seen are named where they
stand. Style and script lie in the page and are the only ones its policy allows, by their hashes
(Content Security Policy Level 3), so nothing else can run even if something slipped through.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from refcheck.model import DocumentReport, Evidence, Match, Report, Span
from refcheck.record import Name, PartialDate, Record, csl_variable
from refcheck.writers import difference, foreign, passages, steps, view, wording, works
from refcheck.writers.difference import Pieces
from refcheck.writers.form import ReportForm
from refcheck.writers.passages import Passage
from refcheck.writers.view import Item

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

STATES = {
    "open": "still open",
    "suggested": "to choose from",
    "not_asked": "not looked up",
    "resolved": "resolved or in order",
}
"""What is left to do, in the page's words, worst first."""


def write(report: Report) -> str:
    """Write the report as one self-contained HTML page."""
    style, script = _file("report.css"), _file("report.js")
    every = [item for part in report.documents for item in view.items(part)]
    parts = [_part(number, part) for number, part in enumerate(report.documents, 1)]
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
        parts=parts,
        listed=sorted(parts, key=_worst),
        next=steps.next_step(every),
        rules=sorted({(one.finding.placeholder.rule, one.finding.placeholder.name) for one in every}),
        asked=view.asked(report),
        unasked=view.unasked(report),
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
    environment.filters["capitalised"] = wording.capitalised
    environment.filters["link"] = works.web
    environment.filters["notice"] = works.notice
    environment.filters["withdrawn"] = wording.withdrawn
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
    where: str
    advice: Sequence[str]
    commands: Sequence[tuple[str, str]]
    differences: Sequence[tuple[Evidence, Pieces, Pieces]]
    candidates: Sequence[dict[str, Any]]


def article(part: DocumentReport, number: int = 1) -> tuple[list[Card], list[Passage[Card]]]:
    """Return a document's findings in order of place, and its text in passages that show them."""
    found = sorted(view.items(part), key=_start)
    cards = [_card(f"f{number}-{nth}", nth, item) for nth, item in enumerate(found, 1)]
    return cards, list(passages.passages(part.document, cards))


def _part(number: int, part: DocumentReport) -> dict[str, Any]:
    cards, text = article(part, number)
    order = {id(item): rank for rank, item in enumerate(view.worst_first(c.item for c in cards))}
    ranked = sorted(cards, key=lambda card: order[id(card.item)])
    return {
        "name": part.document.name,
        "language": passages.language([card.item for card in cards]),
        "cards": cards,
        "groups": [
            (state, here)
            for state in STATES
            if (here := [one for one in ranked if one.state == state])
        ],
        "passages": text,
        "flows": passages.flows(part.document),
        "notes": [
            (one, part.document.place(one.span.start)[0] if one.span else None)
            for one in view.diagnostics(part)
        ],
        "bibliography": part.bibliography,
    }


def _worst(part: dict[str, Any]) -> list[int]:
    """Order documents by how much they leave to do, most first."""
    counts = {state: len(cards) for state, cards in part["groups"]}
    return [-counts.get(state, 0) for state in STATES]


def _start(item: Item) -> Span:
    return item.finding.placeholder.span


def _card(anchor: str, number: int, item: Item) -> Card:
    matches = (item.chosen, *item.others) if item.chosen else item.others
    return Card(
        id=anchor,
        number=number,
        item=item,
        state=view.standing(item),
        status=wording.status(item),
        message=wording.capitalised(wording.message(item)),
        where=view.where(item),
        advice=steps.advice(item, general=not steps.commands(item)),
        commands=steps.commands(item),
        differences=list(_differences(item)),
        candidates=[_candidate(item, one) for one in matches],
    )


def _candidate(item: Item, match: Match) -> dict[str, Any]:
    record = match.candidate.record
    return {
        "match": match,
        "chosen": match is item.chosen,
        "title": works.title(record),
        "facts": works.facts(record),
        "address": works.address(record),
        "against": wording.against(match),
        "command": "" if match is item.chosen else steps.command(item, match),
        "evidence": [
            (one, wording.agreement_word(one.agreement, contradicts=one.contradicts), round((one.agreement or 0) * 100))
            for one in match.evidence
        ],
        "fields": [(csl_variable(name), _value(record, name), _read_at(match, name)) for name in _fields(record)],
    }  # fmt: skip


def _differences(item: Item) -> Iterator[tuple[Evidence, Pieces, Pieces]]:
    """Return what a written reference says otherwise than the source, both sides in pieces."""
    for one in view.unlike(item):
        yield one, *difference.sides(one.given, one.found)


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


REPORT = ReportForm(write=write, suffix=".html", title="one HTML page, for people", name="html")
