"""The pieces of which a reference is put together: runs of text in one look, joined as a style asks."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from refcheck.model import Run
from refcheck.styles.mathtext import letters

Runs = tuple[Run, ...]

_ENDS = ".?!…。？！"
_CLOSERS = '”"’»'
_TAG = re.compile(
    r"<(/?)(i|em|b|strong|sup|sub|inf|sc|scp|span|u|tt|math|mi|mn|mo|mrow|msup|msub|mtext|p|br|(?:jats|mml):\w+)\b([^<>]*?)/?>",
    re.IGNORECASE,
)
_LOOKS = {
    "i": "italic",
    "em": "italic",
    "b": "bold",
    "strong": "bold",
    "sup": "raised",
    "sub": "lowered",
    "inf": "lowered",
    "sc": "small_caps",
    "scp": "small_caps",
}


def text(value: str) -> Runs:
    """Return one plain run, none for an empty text."""
    return (Run(value),) if value else ()


def link(url: str, shown: str = "") -> Runs:
    """Return an address that is a link."""
    return (Run(shown or url, url=url),) if url else ()


@lru_cache(maxsize=4096)
def rich(value: str) -> Runs:
    """Read CSL's tags for looks (``<i>``, ``<b>``, ``<sup>``, ``<sub>``, small capitals) into runs.

    Other tags and those of MathML are dropped, entities decoded. Straight quotes become curly.
    """
    if "$" in value:
        value = letters(value)
    if "<" not in value and "&" not in value:
        return text(curly(value))
    out: list[Run] = []
    looks: list[str] = []
    at = 0
    for match in _TAG.finditer(value):
        _add(out, value[at : match.start()], looks)
        at = match.end()
        tag = match[2].lower()
        look = _LOOKS.get(tag, "")
        if tag == "span":
            look = "small_caps" if "small-caps" in match[3] else "span"
        if match[1]:
            wanted = {"span", "small_caps"} if tag == "span" else {look}
            if looks and looks[-1] in wanted:
                looks.pop()
        elif look and not match[0].endswith("/>"):
            looks.append(look)
    _add(out, value[at:], looks)
    return tuple(out)


def _add(out: list[Run], piece: str, looks: Sequence[str]) -> None:
    if piece:
        piece = html.unescape(piece) if "&" in piece else piece
        odd = {look for look in looks if looks.count(look) % 2}
        run = Run(
            curly(piece),
            italic="italic" in odd,
            bold="bold" in odd,
            raised="raised" in odd,
            lowered="lowered" in odd,
            small_caps="small_caps" in odd,
        )
        out.append(run)


def curly(value: str) -> str:
    """Turn straight quotes and apostrophes into the signs meant."""
    if '"' not in value and "'" not in value:
        return value
    value = re.sub(r'(^|[\s(\[{–—/-])"', r"\1“", value).replace('"', "”")
    value = re.sub(r"(^|[\s(\[{–—“])'(?=\S)(?!\d\ds\b)", r"\1‘", value)
    return value.replace("'", "’")


def italic(runs: Runs) -> Runs:
    """Set runs in italics; what is italic within them stands upright."""
    return tuple(
        Run(
            run.text, not run.italic, run.url, run.bold, run.raised, run.lowered,
            run.small_caps, run.italic,
        )
        for run in runs
    )  # fmt: skip


def plain(runs: Sequence[Run]) -> str:
    """Return the bare text."""
    return "".join(run.text for run in runs)


def enclosed(before: str, runs: Runs, after: str) -> Runs:
    """Put brackets round what is there; nothing round nothing."""
    return (_sign(before), *runs, _sign(after)) if runs else ()


def joined(separator: str, *parts: Runs) -> Runs:
    """Join the parts that are there.

    A separator that begins with a full stop or a colon loses it after what ends a sentence already; a
    stop or comma stands within a closing quotation mark.
    """
    there = [part for part in parts if part]
    if len(there) < 2:
        return there[0] if there else ()
    sign = separator[:1] if separator[:1] in {".", ",", ":"} else ""
    between = _sign(separator[len(sign) :])
    out = list(there[0])
    for part in there[1:]:
        if sign:
            _end(out, sign)
        out.append(between)
        out.extend(part)
    return tuple(out)


@lru_cache(maxsize=256)
def _sign(value: str) -> Run:
    return Run(value)


def stopped(runs: Runs) -> Runs:
    """End with a full stop, before a closing quotation mark; not after ?, ! or another stop."""
    if not runs:
        return ()
    out = list(runs)
    _end(out, ".")
    return tuple(out)


def _end(out: list[Run], sign: str) -> None:
    """Put a stop, comma or colon at the end, where none has to be left out."""
    last = out[-1]
    tail = last.text[-1:]
    if tail in _CLOSERS and tail and not last.url:
        bare = last.text.rstrip(_CLOSERS)
        if sign == "." and (bare[-1:] in _ENDS or not bare):
            return
        if tail in '”"' and sign != ":":
            out[-1] = like(last, last.text[:-1] + sign + tail)
            return
    elif sign in {".", ":"} and tail in _ENDS:
        return
    out.append(_sign(sign))


def tidied(runs: Sequence[Run]) -> Runs:
    """Merge neighbours of one look and drop doubled spaces."""
    out: list[Run] = []
    texts: list[str] = []
    first: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if first is not None and not _same(first, run):
            out.append(_made(first, texts))
            texts = []
            first = run
        elif first is None:
            first = run
        texts.append(run.text)
    if first is not None:
        out.append(_made(first, texts))
    return tuple(out)


def _made(look: Run, texts: Sequence[str]) -> Run:
    whole = "".join(texts)
    if "  " in whole:
        whole = re.sub(" {2,}", " ", whole)
    return look if whole == look.text else like(look, whole)


def like(look: Run, value: str) -> Run:
    """Return another text in the same look; a dozen times faster than `dataclasses.replace`."""
    return Run(
        value, look.italic, look.url, look.bold, look.raised, look.lowered, look.small_caps, look.upright,
    )  # fmt: skip


def _same(left: Run, right: Run) -> bool:
    return (
        left.italic == right.italic
        and left.url == right.url
        and left.bold == right.bold
        and left.raised == right.raised
        and left.lowered == right.lowered
        and left.small_caps == right.small_caps
        and left.upright == right.upright
    )
