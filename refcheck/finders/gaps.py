"""All places that stand for a source, told once for the rules that share them.

Container by container: what stands in it is judged (`judge`), what would be a false alarm is left
out, and what an edit would replace is drawn round it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refcheck.finders import commands, containers
from refcheck.finders.judge import About, Verdict, judge
from refcheck.finders.surroundings import Surroundings, of
from refcheck.finders.words import LANGUAGES, Lexicon, table
from refcheck.model import Block, Certainty, Document, Kind, Link, Slot, Span
from refcheck.text import fold


@dataclass(frozen=True, slots=True)
class Gap:
    """A place, what it is, what an edit replaces and what belongs there."""

    kind: Kind
    certainty: Certainty
    span: Span
    extent: Span | None
    slot: Slot


def gaps(document: Document) -> tuple[Gap, ...]:
    """Return all gaps of a document, overlaps included. Kept for the rules that ask after it."""
    last = _KEPT.get("last")
    if last is None or last[0] is not document:
        last = _KEPT["last"] = (document, tuple(_all(of(document))))
    return last[1]


_KEPT: dict[str, tuple[Document, tuple[Gap, ...]]] = {}


def _all(around: Surroundings) -> Iterator[Gap]:
    for finder in (
        _contained, _linked, _commented, commands.latex, commands.coloured, commands.templates,
        commands.typst, commands.pandoc, _noted, _shouted, _labelled, _promised, _run_together,
        _footnoted, _blank, _trailing,
    ):  # fmt: skip
        for start, end, verdict in finder(around):
            if (
                finder in {commands.latex, commands.templates}
                and around.document.format not in {"latex", "wikitext"}
                and _OF_A_TAG.match(around.document.text, end, end + 40)
            ):
                continue
            prompt = verdict.certainty != "maybe" and _is_prompt(around, start)
            yield _gap(around, start, end, Verdict(verdict.kind, "maybe") if prompt else verdict)


_PROMPT = re.compile(
    r"\b(?:You are an? (?:\w+ ){0,4}(?:assistant|expert|writer|editor|agent|researcher|model)|YOUR TASK|OUTPUT FORMAT|Output format|WHAT NOT TO DO|(?:[Dd]o NOT|DO NOT|NEVER) (?:recommend|invent|make up|fabricate|hallucinate|include|use|output|write|cite)|[Tt]he (?:model|assistant|LLM) (?:must|should)|[Rr]espond (?:in|with|only)|[Ss]ystem prompt)\b|\{\{?(?:user_)?(?:input|question|context|query|documents?)\}\}?"
)


def _is_prompt(around: Surroundings, start: int) -> bool:
    """Tell whether a place stands in instructions to a language model: a form to follow, no gap."""
    text = around.document.text
    if around.document.format not in {"markdown", "plain"}:
        return False
    return _PROMPT.search(text, max(0, start - 1500), start + 600) is not None


Hit = tuple[int, int, Verdict]


# --- brackets, parentheses, braces ----------------------------------------------------------------


def _contained(around: Surroundings) -> Iterator[Hit]:
    text = around.document.text
    places = [*containers.brackets(text), *containers.parentheses(text), *containers.angles(text), *containers.braces(around.document)]  # fmt: skip
    for place in places:
        start, end = place.start, place.end
        if around.is_inert(start, end):
            continue
        if (
            around.document.format == "latex"
            and place.container == "bracket"
            and _is_option(text, start)
            and not _MARKER_OPTION.fullmatch(place.content)
        ):
            continue
        if place.container == "bracket" and fold(place.content) in around.defined:
            continue  # the label of a link whose address is given elsewhere
        about = about_of(around, start, end)
        content = around.without_code(start, end, place.content)
        verdict = judge(content, place.container, around.lexicon(start, end), about)
        if verdict is None or _is_talk(around, start, end) or around.in_link(start, end):
            continue
        if (
            place.container == "paren"
            and place.content.isupper()
            and _is_acronym(text[max(0, start - 90) : start], place.content)
        ):
            continue
        if place.container == "bracket" and text[start - 1 : start] == "]" and text[start] == "[":
            verdict = Verdict("link_placeholder", "likely")
        yield start, end, verdict


_MARKER_OPTION = re.compile(r"(?i)cite\W*|(?:citation|ref|source)\b.*(?:\?|needed)|\?+")


def _is_option(text: str, start: int) -> bool:
    """Tell whether a bracket is an optional argument: after a command or its braces."""
    return (bool(re.search(r"\\[A-Za-z@]+\*?[ \t]*$|[\]}]$", text[max(0, start - 40) : start])) and text[
        start - 1 : start
    ] not in {" ", "\n"}) or bool(re.search(r"\\(?:section|caption|item|includegraphics|usepackage|documentclass)\s*$", text[max(0, start - 40) : start]))  # fmt: skip


def about_of(around: Surroundings, start: int, end: int) -> About:
    """Tell what the label, the item or the heading before a place speaks of."""
    text = around.document.text
    low, _ = around.line(start)
    before = text[low:start]
    lex = around.lexicon(start, end)
    block = around.block(start)
    listed = around.in_list(start)
    if block is not None and block.kind == "heading":
        from refcheck.finders.surroundings import is_list_heading

        return "list" if is_list_heading(text[block.content.start : start]) else ""
    label = fold(re.sub(r"[*_`]", "", before[-90:]))
    if re.search(r"[:：]\s*$", label) or listed:
        tail = label.rstrip(" :：")[-45:]
        if lex.link.search(tail) and not lex.other.search(tail):
            return "link"
    if listed:
        return "list"
    if block is not None and block.kind in {"list_item", "table_row"} and lex.work.search(fold(before)) and lex.list.search(fold(before)):  # fmt: skip
        return "work"
    return ""


def _is_acronym(before: str, short: str) -> bool:
    """Tell whether an acronym in parentheses is spelled out by the capitals of the words before it."""
    letters = [fold(c) for c in short if c.isalpha()]
    for word in reversed(re.findall(r"[^\W\d_]+", before)):
        if letters and word[0].isupper() and fold(word[0]) == letters[-1]:
            letters.pop()
    return len(short) >= 3 and not letters


_OF_A_TAG = re.compile(
    r"[\"'`”»]*\s+(?:placeholders?|tags?|markers?|templates?|tokens?|strings?|patterns?|labels?)\b|,?\s*(?:or|and)\s+(?:similar|the like|other|such)\b"
)
_QUOTES = {
    '"': '"',
    "“": "”",
    "„": "“",
    "«": "»",
    "‘": "’",
    "'": "'",
    "「": "」",
    "『": "』",
    "”": "”",
    "`": "`",
}
_JOINED = re.compile(
    r"\s*(?:,|、|/|\bor\b|\band\b|\bund\b|\bet\b|\bou\b|\by\b|\bo\b|;)\s*(?:and |or |und |etc)?\s*[\"“`]?\\?$"
)


def _is_talk(around: Surroundings, start: int, end: int) -> bool:
    """Tell whether a place is spoken of, not left open: quoted in a sentence, listed with others."""
    text = around.document.text
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if around.document.format != "latex" and _OF_A_TAG.match(text, end, end + 40):
        return True
    if before in _QUOTES and after and (after == _QUOTES[before] or after in "”\"'`"):
        low, high = around.line(start)
        outside = text[low : start - 1] + text[end + 1 : high]
        if len(re.findall(r"[^\W\d_]{2,}", outside)) >= 3:
            return True
    if re.match(r"\s*(?:,|、|/|or|and)\s*[\"“`]?\\?\[[A-Z][^\[\]]{0,60}\]", text[end : end + 90]) and re.search(r"\b(?:any|all|such as|like|marked|replace|e\.g\.|tags?|markers?|placeholders?|labels?)\b", text[max(0, start - 120) : start]):  # fmt: skip
        return True
    if _JOINED.search(text[max(0, start - 12) : start]) and re.search(r"\][\"”`]?\s*(?:,|、|/|or|and|und|et)[^\[\]]{0,8}$", text[max(0, start - 16) : start]):  # fmt: skip
        sentence = text[max(0, start - 160) : start]
        return bool(
            re.search(
                r"\b(?:any|all|such as|like|marked|replace|e\.g\.|tags?|markers?|placeholders?)\b",
                sentence,
            )
        )
    return False


# --- links ----------------------------------------------------------------------------------------

_INTERNAL = re.compile(
    r"(?i)\b(?:top|menu|home|back|contents|toc|up|skip|next|prev\w*|nav\w*|login|sign)\b|^[\W\d]*$"
)


def _linked(around: Surroundings) -> Iterator[Hit]:
    document = around.document
    for link in document.links:
        start, end = link.span.start, link.span.end
        if around.is_inert(start, end):
            continue
        label = document.slice(link.label)
        target = document.slice(link.target).strip()
        is_definition = (
            label.startswith("[") and document.text[link.label.end : link.label.end + 1] == ":"
        )
        lex = around.lexicon(start, end)
        if (hit := _empty_link(around, link, label, target, is_definition)) is not None:
            yield hit
            continue
        if is_definition or not label:
            continue
        inner = re.sub(r"<[^<>]*>", " ", label.strip("[]()\\ "))
        if len(inner) <= 60 and containers.is_telling(inner):
            verdict = judge(inner, "bracket", lex)
            if verdict and verdict.kind == "citation_marker" and _asks(inner, lex):
                yield start, end, verdict


def _asks(inner: str, lex: Lexicon) -> bool:
    """Tell whether a link's label asks for a source rather than naming one."""
    folded = fold(inner)
    promise = lex.promise.search(folded)
    act = lex.act.search(folded)
    cite = lex.cite.search(folded)
    return (
        bool(cite and (promise or (act and not re.match(r"cit(?:e|ar|er|ing)\b", act[0]))))
        and "link" not in folded
    )


