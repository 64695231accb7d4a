r"""Commands and templates with nothing in them: ``\cite{TODO}``, ``\todo{cite …}``, ``{{fact}}``.

Authors make their own: a macro that prints a marker is learnt from its definition, and its uses are
gaps; the definition is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.finders.judge import Verdict, judge
from refcheck.finders.surroundings import Surroundings
from refcheck.text import fold

_ARGUMENT = r"\{(?P<arg>(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}+\}){0,600}+)\}"
_COMMAND = re.compile(
    rf"\\(?P<name>[A-Za-z@]+)\*?(?P<opt>(?:[ \t]*\[[^\[\]]{{0,200}}\]){{0,2}})(?:(?=(?P<all>[ \t]*{_ARGUMENT})))?"
)
_CITE = re.compile(
    r"(?i)(?:[a-z]*cite[a-z]*|autocites?|footfullcite|nocite|citenp?|citeA|citeNP?)$"
)
_NOTE = re.compile(r"(?i)(?:todo\w*|fixme|fxnote\w*|fxwarning|fxerror|fxfatal|note|mynote|comment|marginnote|marginpar|missingcite|xxx|needcite|annot|tbd)$")  # fmt: skip
_TASK = re.compile(r"(?i)(?:todo\w*|fixme|fx\w+|missingcite|xxx|needcite|tbd)$")
_BARE = re.compile(r"(?i)(?:cit|needs?cit\w*|cit\w*needed|needs?ref\w*|needscite|missingcit\w*|missingref|addcit\w*|addref|tocite|todocite|citeme|citehere|refneeded|unsourced|citationneeded|citneeded|todoref|reftodo|citetodo|needcitation|sourceneeded)$")  # fmt: skip
_DRESS = re.compile(r"(?i)(?:textcolor|color|colorbox|textbf|textit|emph|hl|red|blue|highlight|underline|textsuperscript|textsc|texttt|mbox|uline)$")  # fmt: skip
_LINK = re.compile(r"(?i)(?:url|href|path|nolinkurl)$")
_KEY_EMPTY = re.compile(
    r"(?i)[\s?]*|\W*(?:x{2,}|\?+|todo|tbd|tba|fixme|tk|missing|needed|placeholder|ref|refs|reference|references|citation|cite|key|citekey|something|somewhere|someone|somebody|paper|source|need(?:s|ed)?|add|insert|here|blank|empty|unknown|none|n/?a|\.\.\.|…|-+|_+|\*+)\W*\d?"
)
_KEY_PART = re.compile(
    r"(?i)^(?:todo|tbd|fixme|xxx+|placeholder|missing|needs?|add|insert|findme|needcite|citationneeded)(?=$|[^a-z])|[^a-z](?:todo|fixme|tbd|citationneeded|placeholder)$|^\?{2,}|\?{2,}$|^(?:citation|cite|ref|reference|source)[ _-]*(?:needed|here|missing|todo|me|x+)"
)
_DEFINE = re.compile(
    rf"\\(?:newcommand|renewcommand|providecommand|def|DeclareRobustCommand|newrobustcmd)\*?[ \t]*\{{?\\(?P<macro>[A-Za-z@]+)\}}?(?P<n>(?:\[[^\[\]]{{0,80}}\]|#\d){{0,3}})[ \t]*{_ARGUMENT}"
)
_TEMPLATE = re.compile(
    r"(?<!\{)\{\{(?P<s>[^{}|\r\n]{1,80})(?P<rest>\|(?:[^{}]|\{\{[^{}]{0,200}\}\}){0,400}+)?\}\}"
)
_TEMPLATES = frozenset(
    fold(name)
    for name in (
        "citation needed,cite,cn,fact,cite needed,citation-needed,source needed,needs citation,refneeded,ref needed,cita requerida,cita,cr,demostrar,"
        "référence nécessaire,refnec,réf nécessaire,référence souhaitée,refsou,source,sources,à sourcer,source à préciser,référence à confirmer,"
        "beleg,belege,belege fehlen,quelle,quellen fehlen,nachweis,carece de fontes,carece de fonte,fonte,referência necessária,citação necessária,"
        "citazione necessaria,senza fonte,cn,s,bron?,bron,fact?,bron gewenst,feit,fakt,potrzebny przypis,przypis,źródło,нет аи,источник?,аи,факт,"
        "нет источника,источник,джерело,джерело?,zdroj,zdroj?,doplňte zdroj,fakta|date,källa behövs,källa,kb,kilde mangler,kilde,tr,referanse,kaynak belirt,kaynak,olgu,"
        "butuh rujukan,fact,cn,citation requise,來源請求,来源请求,fact2,facts,source request,要出典,要出典範囲,要検証,출처,출처 필요,출처필요,مصدر,بحاجة لمصدر,"
        "dubious,verification needed,failed verification,page needed,unreferenced,unreferenced section,refimprove,more citations needed,citations needed,"
        "no sources,uncited,unsourced,reference needed,by whom,who,according to whom,better source,better source needed,"
        "cần chú thích,cần dẫn nguồn,lähde,lähde?,forrás,forrás?,citare necesară,necesită citare"
    ).split(",")
)
_NEUTRAL = frozenset(("who", "by whom", "according to whom", "dubious", "s", "tr", "cr", "page needed", "source", "sources", "fonte", "quelle", "zdroj", "cita", "kilde", "bron", "kaynak", "beleg"))  # fmt: skip
_TYPST = re.compile(r"#(?P<name>[A-Za-z][\w-]*)(?:\((?P<p>[^()]{0,300})\))?(?:\[(?P<b>(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,400}+)\])?")  # fmt: skip
_TYPST_DEFINE = re.compile(r"#let[ \t]+(?P<macro>[A-Za-z][\w-]*)(?:\([^()]{0,80}\))?[ \t]*=[ \t]*(?P<body>[^\r\n]{0,300})")  # fmt: skip
_PANDOC = re.compile(r"\[(?P<s>-?@[^\[\]\r\n]{0,200})\]")
_PANDOC_BARE = re.compile(r"@(?:[?]{2,}|TODO\b|CITE\b|REF\b|XXX+\b)")


Hit = tuple[int, int, Verdict]


def latex(around: Surroundings) -> Iterator[Hit]:
    """Yield commands that are gaps, in LaTeX and wherever else its commands are used."""
    document = around.document
    text = document.text
    if "\\" not in text:
        return
    own, defined = _learnt(around)
    for match in _COMMAND.finditer(text):
        start, end = match.span()
        name = match["name"]
        if _in_any(start, defined) or (document.format != "latex" and around.is_inert(start, end)):
            continue
        if (
            document.format == "latex"
            and around.is_inert(start, start + 1)
            and not _NOTE.match(name)
        ):
            continue
        verdict = _command(around, match, name, own)
        if verdict is not None:
            yield start, _command_end(match, name, own), verdict


def _command_end(match: re.Match[str], name: str, own: dict[str, bool]) -> int:
    if (name in own and not own[name]) or match["arg"] is None:
        return match.end("name")
    return match.end("all")


def _command(
    around: Surroundings, match: re.Match[str], name: str, own: dict[str, bool]
) -> Verdict | None:
    argument = match["arg"]
    start, end = match.start(), _command_end(match, name, own)
    lex = around.lexicon(start, end)
    if name in own:
        return Verdict("citation_marker", "certain")
    if argument is None:
        return Verdict("citation_marker", "certain") if _BARE.match(name) else None
    if _BARE.match(name) and name.lower() != "cit":
        return Verdict("citation_marker", "certain")
    if _CITE.match(name) and not name.lower().startswith(("bibcite", "citestyle", "defcite", "newcite", "setcite", "citereset", "ifcite", "forcsvciteeach")):  # fmt: skip
        keys = [key.strip() for key in argument.split(",")]
        if any("#" in key for key in keys) or "\\" in argument:
            return None
        if all(_KEY_EMPTY.fullmatch(key) for key in keys):
            return Verdict("citation_marker", "certain")
        if any(_KEY_PART.search(key) for key in keys) or any(
            _KEY_EMPTY.fullmatch(k) for k in keys[:-1]
        ):
            return Verdict("citation_marker", "certain")
        if re.fullmatch(r"(?:19|20)\d\d[a-z]?", argument.strip()):
            return Verdict("citation_marker", "likely")
        if " " in argument.strip() and "," not in argument:
            return Verdict("citation_marker", "likely")
        return None
    if _LINK.match(name):
        target = argument.strip()
        if not target or _target_empty(target):
            return Verdict("link_placeholder", "certain")
        verdict = judge(target, "target", lex) if not re.search(r"[/.:]", target) else None
        return Verdict("link_placeholder", verdict.certainty) if verdict else None
    if _NOTE.match(name):
        inner = _plain(argument)
        if not inner:
            return None
        found = judge(inner, "todo" if _TASK.match(name) else "paren", lex)
        if found and found.kind == "link_placeholder" and "cit" in inner.lower():
            return Verdict("citation_marker", found.certainty)
        return found
    if name in {"footnote", "footnotetext", "sidenote", "endnote"}:
        inner = _plain(argument)
        if re.fullmatch(r"(?i)\W*(?:todo|tbd|xxx+|\?+|fixme|tk)?\W*", inner):
            return Verdict("citation_marker", "certain")
        brief = len(inner.split()) <= 8 and not re.search(r"[\\\[(]", argument)
        found = judge(inner, "bracket", lex) if brief else None
        return found if found and found.kind != "other_placeholder" else None
    if _DRESS.match(name):
        rest = around.document.text[end : end + 600]
        second = re.match(_ARGUMENT, rest) if name.endswith(("color", "colorbox")) else None
        if second:
            return None  # told by the one that sees both arguments
        inner = _plain(argument).strip()
        if re.fullmatch(r"[\[(][^\[\]()]+[\])]", inner):
            return None  # its bracket is found by itself
    return None


_COLOURED = re.compile(rf"\\(?:textcolor|colorbox)(?:\[\w+\])?\{{[^{{}}]{{1,40}}\}}{_ARGUMENT}|\{{\\color\{{[^{{}}]{{1,40}}\}}(?P<c>[^{{}}]{{1,300}})\}}|\\(?:red|hl|blue){_ARGUMENT.replace('arg', 'h')}")  # fmt: skip


def coloured(around: Surroundings) -> Iterator[Hit]:
    """Yield text set in a colour or highlighted that is a note to oneself."""
    text = around.document.text
    if "color" not in text and "\\hl" not in text and "\\red" not in text:
        return
    for match in _COLOURED.finditer(text):
        argument = match["arg"] or match["c"] or match["h"]
        if not argument or around.is_inert(*match.span()):
            continue
        inner = _plain(argument).strip()
        lex = around.lexicon(*match.span())
        bracketed = re.fullmatch(r"[\[(](.+)[\])]", inner, re.DOTALL)
        found = judge(bracketed[1] if bracketed else inner, "bracket", lex)
        if found is None and re.match(
            r"(?i)(?:references?|refs?|citations?|sources?)\s+(?:to|for|on|about)\b", inner
        ):
            found = Verdict("citation_marker", "likely")
        if found is not None and found.kind != "other_placeholder":
            yield match.start(), match.end(), found


def _plain(argument: str) -> str:
    return re.sub(r"\\[A-Za-z]+\*?|[{}~]", " ", argument).strip()


def _target_empty(target: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?i)(?:https?://)?(?:[?#]|\.{3,}|…|x{3,}|todo\w*|tbd|tba|fixme|url|link|placeholder|insert\W?\w*|add\W?(?:link|url)\w*|your\W?(?:link|url)\w*|link\W?here|_+|-+)/?",
            target.strip("<> "),
        )
        or re.fullmatch(r"(?i)https?:/*", target)
    )


target_empty = _target_empty


def _learnt(around: Surroundings) -> tuple[dict[str, bool], list[tuple[int, int]]]:
    """Return the macros that print a marker (and whether they take an argument), and all definitions."""
    text = around.document.text
    own: dict[str, bool] = {}
    places: list[tuple[int, int]] = []
    if "\\newcommand" not in text and "\\def" not in text and "command" not in text:
        return own, places
    for match in _DEFINE.finditer(text):
        places.append(match.span())
        body = match["arg"]
        printed = _plain(re.sub(r"\\(?:textcolor|color)(?:\[\w+\])?\{[^{}]*\}", " ", body)).strip()
        takes = "#1" in body or bool(match["n"])
        inner = re.fullmatch(
            r"[\[(]*\s*(?P<s>[^\[\]()]*?)\s*[\])]*[.?!]*", re.sub(r"#\d", "", printed)
        )
        if inner is None or not inner["s"]:
            continue
        if re.match(r"(?i)\W*(?:todo|note|fixme|comment)\b", inner["s"]) and takes:
            continue
        verdict = judge(inner["s"], "bracket", around.lexicon(*match.span()))
        if (
            verdict
            and verdict.kind == "citation_marker"
            and match["macro"] not in {"cite", "citep", "citet"}
        ):
            own[match["macro"]] = takes
    return own, places


def _in_any(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def templates(around: Surroundings) -> Iterator[Hit]:
    """Yield wiki templates that ask for a source."""
    text = around.document.text
    if "{{" not in text:
        return
    wiki = around.document.format == "wikitext"
    for match in _TEMPLATE.finditer(text):
        name = fold(match["s"]).strip().removeprefix("template:").strip()
        if name == "cite" and match["rest"]:
            continue
        if name in _TEMPLATES and not around.is_inert(*match.span()):
            sure = wiki or name not in _NEUTRAL
            yield (
                match.start(),
                match.end(),
                Verdict("citation_marker", "certain" if sure else "maybe"),
            )


def typst(around: Surroundings) -> Iterator[Hit]:
    """Yield Typst calls that are gaps: ``#todo[cite …]``, ``#citationneeded[]``, ``#cite(<TODO>)``."""
    if around.document.format not in {"typst", "plain"} or "#" not in around.document.text:
        return
    text = around.document.text
    own, places = set(), []
    for match in _TYPST_DEFINE.finditer(text):
        places.append(match.span())
        inner = re.search(r"\[([^\[\]]{2,80})\]", match["body"])
        verdict = judge(inner[1], "bracket", around.lexicon(*match.span())) if inner else None
        if verdict and verdict.kind == "citation_marker":
            own.add(match["macro"])
    for match in _TYPST.finditer(text):
        name = match["name"]
        if _in_any(match.start(), places) or around.is_inert(*match.span()):
            continue
        body = match["b"] or match["p"] or ""
        lex = around.lexicon(*match.span())
        if name in own or (_BARE.match(name.replace("-", "")) and (match["b"] is not None or match["p"] is not None)):  # fmt: skip
            yield match.start(), match.end(), Verdict("citation_marker", "certain")
        elif name == "cite" and match["p"] is not None:
            key = match["p"].strip(" <>\"'").removeprefix("label(")
            if _KEY_EMPTY.fullmatch(key) or _KEY_PART.search(key):
                yield match.start(), match.end(), Verdict("citation_marker", "certain")
        elif (
            re.match(r"(?i)todo|issue|fixme|note|comment|inline-note|margin-note|highlight", name)
            and body
        ):
            task = re.match(r"(?i)todo|issue|fixme", name)
            verdict = judge(body, "todo" if task else "paren", lex)
            if verdict is not None:
                yield match.start(), match.end(), verdict


def pandoc(around: Surroundings) -> Iterator[Hit]:
    """Yield Pandoc citations without a real key: ``[@TODO]``, ``[@???]``, ``[@]``."""
    text = around.document.text
    if "@" not in text or around.document.format in {"latex", "bibtex", "html"}:
        return
    for match in _PANDOC.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before.isalnum() or before in {"\\", "_"} or around.is_inert(*match.span()):
            continue
        keys = re.findall(r"@([^\s;,\]]*)", match["s"])
        if all(_KEY_EMPTY.fullmatch(k) or _KEY_PART.search(k) for k in keys) and not re.match(r"@(?i:todo)\s", match["s"]):  # fmt: skip
            yield match.start(), match.end(), Verdict("citation_marker", "certain")
    for match in _PANDOC_BARE.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if (
            before.isalnum()
            or before in {"\\", ".", "/", "@", "_", "["}
            or around.is_inert(*match.span())
        ):
            continue
        if match[0] != "@TODO" or not re.match(r"[ :]", text[match.end() : match.end() + 1]):
            yield match.start(), match.end(), Verdict("citation_marker", "likely")
