"""A BERT (Devlin and others 2019, doi:10.18653/v1/N19-1423) run forwards in numpy, mean of its last layer.

Sentence encoders of its shape, as all-MiniLM-L6-v2 (Reimers and Gurevych 2019,
doi:10.18653/v1/D19-1410), need no more than this; forty titles take about a second on one core.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

LONGEST = 128
"""Tokens of a text that are read."""
BATCH = 16
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+|[^\w\s]|_")

Array: TypeAlias = npt.NDArray[np.float32]


class Bert:
    """The weights of one model, and what it makes of texts."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.layers = int(config["num_hidden_layers"])
        self.heads = int(config["num_attention_heads"])
        self.tiny = float(config.get("layer_norm_eps", 1e-12))
        words = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.vocabulary = {word: number for number, word in enumerate(words)}
        self.weights = _read(folder / "model.safetensors")

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text."""
        out: list[list[float]] = [[]] * len(texts)
        ids = [self._ids(text) for text in texts]
        order = sorted(
            range(len(texts)), key=lambda n: len(ids[n])
        )  # alike in length: less padding
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            for n, vector in zip(chosen, self._run([ids[n] for n in chosen]).tolist(), strict=True):
                out[n] = vector
        return out

    def _ids(self, text: str) -> list[int]:
        """Return a text's tokens by number: WordPiece, the longest piece first."""
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
        pieces = [piece for word in _WORD.findall(plain) for piece in self._pieces(word)]
        known = self.vocabulary
        return [known["[CLS]"], *(known[piece] for piece in pieces[: LONGEST - 2]), known["[SEP]"]]

    def _pieces(self, word: str) -> list[str]:
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.vocabulary:
                    found.append(piece)
                    start = end
                    break
            else:
                return ["[UNK]"]
        return found

    def _run(self, ids: Sequence[Sequence[int]]) -> Array:
        longest = max(map(len, ids))
        numbers = np.zeros((len(ids), longest), dtype=np.int64)
        mask = np.zeros((len(ids), longest), dtype=np.float32)
        for row, one in enumerate(ids):
            numbers[row, : len(one)] = one
            mask[row, : len(one)] = 1.0
        at = "embeddings."
        x = self.weights[f"{at}word_embeddings.weight"][numbers]
        x = x + self.weights[f"{at}position_embeddings.weight"][:longest]
        x = self._norm(x + self.weights[f"{at}token_type_embeddings.weight"][0], f"{at}LayerNorm")
        for layer in range(self.layers):
            x = self._layer(x, mask, f"encoder.layer.{layer}.")
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        vectors: Array = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return vectors

    def _layer(self, x: Array, mask: Array, at: str) -> Array:
        rows, length, width = x.shape
        split = (rows, length, self.heads, width // self.heads)
        query, key, value = (
            self._linear(x, f"{at}attention.self.{name}").reshape(split).transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        weight: Any = query @ key.transpose(0, 1, 3, 2) / np.float32(math.sqrt(split[3]))
        weight = weight + (1 - mask)[:, None, None, :] * np.float32(-1e9)
        weight = np.exp(weight - weight.max(-1, keepdims=True))
        weight /= weight.sum(-1, keepdims=True)
        mixed = (weight @ value).transpose(0, 2, 1, 3).reshape(x.shape)
        mixed = self._linear(mixed, f"{at}attention.output.dense")
        x = self._norm(x + mixed, f"{at}attention.output.LayerNorm")
        wide = _gelu(self._linear(x, f"{at}intermediate.dense"))
        return self._norm(x + self._linear(wide, f"{at}output.dense"), f"{at}output.LayerNorm")

    def _linear(self, x: Array, at: str) -> Array:
        out: Array = x @ self.weights[f"{at}.weight"].T + self.weights[f"{at}.bias"]
        return out

    def _norm(self, x: Array, at: str) -> Array:
        even = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + self.tiny)
        out: Array = even * self.weights[f"{at}.weight"] + self.weights[f"{at}.bias"]
        return out


def _gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit; its error function after Abramowitz and Stegun, 7.1.26."""
    z = np.abs(x) / np.float32(math.sqrt(2))
    t: Any = 1 / (1 + np.float32(0.3275911) * z)
    series: Any = np.float32(0.0)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series = (series + np.float32(factor)) * t
    out: Array = np.float32(0.5) * x * (1 + np.sign(x) * (1 - series * np.exp(-z * z)))
    return out


def _read(path: Path) -> dict[str, Any]:
    """Read a safetensors file: eight bytes of length, a JSON table, the numbers as they lie in memory."""
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    length = int.from_bytes(raw[:8].tobytes(), "little")
    table = json.loads(raw[8 : 8 + length].tobytes())
    return {
        name.removeprefix("bert."): np.frombuffer(
            raw, np.float32, math.prod(one["shape"]), 8 + length + one["data_offsets"][0]
        ).reshape(one["shape"])
        for name, one in table.items()
        if name != "__metadata__" and one["dtype"] == "F32"
    }
