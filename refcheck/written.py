"""Written references: what each says, whom to ask for it, how it is judged, what stands for it in lists.

Joins the stages for references as `pipeline` does for gaps. A reference whose form tells its fields
apart (BibTeX, a citation template, JATS) is read by that form; of any other the text is kept and
taken apart by rule.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from refcheck.bibliography import bibtex_read, jats, wikitext
from refcheck.bibliography.tex import decode
from refcheck.errors import LibraryError
from refcheck.finders.listed import references
from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn
from refcheck.inquiry import reference as inquiry
from refcheck.inquiry.rounds import Inquiry
from refcheck.matching import pages
from refcheck.matching import written as judging
from refcheck.matching.parsing import parse
from refcheck.model import (
    Answered,
    Candidate,
    Clues,
    Corrected,
    Document,
    Failed,
    Finding,
    NotAsked,
    Placeholder,
    Resolution,
    Resolved,
    Verified,
)
from refcheck.record import Record
from refcheck.text import unmarked

Heard = Sequence[Answered | Failed]


@dataclass(frozen=True, slots=True)
class Written:
    """A reference as it stands: its text in one line, its fields, and whether its form told them."""

    text: str
    fields: Record
    told: bool
    key: str = ""

    @property
    def given(self) -> str | Record:
        """What is compared: the fields that the form tells, else the text."""
        return self.fields if self.told else self.text


def read(document: Document, placeholder: Placeholder) -> Written:
    """Return what a written reference of a document, or of one of its files, says."""
    return _read_all(document.of_file(placeholder.file)).get(placeholder.span.start) or _plain("")


def clues(written: Written) -> Clues:
    """Return what a reference says in the terms of a question."""
    fields = written.fields
    names = tuple(
        name
        for one in fields.author or fields.editor
        if (name := one.family or one.literal) and name.lower() != "others"
    )
    return Clues(
        title=fields.title,
        topic="" if fields.title else written.text[:400],
        author=names,
        year=fields.issued.year if fields.issued else None,
        identifier=identifier(fields),
        container_title=fields.container_title,
        types=() if fields.type == "document" else (fields.type,),
        language=fields.language,
    )


def identifier(fields: Record) -> str:
    """Return the identifier by which a record can be asked for, the surest first; "" for none."""
    arxiv = normal_arxiv(fields.number) or normal_arxiv(fields.url)
    return (
        normal_doi(fields.doi)
        or normal_doi(fields.url)
        or (f"arXiv:{arxiv}" if arxiv else "")
        or (fields.pmid if fields.pmid.isdigit() else "")
        or normal_isbn(fields.isbn.split(" ")[0] if fields.isbn else "")
    )


def open_case(
    written: Written, heard: Heard
) -> tuple[Inquiry, Callable[[Sequence[Candidate], bool], Resolution]]:
    """Return whom to ask for a reference, and how to decide on the answers."""
    fields = written.fields
    accessed = fields.accessed or fields.issued
    asked = inquiry.inquire(
        clues(written), pages.address(fields), accessed.iso() if accessed else ""
    )

    def decide(candidates: Sequence[Candidate], failed: bool) -> Resolution:
        return judging.decide(written.given, fields, candidates, heard, failed=failed)

    return asked, decide


@dataclass(frozen=True, slots=True)
class Stated:
    """How a reference came into the bibliography; its text where nothing but that is sure."""

    status: str
    text: str = ""


def records(document: Document, findings: Sequence[Finding]) -> Mapping[Record, Stated]:
    """Return what stands for each written reference in the bibliography.

    A verified or corrected one is the source's record under the author's key; of any other it is what
    the author wrote, as far as it can be read.
    """
    out: dict[Record, Stated] = {}
    for finding in findings:
        if finding.placeholder.kind == "reference":
            written = read(document, finding.placeholder)
            text = ""
            match finding.resolution:
                case Verified(found) | Corrected(found) | Resolved(found):
                    record = found.candidate.record
                case _ if written.told:
                    record = written.fields
                case _:
                    record, text = written.fields, written.text
                    if not record.title:
                        record = Record(title=written.text)
            key = written.key if re.search(r"[A-Za-z]", written.key) else ""
            people = tuple(one for one in record.author if one.literal != "others")
            stated = replace(record, id="", citation_key=key, author=people)
            out.setdefault(stated, Stated(finding.resolution.status, text))
    return out


# --- reading ------------------------------------------------------------------------------------

_KEPT: dict[str, tuple[Document, Mapping[int, Written]]] = {}


def _read_all(document: Document) -> Mapping[int, Written]:
    """Read all references of a document, by where they begin; the last one's are kept."""
    kept = _KEPT.get(document.name)
    if kept is None or kept[0] is not document:
        if len(_KEPT) > _MOST:
            _KEPT.clear()
        kept = _KEPT[document.name] = (document, _all(document))
    return kept[1]


_MOST = 64
"""Documents of which the references are kept."""


def _all(document: Document) -> Mapping[int, Written]:
    by_line = (
        bibtex_read.by_line(document.text)
        if document.format in {"bibtex", "latex"} and "@" in document.text
        else {}
    )
    out = {}
    for one in references(document):
        line, _ = document.place(one.span.start)
        text = document.slice(one.span)
        record = by_line.get(line) if text.startswith("@") else None
        if record is None:
            record = _of_form(document, one.span.start, text)
        if record is not None:
            said = unmarked(text)
            record = replace(record, title=html.unescape(record.title))
            out[one.span.start] = Written(said, record, told=True, key=one.key)
        else:
            out[one.span.start] = replace(_plain(_bare(document, text)), key=one.key)
    return out


def _of_form(document: Document, start: int, text: str) -> Record | None:
    """Read a reference by the form that tells its fields apart; None where it is text."""
    if text.startswith("{{"):
        try:
            found = wikitext.read(text.encode(), "").records
        except LibraryError:
            return None  # a template of another wiki
        return found[0] if found and found[0].title else None
    if document.format == "jats":
        tag = document.text[document.text.rfind("<", 0, start) : start]
        kind = re.search(r"publication-(?:format|type)\s*=\s*[\"']([\w-]+)", tag)
        return jats.record(text, kind[1] if kind else "")
    return None


def _bare(document: Document, text: str) -> str:
    return unmarked(decode(text.replace("\\newblock", " "))) if document.format == "latex" else unmarked(text)  # fmt: skip


def _plain(text: str) -> Written:
    return Written(text, parse(text), told=False)


def settle(resolution: Resolution, heard: Heard, *, offline: bool) -> Resolution:
    """Return a reference's resolution in the end: nobody was asked where nobody could answer for it.

    A library of one's own that lacks a work says nothing of the work.
    """
    witness = any(
        isinstance(one, Answered) and not one.source.startswith("library:") for one in heard
    )
    if isinstance(resolution, Verified | Corrected | Resolved) or witness or not offline:
        return resolution
    return NotAsked()
