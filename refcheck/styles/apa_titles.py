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
    "article-journal article-magazine article-newspaper broadcast event interview patent performance"
    " periodical post post-weblog review review-book speech webpage".split()
)
MEDIA = frozenset("broadcast graphic map motion_picture song".split())
REPORTS = frozenset({"document", "report", "standard"})


def title(work: Work) -> Runs:
    """Return the title with its part or volume; in italics where the work stands by itself."""
    record = work.record
    if not record.title or (work.review and not record.reviewed_title):
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
    record = work.record
    number = f"{work.terms['Pt.']} {record.part_number}" if record.part_number else ""
    return joined(". ", text(number), rich(capital_first(record.part_title)))


def volume_title(work: Work) -> Runs:
    """Return what of the volume belongs to the title: "Vol. 1. History, theory, and battlegrounds"."""
    record = work.record
    shown: Runs = ()
    if record.volume_title:
        label = numbers.volume(record.volume, work.terms) or record.volume
        shown = joined(". ", text(label), work.sentence(record.volume_title))
    elif record.volume and not numbers.volume(record.volume, work.terms):
        shown = text(record.volume)
    return joined(": ", shown, _part(work))


def identifier(work: Work) -> Runs:
    """Return what tells the work apart, in brackets: contributors, number, edition, volume, pages."""
    record = work.record
    parts: tuple[Runs, ...]
    if record.type == "patent":
        parts = (patent(work),)
    elif record.type == "report" and not record.title:
        parts = (contributors(work), _database(work), bookish(work))
    elif record.container_title and record.type not in SITES:
        parts = (contributors(work), number(work) if record.type in MEDIA else ())
    else:
        parts = (contributors(work), _database(work), number(work), bookish(work))
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
        roles += (
            ("editor", "translator")
            if record.type in SITES
            else ("illustrator", "narrator", "editor", "translator")
        )
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
        parts.append(
            text(
                f"{work.terms['container_author']} {apa_names.plain_list(record.container_author)}"
            )
        )
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
    return " ".join(filter(None, (record.genre, said)))


def _database(work: Work) -> Runs:
    record = work.record
    if record.archive_collection or record.archive_place:
        return ()
    return text(record.archive_location)


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
    plain = record.type in {"broadcast", "standard"} and not numbers.is_number(record.number)
    shown = record.number if plain else numbers.labelled_number(record.number, work.terms)
    return text(" ".join(filter(None, (kind, capital_first(shown)))))


def _numbered_series(work: Work) -> str:
    """Return the series that a report's number counts in: "Policy Research Working Paper No. 9359"."""
    record = work.record
    alone = (
        record.type == "report" and record.number and not (record.genre or record.collection_number)
    )
    return record.collection_title if alone and numbers.is_number(record.number) else ""


def bookish(work: Work) -> Runs:
    """Return "Version 3, 2nd ed., Vol. 1, pp. 3–9"."""
    record, terms = work.record, work.terms
    if record.type in _NO_BOOK or (record.type == "paper-conference" and work.periodical):
        return ()
    series = ""
    if record.type in REPORTS and not _numbered_series(work):
        named = title_case(record.collection_title) if work.english else record.collection_title
        series = " ".join(filter(None, (named, record.collection_number)))
    volume = "" if record.volume_title else numbers.volume(record.volume, terms)
    if not record.volume:
        volume = numbers.volumes(record.number_of_volumes, terms)
    place = numbers.pages(record.page, terms)
    if not place and record.chapter_number:
        label = f"{terms['chap.']} " if numbers.is_number(record.chapter_number) else ""
        place = label + record.chapter_number
    parts = (
        f"{terms['Version']} {record.version}" if record.version else "",
        numbers.edition(record.edition, terms) if record.edition else "",
        series,
        f"{terms['Suppl.']} {record.supplement_number}" if record.supplement_number else "",
        volume,
        f"{terms['Issue']} {record.issue}" if record.issue else "",
        place,
    )
    return text(", ".join(filter(None, parts)))
