"""Word documents (.docx): the text of body, footnotes and endnotes; edits change that text alone.

Deleted text of tracked changes and field instructions are not read. Styles, comments, fields, tracked
changes and every other part stay byte for byte. Hyperlinks count as links with a target.
Source: ECMA-376-1, 17 (WordprocessingML).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from refcheck.documents import zipped
from refcheck.documents.decoding import decode
from refcheck.documents.extracted import Extract
from refcheck.documents.form import Format
from refcheck.documents.layout import merged
from refcheck.documents.titles import looks_like_list_title
from refcheck.documents.xmltext import DEPTH_LIMIT, TOKEN, attribute, changed
from refcheck.errors import InputError
from refcheck.model import Document, Edit

_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_CODE_STYLE = re.compile(r"(?i)code|verbatim|source|listing|preformatted")
_HEADING_STYLE = re.compile(r"(?i)^(?:heading|berschrift|überschrift|titre|titolo|ttulo|título|kop|rubrik|nagwek|otsikko|1|2|3|4|5|6)\s*(\d)?$|^(title)$")  # fmt: skip


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a Word document."""
    extract = _extract(files[name], name)
    return Document(
        name=name,
        format="docx",
        text=extract.text(),
        raw=files[name],
        blocks=tuple(extract.blocks),
        inert=merged(extract.inert),
        links=tuple(extract.links),
        parts=extract.regions(),
    )


def _extract(data: bytes, name: str) -> Extract:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            f"{name} is encrypted or an old .doc file; save it as .docx without a password"
        )
    archive = zipped.members(data, name)
    present = {info.filename for info in archive.infolist()}
    if _PARTS[0] not in present:
        raise InputError(f"{name} has no word/document.xml; it is no Word document, or damaged")
    extract = Extract()
    for part in _PARTS:
        if part in present:
            _part(extract, part, decode(zipped.read_member(archive, part, name), name).text, name)
    return extract


def _part(
    extract: Extract, part: str, source: str, name: str
) -> None:  # one scan, each element where it is met
    stack: list[str] = []
    deleted = 0
    style, listed, linked = "", False, -1
    code_from = -1
    for token in TOKEN.finditer(source):
        tag = token["name"]
        if tag is None:
            if token["text"] is not None and stack and stack[-1] == "t" and not deleted:
                extract.add(part, token["text"], token.start(), token.end())
            continue
        local = tag.rpartition(":")[2]
        if token["close"]:
            if stack:
                stack.pop()
            if local in {"del", "moveFrom"}:
                deleted -= 1
            elif local == "hyperlink" and linked >= 0:
                extract.link(linked, "given")
                linked = -1
            elif local == "p":
                if code_from >= 0:
                    extract.inert.append((code_from, extract.length))
                    code_from = -1
                _close(extract, style, listed)
                style, listed = "", False
            continue
        if local == "p":
            style, listed = "", False
        elif local == "pStyle":
            style = attribute(token["attrs"], f"{tag.rpartition(':')[0]}:val") or attribute(
                token["attrs"], "val"
            )
            if _CODE_STYLE.search(style):
                code_from = extract.length
        elif local == "numPr":
            listed = True
        elif local == "tab" and stack and stack[-1] == "r":
            extract.put("\t")
        elif local in {"br", "cr"} and stack and stack[-1] == "r":
            extract.put("\n")
        elif local == "noBreakHyphen":
            extract.put("-")
        elif local == "hyperlink" and not token["empty"] and "id=" in token["attrs"]:
            linked = extract.length
        if not token["empty"]:
            stack.append(local)
            deleted += local in {"del", "moveFrom"}
            if len(stack) > DEPTH_LIMIT:
                raise InputError(f"{name} is nested more than {DEPTH_LIMIT} deep; it is refused")
    extract.close("paragraph")


def _close(extract: Extract, style: str, listed: bool) -> None:
    heading = _HEADING_STYLE.match(style.strip())
    if heading:
        extract.close(
            "heading", 1 if heading[2] else int(heading[1] or (style if style.isdigit() else 1))
        )
        return
    text = extract.current()

    if looks_like_list_title(text):
        extract.close("heading", 2)
    else:
        extract.close(
            "list_item"
            if listed or re.match(r"\s*(?:\[\d+\]|\d+\.|[-•–])\s", text)
            else "paragraph",
            1 if listed else 0,
        )


def patch(document: Document, edits: Sequence[Edit]) -> Mapping[str, bytes]:
    """Write a Word document with edits; without any, its bytes as they were."""
    if not edits:
        return {document.name: document.raw}
    extract = _extract(document.raw, document.name)
    archive = zipped.members(document.raw, document.name)
    out: dict[str, bytes] = {}
    for part in {piece.part for piece in extract.pieces}:
        bounds = [p for p in extract.pieces if p.part == part]
        low, high = bounds[0].start, bounds[-1].end
        mine = [(e.span.start, e.span.end, e.text) for e in edits if low <= e.span.start <= high and any(p.start <= e.span.start <= p.end for p in bounds)]  # fmt: skip
        if mine:
            raw = zipped.read_member(archive, part, document.name)
            read_part = decode(raw, part)
            source = changed(part, read_part.text, extract.pieces, mine)
            out[part] = read_part.bom + source.encode(read_part.encoding, read_part.errors)
    return {document.name: zipped.replace_members(document.raw, out, document.name)}


FORMAT = Format(suffixes=(".docx", ".docm"), read=read, patch=patch, title="Word (.docx)")
