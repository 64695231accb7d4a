"""What a piece of text in a container is: a gap for a source, of which kind and how sure.

In order: a mask (`???`, `xxx`, `TODO`), a marker that is all there is (`cite`, `link`), and else what
the text asks for or promises (`demands`). What is written out already is none.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from refcheck.finders.gaps.demands import demanded
from refcheck.finders.gaps.reading import Reading, read
from refcheck.finders.gaps.verdict import Asked, Container, Verdict, kind_of, nothing
from refcheck.finders.words import LANGUAGES, SIGNS, Lexicon, lexicon
from refcheck.model import Kind
from refcheck.text import is_cjk

_QUESTION_MARKS = re.compile(r"[?¿？]+(?:[,;] ?[?？]+)*")
_MASK = re.compile(r"(?:x{2,}|_{2,}|\.{3,}|…+|-{2,}|\*{3,}|#{2,}|n{2,}|y{4})[\d.]*", re.IGNORECASE)
_MARK = re.compile(
    r"@?(?:todo|tbd|tba|tbc|tk|tktk|fixme|fix me|xxx+|n/?a yet|placeholder|pending|needed|missing|"
    r"insert|add|fill in|wip|待补|略|省略)(?: here)?"
)
_WRITTEN_OUT = re.compile(
    r"https?://\S+\.\w|\\?cite\w*\{[^}?]+\}|:cite\w*:|@[A-Za-z]\w*\d|\bcite[/\w]*:\s*@?[A-Za-z][\w:-]*\d"
    r"|cite(?:/\w+)*:@|\b10\.\d{4,}/\w|\bdoi\.org/"
)
_CITED = re.compile(r"(?:cite|citep|citet|ref)[/\w]*:[@&]?\w")
_LEFT_OUT = re.compile(r"\b(?:omitted|altered|removed|internal|hidden)\b|\bcleaned up\b")


def judge(
    content: str, container: Container, lex: Lexicon, about: Asked = nothing
) -> Verdict | None:
    """Say what a container's content is; None for what is no gap."""
    reading = read(content, lex)
    if reading is None:
        return None
    if verdict := _masked(reading.text, container, about) or _label_of_mask(reading, container):
        return verdict
    if not reading.core or _CITED.match(reading.bare):
        return None
    if _WRITTEN_OUT.search(reading.bare) and not (
        container in {"bracket", "note"} and reading.first
    ):
        return None
    if _is_marker(reading, container):
        return _alone(reading, container)
    if _LEFT_OUT.search(reading.text):
        return None
    verdict = demanded(reading, container, about)
    if verdict is None and container in {"bracket", "paren"} and len(reading.core.split()) <= 4:
        return _foreign(reading, container)
    return verdict


# --- masks ----------------------------------------------------------------------------------------


def _masked(text: str, container: Container, about: Asked) -> Verdict | None:
    if _QUESTION_MARKS.fullmatch(text):
        if container == "bracket":
            return Verdict("citation_marker", "likely")
        if container in {"target", "value"}:
            return Verdict(kind_of(about()), "likely")
        return Verdict("citation_marker", "maybe") if container == "paren" and len(text) > 2 else None  # fmt: skip
    if _MASK.fullmatch(text):
        if container == "target":
            return Verdict("link_placeholder", "likely")
        if container == "bracket" and text[0] == "x" and len(text) > 1:
            return Verdict("citation_marker", "likely" if len(text) < 5 else "maybe")
        if container == "value" and (told := about()):
            return Verdict(kind_of(told), "likely")
        return None
    if _MARK.fullmatch(text.strip(" .!?:;…")):
        if container == "target":
            return Verdict("link_placeholder", "certain")
        if told := about():
            return Verdict(kind_of(told), "certain" if container == "value" else "likely")
        if container in {"bracket", "paren"}:
            return Verdict("other_placeholder", "maybe")
    return None


_OF_MASK = re.compile(
    r"(?P<n>[^\W\d_][^\W\d]{0,24}|[^\W\d_]{2,14}) ?[.:：]? ?(?P<m>xy+|x{1,4}|n{2}|\?{1,4}|#{1,3}|\.{3}|…|(?:todo|tbd|tba|tk|insert|add))[.!]?"
)


_ASKED_NUMBER = re.compile(r"(?:pmid|doi|isbn|arxiv(?: id)?|pmcid) ?\?+")


def _label_of_mask(reading: Reading, container: Container) -> Verdict | None:
    """Judge a word for a source and a mask: "Quelle: XY", "Ref. X", "source: ???", "vgl. XXX"."""
    if container not in {"bracket", "paren"}:
        return None
    if container == "bracket" and _ASKED_NUMBER.fullmatch(reading.text):
        return Verdict("citation_marker", "likely")
    match = _OF_MASK.fullmatch(reading.text.strip(" .!"))
    if match is None or (match["m"][0] == "?" and len(match["m"]) == 1 and ":" not in reading.text):
        return None
    noun, lex = match["n"], reading.lex
    if noun in {"vgl", "cf", "see", "siehe", "zit"} and len(match["m"]) > 1:
        return Verdict("citation_marker", "likely")
    if lex.cite.fullmatch(noun) or noun in {"study", "studie", "文献"}:
        return Verdict("citation_marker", "likely")
    return Verdict("link_placeholder", "likely") if lex.link.fullmatch(noun) else None


