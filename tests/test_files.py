"""The disk: whole or not at all, and nothing of the user's overwritten."""

import hashlib
import os

import pytest

from refcheck import files
from refcheck.errors import InputError, OutputError


def test_a_missing_file_is_told_in_one_line(tmp_path):
    """What, where, and what to do."""
    with pytest.raises(InputError, match=r"nowhere\.md is not there; check the name"):
        files.read(tmp_path / "nowhere.md")


def test_a_folder_is_no_file(tmp_path):
    """Reading a folder says that it is one."""
    with pytest.raises(InputError, match="is a folder"):
        files.read(tmp_path)


def test_a_walk_leaves_out_what_it_should(tmp_path):
    """Hidden files, ignored and excluded ones and refcheck's own outputs are not documents."""
    for name in (
        "a.md",
        "b.txt",
        "c.fixed.md",
        "d.report.md",
        ".hidden.md",
        "draft.md",
        "built/e.md",
        "sub/f.md",
        "a.md.orig",
        "g.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "a.apa.md").write_text("<!-- Bibliography of a.md, made by refcheck -->\n")
    (tmp_path / ".gitignore").write_text("built/\n")
    found = files.documents([tmp_path], [".md", ".txt"], ["draft*"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "a.md",
        "b.txt",
        "sub/f.md",
    ]


def test_a_file_named_by_itself_is_always_taken(tmp_path):
    """What the user names is read, whatever it is called; twice named is read once."""
    path = tmp_path / "c.fixed.md"
    path.write_text("x")
    assert files.documents([path, path], [".txt"], []) == [path]


def test_a_folder_without_documents_is_an_error(tmp_path):
    """An empty walk is told, with the endings that are known."""
    with pytest.raises(InputError, match=r"holds no documents; known endings: \.md"):
        files.documents([tmp_path], [".md"], [])


def test_a_foreign_file_keeps_its_name(tmp_path):
    """Where a file of the user's has the name of an output, the output takes another."""
    wanted = tmp_path / "article.bib"
    assert files.free_name(wanted, b"new", [], []) == wanted
    wanted.write_bytes(b"mine")
    assert files.free_name(wanted, b"new", [], []).name == "article.refcheck.bib"
    (tmp_path / "article.refcheck.bib").write_bytes(b"mine too")
    assert files.free_name(wanted, b"new", [], []).name == "article.refcheck-2.bib"


@pytest.mark.parametrize(
    ("held", "sums"),
    [
        (b"new", ()),
        (b"% made by refcheck\nold", ()),
        (b"old", (hashlib.sha256(b"old").hexdigest(),)),
    ],
    ids=["the same", "marked", "noted"],
)
def test_what_refcheck_wrote_is_replaced(tmp_path, held, sums):
    """The same bytes, the mark at the head, or a sum noted by an earlier run make a file ours."""
    wanted = tmp_path / "article.bib"
    wanted.write_bytes(held)
    assert files.free_name(wanted, b"new", [], sums) == wanted


def test_an_input_is_never_an_output(tmp_path):
    """A name that an input has is taken, though the file bears the mark."""
    wanted = tmp_path / "a.bib"
    wanted.write_bytes(b"% refcheck")
    assert files.free_name(wanted, b"new", [wanted], []).name == "a.refcheck.bib"


def test_a_write_that_fails_leaves_the_former_file(tmp_path, monkeypatch):
    """A full disk or a kill leaves what was there, and nothing half done beside it."""
    path = tmp_path / "a.md"
    path.write_bytes(b"former")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        files.write(path, b"new")
    assert path.read_bytes() == b"former"
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_a_write_keeps_the_permissions(tmp_path):
    """A document changed in place stays as readable as it was."""
    path = tmp_path / "a.md"
    path.write_bytes(b"former")
    path.chmod(0o640)
    files.write(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_the_former_is_kept_once_and_never_lost(tmp_path):
    """Each different former version is kept; the same one is not kept twice."""
    path = tmp_path / "a.md"
    path.write_bytes(b"one")
    assert files.keep_former(path).name == "a.md.orig"
    assert files.keep_former(path).name == "a.md.orig"
    path.write_bytes(b"two")
    assert files.keep_former(path).name == "a.md.orig.2"
    assert (tmp_path / "a.md.orig").read_bytes() == b"one"


def test_sums_are_read_from_an_earlier_report(tmp_path):
    """A report that is none, or another program's, names no sums."""
    report = tmp_path / "a.report.json"
    assert files.known_sums(report) == frozenset()
    report.write_text('{"documents": [{"written": [{"path": "a.fixed.md", "sha256": "ab"}]}]}')
    assert files.known_sums(report) == {"ab"}
    for other in ("[]", "{", '{"documents": 3}'):
        report.write_text(other)
        assert files.known_sums(report) == frozenset()
