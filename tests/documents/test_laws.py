"""What holds for every format: no edit, no change; an edit changes nothing outside its span."""

from __future__ import annotations

import io
import itertools
import json
import os
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from samples import GAP, SAMPLES, TEXTS, ZIPPED, zip_of

from refcheck import plugins
from refcheck.documents.read import format_for
from refcheck.errors import InputError, OutputError, RefcheckError
from refcheck.finders.settle import settle
from refcheck.model import Edit, Span

FORMATS = plugins.formats()
SUFFIXES = {name: FORMATS[name].suffixes[0] for name in SAMPLES}
few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def read(form, data):
    return FORMATS[form].read({"x": data}, "x")


def read_or_refusal(form, data):
    """Return the document, or the line in which it is refused."""
    try:
        return read(form, data)
    except RefcheckError as error:
        return str(error)


def find(document):
    return settle(p for rule in plugins.finders().values() for p in rule.find(document))


@pytest.mark.parametrize("form", SAMPLES)
def test_no_edit(form):
    """A document without edits is written back byte for byte."""
    assert FORMATS[form].patch(read(form, SAMPLES[form]), ()) == {"x": SAMPLES[form]}


@pytest.mark.parametrize("form", SAMPLES)
def test_known_by_suffix(form):
    """A file is known by its ending."""
    assert format_for(f"paper{SUFFIXES[form]}", SAMPLES[form]) == form


@pytest.mark.parametrize(
    "form", ["html", "jats", "jupyter", "bibtex", "docx", "odt", "epub", "latex"]
)
def test_known_by_content(form):
    """A file without an ending is known by what it holds."""
    data = (
        SAMPLES[form]
        if form != "jats"
        else SAMPLES[form].replace(b"<article>", b'<article article-type="a">')
    )
    assert format_for("paper", data) == form


@pytest.mark.parametrize("form", sorted(set(SAMPLES) - {"bibtex"}))
def test_gap_is_found_and_filled(form):
    """The gap is found in each format, also split over runs, and filled; read again, it is gone."""
    document = read(form, SAMPLES[form])
    gaps = [p for p in find(document) if document.slice(p.span) == GAP]
    assert len(gaps) == 1
    assert gaps[0].rule == "RC201"
    new = 'Smith & Jones, "The <flood>"'
    patched = FORMATS[form].patch(
        document, [Edit(gaps[0].span, new if form != "html" else "Smith")]
    )["x"]
    again = read(form, patched)
    assert GAP not in [again.slice(p.span) for p in find(again)]
    if form in {*ZIPPED}:
        assert again.text == document.text.replace(GAP, new)
    elif form == "jupyter":
        assert json.loads(patched)["cells"][0]["source"][1] == f'He said "no". {new}\n'
        assert json.loads(patched)["cells"][1] == json.loads(SAMPLES[form])["cells"][1]


@few
@given(data=st.data(), form=st.sampled_from(sorted(TEXTS)))
def test_outside_an_edit(data, form):
    """Nothing outside an edit's span changes, whatever is edited in whatever text."""
    text = data.draw(st.text(max_size=120)) + TEXTS[form] + data.draw(st.text(max_size=60))
    raw = text.encode("utf-8", "surrogatepass")
    try:
        document = read(form, raw)
    except InputError:
        return
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    patched = FORMATS[form].patch(document, [Edit(Span(start, end), "new")])["x"]
    body = raw[len(document.bom) :]
    encode = document.text.encode
    assert patched.startswith(document.bom + encode(document.encoding, document.errors)[:0])
    before = document.text[:start].encode(document.encoding, document.errors)
    after = document.text[end:].encode(document.encoding, document.errors)
    assert patched[len(document.bom) :].startswith(before)
    assert patched.endswith(after)
    assert body.startswith(before)
    assert body.endswith(after)