def _empty_link(
    around: Surroundings, link: Link, label: str, target: str, is_definition: bool
) -> Hit | None:
    document = around.document
    start, end = link.span.start, link.span.end
    name = re.sub(r"<[^<>]*>", " ", label.strip("[]\\ "))
    lex = around.lexicon(start, end)
    if is_definition:
        at, stop = link.target.start, link.target.end
        if target and _is_placeholder_target(target, lex):
            return at, stop, Verdict("link_placeholder", "certain")
        return None
    if not target:
        if not re.search(r"\w", name):
            return (start, end, Verdict("link_placeholder", "maybe")) if document.format == "markdown" and not name else None  # fmt: skip
        foreign = _names_other(name, lex)
        if document.format == "html" and not _is_missing_anchor(around, link, name, lex):
            return None
        return (
            start,
            end,
            Verdict("other_placeholder", "maybe")
            if foreign
            else Verdict("link_placeholder", "certain"),
        )
    at, stop = link.target.start, link.target.end
    if target == "#":
        prose = document.format != "html" or _in_prose(around, link)
        if not prose or _INTERNAL.search(name) or _names_other(name, lex):
            return at, stop, Verdict("other_placeholder", "maybe")
        return at, stop, Verdict("link_placeholder", "likely")
    if _is_placeholder_target(target, lex) and not _is_file(document, name, target):
        foreign = _names_other(name, lex) or _names_other(
            target.replace("_", " ").replace("-", " "), lex
        )
        return (
            at,
            stop,
            Verdict("other_placeholder", "maybe")
            if foreign
            else Verdict("link_placeholder", "certain"),
        )
    return None


