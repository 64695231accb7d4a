"""Train the model of refcheck.matching.pairs, and say how good it is.

    python tools/train_pairs.py DATA

DATA holds ``pairs-dblp``. Gradient-boosted trees (scikit-learn) are fitted on the rows of the parts
train, train-balanced and valid whose left record's title and authors hash to 1-4 of 5, and judged on
the part test: all of it, and that fifth of it whose works were in no row of the fitting.
"""

import gzip
import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from train_matching import exported

from refcheck.matching.pairs import NAMES, compare
from refcheck.text import tokens

OUT = Path(__file__).parents[1] / "refcheck" / "matching" / "pairs.json"
SETS = (
    "structured-dblp-acm",
    "dirty-dblp-acm",
    "structured-dblp-googlescholar",
    "dirty-dblp-googlescholar",
)


def fold_of(record):
    words = tokens(" ".join(str(record.get(name) or "") for name in ("title", "authors", "venue")))
    key = " ".join(sorted(word for word in words if not word.isdecimal()))
    return int(hashlib.sha1(key.encode()).hexdigest(), 16) % 5  # noqa: S324


def f1(right, said):
    both = (right & said).sum()
    return 2 * both / max(1, right.sum() + said.sum())


def main():
    data = Path(sys.argv[1]) / "pairs-dblp"
    xs, ys, sets, folds, parts = [], [], [], [], []
    for name in SETS:
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                xs.append(compare(row["a"], row["b"]))
                ys.append(bool(row["match"]))
                sets.append(name)
                folds.append(fold_of(row["a"]))
                parts.append(row["part"])
    x, y = np.array(xs), np.array(ys)
    sets, folds, test = np.array(sets), np.array(folds), np.array(parts) == "test"
    used = ~test & (folds != 0)
    model = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=15, l2_regularization=1.0,
        early_stopping=False, random_state=0,
    ).fit(x[used], y[used])  # fmt: skip
    said = model.predict(x).astype(bool)
    told = {}
    for name in SETS:
        here = (sets == name) & test
        told[name] = [
            round(float(f1(y[here & f], said[here & f])), 4) for f in (folds >= 0, folds == 0)
        ]
        print(f"{name:32}{here.sum():6} rows, F1 {told[name][0]}; of unseen works {(here & (folds == 0)).sum():5}, F1 {told[name][1]}")  # fmt: skip
    base, trees = exported(model)
    OUT.write_text(json.dumps({
        "about": "probability that two records are of one work; tools/train_pairs.py", "trained": datetime.now(UTC).date().isoformat(),
        "share": "pairs-dblp, parts train and valid, works whose key's SHA-1 is 1-4 modulo 5", "pairs": int(used.sum()),
        "right": int(y[used].sum()), "f1_test_all_and_of_unseen_works": told, "features": NAMES, "base": base, "trees": trees,
    }, separators=(",", ":")) + "\n", encoding="utf-8")  # fmt: skip
    print(OUT, OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
