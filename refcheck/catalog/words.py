"""What a record is found by, and the words of a question: folded, rare ones first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn, page_key
from refcheck.matching.given import Given
from refcheck.matching.similarity import first_page
from refcheck.text import fold, tokens

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"{}|\\^`]+", re.IGNORECASE)
_ARXIV = re.compile(r"arxiv[^\w]{0,4}(?:abs/|preprint\W+)?[\w./-]{6,20}", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ISBN = re.compile(r"\b97[89][- ]?(?:\d[- ]?){9}\d\b|\b(?:\d[- ]?){9}[\dXx]\b")
MOST_PEOPLE = 30
LONGEST_NOTE = 300
_PMID = re.compile(r"\bPMID\W{0,2}(\d{4,9})\b", re.IGNORECASE)


def searched(item: Mapping[str, Any]) -> list[str]:
    """Return the different words by which a CSL item is found.

    Where it stands is one word more, "26:399": volume, else year, and first page. Nothing is rarer,
    and a reference without a title is found by it.
    """
    get = item.get
    dated = ((get("issued") or {}).get("date-parts") or [()])[0]
    year = str(dated[0]) if dated else ""
    people = get("author") or get("editor") or ()
    title, container = get("title", ""), get("container-title", "")
    volume, pages = get("volume", ""), get("page", "")
    parts = [
        title, get("title-short", ""), year, container or get("publisher", ""), pages, volume, get("number", ""),
        *[one.get("family") or one.get("literal") or "" for one in people[:MOST_PEOPLE]],
    ]  # fmt: skip
    if not (title and people and container) and (note := get("note", "")):
        parts.append(note[:LONGEST_NOTE])
    found = dict.fromkeys(tokens(" ".join(parts)))
    if pages and (page := first_page(pages)) and (before := volume.lower().strip() or year):
        found[f"{before}:{page}"] = None
    return list(found)


class Question:
    """What a reference asks a catalogue: its different words, its places and its identifiers."""

    __slots__ = ("keys", "pairs", "words")

    def __init__(self, given: Given) -> None:
        self.words = [word for word in dict.fromkeys(given.words) if len(word) > 1]
        self.pairs = given.pairs
        self.keys = text_keys(given.text) if given.may_name else []


def item_keys(item: Mapping[str, Any]) -> set[str]:
    """Return what a CSL item is known by exactly."""
    keys = set()
    if item.get("id"):
        keys.add(f"id:{fold(str(item['id']))}")
    doi = item.get("DOI", "")
    if doi and (doi := normal_doi(doi)):
        keys.add(f"doi:{doi}")
    url = item.get("URL", "")
    if "arxiv" in doi or "arxiv" in url or item.get("number"):
        arxiv = normal_arxiv(doi) or normal_arxiv(url) or normal_arxiv(item.get("number") or "")
        if arxiv:
            keys.add(f"arxiv:{arxiv}")
    for one in item.get("ISBN", "").split():
        if isbn := normal_isbn(one):
            keys.add(f"isbn:{isbn}")
    if item.get("PMID"):
        keys.add(f"pmid:{item['PMID']}")
    if url and "doi.org/" not in url:
        keys.add(f"url:{page_key(url)}")
    return keys


def text_keys(text: str) -> list[str]:
    """Return the identifiers that stand in a text, in the form of `item_keys`."""
    keys = []
    if "10." in text:
        keys += [f"doi:{doi}" for found in _DOI.findall(text) if (doi := normal_doi(found))]
    low = text.lower()
    if "arxiv" in low:
        keys += [f"arxiv:{one}" for found in _ARXIV.findall(text) if (one := normal_arxiv(found))]
    if "http" in low:
        keys += [
            f"url:{page_key(url.rstrip('.,;)'))}"
            for url in _URL.findall(text)
            if "doi.org/" not in url
        ]
    if "978" in text or "979" in text or "isbn" in low:
        keys += [f"isbn:{one}" for found in _ISBN.findall(text) if (one := normal_isbn(found))]
    if "pmid" in low:
        keys += [f"pmid:{found}" for found in _PMID.findall(text)]
    return list(dict.fromkeys(keys))