def _is_missing_anchor(around: Surroundings, link: Link, name: str, lex: Lexicon) -> bool:
    """Tell an anchor that lacks its address from one that a script or a menu uses."""
    text = around.document.text
    head = text[link.span.start : link.label.start]
    if re.search(
        r"(?i)\b(?:role|on\w+|data-[\w-]+|aria-[\w-]+|id|class)\s*=", head
    ) and not containers.is_telling(name):
        return False
    opened, closed = text.rfind("<!--", 0, link.span.start), text.rfind("-->", 0, link.span.start)
    if opened > closed or not re.search(r"[^\W\d_]{3}", name):
        return False
    folded = fold(name)
    told = lex.cite.search(folded) or lex.link.search(folded) or lex.work.search(folded)
    return bool(told) or len(name.split()) >= 3 or _in_prose(around, link)


def _in_prose(around: Surroundings, link: Link) -> bool:
    """Tell whether an anchor without attributes stands within a sentence, not in a menu."""
    text = around.document.text
    head = text[link.span.start : link.label.start]
    if re.search(r"(?i)\b(?:role|on\w+|data-|aria-|id|class|style)\b", head):
        return False
    low, high = around.sentence(link.span.start, link.span.end)
    outside = f"{text[low : link.span.start]} {text[link.span.end : high]}"
    return len(re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^<>]*>", " ", outside))) >= 4


def _names_other(name: str, lex: Lexicon) -> bool:
    folded = fold(name)
    return (
        bool(lex.other.search(folded))
        and not lex.work.search(folded)
        and not lex.cite.search(folded)
    )


def _is_file(document: Document, name: str, target: str) -> bool:
    """Tell a page or file that is really called so ("todo", "link") from a note to oneself."""
    return name.endswith(f"/{target}") or (document.format == "html" and target.islower())


def _is_placeholder_target(target: str, lex: Lexicon) -> bool:
    bare = target.strip("<> ")
    if commands.target_empty(bare):
        return True
    if re.fullmatch(r"(?i)[\w-]{0,40}[_-](?:link|url)|(?:link|url)[_-][\w-]{1,40}", bare):
        return True
    if re.search(r"[/.:#@=]", bare) and not re.match(r"(?i)#?(?:todo|tbd|insert|add)\b", bare):
        return False
    verdict = judge(re.sub(r"[-_]", " ", bare), "target", lex)
    return (verdict is not None and verdict.kind != "other_placeholder") or bool(
        re.match(r"(?i)(?:todo|tbd|fixme|xxx)\b", bare)
    )


