"""Measure matching on labelled sets beside two plain baselines, and print one table.

    python tools/measure_matching.py DATA CATALOG [--limit 2000] [--misses FILE]

DATA holds the sets (refmatch-*, hallu-citetracer, refs-jose, pairs-dblp), CATALOG a catalogue of the
records that they are matched against. P: of the records given as resolved, the share that is the right
work; R: of the references whose work is in the catalogue, the share that was given it. The baselines
ask the same catalogue with all words: *first hit* takes the first answer whatever it is, *title ratio*
takes it where its title and what stands in the reference agree to .95 (rapidfuzz).
"""

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from rapidfuzz import fuzz

from refcheck.catalog.match import Matcher
from refcheck.catalog.search import DEPTHS, Searcher
from refcheck.catalog.store import Reader
from refcheck.catalog.words import Question
from refcheck.matching import similar
from refcheck.matching.given import Given, given_of
from refcheck.record import from_csl
from refcheck.text import tokens

STYLES = frozenset(
    "apa american-chemical-society ieee harvard3 modern-language-association elsevier-without-titles "
    "chicago-author-date nature".split()
)


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def sample(items, limit):
    """Return the same share of a set every time, whatever its order."""
    if not limit:
        return items
    return sorted(items, key=lambda item: hashlib.sha256(item[0].encode()).hexdigest())[:limit]


def fields(ref):
    """Turn the field names of citing sides into CSL, values untouched."""
    out = {}
    for given, csl in (
        ("title", "title"), ("article-title", "title"), ("article_title", "title"), ("volume-title", "container-title"),
        ("volume_title", "container-title"), ("journal-title", "container-title"), ("journal_title", "container-title"),
        ("venue", "container-title"), ("volume", "volume"), ("issue", "issue"), ("pages", "page"), ("first-page", "page"),
        ("publisher", "publisher"), ("location", "publisher-place"), ("arxiv_id", "number"), ("DOI", "DOI"), ("doi", "DOI"), ("url", "URL"),
    ):  # fmt: skip
        if ref.get(given):
            out[csl] = str(ref[given])
    authors = ref.get("authors") or ([ref["author"]] if ref.get("author") else [])
    if authors:
        out["author"] = [{"literal": name} for name in authors]
    year = str(ref.get("year") or "")[:4]
    if year.isdigit():
        out["issued"] = {"date-parts": [[int(year)]]}
    return from_csl(out)


def strings(data):
    """Yield (set, style, id, what is given, right DOIs)."""
    for name in ("strings", "absent"):
        for row in rows(data / "refmatch-crossref-styles" / f"{name}.jsonl.gz"):
            for style, text in row["strings"].items():
                if style in STYLES:
                    key = f"{row['id']}|{style}"
                    right = {row["doi"].lower()} if name == "strings" else set()
                    yield ("styles" if right else "absent"), style, key, text, right
    for row in rows(data / "refmatch-pmc" / "refs.jsonl.gz"):
        yield "pmc", "", row["id"], row["ref_string"], {row["doi"].lower()}
    real = data / "refmatch-crossref-real"
    for name in ("unstructured", "unstructured-tuning-1k", "structured-eval", "structured-tuning"):
        for row in rows(real / f"{name}.jsonl.gz"):
            right = {one.lower() for one in (row["gt_doi"], *row.get("gt_aliases", ())) if one}
            given = row.get("ref_string") or fields(row["reference"])
            kind = "real text" if isinstance(given, str) else "real fields"
            yield kind + ("" if right else ", no target"), "", f"{name}:{row['id']}", given, right
    for row in rows(data / "refs-jose" / "citations.jsonl.gz"):
        yield (
            "jose",
            "",
            row["id"],
            row["ref_string"],
            {row["gt_doi"].lower()} if row["gt_doi"] else set(),
        )


class Baselines:
    """The two plain ways, on the same catalogue."""

    def __init__(self, searcher):
        self.searcher = searcher

    def answers(self, given):
        """Return the DOI, or id, that each of the two gives, None where it gives none."""
        text = given if isinstance(given, str) else given_of(given).raw
        question = Question(Given(text))
        hits = self.searcher.find_at(question, len(DEPTHS) - 1, 1)
        if not hits:
            return None, None
        item = hits[0].item
        doi = item.get("DOI") or item.get("id") or "?"
        title, own = " ".join(tokens(item.get("title", ""))), " ".join(tokens(text))
        alike = fuzz.partial_ratio(title, own) if len(title) <= len(own) else 0
        return doi, doi if title and alike >= 95 else None


def matched(matcher, given):
    answer = matcher.text(given) if isinstance(given, str) else matcher.record(given)
    if answer["status"] != "resolved":
        return None, answer
    return (answer["record"].get("DOI") or answer["record_id"] or "?").lower(), answer


