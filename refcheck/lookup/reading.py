"""What the sources' modules share: reading replies, names, dates and types as services write them.

No source itself (it defines no ``SOURCE``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate
from typing import Any

from refcheck.errors import NotUnderstood, SourceError, SourceRefusal
from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn
from refcheck.model import Query, Reply
from refcheck.record import Name, PartialDate
from refcheck.text import is_cjk, plain, words

ARXIV_DOI = "10.48550/arxiv."
_MONTHS = {
    month: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep september sept", "oct october", "nov november", "dec december"), 1,
    )
    for month in names.split()
}  # fmt: skip
_PARTICLES = frozenset(
    "van von der den de del della di da do dos du la le ten ter zu zum zur el al bin ibn af av".split()
)


def data(reply: Reply, *, nothing: tuple[int, ...] = (404,)) -> Any:
    """Decode a JSON reply; None for a status that says that there is nothing.

    Raises `SourceError` for any other status that is no success, and for what is no JSON.
    """
    if reply.status in nothing:
        return None
    if reply.status >= 400:
        raise refusal(reply)
    return reply.json()


def refusal(reply: Reply) -> SourceRefusal:
    """Say in a few words that a status is no answer."""
    if reply.status in {401, 403, 407, 451}:
        return SourceRefusal(f"refuses to answer us (status {reply.status})")
    return NotUnderstood(f"did not understand the question (status {reply.status})")


def one_object(value: Any) -> Mapping[str, Any]:
    """Return a reply that is one object. Raises `SourceError` where it is none, or an empty one."""
    if not isinstance(value, Mapping) or not value:
        raise SourceError("answered JSON of another shape")
    return value


def items(value: Any, *path: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list that lies under a path of keys.

    Raises `SourceError` where the reply is not of that shape: it is not the one that was promised.
    """
    for key in path:
        if not isinstance(value, Mapping) or key not in value:
            raise SourceError(f"answered JSON without {'.'.join(path)!r}")
        value = value[key]
    if not isinstance(value, list):
        raise SourceError(f"answered JSON whose {'.'.join(path)!r} is no list")
    return [one for one in value if isinstance(one, Mapping)]


def obj(value: Any) -> Mapping[str, Any]:
    """Return a JSON object; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def seq(value: Any) -> list[Any]:
    """Return a JSON list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a string, the first of a list of them, or a number, as one plain line.

    A list in a list says nothing: no service writes so, and a hostile page would without end.
    """
    if isinstance(value, list | tuple):
        flat = (item for item in value if not isinstance(item, list | tuple))
        return next((one for item in flat if (one := text(item))), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return plain(str(value))


def title(value: Any, subtitle: Any = "") -> str:
    """Return a title without the full stop that some services close it with."""
    main, sub = text(value), text(subtitle)
    if sub and sub.lower() not in main.lower():
        main = f"{main}: {sub}"
    return main[:-1] if main.endswith(".") and not main.endswith("..") else main


_WITHDRAWN = re.compile(
    r"^\W*(?P<kind>RETRACTED|WITHDRAWN|REMOVED|Retracted|Withdrawn)(?: (?:ARTICLE|PAPER|CHAPTER|[Aa]rticle|[Pp]aper|[Cc]hapter))?\W*[:：]\s*(?=\S)"
)
_KINDS_OF_NOTICE = {"retracted": "retraction", "withdrawn": "withdrawal", "removed": "removal"}


def withdrawn(said: str) -> tuple[str, str]:
    """Return a title without the mark of a work that no longer stands, and what the mark means.

    ``RETRACTED: Ions`` is ("Ions", "retraction"). A notice ("Retraction: Ions") is a work of its own.
    """
    match = _WITHDRAWN.match(said)
    return (said[match.end() :], _KINDS_OF_NOTICE[match["kind"].lower()]) if match else (said, "")


_GROUP = re.compile(
    r"\b(?:teams?|groups?|consorti(?:um|a)|collaborations?|collaborators|committees?|councils?|"
    r"commissions?|agenc(?:y|ies)|\w*institut\w*|universi\w+|associa(?:tion|ção|ción|zione)\w*|"
    r"organi[sz]a(?:tion|ção|ción|zione)\w*|societ(?:y|ies|à)|société|sociedade?|foundations?|"
    r"fondation|fundaci[oó]n|stiftung|ministr(?:y|ies)|\w*ministeri\w+|ministère|departments?|"
    r"contributors|developers|communit(?:y|ies)|networks?|projects?|cent(?:er|re|ro|rum)s?|"
    r"inc|ltd|llc|gmbh|corp|corporation|offices?|administration|survey|authority|federation|"
    r"laborator(?:y|ies)|academy|hospitals?|librar(?:y|ies)|museum|government|nations|alliance|"
    r"initiative|programmes?|task force|investigators|trialists|gesellschaft|\w*verband|"
    r"bundes\w{3,}|forschungs\w+|statisti(?:cs|k|ques)|international|research|news|times|media|"
    r"magazine|editors|staff)\b|"
    r"\b(?:world|central|development|investment|national|reserve)\s+bank\b|\b(?:bank|bureau|union)\s+of\b|"
    r"\b(?:university|associated)\s+press\b|\b(?:census|news)\s+bureau\b|\beuropean\s+union\b|"
    r"\w\s+\w+\s+company\b|^the\b|\s(?:of|for|and|on|at|&|und|für|pour|para)\s",
    re.IGNORECASE,
)
"""Words of which personal names have none, and small words that join no personal name. Surnames are
left out (Press, Bank, Bureau, Company), and so are particles ("de", "y")."""


def is_group(name: str) -> bool:
    """Tell whether a name is that of an institution, a company or a team, not of a person."""
    return bool(_GROUP.search(name))


def person(family: Any, given: Any = "", suffix: Any = "") -> Name:
    """Return a name from its parts; one part alone is kept whole."""
    family, given = text(family), text(given)
    if not family:
        return Name(literal=given)
    return Name(family=family, given=given, suffix=text(suffix))


def whole_name(value: Any) -> Name:
    """Split a personal name written in one string, "Last, First" or "First Last".

    A name in Chinese, Japanese or Korean signs, of one word, or of a group is kept whole.
    """
    name = re.sub(r"\s+\d{4}$", "", text(value))  # dblp's number of a namesake
    if not name:
        return Name()
    if is_group(name):
        return Name(literal=name)
    if "," in name:
        family, _, given = name.partition(",")
        return person(family.strip(), given.strip())
    parts = name.split()
    if len(parts) == 1 or is_cjk(name):
        return Name(literal=name)
    suffix = (
        parts.pop() if len(parts) > 2 and re.fullmatch(r"(?:Jr|Sr|I{2,3}|IV)\.?", parts[-1]) else ""
    )
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _PARTICLES:
        at -= 1
    return Name(family=" ".join(parts[at:]), given=" ".join(parts[:at]), suffix=suffix)


def names(values: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names that say something."""
    return tuple(name for name in values if name)


