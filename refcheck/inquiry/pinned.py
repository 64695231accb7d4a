"""A person has said which work is meant: ask for just that one, by its DOI, address or number."""

from __future__ import annotations

from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn
from refcheck.inquiry.rounds import Inquiry, Round
from refcheck.model import Query


def names_a_work(chosen: str) -> bool:
    """Tell whether what a person typed can name one work: an identifier, an address, a source's own."""
    return ":" in chosen or bool(normal_doi(chosen) or normal_arxiv(chosen) or normal_isbn(chosen))


def inquire(identifier: str) -> Inquiry:
    """Ask the user's own libraries for the work, then whoever registers such identifiers."""
    is_address = identifier.startswith(("http://", "https://")) and not normal_doi(identifier)
    known = normal_doi(identifier) or normal_arxiv(identifier) or normal_isbn(identifier)
    own = Query(
        "work", identifier=known or identifier, url=identifier if is_address else "", limit=5
    )
    state = yield Round((own,), "own")
    if state.decided:
        return
    if is_address:
        yield Round((Query("page", url=identifier),))
    elif known:
        yield Round((own,))
