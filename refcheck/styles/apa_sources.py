"""The source element: where the work is to be found. Source: APA Publication Manual, 7th ed., 9.23–9.41."""

from __future__ import annotations

import re

from refcheck.identifiers import clean_url
from refcheck.styles import apa_descriptions, apa_names, apa_titles
from refcheck.styles import apa_numbers as numbers
from refcheck.styles.apa_dates import edited, whole, year
from refcheck.styles.apa_work import EVENTS, PERIODICALS, SITES, Work
from refcheck.styles.casing import capital_first
from refcheck.styles.runs import Runs, enclosed, italic, joined, link, rich, text
from refcheck.text import fold

_COUNTED = ("collection_title", "issue", "number", "page", "supplement_number", "volume")
"""What a work has that is out: without any of it, it is ahead of its publication."""
_HOLDERS = (
    "executive_producer",
    "series_creator",
    "editor_translator",
    "editor",
    "editorial_director",
    "compiler",
)


def source(work: Work) -> Runs:
    """Return periodical or book, publisher, archive, event and site, a full stop between them."""
    record = work.record
    if work.periodical:
        first = _periodical(work)
    elif record.type in SITES:
        first = ()
    else:
        first = _holder(work)
    site = work.headline(record.container_title) if record.type in SITES else ()
    if site and _same_as_author(work, record.container_title):
        site = ()
    return joined(". ", first, _publisher(work), _archive(work), _event(work), site)


def _periodical(work: Work) -> Runs:
    """Return "*Midwifery*, *29*(10), 1122–1128", and "Advance online publication"."""
    record, terms = work.record, work.terms
    name = joined(
        ", ", work.headline(record.container_title), work.headline(record.collection_title)
    )
    supplement = numbers.supplement(record.supplement_number, terms)
    issue = enclosed("(", joined(", ", text(_plain_dash(record.issue)), text(supplement)), ")")
    count = italic(text(_plain_dash(record.volume))) + issue
    if record.number:
        place = f"{terms['Article']} {record.number}"
    else:
        place = numbers.spread(record.page)
        if record.type == "article-journal" and re.fullmatch(
            r"[eE]\d+|\d{5,}", place
        ):  # no page is that far on: an article's number
            place = f"{terms['Article']} {place}"
    shown = joined(", ", italic(name), count, text(place))
    ahead = record.issued and not any(getattr(record, field) for field in _COUNTED)
    return joined(". ", shown, text(capital_first(record.status)) if ahead else ())


def _plain_dash(value: str) -> str:
    return value.replace("-", "–")


def _holder(work: Work) -> Runs:
    """Return "In A. Editor (Ed.), *Title* (2nd ed., pp. 3–9)"."""
    record, terms = work.record, work.terms
    if not record.container_title:
        return ()
    title = italic(
        joined(": ", work.sentence(record.container_title), apa_titles.volume_title(work))
    )
    media = record.type in apa_titles.MEDIA
    number = () if media else apa_titles.number(work)
    details = joined("; ", number, apa_titles.bookish(work))
    return joined(
        " ",
        text(terms["On" if record.type == "song" else "In"]),
        joined(", ", _holders(work), title),
        enclosed("(", details, ")"),
        apa_descriptions.described_whole(work),
    )


def _holders(work: Work) -> Runs:
    """Return who answers for the whole: its author, else its editors or whom it has."""
    if names := work.names("container_author"):
        return text(apa_names.plain_list(names))
    events = ("chair", "organizer") if work.record.type in EVENTS else ()
    for role in (*_HOLDERS, *events, "curator", "collection_editor"):
        if names := work.names(role):
            label = apa_names.labelled(names, role, work.terms)
            return text(f"{apa_names.plain_list(names)} ({label})")
    return ()


def _publisher(work: Work) -> Runs:
    """Return the publisher, unless it is the author too, or named with the thesis (9.29)."""
    record = work.record
    if record.type in PERIODICALS or (record.type == "paper-conference" and not edited(record)):
        return ()
    if record.type == "thesis" and (record.archive or record.doi or record.url):
        return ()
    return () if _same_as_author(work, record.publisher) else rich(record.publisher)


def _same_as_author(work: Work, name: str) -> bool:
    """Tell whether the author, alone, is the group of this name."""
    names = [one for _, group in work.lead for one in group]
    return len(names) == 1 and bool(name) and fold(names[0].literal) == fold(name)


def _archive(work: Work) -> Runs:
    """Return "Ash papers (Box 3), Library of Things, Oslo, Norway" (9.30)."""
    record = work.record
    location = "" if work.in_database else record.archive_location
    held = joined(
        " ",
        rich(record.archive_collection or record.archive),
        enclosed("(", text(location), ")"),
    )
    more = rich(record.archive) if record.archive_collection else ()
    return joined(", ", held, more, text(record.archive_place))


def _event(work: Work) -> Runs:
    record = work.record
    if not record.event_title or (record.type == "paper-conference" and not work.unpublished_talk):
        return ()
    date = whole(record.event_date, work.terms) if record.event_date else ""
    return joined(
        ", ", rich(capital_first(record.event_title)), text(record.event_place), text(date)
    )


def address(work: Work) -> Runs:
    """Return the DOI as an address, else the URL; when it was retrieved only where no date is known."""
    record = work.record
    if doi := re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", record.doi.strip()):
        return link(f"https://doi.org/{doi}")
    url = link(clean_url(record.archive_url or record.url))
    undated = not (record.issued or record.status)
    if url and undated and record.accessed:
        return (
            text(work.terms["Retrieved"].format(date=whole(record.accessed, work.terms)) + " ")
            + url
        )
    return url


def history(work: Work) -> Runs:
    """Return what is told of earlier publication or of a retraction, in brackets (9.39–9.41)."""
    record, terms = work.record, work.terms
    if record.type == "patent":
        return enclosed("(", rich(record.references), ")")
    printed = any(getattr(record, field) for field in _COUNTED)
    status = text(capital_first(record.status)) if record.issued and printed else ()
    told = rich(record.references) if record.references else _original(work)
    if not record.references and record.retraction and record.retraction[1]:
        when = record.retraction[1][:4]
        told = joined("; ", told, text(f"{terms['retracted']} {when}"))
    return enclosed("(", joined("; ", status, told), ")")


def _original(work: Work) -> Runs:
    record, terms = work.record, work.terms
    date = year(record.original_date, terms) if record.original_date else ""
    name = (
        joined(" ", text(terms["as"]), italic(rich(record.original_title)))
        if record.original_title
        else ()
    )
    if not (date or name or record.original_publisher):
        return ()
    if name or not date:
        return joined(
            " ",
            text(terms["original"]),
            joined(", ", name, text(date), rich(record.original_publisher)),
        )
    return joined(", ", text(f"{terms['original']} {date}"), rich(record.original_publisher))