def day(value: Any) -> PartialDate | None:
    """Read a date as services write it, as exact as it is; None where there is none.

    ``2024-05-30T…``, ``20240530…``, ``2021 Mar 4``, ``May 1993``, ``30 May 2024``, ``2024年5月30日``,
    mail dates, a year alone.
    """
    said = text(value)
    if not said:
        return None
    iso = re.match(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T \-/])", said)
    if iso and (iso[2] or not re.match(r"\d{4}[ /]", said)):
        return _date(*iso.groups())
    if match := re.match(r"(\d{4})(\d{2})(\d{2})(?:\d{6}|T|$)", said):
        return _date(*match.groups())
    if match := re.search(r"(\d{4})\s*[年/.]\s*(\d{1,2})\s*(?:[月/.]\s*(\d{1,2}))?", said):
        return _date(*match.groups())
    if (mail := parsedate(said)) and 1000 < mail[0] < 3000:
        return _date(*mail[:3])
    year = re.search(r"\b(1[4-9]\d\d|20\d\d)\b", said)
    if not year:
        return None
    month = next((_MONTHS[w] for w in words(said) if w in _MONTHS), None)
    rest = said.replace(year[0], " ", 1)
    number = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", rest) if month else None
    return _date(year[0], month, number[1] if number else None)


def _date(year: Any, month: Any = None, day_: Any = None) -> PartialDate | None:
    parts = [int(year)]
    for part, most in ((month, 12), (day_, 31)):
        if not part or not 1 <= int(part) <= most:
            break
        parts.append(int(part))
    return PartialDate(start=tuple(parts)) if parts[0] > 0 else None


def pages(first: Any, last: Any = "") -> str:
    """Join a first and last page."""
    first, last = text(first), text(last)
    return f"{first}-{last}" if first and last and first != last else first


def doi_of(query: Query) -> str:
    """Return the DOI that a query names, an arXiv number as DataCite's DOI of it; "" for none."""
    doi = normal_doi(query.identifier)
    if doi:
        return doi
    number = normal_arxiv(query.identifier)
    return ARXIV_DOI + number.lower() if number else ""


def arxiv_of(query: Query) -> str:
    """Return the arXiv number that a query names, also as a DOI; "" for none."""
    doi = normal_doi(query.identifier)
    if doi.startswith(ARXIV_DOI):
        return doi.removeprefix(ARXIV_DOI)
    return "" if doi else normal_arxiv(query.identifier)


def isbn_of(query: Query) -> str:
    """Return the ISBN that a query names as 13 digits; "" for none."""
    return normal_isbn(query.identifier)


def described(query: Query) -> str:
    """Put what is known of a work into one line, as a reference would say it."""
    if query.text and not query.title:
        return query.text
    year = str(query.year) if query.year else ""
    parts = (query.title, " ".join(query.author[:3]), query.container_title, year)
    return " ".join(part for part in parts if part)


def first_family(query: Query) -> str:
    """Return the family name of the first author that a query names."""
    if not query.author:
        return ""
    name = whole_name(query.author[0])
    return name.family or name.literal


def host_name(value: Any) -> str:
    """Return a site as a bare host, for a publisher of which only the address is known."""
    from refcheck.identifiers import host

    return host(text(value))


def xml(reply: Reply) -> Any:
    """Parse an XML reply; entities and other documents are left alone.

    Raises `SourceError` for what is no XML, or is a web page.
    """
    from lxml import etree

    if reply.status >= 400:
        raise refusal(reply)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(reply.body, parser)
    except (etree.XMLSyntaxError, ValueError):
        what = "a web page" if b"<html" in reply.body[:500].lower() else "what is no XML"
        raise SourceError(f"answered {what} (status {reply.status})") from None
    if etree.QName(root).localname.lower() == "html":
        raise SourceError(f"answered a web page (status {reply.status})")
    return root
