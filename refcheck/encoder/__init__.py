"""Meaning as vectors: a small sentence encoder on the processor, where one is at hand."""
