"""What a record is found by, and the words of a question: folded, rare ones first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from refcheck.identifiers import normal_arxiv, normal_doi, normal_isbn, page_key
from refcheck.text import fold, tokens

_ASCII = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\ufffe]\s*\n\s*(?=[a-z])")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"{}|\\^`]+", re.IGNORECASE)
_ARXIV = re.compile(r"arxiv[^\w]{0,4}(?:abs/|preprint\W+)?[\w./-]{6,20}", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ISBN = re.compile(r"\b97[89][- ]?(?:\d[- ]?){9}\d\b|\b(?:\d[- ]?){9}[\dXx]\b")
_PMID = re.compile(r"\bPMID\W{0,2}(\d{4,9})\b", re.IGNORECASE)


def words(text: str) -> list[str]:
    """Return the words by which a text is found; runs of Chinese or Japanese as pairs of signs."""
    if text.isascii():
        return [word.removesuffix("'s").replace("'", "") for word in _ASCII.findall(text.lower())]
    return tokens(text)


def joined(text: str) -> str:
    """Undo the hyphens at the ends of lines and the line ends themselves."""
    return " ".join(_HYPHEN.sub("", text).split())


def searched(item: Mapping[str, Any]) -> list[str]:
    """Return the different words by which a CSL item is found."""
    year = ((item.get("issued") or {}).get("date-parts") or [[""]])[0]
    people = item.get("author") or item.get("editor") or ()
    parts = [
        item.get("title", ""),
        item.get("title-short", ""),
        " ".join(one.get("family") or one.get("literal") or "" for one in people[:30]),
        str(year[0]) if year else "",
        item.get("container-title", ""),
        item.get("publisher", "") if not item.get("container-title") else "",
        item.get("page", ""),
        item.get("volume", ""),
        item.get("number", ""),
        item.get("note", "")[:300] if not item.get("title") else "",
    ]
    return list(dict.fromkeys(words(" ".join(filter(None, parts)))))


def item_keys(item: Mapping[str, Any]) -> set[str]:
    """Return what a CSL item is known by exactly."""
    keys = set()
    if item.get("id"):
        keys.add(f"id:{fold(str(item['id']))}")
    doi = normal_doi(item.get("DOI", "")) if item.get("DOI") else ""
    if doi:
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
