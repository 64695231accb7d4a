"""CSL styles by pandoc: chunks are no seams; what is wrong is told in a line."""

import re
import resource
import shutil
import sys
import time
from dataclasses import replace

import pytest

from refcheck.errors import InputError, UnknownName, UsageError
from refcheck.markup import as_text
from refcheck.record import Name, PartialDate, Record
from refcheck.styles import csl_files, pandoc


def has_pandoc():
    try:
        pandoc._program()
    except UsageError:
        return False
    return True


needs_pandoc = pytest.mark.skipif(
    not has_pandoc(), reason="pandoc is not installed (extra `styles`)"
)


def works(count):
    return [
        Record(id=f"w{at}", type="book", title=f"Things {at:03d} <i>now</i> *not*", author=(Name(family="Ash", given="Ada"),), issued=PartialDate(start=(2020 if at in {0, 1, 6} else 1800 + at,)), publisher="Thing & Press")
        for at in range(count)
    ]  # fmt: skip


@needs_pandoc
def test_a_style_from_a_file(fixtures):
    """References and citations come out as the style says; what a record holds is never Markdown."""
    style = pandoc.csl_style(str(fixtures / "styles/house.csl"))
    entries = style.render(works(2), "en-US").entries
    assert [entry.id for entry in entries] == ["w0", "w1"]
    assert as_text(entries[0].reference) == "Ash, A. 2020a. Things 000 now *not*. Thing & Press."
    assert [run.text for run in entries[0].reference if not run.italic and "now" in run.text] == [
        "now"
    ]
    assert as_text(entries[1].parenthetical) == "(Ash 2020b)"
    assert as_text(entries[1].narrative) == "Ash (2020b)"


@needs_pandoc
def test_an_address_is_a_link_without_the_stop_after_it(fixtures):
    """The full stop that ends a reference is no part of its address."""
    style = pandoc.csl_style(str(fixtures / "styles/house.csl"))
    reference = style.render([replace(works(1)[0], doi="10.5555/a")], "en-US").entries[0].reference
    assert [run.text for run in reference if run.url] == ["https://doi.org/10.5555/a"]
    assert as_text(reference).endswith("/a.")


@needs_pandoc
def test_letters_and_order_hold_over_chunks(fixtures, monkeypatch):
    """In chunks the list comes out as at once: the same letters, the same order, numbers counted on."""
    families = ("Ash", "Birch", "Cedar")
    records = [
        replace(work, author=(Name(family=families[at % 3], given="Ada"),))
        for at, work in enumerate(works(9))
    ]
    whole = pandoc.csl_style(str(fixtures / "styles/house.csl")).render(records, "en-US")
    monkeypatch.setattr(pandoc, "CHUNK", 3)
    assert pandoc.csl_style(str(fixtures / "styles/house.csl")).render(records, "en-US") == whole
    assert [
        as_text(entry.parenthetical) for entry in whole.entries if entry.id in {"w0", "w6"}
    ] == ["(Ash 2020a)", "(Ash 2020b)"]
    numbered = (
        pandoc.csl_style(str(fixtures / "styles/numbers.csl")).render(records, "en-US").entries
    )
    assert [entry.label for entry in numbered] == [f"[{at}]" for at in range(1, 10)]
    assert [entry.id for entry in numbered] == [f"w{at}" for at in range(9)]
    assert as_text(numbered[6].parenthetical) == "[7]"


@needs_pandoc
def test_every_pandoc_is_spoken_to_in_its_own_tree(fixtures, monkeypatch):
    """Each pandoc that is there renders, an old one with a note."""
    style = pandoc.csl_style(str(fixtures / "styles/house.csl"))
    for program in filter(None, (shutil.which("pandoc"), pandoc._program()[0])):
        version = pandoc._tree_version(program)
        monkeypatch.setattr(pandoc, "_program", lambda found=(program, version): found)
        done = style.render(works(1), "en-US")
        assert as_text(done.entries[0].reference) == (
            "Ash, A. 2020. Things 000 now *not*. Thing & Press."
        )
        assert [one.rule for one in done.diagnostics] == (
            ["RC504"] if tuple(version) < pandoc.GOOD_TREE else []
        )