def measure(data, catalog, limit, misses):
    reader = Reader(catalog)
    searcher = Searcher(reader)
    matcher, plain = Matcher([searcher]), Baselines(searcher)
    by_set = defaultdict(list)
    for name, style, key, given, right in strings(data):
        by_set[name].append((key, style, given, right))
    print(
        f"{'set':22}{'refs':>6}{'in cat.':>8} |{'P':>8}{'R':>8}{'F1':>8}{'accepted':>9}{'wrong':>6} | first hit P, R | title ratio P, R | median, p95 ms"
    )
    for name, items in by_set.items():
        chosen = sample(items, limit)
        counts, times, styles = defaultdict(Counter), [], defaultdict(Counter)
        there = 0
        for key, style, given, right in chosen:
            started = time.perf_counter()
            said, answer = matched(matcher, given)
            times.append(time.perf_counter() - started)
            present = bool(right) and bool(reader.known([f"doi:{one}" for one in right]))
            there += present
            first, ratio = plain.answers(given)
            for system, doi in (("refcheck", said), ("first", first), ("ratio", ratio)):
                counts[system]["accepted"] += doi is not None
                counts[system]["right"] += doi in right
            styles[style].update(there=present, accepted=said is not None, right=said in right)
            if misses and ((present and said not in right) or (said and not present)):
                misses.write(
                    json.dumps(
                        {
                            "set": name,
                            "id": key,
                            "want": sorted(right),
                            "given": given if isinstance(given, str) else repr(given),
                            "answer": answer,
                        },
                        ensure_ascii=False,
                    )
                    + "\n"
                )
        times.sort()
        told = [figures(counts[system], there) for system in ("refcheck", "first", "ratio")]
        own = counts["refcheck"]
        print(
            f"{name:22}{len(chosen):6}{there:8} |{told[0][0]:8.4f}{told[0][1]:8.4f}{told[0][2]:8.4f}{own['accepted']:9}{own['accepted'] - own['right']:6}"
            f" | {told[1][0]:.3f}, {told[1][1]:.3f} | {told[2][0]:.3f}, {told[2][1]:.3f} | {times[len(times) // 2] * 1e3:.2f}, {times[int(len(times) * 0.95)] * 1e3:.2f}"
        )
        if len(styles) > 1:
            for style, one in sorted(styles.items()):
                p, r, f = figures(one, one["there"])
                print(
                    f"  {style:34} |{p:8.4f}{r:8.4f}{f:8.4f}{one['accepted']:9}{one['accepted'] - one['right']:6}"
                )
    citetracer(data, matcher, misses)
    pairs(data)


def figures(counts, there):
    p = counts["right"] / counts["accepted"] if counts["accepted"] else 0.0
    r = counts["right"] / there if there else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def citetracer(data, matcher, misses):
    """Print how many references with known errors got the answer that their label means."""
    confusion, wrong, real, right, total = defaultdict(Counter), 0, 0, 0, 0
    for row in rows(data / "hallu-citetracer" / "synthetic.jsonl.gz"):
        said, answer = matched(matcher, fields(row["reference"]))
        differences = answer["differences"]
        if said is None:
            verdict = "HALLUCINATED"
        elif not differences:
            verdict = "REAL"
        else:
            verdict = (
                "HALLUCINATED"
                if any(one["contradicts"] for one in differences)
                else "POTENTIAL_HALLUCINATED"
            )
        confusion[row["subtype"]][verdict] += 1
        total += 1
        right += verdict == row["label"]
        if row["label"] == "REAL":
            real += 1
            wrong += verdict == "HALLUCINATED" and said is not None
        if misses and verdict != row["label"]:
            misses.write(
                json.dumps(
                    {
                        "set": "citetracer",
                        "id": row["id"],
                        "label": row["label"],
                        "verdict": verdict,
                        "given": row["reference"],
                        "seed": row["seed"],
                        "answer": answer,
                    },
                    ensure_ascii=False,
                )
                + "\n"
            )
    print(
        f"\ncitetracer synthetic: {total} references, accuracy {right / total:.4f}; of {real} real ones called wrong {wrong}".replace(
            "citeracer", "citetracer"
        )
    )
    for subtype, one in sorted(confusion.items()):
        print(f"  {subtype}: {dict(one)}")


def pairs(data):
    """Print F1 of the yes or no for two records, all parts and the part test."""
    print("\nsame work, yes or no: F1 of all, of the part test; title ratio .95")
    for path in sorted((data / "pairs-dblp").glob("*.jsonl.gz")):
        tally = {"all": Counter(), "test": Counter(), "ratio": Counter()}
        for row in rows(path):
            said, ratio = (
                similar(row["a"], row["b"]) > 0.5,
                fuzz.ratio(str(row["a"].get("title")), str(row["b"].get("title"))) >= 95,
            )
            for part, yes in (
                ("all", said),
                ("ratio", ratio),
                *([("test", said)] if row["part"] == "test" else []),
            ):
                tally[part].update(both=yes and row["match"], said=yes, real=row["match"])
        told = [2 * one["both"] / max(1, one["said"] + one["real"]) for one in tally.values()]
        print(f"  {path.name.split('.')[0]:32}{told[0]:8.4f}{told[1]:8.4f}{told[2]:8.4f}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("catalog", type=Path)
    parser.add_argument("--limit", type=int, default=2000, help="references of each set, 0 for all")
    parser.add_argument(
        "--misses", type=Path, help="write every wrong answer to this file, JSON Lines"
    )
    args = parser.parse_args()
    misses = args.misses.open("w", encoding="utf-8") if args.misses else None
    measure(args.data, args.catalog, args.limit, misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
