"""The title element: the title, and what identifies the work in round brackets.

Source: APA Publication Manual, 7th ed., 9.18–9.22.
"""

from __future__ import annotations

from refcheck.styles import apa_names
from refcheck.styles import apa_numbers as numbers
from refcheck.styles.apa_work import SITES, Work
from refcheck.styles.casing import capital_first, title_case
from refcheck.styles.runs import Runs, enclosed, italic, joined, rich, text

_NO_BOOK = frozenset(
    "article-journal article-magazine article-newspaper broadcast event patent performance"
    " periodical post post-weblog review review-book speech webpage".split()
)
MEDIA = frozenset("broadcast graphic map motion_picture".split())
"""Their number stands after their own title, not after that of what holds them (example 94)."""
REPORTS = frozenset({"document", "report", "standard"})


def title(work: Work) -> Runs:
    """Return the title with its part or volume; in italics where the work stands by itself."""
    record = work.record
    if not record.title or (work.review_of_title and (work.periodical or record.type in SITES)):
        return ()
    shown = rich(record.title) if record.type == "post" else work.sentence(record.title)
    if record.type in SITES:
        return italic(joined(": ", shown, _part(work)))
    if work.periodical:
        shown = joined(": ", shown, _part(work))
        return shown if record.container_title else italic(shown)
    if record.container_title:
        return shown
    return italic(joined(": ", shown, volume_title(work)))


def _part(work: Work) -> Runs:
    """Return the part that belongs to the title; one that is only counted stands in the brackets."""
    record = work.record
    counted = numbers.is_number(record.part_number) and not record.part_title
    number = "" if counted else numbers.part(record.part_number, work.terms)
    return joined(". ", text(number), rich(capital_first(record.part_title)))


def volume_title(work: Work) -> Runs:
    """Return what of the volume belongs to the title: "Vol. 1. History, theory, and battlegrounds"."""
    record = work.record
    label = text(numbers.volume(record.volume, work.terms))
    if record.volume_title:
        shown = joined(". ", label, work.sentence(record.volume_title))
        return joined(": ", shown, _part(work))
    if numbers.is_volume(record.volume) and not record.part_title:
        label = ()
    return joined(", ", label, _part(work))


def _counted(work: Work) -> tuple[str, str]:
    """Return the volume and the part that are only counted: "Vol. 3", "Pt. 2"."""
    record, terms = work.record, work.terms
    volume = part = ""
    if not (record.volume and (record.volume_title or record.part_title)):
        volume = numbers.volumes(record.number_of_volumes, terms)
        if numbers.is_volume(record.volume):
            volume = numbers.volume(record.volume, terms)
    if numbers.is_number(record.part_number) and not record.part_title:
        part = numbers.part(record.part_number, terms)
    return volume, part


def identifier(work: Work) -> Runs:
    """Return what tells the work apart, in brackets: contributors, number, edition, volume, pages."""
    record = work.record
    parts: tuple[Runs, ...]
    if record.type == "patent":
        parts = (patent(work),)
    elif record.type == "report" and not record.title:
        parts = (contributors(work), _database(work), bookish(work))  # its number is its name
    elif record.container_title and record.type not in SITES:
        untitled = not (record.title or record.genre) and record.type != "report"
        parts = (
            text(chapter(work) if untitled else ""),
            contributors(work),
            number(work) if record.type in MEDIA else (),
            text(_counted(work)[1] if work.periodical else ""),
        )
    else:
        part = _counted(work)[1] if work.periodical else ""
        parts = (contributors(work), _database(work), number(work), bookish(work), text(part))
    return enclosed("(", joined("; ", *parts), ")")


def patent(work: Work) -> Runs:
    """Return "U.S. Patent No. 123,445"."""
    record = work.record
    kind = capital_first(record.genre) or work.terms["Patent"]
    said = f"{work.terms['No.']} {record.number}" if record.number else ""
    return text(" ".join(filter(None, (record.authority, kind, said))))


