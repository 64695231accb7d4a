r"""LaTeX: sections, items, bibliographies; with the .bib files and parts that a document names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from refcheck.documents.form import Format, bibliography_of
from refcheck.documents.layout import LINE, Layout, block, merged, read_text
from refcheck.documents.patching import patch_text
from refcheck.model import Block, Citing, Document, KeyForm, Link, Span

_BRACED = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}+\}){0,600}+)\}"
_HEADING = re.compile(rf"[ \t]*\\(part|chapter|section|subsection|subsubsection|paragraph|title)\*?(?:\[[^\[\]]{{0,200}}\])?{_BRACED}")  # fmt: skip
_LEVELS = {"title": 1, "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}  # fmt: skip
_ITEM = re.compile(
    r"[ \t]*\\(?:item|bibitem)(?![A-Za-z])[ \t]*(?:\[[^\[\]]{0,200}\])?(?:\{[^{}]{0,200}\})?[ \t]*"
)
_LIST = re.compile(r"[ \t]*\\begin\{(thebibliography)\}")
_VERBATIM = re.compile(
    r"\\begin\{(verbatim\*?|lstlisting|minted|Verbatim|alltt|comment|filecontents\*?|tikzpicture)\}"
)
_MATHS = re.compile(
    r"\\begin\{((?:equation|align|gather|multline|eqnarray|displaymath|math|flalign|alignat)\*?)\}"
)
_VERB = re.compile(r"\\(?:verb|lstinline)\*?([^\sA-Za-z*{])[^\r\n]*?\1")
_DOLLARS = re.compile(
    r"(?<!\\)\$\$?[^$]{1,600}?(?<!\\)\$\$?|\\\((?:[^\\]|\\(?!\))){0,600}+\\\)|\\\[(?:[^\\]|\\(?!\])){0,2000}+\\\]"
)
_DEFINITION = re.compile(
    rf"\\(?:newcommand|renewcommand|providecommand|DeclareRobustCommand|newenvironment|def|let)\*?[ \t]*\{{?\\?[A-Za-z@]+\}}?(?:\[[^\[\]]{{0,80}}\]|#\d){{0,3}}[ \t]*{_BRACED}"
)
_HREF = re.compile(rf"\\href[ \t]*\{{([^{{}}]{{0,2000}})\}}[ \t]*{_BRACED}")
_URL = re.compile(r"\\url[ \t]*\{([^{}]{0,2000})\}")
_BIB = re.compile(rb"\\(?:bibliography|addbibresource|addglobalbib)(?:\[[^\[\]]*\])?\{([^{}]+)\}")
_INPUT = re.compile(rb"(?<![%\w])\\(?:input|include|subfile)\{([^{}]+)\}")


def needs(data: bytes) -> tuple[str, ...]:
    """Name the bibliographies and parts of a document."""
    found: list[str] = []
    for match in _BIB.finditer(data):
        names = match[1].decode("utf-8", "replace").split(",")
        found.extend(f"{name.strip().removesuffix('.bib')}.bib" for name in names)
    for match in _INPUT.finditer(data):
        name = match[1].decode("utf-8", "replace").strip()
        found.append(name if "." in name.rsplit("/", 1)[-1] else f"{name}.tex")
    return tuple(dict.fromkeys(found))


def scan(text: str) -> Layout:
    """Tell blocks, verbatim parts and mathematics, and links of a LaTeX text."""
    inert = _environments(text, _VERBATIM) + _environments(text, _MATHS)
    if "\\verb" in text or "\\lstinline" in text:
        inert += [match.span() for match in _VERB.finditer(text)]
    if "$" in text or "\\(" in text or "\\[" in text:
        inert += [match.span() for match in _DOLLARS.finditer(text)]
    if "\\newcommand" in text or "\\def" in text or "command" in text:
        inert += [match.span() for match in _DEFINITION.finditer(text)]
    links = [
        Link(Span(*m.span()), Span(*m.span(2)), Span(*m.span(1))) for m in _HREF.finditer(text)
    ] + [Link(Span(*m.span()), Span(m.end(), m.end()), Span(*m.span(1))) for m in _URL.finditer(text)]  # fmt: skip
    return Layout(_blocks(text), merged(inert), tuple(sorted(links, key=lambda link: link.span)))


def _environments(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    while match := pattern.search(text, at):
        end = text.find(f"\\end{{{match[1]}}}", match.end())
        at = end if end >= 0 else match.end()
        if end >= 0:
            found.append((match.start(), end))
    return found


def _blocks(text: str) -> tuple[Block, ...]:
    out: list[Block] = []
    current: tuple[str, int, int] | None = None

    def close(end: int) -> None:
        nonlocal current
        if current is not None:
            kind, start, inner = current
            while end > inner and text[end - 1] in " \t\r\n":
                end -= 1
            out.append(block(kind, start, end, inner, 1 if kind == "list_item" else 0))
            current = None

    skip_to = 0
    for line in LINE.finditer(text):
        start, end = line.span()
        if start < skip_to:
            continue
        body = line[0].strip()
        if not body:
            close(start)
            continue
        if body[0] == "\\":
            if heading := _HEADING.match(text, start, min(len(text), start + 2000)):
                close(start)
                out.append(block("heading", start, heading.end(2), heading.start(2), _LEVELS[heading[1]]))  # fmt: skip
                skip_to = max(end, heading.end())
                continue
            if listed := _LIST.match(text, start, end):
                close(start)
                out.append(Block("heading", Span(start, listed.end()), Span(*listed.span(1)), 2))
                continue
            if item := _ITEM.match(text, start, end):
                close(start)
                current = ("list_item", start, item.end())
                continue
            if re.match(r"\\(?:begin|end)\{", body):
                close(start)
                continue
        if current is None:
            current = ("paragraph", start, start + len(line[0]) - len(line[0].lstrip()))
    close(len(text))
    return tuple(out)


def read(files: Mapping[str, bytes], name: str) -> Document:
    """Read a LaTeX document."""
    return read_text(files, name, "latex", scan)


_CITES = re.compile(r"\\(citep|parencite|autocite|cite|citet|textcite)\*?[ \t]*[\[{]")


def citing(document: Document) -> Citing:
    """Say which command cites in brackets and which in the sentence: the commonest ones count."""
    used = Counter(match[1] for match in _CITES.finditer(document.text))
    bracketed = _commonest(used, ("cite", "citep", "parencite", "autocite"))
    beside = {"citep": "citet", "parencite": "textcite", "autocite": "textcite"}
    narrative = _commonest(used, (beside.get(bracketed, bracketed), "citet", "textcite"))
    return Citing(
        KeyForm(f"\\{bracketed}{{", "", ",", "}"),
        KeyForm(f"\\{narrative}{{", "", ",", "}"),
        bibliography_of(document),
    )


def _commonest(used: Counter[str], commands: tuple[str, ...]) -> str:
    return max(commands, key=lambda command: used[command])


FORMAT = Format(
    suffixes=(".tex", ".latex", ".ltx"),
    read=read,
    patch=patch_text,
    needs=needs,
    citing=citing,
    title="LaTeX",
)
