"""Placeholders to questions and, step by step, to candidates. One file per kind of gap."""
