"""Wikipedia's citation templates: ``{{cite journal |last=… |title=… }}``.

Source: en.wikipedia.org, Help:Citation Style 1 and the templates' own pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.bibliography.form import BibliographyForm, Reading, Reject, decoded
from refcheck.dates import MONTHS, SEASONS, date_from_text
from refcheck.errors import LibraryError
from refcheck.record import Name, PartialDate, Record

_TYPES = {
    "article-journal": "journal", "review": "journal", "review-book": "journal", "article-magazine": "magazine",
    "article-newspaper": "news", "book": "book", "collection": "book", "classic": "book", "pamphlet": "book",
    "chapter": "book", "entry": "encyclopedia", "entry-encyclopedia": "encyclopedia",
    "entry-dictionary": "encyclopedia", "paper-conference": "conference", "thesis": "thesis", "report": "report",
    "webpage": "web", "post": "web", "post-weblog": "web", "map": "map", "motion_picture": "AV media",
    "broadcast": "AV media", "song": "AV media", "speech": "speech", "interview": "interview",
    "dataset": "web", "software": "web", "article": "document",
}  # fmt: skip
_READ = {
    "journal": "article-journal", "magazine": "article-magazine", "news": "article-newspaper", "newspaper": "article-newspaper",
    "book": "book", "encyclopedia": "entry-encyclopedia", "encyclopaedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary", "conference": "paper-conference", "thesis": "thesis", "report": "report",
    "techreport": "report", "tech report": "report", "web": "webpage", "map": "map", "av media": "motion_picture",
    "episode": "broadcast", "podcast": "broadcast", "speech": "speech", "interview": "interview", "arxiv": "article",
    "biorxiv": "article", "medrxiv": "article", "ssrn": "article", "press release": "webpage", "tweet": "post",
    "document": "article", "patent": "patent", "video": "motion_picture", "preprint": "article",
}  # fmt: skip
_WHOLES = {
    "journal": "journal", "magazine": "magazine", "news": "newspaper", "web": "website", "encyclopedia": "encyclopedia",
    "conference": "book-title",
}  # fmt: skip
_NAMES = {"": "author", "editor-": "editor", "translator-": "translator"}
_TEXTS = {
    "trans-title": "original_title", "publisher": "publisher", "institution": "publisher", "location": "publisher_place",
    "place": "publisher_place", "volume": "volume", "issue": "issue", "number": "issue", "edition": "edition",
    "series": "collection_title", "type": "genre", "degree": "genre", "version": "version", "isbn": "isbn",
    "issn": "issn", "doi": "doi", "pmid": "pmid", "pmc": "pmcid", "language": "language", "url": "url", "article-number": "number",
    "archive-url": "archive_url", "event": "event_title", "conference": "event_title", "docket": "number",
}  # fmt: skip
_FOREIGN = {
    "literatur": "", "internetquelle": "web", "article": "journal", "ouvrage": "book", "lien web": "web", "cita web": "web",
    "cita libro": "book", "cita publicación": "journal", "cita noticia": "news",
}  # fmt: skip
"""Templates of the German, French and Spanish Wikipedia, and which of the English ones each is."""
_ENGLISH = {
    "autor": "author", "titel": "title", "sammelwerk": "journal", "werk": "website", "hrsg": "publisher", "verlag": "publisher",
    "ort": "location", "datum": "date", "jahr": "date", "seiten": "pages", "band": "volume", "nummer": "issue", "auflage": "edition",
    "online": "url", "zugriff": "access-date", "abruf": "access-date", "auteur": "author", "nom": "last", "prénom": "first",
    "titre": "title", "périodique": "journal", "site": "website", "éditeur": "publisher", "lieu": "location", "année": "date",
    "numéro": "issue", "lire en ligne": "url", "consulté le": "access-date", "apellidos": "last", "apellido": "last", "nombre": "first",
    "título": "title", "publicación": "journal", "sitioweb": "website", "editorial": "publisher", "ubicación": "location",
    "fecha": "date", "año": "date", "páginas": "pages", "volumen": "volume", "número": "issue", "fechaacceso": "access-date",
}  # fmt: skip
"""Their parameters, as the English templates call them."""
_START = re.compile(
    rf"\{{\{{\s*(?:[Cc]ite\s+(?P<kind>[A-Za-z ]+?)|[Cc]itation|(?P<foreign>(?i:{'|'.join(_FOREIGN)})))\s*(?=[|}}])"
)


def read(data: bytes, name: str) -> Reading:
    """Read the templates of a page. Raises `LibraryError` where there is none."""
    text = decoded(data)
    records: list[Record] = []
    rejects: list[Reject] = []
    for match in _START.finditer(text):
        parts = _parameters(text, match.end())
        line = text.count("\n", 0, match.start()) + 1
        if parts is None:
            rejects.append(Reject(line, match[0], "is not closed"))
            continue
        kind = (match["kind"] or "").strip().lower()
        if match["foreign"]:
            kind = _FOREIGN[match["foreign"].lower()]
            parts = _in_english(parts)
        record = _record(kind, parts)
        if any(True for _ in record.present()):
            records.append(record)
        else:
            rejects.append(Reject(line, match[0], "has no parameters"))
    if not records and not rejects:
        raise LibraryError(f"{name or 'the text'} holds no citation template")
    return Reading(tuple(records), tuple(rejects))


def _parameters(text: str, at: int) -> Mapping[str, str] | None:
    """Return the named parameters up to the closing braces; None where these are missing."""
    depth = 0
    last = at
    parts = []
    for match in re.finditer(r"\{\{|\}\}|\[\[|\]\]|\|", text[at:]):
        sign, place = match[0], at + match.start()
        if sign in {"{{", "[["}:
            depth += 1
        elif sign == "|" and not depth:
            parts.append(text[last:place])
            last = place + 1
        elif sign in {"}}", "]]"}:
            if not depth and sign == "}}":
                parts.append(text[last:place])
                pairs = (part.split("=", 1) for part in parts if "=" in part)
                return {key.strip().lower(): _plain(value) for key, value in pairs if _plain(value)}
            depth -= 1
    return None


def _in_english(parts: Mapping[str, str]) -> Mapping[str, str]:
    """Name parameters as the English templates do, their numbers kept."""
    named: dict[str, str] = {}
    for key, value in parts.items():
        stem = key.rstrip("0123456789")
        name = f"{_ENGLISH.get(stem, stem)}{key[len(stem) :]}"
        people = re.split(r";\s*|,\s+|\s+(?:und|et|y)\s+", value) if name == "author" else ()
        if len(people) > 1 and all(" " in one for one in people):  # several, each by both names
            named |= {f"author{n}": one for n, one in enumerate(people, 1)}
        else:
            named.setdefault(name, value)
    return named


def _plain(value: str) -> str:
    """Undo wiki markup: links to their label, italics to tags, entities for signs."""
    value = re.sub(r"<!--.*?-->", "", value, flags=re.DOTALL)
    value = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]", r"\1", value)
    value = re.sub(r"'''(.*?)'''", r"<b>\1</b>", value)
    value = re.sub(r"''(.*?)''", r"<i>\1</i>", value)
    for written, sign in (
        ("{{!}}", "|"),
        ("{{=}}", "="),
        ("&#123;", "{"),
        ("&#125;", "}"),
        ("&#91;", "["),
        ("&#93;", "]"),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&nbsp;", " "),
    ):
        value = value.replace(written, sign)
    return " ".join(value.split())


def _record(template: str, given: Mapping[str, str]) -> Record:
    kind = _READ.get(template, "document" if template else "")
    chapter = next(
        (
            given[key]
            for key in ("chapter", "contribution", "entry", "article", "section")
            if key in given
        ),
        "",
    )
    if not kind:
        kind = "article-journal" if "journal" in given else "chapter" if chapter else "book"
    values: dict[str, Any] = {"type": "chapter" if kind == "book" and chapter else kind}
    for prefix, field in _NAMES.items():
        values[field] = _people(given, prefix)
    for parameter, field in _TEXTS.items():
        if parameter in given:
            values.setdefault(field, given[parameter])
    whole = next(
        (
            given[key]
            for key in (*_WHOLES.values(), "work", "periodical", "dictionary")
            if key in given
        ),
        "",
    )
    if chapter and not whole:
        values["title"], values["container_title"] = chapter, given.get("title", "")
    else:
        values["title"], values["container_title"] = given.get("title", ""), whole
    pages = given.get("pages") or given.get("page") or given.get("at") or ""
    values["page"] = re.sub(r"\s*[–—]\s*", "-", pages)
    if eprint := given.get("arxiv") or given.get("eprint"):
        values["number"] = "arXiv:" + re.sub(r"(?i)^arxiv:", "", eprint)
    values["issued"] = date_from_text(
        given.get("date") or given.get("year") or given.get("publication-date") or ""
    )
    values["accessed"] = date_from_text(given.get("access-date") or given.get("accessdate") or "")
    values["original_date"] = date_from_text(given.get("orig-date") or given.get("orig-year") or "")
    return Record(**{field: value for field, value in values.items() if value})


def _people(given: Mapping[str, str], prefix: str) -> tuple[Name, ...]:
    names = []
    for number in ("", *map(str, range(1, 100))):
        last = (
            given.get(f"{prefix}last{number}")
            or given.get(f"{prefix}surname{number}")
            or given.get(f"{prefix[:-1]}{number}-last" if prefix else "")
        )
        first = (
            given.get(f"{prefix}first{number}")
            or given.get(f"{prefix}given{number}")
            or given.get(f"{prefix[:-1]}{number}-first" if prefix else "")
        )
        whole = given.get(f"{prefix[:-1] or 'author'}{number}")
        if last and first:
            names.append(Name(family=last, given=first))
        elif last or whole:
            names.append(Name(literal=last or whole or ""))
        elif number not in {"", "1"}:
            break
    return tuple(names)


def write(records: Sequence[Record]) -> str:
    """Write one template a line."""
    return "".join(f"{template(record)}\n" for record in records)


def template(record: Record) -> str:
    """Write the citation template of a work, for the English Wikipedia."""
    kind = _TYPES.get(record.type, "document")
    arxiv = re.fullmatch(r"(?i)arxiv:\s*(\S+)", record.number)
    if kind == "document" and arxiv:
        kind = "arXiv"
    inside = record.type == "chapter" or (kind == "book" and record.container_title)
    pairs: list[tuple[str, str]] = []
    for prefix, field in _NAMES.items():
        pairs.extend(_written(getattr(record, field), prefix))
    pairs.append(("date", _shown_date(record.issued)))
    pairs.append(("orig-date", _shown_date(record.original_date)))
    if inside:
        pairs.extend((("chapter", record.title), ("title", record.container_title)))
    else:
        pairs.extend((("title", record.title), (_WHOLES.get(kind, "work"), record.container_title)))
    skip = {
        "institution",
        "place",
        "number",
        "degree",
        "conference",
        "docket",
        "archive-url",
        "event",
    }
    pairs.extend(
        (name, getattr(record, field))
        for name, field in _TEXTS.items()
        if name not in skip | {"url", "article-number"}
    )
    pairs.append(("event" if kind == "speech" else "conference", record.event_title))
    pairs.append(
        (
            "pages" if re.search(r"[-–,]", record.page) else "page",
            re.sub(r"(?<=\w)-(?=\w)", "–", record.page),
        )
    )
    pairs.append(("arxiv" if kind != "arXiv" else "eprint", arxiv[1] if arxiv else ""))
    pairs.append(("article-number", "" if arxiv else record.number))
    pairs.append(("url", record.url))
    pairs.append(("access-date", _shown_date(record.accessed)))
    pairs.append(("archive-url", record.archive_url))
    body = "".join(
        f" |{name}={_escaped(value, url=name.endswith('url'))}" for name, value in pairs if value
    )
    return f"{{{{cite {kind}{body} }}}}"


def _written(names: Sequence[Name], prefix: str) -> list[tuple[str, str]]:
    pairs = []
    for at, name in enumerate(names, 1):
        number = str(at) if len(names) > 1 else ""
        if name.literal or not (name.family and name.given):
            pairs.append(
                (f"{prefix[:-1] or 'author'}{number}", name.literal or name.family or name.given)
            )
            continue
        particle = " ".join(filter(None, (name.dropping_particle, name.non_dropping_particle)))
        given = name.given + (f" {name.suffix}" if name.suffix else "")
        pairs.append((f"{prefix}last{number}", f"{particle} {name.family}".strip()))
        pairs.append((f"{prefix}first{number}", given))
    return pairs


def _shown_date(date: PartialDate | None) -> str:
    """Write a date as the templates allow: 2024-05-30, May 2024, Summer 2024, c. 1860."""
    if date is None or not date.start:
        return date.literal if date else ""
    if date.season and len(date.start) == 1:
        return f"{SEASONS[date.season - 1]} {date.start[0]}"
    if len(date.start) == 2:
        return f"{MONTHS[date.start[1] - 1].title()} {date.start[0]}"
    return f"c. {date.iso()}" if date.circa and len(date.start) == 1 else date.iso()


def _escaped(value: str, *, url: bool) -> str:
    if url:
        return re.sub(
            r"[|{}\[\]<>\s]", lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), value
        )
    value = re.sub(r"<span[^<>]*>|</span>", "", value)
    value = (
        value.replace("|", "\0")
        .replace("{", "&#123;")
        .replace("}", "&#125;")
        .replace("[", "&#91;")
        .replace("]", "&#93;")
    )
    value = value.replace("''", "&#39;&#39;").replace("\0", "{{!}}")
    value = re.sub(r"</?i>", "''", value)
    value = re.sub(r"</?b>", "'''", value)
    return re.sub(
        r"<(?=[/!]?[A-Za-z]|!-)(?!/?su[bp]>)", "&lt;", value
    )  # no title closes the note it stands in


FORM = BibliographyForm(
    suffixes=(".wikitext", ".wiki", ".mediawiki"),
    read=read,
    write=write,
    title="Wikipedia templates",
)
