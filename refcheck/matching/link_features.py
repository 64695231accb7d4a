"""A gap's clues and a page compared: the numbers from which the model makes a probability."""

from __future__ import annotations

from collections.abc import Sequence

from refcheck import facts
from refcheck.matching.facets import WEIGHTS
from refcheck.matching.gist import Gist, Wording
from refcheck.model import Clues, Evidence
from refcheck.text import is_cjk

NAMES = (
    "publisher", "no_publisher", "date", "date_exact", "date_unknown", "explained", "told", "covered", "facts_agree",
    "facts_missing", "strangers", "names_missing", "figures_extra", "title", "titled", "cjk_explained", "across_explained",
    "kind_missing", "place", "author",
)  # fmt: skip
"""The features in order, each 0.0 to 1.0."""

RISING = (1, 0, 1, 1, 0, 1, 1, 1, 1, -1, -1, -1, -1, 1, 0, 1, 1, -1, 1, 1)
"""Which way the probability may move as the feature grows; 0: either."""

MUCH = 5.0
"""Weight of a title's words, as telling as a rare one, from which on more adds nothing."""


def features(
    clues: Clues, known: Gist, said: Wording, evidence: Sequence[Evidence], title: str
) -> tuple[float, ...]:
    """Return the features of one comparison, in the order of `NAMES`."""
    by_field: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_field.setdefault(one.field, []).append(one)
    stated = [
        e for kind in ("model", "number", "ordinal", "period") for e in by_field.get(kind, ())
    ]
    agree = sum(WEIGHTS[e.field] * e.agreement for e in stated if e.agreement)
    missing = sum(1 for e in stated if e.agreement == 0.0)
    issued = by_field.get("issued", [])
    dated = max((e.agreement or 0.0 for e in issued), default=0.0)
    whose = next((e.agreement for e in by_field.get("publisher", ())), None)
    titled = next((e.agreement for e in by_field.get("title", ())), None)
    numerals = [n for n in facts.numerals(title) if any(c.isdigit() for c in n) and len(n) > 1]
    extra = sum(1 for n in numerals if n not in known.text)
    across = is_cjk(title) and not known.cjk
    return (
        whose or 0.0,
        float(not clues.publisher),
        dated,
        float(bool(clues.since) and clues.since == clues.until and dated >= 0.8),
        float(any(e.agreement is None for e in issued)),
        said.explained,
        min(1.0, said.told / MUCH),
        said.covered,
        min(1.0, agree / 6.0),
        min(1.0, missing / 3.0),
        min(1.0, len(said.strangers) / 2.0),
        said.missing,
        min(1.0, extra / 2.0),
        max(0.0, (titled or 0.0) - 0.5) * 2,
        float(titled is not None),
        said.explained if known.cjk else 0.0,
        said.explained if across else 0.0,
        float(any(e.agreement == 0.0 for e in by_field.get("kind", ()))),
        max((e.agreement or 0.0 for e in by_field.get("place", ())), default=0.0),
        max((e.agreement or 0.0 for e in by_field.get("author", ())), default=0.0),
    )
