r"""Text for TeX: special signs escaped, CSL's tags as commands, letters as commands where asked."""

from __future__ import annotations

import re
import unicodedata

from refcheck.bibliography.tex import ACCENTS, LETTERS

_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
_ESCAPES = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_TAGS = {
    "i": r"\emph{", "em": r"\emph{", "b": r"\textbf{", "strong": r"\textbf{",
    "sup": r"\textsuperscript{", "sub": r"\textsubscript{",
}  # fmt: skip
_TAG = re.compile(r"<(/?)(i|em|b|strong|sup|sub|span)(\s[^<>]*)?>|&(amp|lt|gt|quot|#38);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#38": "&"}


def encode(text: str, *, ascii_only: bool = False) -> str:
    r"""Write a text for TeX: special signs escaped, CSL's tags as commands.

    With ``ascii_only``, letters outside ASCII as commands where TeX has one.
    """
    out: list[str] = []
    at = 0
    open_spans: list[str] = []
    for match in _TAG.finditer(text):
        out.append(_plain(text[at : match.start()], ascii_only=ascii_only))
        at = match.end()
        if match[4]:
            out.append(_plain(_ENTITIES[match[4]], ascii_only=ascii_only))
        elif match[2] == "span" and not match[1]:
            opened = (
                "{" if "nocase" in (match[3] or "")
                else r"\textsc{" if "small-caps" in (match[3] or "")
                else ""
            )  # fmt: skip
            open_spans.append("}" if opened else "")
            out.append(opened)
        elif match[2] == "span":
            out.append(open_spans.pop() if open_spans else "")
        else:
            out.append("}" if match[1] else _TAGS[match[2]])
    out.append(_plain(text[at:], ascii_only=ascii_only))
    return "".join(out)


def _plain(text: str, *, ascii_only: bool) -> str:
    text = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0], "\\" + match[0]), text)
    return "".join(map(_ascii, text)) if ascii_only and not text.isascii() else text


_REVERSE = {
    value: name
    for name, value in LETTERS.items()
    if len(value) == 1 and value not in "i ~^\\{}$|<>_/'"
}
_REVERSE_ACCENTS = {value: name for name, value in ACCENTS.items()}


def _ascii(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in "–—“”‘’":
        return {"–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'"}[sign]
    if sign in _REVERSE:
        name = _REVERSE[sign]
        return (
            rf"$\{name}$"
            if "\u0370" <= sign <= "\u03ff" or sign in "×±≤≥∼≈∞→⋅∘′ℓ≠∈∂"
            else rf"{{\{name}}}"
        )
    parts = unicodedata.normalize("NFD", sign)
    if len(parts) == 2 and parts[0].isascii() and parts[1] in _REVERSE_ACCENTS:
        accent = _REVERSE_ACCENTS[parts[1]]
        base = (
            rf"\{parts[0]}"
            if parts[0] in "ij" and parts[1] not in "\u0327\u0328\u0323"
            else parts[0]
        )
        return rf"{{\{accent}{{{base}}}}}" if accent.isalpha() else rf"{{\{accent}{base}}}"
    return sign
