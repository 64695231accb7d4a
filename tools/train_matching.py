"""Train the model of refcheck.matching.probability, and say how good and how calibrated it is.

    python tools/train_matching.py DATA CATALOG

DATA holds the labelled sets (refmatch-*, refs-jose), CATALOG a catalogue of the records that they
are matched against (`refcheck catalog build`). Gradient-boosted trees (scikit-learn, monotonic in
the features whose direction is known) are fitted on all works whose key hashes to 1-4 of 5, judged
on the fifth, then fitted on all and written to refcheck/matching/model.json.
"""

import gzip
import hashlib
import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from refcheck.catalog.search import Searcher
from refcheck.catalog.store import Reader
from refcheck.matching.features import NAMES, RISING, compare
from refcheck.matching.given import Given, given_of
from refcheck.matching.probability import shares
from refcheck.matching.profile import profile_of_item
from refcheck.matching.similarity import name_parts, title_likeness
from refcheck.record import Name, from_csl

OUT = Path(__file__).parents[1] / "refcheck" / "matching" / "model.json"
DRAWN = 2500
"""References taken of each set and style."""
MADE = 12000
"""References made of records, in plain forms, for the kinds of works that no labelled set has."""


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def fold_of(key):
    return int(hashlib.sha1(key.encode()).hexdigest(), 16) % 5  # noqa: S324


def references(data):
    """Yield (set, key, given, right DOI or None)."""
    rng = random.Random(5)
    for row in rows(data / "refmatch-crossref-styles" / "strings.jsonl.gz"):
        styles = list(row["strings"].items())
        for style, text in rng.sample(styles, min(5, len(styles))):
            yield f"styles:{style}", row["doi"], Given(text), row["doi"].lower()
    for row in rows(data / "refmatch-crossref-styles" / "absent.jsonl.gz"):
        for style, text in rng.sample(list(row["strings"].items()), 4):
            yield f"absent:{style}", row["id"], Given(text), None
    for row in rng.sample(rows(data / "refmatch-pmc" / "refs.jsonl.gz"), 3 * DRAWN):
        yield "pmc", row["doi"], Given(row["ref_string"]), row["doi"].lower()
    real = data / "refmatch-crossref-real"
    for name in ("unstructured", "unstructured-tuning-1k"):
        for row in rows(real / f"{name}.jsonl.gz"):
            yield "real", row["id"], Given(row["ref_string"]), (row["gt_doi"] or "none").lower()
    for name in ("structured-eval", "structured-tuning"):
        for row in rows(real / f"{name}.jsonl.gz"):
            yield (
                "fields",
                row["id"],
                given_of(from_csl(fields(row["reference"]))),
                (row["gt_doi"] or "none").lower(),
            )
    for row in rows(data / "refs-jose" / "citations.jsonl.gz"):
        yield "jose", row["article"], Given(row["ref_string"]), (row["gt_doi"] or "none").lower()


def fields(ref):
    out = {}
    for given, csl in (
        ("article-title", "title"), ("volume-title", "container-title"), ("journal-title", "container-title"),
        ("volume", "volume"), ("first-page", "page"), ("issue", "issue"), ("DOI", "DOI"),
    ):  # fmt: skip
        if ref.get(given):
            out[csl] = str(ref[given])
    if ref.get("author"):
        out["author"] = [{"literal": ref["author"]}]
    if str(ref.get("year", ""))[:4].isdigit():
        out["issued"] = {"date-parts": [[int(str(ref["year"])[:4])]]}
    return out


