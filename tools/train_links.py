"""Train the model of refcheck.matching.links, and say how good and how calibrated it is.

    python tools/train_links.py FOLDER

FOLDER holds records of news and web pages as JSON lines (``*.jsonl``, gzip or not) with ``title``,
``url``, ``date`` and ``container``. Of each a sentence is made as somebody writes who remembers it: words of
the title left out, others put in, the publisher under one of its everyday names, the day exact, rough
or missing; for Chinese records half of the sentences in English, word by word. Beside each stands a
counterfactual: one decisive thing changed (a number, the day, the publisher, a name), or the page
itself absent. No wording, publisher or threshold is taken from documents on which refcheck is
measured; the noise is by rule of thumb: an author keeps half to two thirds of a title's telling words.

A logistic regression whose weights may only have the sign that each feature has by its meaning is
fitted on the records whose address hashes to 1-4 of 5 and judged on the fifth.
"""

import gzip
import hashlib
import json
import random
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from refcheck import chinese, outlets
from refcheck.commonness import stopwords
from refcheck.dates import date_from_text
from refcheck.matching import gist, link_evidence, links
from refcheck.matching.link_features import NAMES, RISING, features
from refcheck.model import Candidate, Clues, Resolved
from refcheck.record import Name, Record
from refcheck.text import fold, is_cjk, tokens

OUT = Path(__file__).parents[1] / "refcheck" / "matching" / "link_model.json"
MADE = 2400
"""Sentences made."""
BESIDE = 14
"""Other records put beside each, those whose titles share most words with the sentence."""


def records(folder):
    """Yield the records of a folder that have a title of some length and an address."""
    for path in sorted(folder.glob("*.jsonl*")):
        packed = path.suffix == ".gz"
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if packed
            else path.open(encoding="utf-8") as file
        ):
            for line in file:
                row = json.loads(line)
                title, url = str(row.get("title") or ""), str(row.get("url") or "")
                kind = str(row.get("type") or "")
                if not url.startswith("http") or len(tokens(title)) < 5 or title.startswith("http"):
                    continue
                if kind not in {
                    "webpage",
                    "newspaperArticle",
                    "magazineArticle",
                    "blogPost",
                    "article-newspaper",
                }:
                    continue
                day = str(row.get("date") or "")
                yield Record(
                    type="article-newspaper", title=title, url=url, language=str(row.get("lang") or ""),
                    container_title=str(row.get("container") or row.get("publicationTitle") or ""),
                    issued=date_from_text(day) if day else None, author=people(row),
                )  # fmt: skip


def people(row):
    """Return the authors of a row."""
    found = []
    for one in row.get("authors") or ():
        if isinstance(one, dict):
            found.append(
                Name(family=str(one.get("family") or ""), given=str(one.get("given") or ""))
            )
        elif isinstance(one, str) and one:
            found.append(Name(literal=one))
    return tuple(found)


class Index:
    """The records by the words of their titles."""

    def __init__(self, found):
        self.records = found
        self.by_word = {}
        for number, record in enumerate(found):
            for word in set(tokens(record.title)):
                self.by_word.setdefault(word, []).append(number)

    def near(self, text, count, site=""):
        """Return the records whose titles share most with a text, those of a site first."""
        scores = {}
        for word in set(tokens(text)):
            rows = self.by_word.get(word, ())
            if rows and len(rows) < 3000:
                for number in rows:
                    scores[number] = scores.get(number, 0.0) + 1 / len(rows) ** 0.4

        def rank(number):
            own = bool(site) and site in self.records[number].url
            return -scores[number] * (1.6 if own else 1.0)

        return [self.records[n] for n in sorted(scores, key=rank)[:count]]


def cut(title):
    """Cut a title into the pieces that an author keeps or forgets."""
    if is_cjk(title):
        return [
            p
            for p in (*chinese.segment(title), *[w for w in fold(title).split() if not is_cjk(w)])
            if p not in stopwords()
        ]
    return [
        w.strip(".,:;!?\"'()“”‘’«»")
        for w in title.split()
        if fold(w.strip(".,:;!?\"'()")) not in stopwords()
    ]


def is_firm(piece):
    """Tell whether a piece is a figure or a name, which is kept in memory longest."""
    return (
        any(c.isdigit() for c in piece) or piece[:1].isupper() or (is_cjk(piece) and len(piece) > 2)
    )


