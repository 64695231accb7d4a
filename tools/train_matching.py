"""Train the model of refcheck.matching.probability, and say how good and how calibrated it is.

    python tools/train_matching.py DATA CATALOG

DATA holds the labelled sets (refmatch-*, hallu-citetracer, refs-jose), CATALOG a catalogue of the
records that they are matched against (`refcheck catalog build`). Works are dealt out by the hash of
their key, modulo 5. On 2-4 gradient-boosted trees are fitted (scikit-learn, monotonic in the
features whose direction is known), which weigh a record by itself; on 1 a logistic regression, which
turns the share of the likeliest record and that of the next into the probability that the likeliest
is the work. Both are judged on 0, which no fitting has seen, and written to
refcheck/matching/model.json with their calibration there.
"""

import gzip
import hashlib
import itertools
import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from refcheck.catalog.search import Searcher
from refcheck.catalog.store import Reader
from refcheck.matching.features import NAMES, RISING, compare
from refcheck.matching.given import Given, given_of
from refcheck.matching.probability import decided_by, logit, shares
from refcheck.matching.profile import profile_of_item
from refcheck.matching.references import RIVAL
from refcheck.matching.similarity import name_parts, title_likeness
from refcheck.matching.versions import same_work
from refcheck.record import Name, from_csl

OUT = Path(__file__).parents[1] / "refcheck" / "matching" / "model.json"
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
DRAWN = 2500
"""References taken of each set and style."""
WITHOUT_TITLES = {
    "american-chemical-society",
    "american-institute-of-physics",
    "elsevier-without-titles",
}
"""Styles in which numbers and names say everything: all are taken."""
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
        bare = [one for one in row["strings"].items() if one[0] in WITHOUT_TITLES]
        styles = [one for one in row["strings"].items() if one[0] not in WITHOUT_TITLES]
        for style, text in (*bare, *rng.sample(styles, min(3, len(styles)))):
            yield f"styles:{style}", row["doi"], Given(text), row["doi"].lower()
    for row in rows(data / "refmatch-crossref-styles" / "absent.jsonl.gz"):
        for style, text in rng.sample(list(row["strings"].items()), 4):
            yield f"absent:{style}", row["id"], Given(text), None
    for row in rng.sample(rows(data / "refmatch-pmc" / "refs.jsonl.gz"), 3 * DRAWN):
        yield "pmc", row["doi"], Given(row["ref_string"]), row["doi"].lower()
        if rng.random() < 0.3:
            read = row.get("grobid") or {}
            ref = {
                "article-title": read.get("atitle"), "author": read.get("firstAuthor"), "journal-title": read.get("jtitle"),
                "volume": read.get("volume"), "first-page": read.get("firstPage"),
            }  # fmt: skip
            for name in rng.sample(
                [key for key, value in ref.items() if value], rng.choice((0, 1))
            ):
                ref[name] = None
            if sum(map(bool, ref.values())) > 2:
                yield "pmc-fields", row["doi"], given_of(from_csl(fields(ref))), row["doi"].lower()
    for row in rows(data / "hallu-citetracer" / "synthetic.jsonl.gz"):
        doi = (row["seed"].get("doi") or "").lower()
        if doi:
            yield (
                "citetracer",
                row["seed"]["title"],
                given_of(from_csl(flat(row["reference"]))),
                doi,
            )
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


def flat(ref):
    """Return the fields of a flat record as CSL."""
    out = {}
    for names, csl in (
        (("title",), "title"), (("venue", "container", "journal"), "container-title"), (("volume",), "volume"),
        (("pages",), "page"), (("issue",), "issue"), (("publisher",), "publisher"), (("doi",), "DOI"),
    ):  # fmt: skip
        value = next((ref[name] for name in names if ref.get(name)), None)
        if value:
            out[csl] = str(value)
    if ref.get("authors"):
        out["author"] = [{"literal": name} for name in ref["authors"]]
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
                if not label and doubtful(hit, right, xs_here, name, want, searcher):
                    continue
                xs.append(xs_here)
                ys.append(label)
                sets.append(name)
                folds.append(fold_of(key))
                groups.append(group)
    return np.array(xs), np.array(ys), np.array(sets), np.array(folds), np.array(groups)


