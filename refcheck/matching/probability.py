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


@cache
def _model(name: str) -> tuple[float, tuple[Any, ...]]:
    data = msgspec.json.decode(files("refcheck.matching").joinpath(name).read_bytes())
    return data["base"], tuple(data["trees"])


def log_odds(features: Sequence[float], model: str = "model.json") -> float:
    """Return the logarithm of the odds that the two are one work."""
    total, trees = _model(model)
    for tree in trees:
        node = tree
        while type(node) is list:
            value = features[node[0]]
            if value != value:  # NaN  # noqa: PLR0124
                node = node[3] if node[2] else node[4]
            else:
                node = node[3] if value <= node[1] else node[4]
        total += node
    return total


def probability(features: Sequence[float], model: str = "model.json") -> float:
    """Return the probability, of the two by themselves, that they are one work."""
    return 1 / (1 + math.exp(-log_odds(features, model)))


def shares(odds: Sequence[float]) -> list[float]:
    """Return for works of which at most one is meant how probable each is, from their log odds.

    Each by itself has odds o; that it is the one: o / (1 + the sum of all o).
    """
    top = max([0.0, *odds])
    weights = [math.exp(one - top) for one in odds]
    whole = math.exp(-top) + sum(weights)
    return [weight / whole for weight in weights]
