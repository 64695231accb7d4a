"""What stands at the address of a reference: alive, gone, moved away, closed to programs, stored.

A page that is closed to us is not gone; one that leads to the site's front page is not alive; one that
is gone may lie in an archive, whose copy is offered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from refcheck.identifiers import host, page_key
from refcheck.matching.rarity import rarity
from refcheck.model import (
    Ambiguous,
    Answered,
    Candidate,
    Corrected,
    Evidence,
    Failed,
    Match,
    Resolution,
    Unresolved,
    Verified,
)
from refcheck.record import Record
from refcheck.text import fold, tokens

SAID_BY_PAGE = 0.5
"""Share of a title's telling words that its page must have; pages shorten and lengthen their titles."""

SURELY = 0.8
"""The same for a reference that looks like one of a printed work, but whose page says its title."""

GONE = "the page is gone"
MOVED = "the address leads to the site's front page"
CLOSED = "the page could not be read"
REFUSED = "refcheck does not go there"
STORED = "stored in an archive"


def address(fields: Record) -> str:
    """Return the address of a reference's page; "" where it only repeats an identifier."""
    url = fields.url.strip()
    known = host(url) in {"doi.org", "dx.doi.org", "arxiv.org", "hdl.handle.net"}
    return url if url.startswith(("http://", "https://")) and not known else ""


def at_address(
    fields: Record,
    given: str | Record,
    candidates: Sequence[Candidate],
    heard: Sequence[Answered | Failed],
) -> Match | None:
    """Compare a reference with what stands at its address; None where its page was not asked for.

    The evidence ``url`` tells how it answers: 1.0 as it should, 0.0 and a contradiction where it is
    gone, None where it is closed. The candidate is the page, else its stored copy, else empty.
    """
    url = address(fields)
    about = (
        [one for one in heard if one.query.want == "page" and one.query.url == url] if url else []
    )
    if not about:
        return None
    key = page_key(url)
    stored = _stored(url, candidates)
    outcome = about[-1]
    if isinstance(outcome, Failed):
        why = REFUSED if outcome.refused else CLOSED
        told = Evidence("url", url, _copy(stored), None, note=f"{why}: {outcome.message}")
        return Match(stored or Candidate(Record(), ()), 0.5 if stored else 0.0, (told,))
    alive = [one for one in outcome.answers if isinstance(one, Candidate)]
    if not alive:
        told = Evidence("url", url, _copy(stored), 0.0, contradicts=True, note=GONE)
        return Match(stored or Candidate(Record(), ()), 0.5 if stored else 0.0, (told,))
    page = alive[0]
    landed = page.provenance[0].url or page.record.url
    if _is_front(landed) and not _is_front(url) and page_key(landed) != key:
        told = Evidence("url", url, _copy(stored), 0.0, contradicts=True, note=MOVED)
        return Match(stored or page, 0.4, (told,))
    told = Evidence("url", url, landed, 1.0)
    titled = _on_page(given if isinstance(given, str) else fields.title, fields, page)
    score = 0.6 if titled is None else 0.5 + 0.5 * (titled.agreement or 0.0)
    return Match(page, score, tuple(filter(None, (titled, told))))


def _is_front(url: str) -> bool:
    """Tell whether an address is that of a site's front page, in whatever language."""
    path = page_key(url).removeprefix(host(url)).strip("/")
    return not path or bool(
        re.fullmatch(r"(?:[a-z]{2}(?:[-_][A-Za-z]{2})?|index\.\w+|home|404|error)", path)
    )


