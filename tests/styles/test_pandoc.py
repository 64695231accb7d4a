"""CSL styles by pandoc: chunks are no seams; what is wrong is told in a line."""

import shutil
from dataclasses import replace

import pytest

from refcheck.errors import InputError, UnknownName, UsageError
from refcheck.markup import as_text
from refcheck.record import Name, PartialDate, Record
from refcheck.styles import pandoc


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
    monkeypatch.setattr(pandoc, "_FOLDERS", (str(tmp_path),))
    with pytest.raises(UnknownName, match="did you mean vancouver"):
        pandoc.csl_style("vancover")
    monkeypatch.setattr(pandoc, "_FOLDERS", ())
    with pytest.raises(UsageError, match=r"path of its \.csl file"):
        pandoc.csl_style("vancouver")


def test_without_pandoc_a_line_says_what_to_install(fixtures, monkeypatch):
    """No pandoc: one line with the command, no traceback."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setitem(__import__("sys").modules, "pypandoc", None)
    style = pandoc.csl_style(str(fixtures / "styles/house.csl"))
    with pytest.raises(UsageError, match="pip install"):
        style.render(works(1), "en-US")
