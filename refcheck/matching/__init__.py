"""Placeholders and candidates to decisions with their reasons."""

from refcheck.matching.pairs import similar

__all__ = ["similar"]
