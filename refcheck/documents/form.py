"""What a document format is: three functions over bytes and values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from refcheck.model import Document, Edit


def _nothing(_: bytes) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Format:
    """A document format.

    ``read`` takes the bytes of the files by name, and the name of the document among them, and
    raises `InputError` for what is not of the format. ``patch`` returns the bytes of every file
    that the edits change, by name; without an edit, the bytes of the document as they were.
    ``needs`` names, relative to the document, the further files that belong to it.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Mapping[str, bytes], str], Document]
    patch: Callable[[Document, Sequence[Edit]], Mapping[str, bytes]]
    needs: Callable[[bytes], tuple[str, ...]] = _nothing
    title: str = ""
