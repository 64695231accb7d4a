"""Markers in capitals without a box: `CITATION NEEDED`, `LINK TK`, `CITE???`, `(CITEMEospree)`.

Also words at a sentence's end that say that the source is missing ("— link missing"), and what is
set between doubled signs (`>> cite Walker <<`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.finders.gaps.boxes import is_telling
from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.verdict import Hit, Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.finders.words import any_of
from refcheck.text import fold

_MARKS = (
    "CIT", "REF", "SOURCE", "LINK", "URL", "FUENTE", "FONTE", "QUELLE", "BELEG", "ZDROJ", "KAYNAK", "ИСТОЧ", "ССЫЛ", "BRON", "LIEN", "ДЖЕРЕЛ",
    "ENLACE", "KÄLLA", "ŹRÓD", "SUMBER",
)  # fmt: skip
CITATION = Verdict("citation_marker", "likely")
LINK = Verdict("link_placeholder", "likely")


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield markers that stand out by their letters alone."""
    if any(mark in around.shouts for mark in _MARKS):
        yield from _runs(around)
        yield from _glued(around)
    yield from _trailing(around)
    yield from _between_signs(around)


# --- capitals ---------------------------------------------------------------------------------------

_UPPER = "A-ZÀ-ÖØ-ÞА-ЯĄĆĘŁŃÓŚŹŻČĎĚŇŘŠŤŮŽ"
_RUN = re.compile(
    rf"[{_UPPER}](?<![\w\\\[(\"'`“/@.&-].)(?<!\{{\{{.)[{_UPPER}]+(?:[ ][{_UPPER}&]{{1,}}(?![a-zà-ÿа-я])){{0,6}}[?!]*(?![\w\"'`”/({{-])(?!\}}\}})"
)
_ALWAYS = re.compile(r"(?:CITE|REF|CITATION|SOURCE|CITEME|LINK)[?!]+|CITEME|CITE ME|CITETHIS|REFHERE|CITEHERE|TODOCITE|NEEDCITE|NEEDSCITATION|XXX CITE XXX")  # fmt: skip
_LONE = re.compile(
    r"LINK|CITE|CITATIONS?|REFS?|REFERENCES?|CITE ME|LINK HERE|QUELLE|FUENTE|FONTE|BRON|ZDROJ|ИСТОЧНИК|ССЫЛКА"
)
_BEFORE_LONE = re.compile(r"(?:[:→>—–(]|\bhere|\bsee|[a-z,])[ \t]+\**$|\*\*$")
_AFTER_LONE = re.compile(r"\**(?:[.,;)](?!\w)|[ \t]*$)", re.MULTILINE)


def _runs(around: Surroundings) -> Iterator[Hit]:
    text = around.document.text
    for match in _RUN.finditer(text):
        run = match[0]
        if not any(mark in run for mark in _MARKS):
            continue
        start, end = match.span()
        if around.is_inert(start, end):
            continue
        low, high = around.line(start)
        rest = text[low:start] + text[end:high]
        if rest.upper() == rest and re.search(r"[A-Z]{3}", rest):
            continue  # all of the line is in capitals: a heading
        if not rest.strip(" -*_.:") and around.document.format == "bibtex":
            continue
        verdict = _shouted(around, run, start, end)
        if verdict is not None:
            yield start, end, verdict


def _shouted(around: Surroundings, run: str, start: int, end: int) -> Verdict | None:
    text = around.document.text
    if _ALWAYS.fullmatch(run):
        return LINK if run.startswith("LINK") else CITATION
    bold = text[start - 2 : start] == "**" and text[end : end + 2] == "**"
    if _LONE.fullmatch(run):
        at_end = _BEFORE_LONE.search(text[max(0, start - 8) : start]) and _AFTER_LONE.match(
            text, end
        )
        among = run in {"CITE", "CITATION"} and _in_words(text, start, end)
        boxed = (
            text[start - 1 : start] == "{" and text[end : end + 1] == "}" and _dressed(text, start)
        )
        sure = ((at_end or among) and len(run) < 9) or bold or boxed
        return (LINK if run.startswith(("LINK", "URL")) else CITATION) if sure else None
    if " " not in run:
        return None
    verdict = judge(run.rstrip("?!"), "line", around.lexicon(start, end))
    if verdict is None or verdict.kind == "other_placeholder":
        return None
    if verdict.kind == "link_placeholder":
        low, high = around.line(start)
        if re.search(r"(?i)\b(?:demo|video|repo|code|dashboard)", text[low:high]):
            return None
    return Verdict(verdict.kind, "likely")


