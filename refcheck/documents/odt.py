"""OpenDocument texts (.odt, flat .fodt): paragraphs, headings and lists of the content; edits change text alone.

Deleted text of tracked changes is not read. Source: OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from refcheck.documents import zipped
from refcheck.documents.decoding import Decoded, decode_part
from refcheck.documents.extracted import Extract
from refcheck.documents.form import Format
from refcheck.documents.titles import looks_like_list_title
from refcheck.documents.xmltext import DEPTH_LIMIT, TOKEN, attribute, changed, escape
from refcheck.errors import InputError
from refcheck.model import Document, Edit

_PART = "content.xml"
_SKIPPED = frozenset({"tracked-changes", "annotation", "sequence-decls", "forms", "object", "binary-data", "script", "scripts", "styles", "automatic-styles", "master-styles", "settings", "meta", "font-face-decls"})  # fmt: skip
_BLOCKS = frozenset({"p", "h"})


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read an OpenDocument text."""
    extract = _extract(_source(files[name], name).text, name)
    signature = zipped.signed(files[name], name) if files[name].startswith(b"PK") else ""
    return extract.document(name, "odt", files[name], signature)


def _source(data: bytes, name: str) -> Decoded:
    if not data.startswith(b"PK"):
        flat = decode_part(data, name)
        if "office:document" not in flat.text[:4000]:
            raise InputError(f"{name} is no OpenDocument text, or damaged")
        return flat
    archive = zipped.members(data, name)
    if any(i.filename == "META-INF/manifest.xml" for i in archive.infolist()):
        manifest = zipped.read_member(archive, "META-INF/manifest.xml", name)
        if b"encryption-data" in manifest:
            raise InputError(f"{name} is encrypted; save it without a password and run again")
    return decode_part(zipped.read_member(archive, _PART, name), name)


def _extract(source: str, name: str) -> Extract:  # noqa: PLR0915  # one scan, each element where it is met
    extract = Extract()
    stack: list[str] = []
    skipped = depth = lists = 0
    level, linked, target = 0, -1, ""
    for token in TOKEN.finditer(source):
        tag = token["name"]
        if tag is None:
            if token["text"] is not None and depth and not skipped:
                extract.add(_PART, token["text"], token.start(), token.end())
            continue
        local = tag.rpartition(":")[2]
        if token["close"]:
            if stack:
                stack.pop()
            if local in _SKIPPED:
                skipped -= 1
            elif local == "list-item":
                lists -= 1
            elif local == "a" and linked >= 0:
                extract.link(linked, target)
                linked = -1
            elif local in _BLOCKS and not skipped:
                depth -= 1
                text = extract.current()
                if local == "h" or looks_like_list_title(text):
                    extract.close("heading", level if local == "h" else 2)
                else:
                    extract.close("list_item" if lists > 0 else "paragraph", 1 if lists > 0 else 0)
            continue
        if local in _BLOCKS and not token["empty"] and not skipped:
            if depth:
                extract.close("paragraph")  # a footnote's paragraph within another
            depth += 1
            digits = re.sub(r"\D", "", attribute(token["attrs"], "text:outline-level"))
            level = min(int(digits[:2]), 6) if digits else 1
        elif local == "list-item" and not token["empty"]:
            lists += 1
        elif local == "a" and not token["empty"]:
            linked, target = extract.length, attribute(token["attrs"], "xlink:href")
        elif local == "s" and depth and not skipped:
            digits = re.sub(r"\D", "", attribute(token["attrs"], "text:c"))
            extract.put(" " * min(int(digits[:4]) if digits else 1, 1000))
        elif local == "tab" and depth and not skipped:
            extract.put("\t")
        elif local == "line-break" and depth and not skipped:
            extract.put("\n")
        if not token["empty"]:
            stack.append(local)
            skipped += local in _SKIPPED
            if len(stack) > DEPTH_LIMIT:
                raise InputError(f"{name} is nested more than {DEPTH_LIMIT} deep; it is refused")
    extract.close("paragraph")
    return extract


def patch(document: Document, edits: Sequence[Edit]) -> Mapping[str, bytes]:
    """Write an OpenDocument text with edits; without any, its bytes as they were."""
    if not edits:
        return {document.name: document.raw}
    source = _source(document.raw, document.name)
    extract = _extract(source.text, document.name)
    pieces = [(e.span.start, e.span.end, e.text) for e in edits]
    written = partial(escape, encoding=source.encoding)
    new = changed(_PART, source.text, extract.pieces, pieces, written)
    content = source.bom + new.encode(source.encoding, source.errors)
    if not document.raw.startswith(b"PK"):
        return {document.name: content}
    return {document.name: zipped.replace_members(document.raw, {_PART: content}, document.name)}


FORMAT = Format(suffixes=(".odt", ".fodt"), read=read, patch=patch, title="OpenDocument text")
