r"""TeX's formulas in a title as plain letters: ``$\alpha_2$`` is α<sub>2</sub>.

What is more than letters, indices and a few signs is left without its dollars and braces.
"""

from __future__ import annotations

import re
import unicodedata

_MATH = re.compile(r"\$([^$]{1,120})\$")
_SIGNS = {
    "times": "×", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "approx": "≈", "sim": "∼",
    "infty": "∞", "to": "→", "rightarrow": "→", "cdot": "⋅", "circ": "∘", "prime": "′", "ell": "ℓ", "in": "∈",
    "partial": "∂", "varepsilon": "ε", "varphi": "φ", "sqrt": "√", "ldots": "…", "log": "log", "mu": "μ",
}  # fmt: skip


def letters(value: str) -> str:
    """Return the text with its formulas as letters and CSL's tags; a price in dollars stays."""
    return _MATH.sub(_formula, value) if value.count("$") > 1 else value


def _formula(match: re.Match[str]) -> str:
    inner = match[1]
    if not re.search(r"[\\^_{]", inner) and not re.fullmatch(
        r"\s*[A-Za-z0-9]\s*(?:[=+<>-].*)?", inner
    ):
        return match[0]  # two prices, not a formula
    inner = re.sub(
        r"\\(?:text|math|mathrm|mathbf|mathcal|mathbb|mathit|rm|it|bf)(?:rm|it|bf)?\b\s*", "", inner
    )
    inner = re.sub(r"\\([A-Za-z]+)\s*", _command, inner)
    for sign, tag in (("^", "sup"), ("_", "sub")):
        mark = re.escape(sign)
        inner = re.sub(rf"{mark}\{{([^{{}}]*)\}}|{mark}(\S)", rf"<{tag}>\1\2</{tag}>", inner)
    return re.sub(r"\\[,;:! ]|[{}\\]", "", inner)


def _command(match: re.Match[str]) -> str:
    name = match[1]
    if name in _SIGNS:
        return _SIGNS[name]
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper().replace('LAMBDA', 'LAMDA')}")
    except KeyError:
        return ""