def told(record, rng, vocabulary, across):
    """Return a sentence and a paragraph about a record, and the language they are in.

    What is kept mostly keeps its order; what an author says in words of his own stands between.
    """
    chinese_text = is_cjk(record.title) and not across
    keep = rng.uniform(0.6, 1.0) if chinese_text else rng.uniform(0.45, 0.95)
    others = vocabulary[not chinese_text]
    near, far = [], []
    for piece in cut(record.title):
        chance = min(0.97, keep + (0.2 if is_firm(piece) else 0.0))
        said = piece
        if across and is_cjk(piece):
            meant = sorted(chinese.meanings(piece)) or [""]
            said = rng.choice(meant) if rng.random() < 0.65 else rng.choice(others)  # a synonym
        if rng.random() < chance:
            near.append(said)
        else:
            far += [said] * (rng.random() < 0.4)
        if rng.random() < 0.35:
            near.append(rng.choice(others))
    if rng.random() < 0.4:
        at = rng.randrange(len(near) + 1)
        near = near[at:] + near[:at]
    more = [rng.choice(others) for _ in range(rng.randint(5, 25))]
    glue = "" if chinese_text else " "
    return glue.join(p for p in near if p), glue.join([*far, *more]), "zh" if chinese_text else "en"


def clues_for(record, rng, sentence, more, language):
    """Return what a text says of a record: sentence, publisher, day."""
    outlet = outlets.at(record.url)
    whose = ""
    if rng.random() < 0.75:
        whose = rng.choice(outlet.names) if outlet else record.container_title
    if record.author and rng.random() < 0.15:
        name = record.author[0].family or record.author[0].literal
        sentence = f"{sentence} {name}" if language != "zh" else f"{sentence}{name}"
    since = until = day = ""
    issued = record.issued.iso() if record.issued else ""
    if len(issued) == 10:
        at, kind = date.fromisoformat(issued), rng.random()
        if kind < 0.4:
            since = until = day = issued
        elif kind < 0.65:
            first = at.replace(day=1)
            since, until = first.isoformat(), (first + timedelta(days=29)).isoformat()
            day = issued[:7]
    return Clues(
        publisher=whose, topic=sentence, date=day, since=since, until=until, written_in=language,
        language=outlet.language if outlet else "", context=(sentence, f"{sentence} {more}"),
    )  # fmt: skip


def changed(clues, rng, whose):
    """Return the clues with one decisive thing changed, and which; None where nothing can be."""
    ways = ["publisher", "date", "number", "name"]
    rng.shuffle(ways)
    for way in ways:
        if way == "publisher" and clues.publisher:
            other = rng.choice(whose)
            return replaced(clues, publisher=other.names[0], language=other.language), way
        if way == "date" and clues.since:
            shift = timedelta(days=rng.choice((-1, 1)) * rng.choice((40, 90, 180, 365)))
            moved = [
                (date.fromisoformat(d) + shift).isoformat() for d in (clues.since, clues.until)
            ]
            return replaced(
                clues,
                since=moved[0],
                until=moved[1],
                date=moved[0] if moved[0] == moved[1] else moved[0][:7],
            ), way
        if way == "number":
            numbers = [w for w in clues.topic.split() if w.isdigit()]
            if numbers:
                number = rng.choice(numbers)
                other = str(int(number) + rng.choice((1, 2, 5, 10)))
                return replaced(
                    clues,
                    topic=clues.topic.replace(number, other),
                    context=tuple(c.replace(number, other) for c in clues.context),
                ), way
        if way == "name":
            names = gist.capitalised(clues.topic)
            if names:
                name, other = (
                    rng.choice(names),
                    rng.choice(
                        ("Harlan", "Okonkwo", "Brandvik", "Delacourt", "Minsk", "Oaxaca", "Tromsø")
                    ),
                )
                return replaced(
                    clues,
                    topic=clues.topic.replace(name, other),
                    context=tuple(c.replace(name, other) for c in clues.context),
                ), way
    return None


def replaced(clues, **fields):
    return Clues(**{**{name: getattr(clues, name) for name in clues.__slots__}, **fields})


def row_of(clues, record):
    """Return the features of a comparison; None where something contradicts (never taken anyhow)."""
    match = links.compare(clues, Candidate(record, ()))
    if match.contradictions:
        return None
    title = link_evidence.headline(record)
    return features(clues, gist.gist(clues), gist.compare(clues, title), match.evidence, title)