# --- comments and notes ---------------------------------------------------------------------------


def _commented(around: Surroundings) -> Iterator[Hit]:
    text = around.document.text
    for place in containers.comments(around.document):
        if around.document.format not in {"latex", "typst"} and around.is_inert(
            place.start, place.end
        ):
            continue
        lex = around.lexicon(place.start, place.end)
        content = place.content.strip().strip("-")
        if re.match(r"\W*refcheck:", content) or "\n\n" in content.strip():
            continue
        verdict = judge(content, "comment", lex)
        if verdict is None or re.search(r"https?://|\\(?:todo|cite)", content):
            continue
        two_ends = text.startswith(("<!--", "{/*"), place.start)
        if two_ends or re.match(r"(?i)\W*(?:todo|fixme|xxx)\b", content):
            yield place.start, place.end, verdict
        elif verdict.kind != "other_placeholder":
            yield (
                place.start,
                place.end,
                Verdict(verdict.kind, "likely" if len(content.split()) <= 8 else "maybe"),
            )


_NOTE = re.compile(r"(?<![\w\\{@#.-])(?:@?(?:TODO|FIXME|XXX|TBD|ToDo)|@todo|[Tt]odo(?=\s*[:(-])|TK(?=\s+[a-z])|待办|TODO：)\b(?:\([\w .-]{1,40}\))?(?:\([\w .-]{1,40}\))?[ \t]*[:：,-]?[ \t]*")  # fmt: skip
_STOP = re.compile(r"[.!?](?=\s|$|[\"')\]}])|[。！？]|(?=\s*(?:-->|\*/|\]|\)|\}|</))|(?=\r?\n)|$")


def _noted(around: Surroundings) -> Iterator[Hit]:
    """TODO and what follows, to the end of its sentence or line."""
    text = around.document.text
    if not any(mark in text for mark in ("TODO", "FIXME", "XXX", "TBD", "odo", "TK ", "待办")):
        return
    for match in _NOTE.finditer(text):
        start = match.start()
        if around.is_inert(start, start + 1):
            continue
        opened = text.rfind("(", match.end() - 0, match.end() + 200)
        stop = _STOP.search(text, match.end(), match.end() + 420)
        if stop is None:
            continue
        end = stop.end() if stop[0] else stop.start()
        if opened >= 0 and opened < end and ")" not in text[opened:end]:
            close = text.find(")", end, end + 120)
            end = close + 1 if close >= 0 else end
        content = text[match.end() : end].strip().strip("*_")
        if not content.strip(". ") and (inner := re.search(r"\(([\w ]{2,20})\)", match[0])):
            content, end = inner[1], match.end()
            if fold(content) not in around.lexicon(start, end).bare:
                continue
        if not content or not containers.is_telling(content):
            continue
        lex = around.lexicon(start, end)
        verdict = judge(content, "todo", lex)
        if verdict is None or _is_quoted(text, start, end):
            continue
        if not re.search(r"(?i)\bcit|\bref\b|\brefs\b|\bbib|literatur|source|quelle|fuente|fonte|出|引用|文献|reference|link|url|doi|paper|источ|ссыл|zdroj|źród|bron|käll|kaynak|sumber", content):  # fmt: skip
            continue
        yield start, end, verdict


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in {'"', "“", "'", "`", "「"} and text[end : end + 1] in {
        '"',
        "”",
        "'",
        "`",
        "」",
        ".",
        ",",
    }


_ACTS = "ADD|INSERT|NEEDS?|FIND|MISSING|GET|CHECK|INCLUDE|PROVIDE|PUT|INSERIR|INSERTAR|AJOUTER|EINFÜGEN|AGGIUNGERE|VOEG|WSTAW|ВСТАВИТЬ|ДОБАВИТЬ|DOPLNIT"
_NOUNS = "CITATIONS?|CITES?|REFERENCES?|REFS?|SOURCES?|CITA|FUENTES?|FONTES?|QUELLEN?|BELEGE?|SOURCES|ZDROJE?|KAYNAK|ИСТОЧНИКИ?|ССЫЛК[АИУ]|BRONN?(?:EN)?"
_LINKS = "LINKS?|URLS?|HYPERLINKS?|LIENS?|ENLACES?"
_SHOUT = re.compile(
    rf"(?<![\w\\\[({{\"'`“/-])(?:(?P<a>(?:{_ACTS})(?: (?:A|THE|AN|MORE|YOUR|SOME))?(?: [A-ZÀ-Ý]+)?? (?:{_NOUNS}|{_LINKS})(?: (?:HERE|NEEDED|AQUI|AQUÍ|ICI|HIER|LATER))?)"
    rf"|(?P<b>(?:{_NOUNS}) (?:NEEDED|REQUIRED|MISSING|HERE|TK|TBD|TODO|TBA|FEHLT|FEHLEN|NECESSÁRIA|REQUERIDA|PENDIENTE|MANQUANTE))"
    rf"|(?P<l>(?:{_LINKS}) (?:NEEDED|MISSING|HERE|TK|TBD|TODO|TBA|FEHLT|TO COME))"
    r"|(?P<c>(?:CITE|REF|CITATION|CITEME)(?:\?+|!+))|(?P<d>CITEME|CITETHIS|REFHERE|CITEHERE|TODOCITE|NEEDCITE|NEEDSCITATION))(?![\w\"'`”/-])"
)


