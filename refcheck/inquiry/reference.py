"""What to ask for a written reference: the work by its identifier, then by its words; then its page.

A web page, report or program is first what stands at its address; the indexes are asked for it only
where the page does not tell. An archive is asked where a page is gone or closed.
"""

from __future__ import annotations

from collections.abc import Generator

from refcheck.inquiry import work
from refcheck.inquiry.rounds import Inquiry, Round, State
from refcheck.model import Clues, Corrected, Query, Unresolved, Verified

ON_THE_WEB = frozenset(
    {"webpage", "post", "post-weblog", "software", "article-newspaper", "article-magazine", "broadcast", "motion_picture", "dataset", "document", "report", "legislation", "standard", "entry-encyclopedia", "entry-dictionary", "entry"}
)  # fmt: skip
"""Types that are judged by the page at their address before any index is asked."""


def inquire(clues: Clues, address: str, since: str) -> Inquiry:
    """Ask for a reference; ``address`` is its page, ``since`` the day on which it was read."""
    state = State()
    of_web = bool(address) and not clues.identifier and not clues.container_title
    if of_web and (not clues.types or set(clues.types) & ON_THE_WEB):
        state = yield from _page(address, since)
        if state.decided or not (clues.author and clues.year and clues.title):
            return
        yield from _through(work.inquire(clues))
        return
    state = yield from _through(work.inquire(clues))
    yield from _still_standing(state)
    if isinstance(state.resolution, Unresolved) and state.resolution.reason != "too_vague":
        yield from _by_halves(clues)
    if address:
        yield from _page(address, since)


def _still_standing(state: State) -> Generator[Round, State, None]:
    """Ask the agency that keeps the notices of retraction for a work that one's own library told of."""
    if not state.decided:
        return
    found = state.matches[0].candidate
    doi = found.record.doi
    told = {one.source for one in found.provenance}
    if doi and not doi.lower().startswith(work.ARXIV_DOI) and not told & NOTICES:
        yield Round((Query("work", identifier=doi, limit=1),), names=("crossref",))


NOTICES = frozenset({"crossref", "pubmed", "europepmc", "datacite"})
"""Sources that say of a work that it was withdrawn, or that registered it elsewhere."""


def _by_halves(clues: Clues) -> Generator[Round, State, None]:
    """Ask the wide index for either half of a title: a slip of the pen is in one of them only."""
    words = clues.title.split()
    if len(words) < 2 * SHORTEST:
        return
    middle = (len(words) + 1) // 2
    halves = (" ".join(words[:middle]), " ".join(words[middle:]))
    queries = tuple(
        Query("work", title=half, author=clues.author, year=clues.year, limit=work.OFFERED)
        for half in halves
    )
    yield Round(queries, names=("openalex",))


SHORTEST = 2
"""Words of half a title that are worth a search, held to two years before and after."""


def _page(address: str, since: str) -> Generator[Round, State, State]:
    """Ask for a page; for a stored copy, the first after it was read, where it does not answer."""
    state = yield Round((Query("page", url=address),))
    if _answers(state):
        return state
    if since:
        state = yield Round((Query("archive", url=address, since=since),))
        if _archived(state):
            return state
    return (yield Round((Query("archive", url=address),)))


def _answers(state: State) -> bool:
    """Tell whether the page answers, be it what the reference says or not."""
    told = [one for match in state.matches for one in match.evidence if one.field == "url"]
    return any(one.agreement == 1.0 for one in told)


def _archived(state: State) -> bool:
    return any(one.candidate.record.archive_url for one in state.matches) or (
        isinstance(state.resolution, Verified | Corrected)
        and bool(state.resolution.match.candidate.record.archive_url)
    )


def _through(inner: Inquiry) -> Generator[Round, State, State]:
    """Go through another inquiry and return the state in which it ended."""
    state = State()
    try:
        turn = next(inner)
        while True:
            state = yield turn
            turn = inner.send(state)
    except StopIteration:
        return state