def test_a_pandoc_that_cannot_is_told(fixtures, monkeypatch, tmp_path):
    """A pandoc without citeproc is named in one line with what to install."""
    old = tmp_path / "pandoc"
    old.write_text("#!/bin/sh\nexit 6\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(old))
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    style = pandoc.csl_style(str(fixtures / "styles/house.csl"))
    with pytest.raises(UsageError, match=r"pandoc is too old: .*pip install"):
        style.render(works(1), "en-US")


@needs_pandoc
def test_numbers_are_no_subject_of_a_sentence(fixtures):
    """A numeric citation in a sentence names the authors."""
    style = pandoc.csl_style(str(fixtures / "styles/numbers.csl"))
    entry = style.render(works(1), "en-US").entries[0]
    assert (as_text(entry.parenthetical), as_text(entry.narrative)) == ("[1]", "Ash [1]")


@needs_pandoc
def test_a_work_that_a_style_does_not_list_is_still_cited(fixtures, tmp_path):
    """A style without a reference list gives citations, and entries that are empty."""
    text = (fixtures / "styles/house.csl").read_text(encoding="utf-8")
    bare = re.sub(r"<bibliography.*</bibliography>", "", text, flags=re.DOTALL)
    (tmp_path / "bare.csl").write_text(bare, encoding="utf-8")
    done = pandoc.csl_style(str(tmp_path / "bare.csl")).render(works(1), "en-US")
    assert [as_text(entry.parenthetical) for entry in done.entries] == ["(Ash 2020)"]
    assert done.listed == ()


@needs_pandoc
def test_a_thousand_references_take_seconds(fixtures):
    """The time is linear in the list: 2 s of processors measured for a thousand; 10 allowed."""
    style = pandoc.csl_style(str(fixtures / "styles/house.csl"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime + time.process_time()
    assert len(style.render(works(1000), "en-US").entries) == 1000
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime + time.process_time() - before
    assert spent < 10


def test_a_broken_style_is_told(tmp_path):
    """What is no style is refused with what is wrong with it."""
    (tmp_path / "a.csl").write_text("<style>", encoding="utf-8")
    (tmp_path / "b.csl").write_text("<html/>", encoding="utf-8")
    with pytest.raises(InputError, match="no CSL style"):
        pandoc.csl_style(str(tmp_path / "a.csl"))
    with pytest.raises(InputError, match="its root is <html>"):
        pandoc.csl_style(str(tmp_path / "b.csl"))
    with pytest.raises(InputError, match="not there"):
        pandoc.csl_style(str(tmp_path / "c.csl"))


def test_an_unknown_style_gets_the_nearest_names(tmp_path, monkeypatch):
    """A name that is not installed is answered with those like it."""
    (tmp_path / "vancouver.csl").write_text("<style/>", encoding="utf-8")
    monkeypatch.setattr(csl_files, "_PACKAGE", "no_such_package")
    monkeypatch.setattr(csl_files, "_FOLDERS", (str(tmp_path),))
    with pytest.raises(UnknownName, match="did you mean vancouver"):
        pandoc.csl_style("vancover")
    monkeypatch.setattr(csl_files, "_FOLDERS", ())
    with pytest.raises(UsageError, match=r"path of its \.csl file"):
        pandoc.csl_style("vancouver")


def test_styles_go_by_the_names_that_people_call_them(fixtures, tmp_path, monkeypatch):
    """Vancouver is found under its file's name, and a style that stands for another is that one."""
    house = (fixtures / "styles/house.csl").read_text(encoding="utf-8")
    (tmp_path / "nlm-citation-sequence.csl").write_text(house, encoding="utf-8")
    (tmp_path / "journal-of-things.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl"><info><title>J</title><link rel="independent-parent"'
        ' href="http://www.zotero.org/styles/nlm-citation-sequence"/></info></style>',
        encoding="utf-8",
    )
    monkeypatch.setattr(csl_files, "_FOLDERS", (str(tmp_path),))
    wanted = tmp_path / "nlm-citation-sequence.csl"
    assert csl_files.find("vancouver").path == wanted
    assert csl_files.find("journal-of-things").path == wanted


def test_without_pandoc_a_line_says_what_to_install(fixtures, monkeypatch):
    """No pandoc: one line with the command, no traceback."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    style = pandoc.csl_style(str(fixtures / "styles/house.csl"))
    with pytest.raises(UsageError, match="pip install"):
        style.render(works(1), "en-US")
