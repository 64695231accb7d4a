"""`refcheck export`: forms by suffix or name, merging, what is lost, what is wrong."""

import json
import zipfile

import pytest
from click.testing import CliRunner

from refcheck.cli.export import command
from refcheck.errors import InputError, LibraryError, OutputError, UnknownName, UsageError

BIB = """@article{ash2020, author = {Ash, Ada and Birch, Ben}, title = {On things}, journal = {Things},
  year = {2020}, volume = {3}, pages = {1--9}, doi = {10.5555/AbC}}
@book{birch1999, author = {Birch, Ben}, title = {All things}, publisher = {P}, year = 1999}
"""


@pytest.fixture
def refs(tmp_path, monkeypatch):
    """A small bibliography in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


def run(*arguments, stdin=None):
    """Return exit status, standard output and standard error; a `RefcheckError` is raised."""
    result = CliRunner().invoke(
        command, list(map(str, arguments)), input=stdin, catch_exceptions=True
    )
    if isinstance(result.exception, UsageError | InputError | OutputError):
        raise result.exception
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("bib", "@article{ash2020,\n  author = {Ash, Ada and Birch, Ben},"),
        ("biblatex", "@article{ash2020,"),
        ("csl-json", '[\n  {\n    "id": "ash2020",'),
        ("ris", "TY  - JOUR\nID  - ash2020"),
        ("endnote-xml", '<?xml version="1.0"'),
        ("hayagriva", 'ash2020:\n  type: "article"'),
        ("wikitext", "{{cite journal |last1=Ash |first1=Ada"),
        (
            "text",
            "Ash, A., & Birch, B. (2020). On things. Things, 3, 1–9. https://doi.org/10.5555/AbC\n",
        ),
        (
            "markdown",
            "Ash, A., & Birch, B. (2020). On things. *Things*, *3*, 1–9. <https://doi.org/10.5555/AbC>\n\n",
        ),
        ("html", '<section class="references">\n  <p>Ash, A., &amp; Birch, B. (2020)'),
        (
            "latex",
            "\\par\\noindent\\hangindent=1.27cm Ash, A., \\& Birch, B. (2020). On things. \\emph{Things}",
        ),
        ("apa", "Ash, A., & Birch, B. (2020)"),
        (
            "gbt7714",
            "[1] ASH A, BIRCH B. On things[J/OL]. Things, 2020, 3: 1-9. DOI:10.5555/AbC.\n",
        ),
    ],
)
def test_forms(refs, form, begins):
    """Each form comes out on standard output; a style's name gives its text."""
    status, out, _ = run(refs, "--to", form)
    assert status == 0
    assert out.startswith(begins)


def test_one_line_for_each_reference(refs):
    """``jsonl`` gives id, text, html and citation; `--each` in the order given."""
    _, out, _ = run(refs, "--to", "jsonl", "--each")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == ["ash2020", "birch1999"]
    assert set(rows[0]) == {"id", "text", "html", "cite"}
    assert rows[1]["cite"] == "(Birch, 1999)"
    assert rows[1]["html"] == "Birch, B. (1999). <i>All things</i>. P."


def test_the_form_is_told_by_the_ending(refs, tmp_path):
    """The output's ending names the form; a Word file has its paragraphs and italics."""
    run(refs, "-o", tmp_path / "out.ris")
    assert (tmp_path / "out.ris").read_bytes().startswith(b"TY  - JOUR\r\n")
    run(refs, "-o", tmp_path / "out.docx")
    with zipfile.ZipFile(tmp_path / "out.docx") as package:
        body = package.read("word/document.xml").decode()
    assert body.count("<w:p>") == 2
    assert '<w:i/></w:rPr><w:t xml:space="preserve">Things' in body


def test_keys_and_letters_by_choice(refs):
    """New keys after a pattern; a .bib in ASCII."""
    refs.write_text("@book{x, author={Łoś, Ż.}, title={Über Dinge}, year=2020}", encoding="utf-8")
    _, out, _ = run(refs, "--key-pattern", "{author}_{year}", "--ascii")
    assert out.startswith("@book{los_2020,\n  author = {{\\L}o{\\'s}, {\\.Z}.},")
    assert out.isascii()
    with pytest.raises(UsageError, match="--to bib"):
        run(refs, "--to", "text", "--ascii")


def test_an_output_is_replaced_only_when_told(refs, tmp_path):
    """`--overwrite` replaces what is there."""
    target = tmp_path / "out.txt"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="--overwrite"):
        run(refs, "-o", target)
    run(refs, "-o", target, "--overwrite")
    assert target.read_text(encoding="utf-8").startswith("Ash, A., & Birch, B.")


