"""Rendered references as a Word document: one paragraph each, hanging indent, italics and links.

Written part by part (ECMA-376, Office Open XML, 5th ed.); the same entries are the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from refcheck.model import Entry, Run

_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: a document has no clock
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PARAGRAPH = '<w:pPr><w:spacing w:after="120"/><w:ind w:left="720" w:hanging="720"/></w:pPr>'


def document(entries: Sequence[Entry]) -> bytes:
    """Return the bytes of a .docx that holds the reference list."""
    links: dict[str, str] = {}
    body = "".join(_paragraph(entry, links) for entry in entries)
    whole = f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'
    targets = "".join(
        f'<Relationship Id="{name}" Type="{_R}/hyperlink" Target={quoteattr(url)} TargetMode="External"/>'
        for url, name in links.items()
    )
    relations = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{targets}</Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _ROOT),
            ("word/document.xml", whole),
            ("word/_rels/document.xml.rels", relations),
        ):
            package.writestr(zipfile.ZipInfo(name, _DAY), part.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _paragraph(entry: Entry, links: dict[str, str]) -> str:
    runs = [Run(f"{entry.label} ")] if entry.label else []
    return (
        f"<w:p>{_PARAGRAPH}{''.join(_run(run, links) for run in (*runs, *entry.reference))}</w:p>"
    )


def _run(run: Run, links: dict[str, str]) -> str:
    looks = "".join(
        mark
        for mark, on in (
            ("<w:b/>", run.bold),
            ("<w:i/>", run.italic),
            ("<w:smallCaps/>", run.small_caps),
            ('<w:vertAlign w:val="superscript"/>', run.raised),
            ('<w:vertAlign w:val="subscript"/>', run.lowered),
        )
        if on
    )
    clean = "".join(sign for sign in run.text if sign in "\t\n" or ord(sign) >= 32)
    inner = f"<w:r><w:rPr>{looks}</w:rPr>" if looks else "<w:r>"
    inner += f'<w:t xml:space="preserve">{escape(clean)}</w:t></w:r>'
    if run.url.startswith(("http://", "https://")):
        name = links.setdefault(run.url, f"rId{len(links) + 1}")
        return f'<w:hyperlink r:id="{name}">{inner}</w:hyperlink>'
    return inner
