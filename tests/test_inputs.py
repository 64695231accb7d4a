"""Documents with the files that belong to them: parts, shared bibliographies, what is out of reach."""

from pathlib import Path

import pytest

from refcheck import Settings, check, fix, pipeline
from refcheck.cases import read_pins

LIBRARY = Path(__file__).parents[1] / "fixtures" / "libraries" / "ev-market.json"
FIRST, SECOND = "10.1016/j.tra.2015.01.002", "10.1016/j.trd.2020.102248"
BIB = "@book{held2001,\n  author = {Held, Ann},\n  title = {Rivers of the north},\n  year = {2001},\n}\n"


def written(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def gaps(report):
    return [
        (Path(part.document.name).name, part.document.slice(finding.placeholder.span))
        for part in report.documents
        for finding in part.findings
        if finding.placeholder.kind not in {"reference", "consistency"}
    ]


def test_the_parts_of_a_document_are_read_with_it(tmp_path):
    r"""What `\input` names is a document of the run, once, in a tree of any depth."""
    written(
        tmp_path,
        main_tex="\\input{chapters/one}\n\\bibliography{refs}\n",
        chapters__one_tex="Rivers flow~\\cite{TODO}. \\input{chapters/two.tex}\n",
        chapters__two_tex="They freeze [citation needed]. \\input{chapters/one}\n",
        refs_bib=BIB,
    )
    report = check([tmp_path / "main.tex"], Settings(offline=True))
    assert gaps(report) == [("one.tex", "\\cite{TODO}"), ("two.tex", "[citation needed]")]
    assert gaps(check([tmp_path], Settings(offline=True))) == gaps(report)


def test_a_part_cites_from_the_bibliography_of_the_whole(tmp_path, chosen):
    """The entry goes to the .bib that the main document names."""
    written(
        tmp_path,
        main_tex="\\input{one}\n\\bibliography{refs}\n",
        refs_bib=BIB,
    )
    one, pin = decided(tmp_path, "one.tex", "Subsidies help [citation needed].\n", FIRST)
    chosen({str(one): pin})
    report = fix([tmp_path / "main.tex"], Settings(offline=True, library=(LIBRARY,)))
    part = next(one for one in report.documents if one.document.name.endswith("one.tex"))
    assert part.document.root.endswith("main.tex")
    assert [edit.file for edit in part.edits if edit.file.endswith(".bib")]
    assert FIRST in (tmp_path / "refs.fixed.bib").read_text(encoding="utf-8")


@pytest.fixture
def chosen(monkeypatch):
    """Let documents be run together of which each has its own pins."""
    original = pipeline.open_case

    def choose(pins):
        def opened(document, placeholder, settings, _, now, *more):
            mine = read_pins([pins[document.name]])
            return original(document, placeholder, settings, mine, now, *more)

        monkeypatch.setattr(pipeline, "open_case", opened)

    return choose


def decided(folder, name, text, doi):
    """Write a document with one gap, and say where it stands and what is meant."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    place = text.split("---\n")[-1].index("[citation")
    line = text[: text.rindex("[citation")].count("\n") + 1
    return path, f"{line}:{place + 1}={doi}"


def test_documents_that_share_a_bibliography_lose_nothing_of_each_other(tmp_path, chosen):
    """Two documents add to one .bib in place: both works are in it, under keys of their own."""
    written(tmp_path, refs_bib=BIB)
    head = "---\nbibliography: refs.bib\n---\n"
    one, first = decided(tmp_path, "a.md", f"{head}Subsidies help [citation needed].\n", FIRST)
    two, second = decided(tmp_path, "b.md", f"{head}Chargers too [citation needed].\n", SECOND)
    chosen({str(one): first, str(two): second})
    fix([one, two], Settings(offline=True, library=(LIBRARY,), in_place=True))
    after = (tmp_path / "refs.bib").read_text(encoding="utf-8")
    assert after.startswith(BIB)
    assert FIRST in after
    assert SECOND in after
    assert (tmp_path / "refs.bib.orig").read_text(encoding="utf-8") == BIB
    for path in (one, two):
        key = path.read_text(encoding="utf-8").split("[@")[1].split("]")[0]
        assert f"{{{key}," in after


def test_a_document_reads_nothing_out_of_its_reach(tmp_path):
    """A file that lies elsewhere is named and not read; the run goes on."""
    written(tmp_path, elsewhere__refs_bib=BIB)
    home = written(
        tmp_path / "home",
        main_tex=f"\\cite{{held2001}}\n\\bibliography{{{tmp_path}/elsewhere/refs,../elsewhere/refs}}\n",
    )
    (part,) = check([home / "main.tex"], Settings(offline=True)).documents
    assert not part.document.files
    assert [one.rule for one in part.diagnostics] == ["RC104", "RC104"]
    (home.parent / ".git").mkdir()
    (part,) = check([home / "main.tex"], Settings(offline=True)).documents
    assert part.document.files
    assert not part.diagnostics
