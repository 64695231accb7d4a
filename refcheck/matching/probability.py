"""The probability that a reference and a record are one work: trees fitted by a script of ours.

``model.json`` holds the trees, on which data they were fitted is told by ``tools/train_matching.py``
and in the file itself, with their calibration. Nothing but arithmetic happens here.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec


@cache
def _model(name: str) -> Callable[..., float]:
    """Return the trees as one function of the features.

    They are compiled to one expression: walking them as lists takes ten times as long.
    """
    data = msgspec.json.decode(files("refcheck.matching").joinpath(name).read_bytes())
    total: ast.expr = ast.Constant(data["base"], **_PLACE)
    for tree in data["trees"]:
        total = ast.BinOp(total, ast.Add(), _expression(tree), **_PLACE)
    names = [ast.arg(f"x{n}", **_PLACE) for n in range(len(data["features"]))]
    arguments = ast.arguments([], names, None, [], [], None, [])
    whole = ast.Expression(ast.Lambda(arguments, total, **_PLACE))
    made: Callable[..., float] = eval(compile(whole, name, "eval"))  # noqa: S307 - numbers and comparisons only
    return made


_PLACE: dict[str, Any] = {"lineno": 1, "col_offset": 0}
"""Where an expression stands, which Python asks of each part of it."""


def _expression(node: Any) -> ast.expr:
    """Return a tree as nested conditions; a comparison with what is missing (NaN) is false."""
    if not isinstance(node, list):
        return ast.Constant(float(node), **_PLACE)
    feature, threshold, missing_left, left, right = node
    value = ast.Name(f"x{int(feature)}", ast.Load(), **_PLACE)
    limit = ast.Constant(float(threshold), **_PLACE)
    if missing_left:
        above = ast.Compare(value, [ast.Gt()], [limit], **_PLACE)
        return ast.IfExp(above, _expression(right), _expression(left), **_PLACE)
    below = ast.Compare(value, [ast.LtE()], [limit], **_PLACE)
    return ast.IfExp(below, _expression(left), _expression(right), **_PLACE)


def log_odds(features: Sequence[float], model: str = "model.json") -> float:
    """Return the logarithm of the odds that the two are one work."""
    return _model(model)(*features)


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
    against = logit(max(rival, UNSEEN))
    return 1 / (1 + math.exp(-(base + for_best * logit(best) + for_rival * against)))


UNSEEN = 0.001
"""Share of the next that is taken for granted: that no other record was looked at speaks for none."""


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
