"""Clues to a page that is meant: who published it, what it tells, when it came out."""
