"""RC204 template-reference: a citation or reference made of a template's fields.

Finds     `(Author, Year)`, `(XXX et al., 20XX)`, `Author, A. A. (Year). Title of article. Journal.`,
          `[Author Names], "…", Journal/Conference, Year.`
Matters   The fields were never filled in.
Example   This was shown before (Author, Year).
Limits    Style guides, prompts and format rules that explain the form are left alone where they say so or
          set it in code marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from refcheck.finders.placeholders import placed
from refcheck.finders.surroundings import of
from refcheck.model import Certainty, Document, Finder, Placeholder

_AUTHOR = r"(?:[Aa]uthor(?:s|\(s\))?(?:[ _]?(?:[Nn]ames?|[Ll]ast[ _]?[Nn]ames?))?|AUTHORS?|[Ss]urname|[Ll]ast ?[Nn]ame|X{2,4}|[Nn]ame|NAME|[Aa]uteurs?|[Aa]utore?s?|[Aa]utor(?:in|en|es)?|Nachname|Apellidos?|Sobrenome|Cognome|Автор|作者|著者|저자|Penulis|Yazar|Auteur)(?:[ _]?[A-C1-3])?"
_YEAR = r"(?:[Yy]ear|YEAR|[Yy]{4}|20[Xx]{2}|19[Xx]{2}|[Xx]{4}|20__|[Aa]nnée|[Aa]ño|[Jj]ahr|[Aa]no|[Aa]nno|[Jj]aar|[Rr]ok|[Гг]од|年份|年|연도|[Tt]ahun|[Yy]ıl|[Åå]r)"
_CITATION = re.compile(
    rf"[(\[（]\s*(?P<first>{_AUTHOR}(?:\s*(?:&|and|und|et|y|e)\s*{_AUTHOR})?(?:\s+et\s+al\.?)?)\s*\??\s*[,，]?\s+?(?P<year>{_YEAR})\??(?:\s*[,;:]\s*(?:pp?\.?\s*[#xX?]+|[Pp]age))?\s*[)\]）]"
    rf"|[（(](?P<z>作者|著者|저자)\s*(?:等)?\s*[,，]\s*(?P<zy>年份?|연도|20XX)[)）]"
)
_FIELD = r"(?:\[|<|\{)?\b(?:Author(?:s|\(s\))?(?: [Nn]ames?)?|AUTHORS?|Title(?: of (?:the )?(?:article|paper|book|work|report))?|TITLE|Journal(?: [Nn]ame| [Tt]itle)?|JOURNAL|Publisher|PUBLISHER|Year|YEAR|YYYY|Volume|Issue|Pages?|DOI|URL|Conference|Venue|Book [Tt]itle|Titel|Zeitschrift|Jahr|Verlag|Titre|Revue|Année|Título|Revista|Año|Titolo|Rivista|Anno|作者|标题|題名|期刊|年份|出版社|著者|雑誌名|出版年)\b(?:\]|>|\})?"
_LINE = re.compile(
    rf"^[ \t>]*(?:[-*+]\s+|\d+[.)]\s+|\[\d+\]\s*)?(?P<ref>(?:{_FIELD.replace('|Title', '|Last(?:name)?|Surname|Title', 1)}|Author, A\. ?A?\.?)[^\r\n]{{3,300}})$",
    re.MULTILINE,
)
_FIELDS = re.compile(_FIELD)
_EXPLAINS = re.compile(
    r"(?i)\b(?:format(?:ted)?|style|form of|pattern|template|example|e\.g\.|such as|like|syntax|use|using|convention|guide|must|should|apa|mla|chicago|citations? as|cite as|in-text|prompt|rule|remove|regex|structure|following)\b"
)
_CHEAP = (
    "Author",
    "AUTHOR",
    "author",
    "XX",
    "Auteur",
    "Autor",
    "Autore",
    "作者",
    "著者",
    "저자",
    "urname",
    "ast name",
    "YYYY",
    "Name,",
    "NAME",
    "Nachname",
    "Автор",
    "Penulis",
    "Yazar",
)


_STYLES = re.compile(
    r"\b(?:APA|MLA|Chicago|Harvard|Vancouver|IEEE|[Cc]itation style|[Ff]ormat[os]?\b|[Ee]stilo|[Ss]tyle guide)"
)
_FIELD_WORDS = (
    "Year",
    "YEAR",
    "YYYY",
    "Title",
    "TITLE",
    "Journal",
    "Publisher",
    "Titel",
    "Titre",
    "Título",
    "Titolo",
    "标题",
    "年份",
    "題名",
    "出版",
)


def find(document: Document) -> Sequence[Placeholder]:
    """Return template citations and references."""
    text = document.text
    if not any(word in text for word in _CHEAP):
        return ()
    around = of(document)
    found = []
    for match in _CITATION.finditer(text):
        start, end = match.span()
        if around.is_inert(start, end):
            continue
        first, year = match["first"] or match["z"], match["year"] or match["zy"]
        if re.fullmatch(r"(?i)name", first) and not re.search(r"(?i)x{2}|y", year):
            continue
        low, _ = around.sentence(start, end)
        explained = _EXPLAINS.search(text[max(low - 80, 0) : start]) or _STYLES.search(
            text, max(0, start - 400), end + 120
        )
        certainty: Certainty = "maybe" if explained else "likely"
        if text[start - 1 : start] in {'"', "'", "`", "“"}:
            certainty = "maybe"
        found.append(placed(document, FINDER, start, end, certainty))
    lined = sum(word in text for word in _FIELD_WORDS) >= 2
    for match in _LINE.finditer(text) if lined else ():
        start, end = match.span("ref")
        reference = match["ref"]
        fields = {m[0].strip("[]<>{}").lower() for m in _FIELDS.finditer(reference)}
        bracketed = len(
            re.findall(
                r"[\[<{](?:Author|Title|Year|Journal|Publisher|URL|DOI|Volume|Pages)", reference
            )
        )
        punctuated = re.search(
            r"[(\[]?(?:Year|YEAR|YYYY|年份)[)\]]?[.,:]|\(Year\)|, Year", reference
        )
        if (
            len(fields) < 3
            or not (punctuated or bracketed >= 3)
            or "|" in reference
            or "=" in reference
        ):
            continue
        asked = around.after_request(start) or around.in_list(start)
        if around.is_inert(start, end) and not (asked and _in_text_fence(text, start)):
            continue
        while text[end - 1] in " \t":
            end -= 1
        explained = _EXPLAINS.search(text[max(0, start - 100) : start])
        found.append(
            placed(
                document,
                FINDER,
                start,
                end,
                "likely" if asked and not explained else "maybe",
                "reference",
            )
        )
    for match in _BLOCK.finditer(text):
        start, end = match.span("ref")
        if len(
            {m[0].strip("[]<>{}").lower() for m in _FIELDS.finditer(match["ref"])}
        ) >= 3 and around.after_request(start):
            found.append(placed(document, FINDER, start, end, "likely", "reference"))
    return found


_BLOCK = re.compile(r"```(?:text|txt|plain)?[ \t]*\r?\n(?P<ref>[^`@]{10,500}?)[ \t]*\r?\n```")


def _in_text_fence(text: str, start: int) -> bool:
    fence = text.rfind("```", 0, start)
    return fence >= 0 and bool(re.match(r"```(?:text|txt|plain)?\s*\n", text[fence : fence + 20]))


FINDER = Finder("RC204", "template-reference", "template_reference", find)
