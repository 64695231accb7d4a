"""GB/T 7714-2015, numeric: the Chinese national standard for references, in the order of citing.

Source: GB/T 7714-2015, sections 4, 8 and 10, appendices A and B.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from refcheck.identifiers import clean_url
from refcheck.model import Entry, Rendered, Run, Style
from refcheck.record import Name, PartialDate, Record
from refcheck.styles.apa_names import initials
from refcheck.styles.apa_numbers import is_number, ordinal
from refcheck.styles.notes import told
from refcheck.styles.runs import Runs, joined, link, plain, rich, stopped, text, tidied
from refcheck.text import is_cjk, script_language

NAMED = 3
"""So many authors are named, more are 等 or et al. (8.1.2)."""

_CODES = {
    "book": "M", "classic": "M", "chapter": "M", "entry": "M", "entry-dictionary": "M",
    "entry-encyclopedia": "M", "collection": "G", "paper-conference": "C",
    "article-journal": "J", "article-magazine": "J", "periodical": "J", "review": "J", "review-book": "J",
    "article-newspaper": "N", "thesis": "D", "report": "R", "standard": "S", "patent": "P", "dataset": "DS",
    "software": "CP", "map": "CM", "article": "A", "webpage": "EB", "post": "EB", "post-weblog": "EB",
}  # fmt: skip
"""Marks of the kinds of documents (appendix B); Z for all others."""
_JOURNALS = frozenset("article-journal article-magazine review review-book".split())
_INSIDE = frozenset("chapter entry entry-dictionary entry-encyclopedia paper-conference".split())
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


def render(records: Sequence[Record], locale: str = "zh-CN") -> Rendered:
    """Render the records in the order given, numbered from 1; words in each work's own language."""
    entries = []
    for number, record in enumerate(records, 1):
        label = f"[{number}]"
        author = _cited(record)
        date = str(record.issued.year) if record.issued and record.issued.year else ""
        entries.append(
            Entry(
                id=record.id,
                reference=tidied(reference(record, locale)),
                parenthetical=(Run(label, raised=True),),
                narrative=tidied((*text(author or date), Run(label, raised=True))),
                label=label,
            )
        )
    return Rendered(tuple(entries), tuple(one for record in records for one in told(record)))


def reference(record: Record, locale: str = "zh-CN") -> Runs:
    """Return one reference: responsible. title[kind]. edition. place: publisher, year: pages. address."""
    chinese = _chinese(record, locale)
    title = joined("", _title(record, chinese), text(_mark(record)))
    lead = record.author or (
        (record.editor or record.director or record.composer) if not _holder(record) else ()
    )
    head = joined(". ", text(_names(lead, chinese)), title)
    if record.type in _JOURNALS or record.type == "article-newspaper":
        body = joined(". ", head, _journal(record))
    elif record.type == "periodical":
        run = ", ".join(filter(None, (_year(record.issued), _volume_issue(record))))
        body = joined(". ", head, text(run), _publication(record))
    elif record.type == "patent":
        body = joined(". ", head, text(_iso(record.issued) + _accessed(record)))
    elif _holder(record):
        inside = joined(
            ". ", head + text("//") + _whole(record, chinese), *_details(record, chinese)
        )
        body = joined(". ", inside, _publication(record))
    else:
        body = joined(". ", head, *_details(record, chinese), _publication(record))
    address = link(clean_url(record.url)) if record.url else ()
    doi = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", record.doi)
    tail = text(f"DOI:{doi}") if doi and doi.lower() not in record.url.lower() else ()
    return stopped(joined(". ", stopped(body), address, tail))


def _chinese(record: Record, locale: str) -> bool:
    language = (
        record.language.lower() or script_language(record.title) or ("" if record.title else locale)
    )
    return language.startswith("zh")


def _names(names: Sequence[Name], chinese: bool) -> str:
    shown = [_name(name) for name in names[:NAMED]]
    if len(names) > NAMED:
        shown.append("等" if chinese else "et al")
    return ", ".join(shown)


def _name(name: Name) -> str:
    """Return "PEEBLES P Z Jr.", "张伯伟", "INTERNATIONAL ELECTROTECHNICAL COMMISSION (IEC)"."""
    if name.literal or not name.family:
        whole = name.literal or name.given
        return whole if is_cjk(whole) else whole.upper()
    if is_cjk(name.family):
        return name.family + name.given
    particle = name.non_dropping_particle
    family = f"{particle} {name.family}".strip().upper()
    given = initials(name.given).replace(".", "").replace("-", " ")
    return " ".join(filter(None, (family, given, name.dropping_particle, name.suffix)))


