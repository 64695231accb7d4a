"""A judged reference completed and corrected in its own form; nothing beside the edit changes."""

from dataclasses import replace

import pytest

from refcheck.model import (
    Candidate,
    Corrected,
    Document,
    Evidence,
    Finding,
    Match,
    Placeholder,
    Span,
    Verified,
)
from refcheck.record import Name, Record
from refcheck.writers.amend import amendments

RECORD = Record(
    type="article-journal", title="Ejection of ions", author=(Name("Shea", "M. J."),), container_title="Physical Review B",
    volume="47", issue="15", page="9967-9970", doi="10.1103/physrevb.47.9967",
)  # fmt: skip


def amended(text, form="markdown", wrong=(), record=RECORD, evidence=(), eager=False, around=""):
    """Return a reference after its edits; the unsafe ones too where ``eager``."""
    whole = f"{around}{text}"
    document = Document("x", form, whole)
    place = Placeholder("RC210", "written-reference", "reference", Span(len(around), len(whole)))
    match = Match(Candidate(record, ()), 0.9, (*evidence, *wrong))
    finding = Finding(place, Corrected(match, wrong) if wrong else Verified(match))
    edits = [one for one in amendments(document, finding) if eager or one.safety == "safe"]
    for one in reversed(edits):
        whole = whole[: one.span.start] + one.text + whole[one.span.end :]
    return whole.removeprefix(around)


def entry(*lines, ending="\n"):
    return ending.join(lines)


BIB = {
    "below each other, comma at the end": (
        entry("@article{a,", "  title   = {Ejection},", "  journal = {PRB},", "  volume  = {47},", "  number  = {15},", "  pages   = {1--2},", "}"),
        entry("@article{a,", "  title   = {Ejection},", "  journal = {PRB},", "  volume  = {47},", "  number  = {15},", "  pages   = {1--2},", "  doi     = {10.1103/physrevb.47.9967},", "}"),
    ),
    "no comma at the end, tabs, carriage returns": (
        entry("@article{a,", "\ttitle={Ejection},", "\tyear=1993", "}", ending="\r\n"),
        entry("@article{a,", "\ttitle={Ejection},", "\tyear=1993,", "\tjournal={Physical Review B},", "\tvolume={47},", "\tnumber={15},", "\tpages={9967--9970},", "\tdoi={10.1103/physrevb.47.9967}", "}", ending="\r\n"),
    ),
    "capitals and quotes": (
        entry("@ARTICLE{a,", '  TITLE = "Ejection of {Ag}",', '  YEAR = "1993"}'),
        entry("@ARTICLE{a,", '  TITLE = "Ejection of {Ag}",', '  YEAR = "1993",', '  JOURNAL = "Physical Review B",', '  VOLUME = "47",', '  NUMBER = "15",', '  PAGES = "9967--9970",', '  DOI = "10.1103/physrevb.47.9967"}'),
    ),
    "one line": (
        "@book{a, title = {Ejection}, year = {1993}}",
        "@book{a, title = {Ejection}, year = {1993}, doi = {10.1103/physrevb.47.9967}}",
    ),
    "an article's place in its journal": (
        entry("@article{a,", "  title = {Ejection},", "  journal = {PRB}", "}"),
        entry("@article{a,", "  title = {Ejection},", "  journal = {PRB},", "  volume = {47},", "  number = {15},", "  pages = {9967--9970},", "  doi = {10.1103/physrevb.47.9967}", "}"),
    ),
    "of another type than the work": (
        "@inproceedings{a, title = {Ejection}}",
        "@inproceedings{a, title = {Ejection}, doi = {10.1103/physrevb.47.9967}}",
    ),
    "dated as in biblatex": (
        "@article{a, title = {Ejection}, date = {1993-05}, volume = {47}, pages = {9967}}",
        "@article{a, title = {Ejection}, date = {1993-05}, volume = {47}, pages = {9967}, journaltitle = {Physical Review B}, number = {15}, doi = {10.1103/physrevb.47.9967}}",
    ),
    "nothing is lacking": ("@misc{a, doi = {10.1000/182}}", "@misc{a, doi = {10.1000/182}}"),
}  # fmt: skip


@pytest.mark.parametrize("name", BIB)
def test_an_entry_gets_fields_in_its_own_habit(name):
    """Indent, spaces round the sign, delimiters and capitals are those of the fields beside it."""
    before, after = BIB[name]
    assert amended(before, "bibtex") == after