_SHOUT_MARKS = (
    "CIT",
    "REF",
    "SOURCE",
    "LINK",
    "URL",
    "FUENTE",
    "FONTE",
    "QUELLE",
    "BELEG",
    "ZDROJ",
    "KAYNAK",
    "ИСТОЧ",
    "ССЫЛ",
    "BRON",
    "LIEN",
    "ENLACE",
)


def _shouted(around: Surroundings) -> Iterator[Hit]:
    """Marker words in capitals with no container."""
    text = around.document.text
    if not any(mark in text for mark in _SHOUT_MARKS):
        return
    for match in _SHOUT.finditer(text):
        start, end = match.span()
        if around.is_inert(start, end) or text[end : end + 1] == "(":
            continue
        low, high = around.line(start)
        rest = text[low:start] + text[end:high]
        if rest.upper() == rest and re.search(r"[A-Z]{3}", rest):
            continue  # all of the line is in capitals: a heading
        linked = match["l"] or (match["a"] and re.search(rf"(?:{_LINKS})\b", match[0]))
        if linked and re.search(r"(?i)\b(?:demo|video|repo|code|dashboard)", text[low:high]):
            continue
        yield start, end, Verdict("link_placeholder" if linked else "citation_marker", "likely")


_RUN = re.compile(
    r"\(?(?<![A-Za-z\\_-])(?:CITEME?|CITATION|REF)(?=[A-Z]?[a-z])[A-Z]?[a-z][\w&.]{2,40}\)?|(?<![\w\\])\[?(?:CITE|REF)[-_:][A-Za-z][\w-]{2,40}\]?(?!\()"
)


def _run_together(around: Surroundings) -> Iterator[Hit]:
    """A marker run together with a name: ``(CITEMEospree)``."""
    text = around.document.text
    if "CITE" not in text and "REF" not in text and "CITATION" not in text:
        return
    for match in _RUN.finditer(text):
        start, end = match.span()
        body = match[0]
        if around.is_inert(start, end) or (
            body.startswith("REF") and "CITE" not in body and not body.startswith("(")
        ):
            continue
        if body.startswith("(") != body.endswith(")"):
            start += body.startswith("(")
            end -= body.endswith(")")
        if around.document.format in {"markdown", "latex", "asciidoc", "org", "rst", "html"}:
            yield start, end, Verdict("citation_marker", "likely")


_FOOTNOTE = re.compile(
    r"^\[\^[^\[\]\r\n]{1,80}\]:[ \t]*(?P<s>[^\r\n]{1,120}?)[ \t]*$", re.MULTILINE
)
_REF = re.compile(r"<ref\b[^<>/]{0,200}>(?P<s>[^<>]{0,80})</ref>", re.IGNORECASE)
_FILLED = re.compile(r"\s*\{\{[^{}|]{3,40}\|[^{}]*=")
"""A template with parameters: a reference, whatever words its name has."""
_PLAIN_MARK = re.compile(r"(?i)\W*(?:todo|tbd|tba|xxx+|\?+|fixme|tk|insert|add|fill in)?\W*")


def _footnoted(around: Surroundings) -> Iterator[Hit]:
    """A footnote that holds a marker and nothing else; an empty ``<ref>``."""
    text = around.document.text
    if "[^" in text and around.document.format == "markdown":
        for match in _FOOTNOTE.finditer(text):
            start, end = match.span("s")
            if around.is_inert(start, end):
                continue
            if _PLAIN_MARK.fullmatch(match["s"]):
                yield start, end, Verdict("citation_marker", "certain")
            elif len(match["s"].split()) <= 8 and not re.search(r"[\[\](]", match["s"]):
                verdict = judge(match["s"], "bracket", around.lexicon(start, end), "cite")
                if verdict is not None and verdict.kind != "other_placeholder":
                    yield start, end, verdict
    if "<ref" in text:
        for match in _REF.finditer(text):
            start, end = match.span()
            if (
                _FILLED.match(match["s"])
                or around.document.format == "html"
                or (around.is_inert(start, start + 1) and around.document.format != "wikitext")
            ):
                continue
            verdict = judge(match["s"], "bracket", around.lexicon(start, end))
            if _PLAIN_MARK.fullmatch(match["s"]) or (
                verdict and verdict.kind != "other_placeholder"
            ):
                yield start, end, Verdict("citation_marker", "certain")


