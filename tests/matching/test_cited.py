"""Missing citations: what the gap names is put in, what only its sentence tells is offered."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from refcheck.documents import latex, markdown
from refcheck.finders.citation_marker import FINDER
from refcheck.finders.placeholders import placed
from refcheck.matching import cited
from refcheck.model import Ambiguous, Candidate, Clues, Provenance, Resolved, Unresolved
from refcheck.record import Name, PartialDate, Record

CASES = (Path(__file__).parent / "cases" / "cited.md").read_text(encoding="utf-8")
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def candidate(line: str) -> Candidate:
    authors, year, title, container = (part.strip() for part in f"{line} ".split("|"))
    record = Record(
        author=tuple(Name(literal=name) for name in authors.split("; ")),
        issued=PartialDate((int(year),)),
        title=title,
        container_title=container,
    )
    return Candidate(record, (Provenance("test", title, "", WHEN),))


def clues_of(text: str) -> Clues:
    start, end = text.index("⟦"), text.index("⟧") - 1
    form = latex if "\\" in text else markdown
    name = f"a.{'tex' if form is latex else 'md'}"
    document = form.FORMAT.read({name: re.sub("[⟦⟧]", "", text).encode()}, name)
    return placed(document, FINDER, start, end).clues


def cases():
    for part in CASES.split("\n## ")[1:]:
        name, _, body = part.partition("\n")
        text = re.search(r"^text: (.*)$", body, re.MULTILINE)
        pool = tuple(candidate(line) for line in re.findall(r"^- (.*)$", body, re.MULTILINE))
        wanted = re.search(r"^(resolved|ambiguous|open)(?:: (.*))?$", body, re.MULTILINE)
        yield pytest.param(text[1], pool, wanted[1], wanted[2] or "", id=name)


def titles(matches) -> list[str]:
    return [match.candidate.record.title for match in matches]


@pytest.mark.parametrize(("text", "pool", "status", "wanted"), [*cases()])
def test_case(text, pool, status, wanted):
    """Each case of the list comes out as it says, whatever the order of the works."""
    for order in (pool, tuple(reversed(pool))):
        found = cited.decide(clues_of(text), order)
        if status == "resolved":
            assert isinstance(found, Resolved), found
            assert titles((found.match, *found.also)) == wanted.split(" & ")
        elif status == "ambiguous":
            assert isinstance(found, Ambiguous), found
        else:
            assert isinstance(found, Unresolved), found
            assert titles(found.matches)[:1] == ([wanted] if wanted else [])


def test_what_the_document_lists_is_likelier():
    """Of two works of one author that fit alike, the one in the document's own list is meant."""
    pool = (
        candidate("John McCarthy | 1960 | Recursive functions of symbolic expressions | CACM"),
        candidate("John McCarthy | 1963 | A basis for a mathematical theory of computation | NH"),
    )
    clues = clues_of("Lisp came early ⟦(cite McCarthy)⟧.")
    listed = (
        "1. McCarthy, J. (1963). A basis for a mathematical theory of computation. North-Holland."
    )
    found = cited.decide(clues, pool, text=listed)
    assert isinstance(found, Ambiguous)
    assert titles(found.matches)[0] == "A basis for a mathematical theory of computation"
    assert "listed in the document already" in [one.note for one in found.matches[0].evidence]


def test_what_the_authors_bibliography_holds_is_likelier():
    """A work of the document's own .bib file says so in its evidence."""
    one = candidate("Alan Turing | 1950 | Computing Machinery and Intelligence | Mind")
    mine = replace(one, provenance=(Provenance("document", "refs.bib#turing", "", WHEN),))
    found = cited.decide(clues_of("Machines may think ⟦(cite Turing 1950)⟧."), (mine,))
    assert isinstance(found, Resolved)
    assert "listed in the document already" in [e.note for e in found.match.evidence]


def test_nothing_is_said():
    """A gap alone on its page is too vague; a source that failed is not "not found"."""
    assert cited.decide(Clues(), ()).reason == "too_vague"
    assert cited.decide(clues_of("So it is ⟦[CITE]⟧."), (), failed=True).reason == "source_failed"