def contributors(work: Work) -> Runs:
    """Return who else made it: "(J. Bliss & H. Furth, Trans.; K. Mazur, Narr.)"."""
    record = work.record
    roles: tuple[str, ...] = ("interviewer",) if record.title else ()
    if work.periodical:
        roles += ("translator", "narrator")
    elif record.container_title and record.type not in SITES:
        roles += ("illustrator", "narrator") + (() if record.editor_translator else ("translator",))
    else:
        makers, voices = ("editor", "translator"), ("illustrator", "narrator")
        roles += makers + voices if record.type in SITES else voices + makers
        roles += (
            "compiler",
            "chair",
            "organizer",
            "curator",
            "series_creator",
            "executive_producer",
        )
    parts = []
    if (
        record.container_author
        and not (record.container_title and record.type not in SITES)
        and not work.periodical
    ):
        parts.append(text(f"{work.terms['By']} {apa_names.plain_list(record.container_author)}"))
    done: set[str] = set()
    for role in roles:
        names = work.names(role)
        if not names or role in done:
            continue
        label = apa_names.labelled(names, role, work.terms)
        if role == "editor" and names == work.names("translator") and "translator" in roles:
            label = work.terms["editor_translators" if len(names) > 1 else "editor_translator"]
            done.add("translator")
        parts.append(text(f"{apa_names.plain_list(names)}, {label}"))
    return joined("; ", *parts)


def numbered(work: Work) -> str:
    """Return what a bill, report or order without a title is called by: "H.R. Rep. No. 114-358"."""
    record = work.record
    if record.title or not record.number or record.type not in {"bill", "report", "regulation"}:
        return ""
    of_a_body = record.type == "bill" and (
        record.authority or record.chapter_number or record.container_title
    )
    said = record.number if of_a_body else numbers.labelled_number(record.number, work.terms)
    genre = title_case(record.genre) if work.english else record.genre
    return " ".join(filter(None, (genre, said)))


def _database(work: Work) -> Runs:
    """Return the number of a work in a database, "ED545393" (example 74); a place in an archive is none."""
    return text(work.record.archive_location) if work.in_database else ()


def number(work: Work) -> Runs:
    """Return "Issue Brief No. 1", "Publication No. 10289373", "ICPSR 35531"."""
    record = work.record
    if not record.number:
        return ()
    if record.type == "thesis" and record.genre:
        kind = work.terms["Publication"]
    elif record.type in MEDIA:
        kind = ""  # an episode's genre is its description: (No. 443) [Audio podcast episode]
    else:
        kind = record.genre or _numbered_series(work)
        kind = title_case(kind) if work.english else kind
    counted = record.type != "broadcast" or numbers.is_number(record.number)
    plain = record.type == "standard" or not counted
    shown = record.number if plain else numbers.labelled_number(record.number, work.terms)
    return text(" ".join(filter(None, (kind, capital_first(shown)))))


def _numbered_series(work: Work) -> str:
    """Return the series that a report's number counts in: "Policy Research Working Paper No. 9359"."""
    record = work.record
    alone = (
        record.type == "report" and record.number and not (record.genre or record.collection_number)
    )
    return record.collection_title if alone and numbers.is_number(record.number) else ""


def chapter(work: Work) -> str:
    """Return "Chapter 4", of an album "Track 4"."""
    one, many = ("Track", "Tracks") if work.record.type == "song" else ("Chapter", "Chapters")
    return numbers.counted(work.record.chapter_number, one, many, work.terms)


def bookish(work: Work) -> Runs:
    """Return "Version 3, 2nd ed., Vol. 1, pp. 3–9"."""
    record, terms = work.record, work.terms
    if record.type in _NO_BOOK or work.periodical:
        return ()
    series = ""
    if record.type in REPORTS and not _numbered_series(work):
        named = title_case(record.collection_title) if work.english else record.collection_title
        series = " ".join(filter(None, (named, record.collection_number)))
    place = numbers.pages(record.page, terms)
    if not place and (record.title or record.genre):
        place = chapter(work)
    parts = (
        f"{terms['Version']} {record.version}" if record.version else "",
        numbers.edition(record.edition, terms) if record.edition else "",
        series,
        numbers.supplement(record.supplement_number, terms),
        *_counted(work),
        numbers.issue(record.issue, terms),
        place,
    )
    return text(", ".join(filter(None, parts)))
