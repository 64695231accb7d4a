"""The encoder: found where it is, none where it is not, and right in its sums."""

import json
import math

import pytest

from refcheck.encoder import load as module
from refcheck.encoder.load import load
from refcheck.errors import InputError

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "read", "##ing", "books", "on")


def test_without_an_encoder_there_is_none(monkeypatch):
    """No package with weights, no encoder, and no complaint."""
    monkeypatch.setattr(module, "PACKAGE", "no_such_package")
    assert load(None) is None


def test_a_folder_that_holds_none_is_told(tmp_path):
    """Who names a folder is told what is missing in it."""
    with pytest.raises(InputError, match="vocab"):
        load(tmp_path)


@pytest.fixture
def folder(tmp_path):
    """A model of one layer whose weights are all alike: all texts mean the same to it but for words."""
    numpy = pytest.importorskip("numpy", reason="numpy is not installed (extra `encoder`)")
    width, random = 4, numpy.random.default_rng(7)
    layer = "encoder.layer.0."
    square = ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"]  # fmt: skip
    shapes = {
        "embeddings.word_embeddings.weight": (len(WORDS), width),
        "embeddings.position_embeddings.weight": (16, width),
        "embeddings.token_type_embeddings.weight": (2, width),
        f"{layer}intermediate.dense.weight": (8, width),
        f"{layer}intermediate.dense.bias": (8,),
        f"{layer}output.dense.weight": (width, 8),
        f"{layer}output.dense.bias": (width,),
        **{f"{layer}{name}.weight": (width, width) for name in square},
        **{f"{layer}{name}.bias": (width,) for name in square},
    }
    norms = ("embeddings.LayerNorm", f"{layer}attention.output.LayerNorm", f"{layer}output.LayerNorm")  # fmt: skip
    values = {name: random.normal(size=shape) for name, shape in shapes.items()}
    values |= {f"{name}.weight": numpy.ones(width) for name in norms}
    values |= {f"{name}.bias": numpy.zeros(width) for name in norms}
    table, data = {}, b""
    for name, value in values.items():
        raw = value.astype("<f4").tobytes()
        ends = [len(data), len(data) + len(raw)]
        table[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": ends}
        data += raw
    head = json.dumps(table).encode()
    (tmp_path / "model.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + data)
    (tmp_path / "vocab.txt").write_text("\n".join(WORDS))
    config = {"num_hidden_layers": 1, "num_attention_heads": 2}
    (tmp_path / "config.json").write_text(json.dumps(config))
    return tmp_path


def test_vectors_have_length_one_and_do_not_depend_on_company(folder):
    """A text's vector is the same alone and in a batch with longer ones; case and accents are nothing."""
    encode = load(folder)
    alone = load(folder)(["Reading books"])[0]
    short, long = encode(["réading BOOKS", "books on reading on books unheard"])
    assert math.isclose(sum(x * x for x in long), 1.0, rel_tol=1e-5)
    assert short == pytest.approx(alone, abs=1e-5)
    assert short != pytest.approx(long, abs=1e-3)
