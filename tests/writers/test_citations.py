"""A decided work in running text: by key where a document cites by key, else in the style's words."""

from pathlib import Path

import pytest

from refcheck import Settings, fix
from refcheck.markup import as_text
from refcheck.model import Citing, Document, Entry, KeyForm, Run
from refcheck.writers.citations import by_key, in_words

LIBRARY = Path(__file__).parents[2] / "fixtures" / "libraries" / "ev-market.json"
DOI = "10.1016/j.tra.2015.01.002"
BIB = """@misc{Helveston2018a,
    author = {Helveston, John Paul and Wang, Yanmin},
    title = {Institutional complementarities},
    year = {2018},
    doi = {10.1016/j.respol.2018.08.006},
}
"""

CASES = {
    "markdown": (
        "a.md",
        "---\nbibliography: refs.bib\n---\n\nSubsidies help [citation needed].\n",
        "[citation needed]",
        "Subsidies help [@KEY].\n",
    ),
    "latex": (
        "a.tex",
        "\\section{A}\nOthers \\citep{Helveston2018a} agree; subsidies help~\\citep[see][p.~3]{TODO}.\n\\bibliography{refs}\n",
        "\\citep[see]",
        "subsidies help~\\citep[see][p.~3]{KEY}.\n",
    ),
    "latex, marker in words": (
        "a.tex",
        "\\section{A}\nOthers \\parencite{Helveston2018a} agree; subsidies help [CITE].\n\\addbibresource{refs.bib}\n",
        "[CITE]",
        "subsidies help \\parencite{KEY}.\n",
    ),
    "latex, one key of two": (
        "a.tex",
        "\\section{A}\nSubsidies help \\cite{Helveston2018a,TODO}.\n\\bibliography{refs}\n",
        "\\cite{Helveston2018a,TODO}",
        "Subsidies help \\cite{Helveston2018a,KEY}.\n",
    ),
    "typst": (
        "a.typ",
        '= A\n\nSubsidies help [citation needed].\n\n#bibliography("refs.bib")\n',
        "[citation needed]",
        "Subsidies help @KEY.\n",
    ),
    "org": (
        "a.org",
        "#+bibliography: refs.bib\n* A\nSubsidies help [citation needed].\n",
        "[citation needed]",
        "Subsidies help [cite:@KEY].\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_work_is_cited_by_key_and_its_entry_goes_to_the_bibliography(name, tmp_path):
    """The key stands in the text, the entry at the end of the document's .bib, all else as it was."""
    file, text, place, wanted = CASES[name]
    line, column = Document(file, "", text).place(text.index(place))
    (tmp_path / file).write_text(text, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    settings = Settings(offline=True, library=(LIBRARY,), pin=(f"{line}:{column}={DOI}",))
    fix([tmp_path / file], settings)
    bibliography = (tmp_path / "refs.fixed.bib").read_text(encoding="utf-8")
    assert bibliography.startswith(BIB)
    added = bibliography.removeprefix(BIB)
    assert DOI in added
    assert added.startswith("\n@article{")
    assert "\n    doi" in added, "the file's own indent is kept"
    key = added.split("{")[1].split(",")[0]
    fixed = (tmp_path / file.replace(".", ".fixed.")).read_text(encoding="utf-8")
    assert wanted.replace("KEY", key) in fixed
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8") == BIB


def test_a_work_that_the_bibliography_has_is_cited_by_its_own_key(tmp_path):
    """Nothing is added twice; the key is the one that the author gave."""
    text = "---\nbibliography: refs.bib\n---\n\nIt began early [citation needed].\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    pin = "5:16=10.1016/j.respol.2018.08.006"
    fix([tmp_path / "a.md"], Settings(offline=True, library=(LIBRARY,), pin=(pin,)))
    assert "[@Helveston2018a]." in (tmp_path / "a.fixed.md").read_text(encoding="utf-8")
    assert not (tmp_path / "refs.fixed.bib").exists()


def test_prose_is_cited_in_words(tmp_path):
    """Markdown without a bibliography and without keys gets author and year."""
    (tmp_path / "a.md").write_text("Subsidies help [citation needed].\n", encoding="utf-8")
    pin = f"1:16={DOI}"
    fix([tmp_path / "a.md"], Settings(offline=True, library=(LIBRARY,), pin=(pin,)))
    fixed = (tmp_path / "a.fixed.md").read_text(encoding="utf-8")
    assert fixed == "Subsidies help (Helveston et al., 2015).\n"


PANDOC = Citing(KeyForm("[", "@", "; ", "]"), KeyForm("", "@", "; ", ""))


@pytest.mark.parametrize(
    ("placeholder", "written"),
    [
        ("[CITE]", "[@new]"),
        ("(Gardner et al., 20XX)", "[@new]"),
        ("Gardner et al. (20XX)", "@new"),
        ("[@TODO]", "[@new]"),
        ("[see @old, p. 3; @TODO]", "[see @old, p. 3; @new]"),
    ],
)
def test_what_is_right_in_a_placeholder_stays(placeholder, written):
    """Keys that the document has, and words round them, are kept."""
    document = Document("a.md", "markdown", placeholder, files={"r.bib": b"@book{old,}"})
    assert by_key(document, placeholder, PANDOC, ["new"]) == written


@pytest.mark.parametrize(
    ("text", "placeholder", "written"),
    [
        ("So it is (Gardner, 20XX).", "(Gardner, 20XX)", "(Gardner, 2014)"),
        ("Gardner (20XX) says so.", "Gardner (20XX)", "Gardner (2014)"),
        ("So it is (see Gardner, 20XX).", "Gardner, 20XX", "Gardner, 2014"),
        ("So it is [CITE].", "[CITE]", "(Gardner, 2014)"),
    ],
)
def test_words_take_the_form_of_the_place(text, placeholder, written):
    """In brackets, in the sentence, or within brackets that are there already."""
    entry = Entry("x", (), (Run("(Gardner, 2014)"),), (Run("Gardner (2014)"),))
    document = Document("a.md", "markdown", text)
    start = text.index(placeholder)
    assert in_words(document, start, placeholder, [entry], as_text) == written


def test_several_works_stand_in_one_bracket():
    """A gap for two works becomes one citation of both."""
    entries = [Entry(name, (), (Run(f"({name})"),)) for name in ("Adams, 2001", "Brown, 2002")]
    document = Document("a.md", "markdown", "So it is [CITE both].")
    found = in_words(document, 9, "[CITE both]", entries, as_text)
    assert found == "(Adams, 2001; Brown, 2002)"