_BLANK = re.compile(r"(?<![\w_\\*\[])_{4,40}(?![\w_*\]])")
_SAYS = re.compile(
    r"(?i)\b(?:reported|reports|wrote|writes|published|according to|said|says|announced|covered|cited|see|read|source|quoted|revealed|found that|showed|berichte\w*|laut|schrieb|meldete|siehe|selon|a rapporté|voir|según|publicó|informó|véase|segundo|secondo|volgens|podle|enligt|według|согласно|сообщ\w+|написал\w*)\b|据|報導|报道|報道|によると|따르면"
)


def _blank(around: Surroundings) -> Iterator[Hit]:
    """A blank to fill in, or ``(XXX)``, in a sentence that speaks of who said or wrote something."""
    text = around.document.text
    if "____" in text:
        for match in _BLANK.finditer(text):
            start, end = match.span()
            low, high = around.sentence(start, end)
            before = text[low:start]
            lex = around.lexicon(start, end)
            tail = fold(before[-120:])
            named = lex.link.search(tail) or lex.cite.search(tail) or lex.work.search(tail)
            if (
                not before.strip()
                or around.is_inert(start, end)
                or re.search(r"_{3}", before + text[end:high])
            ):
                continue
            if (_SAYS.search(before) and len(before.split()) >= 3) or (
                named and re.search(r"[:,(]\s*$", before)
            ):
                yield start, end, Verdict("link_placeholder", "likely")
    if "(XXX" in text or "[XXX" in text or "(TK)" in text or "[TK]" in text:
        for match in _MASK_BOX.finditer(text):
            start, end = match.span()
            low, _ = around.sentence(start, end)
            if _SAYS.search(text[low:start]) and not around.is_inert(start, end):
                yield start, end, Verdict("citation_marker", "likely")


_MASK_BOX = re.compile(r"[\[(](?:X{3,5}|TK)[\])](?!\()")
_TRAILING = re.compile(
    r"(?:[—–:;,-]|\.\s)\s*(?P<s>(?:(?P<l>links?|urls?|liens?|enlaces?|odkaz|länk|ссылка|链接|連結|リンク|링크)|sources?|citations?|refs?|references?|quelle|beleg|fonte|fuente|bron|zdroj|källa|источник|出处|来源)\s*(?:is |are |noch )?(?:missing|needed|tk|tba|tbd|to come|to follow|to be added|coming soon|pending|fehlt|folgt|à venir|manquante?|pendiente|falta|volgt|ontbreekt|chybí|saknas|manca|待补充?|缺失))(?=\s*(?:[.;,)]|$))",
    re.IGNORECASE | re.MULTILINE,
)
_LONE = re.compile(
    r"(?:[:→>—–]|\bhere|\bsee|[a-z])[ \t]+\**(?P<s>LINK|CITE|CITATION|REF|CITE ME)\**(?=[.,;)]|[ \t]*$)(?!\.\w)",
    re.MULTILINE,
)


def _trailing(around: Surroundings) -> Iterator[Hit]:
    """Words that say that the source is missing, at the end of a sentence and without a bracket."""
    text = around.document.text
    for pattern in (_TRAILING, _LONE):
        if pattern is _LONE and not any(word in text for word in ("LINK", "CIT", "REF")):
            continue
        for match in pattern.finditer(text):
            start, end = match.span("s")
            low, high = around.line(start)
            if (
                around.is_inert(start, end)
                or around.document.format == "bibtex"
                or text[low:high].isupper()
            ):
                continue
            link = match["s"].upper().startswith(("LINK", "URL")) or (
                pattern is _TRAILING and match["l"]
            )
            yield start, end, Verdict("link_placeholder" if link else "citation_marker", "likely")


# --- labels and promises --------------------------------------------------------------------------


