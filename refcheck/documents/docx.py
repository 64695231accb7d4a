"""Word documents (.docx): the text of body, footnotes and endnotes; edits change that text alone.

Deleted text of tracked changes and field instructions are not read. Styles, comments, fields, tracked
changes and every other part stay byte for byte. Hyperlinks count as links with a target.
Source: ECMA-376-1, 17 (WordprocessingML).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from refcheck.documents import zipped
from refcheck.documents.decoding import Decoded, decode_part
from refcheck.documents.docx_tracked import tracked
from refcheck.documents.extracted import Extract
from refcheck.documents.form import Format
from refcheck.documents.titles import looks_like_list_title
from refcheck.documents.xmltext import DEPTH_LIMIT, TOKEN, Cut, Piece, attribute, changed, escape
from refcheck.errors import InputError
from refcheck.model import Document, Edit

_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_CODE_STYLE = re.compile(r"(?i)code|verbatim|source|listing|preformatted")
_HEADING_STYLE = re.compile(r"(?i)^(?:heading|berschrift|überschrift|titre|titolo|ttulo|título|kop|rubrik|nagwek|otsikko|1|2|3|4|5|6)\s*(\d)?$|^(title)$")  # fmt: skip


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a Word document."""
    extract = _extract(files[name], name)
    return extract.document(name, "docx", files[name], zipped.signed(files[name], name))


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
            _part(
                extract, part, decode_part(zipped.read_member(archive, part, name), name).text, name
            )
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

    def rewritten(part: str, read: Decoded, pieces: Sequence[Piece], mine: Sequence[Cut]) -> str:
        return changed(part, read.text, pieces, mine, partial(_written, encoding=read.encoding))

    return _patched(document, edits, rewritten)


def track(document: Document, edits: Sequence[Edit], when: datetime) -> Mapping[str, bytes]:
    """Write a Word document with edits as tracked changes of ``when``."""

    def rewritten(part: str, read: Decoded, pieces: Sequence[Piece], mine: Sequence[Cut]) -> str:
        new = [_written(text, read.encoding) for _, _, text in mine]
        return tracked(part, read.text, pieces, mine, new, when)

    return _patched(document, edits, rewritten)


def _written(text: str, encoding: str) -> str:
    """Write a text between the tags of a run; a line end becomes Word's own."""
    return escape(text, encoding).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')


def _patched(
    document: Document,
    edits: Sequence[Edit],
    rewritten: Callable[[str, Decoded, Sequence[Piece], Sequence[Cut]], str],
) -> Mapping[str, bytes]:
    if not edits:
        return {document.name: document.raw}
    extract = _extract(document.raw, document.name)
    archive = zipped.members(document.raw, document.name)
    out: dict[str, bytes] = {}
    for part in dict.fromkeys(piece.part for piece in extract.pieces):
        bounds = [p for p in extract.pieces if p.part == part]
        mine = [
            (edit.span.start, edit.span.end, edit.text)
            for edit in edits
            if any(p.start <= edit.span.start <= p.end for p in bounds)
        ]
        if mine:
            read = decode_part(zipped.read_member(archive, part, document.name), part)
            source = rewritten(part, read, extract.pieces, mine)
            out[part] = read.bom + source.encode(read.encoding, read.errors)
    return {document.name: zipped.replace_members(document.raw, out, document.name)}


FORMAT = Format(
    suffixes=(".docx", ".docm"), read=read, patch=patch, track=track, title="Word (.docx)"
)
