"""What a source was asked in a run, and how it fared."""

from __future__ import annotations

from dataclasses import dataclass

from refcheck.model import SourceState


@dataclass
class Tally:
    """Counts of one source, in questions and requests; ``out`` says why it is not asked any more."""

    put: int = 0
    requests: int = 0
    from_cache: int = 0
    failed: int = 0
    answered: int = 0
    offline: int = 0
    message: str = ""
    out: str = ""

    @property
    def settled(self) -> int:
        """How many of the questions put are answered, one way or another."""
        return self.answered + self.failed + self.offline

    def state(self, name: str) -> SourceState:
        """Say in a line how the source fared."""
        counts = (name, self.requests, self.from_cache, self.failed)
        if self.out or (self.failed and not self.answered):
            return SourceState(*counts, "failed", self.out or self.message)
        if self.offline:
            return SourceState(*counts, "offline", self.message)
        if self.answered:
            return SourceState(*counts, "ok", self.message)
        return SourceState(*counts, "not_needed")
