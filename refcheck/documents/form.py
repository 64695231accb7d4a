"""What a document format is: three functions over bytes and values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from refcheck.model import Citing, Document, Edit


def _nothing(_: bytes) -> tuple[str, ...]:
    return ()


def _in_words(_: Document) -> Citing | None:
    return None


def bibliography_of(document: Document) -> str:
    """Return the first .bib file that belongs to a document; "" for none."""
    return next((name for name in document.files if name.lower().endswith(".bib")), "")


@dataclass(frozen=True, slots=True)
class Format:
    """A document format.

    ``read`` takes the bytes of the files by name, and the name of the document among them, and
    raises `InputError` for what is not of the format. ``patch`` returns the bytes of every file
    that the edits change, by name; the document among them always.
    ``needs`` names, relative to the document, the further files that belong to it. ``citing`` says
    how the document cites by key; None where it cites in words. ``track`` patches so that the edits
    show as tracked changes of that moment, where the format has such a thing.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Mapping[str, bytes], str], Document]
    patch: Callable[[Document, Sequence[Edit]], Mapping[str, bytes]]
    needs: Callable[[bytes], tuple[str, ...]] = _nothing
    citing: Callable[[Document], Citing | None] = _in_words
    track: Callable[[Document, Sequence[Edit], datetime], Mapping[str, bytes]] | None = None
    title: str = ""
