"""Wikipedia (https://en.wikipedia.org): which pages of a site its articles cite, and on what subject.

With a site: the links to it in the encyclopaedia of the wanted language and the English one. Their
titles are not known here; the page itself has to be read for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from refcheck.identifiers import host
from refcheck.lookup.reading import items, text
from refcheck.lookup.wikidata import answer
from refcheck.model import Found, Query, Reply, Request, Search, Source
from refcheck.record import Record


def search(queries: Sequence[Query]) -> Search:
    """Ask for links to a site, else for articles on the words."""
    answers: list[tuple[Found, ...]] = []
    for query in queries:
        found: dict[str, Found] = {}
        if not (query.site or query.text):
            answers.append(())
            continue
        for language in dict.fromkeys((query.language or "en", "en")):
            api = f"https://{language}.wikipedia.org/w/api.php" if language.isalpha() else ""
            if not api or len(language) > 3:
                continue
            if query.site:
                reply = yield Request(api if language != "en" else "/w/api.php", _links(query))
                for one in cited(reply, language):
                    found.setdefault(one.record.url, one)
            else:
                reply = yield Request(api if language != "en" else "/w/api.php", _words(query))
                for one in articles(reply, language):
                    found.setdefault(one.record.url, one)
                break
        answers.append(tuple(found.values())[: query.limit])
    return tuple(answers)


def _links(query: Query) -> tuple[tuple[str, str], ...]:
    return (
        ("action", "query"),
        ("list", "exturlusage"),
        ("euquery", host(query.site)),
        ("euprotocol", "https"),
        ("eunamespace", "0"),
        ("eulimit", str(min(500, max(query.limit, 50)))),
        ("euprop", "title|url"),
        ("format", "json"),
        ("formatversion", "2"),
        ("maxlag", "5"),
    )


def _words(query: Query) -> tuple[tuple[str, str], ...]:
    return (
        ("action", "query"),
        ("list", "search"),
        ("srsearch", query.text),
        ("srlimit", str(min(query.limit, 20))),
        ("format", "json"),
        ("formatversion", "2"),
        ("maxlag", "5"),
    )


def cited(reply: Reply, language: str) -> list[Found]:
    """Read the links of a reply; ``text`` says which article cites each."""
    query = answer(reply).get("query")
    found = []
    for item in items(query, "exturlusage") if isinstance(query, Mapping) else ():
        url, article = text(item.get("url")), text(item.get("title"))
        if url:
            made = Record(type="webpage", url=url)
            said = f"cited in the {language}.wikipedia.org article {article}"
            found.append(Found(made, id=f"{language}:{article}", url=url, text=said))
    return found


def articles(reply: Reply, language: str) -> list[Found]:
    """Read the encyclopaedia's own articles of a reply."""
    from urllib.parse import quote

    query = answer(reply).get("query")
    found = []
    for item in items(query, "search") if isinstance(query, Mapping) else ():
        name = text(item.get("title"))
        url = f"https://{language}.wikipedia.org/wiki/{quote(name.replace(' ', '_'))}"
        made = Record(
            type="entry-encyclopedia",
            title=name,
            container_title="Wikipedia",
            url=url,
            language=language,
        )
        where = (
            ("url", "title"),
            ("container_title", "the site itself"),
            ("language", "the site itself"),
        )
        found.append(Found(made, id=text(item.get("pageid")), url=url, read_in=where))
    return found


SOURCE = Source(
    base="https://en.wikipedia.org",
    search=search,
    wants=frozenset({"news"}),
    types=frozenset({"entry-encyclopedia"}),
    purpose="pages that the encyclopaedia cites",
    requests_per_second=5 / 60,
    contact_requests_per_second=3.0,
    burst=5,
    connections=2,
    shares="wikimedia",
    limits="10 requests a minute over all Wikimedia sites; 200 with your address",
    homepage="https://www.mediawiki.org/wiki/API:Main_page",
)