# --- markers --------------------------------------------------------------------------------------

_PLURAL = frozenset("sources links doi fontes fuentes quellen belege liens enlaces bronnen".split())
_GENTLE = frozenset(
    "source sources reference references citations doi url links footnote fn fuente fuentes quellen "
    "literatur bibliografia biblio referenzen".split()
) | {"source link"}
"""Words that stand in parentheses for other reasons more often than not."""
_NO_TAGS = frozenset({"cite", "citation", "source", "link", "url", "ref", "reference"})
"""Words in angles that are no tag of HTML where they have no attribute and no end."""
_AND = re.compile(r"\s*(?:[/+,;&、]|\b(?:and|or|und|et|y|e|en|i)\b|和|与)\s*")
TYPO = 1
"""Signs by which a marker of ten letters or more may differ: "ciation needed"."""


_PLEASE = re.compile(r" (?:pls|please|plz|bitte|pf)$")
_NUMBER = re.compile(r"[ -]?\d{1,2}$")


def _is_marker(reading: Reading, container: Container) -> bool:
    core, lex = _PLEASE.sub("", reading.core), reading.lex
    numbered = _NUMBER.sub("", core)
    if core in lex.bare or (numbered in {"cite", "ref", "cit", "citation"} and reading.body):
        return True
    if len(parts := _AND.split(core)) > 1 and all(part in lex.bare for part in parts):
        return True  # "ref, ref", "citation/link"
    if container == "bracket" and re.fullmatch(
        r"links?[ -]?\d{1,2}|(?:参考文献|文献|引用)\s?[x\d]{1,2}", core
    ):
        return True
    if container in {"bracket", "paren", "target"} and 8 <= len(core) <= 26:
        squeezed = re.sub(r"\W", "", core)
        if squeezed in lex.squeezed:
            return True
        if container == "bracket" and core.isascii() and len(squeezed) >= 10:
            return any(
                word[0] == squeezed[0]
                and abs(len(word) - len(squeezed)) <= TYPO
                and Levenshtein.distance(word, squeezed, score_cutoff=TYPO) <= TYPO
                for word in lex.squeezed
                if len(word) >= 10
            )
    return False


def _alone(reading: Reading, container: Container) -> Verdict | None:
    """A word such as "cite" or "link" that is all there is."""
    core = reading.core
    link = reading.link is not None and reading.cite is None
    kind: Kind = "link_placeholder" if link or container == "target" else "citation_marker"
    shouted = reading.bare.upper() == reading.bare and reading.bare.lower() != reading.bare
    called = reading.bare.endswith("!")
    loud = shouted or reading.asked or called
    if container == "target":
        return Verdict(kind, "certain" if " " not in core else "likely")
    if container == "bracket":
        if " " in core:
            return Verdict(kind, "certain")
        return Verdict(kind, "likely" if loud or core not in _PLURAL else "maybe")
    if container == "paren":
        loud = (loud and core not in {"urls", "doi"}) or called or reading.asked
        return Verdict(kind, "likely" if loud or core not in _GENTLE else "maybe")
    if container == "note":
        return Verdict(kind, "likely" if core in {"link", "links", "url"} else "certain")
    if container in {"angle", "brace"}:
        sure = container == "angle" and (shouted or " " in core or core in _NO_TAGS)
        return Verdict(kind, "likely" if sure or (reading.asked or " " in core) else "maybe")
    if container == "comment":
        return Verdict(kind, "likely" if kind == "citation_marker" or reading.asked else "maybe")
    if container == "value":
        return None
    return Verdict(kind, "likely") if shouted else None


def _foreign(reading: Reading, container: Container) -> Verdict | None:
    """A marker of several words in a language other than its sentence's: only what is beyond doubt."""
    core = reading.core
    if core in lexicon(frozenset(LANGUAGES)).bare and (" " in core or is_cjk(core)):
        return Verdict("citation_marker", "certain" if container == "bracket" else "likely")
    if " " not in core or len(core) < 8:
        return None
    for language in LANGUAGES[1:]:
        own = lexicon(frozenset({language}))
        cite = own.cite.search(core)
        if cite is None or language in SIGNS or len(cite[0]) < 4 or own.other.search(core):
            continue
        claim = own.promise.search(core) or own.lack.search(core)
        if claim is not None and len(claim[0]) >= 5:
            return Verdict("citation_marker", "likely")
    return None
