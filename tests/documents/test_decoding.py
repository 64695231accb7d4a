"""Encodings: found, kept, and told where they are spoilt."""

from __future__ import annotations

import codecs

import pytest

from refcheck.documents import markdown
from refcheck.documents.decoding import decode
from refcheck.documents.patching import EncodingLoss, patch_text
from refcheck.errors import InputError
from refcheck.model import Edit, Span

CHINESE = "小米的第二款电动汽车将在明年发布。这是一个重要的消息，我们在这里说明来源。[此处插入链接]"
TRADITIONAL = "這是一個重要的消息，我們在這裡說明來源。他們說這個問題還沒有得到解決。[來源請求]"
JAPANESE = "これは新しい電気自動車についての記事です。カーソル移動が多い[要出典]。"
KOREAN = "이것은 전기 자동차에 대한 기사입니다. 출처를 확인해야 합니다. [출처 필요]"
FRENCH = "Voilà une phrase où l'été a été très agréable et où les références manquent déjà [réf. nécessaire]."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "euc_kr"),
        (CHINESE, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32-le"),
        (FRENCH, "latin-1"),
        (FRENCH, "utf-8"),
    ],
)
def test_found(text, encoding):
    """A text is read as it was written, in each encoding, without a mark."""
    assert decode(text.encode(encoding), "x").text == text


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_mark(bom, encoding):
    """A byte order mark is not part of the text and is kept when the file is written back."""
    data = bom + FRENCH.encode(encoding)
    document = markdown.read({"x.md": data}, "x.md")
    assert document.text == FRENCH
    at = FRENCH.index("[")
    edit = Edit(Span(at, at + 1), "<")
    changed = patch_text(document, [edit])["x.md"]
    assert changed == bom + FRENCH.replace("[", "<").encode(encoding)


def test_spoilt_bytes_are_kept():
    """Bytes that are not UTF-8 in a UTF-8 file survive an edit elsewhere, and are told."""
    data = "été à la référence [cite]\n".encode() + b"broken \xff here\n"
    document = markdown.read({"x.md": data}, "x.md")
    assert document.diagnostics[0].rule == "RC101"
    at = document.text.index("[cite]")
    changed = patch_text(document, [Edit(Span(at, at + 6), "(Noël, 2020)")])["x.md"]
    assert changed == data.replace(b"[cite]", "(Noël, 2020)".encode())


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.4 \xe2\xe3", bytes(range(256)) * 4]
)
def test_binary(data):
    """A binary file is refused in one line."""
    with pytest.raises(InputError) as raised:
        decode(data, "x.bin")
    assert "\n" not in str(raised.value)


def test_empty():
    """An empty file is an empty text."""
    assert decode(b"", "x").text == ""


def test_what_the_encoding_lacks():
    """A sign that the encoding lacks is refused before anything is changed."""
    document = markdown.read({"x.md": FRENCH.encode("latin-1")}, "x.md")
    with pytest.raises(EncodingLoss, match=r"U\+5C0F"):
        patch_text(document, [Edit(Span(0, 5), "小米")])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16-le", "iso2022_jp"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_bytes_outside_an_edit(encoding, ends):
    """Bytes outside an edit are the same in every encoding and with every kind of line end."""
    source = {"gb18030": CHINESE, "iso2022_jp": JAPANESE}.get(encoding, FRENCH)
    text = f"# A{ends}{ends}{source}{ends}end"
    document = markdown.read({"x.md": text.encode(encoding)}, "x.md")
    assert document.text == text
    start = text.index("[")
    end = text.index("]") + 1
    changed = patch_text(document, [Edit(Span(start, end), "https://example.org/a")])["x.md"]
    assert changed.decode(encoding) == text[:start] + "https://example.org/a" + text[end:]
