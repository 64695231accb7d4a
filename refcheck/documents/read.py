"""Which format a file is in: by its name's ending, then by what it holds."""

from __future__ import annotations

import re

from refcheck.plugins import formats

_CONTENT = (
    ("pdf", re.compile(rb"%PDF-")),
    ("jats", re.compile(rb"(?s).{0,2000}<article\b[^>]*(?:dtd-version|article-type|xmlns:mml)")),
    ("html", re.compile(rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html\b)")),
    ("jupyter", re.compile(rb'(?s)\s*\{.{0,400}"(?:cells|nbformat|worksheets)"')),
    ("latex", re.compile(rb"(?s)(?:\s*%[^\n]*\n)*\s*\\(?:documentclass|documentstyle|section|begin|chapter)\b")),
    ("bibtex", re.compile(rb"(?is)(?:\s*%[^\n]*\n)*\s*@(?:article|book|inproceedings|misc|string|comment|phdthesis|techreport|online|incollection)\s*\{")),
    ("rst", re.compile(rb"(?s)\s*(?:\.\. [\w-]+::|={4,}\r?\n[^\n]+\r?\n={4,})")),
    ("typst", re.compile(rb"(?s)\s*#(?:import|set|show|let)\b")),
    ("org", re.compile(rb"(?is)\s*#\+(?:title|author|options)\s*:")),
    ("asciidoc", re.compile(rb"(?s)\s*= [^\n]+\n(?:[^\n]+\n)?:[\w-]+:")),
    ("markdown", re.compile(rb"(?s)\s*(?:---\s*\n|# \S)")),
)  # fmt: skip


def format_for(name: str, data: bytes) -> str:
    """Return the name of a file's format, "plain" where nothing tells.

    An ending that several formats share (``.xml``) is decided by content.
    """
    suffix = "." + name.lower().rsplit(".", 1)[-1] if "." in name.rsplit("/", 1)[-1] else ""
    known = formats()
    for form, one in known.items():
        if suffix in one.suffixes:
            return form
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    for form, pattern in _CONTENT:
        if form in known and pattern.match(data[:4000]):
            return form
    return "plain"


def _zipped(data: bytes) -> str:
    known = formats()
    head = data[:4000]
    for form, mark in (
        ("epub", b"application/epub+zip"),
        ("odt", b"application/vnd.oasis.opendocument"),
        ("docx", b"[Content_Types].xml"),
    ):
        if form in known and (mark in head or (form == "docx" and b"word/" in data)):
            return form
    return "plain"
