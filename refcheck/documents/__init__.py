"""Bytes to documents, and back with edits. One file per format."""