def doubtful(hit, right, x, name, want, searcher):
    """Tell whether a record that is not the right one by its number may be the work all the same."""
    title, first = x[NAMES.index("title_words")], x[NAMES.index("first_author")]
    if right is not None:
        if same_work(profile_of_item(right.item), profile_of_item(hit.item)):
            return True
        same = title_likeness(hit.item.get("title", ""), right.item.get("title", "")) > 0.93
        return same and (not hit.item.get("DOI") or not right.item.get("DOI"))
    if name in {"real", "fields", "jose", "citetracer"} and not searcher.reader.known(
        [f"doi:{want}"]
    ):
        return title > 0.9 and not first < 0.8 and (want == "none" or not hit.item.get("DOI"))
    return title > 0.97 and not first < 0.8 and not hit.item.get("DOI")


def fitted(x, y):
    model = HistGradientBoostingClassifier(
        max_iter=70, learning_rate=0.15, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=2.0,
        monotonic_cst=list(RISING), early_stopping=False, random_state=0,
    )  # fmt: skip
    return model.fit(x, y)


def grouped(model, x, y, groups):
    """Yield for each reference its rows, the share of the likeliest, of the next, and whether it is right."""
    p = np.clip(model.predict_proba(x)[:, 1], 1e-6, 1 - 1e-6)
    odds = np.log(p / (1 - p))
    members = {}
    for n, group in enumerate(groups):
        members.setdefault(group, []).append(n)
    for ns in members.values():
        share = shares([odds[n] for n in ns])
        order = sorted(range(len(ns)), key=lambda k: -share[k])
        rival = share[order[1]] if len(order) > 1 else 0.0
        yield ns, share[order[0]], rival, bool(y[ns[order[0]]])


def decision(model, x, y, groups):
    """Return intercept and weights of the log odds of the likeliest's share and of the next's."""
    rows = [
        (logit(best), logit(rival), right) for _, best, rival, right in grouped(model, x, y, groups)
    ]
    z = np.array([row[:2] for row in rows])
    fit = LogisticRegression(C=10.0).fit(z, [row[2] for row in rows])
    return [round(float(one), 4) for one in (*fit.intercept_, *fit.coef_[0])]


BINS = (0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 1.01)


def reliability(p, y):
    """Return predicted, observed and number for each bin, and print them."""
    told = []
    for low, high in itertools.pairwise(BINS):
        here = (p >= low) & (p < high)
        if here.any():
            told.append(
                [round(float(p[here].mean()), 4), round(float(y[here].mean()), 4), int(here.sum())]
            )
            print("  ", *told[-1])
    return told


def report(model, weights, x, y, sets, groups):
    p = model.predict_proba(x)[:, 1]
    print("one record by itself, on the fifth that no fitting has seen: predicted, observed, n")
    told = reliability(p, y)
    counts, decided = {}, []
    for ns, best, rival, right in grouped(model, x, y, groups):
        chance = decided_by(weights, best, rival)
        decided.append((chance, right))
        row = counts.setdefault(sets[ns[0]], [0, 0, *[0] * (2 * len(THRESHOLDS))])
        row[0] += 1
        row[1] += bool(y[ns].any())
        for k, threshold in enumerate(THRESHOLDS):
            if chance >= threshold and rival < RIVAL:
                row[2 + 2 * k + (not right)] += 1
    print(f"the likeliest of all records, weights {weights}: predicted, observed, n")
    decisions = reliability(
        np.array([one[0] for one in decided]), np.array([one[1] for one in decided])
    )
    print("accepted from a probability on: set, references, with their work, then right/wrong")
    print(" " * 53, *(f"{t:>9}" for t in THRESHOLDS))
    for name, (n, there, *row) in sorted(counts.items()):
        print(
            f"  {name:41}{n:5}{there:5}",
            *(f"{a:>6}/{b:<2}" for a, b in zip(row[::2], row[1::2], strict=True)),
        )
    return told, decisions


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
    held = folds == 0
    trained, decided = folds >= 2, folds == 1
    model = fitted(x[trained], y[trained])
    weights = decision(model, x[decided], y[decided], groups[decided])
    calibration, decisions = report(model, weights, x[held], y[held], sets[held], groups[held])
    base, trees = exported(model)
    told = {
        "about": "probability that a reference and a record are one work; tools/train_matching.py",
        "trained": datetime.now(UTC).date().isoformat(),
        "share": "works whose key's SHA-1 is 2-4 modulo 5, the decision on those with 1; calibration on those with 0",
        "pairs": int(trained.sum()), "right": int(y[trained].sum()), "features": NAMES,
        "calibration_predicted_observed_n": calibration, "decisions_predicted_observed_n": decisions, "decision": weights,
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
    for (one,) in model._predictors:
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
    return float(np.ravel(model._baseline_prediction)[0]), trees


if __name__ == "__main__":
    main()
