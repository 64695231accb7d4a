"""What is written compiles: bibtex and biber find nothing to complain of. Skipped where they are not installed."""

import json
import shutil
import subprocess
from dataclasses import replace

import pytest

from refcheck.bibliography import biblatex, bibtex
from refcheck.bibliography.csl_json import from_item
from refcheck.record import Name, PartialDate, Record


@pytest.fixture
def records(fixtures):
    """The forty kinds, and one work with all that TeX stumbles over."""
    kinds = json.loads((fixtures / "styles/kinds.json").read_text(encoding="utf-8"))
    odd = Record(
        id="odd", type="book", title="50% of $1 & {all} #1 a_b ~c ^d \\e <i>f</i> é 中", publisher="A & B", issued=PartialDate(start=(2020,)),
        author=(Name(family="O’Neill", given="Ada"), Name(literal="Ash and Birch, Ltd.")), url="https://example.org/~a/b_c?d=%20&e#f",
    )  # fmt: skip
    return [*(from_item(kind["item"]) for kind in kinds), odd]


def run(command, folder):
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not installed")
def test_bibtex_compiles(records, tmp_path):
    """BibTeX reads every entry without an error; warnings are of fields the work itself lacks."""
    (tmp_path / "refs.bib").write_text(bibtex.FORM.write(records), encoding="utf-8")
    (tmp_path / "x.aux").write_text(
        "\\citation{*}\n\\bibdata{refs}\n\\bibstyle{plain}\n", encoding="utf-8"
    )
    status, said = run(["bibtex", "x"], tmp_path)
    assert status == 0, said
    assert (tmp_path / "x.bbl").read_text(encoding="utf-8").count("\\bibitem") == len(records)


@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")
def test_biber_validates(records, tmp_path):
    """Biber's tool mode accepts every entry of the data model."""
    (tmp_path / "refs.bib").write_text(biblatex.FORM.write(records), encoding="utf-8")
    status, said = run(["biber", "--tool", "--validate-datamodel", "refs.bib"], tmp_path)
    assert status == 0, said
    assert "ERROR" not in said


def test_braces_are_balanced_in_every_value(records):
    """Counted as BibTeX counts them: every brace, escaped or not."""
    shorter = [
        replace(record, title=record.title.replace("{", "(").replace("}", ")"))
        for record in records
    ]
    for form in (bibtex.FORM, biblatex.FORM):
        for entry in form.write(shorter).split("\n\n"):
            depth = 0
            for sign in entry:
                depth += {"{": 1, "}": -1}.get(sign, 0)
                assert depth >= 0, entry
            assert depth == 0, entry