def _promises() -> str:
    """The promises of all languages that can stand alone after a label."""
    words = {w for lang in LANGUAGES for w in table(lang)["promise"] if len(w) > 3 and "*" not in w}
    words -= {"here", "later", "soon", "lost", "wanted", "follow", "follows", "coming", "unknown"}
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_LABEL = re.compile(
    r"(?P<sign>[:：|])(?:\*\*|__|</b>|</strong>)?[ \t]*[*_]*"
    r"(?P<value>(?:TBD|TBA|TBC|TODO|TK|T\.B\.D\.|[Tt]o be (?:added|determined|announced|provided|confirmed|completed|inserted|filled in|supplied|published)|[Cc]oming soon|[Ff]orthcoming|[Pp]laceholder|[Pp]ending|_{4,}|[?？]{2,}|XXX+|待补充|待補充|待添加|待定|待补|待完善|追記予定|準備中|未定|추가 예정|推後|[àÀ] (?:compléter|venir|ajouter|définir)|[Pp]endiente|por (?:definir|completar)|a definir|em breve|[Ff]olgt(?: noch)?|[Ff]ehlt(?: noch)?|da (?:definire|completare|aggiungere)|[Vv]olgt|do uzupełnienia|doplnit|будет добавлен[аоы]?)[.…]*)[*_]*[ \t]*[.)]?[ \t]*(?=\r?$|\||<)",
    re.MULTILINE,
)


def _labelled(around: Surroundings) -> Iterator[Hit]:
    """``References: TBD``: only what stands for the value."""
    text = around.document.text
    for match in _LABEL.finditer(text):
        start, end = match.span("value")
        while text[end - 1] in "*_" and "____" not in match["value"]:
            end -= 1
        if around.is_inert(start, end):
            continue
        low, _ = around.line(match.start())
        label = re.split(r"[:：|]", text[max(low, match.start() - 90) : match.start()])[-1]
        label = fold(re.sub(r"^[\W\d_]+|[*_`<>/]+|\b(?:b|strong)\b$", "", label)).strip()
        lex = around.lexicon(start, end)
        tail = label[-48:]
        if not tail or (len(label.split()) > 9 and "_" in match["value"]):
            continue
        if lex.other.search(tail) and not (lex.list.search(tail) or lex.cite.search(tail)):
            continue
        listed = lex.list.search(tail)
        if listed and not re.search(r"\b(?:ref|reference|source)\b$", tail):
            kind: Kind = "bibliography_placeholder"
        elif (
            lex.link.search(tail)
            or lex.work.search(tail)
            or re.search(r"\b(?:guide|blog|see|post|tutorial|thesis|news|press)\b", tail)
        ):
            kind = "link_placeholder"
        elif lex.cite.search(tail):
            kind = "citation_marker"
        else:
            continue
        yield start, end, Verdict(kind, "likely" if len(label.split()) <= 6 else "maybe")


_PROMISE_WORDS = {
    "en": "to be added,to be completed,to be provided,to be inserted,to be updated,to be included,to be filled,to be supplied,to be listed,will be added,will be completed,will be provided,will be inserted,will be updated,will be included,coming soon,tbd,tba,todo,under construction,work in progress,placeholder,pending,in preparation,to follow,incomplete,unfinished",
    "zh": "待补充,待補充,待添加,待完善,待续,待續,补充中,補充中,未完待续",
    "ja": "後で追加,追加予定,追記,準備中",
    "ko": "추가 예정,추후,준비 중",
    "fr": "à compléter,à venir,à ajouter,en cours",
    "de": "folgt,folgen,fehlt,fehlen,ergänzt",
    "es": "pendiente,por completar,se añadir,se agregar",
    "pt": "em breve,a ser adicionad,serão adicionad,será adicionad,pendente",
    "it": "da aggiungere,da completare,in arrivo",
    "nl": "volgt,volgen,aan te vullen,toegevoegd",
    "pl": "uzupełni,wkrótce",
    "ru": "добавлен,дополн",
    "cs": "doplnit,doplněn",
    "sv": "kommer,läggs till,tillkommer",
    "tr": "eklenecek,tamamlanacak",
    "id": "menyusul,akan ditambahkan",
    "ar": "سيضاف,ستضاف,لاحق",
}


