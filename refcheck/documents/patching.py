"""Edits to bytes: what an edit does not cover stays as it is, whatever the encoding."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping, Sequence

from refcheck.documents.decoding import STATEFUL, Decoded, decode
from refcheck.errors import OutputError
from refcheck.model import Document, Edit


class EncodingLoss(OutputError):
    """A text cannot be written in the encoding of the document that it is meant for."""


def patch_text(
    document: Document,
    edits: Sequence[Edit],
    escape: Callable[[str, int], str] | None = None,
) -> Mapping[str, bytes]:
    """Return the bytes of the document, and of every further file that the edits change.

    ``escape`` turns an edit's text into what the format takes at that offset. Raises `EncodingLoss`
    before anything is changed, `ValueError` for edits that overlap or lie outside the text.
    """
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.file or document.name, []).append(edit)
    out: dict[str, bytes] = {document.name: document.raw}
    for name, mine in by_file.items():
        if name == document.name:
            read = Decoded(document.text, document.encoding, document.errors, document.bom)
            pieces = [
                (e.span.start, e.span.end, escape(e.text, e.span.start) if escape else e.text)
                for e in mine
            ]
            out[name] = splice(document.raw, read, pieces, name)
        else:
            data = document.files[name]
            pieces = [(e.span.start, e.span.end, e.text) for e in mine]
            out[name] = splice(data, decode(data, name), pieces, name)
    return out


def splice(
    raw: bytes, read: Decoded, pieces: Sequence[tuple[int, int, str]], name: str = "the document"
) -> bytes:
    """Return ``raw`` with each piece ``(start, end, new text)``, in code points, replaced."""
    pieces = sorted(pieces)
    last = 0
    for start, end, _ in pieces:
        if not last <= start <= end <= len(read.text):
            raise ValueError(f"edits overlap or lie outside the text at {start}")
        last = end
    new = [_encode(text, read.encoding, name) for _, _, text in pieces]
    body = raw[len(read.bom) :]
    if codecs.lookup(read.encoding).name in STATEFUL:
        return read.bom + _rewritten(body, read, pieces, name)
    points = [point for start, end, _ in pieces for point in (start, end)]
    offsets = _offsets(body, read, points)
    out, at = [read.bom], 0
    for number, text in enumerate(new):
        start, end = offsets[2 * number], offsets[2 * number + 1]
        out += [body[at:start], text]
        at = end
    return b"".join((*out, body[at:]))


def _encode(text: str, encoding: str, name: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        sign = text[error.start]
        raise EncodingLoss(
            f"{name} is in {encoding}, which has no {sign!r} (U+{ord(sign):04X}); "
            "nothing was changed; save it as UTF-8 and run again"
        ) from None


def _offsets(body: bytes, read: Decoded, points: Sequence[int]) -> list[int]:
    """Map code points, in order, to byte offsets.

    Where text and bytes map both ways, by encoding what lies between; else (several byte sequences
    for one sign) by decoding byte for byte.
    """
    edges = [*points, len(read.text)]
    offsets, at, before = [], 0, 0
    try:
        for point in edges:
            at += len(read.text[before:point].encode(read.encoding, read.errors))
            offsets.append(at)
            before = point
    except UnicodeEncodeError:
        return _counted(body, read, points)
    if at == len(body) and read.text.encode(read.encoding, read.errors) == body:
        return offsets[:-1]
    return _counted(body, read, points)


def _counted(body: bytes, read: Decoded, points: Sequence[int]) -> list[int]:
    decoder = codecs.getincrementaldecoder(read.encoding)(read.errors)
    offsets: list[int] = []
    seen = boundary = 0
    waiting = iter(points)
    point = next(waiting, None)
    for at in range(len(body) + 1):
        while point is not None and seen >= point:
            offsets.append(boundary)
            point = next(waiting, None)
        if at < len(body) and (got := len(decoder.decode(body[at : at + 1]))):
            seen += got
            boundary = at + 1
    return offsets + [len(body)] * (len(points) - len(offsets))


def _rewritten(
    body: bytes, read: Decoded, pieces: Sequence[tuple[int, int, str]], name: str
) -> bytes:
    """Write a text anew in an encoding with shifts; only where that changes nothing else."""
    if read.text.encode(read.encoding, read.errors) != body:
        raise EncodingLoss(
            f"{name} is in {read.encoding} in a form that cannot be kept; nothing was changed; save it as UTF-8"
        )
    out, at = [], 0
    for start, end, text in pieces:
        out += [read.text[at:start], text]
        at = end
    return "".join((*out, read.text[at:])).encode(read.encoding, read.errors)