def made(searcher):
    """Yield references written from records of the catalogue, some with fields left out or wrong."""
    rng = random.Random(7)
    numbers = rng.sample(range(searcher.reader.size), MADE)
    found = searcher.reader.items(numbers[: MADE // 2]) | searcher.reader.items(
        numbers[MADE // 2 :]
    )
    for number, item in found.items():
        if len(item.get("title", "")) < 12:
            continue
        yield "made", str(number), Given(written(item, rng)), number


def written(item, rng):
    people = []
    for one in item.get("author", ())[:20]:
        family, given = name_parts(
            Name(one.get("family", ""), one.get("given", ""), one.get("literal", ""))
        )
        initials = " ".join(part[0].upper() + "." for part in given.split() if part)
        people.append(
            rng.choice(
                (
                    f"{family.title()}, {initials}",
                    f"{initials} {family.title()}",
                    f"{family.title()} {initials.replace('. ', '').replace('.', '')}",
                )
            )
        )
    if len(people) > 3 and rng.random() < 0.4:
        people = [people[0], "et al."]
    names = rng.choice((", ", "; ", " and ")).join(people)
    year = (((item.get("issued") or {}).get("date-parts") or [[None]])[0] or [None])[0]
    if year and rng.random() < 0.06:
        year += rng.choice((-1, 1))
    container = item.get("container-title") or item.get("publisher") or ""
    if container and rng.random() < 0.4:
        container = " ".join(
            w if len(w) < 5 else w[: rng.choice((3, 4, 5))] + "."
            for w in container.split()
            if w.lower() not in {"of", "the", "and", "on", "in"}
        )
    if not container and rng.random() < 0.6:
        container = rng.choice(
            (
                "Journal of Applied Studies",
                "arXiv preprint",
                "Physical Review D",
                "University Press",
                "Working paper",
                "In Proc. of the Conference",
                "Retrieved May 3",
            )
        )
    where = (
        " ".join(
            filter(
                None,
                (
                    item.get("volume", ""),
                    f"({item['issue']})" if item.get("issue") else "",
                    item.get("page", ""),
                ),
            )
        )
        if rng.random() < 0.8
        else ""
    )
    title = item["title"]
    if rng.random() < 0.35:  # described wrongly in one field, and yet the work
        wrong = rng.choice(("year", "year", "where", "container", "names", "title"))
        if wrong == "year" and year:
            year += rng.choice((-3, -2, -1, 1, 2, 3))
        elif wrong == "where":
            where = f"{rng.randrange(1, 90)}, {rng.randrange(1, 3000)}"
        elif wrong == "container":
            container = rng.choice(
                (
                    "Science",
                    "Journal of Advanced Studies",
                    "ICML",
                    "Proceedings of the National Academy",
                )
            )
        elif wrong == "names" and names:
            names = rng.choice(
                (f"{names}, Elena Voss", "Smith, J., Doe, K.", ", ".join(people[1:]) or names)
            )
        elif wrong == "title" and len(title.split()) > 5:
            parts = title.split()
            parts[rng.randrange(len(parts))] = rng.choice(
                ("efficient", "robust", "hidden", "Improved", "systems")
            )
            title = " ".join(parts)
    if rng.random() < 0.15:
        at = rng.randrange(len(title))
        title = title[:at] + rng.choice("abcdefghij ") + title[at + 1 :]
    if rng.random() < 0.1 and ":" in title:
        title = title.split(":")[0]
    form = rng.choice((
        "{names} ({year}). {title}. {container}, {where}.", "{names}. {title}[J]. {container}, {year}, {where}.",
        "{names}, “{title},” {container}, {where}, {year}.", "{names}. {title}. {container}. {year};{where}.", "{title}, {names}, {year}", "{names}: {title}. {container} {where} ({year})",
    ))  # fmt: skip
    if rng.random() < 0.1:
        names = ""
    if rng.random() < 0.1:
        year = ""
    return form.format(names=names, year=year or "", title=title, container=container, where=where)


def examples(data, searcher):
    """Return features, labels, sets, folds and groups of every reference with its candidates."""
    xs, ys, sets, folds, groups = [], [], [], [], []
    known = {
        key[4:]
        for (key,) in searcher.reader.base.execute("SELECT key FROM keys WHERE key LIKE 'doi:%'")
    }
    group = 0
    for source in (references(data), made(searcher)):
        for name, key, given, want in source:
            group += 1
            hits = searcher.find(given.raw)
            right = next(
                (h for h in hits if want is not None and want in {h.item.get("DOI"), h.number}),
                None,
            )
            for hit in hits[:7]:
                label = hit is right
                profile = profile_of_item(hit.item)
                xs_here = compare(given, profile)
                if not label and doubtful(hit, right, xs_here, name, want, known):
                    continue
                xs.append(xs_here)
                ys.append(label)
                sets.append(name)
                folds.append(fold_of(key))
                groups.append(group)
    return np.array(xs), np.array(ys), np.array(sets), np.array(folds), np.array(groups)


def doubtful(hit, right, x, name, want, known):
    """Tell whether a record that is not the right one by its number may be the work all the same."""
    title, first = x[NAMES.index("title_words")], x[NAMES.index("first_author")]
    if right is not None:
        same = title_likeness(hit.item.get("title", ""), right.item.get("title", "")) > 0.93
        return same and (not hit.item.get("DOI") or not right.item.get("DOI"))
    if name in {"real", "fields", "jose"} and want not in known:
        return title > 0.9 and not first < 0.8 and (want == "none" or not hit.item.get("DOI"))
    return title > 0.97 and not first < 0.8 and not hit.item.get("DOI")


def fitted(x, y, weight):
    model = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.12, max_leaf_nodes=12, min_samples_leaf=40, l2_regularization=2.0,
        monotonic_cst=list(RISING), early_stopping=False, random_state=0,
    )  # fmt: skip
    return model.fit(x, y, sample_weight=weight)


def report(model, x, y, sets, groups):
    p = model.predict_proba(x)[:, 1]
    print("calibration on the fifth fold: predicted, observed, n")
    told = []
    for low, high in (
        (0, 0.01),
        (0.01, 0.1),
        (0.1, 0.3),
        (0.3, 0.5),
        (0.5, 0.7),
        (0.7, 0.9),
        (0.9, 0.97),
        (0.97, 0.99),
        (0.99, 1.01),
    ):
        here = (p >= low) & (p < high)
        if here.any():
            told.append(
                [round(float(p[here].mean()), 4), round(float(y[here].mean()), 4), int(here.sum())]
            )
            print("  ", *told[-1])
    print(
        "the likeliest record taken from a share on: set, references, with their work, then right/wrong"
    )
    odds = np.log(p / (1 - p))
    thresholds = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    print(" " * 53, *(f"{t:>9}" for t in thresholds))
    for name in sorted(set(sets)):
        here = np.flatnonzero(sets == name)
        members = {}
        for n in here:
            members.setdefault(groups[n], []).append(n)
        counts = [[0, 0] for _ in thresholds]
        there = 0
        for ns in members.values():
            there += bool(y[ns].any())
            share = shares([odds[n] for n in ns])
            best = int(np.argmax(share))
            for k, threshold in enumerate(thresholds):
                if share[best] >= threshold:
                    counts[k][not y[ns[best]]] += 1
        print(f"  {name:41}{len(members):5}{there:5}", *(f"{a:>6}/{b:<2}" for a, b in counts))
    return told


def main():
    data, catalog = map(Path, sys.argv[1:3])
    cache = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    if cache and cache.exists():
        with np.load(cache) as z:
            x, y, sets, folds, groups = (z[k] for k in ("x", "y", "sets", "folds", "groups"))
    else:
        x, y, sets, folds, groups = examples(data, Searcher(Reader(catalog)))
        if cache:
            np.savez_compressed(cache, x=x, y=y, sets=sets, folds=folds, groups=groups)
    print(f"{len(y)} pairs, {y.sum()} right, {len(set(groups))} references")
    weight = np.where(y, 1.0, 1.0)
    held = folds == 0
    trial = fitted(x[~held], y[~held], weight[~held])
    calibration = report(trial, x[held], y[held], sets[held], groups[held])
    model = fitted(x, y, weight)
    base, trees = exported(model)
    told = {
        "about": "probability that a reference and a record are one work; tools/train_matching.py",
        "trained": datetime.now(UTC).date().isoformat(),
        "pairs": len(y), "right": int(y.sum()), "features": NAMES, "calibration_predicted_observed_n": calibration,
        "base": base, "trees": trees,
    }  # fmt: skip
    OUT.write_text(
        json.dumps(told, separators=(",", ":")).replace("],[", "],\n[").replace("],\n[", "],[")
        + "\n",
        encoding="utf-8",
    )
    print(OUT, OUT.stat().st_size, "bytes")


def exported(model):
    """Return the base score and each tree as [feature, threshold, missing left, left, right] or a number."""
    trees = []
    for (one,) in model._predictors:  # noqa: SLF001
        nodes = one.nodes

        def walk(n, nodes=nodes):
            node = nodes[n]
            if node["is_leaf"]:
                return round(float(node["value"]), 5)
            return [
                int(node["feature_idx"]),
                min(round(float(node["num_threshold"]), 5), 1e9),
                int(node["missing_go_to_left"]),
                walk(node["left"]),
                walk(node["right"]),
            ]

        trees.append(walk(0))
    return float(np.ravel(model._baseline_prediction)[0]), trees  # noqa: SLF001


if __name__ == "__main__":
    main()