@few
@given(text=st.text(max_size=400), form=st.sampled_from(sorted(TEXTS)))
def test_any_text_is_read(text, form):
    """Any text is read in any format, its blocks in order and within it, and searched without fault."""
    try:
        document = read(form, text.encode("utf-8", "surrogatepass"))
    except InputError:
        return
    last = 0
    for block in document.blocks:
        assert (
            last <= block.span.start <= block.content.start <= block.content.end <= block.span.end
        )
        last = block.span.end
    assert last <= len(document.text)
    found = find(document)
    assert all(a.replaced.end <= b.replaced.start for a, b in itertools.pairwise(found))


@few
@given(data=st.binary(max_size=600), form=st.sampled_from(sorted(SAMPLES)))
def test_any_bytes(data, form):
    """Bytes that are no document are refused in one line; others come back as they were."""
    document = read_or_refusal(form, data)
    if isinstance(document, str):
        assert "\n" not in document
        return
    assert FORMATS[form].patch(document, ())["x"] == data


@few
@example(cut=100, flip=596, form="odt")
@given(cut=st.integers(0, 100), flip=st.integers(0, 4000), form=st.sampled_from(sorted(ZIPPED)))
def test_damaged_archives(cut, flip, form):
    """A cut off or damaged archive is refused in one line or read; it never crashes."""
    data = bytearray(ZIPPED[form])
    data[flip % len(data)] ^= 0xFF
    del data[len(data) * cut // 100 :]
    document = read_or_refusal(form, bytes(data))
    if isinstance(document, str):
        assert "\n" not in document
        return
    assert FORMATS[form].patch(document, ())["x"] == bytes(data)


@pytest.mark.parametrize("form", sorted(ZIPPED))
def test_other_parts_stay(form):
    """In an archive every part but the edited one stays as it lies in the file, in order."""
    data = ZIPPED[form]
    document = read(form, data)
    gap = next(p for p in find(document) if document.slice(p.span) == GAP)
    patched = FORMATS[form].patch(document, [Edit(gap.span, "Smith")])["x"]
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(patched)) as new:
        assert new.testzip() is None
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert len(changed) == 1
        for name in set(old.namelist()) - set(changed):
            one, other = old.getinfo(name), new.getinfo(name)
            length = one.compress_size + 30 + len(name)
            assert data[one.header_offset :][:length] == patched[other.header_offset :][:length]


