"""Links that lead nowhere: `[Title]()`, `[Title](TODO)`, `[x]: TBD`, `<a href="">the report</a>`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck import outlets
from refcheck.finders.gaps.boxes import is_telling
from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.spoken import explains_form
from refcheck.finders.gaps.verdict import Hit, Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.finders.words import Lexicon
from refcheck.model import Link
from refcheck.text import fold

MISSING = Verdict("link_placeholder", "certain")
OWN = Verdict("other_placeholder", "maybe")
_TAG = re.compile(r"<[^<>]*>")
_NAVIGATION = re.compile(
    r"(?i)\b(?:top|menu|home|back|contents|toc|up|skip|next|prev\w*|nav\w*|login|sign|close|open|toggle)\b|^[\W\d]*$"
)
_EMPTY_TARGET = re.compile(
    r"(?i)(?:https?:/{0,2})?(?:[?#]|\.{3,}|…|x{3,}|#?todo\w*|tbd|tba|fixme|url|link|placeholder|insert\W?\w*|"
    r"add\W?(?:link|url)\w*|your\W?(?:link|url)\w*|link\W?here|_+|-+)/?|https?:/*"
)
_LINK_NAME = re.compile(r"(?i)[\w-]{0,40}[_-](?:link|url)|(?:link|url)[_-][\w-]{1,40}")
_ADDRESS_SIGNS = re.compile(r"[/.:#@=]")
_TOLD_TARGET = re.compile(
    r"(?i)#?(?:todo|tbd|fixme|xxx)\b|(?:https?://)?(?:(?:insert|add)(?:$|[\s_-])|(?:links?|urls?)[-_ ](?:to|for|of|goes|here)(?:$|[-_ ])[^.]*$)"
)


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield links without an address, and links whose label asks for a source."""
    document = around.document
    for link in document.links:
        if around.is_inert(link.span.start, link.span.end) or explains_form(
            around, link.span.start
        ):
            continue
        label = document.slice(link.label)
        target = document.slice(link.target).strip()
        if label.startswith("[") and document.text[link.label.end : link.label.end + 1] == ":":
            lex = around.lexicon(link.span.start, link.span.end)
            if target and is_empty(target, lex):
                yield link.target.start, link.target.end, MISSING
        elif not target or target == "#" or not _is_address(target):
            hit = _without_address(around, link, label, target)
            if hit is not None:
                yield hit
        elif label and (verdict := _asking(around, link, label)):
            yield link.span.start, link.span.end, verdict


_MASKED_ADDRESS = re.compile(
    r"https?://(?:\.{3}|…|(?:www\.)?x{2,}(?:\.(?:com|org|xxx))?|TODO|TBD|todo|tbd|\[[^\[\]\r\n]{2,30}\]|<[^<>\r\n]{2,30}>|your-?\w*-?(?:link|url))"
    r"(?:/(?:\.{3}|…|x{2,})?)?>?(?![\w./-])"
)


def masked_addresses(around: Surroundings) -> Iterator[Hit]:
    """Yield addresses that are masks, in a sentence or an item that names a source."""
    text = around.document.text
    if "://" not in text or around.document.format in {"bibtex", "latex"}:
        return
    for match in _MASKED_ADDRESS.finditer(text):
        start, end = match.span()
        start -= text[start - 1 : start] == "<"
        if (
            around.is_inert(start, end)
            or text[start - 1 : start] in {"(", '"', "'", "`", "="}
            or around.in_link(start, end)
        ):
            continue
        low, _ = around.sentence(start, end)
        folded = fold(text[low:start])
        lex = around.lexicon(start, end)
        told = (
            lex.work.search(folded)
            or lex.cite.search(folded)
            or lex.link.search(folded)
            or around.in_list(start)
            or outlets.mentioned(text[low:start])
        )
        yield start, end, Verdict("link_placeholder", "likely" if told else "maybe")


def _is_address(target: str) -> bool:
    """Tell cheaply what cannot be a placeholder: most addresses."""
    bare = target.strip("<> ")
    if not _ADDRESS_SIGNS.search(bare) or _EMPTY_TARGET.fullmatch(bare):
        return False
    return not (_LINK_NAME.fullmatch(bare) or _TOLD_TARGET.match(bare))


