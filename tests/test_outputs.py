"""What `fix` writes where a document cannot take the edits, or is to show them."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from refcheck import Settings, fix

sys.path.insert(0, str(Path(__file__).parent / "documents"))
from samples import ZIPPED, zip_of

LIBRARY = Path(__file__).parents[1] / "fixtures" / "libraries" / "ev-market.json"
DOI = "10.1016/j.tra.2015.01.002"


def pinned(place, **more):
    return Settings(offline=True, library=(LIBRARY,), pin=(f"{place}={DOI}",), **more)


def body(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize("track", [False, True])
def test_a_word_document_shows_the_edits_where_that_is_wanted(track, tmp_path):
    """With `track_changes` an edit is an insertion and a deletion that an editor can refuse."""
    (tmp_path / "a.docx").write_bytes(ZIPPED["docx"])
    fix([tmp_path / "a.docx"], pinned("3:12", track_changes=track))
    xml = body((tmp_path / "a.fixed.docx").read_bytes())
    assert "(Helveston et al., 2015)" in xml
    assert ('<w:ins w:author="refcheck"' in xml) == track
    assert ("[citation needed]" in xml) == track


def test_a_signed_document_is_read_and_not_changed(tmp_path):
    """What was decided is told, the signature stays whole."""
    with zipfile.ZipFile(io.BytesIO(ZIPPED["docx"])) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    data = zip_of({**parts, "_xmlsignatures/sig1.xml": "<Signature/>"})
    (tmp_path / "a.docx").write_bytes(data)
    (part,) = fix([tmp_path / "a.docx"], pinned("3:12")).documents
    assert (tmp_path / "a.fixed.docx").read_bytes() == data
    (told,) = [one for one in part.diagnostics if one.rule == "RC601"]
    assert "1 edit was not made: it is signed" in told.message


def test_a_document_that_cannot_hold_the_text_is_left_and_the_others_are_written(tmp_path):
    """In Latin-1 there is no "ł": said with the sign, and the file is as it was."""
    library = tmp_path / "own.bib"
    library.write_text(
        "@article{a, author={Łuczak, Ewa}, title={On rivers}, year={2001}, doi={10.1000/182}}",
        encoding="utf-8",
    )
    folder = tmp_path / "in"
    folder.mkdir()
    latin = "Flüsse fließen, und sie fließen gründlich [citation needed].\n".encode("latin-1")
    (folder / "a.md").write_bytes(latin)
    pin = "1:43=10.1000/182"
    (part,) = fix(
        [folder / "a.md"], Settings(offline=True, library=(library,), pin=(pin,))
    ).documents
    assert (folder / "a.fixed.md").read_bytes() == latin
    (told,) = [one for one in part.diagnostics if one.rule == "RC602"]
    assert "save it as UTF-8" in told.message
    assert (folder / "a.report.json").is_file()
