"""GDELT DOC 2.0 (https://api.gdeltproject.org): news of the world since 2017, by words, site, days.

Errors come with status 200 as plain text, and an empty object says "nothing". What it dates is when
it first saw a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from refcheck.errors import NotUnderstood, SourceBusy, SourceError
from refcheck.identifiers import host
from refcheck.lookup.reading import day, items, text
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import PartialDate, Record
from refcheck.text import is_cjk

LANGUAGES = {
    "Arabic": "ar", "Chinese": "zh", "Czech": "cs", "Dutch": "nl", "English": "en", "French": "fr",
    "German": "de", "Greek": "el", "Hebrew": "he", "Hindi": "hi", "Indonesian": "id",
    "Italian": "it", "Japanese": "ja", "Korean": "ko", "Persian": "fa", "Polish": "pl",
    "Portuguese": "pt", "Russian": "ru", "Spanish": "es", "Swedish": "sv", "Thai": "th",
    "Turkish": "tr", "Ukrainian": "uk", "Vietnamese": "vi",
}  # fmt: skip
FIRST_DAY = "2017-01-01"
LONGEST_QUERY = 250
MOST = 250
NARROW_DAYS = 14


def search(queries: Sequence[Query]) -> Search:
    """Ask for news, one request for each query."""
    answers: list[tuple[Found, ...]] = []
    for query in queries:
        said = question(query)
        if not said:
            answers.append(())
            continue
        params = [
            ("query", said),
            ("mode", "artlist"),
            ("format", "json"),
            ("maxrecords", str(min(MOST, query.limit))),
            ("sort", "hybridrel"),
            ("startdatetime", _moment(max(query.since, FIRST_DAY), "000000")),
        ]
        if query.until:
            params.append(("enddatetime", _moment(query.until, "235959")))
        reply = yield Request("/api/v2/doc/doc", tuple(params))
        answers.append(tuple(record(item) for item in articles(reply) if item.get("url")))
    return tuple(answers)


def question(query: Query) -> str:
    """Write a query as GDELT wants it; "" where there is nothing to ask for.

    On one site, or within few days, any of the words will do: the list is short, and the ranking is ours. Without a site
    the first word is wanted and any of the others, or all where no alternatives are given. Words of fewer than three letters are refused, so they are left out.
    """
    said = " ".join(query.any_of)
    words = list(dict.fromkeys(re.findall(r"[\w'’-]+", said or query.text or query.title)))
    words = [word for word in words if len(word.encode()) >= 3]
    parts = [f"domainis:{host(query.site)}"] if query.site else []
    if query.language and not query.site:
        name = next((name for name, code in LANGUAGES.items() if code == query.language), "")
        if name:
            parts.append(f"sourcelang:{name.lower()}")
    room = LONGEST_QUERY - len(" ".join(parts)) - 6
    chosen: list[str] = []
    for word in words:
        quoted = f'"{word}"' if is_cjk(word) or "-" in word else word
        if len(" OR ".join([*chosen, quoted])) <= room:
            chosen.append(quoted)
    if not chosen:
        return "" if not query.site else parts[0]
    if (query.site or _is_narrow(query)) and len(chosen) > 1:
        return " ".join([*parts, f"({' OR '.join(chosen)})"])
    if query.any_of and len(chosen) > 2:
        return " ".join([*parts, chosen[0], f"({' OR '.join(chosen[1:])})"])
    return " ".join([*parts, *chosen])


def _is_narrow(query: Query) -> bool:
    """Tell whether a question is for so few days that any of its words will do."""
    if not (query.any_of and query.since and query.until):
        return False
    first, last = date.fromisoformat(query.since), date.fromisoformat(query.until)
    return (last - first).days <= NARROW_DAYS


def _moment(iso_day: str, clock: str) -> str:
    return iso_day.replace("-", "").ljust(8, "0")[:8] + clock


def articles(reply: Reply) -> list[Mapping[str, Any]]:
    """Return the items of a reply.

    Raises `SourceBusy` where it says that we ask too often, `NotUnderstood` where it did not
    understand, `SourceError` for anything that is no answer.
    """
    said = reply.text()
    if not said.lstrip().startswith("{"):
        if "limit requests" in said.lower():
            raise SourceBusy("has had too many requests", 15.0)
        if "<" in said[:200]:
            raise SourceError(f"answered a web page (status {reply.status})")
        raise NotUnderstood(f"says {text(said)[:120]!r}")
    # raw control signs and bad escapes stand in titles
    said = re.sub(r'\\(?!["\\/bfnrtu])', r"\\\\", re.sub(r"[\x00-\x1f]", " ", said))
    try:
        value = msgspec.json.decode(said)
    except msgspec.DecodeError:
        raise SourceError("answered what is no JSON") from None
    return items(value, "articles") if value else []


def record(item: Mapping[str, Any]) -> Found:
    """Turn one article into what GDELT says of it; its day is when it was first seen."""
    url = text(item.get("url"))
    seen = day(item.get("seendate"))
    made = Record(
        type="article-newspaper",
        title=headline(text(item.get("title"))),
        issued=PartialDate(start=seen.start, circa=True) if seen else None,
        container_title=text(item.get("domain")),
        url=url,
        language=LANGUAGES.get(text(item.get("language")), ""),
    )
    where = (("issued", "seendate (when it was first seen)"), ("container_title", "domain"))
    return Found(made, id=url, url=url, read_in=where)


def headline(said: str) -> str:
    """Undo the spaces that GDELT sets round punctuation."""
    said = re.sub(r"\s+([,;:?!.)’”、。，；：？！）》」])", r"\1", said)
    said = re.sub(r"([(‘“（《「])\s+", r"\1", said)
    return re.sub(r"(?<=[\u3400-\u9fff，。：；！？]) (?=[\u3400-\u9fff，。：；！？|｜])", "", said)


SOURCE = Source(
    base="https://api.gdeltproject.org",
    search=search,
    wants=frozenset({"news"}),
    purpose="news and web pages since 2017, by words, site and days",
    requests_per_second=1 / 10,
    connections=1,
    limits="1 request in 10 seconds",
    homepage="https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/",
)
