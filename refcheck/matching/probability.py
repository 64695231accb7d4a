"""The probability that a reference and a record are one work: trees fitted by a script of ours.

``model.json`` holds the trees, on which data they were fitted is told by ``tools/train_matching.py``
and in the file itself, with their calibration. Nothing but arithmetic happens here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

_FAR = 1e300


@cache
def _model(name: str) -> tuple[float, tuple[Any, ...]]:
    """Return the base and the trees; each node (value, threshold, left, right).

    What is missing goes left or right by the node, so every value stands twice in what the trees
    look at: once with the missing ones as far to the left, once as far to the right.
    """
    data = msgspec.json.decode(files("refcheck.matching").joinpath(name).read_bytes())
    size = len(data["features"])

    def node(given: Any) -> Any:
        if not isinstance(given, list):
            return given
        feature, threshold, missing_left, left, right = given
        return (feature if missing_left else feature + size, threshold, node(left), node(right))

    return data["base"], tuple(node(tree) for tree in data["trees"])


def log_odds(features: Sequence[float], model: str = "model.json") -> float:
    """Return the logarithm of the odds that the two are one work."""
    total, trees = _model(model)
    low = [one if one == one else -_FAR for one in features]  # noqa: PLR0124 - NaN
    low += [one if one == one else _FAR for one in features]  # noqa: PLR0124 - NaN
    for node in trees:
        while type(node) is tuple:
            node = node[2] if low[node[0]] <= node[1] else node[3]  # noqa: PLW2901 - down the tree
        total += node
    return total


def probability(features: Sequence[float], model: str = "model.json") -> float:
    """Return the probability, of the two by themselves, that they are one work."""
    return 1 / (1 + math.exp(-log_odds(features, model)))


def decided(best: float, rival: float) -> float:
    """Return the probability that the likeliest of all records is the work.

    ``best`` and ``rival`` are the shares of it and of the next. What is likely and has no rival is
    surer than its share says, as the many that a reference can mean have rivals.
    """
    return decided_by(_decision(), best, rival)


@cache
def _decision() -> tuple[float, ...]:
    data = msgspec.json.decode(files("refcheck.matching").joinpath("model.json").read_bytes())
    return tuple(data["decision"])


def decided_by(weights: Sequence[float], best: float, rival: float) -> float:
    """Return that probability by intercept and weights of the two shares' log odds."""
    base, for_best, for_rival = weights
    return 1 / (1 + math.exp(-(base + for_best * logit(best) + for_rival * logit(rival))))


def logit(share: float) -> float:
    """Return the log odds of a share, not below or above what a millionth makes of them."""
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


def shares(odds: Sequence[float]) -> list[float]:
    """Return for works of which at most one is meant how probable each is, from their log odds.

    Each by itself has odds o; that it is the one: o / (1 + the sum of all o).
    """
    top = max([0.0, *odds])
    weights = [math.exp(one - top) for one in odds]
    whole = math.exp(-top) + sum(weights)
    return [weight / whole for weight in weights]
