"""Wikidata (https://www.wikidata.org): what a name is called in other languages, its official site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from refcheck.errors import SourceError
from refcheck.lookup.reading import data, obj, seq, text
from refcheck.model import Entity, Query, Reply, Request, Search, Source

LANGUAGES = "en|zh|zh-hans|zh-cn|de|fr|es|it|pt|ja|ko|ru|ar|nl|pl|tr|sv|uk|vi|id|fa|he|el|cs"
_SAME = {"zh-hans": "zh", "zh-cn": "zh"}


def search(queries: Sequence[Query]) -> Search:
    """Find each name, then fetch what is known of all that were found in one request."""
    found: list[list[str]] = []
    for query in queries:
        if not query.text:
            found.append([])
            continue
        reply = yield Request(
            "/w/api.php",
            (
                ("action", "wbsearchentities"),
                ("search", query.text),
                ("language", query.language or "en"),
                ("uselang", query.language or "en"),
                ("limit", str(max(1, min(query.limit, 5)))),
                ("format", "json"),
            ),
        )
        hits = answer(reply).get("search")
        if not isinstance(hits, list):
            raise SourceError("answered JSON without 'search'")
        found.append([text(hit.get("id")) for hit in hits if isinstance(hit, Mapping)])
    ids = list(dict.fromkeys(one for ids in found for one in ids if one))
    known: dict[str, Entity] = {}
    for start in range(0, len(ids), 50):
        reply = yield Request(
            "/w/api.php",
            (
                ("action", "wbgetentities"),
                ("ids", "|".join(ids[start : start + 50])),
                ("props", "labels|aliases|descriptions|claims"),
                ("languages", LANGUAGES),
                ("format", "json"),
            ),
        )
        entities = answer(reply).get("entities")
        if not isinstance(entities, Mapping):
            raise SourceError("answered JSON without 'entities'")
        for name, item in entities.items():
            if isinstance(item, Mapping) and "missing" not in item:
                known[name] = entity(item)
    return tuple(tuple(known[one] for one in ids if one in known) for ids in found)


def answer(reply: Reply) -> Mapping[str, Any]:
    """Return a reply of a MediaWiki; its errors come with status 200 and are raised."""
    value = data(reply, nothing=())
    if not isinstance(value, Mapping):
        raise SourceError("answered JSON of another shape")
    error = value.get("error")
    if isinstance(error, Mapping):
        raise SourceError(f"says {text(error.get('code'))!r}")
    return value


def entity(item: Mapping[str, Any]) -> Entity:
    """Turn one item into its names by language, the main one first, and its official site."""
    labels = _by_language(item.get("labels"))
    names = list(labels.items())
    for language, others in obj(item.get("aliases")).items():
        code = _SAME.get(language, language)
        names += [(code, text(one.get("value"))) for one in seq(others) if isinstance(one, Mapping)]
    about = _by_language(item.get("descriptions"))
    return Entity(
        id=text(item.get("id")),
        label=labels.get("en") or next(iter(labels.values()), ""),
        names=tuple(dict.fromkeys((language, name) for language, name in names if name)),
        site=_site(item.get("claims")),
        description=about.get("en", ""),
    )


def _by_language(values: Any) -> dict[str, str]:
    """Map languages to texts; simplified Chinese takes the place of plain "zh" where it is given."""
    found: dict[str, str] = {}
    for language, one in obj(values).items():
        if isinstance(one, Mapping) and text(one.get("value")):
            code = _SAME.get(language, language)
            if code not in found or language in _SAME:
                found[code] = text(one.get("value"))
    return found


def _site(claims: Any) -> str:
    """Return the official website (P856): the preferred statement, else the first."""
    stated = claims.get("P856") if isinstance(claims, Mapping) else None
    sites: list[tuple[bool, int, str]] = []
    for one in seq(stated):
        if not isinstance(one, Mapping) or one.get("rank") == "deprecated":
            continue
        value = obj(obj(one.get("mainsnak")).get("datavalue")).get("value")
        if text(value):
            sites.append((one.get("rank") != "preferred", len(sites), text(value)))
    return min(sites)[2] if sites else ""


SOURCE = Source(
    base="https://www.wikidata.org",
    search=search,
    wants=frozenset({"entity"}),
    purpose="names in other languages; a publisher's official site",
    requests_per_second=5 / 60,
    contact_requests_per_second=3.0,
    burst=5,
    connections=2,
    batch=10,
    shares="wikimedia",
    limits="10 requests a minute over all Wikimedia sites; 200 with your address",
    homepage="https://www.wikidata.org/wiki/Wikidata:Data_access",
)
