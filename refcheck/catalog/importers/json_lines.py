"""JSON Lines, a JSON list, or Crossref's ``{"items": […]}``: each object is told by its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from refcheck.catalog.importers import arxiv, csl, flat, registries
from refcheck.catalog.importers.form import Broken, FileImporter, Item, JsonImporter

SHAPES: tuple[JsonImporter, ...] = (
    *registries.IMPORTERS, arxiv.IMPORTER, csl.IMPORTER, flat.IMPORTER,
)  # fmt: skip
LONGEST_BYTES = 50_000_000
"""A line longer than this is no record."""

_decode = msgspec.json.Decoder(dict[str, Any]).decode


def read(file: BinaryIO) -> Iterator[Item | Broken]:
    """Yield the work of each line; lines are counted from 1."""
    first = file.readline(LONGEST_BYTES)
    start = first.lstrip(b"\xef\xbb\xbf \t")
    if _is_whole(start):
        yield from _whole(first + file.read())
        return
    last: JsonImporter | None = None
    number, line = 1, first
    while line:
        if line.strip():
            try:
                row = _decode(line.lstrip(b"\xef\xbb\xbf"))
                if last is None or not _same(last, row):
                    last = _shape(row)
                yield last.read(row)
            except (ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
                yield Broken(number, _said(error))
        number, line = number + 1, file.readline(LONGEST_BYTES)


def _is_whole(start: bytes) -> bool:
    if start.startswith(b"["):
        return True
    if not start.startswith(b"{"):
        return False
    try:
        row = _decode(start)
    except msgspec.DecodeError:
        return True  # an object over several lines
    return isinstance(row.get("items"), list)


def _whole(data: bytes) -> Iterator[Item | Broken]:
    try:
        found = msgspec.json.decode(data.lstrip(b"\xef\xbb\xbf"))
    except msgspec.DecodeError as error:
        yield Broken(1, _said(error))
        return
    if isinstance(found, Mapping):
        found = found.get("items", [found])
    for number, row in enumerate(found if isinstance(found, list) else [found], 1):
        try:
            yield _shape(row).read(row)
        except (ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
            yield Broken(number, _said(error))


def _same(shape: JsonImporter, row: Mapping[str, Any]) -> bool:
    """Tell whether the shape of the line before fits and none that is tried earlier does."""
    return next((one for one in SHAPES if one.fits(row)), None) is shape


def _shape(row: Any) -> JsonImporter:
    if not isinstance(row, Mapping):
        raise TypeError("is not an object")
    for shape in SHAPES:
        if shape.fits(row):
            return shape
    raise ValueError("is a record of no form that is known")


def _said(error: Exception) -> str:
    return (
        f"{type(error).__name__}: {error}"
        if isinstance(error, KeyError | AttributeError)
        else str(error)
    )


IMPORTER = FileImporter("JSON Lines", lambda start: start.lstrip()[:1] in {b"{", b"["}, read)