def documents(found):
    """Yield (fold, clues, the page or None, candidates, what was changed)."""
    rng = random.Random(11)
    index = Index(found)
    whose = [outlet for one in found if (outlet := outlets.at(one.url))]
    words = [piece for record in found for piece in cut(record.title)]
    vocabulary = {
        True: [w for w in words if w.isascii() and w.isalpha()],
        False: [w for w in words if is_cjk(w) and len(w) > 1],
    }
    chinese_ones = [r for r in found if is_cjk(r.title)]
    others = [r for r in found if not is_cjk(r.title)]
    for n in range(MADE):
        record = rng.choice(chinese_ones if n % 2 else others)
        across = is_cjk(record.title) and n % 4 == 1
        sentence, more, language = told(record, rng, vocabulary, across)
        clues = clues_for(record, rng, sentence, more, language)
        outlet = outlets.at(record.url)
        beside = index.near(
            record.title if across else sentence, BESIDE, outlet.site if outlet else ""
        )
        beside = [
            one for one in beside if one.url != record.url and fold(one.title) != fold(record.title)
        ]
        if rng.random() < 0.35:  # as search engines give pages: without a day
            record, beside = (
                replace(record, issued=None),
                [replace(one, issued=None) for one in beside],
            )
        part = int(hashlib.sha1(record.url.encode()).hexdigest(), 16) % 5  # noqa: S324
        yield part, clues, record, [record, *beside], ""
        yield part, clues, None, beside, "absent"
        if twin := changed(clues, rng, whose):
            yield part, twin[0], None, [record, *beside], twin[1]


def fit(x, y, weight):
    """Fit weights of the allowed signs by projected gradient descent on the penalised log loss."""
    low = np.array([0.0 if r > 0 else -np.inf for r in RISING])
    high = np.array([0.0 if r < 0 else np.inf for r in RISING])
    w, b = np.zeros(x.shape[1]), 0.0
    velocity, vb = np.zeros_like(w), 0.0
    for _ in range(6000):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = weight * (p - y)
        gradient = x.T @ error / weight.sum() + 1e-4 * w
        velocity = 0.9 * velocity - 0.8 * gradient
        vb = 0.9 * vb - 0.8 * error.sum() / weight.sum()
        w, b = np.clip(w + velocity, low, high), b + vb
    return w, b


def main():
    """Make, fit, judge, write."""
    found = list(records(Path(sys.argv[1])))
    made = list(documents(found))
    rows, labels, parts = [], [], []
    for part, clues, right, candidates, _ in made:
        for record in candidates:
            values = row_of(clues, record)
            if values is not None:
                rows.append(values)
                labels.append(float(right is not None and record.url == right.url))
                parts.append(part)
    x, y, part = np.array(rows), np.array(labels), np.array(parts)
    train = part > 0
    w, b = fit(x[train], y[train], np.ones(train.sum()))
    write(w, b, {})
    links._model.cache_clear()
    links._compare.cache_clear()
    p = 1 / (1 + np.exp(-(x[~train] @ w + b)))
    bins = []
    for low, high in (
        (0, 0.1),
        (0.1, 0.3),
        (0.3, 0.5),
        (0.5, 0.7),
        (0.7, 0.9),
        (0.9, 0.97),
        (0.97, 1.01),
    ):
        here = (p >= low) & (p < high)
        if here.sum():
            bins.append(
                {
                    "from": low,
                    "said": round(float(p[here].mean()), 3),
                    "true": round(float(y[~train][here].mean()), 3),
                    "of": int(here.sum()),
                }
            )
    tally = {}
    for number, clues, right, candidates, what in made:
        if number:
            continue
        decided = links.decide(clues, [Candidate(record, ()) for record in candidates])
        key = what or ("named" if clues.publisher else "unnamed") + (
            " across" if clues.written_in == "en" and is_cjk(candidates[0].title) else ""
        )
        count = tally.setdefault(key, {"of": 0, "right": 0, "wrong": 0})
        count["of"] += 1
        if isinstance(decided, Resolved):
            same = right is not None and decided.match.candidate.record.url == right.url
            count["right" if same else "wrong"] += 1
    told_of = {
        "made": datetime.now(UTC).date().isoformat(),
        "pairs": len(y),
        "right_pairs": int(y.sum()),
        "calibration": bins,
        "decisions": tally,
    }
    write(w, b, told_of)
    print(json.dumps(told_of, indent=1))
    print(
        json.dumps(dict(zip(NAMES, (round(float(v), 2) for v in w), strict=True))),
        round(float(b), 2),
    )


def write(w, b, told_of):
    OUT.write_text(
        json.dumps(
            {
                "what": "log odds = base + sum of weight times feature (refcheck.matching.link_features.NAMES); fitted by tools/train_links.py",
                "base": round(float(b), 3),
                "weights": {name: round(float(v), 3) for name, v in zip(NAMES, w, strict=True)},
                **told_of,
            },
            indent=1, ensure_ascii=False,
        ) + "\n",
        encoding="utf-8",
    )  # fmt: skip


if __name__ == "__main__":
    main()
