"""Legal references, which follow the Bluebook. Source: APA Publication Manual, 7th ed., chapter 11."""

from __future__ import annotations

from refcheck.styles import apa_names
from refcheck.styles import apa_numbers as numbers
from refcheck.styles.apa_dates import whole, year
from refcheck.styles.apa_sources import address
from refcheck.styles.apa_work import Work
from refcheck.styles.casing import capital_first
from refcheck.styles.runs import Runs, enclosed, italic, joined, rich, stopped, text


def reference(work: Work) -> Runs:
    """Return a case, statute, bill, hearing, regulation or treaty."""
    record = work.record
    if record.type == "treaty":
        parties = text("-".join(apa_names.short(name) for name in record.author))
        date = whole(record.issued, work.terms) if record.issued else ""
        body = joined(", ", title(work), parties, text(date), _source(work))
    else:
        body = joined(
            " ",
            joined(", ", title(work), _source(work)),
            enclosed("(", _date(work), ")"),
            enclosed("(", _note(work), ")"),
        )
    return joined(" ", stopped(body), address(work), rich(record.references))


def title(work: Work) -> Runs:
    """Return the title in headline capitals; of a hearing with the body that held it, in italics."""
    record, terms = work.record, work.terms
    if record.type != "hearing":
        return work.headline(record.title)
    before = f" {terms['before the']} {record.section}" if record.section else ""
    bill = f" {terms['on']} {record.number}" if record.number else ""
    held = terms["hearing"] + bill + before if bill or before else ""
    return italic(joined(": ", rich(capital_first(record.title)), text(held)))


def _source(work: Work) -> Runs:
    record, terms = work.record, work.terms
    page = record.page_first or numbers.dashed(record.page).split("–")[0]
    section = f"§ {record.section}" if record.section else ""
    code = (record.volume, record.container_title)
    parts: tuple[str, ...]
    session = " ".join(filter(None, (record.authority, record.chapter_number)))
    match record.type:
        case "bill":
            plain = not (record.authority or record.chapter_number or record.container_title)
            number = (
                numbers.labelled_number(record.number, terms)
                if plain and record.number
                else record.number
            )
            bill = " ".join(filter(None, (record.genre, number)))
            parts = (
                bill,
                session,
                " ".join(filter(None, (*code, page if record.container_title else ""))),
            )
        case "hearing":
            parts = (session,)
        case "legal_case":
            if record.container_title:
                parts = (" ".join(filter(None, (*code, section, page or "___"))),)
            else:
                number = numbers.labelled_number(record.number, terms) if record.number else ""
                parts = (number,)
        case "legislation" if record.number:
            kind = capital_first(record.genre) or "Pub. L."
            law = f"{kind} {numbers.labelled_number(record.number, terms)}"
            parts = (law, " ".join(filter(None, (*code, page if record.container_title else ""))))
        case "legislation":
            chapter = (
                f"{terms['ch.']} {record.chapter_number}"
                if record.chapter_number and not section
                else ""
            )
            where = section or chapter or page
            parts = (" ".join(filter(None, (*code, where if record.container_title else ""))),)
            if not record.container_title and section:
                parts = (section,)
        case "regulation":
            order = " ".join(
                filter(
                    None,
                    (
                        record.genre,
                        numbers.labelled_number(record.number, terms) if record.number else "",
                    ),
                )
            )
            parts = (order, " ".join(filter(None, (*code, section or page))))
        case _:
            number = record.number
            parts = (" ".join(filter(None, (*code, page or number))),)
    return text(", ".join(filter(None, parts)))


def _date(work: Work) -> Runs:
    record, terms = work.record, work.terms
    issued = ""
    if record.issued:
        exact = record.type == "legal_case" and not record.container_title
        issued = whole(record.issued, terms) if exact else year(record.issued, terms)
    elif record.submitted and record.type != "legal_case":
        issued = whole(record.submitted, terms)
    if record.type == "legal_case":
        return text(" ".join(filter(None, (record.authority, issued))))
    original = year(record.original_date, terms) if record.original_date else ""
    return text(" & ".join(filter(None, (original, issued))))


def _note(work: Work) -> Runs:
    record = work.record
    if record.type == "hearing":
        names = (
            apa_names.series([apa_names.full(name) for name in record.author], "&")
            if record.author
            else ""
        )
        return text(f"{work.terms['testimony of']} {names}" if names else "")
    return rich(record.status) if record.type != "legal_case" else ()
