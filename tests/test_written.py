"""Written references end to end: judged, completed, listed, and what keeps the exit status from 0."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from refcheck import Settings, check, fix, plugins
from refcheck.cli import gate
from refcheck.review import decisions
from refcheck.writers import view

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LIBRARY = [
    {
        "type": "article-journal", "title": "Surface-plasmon ejection of Ag+ ions from laser irradiation of a roughened silver surface",
        "author": [{"family": "Shea", "given": "M. J."}, {"family": "Compton", "given": "R. N."}], "issued": {"date-parts": [[1993]]},
        "container-title": "Physical Review B", "volume": "47", "issue": "15", "page": "9967-9970", "DOI": "10.1103/physrevb.47.9967",
    },
    {
        "type": "article-journal", "title": "Ileal-lymphoid-nodular hyperplasia in children with developmental disorders",
        "author": [{"family": "Wakefield", "given": "A. J."}], "issued": {"date-parts": [[1998]]}, "container-title": "The Lancet",
        "volume": "351", "page": "637-641", "DOI": "10.1016/s0140-6736(97)11096-0",
        "retraction": {"kind": "retraction", "date": "2010-02-06", "notice": "10.1016/s0140-6736(10)60175-4"},
    },
]  # fmt: skip
SHEA = "Shea, M. J., & Compton, R. N. (1993). Surface-plasmon ejection of Ag+ ions from laser irradiation of a roughened silver surface. Physical Review B, 47(15), 9967-9970."
WAKEFIELD = "Wakefield, A. J. (1998). Ileal-lymphoid-nodular hyperplasia in children with developmental disorders. The Lancet, 351, 637-641."
DOE = "Doe, J. (2020). A study of nothing at all in particular. Journal of Nothing, 3, 1-5."


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder with a library of two works."""
    (tmp_path / "own.json").write_text(json.dumps(LIBRARY), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(**more):
    return Settings(**{"offline": True, "library": (Path("own.json"),), **more})


def article(folder, *references, name="a.md"):
    lines = "".join(f"- {one}\n" for one in references)
    (folder / name).write_text(f"# A\n\nText.\n\n## References\n\n{lines}", encoding="utf-8")
    return name


def statuses(report):
    return [f.resolution.status for part in report.documents for f in part.findings]


def test_offline_what_ones_library_lacks_was_not_asked(workplace):
    """A library that lacks a work says nothing of the work, and keeps nothing open."""
    report = check([article(workplace, SHEA, DOE)], settings(), now=NOW)
    assert statuses(report) == ["verified", "not_asked"]
    assert gate.status(report) == 0


def test_a_verified_reference_gets_its_doi_and_nothing_else(workplace):
    """What only adds is accepted by itself; the rest stays byte for byte."""
    name = article(workplace, SHEA, DOE)
    report = fix([name], settings(), now=NOW)
    before = (workplace / name).read_text(encoding="utf-8")
    after = (workplace / "a.fixed.md").read_text(encoding="utf-8")
    assert after == before.replace("9967-9970.\n", "9967-9970. https://doi.org/10.1103/physrevb.47.9967\n")  # fmt: skip
    assert gate.status(report) == 0


def test_a_difference_waits_for_acceptance(workplace):
    """What the author wrote is changed only when the user says so."""
    name = article(workplace, SHEA.replace("1993", "1987"))
    report = fix([name], settings(), now=NOW)
    assert statuses(report) == ["corrected"]
    assert "(1987)" in (workplace / "a.fixed.md").read_text(encoding="utf-8")
    assert gate.status(report) == 1
    accepted = fix([name], settings(accept_suggestions=True), now=NOW)
    assert "(1993)" in (workplace / "a.fixed.md").read_text(encoding="utf-8")
    assert gate.status(accepted) == 0


def test_a_retraction_stays_open(workplace):
    """Whatever else is right, the work no longer stands."""
    report = check([article(workplace, WAKEFIELD)], settings(), now=NOW)
    assert statuses(report) == ["verified"]
    assert view.retraction(view.items(report.documents[0])[0])[0] == "retraction"
    assert gate.status(report) == 1
    assert gate.status(report, fail_on=("unresolved",)) == 0


def test_the_bibliography_holds_every_reference(workplace):
    """Known ones by their record, others as the author wrote them, marked so."""
    fix([article(workplace, SHEA, DOE)], settings(), now=NOW)
    bib = (workplace / "a.bib").read_text(encoding="utf-8")
    assert "refcheck-verified" in bib
    assert "refcheck-not_asked" in bib.replace("refcheck-not\\_asked", "refcheck-not_asked")
    listed = (workplace / "a.apa.md").read_text(encoding="utf-8")
    assert "10.1103/physrevb.47.9967" in listed
    assert DOE in listed


def test_the_bib_of_a_document_is_judged_and_completed(workplace):
    """Its cited entries are references of the document; the completed file lies beside it."""
    (workplace / "refs.bib").write_text(
        "@article{shea,\n  author = {Shea, M. J. and Compton, R. N.},\n  title = {Surface-plasmon ejection of {Ag+} ions from laser irradiation of a roughened silver surface},\n"
        "  journal = {Phys. Rev. B},\n  year = {1993}\n}\n\n@book{never, title = {Never cited}}\n",
        encoding="utf-8",
    )
    (workplace / "a.tex").write_text("\\section{A}\nKnown \\cite{shea}.\n\\bibliography{refs}\n")
    report = fix(["a.tex"], settings(), now=NOW)
    assert statuses(report) == ["verified"]
    fixed = (workplace / "refs.fixed.bib").read_text(encoding="utf-8")
    assert "  year = {1993},\n  volume = {47},\n" in fixed
    assert "  doi = {10.1103/physrevb.47.9967}\n}" in fixed
    assert fixed.endswith("@book{never, title = {Never cited}}\n")
    whole = json.loads((workplace / "a.report.json").read_bytes())
    found = whole["documents"][0]["findings"][0]
    assert (found["file"], found["line"], found["kind"]) == ("refs.bib", 1, "reference")
    assert "@article{shea," in (workplace / "a.bib").read_text(encoding="utf-8")


def test_reports_place_findings_in_the_file_in_which_they_stand(workplace):
    """The .bib has lines of its own; the page shows what stands in it below the article."""
    (workplace / "refs.bib").write_text("% one\n% two\n@article{shea,\n  title = {Ejection of ions},\n}\n@book{b, title={B}}\n")  # fmt: skip
    (workplace / "a.tex").write_text("\\section{A}\nKnown \\cite{shea} and \\cite{lost} and \\cite{b}.\n\\bibliography{refs}\n")  # fmt: skip
    report = check(["a.tex"], settings(library=()), now=NOW)
    places = {(view.items(part)[n].document.name, view.items(part)[n].place) for part in report.documents for n in range(len(part.findings))}  # fmt: skip
    assert places == {("refs.bib", (3, 1)), ("refs.bib", (6, 1)), ("a.tex", (2, 23))}
    forms = plugins.reports()
    page = forms["html"].write(report)
    assert page.index("Known ") < page.rindex("@article{shea")
    sarif = json.loads(forms["sarif"].write(report))["runs"][0]["results"]
    assert [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in sarif] == ["a.tex"]  # fmt: skip
    for form in forms.values():
        assert form.write(report)


def test_a_choice_of_a_person_corrects_a_reference(workplace):
    """What was accepted on the page is put in, whatever the settings are."""
    name = article(workplace, SHEA.replace("1993", "1987"))
    part = check([name], settings(), now=NOW).documents[0]
    found = part.findings[0].resolution.match
    key = view.fingerprints(part)[0]
    held = {key: decisions.Decision(key, "accept", NOW, (found,), "")}
    done = decisions.compose(part, held, plugins.styles()["apa"], settings())
    assert [edit.text for edit in done.edits] == [
        "1993",
        " https://doi.org/10.1103/physrevb.47.9967",
    ]


def test_inconsistency_keeps_the_status_from_0(workplace):
    """It is told with its place and no question is asked for it."""
    (workplace / "a.tex").write_text(
        "Known \\cite{shea,lost} \\cite{b} \\cite{c}.\n\\begin{thebibliography}{9}\n"
        + "".join(f"\\bibitem{{{key}}} {SHEA}\n" for key in ("shea",))
        + "\\bibitem{b} Compton, R. N. (1995). Attachment. Phys. Rev. 12, 3.\n\\bibitem{c} He, K. (2016). Learning. CVPR, 7.\n\\end{thebibliography}\n"
    )
    report = check(["a.tex"], settings(library=()), now=NOW)
    told = [f.placeholder for f in report.documents[0].findings if f.placeholder.kind == "consistency"]  # fmt: skip
    assert [(one.rule, one.clues.topic) for one in told] == [("RC211", "no reference has the key lost")]  # fmt: skip
    assert gate.status(report) == 1
