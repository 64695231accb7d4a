"""Decisions to edits, reports to text. One file per form."""
