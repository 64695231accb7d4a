"""How the page is told of a candidate, and what a person may type into its fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from refcheck.model import Candidate, Match, Provenance
from refcheck.record import Record, to_csl
from refcheck.writers import difference, foreign, view, wording, works
from refcheck.writers.view import Item

EDITABLE = ("title", "author", "issued", "container-title", "publisher", "volume", "issue", "page")
"""CSL variables that a person may set by hand; where they were read is then "you"."""


AROUND = 160
"""Signs of the passage before and after a finding that are shown beside its candidates."""


def excerpt(item: Item) -> dict[str, str]:
    """Return what was found, and what stands before and after it in its line."""
    before, after = view.around(item, AROUND)
    return {
        "before": _flat(before), "text": foreign.line(item.text, 400), "after": _flat(after),
    }  # fmt: skip


def _flat(text: str) -> str:
    return foreign.SIGNS.sub("", text.replace("\t", " "))


def differences(item: Item) -> list[dict[str, Any]]:
    """Return what a written reference says otherwise than its source, both sides in pieces."""
    out = []
    for one in view.unlike(item):
        given, found = difference.sides(foreign.line(one.given), foreign.line(one.found))
        field = foreign.line(one.field.replace("_", " "))
        out.append({"field": field, "given": given, "found": found})
    return out


def candidate(number: int, match: Match) -> dict[str, Any]:
    """Return a candidate as the page shows it."""
    record = match.candidate.record
    item = to_csl(record)
    return {
        "number": number,
        "title": works.title(record),
        "facts": [*works.facts(record), record.type],
        "address": works.address(record),
        "score": round(match.score, 2),
        "against": wording.against(match),
        "withdrawn": wording.withdrawn(record.retraction) if record.retraction else "",
        "notice": works.notice(record.retraction) if record.retraction else "",
        "evidence": [
            {
                "field": one.field.replace("_", " "),
                "given": foreign.line(one.given),
                "found": foreign.line(one.found),
                "word": wording.agreement_word(one.agreement, contradicts=one.contradicts),
                "contradicts": one.contradicts,
                "note": foreign.line(one.note),
            }
            for one in match.evidence
        ],
        "read": [
            {
                "source": foreign.line(one.source),
                "url": works.web(one.url),
                "id": foreign.line(one.id),
                "when": one.retrieved.strftime("%Y-%m-%d %H:%M"),
            }
            for one in match.candidate.provenance
        ],
        "fields": {key: shown(item.get(key)) for key in EDITABLE},
    }  # fmt: skip


def by_person(old: Candidate, record: Record, when: datetime) -> Candidate:
    """Say of the fields that differ that they were read from the person."""
    changed = [
        name
        for name in record.present()
        if getattr(record, name) != getattr(old.record, name)
    ]  # fmt: skip
    kept = tuple(
        replace(one, fields=tuple((key, part) for key, part in one.fields if key not in changed))
        for one in old.provenance
    )
    mine = Provenance("you", "", "", when, tuple((name, "typed in") for name in changed))
    return replace(old, record=record, provenance=(*kept, mine) if changed else old.provenance)


def shown(value: Any) -> str:
    """Write a CSL value as a person types it: names as ``Family, Given; …``, dates as ISO."""
    if isinstance(value, list):
        return "; ".join(
            ", ".join(filter(None, (one.get("family"), one.get("given")))) or one.get("literal", "")
            for one in value
        )
    if isinstance(value, dict):
        parts = (value.get("date-parts") or [[]])[0]
        iso = "-".join(f"{part:02d}" if n else f"{part:04d}" for n, part in enumerate(parts))
        return iso or str(value.get("literal", ""))
    return str(value or "")


def read(key: str, text: str) -> Any:
    """Read what a person typed into a CSL value."""
    if key == "author":
        names = [one.strip() for one in text.split(";") if one.strip()]
        return [
            dict(
                zip(("family", "given"), (part.strip() for part in one.split(",", 1)), strict=True)
            )
            if "," in one
            else {"literal": one}
            for one in names
        ]
    return {"raw": text} if key == "issued" and text else text
