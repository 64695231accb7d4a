r"""Commands with nothing in them: ``\cite{TODO}``, ``\todo{cite …}``, ``\textcolor{red}{[CITE]}``.

Authors make their own: a macro that prints a marker is learnt from its definition, and its uses are
gaps; the definition is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from refcheck.finders.gaps.boxes import is_telling
from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.keys import is_empty, is_unfinished
from refcheck.finders.gaps.links import is_empty as is_empty_target
from refcheck.finders.gaps.verdict import Hit, Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.text import fold

CERTAIN = Verdict("citation_marker", "certain")
LIKELY = Verdict("citation_marker", "likely")

_ARGUMENT = r"\{(?P<arg>(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}+\}){0,600}+)\}"
_OPTIONS = r"(?P<opt>(?:[ \t]*\[[^\[\]]{0,200}\]){0,2})"
_COMMAND = re.compile(rf"\\(?P<name>[A-Za-z@]+)\*?{_OPTIONS}(?:(?=(?P<all>[ \t]*{_ARGUMENT})))?")


def _named(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:{'|'.join(words)})$")


_CITE = _named(
    "[a-z]*cite[a-z]*", "autocites?", "footfullcite", "nocite", "citenp?", "citeA", "citeNP?"
)
_NO_CITE = (
    "bibcite",
    "citestyle",
    "defcite",
    "newcite",
    "setcite",
    "citereset",
    "ifcite",
    "forcsvciteeach",
)
_NOTE = _named(
    r"todo\w*", "fixme", r"fxnote\w*", "fxwarning", "fxerror", "fxfatal", "note", "mynote", "comment", "marginnote", "marginpar",
    "missingcite", "xxx", "needcite", "annot", "tbd",
)  # fmt: skip
_TASK = _named(r"todo\w*", "fixme", r"fx\w+", "missingcite", "xxx", "needcite", "tbd")
_MARKER = _named(
    "cit", r"needs?cit\w*", r"cit\w*needed", r"needs?ref\w*", "needscite", r"missingcit\w*", "missingref", r"addcit\w*", "addref",
    "tocite", "todocite", "citeme", "citehere", "refneeded", "unsourced", "citationneeded", "citneeded", "todoref", "reftodo",
    "citetodo", "needcitation", "sourceneeded",
)  # fmt: skip
_LINK = _named("url", "href", "path", "nolinkurl")
_FOOTNOTE = _named("footnote", "footnotetext", "sidenote", "endnote")
_OF_TEXT = _named(
    "emph", r"text\w*", r"(?:sub)*section", "chapter", "paragraph", "caption", "title", "author", "label", r"\w*ref", r"begin|end",
    "item", "input", "include", "bibliography", "bibitem", r"usepackage|documentclass", r"\w*box", r"math\w*", "newcommand", "textcolor",
    "color", "colorbox", "hl", "underline", "date", "index", "gls", "acro", "ac", "frametitle", "hspace|vspace", "def",
)  # fmt: skip
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d[a-z]?")
_EMPTY_NOTE = re.compile(r"(?i)\W*(?:todo|tbd|xxx+|\?+|fixme|tk)?\W*")


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield commands that are gaps, in LaTeX and wherever else its commands are used."""
    document = around.document
    text = document.text
    if "\\" not in text:
        return
    own, defined = _learnt(around)
    for match in _COMMAND.finditer(text):
        start, name = match.start(), match["name"]
        if any(low <= start < high for low, high in defined):
            continue
        latex = document.format == "latex"
        inert = around.is_inert(start, start + 1 if latex else match.end())
        if inert and not (latex and _NOTE.match(name)):
            continue
        verdict = _judged(around, match, own)
        if verdict is not None:
            yield start, _end(text, match, own), verdict
    yield from _coloured(around)


def _end(text: str, match: re.Match[str], own: Mapping[str, bool]) -> int:
    if match["arg"] is None:
        return match.end("name")
    if match["name"] in own and not own[match["name"]]:
        end = match.end("name")
        return end + 2 if text.startswith("{}", end) else end
    return match.end("all")


def _judged(around: Surroundings, match: re.Match[str], own: Mapping[str, bool]) -> Verdict | None:
    name, argument = match["name"], match["arg"]
    if name in own:
        return CERTAIN
    if argument is None:
        return CERTAIN if _MARKER.match(name) else None
    if _MARKER.match(name) and name.lower() != "cit":
        return CERTAIN
    lex = around.lexicon(match.start(), match.end())
    if _CITE.match(name) and not name.lower().startswith(_NO_CITE):
        return _citation(around, argument, match.start())
    if _LINK.match(name):
        target = argument.strip()
        return Verdict("link_placeholder", "certain") if is_empty_target(target, lex) else None
    if _NOTE.match(name):
        inner = _plain(argument)
        found = judge(inner, "note" if _TASK.match(name) else "paren", lex) if inner else None
        if found and found.kind == "link_placeholder" and "cit" in inner.lower():
            return Verdict("citation_marker", found.certainty)
        if (
            found is None
            and _TASK.match(name)
            and re.search(r"\b(?:paper|article|source)\b.*\?", inner)
        ):
            return LIKELY
        return found
    if _FOOTNOTE.match(name):
        inner = _plain(argument)
        if _EMPTY_NOTE.fullmatch(inner) and "\\" not in argument:
            return CERTAIN
        if len(inner.split()) > 8 or re.search(r"[\\\[(]", argument):
            return None
        found = judge(inner, "bracket", lex)
        return found if found and found.kind != "other_placeholder" else None
    return _remark(argument, name, around, match)


