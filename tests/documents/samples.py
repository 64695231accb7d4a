"""One small document of each format with a gap in it, made here so that no foreign file is needed."""

from __future__ import annotations

import io
import json
import zipfile

GAP = "[Insert link to the Guardian article here]"

TEXTS = {
    "plain": f"A title\n\nThe flood of May was described in the papers. {GAP}\n",
    "markdown": f"# A title\r\n\r\nThe flood of *May* was described\r\nin the papers. {GAP}\r\n",
    "latex": f"\\section{{A title}}\nThe flood of May\\footnote{{See {GAP}.}} was described~\\cite{{smith2020}}.\n",
    "html": f"<html><body><h1>A title</h1>\n<p>The flood &amp; the fire. {GAP}</p></body></html>\n",
    "bibtex": "@article{smith2020,\n  author = {TODO},\n  title = {The flood},\n  year = 2020\n}\n",
    "rst": f"A title\n=======\n\nThe flood of May was described. {GAP}\n",
    "wikitext": f"== A title ==\nThe flood of May was described.{{{{citation needed}}}} {GAP}\n",
    "asciidoc": f"= A title\n\nThe flood of May was described. {GAP}\n",
    "typst": f"= A title\n\nThe flood of May was described. #todo[cite Smith] {GAP}\n",
    "org": f"* A title\n\nThe flood of May was described. {GAP}\n",
    "jats": f"<article><front><article-title>A title</article-title></front><body><p>The flood &amp; fire. {GAP}</p></body></article>\n",
    "jupyter": json.dumps(
        {
            "cells": [
                {
                    "cell_type": "markdown",
                    "metadata": {},
                    "source": ["# A title\n", f'He said "no". {GAP}\n'],
                },
                {"cell_type": "code", "metadata": {}, "outputs": [], "source": [f"x = '{GAP}'\n"]},
            ],
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        indent=1,
    ),
}

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx() -> bytes:
    """A Word document: the gap split over three runs, a deleted run, a table, a footnote."""
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>A title</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">The flood &amp; the fire. [Insert </w:t></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>link to the Guardian</w:t></w:r>"
        '<w:r><w:t xml:space="preserve"> article here] and so on.</w:t></w:r>'
        "<w:del><w:r><w:delText>[cite]</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a table [citation needed]</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>See [URL].</w:t></w:r></w:p></w:footnote>'
    return zip_of(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>',
            "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
            "word/styles.xml": f"<w:styles {W}/>",
        }
    )


def odt() -> bytes:
    """An OpenDocument text: a heading, a list, a gap split by a span."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:xlink="x"><office:body><office:text>'
        '<text:h text:outline-level="1">A title</text:h>'
        "<text:p>The flood &lt;of May&gt;. [Insert link to <text:span>the Guardian</text:span> article here]</text:p>"
        "<text:list><text:list-item><text:p>One<text:s/>two [citation needed]</text:p></text:list-item></text:list>"
        "</office:text></office:body></office:document-content>"
    )
    return zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "styles.xml": "<s/>"}, stored="mimetype")  # fmt: skip


def epub() -> bytes:
    """An EPUB of two chapters, a gap in the second."""
    page = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><h1>A title</h1><p>{}</p></body></html>'
    package = (
        '<package><manifest><item id="a" href="a.xhtml"/><item id="b" href="b%20b.xhtml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    return zip_of(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>',
            "O/p.opf": package,
            "O/a.xhtml": page.format("Nothing is open here."),
            "O/b b.xhtml": page.format(f"The flood &amp; the fire. {GAP}"),
        },
        stored="mimetype",
    )


def zip_of(parts: dict[str, str] | dict[str, bytes], stored: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 5, 30, 12, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


ZIPPED = {"docx": docx(), "odt": odt(), "epub": epub()}
SAMPLES = {name: text.encode() for name, text in TEXTS.items()} | ZIPPED