def test_a_paper_gets_the_proceedings_that_it_stands_in():
    """What BibTeX asks of an entry's type is added where the work is of that type, with its pages."""
    record = replace(RECORD, type="paper-conference", container_title="Ions & Atoms 93")
    found = amended("@inproceedings{a, title = {Ejection}}", "bibtex", record=record)
    assert found == "@inproceedings{a, title = {Ejection}, booktitle = {Ions \\& Atoms 93}, pages = {9967--9970}, doi = {10.1103/physrevb.47.9967}}"  # fmt: skip
    held = "@inproceedings{a, booktitle = {Ions}, pages = {1}, doi = {10.1000/1}}"
    assert amended(held, "bibtex", record=record) == held
    book = replace(RECORD, type="book", container_title="", publisher="Wiley", page="")
    assert "publisher = {Wiley}" in amended("@book{a, title = {Ejection}}", "bibtex", record=book)


TEXTS = [
    ("markdown", "Shea (1993). Ejection. PRB, 47.", "Shea (1993). Ejection. PRB, 47. https://doi.org/10.1103/physrevb.47.9967", ""),
    ("plain", "Shea MJ. Ejection. PRB 1993;47:9967-70", "Shea MJ. Ejection. PRB 1993;47:9967-70. doi:10.1103/physrevb.47.9967", "Compton. doi:10.1000/182\n"),
    ("latex", "Shea, PRB 47 (1993).", "Shea, PRB 47 (1993). \\url{https://doi.org/10.1103/physrevb.47.9967}", "\\url{https://doi.org/10.1000/1}\n"),
    ("wikitext", "{{cite journal |title=Ejection |year=1993}}", "{{cite journal |title=Ejection |year=1993 |doi=10.1103/physrevb.47.9967}}", ""),
    ("wikitext", "{{cite journal\n | title = Ejection\n | year = 1993\n}}", "{{cite journal\n | title = Ejection\n | year = 1993\n | doi = 10.1103/physrevb.47.9967\n}}", ""),
    ("jats", "<article-title>Ejection</article-title>", "<article-title>Ejection</article-title>", ""),
    ("markdown", "Shea (1993). Ejection. https://example.org/a", "Shea (1993). Ejection. https://example.org/a", ""),
]  # fmt: skip


@pytest.mark.parametrize(("form", "before", "after", "around"), TEXTS)
def test_a_doi_is_added_as_the_document_writes_them(form, before, after, around):
    """As an address at the end, unless the document has another habit."""
    assert amended(before, form, around=around) == after


def test_another_version_lends_nothing():
    """Who cites the preprint does not get the journal's DOI."""
    version = Evidence("container_title", "arXiv", "Physical Review B", 0.1, note="another version")
    text = "Shea (1993). Ejection. Preprint."
    assert amended(text, evidence=(version,)) == text


def test_a_preprint_lends_nothing_to_what_was_published():
    """Who names a journal does not get the DOI of a record that has none."""
    nowhere = Evidence("container_title", "Physical Review B", "arXiv", None)
    text = "Shea (1993). Ejection. Physical Review B."
    assert amended(text, evidence=(nowhere,)) == text
    there = Evidence("container_title", "Physical Review B", "Physical Review B", 1.0)
    preprint = replace(RECORD, doi="10.48550/arxiv.2402.15734")
    assert amended(text, evidence=(there,), record=preprint) == text


WRONG = (
    Evidence("issued", "1994", "1993", 0.0, contradicts=True),
    Evidence("title", "Ejektion of ions", "Ejection of ions", 0.9, contradicts=True),
)


def test_what_the_author_wrote_changes_only_when_it_is_accepted():
    """By itself the year stays; with the suggestions accepted it is replaced, where it stands once."""
    text = "Shea (1994). Ejektion of ions. PRB."
    doi = " https://doi.org/10.1103/physrevb.47.9967"
    assert amended(text, wrong=WRONG) == text + doi
    assert amended(text, wrong=WRONG, eager=True) == "Shea (1993). Ejection of ions. PRB." + doi
    twice = "Shea (1994). Ejection in 1994. PRB."
    assert amended(twice, wrong=WRONG[:1], eager=True) == twice + doi


def test_fields_of_an_entry_are_replaced_within_their_delimiters():
    """Names become names of BibTeX, a date keeps its month."""
    names = Evidence("author", "Shee", "Shea, M. J.", 0.0, contradicts=True)
    text = "@misc{a, author = {Shee, M.}, date = {1994-05}, title = {Ejektion}, doi = {10.1000/1}}"
    found = amended(text, "bibtex", wrong=(*WRONG, names), eager=True)
    assert found == "@misc{a, author = {Shea, M. J.}, date = {1993-05}, title = {Ejection of ions}, doi = {10.1000/1}}"  # fmt: skip


def test_signs_of_tex_are_escaped():
    """A title with an ampersand compiles."""
    told = replace(WRONG[1], found="Ions & electrons")
    text = "@misc{a, title = {Ions}, doi = {10.1000/1}}"
    assert "{Ions \\& electrons}" in amended(text, "bibtex", wrong=(told,), eager=True)
