"""Edits of a Word document as tracked changes."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))
from samples import GAP, ZIPPED, W, zip_of

from refcheck.model import Edit, Span
from refcheck.plugins import formats

DOCX = formats()["docx"]
WHEN = datetime(2024, 5, 30, 12, 0, tzinfo=UTC)
NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def tracked(data, *edits):
    """Return the text and XML of the body after tracked edits ``(old, new)``."""
    document = DOCX.read({"x": data}, "x")
    spans = [
        Edit(Span(document.text.index(old), document.text.index(old) + len(old)), new)
        for old, new in edits
    ]
    out = DOCX.track(document, spans, WHEN)["x"]
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.testzip() is None
        xml = archive.read("word/document.xml")
    return out, DOCX.read({"x": out}, "x").text, etree.fromstring(xml)


def rejected(root):
    """Return the text as it is when all of refcheck's changes are refused."""
    for node in root.xpath("//w:ins[@w:author='refcheck']", namespaces=NS):
        node.getparent().remove(node)
    return "".join(root.xpath("//w:t/text() | //w:delText/text()", namespaces=NS))


OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def paragraph(*runs):
    """Return the smallest Word document of one paragraph that an office program opens."""
    body = f"<w:p>{''.join(runs)}</w:p>"
    return zip_of(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{OFFICE}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{RELATION}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        }
    )


def test_a_gap_over_three_runs_is_taken_out_and_the_new_text_put_in():
    """Accepted, the text is the new one; refused, it is the old one; the look is that of the first run."""
    _, text, root = tracked(ZIPPED["docx"], (GAP, "Smith & Co"))
    assert "The flood & the fire. Smith & Co and so on." in text
    assert GAP in rejected(root)
    assert "Smith & Co" not in rejected(root)
    deleted = root.xpath("//w:del[@w:author='refcheck']//w:delText/text()", namespaces=NS)
    assert "".join(deleted) == GAP


def test_every_change_has_an_id_of_its_own_and_the_moment():
    """Word wants identifiers that differ, and shows author and time."""
    _, _, root = tracked(ZIPPED["docx"], (GAP, "Smith"), ("[citation needed]", "(Smith, 2014)"))
    marks = root.xpath("//w:ins | //w:del[@w:author]", namespaces=NS)
    ids = [mark.get(f"{{{NS['w']}}}id") for mark in marks]
    assert len(ids) == len(set(ids)) >= 4
    assert {mark.get(f"{{{NS['w']}}}date") for mark in marks} == {"2024-05-30T12:00:00Z"}


def test_blanks_at_the_cut_are_kept():
    """A run cut in two keeps the blank at its end, which Word would drop without a word."""
    data = paragraph("<w:r><w:t>see [link] now</w:t></w:r>")
    _, text, root = tracked(data, ("[link]", "here"))
    assert text.strip() == "see here now"
    spaced = root.xpath(
        "//w:t[starts-with(., ' ') or substring(., string-length(.)) = ' ']", namespaces=NS
    )
    assert spaced
    assert all(
        one.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" for one in spaced
    )


def test_a_change_within_another_authors_insertion_is_refchecks_own():
    """An insertion is interrupted, never nested."""
    run = '<w:ins w:id="7" w:author="Ann"><w:r><w:t>so [cite] it is</w:t></w:r></w:ins>'
    _, text, root = tracked(paragraph(run), ("[cite]", "(Smith)"))
    assert text.strip() == "so (Smith) it is"
    assert not root.xpath("//w:ins//w:ins", namespaces=NS)
    own = root.xpath("//w:ins[@w:author='refcheck']//w:t/text()", namespaces=NS)
    assert own == ["(Smith)"]


def test_nothing_else_changes():
    """Taking out what was put in gives the bytes of before."""
    data = paragraph('<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">a [x] b</w:t></w:r>')
    out, _, _ = tracked(data, ("[x]", "y"))
    with zipfile.ZipFile(io.BytesIO(out)) as new, zipfile.ZipFile(io.BytesIO(data)) as old:
        after, before = (z.read("word/document.xml").decode() for z in (new, old))
    look = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
    plain = re.sub(r"<w:ins .*?</w:ins>", "", after)
    plain = re.sub(
        rf"</w:t></w:r><w:del [^>]*>{look.replace('w:t', 'w:delText')}(.*?)</w:delText></w:r></w:del>{look}",
        r"\1",
        plain,
    )
    assert plain == before


def test_line_ends_become_words_own():
    """Several references in one place stand on lines of their own."""
    data = paragraph("<w:r><w:t>[list]</w:t></w:r>")
    document = DOCX.read({"x": data}, "x")
    out = DOCX.patch(document, [Edit(Span(0, 6), "One\nTwo")])["x"]
    assert DOCX.read({"x": out}, "x").text.strip() == "One\nTwo"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_office_program_opens_it(tmp_path):
    """LibreOffice opens the file and shows the new text."""
    out, _, _ = tracked(
        paragraph("<w:r><w:t>see [link] now</w:t></w:r>"), ("[link]", "the article")
    )
    (tmp_path / "a.docx").write_bytes(out)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "txt:Text", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert "the article" in (tmp_path / "a.txt").read_text(encoding="utf-8-sig")