def test_word_keeps_the_runs():
    """In Word the tags between the runs of a gap stay; the new text takes the look of the first."""
    document = read("docx", ZIPPED["docx"])
    gap = next(p for p in find(document) if document.slice(p.span) == GAP)
    patched = FORMATS["docx"].patch(document, [Edit(gap.span, "Smith & Co")])["x"]
    with zipfile.ZipFile(io.BytesIO(patched)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert "fire. Smith &amp; Co</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r>" in xml
    assert "<w:delText>[cite]</w:delText>" in xml
    assert {document.slice(p.span) for p in find(document)} >= {GAP, "[citation needed]", "[URL]"}


def test_encrypted_and_bombs():
    """An old or encrypted Word file, and an archive that unpacks to too much, are refused."""
    with pytest.raises(InputError, match="password"):
        read("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(40_000_000))
    with pytest.raises(InputError, match="refused"):
        read("docx", out.getvalue())


def test_deep_nesting():
    """XML nested without end is refused."""
    deep = b"<office:document>" + b"<text:span>" * 5000
    with pytest.raises(InputError, match="deep"):
        read("odt", deep)


def test_pdf_is_read_only():
    """A PDF takes no edit, and a damaged one is refused in one line."""
    pytest.importorskip("pypdfium2", reason="reading PDF needs the extra `pdf`")
    with pytest.raises(InputError):
        read("pdf", b"%PDF-1.4 broken")
    document = FORMATS["pdf"].read
    assert document is not None
    from refcheck.model import Document

    with pytest.raises(OutputError, match="read only"):
        FORMATS["pdf"].patch(Document("x.pdf", "pdf", "a"), [Edit(Span(0, 1), "b")])


HOSTILE = {
    "blanks": " " * 100_000 + "x",
    "open anchors": '<a href="' * 10_000,
    "open brackets": "[" * 50_000,
    "brackets with text": "[a" * 30_000,
    "open parentheses": "(" * 50_000,
    "open braces": "\\cite{" * 10_000,
    "open templates": "{{" * 20_000,
    "backticks": "".join("`" * (n % 50 + 1) + " " for n in range(3000)),
    "dollars": "$a " * 20_000,
    "notes": "TODO: cite the paper\n" * 2_000,
    "underscores": "_" * 50_000,
    "entries": "@article{a,\n title = {" * 4000,
    "comments": "<!-- " * 20_000,
    "names": "Smith and " * 15_000 + "20XX",
    "tables": "| a " * 30_000,
    "questions": "?" * 50_000,
    "masks": "x" * 60_000,
    "quotes": '"' * 40_000,
    "labels": "Link: " * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("form", ["markdown", "latex", "html"])
def test_hostile_text_takes_linear_time(name, form):
    """Text made to mislead takes no more than some seconds in any reader and rule."""
    data = HOSTILE[name].encode()
    began = time.process_time()
    find(read(form, data))
    assert time.process_time() - began < 6


@pytest.mark.skipif(
    not os.environ.get("REFCHECK_DATA"), reason="REFCHECK_DATA names no folder of real documents"
)
def test_real_files():
    """Every real document is written back byte for byte or refused in one line."""
    folder = Path(os.environ["REFCHECK_DATA"]) / "docs-formats"
    seen = 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.parent != folder):
        data = path.read_bytes()
        form = format_for(path.name, data)
        document = read_or_refusal(form, data)
        if isinstance(document, str):
            assert "\n" not in document
            continue
        assert FORMATS[form].patch(document, ()) == {"x": data}
        seen += 1
    assert seen


@pytest.mark.parametrize("name", ["docx", "odt", "epub"])
def test_extracted_text_says_where_it_stands(name):
    """Every block of an extracted text stands in a part of the file, counted from 1 in each."""
    document = FORMATS[name].read({"x": SAMPLES[name]}, "x")
    places = [document.in_file(block.span.start) for block in document.blocks]
    assert all(places)
    assert places[0][1] == 1
    for (part, number), (further, following) in itertools.pairwise(places):
        assert following == (number + 1 if part == further else 1)


def test_text_stands_nowhere_else():
    """A text file has no place but line and column."""
    assert FORMATS["markdown"].read({"x": b"One.\n"}, "x").in_file(0) is None


LATIN = b'<?xml version="1.0" encoding="ISO-8859-1"?>'


@pytest.mark.parametrize("form", ["html", "jats"])
def test_markup_names_what_its_encoding_lacks(form):
    """In Latin-1 markup a sign that it lacks is put in by its number: nothing is lost or refused."""
    data = LATIN + TEXTS[form].replace("fire", "feu d'été").encode("latin-1")
    document = read(form, data)
    gap = next(p for p in find(document) if document.slice(p.span) == GAP)
    patched = FORMATS[form].patch(document, [Edit(gap.span, "Łuczak")])["x"]
    assert patched == data.replace(GAP.encode(), b"&#321;uczak")


def test_a_part_of_an_archive_is_read_as_it_declares():
    """A chapter in Latin-1 is read, and written, as such; nothing is guessed."""
    with zipfile.ZipFile(io.BytesIO(ZIPPED["epub"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chapter = parts["O/b b.xhtml"].partition(b"?>")[2].replace(b"fire", "été".encode("latin-1"))
    parts["O/b b.xhtml"] = LATIN + chapter
    document = read("epub", zip_of(parts, stored="mimetype"))
    assert "the été" in document.text
    gap = next(p for p in find(document) if document.slice(p.span) == GAP)
    patched = FORMATS["epub"].patch(document, [Edit(gap.span, "Łuczak")])["x"]
    with zipfile.ZipFile(io.BytesIO(patched)) as archive:
        written = archive.read("O/b b.xhtml")
    assert written == LATIN + chapter.replace(GAP.encode(), b"&#321;uczak")
