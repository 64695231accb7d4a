"""References left unfinished: what each says without its masks, and what fills them."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from refcheck import Settings, fix, unfinished
from refcheck.documents import bibtex, markdown, wikitext
from refcheck.pipeline import find

FORMS = {"bibtex": bibtex.FORMAT, "markdown": markdown.FORMAT, "wikitext": wikitext.FORMAT}
LIBRARY = Path(__file__).parents[1] / "fixtures" / "libraries" / "ev-market.json"
TITLE = "Determinants of electric vehicle diffusion in China"


def said(form, text):
    """Return what the first unfinished reference of a text says."""
    document = FORMS[form].read({"x": text.encode()}, "x")
    placeholder = next(one for one in find(document, Settings()) if one.kind in unfinished.KINDS)
    return unfinished.read(document, placeholder)


LISTED = {
    "a masked year": f"Kalthaus, M., & Sun, J. (20XX). {TITLE}. Environmental and Resource Economics, 80(3), 473–510.",
    "masked pages": f"Kalthaus, M., & Sun, J. (2021). {TITLE}. Environmental and Resource Economics, xx(x), pp. xx-xx.",
    "a masked DOI": f"Kalthaus, M., & Sun, J. (2021). {TITLE}. Environmental and Resource Economics. https://doi.org/10.xxxx/xxxxx",
    "a note for the journal": f"Kalthaus, M., & Sun, J. (2021). {TITLE}. [Journal TBD].",
    "a note in German": f"Kalthaus, M., & Sun, J. (2021). {TITLE}. [Zeitschrift fehlt].",
}


@pytest.mark.parametrize("what", LISTED)
def test_a_written_reference_is_read_without_its_masks(what):
    """Title and names are what the author wrote; what is masked is nothing at all."""
    found = said("markdown", f"# A\n\nText.\n\n## References\n\n- {LISTED[what]}\n")
    assert found.title == TITLE
    assert [name.family for name in found.author] == ["Kalthaus", "Sun"]
    assert (found.issued.year if found.issued else None) == (
        None if "20XX" in LISTED[what] else 2021
    )
    assert not found.doi
    assert not re.search(r"(?i)x{2}|TBD|fehlt", repr(found))


def test_an_entry_is_read_without_its_masks():
    """Its fields tell themselves apart."""
    found = said("bibtex", f"@article{{k,\n author = {{Kalthaus, Martin and Sun, J.}},\n title = {{{TITLE}}},\n journal = {{TODO}},\n year = {{20XX}}\n}}\n")  # fmt: skip
    assert (found.title, found.container_title, found.issued) == (TITLE, "", None)
    assert found.author[0].given == "Martin"


def test_a_template_is_read_without_its_masks():
    """A parameter that holds a mask is left out."""
    found = said("wikitext", f"Text.<ref>{{{{cite journal |last=Kalthaus |first=M. |title={TITLE} |year=20XX |doi=10.xxxx/xxxxx}}}}</ref>\n")  # fmt: skip
    assert (found.title, found.doi, found.issued) == (TITLE, "", None)


ENTRY = f"""% mine
@article{{kalthaus,
  author  = {{Kalthaus, Martin}},
  title   = {{{TITLE}}},
  journal = {{TODO}},
  year    = "20XX",
  doi     = {{10.xxxx/xxxxx}},
}}
"""


@pytest.fixture
def fixed(tmp_path, monkeypatch):
    """Correct a .bib with the library at hand; return what was written."""
    shutil.copy(LIBRARY, tmp_path)
    monkeypatch.chdir(tmp_path)

    def run(text: str) -> str:
        Path("own.bib").write_text(text, encoding="utf-8")
        now = datetime(2026, 11, 22, tzinfo=UTC)
        fix(["own.bib"], Settings(offline=True, library=(Path(LIBRARY.name),)), now=now)
        path = Path("own.fixed.bib")
        return path.read_text(encoding="utf-8") if path.exists() else text

    return run


def test_masks_of_an_entry_are_filled_where_they_stand(fixed):
    """Every other value stays as it was written, the author list too."""
    wanted = ENTRY.replace("TODO", "Environmental and Resource Economics").replace("20XX", "2021")
    out = fixed(ENTRY)
    assert out.startswith(wanted[: wanted.index("10.xxxx")])
    assert "  doi     = {10.1007/s10640-021-00596-4}," in out
    assert "Kalthaus, Martin}," in out


@pytest.mark.parametrize(
    ("field", "value"),
    [("doi = {TODO}", "doi = {10.1007/s10640-021-00596-4}"), ("doi = {10.xxxx/xxxxx}", "doi = {10.1007/s10640-021-00596-4}")],
)  # fmt: skip
def test_an_identifier_alone_is_filled(fixed, field, value):
    """The field keeps its name and its braces."""
    entry = f"@article{{k, title = {{{TITLE}}}, author = {{Kalthaus, Martin and Sun, Jiatang}}, year = 2021, {field}}}\n"
    assert fixed(entry) == entry.replace(field, value)


def test_an_address_alone_is_filled(fixed):
    """A page's address goes where its mask stood."""
    entry = "@misc{y, title = {小米 YU7 汽车 3 分钟大定突破 20 万台}, publisher = {IT之家}, year = {2025}, url = {FIXME}}\n"
    assert fixed(entry) == entry.replace("FIXME", "https://www.ithome.com/0/863/978.htm")


def test_an_entry_of_another_work_is_left_alone(fixed):
    """A like title with another author fills nothing."""
    entry = ENTRY.replace("Kalthaus, Martin", "Smith, Jane and Doe, John")
    assert fixed(entry) == entry
