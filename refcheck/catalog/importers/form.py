"""What an importer is: it tells whether a file is its, and reads works from it one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

Item = Mapping[str, Any]
"""A work as CSL-JSON."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be read: where in the file (line or count, from 1), and why."""

    place: int
    why: str


@dataclass(frozen=True, slots=True)
class FileImporter:
    """Reads files of one form.

    ``fits`` is given the first bytes, unpacked; ``read`` yields works and what could not be read,
    in an order that is the same every time.
    """

    title: str
    fits: Callable[[bytes], bool]
    read: Callable[[BinaryIO], Iterator[Item | Broken]]


@dataclass(frozen=True, slots=True)
class JsonImporter:
    """Reads works from JSON objects of one shape; ``read`` raises `ValueError` saying why not."""

    title: str
    fits: Callable[[Mapping[str, Any]], bool]
    read: Callable[[Mapping[str, Any]], Item]
