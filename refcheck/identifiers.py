"""Identifiers of works: recognise, normalise, check. Nothing here asks anybody."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_SICI = r"<(?=[^\s<>]{1,60}>\d\.\d\.co;)|>(?=\d\.\d\.co;)"  # older DOIs hold a SICI: …41:16<2986::aid-anie2986>3.0.co;2-f
_DOI = re.compile(rf"\b10\.\d{{4,9}}(?:\.\d+)*/(?:[^\s\"<>{{}}|\\^`]|{_SICI})+", re.IGNORECASE)
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi\s*[:=]?\s*)", re.IGNORECASE)
_NORMAL_DOI = re.compile(r"10\.\d{4,9}/[a-z0-9](?:[a-z0-9._/-]*[a-z0-9])?")
_ARXIV_NEW = re.compile(r"(?<!\d)(?<!\d\.)(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(v\d+)?(?![\d])")
_ARXIV_OLD = re.compile(r"\b([a-z-]+(?:\.[A-Z]{2})?/\d{7})(v\d+)?\b")
_SIMPLE_URL = re.compile(r"https?://([A-Za-z0-9.-]+)((?:/[\w.~@-]*)*)", re.ASCII)
_SUBSITE = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=.*\.)")
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hs(?:enc|mi)|spm|ref_src|cmpid|ocid|smid)$",
    re.IGNORECASE,
)


def normal_doi(text: str) -> str:
    """Return the bare DOI in lower case, or "" where the text holds none.

    TeX's backslashes are undone; punctuation and closing brackets without an opening one that
    follow the DOI are cut. Source: DOI Handbook, 2.2 (case does not matter).
    """
    if _NORMAL_DOI.fullmatch(text):
        return text
    text = _DOI_PREFIX.sub("", unquote(text.strip()).replace("\\_", "_").replace("\\&", "&"))
    match = _DOI.search(text)
    if not match:
        return ""
    doi = match[0].rstrip(".,;:'\"”’»")
    for opening, closing in ("()", "[]"):
        while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(".,;:")
    return doi.lower()


_DUMMY_DOI = re.compile(
    r"10\.(?:0\d*|9\d{4})/|10\.\d+/(?:non-?existent|placeholder|dummy|x{3,})(?![a-z])"
)
"""Registrants are numbered from 1000 on, and have not come near 90000 (the highest known: 10.7….)."""


def is_dummy_doi(doi: str) -> bool:
    """Tell whether a normal DOI cannot be one: its registrant is none, or its suffix says so."""
    return bool(_DUMMY_DOI.match(doi))


def normal_arxiv(text: str) -> str:
    """Return the arXiv identifier without its version, or "".

    A bare number is taken for one only after "arXiv" or in an arxiv.org address.
    """
    bare = re.fullmatch(
        r"\s*(?:arxiv\s*:\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*",
        text,
        re.IGNORECASE,
    )
    if not bare and "arxiv" not in text.lower():
        return ""
    match = _ARXIV_NEW.search(text) or _ARXIV_OLD.search(text)
    return match[1] if match else ""


def normal_isbn(text: str) -> str:
    """Return the ISBN as 13 digits, or "" where the check digit is wrong."""
    digits = re.sub(
        r"[\s-]", "", re.sub(r"^isbn(?:-1[03])?:?", "", text.strip(), flags=re.IGNORECASE)
    ).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - n) * (10 if d == "X" else int(d)) for n, d in enumerate(digits))
        return "" if total % 11 else _isbn13("978" + digits[:9])
    if re.fullmatch(r"97[89]\d{10}", digits) and _isbn13(digits[:12]) == digits:
        return digits
    return ""


def _isbn13(twelve: str) -> str:
    total = sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(twelve))
    return twelve + str(-total % 10)


def host(url: str) -> str:
    """Return the host of an address in lower case, without ``www.`` and ``m.``; "" for none."""
    try:
        name = urlsplit(url if "//" in url else "//" + url).hostname or ""
    except ValueError:
        return ""
    return _bare_host(name)


def _bare_host(name: str) -> str:
    return _SUBSITE.sub("", name.lower())


def on_site(url: str, site: str) -> bool:
    """Tell whether an address lies on a site or one of its sub-sites."""
    name, site = host(url), host(site)
    return bool(site) and (name == site or name.endswith("." + site))


def clean_url(url: str) -> str:
    """Return an address without tracking parameters and without a text fragment."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    query = parts.query
    if query and any(_is_tracking(*pair) for pair in parse_qsl(query, keep_blank_values=True)):
        kept = [
            pair for pair in parse_qsl(query, keep_blank_values=True) if not _is_tracking(*pair)
        ]
        query = urlencode(kept)
    fragment = "" if parts.fragment.startswith(":~:") else parts.fragment
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))


def _is_tracking(key: str, value: str) -> bool:
    return bool(_TRACKING.match(key)) or (key, value) in {("f", "rss"), ("from", "rss")}


def page_key(url: str) -> str:
    """Reduce an address to what names the page: equal keys, one page.

    Scheme, ``www.``, ``m.``, a closing slash and tracking are left out; an archive's copy has the
    key of the page it keeps.
    """
    if simple := _SIMPLE_URL.fullmatch(url):
        return _bare_host(simple[1]) + simple[2].rstrip("/")
    archived = re.match(r"https?://web\.archive\.org/web/\w+/(.*)", url)
    parts = urlsplit(clean_url(archived[1] if archived else url))
    return f"{host(urlunsplit(parts))}{unquote(parts.path).rstrip('/')}{'?' + parts.query if parts.query else ''}"
