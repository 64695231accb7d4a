"""Wikitext (MediaWiki): headings, lists, templates, references."""

from __future__ import annotations

import re
from collections.abc import Mapping

from refcheck.documents.form import Format
from refcheck.documents.layout import Layout, merged, read_text
from refcheck.documents.markup_lines import Marks, blocks
from refcheck.documents.patching import patch_text
from refcheck.model import Document

_MARKS = Marks(
    heading=re.compile(
        r"(?P<level>={1,6})[ \t]*(?P<text>[^=\r\n](?:[^\r\n]*?[^=\s])?)[ \t]*={1,6}[ \t]*$"
    ),
    item=re.compile(r"[*#:;]+[ \t]*"),
    skip=re.compile(r"\{\||\|\}|\|-|!|__[A-Z]+__"),
)
_RAW = re.compile(
    r"<(nowiki|pre|syntaxhighlight|source|code|math|tt|timeline|graph|score|gallery)\b[^<>/]{0,300}>(?:(?!</\1).){0,20000}</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)


def scan(text: str) -> Layout:
    """Tell blocks and what is no text of a wikitext."""
    found, code = blocks(text, _MARKS)
    raw = [m.span() for m in _RAW.finditer(text)] if "</" in text else []
    return Layout(found, merged([*code, *raw]))


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a wikitext document."""
    return read_text(files, name, "wikitext", scan)


FORMAT = Format(
    suffixes=(".wiki", ".mediawiki", ".wikitext"),
    read=read,
    patch=patch_text,
    title="wikitext (MediaWiki)",
)