def _stored(url: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the stored copy of a page, where an archive told of one."""
    copies = [
        one for one in candidates
        if one.record.archive_url and page_key(one.record.url) == page_key(url)
    ]  # fmt: skip
    return copies[0] if copies else None


def _copy(stored: Candidate | None) -> str:
    return stored.record.archive_url if stored else ""


def _on_page(said: str, fields: Record, page: Candidate) -> Evidence | None:
    """Look for the title in what a page says of itself, and for the page's title in the reference.

    None where the reference gives no title.
    """
    wanted = _telling(fields.title)
    if not wanted:
        return None
    record = page.record
    there = f"{record.title} {record.container_title} {record.publisher} {record.url}"
    found = max(_share(wanted, there), _said_together(wanted, page.text))
    own = set(tokens(host(record.url)))  # a site's name in an address is not its page's title
    titled = [word for word in _telling(record.title.partition(" | ")[0]) if word not in own]
    if len(titled) >= LEAST_OF_A_TITLE:
        found = max(found, _share(titled, _ADDRESS.sub(" ", said)))
    return Evidence("title", fields.title, record.title, round(found, 4))


_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+")
LEAST_OF_A_TITLE = 3
"""Telling words of a page's title from which it can be found again in a reference."""


def _telling(title: str) -> list[str]:
    words = dict.fromkeys(tokens(title))
    return [word for word in words if len(word) > 1 and not word.isdigit()]


def _share(wanted: Sequence[str], text: str) -> float:
    """Return how much of some words, by their rarity, stands in a text: 0 to 1."""
    words, whole = set(tokens(text)), fold(text)
    weights = [max(0.1, rarity(word)) for word in wanted]
    hits = (w for word, w in zip(wanted, weights, strict=True) if word in words or word in whole)
    return sum(hits) / sum(weights)


def _said_together(wanted: Sequence[str], text: str) -> float:
    """Return how much of some words stands in one place of a text: any long page has them somewhere."""
    words = tokens(text)
    width = REACH * len(wanted)
    weights = {word: max(0.1, rarity(word)) for word in wanted}
    here: Counter[str] = Counter()
    hits = best = 0.0
    for n, word in enumerate(words):
        if word in weights:
            here[word] += 1
            hits += weights[word] if here[word] == 1 else 0.0
        if n >= width and (gone := words[n - width]) in weights:
            here[gone] -= 1
            hits -= weights[gone] if not here[gone] else 0.0
        best = max(best, hits)
    return best / sum(weights.values())


REACH = 3
"""Words of a text, for each of a title, among which the title must stand."""


def with_page(decision: Resolution, fields: Record, page: Match) -> Resolution:
    """Put together what the indexes and the page say."""
    link = page.evidence[-1]
    match decision:
        case Verified(found, others) | Corrected(found, _, others):
            wrong = decision.differences if isinstance(decision, Corrected) else ()
            known = replace(found, evidence=(*found.evidence, link))
            if link.contradicts and page.candidate.record.archive_url:
                known = replace(known, candidate=_with_copy(found.candidate, page.candidate))
            wrong = (*wrong, link) if link.contradicts else wrong
            return Corrected(known, wrong, others) if wrong else Verified(known, others)
    titled = page.evidence[0] if page.evidence[0].field == "title" else None
    says_it = titled is not None and (titled.agreement or 0.0) >= SURELY
    if not _is_page(fields) and not (link.agreement == 1.0 and says_it):
        return _beside(decision, page) if link.agreement == 1.0 else decision
    if link.agreement == 1.0:
        if titled is None or (titled.agreement or 0.0) >= SAID_BY_PAGE:
            return Verified(page)
        return Ambiguous((page,))
    stored = page.candidate.record.archive_url
    if link.contradicts:
        advice = (f"{link.note}: look for where it went, or name a stored copy",)
        return Corrected(page, (link,)) if stored else Unresolved("not_found", (), advice)
    if stored:
        return Verified(replace(page, evidence=(replace(link, note=f"{link.note}; {STORED}"),)))
    refused = link.note.startswith(REFUSED)
    to_do = f"correct {link.given}" if refused else f"open {link.given} yourself"
    return Unresolved("source_failed", (), (f"{to_do}: {link.note}",))


def _beside(decision: Resolution, page: Match) -> Resolution:
    """Show a page that answers, but says something else, beside what the indexes offer."""
    match decision:
        case Unresolved() | Ambiguous():
            return replace(decision, matches=(*decision.matches, page))
        case _:
            return decision


def _is_page(fields: Record) -> bool:
    """Tell whether a reference is of what stands on the web, rather than of a work that is there too."""
    return not (fields.volume or fields.page or fields.doi) and fields.type not in {
        "article-journal", "paper-conference", "book", "chapter", "thesis",
    }  # fmt: skip


def _with_copy(work: Candidate, stored: Candidate) -> Candidate:
    """Add the stored copy of its page to a work, with where it was told."""
    copied = replace(
        work.record, archive_url=stored.record.archive_url, archive=stored.record.archive
    )
    return replace(work, record=copied, provenance=(*work.provenance, *stored.provenance))
