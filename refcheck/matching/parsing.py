"""A written reference taken apart: what can be read of it, to ask with and to compare.

No style is presumed. What is told by its form (identifiers, years, volume and pages, quoted titles)
is taken first; names are what stands before the title or the year. A field that is not sure stays
empty: the comparison with candidates goes by the whole text anyway.
"""

from __future__ import annotations

import re

from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn
from refcheck.record import Name, PartialDate, Record
from refcheck.text import is_cjk

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\ufffe]\s*\n\s*(?=[a-z])")
_NUMBERED = re.compile(r"^\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,3}[.)]|[•*\-–])\s*")
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi\s*[:=]?\s*)?\b10\.\d{4,9}/[^\s\"{}|\\^`]+", re.IGNORECASE
)
_URL = re.compile(
    r"(?:Available (?:at|from):?\s*|Retrieved (?:from\s*)?)?(https?://[^\s<>\"]+)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d/.:-])((?:1[5-9]|20)\d\d)(?![\d/]|\.\d)")
_PAREN_YEAR = re.compile(r"[\[(]((?:1[5-9]|20)\d\d)[a-z]?(?:,[^()]{0,30})?[\])]")
_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{8,400})[”\"“»]|‘([^‘’]{15,300})’")
_GBT = re.compile(r"\[(?:[JMCDRSPNZGA]|EB|DB|CP|DS)(?:/(?:OL|CD|MT|DK))?\]")
_PLACES = (
    re.compile(
        r"vol(?:ume|\.)?\s*(?P<volume>\d+[a-z]?)\s*[,.;(]*\s*(?:(?:no|issue|iss|nr)\.?\s*(?P<issue>\d+(?:[-–/]\d+)?))?\)?"
        r"(?:.{0,25}?pp?\.?\s*(?P<page>[a-z]{0,2}\d+(?:\s*[-–—]+\s*[a-z]{0,2}\d+)?))?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<volume>\d{1,4})\s*\(\s*(?P<issue>\d{1,4}(?:[-–/]\d+)?)\s*\)\s*[:,;]?\s*"
        r"(?:\(?(?:19|20)\d\d\)?\s*[:,]?\s*)?(?:pp?\.?\s*)?(?P<page>[A-Za-z]{0,2}\d+(?:\s*[-–—]+\s*[A-Za-z]{0,2}\d+)?)?"
    ),
    re.compile(
        r"(?P<volume>\d{1,4})(?:\.(?P<issue>\d{1,3}))?\s*\((?:19|20)\d\d\)\s*[:,]?\s*(?P<page>[A-Za-z]?\d+(?:\s*[-–—]+\s*[A-Za-z]?\d+)?)"
    ),
    re.compile(
        r"(?<![\d:])(?P<volume>\d{1,4})\s*:\s*(?P<page>[A-Za-z]?\d+(?:\s*[-–—]+\s*[A-Za-z]?\d+)?)"
    ),
    re.compile(
        r"(?<!\d)(?P<volume>\d{1,4}),\s*(?:pp?\.?\s*)?(?P<page>[A-Za-z]?\d+\s*[-–—]+\s*[A-Za-z]?\d+)"
    ),
    re.compile(r"\bpp?\.?\s*(?P<page>[A-Za-z]{0,2}\d+(?:\s*[-–—]+\s*[A-Za-z]{0,2}\d+)?)"),
    re.compile(r"(?<![\d–-])(?P<page>\d{1,5}\s*[–—-]{1,2}\s*\d{1,5})(?![\d–-])"),
)
_INITIALS = r"(?:[^\W\d_a-z]\.?[- ]?){1,4}"
_FAMILY = r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ter|ten|St\.)[ -])*[^\W\d_a-z][^\W\d_]*(?:['’ʼ-][^\W\d_]+)*(?: [^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)*)?"
_PERSON = (
    re.compile(rf"(?P<family>{_FAMILY}),\s*(?P<given>{_INITIALS})(?=[,;.&]|\s|$)"),
    re.compile(
        rf"(?P<given>(?:[^\W\d_a-z]\.[- ]?){{1,4}})\s*(?P<family>{_FAMILY})(?=[,;.&:]|\s|$)"
    ),
    re.compile(rf"(?P<family>{_FAMILY})\s+(?P<given>[^\W\d_a-z]{{1,3}})(?=[,;.&:]|\s|$)"),
    re.compile(
        rf"(?P<family>{_FAMILY}),\s*(?P<given>[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]*\.?)*)(?=[,;.&]|\s|$)"
    ),
    re.compile(
        rf"(?P<given>[^\W\d_a-z][^\W\d_]+(?: [^\W\d_a-z]\.?)*)\s+(?P<family>{_FAMILY})(?=[,;.&:]|\s|$)"
    ),
)
_BETWEEN = re.compile(
    r"^[\s,;&.]*(?:and\s|und\s|et\s(?!al)|y\s|e\s|with\s)?[\s,;&]*", re.IGNORECASE
)
_ET_AL = re.compile(r"^[\s,;]*(?:et\.?\s+al\.?|and others|等)", re.IGNORECASE)


def parse(text: str) -> Record:
    """Return what can be read of a reference, as a record; absent is what is not sure."""
    line = _NUMBERED.sub("", " ".join(_HYPHEN.sub("", text).split()))
    doi_at = _DOI.search(line)
    url_at = next((m for m in _URL.finditer(line) if "doi.org/" not in m[1]), None)
    bare = _URL.sub(" ", _DOI.sub(" ", line)).strip()
    year = _year(bare)
    volume, issue, page = _place(bare)
    names, after = people(bare)
    title, container = _title(bare[after:].lstrip(" .,:;"), bool(names))
    isbn = next(
        (one for found in re.findall(r"97[89][\d -]{10,14}", line) if (one := normal_isbn(found))),
        "",
    )
    return Record(
        type=_type(line, volume, page),
        author=names,
        title=title,
        container_title=container,
        issued=PartialDate((year,)) if year else None,
        volume=volume,
        issue=issue,
        page=page,
        doi=normal_doi(doi_at[0]) if doi_at else "",
        url=url_at[1].rstrip(".,;)") if url_at else "",
        number=f"arXiv:{arxiv}" if (arxiv := normal_arxiv(line)) else "",
        isbn=isbn,
    )


def _year(text: str) -> int | None:
    """Return the year in brackets, else the last that stands free and is no page."""
    if found := _PAREN_YEAR.search(text):
        return int(found[1])
    years = [
        m for m in _YEAR.finditer(text)
        if not re.match(r"\s*[-–—]\s*\d", text[m.end() :]) and not re.search(r"(?:\d\s*[-–—]|pp?\.|:)\s*$", text[: m.start()])
    ]  # fmt: skip
    return int(years[-1][1]) if years else None


def _place(text: str) -> tuple[str, str, str]:
    """Return volume, issue and pages, as far as a pattern tells them."""
    for pattern in _PLACES:
        found = [m for m in pattern.finditer(text) if not _is_year_range(m)]
        if found:
            groups = found[-1].groupdict()
            page = re.sub(r"\s*[-–—]+\s*", "-", groups.get("page") or "")
            return groups.get("volume") or "", groups.get("issue") or "", page
    return "", "", ""


def _is_year_range(match: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d\s*[-–—]+\s*(?:19|20)\d\d", match[0].strip()))


def people(text: str) -> tuple[tuple[Name, ...], int]:
    """Return the people named at the beginning, in one form throughout, and where they end."""
    if is_cjk(text[:12]):
        head = re.split(r"[.．。]", text, maxsplit=1)[0]
        signs = [one.strip() for one in re.split(r"[,，、;；]", head)]
        if all(0 < len(one) <= 8 for one in signs):
            return tuple(Name(literal=one) for one in signs if one != "等"), len(head) + 1
        return (), 0
    best: tuple[tuple[Name, ...], int] = ((), 0)
    for form in _PERSON:
        named: list[Name] = []
        at = 0
        while len(named) < 60:
            start = at + len(_BETWEEN.match(text[at:])[0]) if named else at  # type: ignore[index]
            found = form.match(text, start)
            if not found:
                break
            named.append(Name(found["family"].strip(), found["given"].strip(" ,")))
            at = found.end()
        if _ET_AL.match(text[at:]) and named:
            at += _ET_AL.match(text[at:]).end()  # type: ignore[union-attr]
        if at > best[1]:
            best = (tuple(named), at)
    return best


def _title(rest: str, named: bool) -> tuple[str, str]:
    """Return title and container out of what follows the names."""
    rest = re.sub(r"^\(?(?:ed|eds|Hrsg)\.?\)?[.,:]?\s*", "", rest)
    dated = re.match(r"[(\[]?(?:(?:1[5-9]|20)\d\d)[a-z]?[^()\[\]]{0,20}[)\]]?\s*[.,:]?\s*", rest)
    if dated and re.match(r"[(\[]?\d{4}[a-z]?(?:[)\].,:]|, \w+)", rest):
        rest = rest[dated.end() :].lstrip(" .,:")
    if quoted := _QUOTED.search(rest):
        title = (quoted[1] or quoted[2]).strip(" ,.")
        return title, _container(rest[quoted.end() :])
    if marked := _GBT.search(rest):
        return rest[: marked.start()].strip(" ."), _container(
            rest[marked.end() :].removeprefix("//")
        )
    parts = re.split(
        r"(?:(?<=[^\W\d_]{3})|(?<=[\d)\]?!”]))(?:[.?!]\s+(?=[^\W\d_a-z]|\d)|[?!]\s+)",
        rest,
        maxsplit=1,
    )
    title = parts[0].strip(" .,")
    if len(title) < 8 or (not named and len(parts) == 1):
        return "", ""
    return title, _container(parts[1]) if len(parts) > 1 else ""


def _container(text: str) -> str:
    """Return what stands before the numbers."""
    text = re.sub(r"^[\s.,;:/]*(?:in\b:?\s*)?", "", text, flags=re.IGNORECASE)
    name = re.split(r",?\s*\(?\b\d|,\s*vol|;|\[|\s\(", text, maxsplit=1)[0].strip(" .,:;(")
    return name if 2 < len(name) < 160 else ""


def _type(text: str, volume: str, page: str) -> str:
    if re.search(
        r"\bIn:?\s+(?:Proc|Adv|.{0,60}(?:Conference|Symposium|Workshop))|\bProceedings\b", text
    ):
        return "paper-conference"
    if re.search(
        r"\b(?:Ph\.?D\.?|doctoral|master'?s?) (?:thesis|dissertation)|\[D\]", text, re.IGNORECASE
    ):
        return "thesis"
    if volume or page:
        return "article-journal"
    if re.search(r"https?://", text):
        return "webpage"
    return "document"
