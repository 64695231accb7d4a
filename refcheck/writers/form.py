"""What a report form is: a function from a report to text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from refcheck.model import Report


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A form of the report.

    ``suffix`` follows ``.report`` in the name of its file; ``name`` is what ``--format`` takes.
    """

    write: Callable[[Report], str]
    suffix: str
    title: str = ""
    name: str = ""