def _dressed(text: str, start: int) -> bool:
    """Tell whether a command that only sets off its text stands before a brace."""
    return (
        re.search(r"\\(?:textbf|emph|textit|textsc|underline)\{$", text[max(0, start - 14) : start])
        is not None
    )


def _in_words(text: str, start: int, end: int) -> bool:
    """Tell whether ordinary words stand at both sides."""
    return re.search(r"[a-z]{2,}[ \t]$", text[max(0, start - 12) : start]) is not None and (
        re.match(r"[ \t][a-z]{1,}", text[end : end + 8]) is not None
    )


# --- run together with a name -----------------------------------------------------------------------

_GLUED = re.compile(
    r"[CR](?<![A-Za-z\\_-][CR])(?:(?:ITEME?|ITATION|EF)(?=[A-Z]?[a-z])[A-Z]?[a-z][\w&.]{2,40}\)?"
    r"|(?<![\w\\][CR])(?:ITE|EF)\?[A-Z]\w{2,30}(?::\d{1,3})?"
    r"|(?<![\w\\][CR])(?:ITE|EF)[-_:][A-Za-z][\w-]{2,40}\]?(?!\())"
)
_GLUED_IN = frozenset({"markdown", "latex", "asciidoc", "org", "rst", "html"})


def _glued(around: Surroundings) -> Iterator[Hit]:
    text = around.document.text
    if around.document.format not in _GLUED_IN:
        return
    for match in _GLUED.finditer(text):
        start, end = match.span()
        closing = text[end - 1]
        opened = text[start - 1 : start] if start else ""
        boxed = (opened == "(" and closing == ")") or (opened == "[" and closing == "]")
        if around.is_inert(start, end) or (
            match[0].startswith("REF") and "?" not in match[0] and not boxed
        ):
            continue
        if boxed:
            start -= 1
        elif closing in ")]":
            end -= 1
        yield start, end, CITATION


# --- at the end of a sentence -----------------------------------------------------------------------

_LINK_WORDS = "link,links,url,urls,hyperlink,lien,liens,enlace,enlaces,odkaz,länk,lenke,ссылка,链接,連結,リンク,링크,tautan,bağlantı"
_CITE_WORDS = (
    "source,sources,citation,citations,ref,refs,reference,references,quelle,beleg,fonte,fuente,bron,zdroj,källa,kilde,lähde,forrás,источник,джерело,出处,"
    "来源,出典,출처,sumber,kaynak,źródło"
)
_MISSING = (
    "missing|needed|tk|tba|tbd|to come|to follow|to be added|coming soon|pending|fehlt|folgt|à venir|à ajouter|manquante?|pendiente|falta|"
    "volgt|ontbreekt|chybí|saknas|mangler|manca|da aggiungere|em breve|待补充?|缺失|menyusul|eklenecek|будет добавлен[аo]?|puuttuu|hiányzik|brakuje|відсутнє"
)
_TRAILING = re.compile(
    rf"[—–:;,.。-](?:(?<!\.)|(?=\s))\s*(?P<s>(?:(?P<l>{any_of(map(list, _LINK_WORDS.split(',')))})|{any_of(map(list, _CITE_WORDS.split(',')))})"
    rf"\s*(?:is |are |noch |noch nicht )?(?:{_MISSING}))(?=\s*(?:[.;,)]|$))",
    re.MULTILINE,
)


def _trailing(around: Surroundings) -> Iterator[Hit]:
    text = around.document.text
    if around.document.format == "bibtex":
        return
    for match in _TRAILING.finditer(around.lower):
        start, end = match.span("s")
        low, high = around.line(start)
        if not around.is_inert(start, end) and not text[low:high].isupper():
            yield start, end, LINK if match["l"] else CITATION


# --- between doubled signs --------------------------------------------------------------------------

_SIGNS = re.compile(
    r"(?P<o>([@><^%!#+~|])\2)(?P<s>[ \t]?[^@<>^%!#+~|\r\n]{3,60}?)(?P<c>@@|<<|>>|\^\^|%%|!!|##|\+\+|~~|\|\||(?=[ \t]*$))",
    re.MULTILINE,
)


def _between_signs(around: Surroundings) -> Iterator[Hit]:
    if around.document.format not in {"markdown", "latex", "plain"}:
        return
    text = around.document.text
    for match in _SIGNS.finditer(text):
        content = match["s"].strip()
        start, end = match.span()
        if not is_telling(content) or around.is_inert(start, end) or (not match["c"] and match["o"] != "@@"):  # fmt: skip
            continue
        verdict = judge(content, "paren", around.lexicon(start, end))
        if (
            verdict is not None
            and verdict.kind == "citation_marker"
            and fold(content)[:1].isalpha()
        ):
            yield start, end, CITATION
