"""EPUB: the XHTML chapters in reading order; edits change text between tags alone.

Source: EPUB 3.3, 5 (package document: manifest and spine).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import unquote

from refcheck.documents import zipped
from refcheck.documents.decoding import decode_part
from refcheck.documents.extracted import Extract
from refcheck.documents.form import Format
from refcheck.documents.xmltext import DEPTH_LIMIT, TOKEN, attribute, changed, escape
from refcheck.errors import InputError
from refcheck.model import Document, Edit

_SKIPPED = frozenset({"script", "style", "head", "svg", "math", "pre", "code"})
_BLOCKS = {"p": "paragraph", "li": "list_item", "td": "table_row", "th": "table_row", "blockquote": "paragraph", "div": "paragraph", "section": "paragraph", "dt": "list_item", "dd": "list_item", "body": "paragraph", "figcaption": "paragraph", "aside": "paragraph"}  # fmt: skip
_VOID = frozenset(
    {"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "source"}
)


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read an EPUB."""
    extract = _extract(files[name], name)
    return extract.document(name, "epub", files[name], zipped.signed(files[name], name))


def _extract(data: bytes, name: str) -> Extract:
    archive = zipped.members(data, name)
    present = {info.filename for info in archive.infolist()}
    if (
        "META-INF/encryption.xml" in present
        and b"aes" in zipped.read_member(archive, "META-INF/encryption.xml", name).lower()
    ):
        raise InputError(f"{name} is protected against copying; it cannot be read")
    container = decode_part(zipped.read_member(archive, "META-INF/container.xml", name), name).text
    rootfile = re.search(r"full-path\s*=\s*[\"']([^\"']+)", container)
    if not rootfile or rootfile[1] not in present:
        raise InputError(f"{name} does not name its package; it is no EPUB, or damaged")
    package = decode_part(zipped.read_member(archive, rootfile[1], name), name).text
    base = posixpath.dirname(rootfile[1])
    hrefs = {}
    for item in re.finditer(r"<(?:\w+:)?item\b([^<>]*)>", package):
        hrefs[attribute(item[1], "id")] = posixpath.normpath(posixpath.join(base, unquote(attribute(item[1], "href"))))  # fmt: skip
    extract = Extract()
    for ref in re.finditer(r"<(?:\w+:)?itemref\b([^<>]*)>", package):
        part = hrefs.get(attribute(ref[1], "idref"), "")
        if part in present and part.lower().endswith((".xhtml", ".html", ".htm", ".xml")):
            _part(
                extract, part, decode_part(zipped.read_member(archive, part, name), name).text, name
            )
    return extract


def _part(extract: Extract, part: str, source: str, name: str) -> None:
    stack: list[str] = []
    skipped = 0
    kind, level, linked, target = "paragraph", 0, -1, ""
    for token in TOKEN.finditer(source):
        tag = token["name"]
        if tag is None:
            if token["text"] is not None and stack and not skipped and (token["text"].strip() or extract.length > extract.opened):  # fmt: skip
                extract.add(part, token["text"], token.start(), token.end())
            continue
        local = tag.rpartition(":")[2].lower()
        heading = len(local) == 2 and local[0] == "h" and local[1].isdigit()
        if token["close"]:
            if local in stack:
                while stack and stack.pop() != local:
                    pass
            skipped = sum(one in _SKIPPED for one in stack) if local in _SKIPPED else skipped
            if local == "a" and linked >= 0:
                extract.link(linked, target)
                linked = -1
            elif heading or local in _BLOCKS:
                extract.close(kind, level)
                kind, level = "paragraph", 0
            continue
        if heading or local in _BLOCKS:
            extract.close(kind, level)
            kind, level = ("heading", int(local[1])) if heading else (_BLOCKS[local], 1 if local == "li" else 0)  # fmt: skip
        elif local == "a" and "href" in token["attrs"]:
            linked, target = extract.length, attribute(token["attrs"], "href")
        elif local == "br" and not skipped:
            extract.put("\n")
        if not token["empty"] and local not in _VOID:
            stack.append(local)
            skipped += local in _SKIPPED
            if len(stack) > DEPTH_LIMIT:
                raise InputError(f"{name} is nested more than {DEPTH_LIMIT} deep; it is refused")
    extract.close(kind, level)


def patch(document: Document, edits: Sequence[Edit]) -> Mapping[str, bytes]:
    """Write an EPUB with edits; without any, its bytes as they were."""
    if not edits:
        return {document.name: document.raw}
    extract = _extract(document.raw, document.name)
    archive = zipped.members(document.raw, document.name)
    out: dict[str, bytes] = {}
    for part in {piece.part for piece in extract.pieces}:
        mine = [
            (e.span.start, e.span.end, e.text)
            for e in edits
            if any(
                p.part == part and p.start <= e.span.start < max(p.end, p.start + 1)
                for p in extract.pieces
            )
        ]
        if mine:
            read_part = decode_part(zipped.read_member(archive, part, document.name), part)
            written = partial(escape, encoding=read_part.encoding)
            source = changed(part, read_part.text, extract.pieces, mine, written)
            out[part] = read_part.bom + source.encode(read_part.encoding, read_part.errors)
    return {document.name: zipped.replace_members(document.raw, out, document.name)}


FORMAT = Format(suffixes=(".epub",), read=read, patch=patch, title="EPUB")
