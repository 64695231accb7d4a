"""A work that is cited in words gets its place in the document's own list."""

from pathlib import Path

import pytest

from refcheck import Settings, fix
from refcheck.model import Document

LIBRARY = Path(__file__).parents[2] / "fixtures" / "libraries" / "ev-market.json"
DOI = "10.1016/j.tra.2015.01.002"
FIRST = "Adams, B. C. (2001). Rivers of the north. Journal of Rivers, 4(2), 11–20."
LAST = "Zhou, D. (2003). Lakes of the south. Journal of Lakes, 7(1), 3–9."
WANTED = "Helveston, J. P.,"

CASES = {
    "markdown, alphabetical": (
        "a.md",
        f"Subsidies help [citation needed], as ever (Adams, 2001; Zhou, 2003).\n\n## References\n\n- {FIRST}\n- {LAST}\n",
        "Subsidies help (Helveston et al., 2015), as ever",
        (f"- {FIRST}\n- {WANTED}", f"\n- {LAST}\n"),
    ),
    "text, paragraphs": (
        "a.txt",
        f"Subsidies help [citation needed].\n\nReferences\n\n{FIRST}\n\n{LAST}\n",
        "Subsidies help (Helveston et al., 2015).",
        (f"{FIRST}\n\n{WANTED}", f"\n\n{LAST}\n"),
    ),
    "markdown, numbered": (
        "a.md",
        f"Rivers flow [1], lakes lie [2]; subsidies help [citation needed].\n\n## References\n\n[1] {LAST}\n\n[2] {FIRST}\n",
        "subsidies help [3].",
        (f"[2] {FIRST}\n\n[3] {WANTED}",),
    ),
    "html": (
        "a.html",
        f'<p>Subsidies help [citation needed].</p>\n<h2>References</h2>\n<ul>\n<li id="r1">{FIRST}</li>\n<li id="r2">{LAST}</li>\n</ul>\n',
        "Subsidies help (Helveston et al., 2015).",
        (f'<li id="r1">{FIRST}</li>\n<li>{WANTED}', f'</li>\n<li id="r2">{LAST}</li>'),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_new_reference_takes_its_place(name, tmp_path):
    """In alphabetical place, or next in number; the list's own form is kept, all else is as it was."""
    file, text, cited, lines = CASES[name]
    (tmp_path / file).write_text(text, encoding="utf-8")
    line, column = Document(file, "", text).place(text.index("[citation needed]"))
    fix(
        [tmp_path / file],
        Settings(offline=True, library=(LIBRARY,), pin=(f"{line}:{column}={DOI}",)),
    )
    fixed = (tmp_path / file.replace(".", ".fixed.")).read_text(encoding="utf-8")
    assert cited in fixed
    for one in lines:
        assert one in fixed
    assert fixed.count(WANTED) == 1


def test_a_work_that_is_listed_is_not_listed_again(tmp_path):
    """Its DOI stands in the list already."""
    known = f"Helveston, J. P. (2015). Will subsidies drive electric vehicle adoption? https://doi.org/{DOI}"
    text = f"Subsidies help [citation needed].\n\n## References\n\n- {FIRST}\n- {known}\n- {LAST}\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    fix([tmp_path / "a.md"], Settings(offline=True, library=(LIBRARY,), pin=(f"1:16={DOI}",)))
    fixed = (tmp_path / "a.fixed.md").read_text(encoding="utf-8")
    assert fixed.count(DOI) == 1
    assert "Subsidies help (Helveston et al., 2015)." in fixed
