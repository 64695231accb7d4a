"""Measure what is found in labelled passages, by halves, kinds, languages, with 95 % intervals.

    python tools/measure_finding.py FOLDER/placeholders/dev.jsonl [--half 0|1] [--misses N]

Each line of the file: ``id``, ``source_file_id``, ``format``, ``language``, ``text``, ``spans``
(``start``, ``end``, ``kind``). Halves go by the lowest bit of the SHA-1 of ``source_file_id``: rules are
written on half 0, half 1 is for measuring alone. A finding and a label agree when they share half of
what either covers (overlap), or begin and end alike but for signs at their ends (exact). Intervals are
from 1,000 draws of passages, with replacement; those of a share are Wilson's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from refcheck import pipeline, plugins
from refcheck.settings import Settings

EDGES = " \t\r\n.,;:*_\"'“”„‘’。，；："
DRAWS = 1000
SUFFIXES = {"docx-text": "plain", "text": "plain", "jupyter": "plain"}


@dataclass
class Counts:
    """What was labelled, found, found exactly and reported in one passage."""

    labels: int = 0
    found: int = 0
    exact: int = 0
    reported: int = 0
    by_kind: Counter = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.file.read_text(encoding="utf-8").splitlines()]
    for half in (0, 1) if args.half is None else (args.half,):
        part = [row for row in rows if half_of(row) == half]
        counted = [(row, count(row)) for row in part]
        report(half, counted)
        shown = [f"{row['id']} {what}" for row, c in counted for what in (*c.missed, *c.alarms)]
        print(*shown[: args.misses], sep="\n")


def half_of(row: dict) -> int:
    """Return the half that a passage belongs to."""
    return hashlib.sha1(str(row["source_file_id"]).encode(), usedforsecurity=False).digest()[-1] & 1


def count(row: dict) -> Counts:
    """Compare what is found in a passage with its labels; each counts once."""
    form = SUFFIXES.get(row["format"], row["format"])
    form = form if form in plugins.formats() else "plain"
    document = plugins.formats()[form].read({"x": row["text"].encode()}, "x")
    found = [
        one
        for one in pipeline.find(document, Settings())
        if one.kind not in {"reference", "consistency"}
    ]
    labels = [label for label in row["spans"] if label["kind"] != "other_placeholder"]
    neutral = [label for label in row["spans"] if label["kind"] == "other_placeholder"]
    out = Counts(labels=len(labels))
    used: set[int] = set()
    left = []
    for label in labels:
        hit = next((n for n, one in enumerate(found) if n not in used and bare(row, one.span.start, one.span.end) == bare(row, label["start"], label["end"])), None)  # fmt: skip
        if hit is None:
            left.append(label)
            continue
        used.add(hit)
        out.exact += 1
        out.found += 1
        out.by_kind[label["kind"], "found"] += 1
    for label in left:
        hit = next((n for n, one in enumerate(found) if n not in used and overlaps(one, label)), None)  # fmt: skip
        if hit is None:
            out.missed.append(f"MISSED {label['kind']} {label['text']!r}")
            continue
        used.add(hit)
        out.found += 1
        out.by_kind[label["kind"], "found"] += 1
    for label in labels:
        out.by_kind[label["kind"], "labels"] += 1
    for number, one in enumerate(found):
        free = number not in used and not any(shared(one, label) for label in neutral)
        if free:
            out.by_kind[one.kind, "alarms"] += 1
            out.alarms.append(f"FALSE {one.kind} {document.slice(one.span)!r}")
        out.reported += free or number in used
    return out


def bare(row: dict, start: int, end: int) -> tuple[int, int]:
    while start < end and row["text"][start] in EDGES:
        start += 1
    while end > start and row["text"][end - 1] in EDGES:
        end -= 1
    return start, end


def shared(one, label: dict) -> int:
    return max(0, min(one.span.end, label["end"]) - max(one.span.start, label["start"]))


def overlaps(one, label: dict) -> bool:
    both = shared(one, label)
    return both * 2 >= (one.span.end - one.span.start) + (label["end"] - label["start"]) - both


def report(half: int, counted: list[tuple[dict, Counts]]) -> None:
    """Print the figures of a half."""
    counts = [c for _, c in counted]
    draws = [random.Random(n).choices(counts, k=len(counts)) for n in range(DRAWS)]
    print(f"half {half}: {len(counts)} passages, {sum(c.labels for c in counts)} labels")
    for name in ("found", "exact"):
        spread = sorted(f1(draw, name) for draw in draws)
        print(f"  F1 {name:<6} {f1(counts, name):.3f}  [{spread[25]:.3f}, {spread[-26]:.3f}]")
    empty = [c for row, c in counted if not row["spans"]]
    flagged = sum(bool(c.alarms) for c in empty)
    print(f"  negatives flagged {flagged}/{len(empty)}  {interval(flagged, len(empty))}")
    kinds, languages = defaultdict(Counter), defaultdict(Counter)
    for row, c in counted:
        for (kind, what), number in c.by_kind.items():
            kinds[kind][what] += number
            languages[row["language"]][what] += number
    for title, table in (("kind", kinds), ("language", languages)):
        for name, n in sorted(table.items()):
            share = interval(n["found"], n["labels"])
            print(f"  {title} {name:<25} found {n['found']:>3}/{n['labels']:<3} {share}  alarms {n['alarms']}")  # fmt: skip


def f1(counts: list[Counts], name: str) -> float:
    total = sum(c.labels + c.reported for c in counts)
    return 2 * sum(getattr(c, name) for c in counts) / total if total else 0.0


def interval(hits: int, total: int) -> str:
    """Return Wilson's 95 % interval of a share."""
    if not total:
        return "[-, -]"
    z, p = 1.96, hits / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    width = z * (p * (1 - p) / total + z * z / (4 * total * total)) ** 0.5 / (1 + z * z / total)
    return f"[{max(0, middle - width):.2f}, {min(1, middle + width):.2f}]"


if __name__ == "__main__":
    main()
