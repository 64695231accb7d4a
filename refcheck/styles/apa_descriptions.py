"""The description in square brackets: what kind of work it is, where that is not plain.

Source: APA Publication Manual, 7th ed., 9.21–9.22.
"""

from __future__ import annotations

from refcheck.styles import apa_names
from refcheck.styles.apa_titles import MEDIA, REPORTS
from refcheck.styles.apa_work import SITES, Work
from refcheck.styles.casing import capital_first
from refcheck.styles.runs import Runs, enclosed, italic, joined, rich, text

_KINDS = frozenset(
    "broadcast collection dataset figure graphic map motion_picture song software post review review-book".split()
)


def description(work: Work) -> Runs:
    """Return what kind of work it is, in square brackets, where that is not plain from the rest."""
    return enclosed("[", _described(work), "]")


def _described(work: Work) -> Runs:
    record = work.record
    if record.type == "interview" or record.interviewer:
        return _interview(work)
    if work.review:
        return _reviewed(work)
    if record.type == "personal_communication":
        return _letter(work)
    if record.type in {
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "periodical",
        "post-weblog",
    }:
        return joined("; ", text("" if record.title else record.section), form(work))
    if record.type == "song" and record.composer:
        return _performed(work)
    if record.type == "thesis":
        public = record.archive or record.doi or record.url
        said = ", ".join(
            filter(None, (capital_first(record.genre), record.publisher if public else ""))
        )
        return joined("; ", text(said), text(capital_first(record.medium)))
    if not record.container_title or record.type in SITES:
        return form(work)
    if work.unpublished_talk or record.type in {*REPORTS, "software"}:
        return ()  # it stands after the title of the whole
    return form(work)


def form(work: Work) -> Runs:
    """Return genre and medium, else the word for the type."""
    record = work.record
    if record.genre or record.medium:
        named = record.number and record.type not in MEDIA
        genre = "" if named else capital_first(record.genre)
        return joined("; ", rich(genre), rich(capital_first(record.medium)))
    if work.private:
        return text(work.terms["Personal communication"])
    if record.type == "interview":
        return text(work.terms["interview"])
    if record.type == "personal_communication":
        return text(work.terms["letter"])
    if record.type == "periodical" and record.container_title:
        kind = "supplement" if record.supplement_number else "special issue" if record.title else ""
        return text(work.terms[kind] if kind else "")
    if record.type == "manuscript" and not work.retrievable:
        return text(work.terms["unpublished manuscript"])
    return text(work.terms[record.type]) if record.type in _KINDS else ()


def described_whole(work: Work) -> Runs:
    """Return the description of a part of a session, report or app, after the title of the whole."""
    if work.unpublished_talk or work.record.type in {*REPORTS, "software"}:
        return enclosed("[", form(work), "]")
    return ()


def _interview(work: Work) -> Runs:
    record, terms = work.record, work.terms
    if record.title and record.interviewer:  # the brackets say already that it is an interview
        genre = "" if record.number else capital_first(record.genre)
        return joined("; ", rich(genre), rich(capital_first(record.medium)))
    if record.title or not record.interviewer:
        return form(work)
    names = apa_names.plain_list(record.interviewer)
    if record.genre:
        return text(f"{capital_first(record.genre)} {terms['container_author']} {names}")
    return joined(
        "; ", text(f"{terms['Interview by']} {names}"), text(capital_first(record.medium))
    )


def _letter(work: Work) -> Runs:
    record = work.record
    if not record.recipient:
        return form(work)
    names = apa_names.series([apa_names.full(name) for name in record.recipient], "&")
    return joined(" ", form(work), text(f"{work.terms['to']} {names}"))


def _reviewed(work: Work) -> Runs:
    record, terms = work.record, work.terms
    if record.reviewed_genre:
        kind = f"{terms['Review of the']} {record.reviewed_genre}"
    elif not record.number and (record.genre or record.medium):
        kind = capital_first(record.genre or record.medium)
    else:
        kind = terms["review of the book" if record.type == "review-book" else "review of"]
    name = work.sentence(record.title if work.review_of_title else record.reviewed_title)
    shown = joined(" ", text(kind), italic(name))
    if record.reviewed_author:
        by = f"{terms['reviewed_author']} {apa_names.plain_list(record.reviewed_author)}"
        shown = joined(", ", shown, text(by))
    return shown


def _performed(work: Work) -> Runs:
    """Return "Song recorded by the Staatskapelle Dresden"."""
    record = work.record
    said = " ".join(filter(None, ("" if record.number else record.genre, record.medium)))
    said = capital_first(said)
    names = (
        apa_names.plain_list(record.author or record.performer)
        if record.author or record.performer
        else ""
    )
    if not names:
        return text(said or work.terms["song"])
    words = work.terms["recorded by"]
    if words in said:  # the genre names the performer already
        return text(said if names in said else f"{said} {names}")
    return text(capital_first(f"{said} {words} {names}".strip()))