def _promise_places(text: str, language: str) -> list[tuple[int, int]]:
    """Return where a promise may stand, in order: a search for fixed words, which is fast."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters (İ) become two
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found = []
    languages = {"en", language} if language else set(_PROMISE_WORDS)
    words = ",".join(_PROMISE_WORDS[one] for one in sorted(languages & set(_PROMISE_WORDS)))
    for word in words.split(","):
        at = lower.find(word)
        while at >= 0:
            before, after = lower[at - 1 : at], lower[at + len(word) : at + len(word) + 1]
            if not word.isascii() or not (before.isalnum() or (after.isalnum() and len(word) < 6)):
                found.append((at, at + len(word)))
            at = lower.find(word, at + len(word))
    return sorted(found)


def _promised(around: Surroundings) -> Iterator[Hit]:
    """A block, or a short sentence, that promises references: all of it."""
    document = around.document
    text = document.text
    seen: set[int] = set()
    for first, last in _promise_places(text, around.language):
        block = around.block(first)
        if block is None or block.kind in {"code", "heading"} or around.is_inert(first, last):
            continue
        start, end = around.sentence(first, last)
        start = max(start, block.content.start)
        if start in seen or end - start > 260:
            continue
        seen.add(start)
        while start < end and text[start] in " \t*_>\"'“([（\r\n":
            start += 1
        while end > start and text[end - 1] in " \t*_\"'”)]）\r\n":
            end -= 1
        content = text[start:end]
        if not content or re.search(
            r"\[[^\[\]]*\]\(|https?://|\\cite|[:：]\W*(?:TBD|TODO|TBA)\W*$|[“\"「][^”\"」]{0,12}(?:待|to be|TODO|TBD)",
            content,
        ):
            continue
        lex = around.lexicon(start, end)
        folded = fold(content)
        words = len(re.findall(r"[^\W_]+", folded))
        lead = re.match(r"(?i)(?:note|nb|hinweis|nota|注)\s*[:：]\s*", content)
        listed = around.in_list(start)
        if lead:
            start += lead.end()
        if re.match(r"(?i)\W*(?:TODO|FIXME)", content):
            if listed and words <= 3:
                yield start, end, Verdict("bibliography_placeholder", "certain")
            continue
        if listed and words <= 8 and lex.promise.search(folded) and not lex.other.search(folded):
            yield start, end, Verdict("bibliography_placeholder", "certain")
            continue
        plural = re.search(
            r"\b(?:references|bibliography|citations|sources|literature|works cited|bibliographie|bibliografia|literatur|quellen|referencias|referencias|fuentes|referencje|literatura|bronnen|kallor|kaynak\w*|daftar pustaka)\b|参考文献|參考文獻|参考资料|參考資料|참고문헌|المراجع|источники|литература",
            folded,
        )
        if (
            plural
            and plural.start() <= 45
            and words <= 14
            and lex.promise.search(folded)
            and not re.search(
                r"\b(?:feature|support|function|code|test|docs|image|figure|customer|issue|release|version|example)s?\b",
                folded,
            )
        ):
            yield start, end, Verdict("bibliography_placeholder", "likely")


# --- what an edit replaces ------------------------------------------------------------------------

_INSTRUCTION = re.compile(
    r"[ \t]*[(\[（](?:(?:[Nn]ote|NB|N\.B\.|[Hh]inweis|[Nn]ota|[Rr]emarque|注意?|[Oo]pmerking|[Uu]waga)\s*[:：])?[^()\[\]（）\r\n]{0,240}+[)\]）]"
)
_TO_REPLACE = re.compile(
    r"(?i)\b(?:replaced?|insert(?:ed)?|actual|placeholder|fill(?:ed)? in|update[d]?|ersetz\w+|remplac\w+|reemplaz\w+|substitu\w+|sostitu\w+|vervang\w+)\b|替换|替換|实际|實際|差し替え|置き換え|교체"
)


def _gap(around: Surroundings, start: int, end: int, verdict: Verdict) -> Gap:
    document = around.document
    text = document.text
    block = around.block(start)
    extent: Span | None = None
    following = _INSTRUCTION.match(text, end, end + 300)
    if following and _TO_REPLACE.search(following[0]):
        extent = Span(start, following.end())
    slot = _slot(around, start, verdict.kind, block)
    if (
        slot == "list"
        and block is not None
        and block.kind == "list_item"
        and start > block.content.start
    ):
        before = fold(document.text[block.content.start : start])
        lex = around.lexicon(start, end)
        if lex.work.search(before) and not re.search(r"\d{4}|https?:|doi", before):
            extent = Span(block.content.start, block.content.end)
    return Gap(verdict.kind, verdict.certainty, Span(start, end), extent, slot)


def _slot(around: Surroundings, start: int, kind: Kind, block: Block | None) -> Slot:
    if kind == "bibliography_placeholder":
        return "list"
    if kind == "other_placeholder":
        return "nothing"
    text = around.document.text
    in_target = (text[start - 1 : start] == "(" and text[start - 2 : start - 1] == "]") or (text[start - 1 : start] in {'"', "'"} and "href" in text[max(0, start - 8) : start])  # fmt: skip
    if kind in {"link_placeholder", "dummy_url"}:
        listed = block is not None and block.kind == "list_item" and around.in_list(start)
        return (
            "reference"
            if listed and not in_target and not text.startswith(("\\", "<a"), start)
            else "address"
        )
    listed = block is not None and block.kind == "list_item" and around.in_list(start)
    return "reference" if listed else "citation"