def _without_address(around: Surroundings, link: Link, label: str, target: str) -> Hit | None:
    start, end = link.span.start, link.span.end
    name = _TAG.sub(" ", label.strip("[]\\ "))
    lex = around.lexicon(start, end)
    html = around.document.format == "html"
    if not target:
        if not re.search(r"\w", name):
            if html or name or _is_html(around, link):
                return None
            return (
                start,
                end,
                Verdict("link_placeholder", "likely" if _stands_apart(around, link) else "maybe"),
            )
        if _is_html(around, link) and not _lacks_address(around, link, name, lex):
            return None
        return start, end, OWN if _is_own(name, lex) else MISSING
    at, stop = link.target.start, link.target.end
    if target == "#":
        if (_is_html(around, link) and not _in_sentence(around, link)) or _NAVIGATION.search(name) or _is_own(name, lex):  # fmt: skip
            return at, stop, OWN
        return at, stop, Verdict("link_placeholder", "likely")
    if not is_empty(target, lex):
        return (start, end, verdict) if (verdict := _asking(around, link, label)) else None
    if fold(name).strip() in {"text", "title", "link text", "label", "name"}:
        return None  # the form of a link is explained
    if name.endswith(f"/{target}") or (html and target.islower() and target.isascii()):
        return None  # a page or file that is really called so
    own = _is_own(name, lex) or _is_own(re.sub(r"[_-]", " ", target), lex)
    return at, stop, OWN if own else MISSING


def _stands_apart(around: Surroundings, link: Link) -> bool:
    """Tell an empty link in a text from a function without a name in a program: `[]() {`."""
    text = around.document.text
    before, after = (
        text[link.span.start - 1 : link.span.start],
        text[link.span.end : link.span.end + 3],
    )
    return (
        before in {"", " ", "\n"}
        and re.match(r"[.,;)]?(?:\s|$)", after) is not None
        and "{" not in after
    )


def is_empty(target: str, lex: Lexicon) -> bool:
    """Tell whether a link's target stands for an address that is still to be given."""
    bare = target.strip("<> ")
    if not bare or _EMPTY_TARGET.fullmatch(bare) or _LINK_NAME.fullmatch(bare):
        return True
    if _TOLD_TARGET.match(bare):
        return True
    if _ADDRESS_SIGNS.search(bare):
        return False
    verdict = judge(re.sub(r"[-_]", " ", bare), "target", lex)
    return verdict is not None and verdict.kind != "other_placeholder"


def _is_own(name: str, lex: Lexicon) -> bool:
    """Tell whether a link is to what is no source, or the author's own to give."""
    folded = fold(name)
    found = lex.other.search(folded) or lex.own.search(folded)
    if found is None or (len(folded.split()) > 3 and found.end() < len(folded) - 1):
        return False
    return not lex.work.search(folded) and not lex.cite.search(folded)


# --- labels that ask --------------------------------------------------------------------------------


def _asking(around: Surroundings, link: Link, label: str) -> Verdict | None:
    """Judge a link whose label asks for a source rather than naming one: `[citation needed](…)`."""
    inner = _TAG.sub(" ", label.strip("[]()\\ "))
    if len(inner.split()) > 4 or len(inner) > 60 or not is_telling(inner):
        return None
    lex = around.lexicon(link.span.start, link.span.end)
    verdict = judge(inner, "bracket", lex)
    if verdict is None or verdict.kind != "citation_marker":
        return None
    folded = fold(inner)
    act = lex.act.search(folded)
    told = lex.promise.search(folded) or lex.lack.search(folded)
    ordered = act is not None and re.match(r"cit(?:e|ar|er|ing)\b", act[0]) is None
    asked = lex.cite.search(folded) and (told or ordered) and "link" not in folded
    return verdict if asked else None


# --- anchors of HTML --------------------------------------------------------------------------------

_SCRIPTED = re.compile(r"(?i)\b(?:role|on\w+|data-[\w-]+|aria-[\w-]+|id|class|style)\s*=")


def _is_html(around: Surroundings, link: Link) -> bool:
    return around.document.text.startswith("<", link.span.start)


def _lacks_address(around: Surroundings, link: Link, name: str, lex: Lexicon) -> bool:
    """Tell an anchor that lacks its address from one that a script or a menu uses."""
    text = around.document.text
    if _SCRIPTED.search(text[link.span.start : link.label.start]) and not is_telling(name):
        return False
    opened, closed = text.rfind("<!--", 0, link.span.start), text.rfind("-->", 0, link.span.start)
    if opened > closed or not re.search(r"[^\W\d_]{3}", name):
        return False
    folded = fold(name)
    told = lex.cite.search(folded) or lex.link.search(folded) or lex.work.search(folded)
    return bool(told) or len(name.split()) >= 3 or _in_sentence(around, link)


def _in_sentence(around: Surroundings, link: Link) -> bool:
    """Tell whether an anchor without attributes stands within a sentence, not in a menu."""
    text = around.document.text
    if _SCRIPTED.search(text[link.span.start : link.label.start]):
        return False
    low, high = around.sentence(link.span.start, link.span.end)
    outside = f"{text[low : link.span.start]} {text[link.span.end : high]}"
    return len(re.findall(r"[^\W\d_]{2,}", _TAG.sub(" ", outside))) >= 4
