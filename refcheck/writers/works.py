"""How a work is named in one line, and where a person finds it. Harmless, but not escaped."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from refcheck.model import Match
from refcheck.record import Name, Record
from refcheck.writers import foreign


def web(url: str) -> str:
    """Return an address that may become a link: http or https with a host, in one line, else ""."""
    if foreign.SIGNS.search(url) or "\n" in url or "\t" in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


def address(record: Record) -> str:
    """Return where a person finds the work: its DOI's address, else its own; "" for none."""
    if record.doi:
        return doi_address(record.doi)
    return web(record.url)


def notice(retraction: tuple[str, str, str]) -> str:
    """Return the address of the notice by which a work was withdrawn; what stands there for none."""
    where = foreign.line(retraction[2])
    return doi_address(where) if where.startswith("10.") else where


def doi_address(doi: str) -> str:
    """Return the address at which a DOI is resolved."""
    return "https://doi.org/" + quote(doi, safe="/:;().,-_~")


def names(record: Record) -> str:
    """Name the authors, else the editors, as a running text would: ``Shea & Compton``."""
    people = record.author or record.editor
    short = [foreign.line(_short(one)) for one in people]
    if len(short) > 2:
        return f"{short[0]} et al."
    return " & ".join(short)


def _short(name: Name) -> str:
    particle = name.non_dropping_particle or name.dropping_particle
    return f"{particle} {name.family}".strip() if name.family else name.literal or name.given


def date(record: Record) -> str:
    """Return when it was issued, as exactly as it is known; "n.d." where it is not."""
    if record.issued is None:
        return "n.d."
    return record.issued.iso() or foreign.line(record.issued.literal) or "n.d."


def within(record: Record) -> str:
    """Name what holds the work: its container, else its publisher."""
    return foreign.line(record.container_title or record.publisher)


def title(record: Record) -> str:
    """Return the title in one line."""
    return foreign.line(record.title) or "(without a title)"


def facts(record: Record) -> list[str]:
    """Return who, when and where, as far as they are known; a body that publishes itself, once."""
    who, where = names(record), within(record)
    return [one for one in (who, date(record), where if where != who else "") if one]


def describe(record: Record) -> str:
    """Describe a work in one line: who, when, what, where."""
    who, where = names(record), within(record)
    head = " ".join(filter(None, (who, date(record))))
    return ", ".join(filter(None, (head, title(record), where if where != who else "")))


def sources(match: Match) -> str:
    """Name the sources that a candidate was read at, each once."""
    return ", ".join(dict.fromkeys(one.source for one in match.candidate.provenance))