def _citation(around: Surroundings, argument: str, start: int) -> Verdict | None:
    keys = [key.strip() for key in argument.split(",")]
    if any("#" in key for key in keys) or "\\" in argument:
        return None
    lex = around.lexicon(start, start)
    if all(is_empty(key, lex) for key in keys) or any(is_unfinished(key) for key in keys):
        return CERTAIN
    if any(is_empty(key, lex) for key in keys[:-1]):
        return CERTAIN
    if _YEAR_ALONE.fullmatch(argument.strip()) or (" " in argument.strip() and "," not in argument):
        return LIKELY
    return None


def _remark(argument: str, name: str, around: Surroundings, match: re.Match[str]) -> Verdict | None:
    r"""Judge the author's own command for remarks: ``\anna{Please cite this.}``."""
    if _OF_TEXT.match(name) or not 3 < len(argument) <= 120 or not is_telling(argument):
        return None
    if around.document.format != "latex" or "\\" in argument:
        return None
    found = judge(argument, "paren", around.lexicon(match.start(), match.end()))
    asks = re.match(
        r"(?i)\W*(?:please|add|insert|find|need|cite|missing|reference|ref|source)\b", argument
    )
    sure = found is not None and found.kind == "citation_marker" and found.certainty != "maybe"
    return LIKELY if sure and asks else None


def _plain(argument: str) -> str:
    return re.sub(r"\\[A-Za-z]+\*?|[{}~]", " ", argument).strip()


# --- colours ----------------------------------------------------------------------------------------

_COLOURED = re.compile(
    rf"\\(?:textcolor|colorbox)(?:\[\w+\])?\{{[^{{}}]{{1,40}}\}}{_ARGUMENT}"
    r"|\{\\color\{[^{}]{1,40}\}(?P<c>[^{}]{1,300})\}"
    rf"|\\(?:red|hl|blue|alert){_ARGUMENT.replace('arg', 'h')}"
)
_REFERENCES_TO = re.compile(
    r"(?i)(?:references?|refs?|citations?|sources?)\s+(?:to|for|on|about)\b"
)


def _coloured(around: Surroundings) -> Iterator[Hit]:
    """Yield text set in a colour or highlighted that is a note to oneself."""
    text = around.document.text
    if not any(mark in text for mark in ("color", "\\hl", "\\red", "\\blue", "\\alert")):
        return
    for match in _COLOURED.finditer(text):
        argument = match["arg"] or match["c"] or match["h"]
        if not argument or around.is_inert(*match.span()):
            continue
        inner = _plain(argument).strip()
        boxed = re.fullmatch(r"[\[(](.+)[\])]", inner, re.DOTALL)
        found = judge(boxed[1] if boxed else inner, "bracket", around.lexicon(*match.span()))
        if found is None and _REFERENCES_TO.match(inner):
            found = LIKELY
        if found is not None and found.kind != "other_placeholder":
            yield match.start(), match.end(), found


# --- the author's own macros ------------------------------------------------------------------------

_DEFINE = re.compile(
    r"\\(?:newcommand|renewcommand|providecommand|def|DeclareRobustCommand|newrobustcmd)\*?[ \t]*\{?\\(?P<macro>[A-Za-z@]+)\}?"
    rf"(?P<n>(?:\[[^\[\]]{{0,80}}\]|#\d){{0,3}})[ \t]*{_ARGUMENT}"
)
_COLOUR = re.compile(r"\\(?:textcolor|color)(?:\[\w+\])?\{[^{}]*\}")
_PRINTED = re.compile(r"[\[(]*\s*(?P<s>[^\[\]()]*?)\s*[\])]*[.?!]*")


def _learnt(around: Surroundings) -> tuple[dict[str, bool], Sequence[tuple[int, int]]]:
    """Return the macros that print a marker, whether they take an argument, and all definitions."""
    text = around.document.text
    lex = around.lexicon(0, 0)
    own: dict[str, bool] = {}
    places: list[tuple[int, int]] = []
    if "\\def" not in text and "command" not in text:
        return own, places
    for match in _DEFINE.finditer(text):
        places.append(match.span())
        body = match["arg"]
        takes = "#1" in body or bool(match["n"])
        printed = _PRINTED.fullmatch(re.sub(r"#\d", "", _plain(_COLOUR.sub(" ", body))).strip())
        if printed is None or not printed["s"] or match["macro"] in {"cite", "citep", "citet"}:
            continue
        boxed = "[" in body or "color" in body
        if fold(printed["s"]) in lex.heading or (_OF_TEXT.match(match["macro"]) and not boxed):
            continue
        if takes and printed["s"].endswith(":") and not boxed:
            continue  # a line that names a source: "Source: #1"
        if takes and re.match(r"(?i)\W*(?:todo|note|fixme|comment)\b", printed["s"]):
            continue
        verdict = judge(printed["s"].strip(" :"), "bracket", around.lexicon(*match.span()))
        if verdict and verdict.kind == "citation_marker":
            own[match["macro"]] = takes
    return own, places
