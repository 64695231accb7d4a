"""Rendered runs as text, Markdown, HTML or LaTeX, escaped for the form they are written to.

What a record holds is foreign: a title of ``<script>`` or ``[x](javascript:…)`` comes out as the
signs it is made of, never as markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import groupby

from refcheck.model import Run

_MARKDOWN = re.compile(r"([\\`*\[\]<])|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_BLOCK_START = re.compile(r"^([#>+=-]|\d{1,9}(?=[.)](?:\s|$)))")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
_SAFE_SCHEMES = ("http://", "https://", "ftp://", "mailto:")


def as_text(runs: Sequence[Run]) -> str:
    """Return the bare text."""
    return "".join(run.text for run in runs)


def as_markdown(runs: Sequence[Run]) -> str:
    """Return CommonMark: ``*italic*``, ``**bold**``, bare addresses in angle brackets."""
    return "".join(_markdown(run, first=n == 0) for n, run in enumerate(runs))


def _markdown(run: Run, *, first: bool) -> str:
    if run.url and run.text == run.url and _linkable(run.url) and not re.search(r"[\s<>]", run.url):
        return f"<{run.url}>"
    text = markdown_text(run.text, first=first)
    for mark, on in (("*", run.italic), ("**", run.bold)):
        if on:
            text = _around(text, mark, mark)
    if run.raised:
        text = f"<sup>{text}</sup>"
    if run.lowered:
        text = f"<sub>{text}</sub>"
    if run.url and _linkable(run.url):
        text = f"[{text}]({_markdown_target(run.url)})"
    return text


def markdown_text(text: str, *, first: bool = False) -> str:
    """Escape what Markdown would read as markup; ``first`` where the text opens a line."""
    text = _MARKDOWN.sub(lambda match: "\\" + match[0], text)
    if first and (start := _BLOCK_START.match(text)):
        end = start.end()
        text = text[:end] + "\\" + text[end:] if start[0].isdigit() else "\\" + text
    return text


def _markdown_target(url: str) -> str:
    return re.sub(r"[\s<>()\\]", lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), url)


def _around(text: str, before: str, after: str) -> str:
    """Put marks round the text, white space at its ends left outside them."""
    bare = text.strip()
    if not bare:
        return text
    at = text.index(bare)
    return text[:at] + before + bare + after + text[at + len(bare) :]


def as_html(runs: Sequence[Run]) -> str:
    """Return HTML of inline elements: ``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<a href>``.

    What is in italics is one element, with all that is raised, lowered or upright in it.
    """
    out = []
    for slanted, group in groupby(runs, key=lambda run: run.italic or run.upright):
        inner = "".join(map(_html, group))
        out.append(f"<i>{inner}</i>" if slanted else inner)
    return "".join(out)


def _html(run: Run) -> str:
    text = html.escape(run.text, quote=False)
    for tag, on in (
        ("b", run.bold),
        ("sup", run.raised),
        ("sub", run.lowered),
    ):
        if on:
            text = f"<{tag}>{text}</{tag}>"
    for look, on in (
        ("font-variant:small-caps", run.small_caps),
        ("font-style:normal", run.upright),
    ):
        if on:
            text = f'<span style="{look}">{text}</span>'
    if run.url and _linkable(run.url):
        text = f'<a href="{html.escape(run.url)}">{text}</a>'
    return text


def as_latex(runs: Sequence[Run]) -> str:
    r"""Return LaTeX: ``\emph{}``, ``\textbf{}``, ``\url{}``, ``\href{}{}`` (package hyperref)."""
    return "".join(map(_latex, runs))


def latex_text(text: str) -> str:
    """Escape TeX's ten special signs; everything else stays UTF-8."""
    return _TEX_SPECIAL.sub(lambda match: _TEX[match[0]], text)


def latex_target(url: str) -> str:
    r"""Escape an address for ``\url`` and ``\href``, where it may stand in an argument."""
    url = re.sub(r"[\\{}\s^]", lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), url)
    return re.sub(r"([%#&])", r"\\\1", url)


def _latex(run: Run) -> str:
    if run.url and run.text == run.url and _linkable(run.url):
        return rf"\url{{{latex_target(run.url)}}}"
    text = latex_text(run.text)
    for command, on in (
        ("emph", run.italic),
        ("textbf", run.bold),
        ("textsuperscript", run.raised),
        ("textsubscript", run.lowered),
        ("textsc", run.small_caps),
    ):
        if on:
            text = rf"\{command}{{{text}}}"
    if run.url and _linkable(run.url):
        text = rf"\href{{{latex_target(run.url)}}}{{{text}}}"
    return text


def _linkable(url: str) -> bool:
    """Tell whether an address may become a link: no script, no local file."""
    return url.lower().startswith(_SAFE_SCHEMES)
