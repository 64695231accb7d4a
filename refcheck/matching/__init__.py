"""Placeholders and candidates to decisions with their reasons."""