def test_standard_input_is_read(refs):
    """``-`` takes a bibliography of any form, told by its content."""
    _, ris, _ = run(refs, "--to", "ris")
    _, out, _ = run("-", "--to", "text", stdin=ris)
    assert out.startswith("Ash, A., & Birch, B. (2020). On things.")


@pytest.mark.parametrize(("put_in", "expected"), [(False, ["Things"]), (True, ["Things", "Yes"])])
def test_an_earlier_report_is_read(tmp_path, put_in, expected):
    """Its bibliography comes out, of what was only suggested that alone which was put in."""

    def item(title, status):
        return {"id": "x", "type": "book", "title": title, "keyword": f"old, refcheck-{status}"}

    suggested = {
        "status": "suggested",
        "candidates": [{"record": {"type": "book", "title": "Yes"}}],
    }
    finding = {"resolution": suggested, "edits": [{"text": "Yes."}] if put_in else []}
    records = [item("Things", "resolved"), item("No", "suggested"), item("Yes", "suggested")]
    report = {
        "schema": "refcheck-report/1",
        "documents": [{"findings": [finding], "records": records}],
    }
    path = tmp_path / "a.report.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    _, out, _ = run(path, "--to", "csl-json")
    assert [one["title"] for one in json.loads(out)] == expected
    assert {one["keyword"] for one in json.loads(out)} == {"old"}


def test_that_nothing_is_exported_is_told(tmp_path):
    """An empty result is no silent one."""
    path = tmp_path / "a.report.json"
    path.write_text('{"schema": "refcheck-report/1", "documents": []}', encoding="utf-8")
    status, _, err = run(path)
    assert status == 0
    assert f"{path} holds no reference that is decided; nothing to export" in err


def test_adding_to_a_bib(refs, tmp_path):
    """What is there is not added; the file's own bytes stay; a second time nothing happens."""
    own = tmp_path / "own.bib"
    own.write_text(
        "% mine\n@book{mine, author={Birch, B.}, title={All Things}, year={1999}}\n",
        encoding="utf-8",
    )
    before = own.read_bytes()
    _, out, err = run(refs, "--add-to", own)
    once = own.read_bytes()
    run(refs, "--add-to", own)
    assert (out, own.read_bytes()) == ("", once)
    assert once.startswith(before)
    assert b"@article{ash2020," in once
    assert b"birch1999" not in once
    assert "1 added, 1 there already" in err


def test_what_a_form_cannot_hold_is_named(tmp_path):
    """A variable without a place is named on standard error."""
    path = tmp_path / "a.json"
    path.write_text(
        '[{"type": "book", "title": "T", "original-date": {"date-parts": [[1911]]}}]',
        encoding="utf-8",
    )
    _, _, err = run(path, "--to", "bib")
    assert "no place in BibTeX for: original-date" in err


def test_broken_entries_are_named(tmp_path):
    """File, line and reason on standard error; the good ones come out."""
    path = tmp_path / "a.bib"
    path.write_text("@book{a, title={A\n@book{b, title={B}}\n", encoding="utf-8")
    status, out, err = run(path, "--to", "text")
    assert (status, out) == (0, "B. (n.d.).\n")
    assert f"{path}:1: a: " in err


def test_a_record_without_a_title_is_told(tmp_path):
    """What a style stumbles over is said in a line with its rule."""
    path = tmp_path / "a.json"
    path.write_text(
        '[{"id": "x", "type": "book", "publisher": "P", "issued": {"date-parts": [[2023, 2, 30]]}}]',
        encoding="utf-8",
    )
    _, _, err = run(path, "--to", "text")
    assert "RC501 x has no title" in err
    assert "RC502 x has a date that cannot be: 2023-02-30" in err


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (["refs.bib", "--to", "bibtx"], UnknownName, "did you mean bibtex"),
        (["refs.bib", "-o", "out.xyz"], UsageError, "add --to"),
        (["refs.bib", "--to", "docx"], UsageError, "name one with -o"),
        (["refs.bib", "-o", "refs.bib"], UsageError, "is the input"),
        (["refs.bib", "-o", "other.bib"], UsageError, "add --overwrite"),
        (["nowhere.bib"], InputError, "is not there"),
        (["junk.json", "--to", "text"], LibraryError, "is not CSL-JSON"),
        (["refs.bib", "--to", "text", "--style", "./house.csl"], InputError, "is not there"),
    ],
)
def test_what_is_wrong_is_one_line(refs, tmp_path, arguments, error, says):
    """Each error says what to do."""
    (tmp_path / "other.bib").write_text("@book{mine, title={M}}", encoding="utf-8")
    (tmp_path / "junk.json").write_text("{nothing", encoding="utf-8")
    with pytest.raises(error, match=says):
        run(*arguments)
    assert refs.read_text(encoding="utf-8") == BIB