def _cited(record: Record) -> str:
    names = record.author or record.editor
    if not names:
        return plain(rich(record.title_short or record.title))
    first = names[0].literal or (
        names[0].family + (names[0].given if is_cjk(names[0].family) else "")
    )
    if len(names) == 1:
        return first
    return f"{first}等" if is_cjk(first) else f"{first} et al."


def _holder(record: Record) -> bool:
    """Tell whether the work is part of another that is named."""
    if record.type == "paper-conference":
        return bool(record.container_title or record.event_title)
    return record.type in _INSIDE and bool(record.container_title)


def _title(record: Record, chinese: bool) -> Runs:
    title = rich(record.title)
    if record.type in {"standard", "patent"} or (record.type == "report" and record.publisher):
        return joined(": ", title, text(record.number))
    if not _holder(record) and record.type not in {*_JOURNALS, "periodical", "article-newspaper"}:
        return joined(": ", title, _volume(record, chinese))
    return title


def _volume(record: Record, chinese: bool) -> Runs:
    if not record.volume:
        return rich(record.volume_title)
    plain_number = is_number(record.volume)
    shown = (
        (f"第{record.volume}卷" if chinese else f"Vol. {record.volume}")
        if plain_number
        else record.volume
    )
    return joined(": " if not chinese else " ", text(shown), rich(record.volume_title))


def _mark(record: Record) -> str:
    """Return "[M/OL]": the kind of document, and that it is online (appendix B)."""
    code = _CODES.get(record.type, "Z")
    return f"[{code}/OL]" if record.url or record.doi else f"[{code}]"


def _whole(record: Record, chinese: bool) -> Runs:
    """Return the work that holds this one: "GOTTENBERG W G. Symposium on …"."""
    names = record.container_author or record.editor
    title = rich(record.container_title or record.event_title)
    return joined(". ", text(_names(names, chinese)), joined(": ", title, _volume(record, chinese)))


def _details(record: Record, chinese: bool) -> tuple[Runs, Runs]:
    """Return the translators and the edition."""
    translators = _names(record.translator, chinese)
    if translators:
        translators += ", 译" if chinese else ", trans."
    edition = re.sub(r"^(\d+)(?:st|nd|rd|th|\.)?(?: ed(?:ition|\.)?)?$", r"\1", record.edition)
    if edition.isdigit():
        edition = (
            "" if edition == "1" else f"{edition}版" if chinese else f"{ordinal(int(edition))} ed."
        )
    return text(translators), text(edition)


def _publication(record: Record) -> Runs:
    """Return "place: publisher, year: pages[accessed]"; without a publisher "(date)[accessed]"."""
    place = record.publisher_place or record.archive_place
    where = joined(": ", rich(place), rich(record.publisher or record.archive))
    pages = _pages(record) if record.type != "periodical" else ""
    online = bool(record.url or record.doi)
    if online and not (where or pages or _holder(record)):
        day = _iso(record.issued)
        return text((f"({day})" if day else "") + _accessed(record))
    when = ": ".join(filter(None, (_year(record.issued), pages)))
    return joined(", ", where, text(when + _accessed(record)))


def _journal(record: Record) -> Runs:
    name = rich(record.container_title)
    if record.type == "article-newspaper" or not (
        record.volume or record.issue or record.page or record.doi
    ):
        page = f"({_pages(record)})" if record.page else ""
        dated = record.type == "article-newspaper"
        when = _iso(record.issued) if dated else _year(record.issued)
        return joined(", ", name, text(when + page + _accessed(record)))
    numbers = joined(", ", name, text(_year(record.issued)), text(record.volume))
    issue = f"({record.issue})" if record.issue else ""
    pages = f": {_pages(record)}" if record.page else ""
    return numbers + text(issue + pages + _accessed(record))


def _volume_issue(record: Record) -> str:
    return record.volume + (f"({record.issue})" if record.issue else "")


def _pages(record: Record) -> str:
    return re.sub(r"\s*(?:--|–)\s*", "-", record.page)


def _year(date: PartialDate | None) -> str:
    if date is None:
        return ""
    if not date.start:
        return date.literal
    return (
        f"{date.start[0]}-{date.end[0]}"
        if date.end and date.end[0] != date.start[0]
        else str(date.start[0])
    )


def _iso(date: PartialDate | None) -> str:
    return (date.iso() or date.literal) if date else ""


def _accessed(record: Record) -> str:
    """Return the day of access, which the standard wants of what is online."""
    return (
        f"[{record.accessed.iso()}]"
        if record.accessed and record.accessed.start and (record.url or record.doi)
        else ""
    )


STYLE = Style(render=render, title="GB/T 7714-2015 (numeric)")
