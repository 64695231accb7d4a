"""What holds for every form of the report."""

import time

import pytest

from refcheck import plugins
from refcheck.model import Document, DocumentReport, Report
from refcheck.writers import foreign

FORMS = plugins.reports()
DATA = {"json", "jsonl"}
"""Forms for programs, which keep foreign text as it is, escaped as JSON does."""


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_writes_every_report(form, sample, hostile):
    """Any report becomes text that ends its last line and can be encoded; the same every time."""
    for report in (sample, hostile):
        text = form.write(report)
        assert text.endswith("\n")
        assert text.encode("utf-8")
        assert form.write(report) == text


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_writes_a_report_of_nothing(form):
    """No documents, an empty one, and one without findings are reports too."""
    empty = DocumentReport(Document("a.md", "markdown", ""), ())
    plain = DocumentReport(Document("b.md", "markdown", "Nothing is missing.\n"), ())
    for report in (Report(()), Report((empty,)), Report((empty, plain))):
        assert form.write(report).encode("utf-8") is not None


@pytest.mark.parametrize(
    "form", [FORMS[name] for name in FORMS if name not in DATA], ids=lambda f: f.name
)
def test_no_unseen_sign_gets_through(form, hostile):
    """No control or bidirectional sign of foreign text stands in a form for people or servers."""
    text = form.write(hostile).replace("\r\n", "\n").replace("\\u", "")
    shown = "\n".join(line for line in text.split("\n") if '"snippet"' not in line)
    assert not foreign.SIGNS.search(shown)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_large_report_is_fast(form, large):
    """A document of 1 MB with 500 findings is written within 2 seconds in any form."""
    began = time.perf_counter()
    form.write(large)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    "name", [name for name in FORMS if name not in {"html", "json", "markdown"}]
)
def test_same_as_golden(name, sample, same_as_golden):
    """The report of the sample in each form is as a person has read it."""
    same_as_golden(f"sample{FORMS[name].suffix}", FORMS[name].write(sample))
