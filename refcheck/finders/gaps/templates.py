"""Wiki templates that ask for a source: `{{citation needed|date=…}}`, `{{Belege fehlen}}`, `{{来源请求}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from refcheck.finders.gaps.boxes import is_telling
from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.links import MISSING, is_empty
from refcheck.finders.gaps.verdict import Hit, Verdict
from refcheck.finders.surroundings import Surroundings
from refcheck.text import fold

_TEMPLATE = re.compile(
    r"(?<!\{)\{\{(?P<s>[^{}|\r\n]{1,80})(?P<rest>\|(?:[^{}]|\{\{[^{}]{0,200}\}\}){0,400}+)?\}\}"
)
_TEMPLATES = frozenset(
    fold(name)
    for name in (
        "citation needed,cite,cn,fact,cite needed,citation-needed,source needed,needs citation,refneeded,ref needed,cita requerida,cita,cr,demostrar,"
        "référence nécessaire,refnec,réf nécessaire,référence souhaitée,refsou,source,sources,à sourcer,source à préciser,référence à confirmer,"
        "beleg,belege,belege fehlen,beleg fehlt,quelle,quelle fehlt,quellen fehlen,nachweis,nachweis fehlt,einzelnachweis fehlt,carece de fontes,carece de fonte,fonte,referência necessária,citação necessária,"
        "citazione necessaria,senza fonte,cn,s,bron?,bron,fact?,bron gewenst,feit,fakt,potrzebny przypis,przypis,źródło,нет аи,источник?,аи,факт,"
        "нет источника,источник,джерело,джерело?,zdroj,zdroj?,doplňte zdroj,fakta|date,källa behövs,källa,kb,kilde mangler,kilde,tr,referanse,kaynak belirt,kaynak,olgu,"
        "butuh rujukan,fact,cn,citation requise,來源請求,来源请求,fact2,facts,source request,要出典,要出典範囲,要検証,출처,출처 필요,출처필요,مصدر,بحاجة لمصدر,"
        "dubious,verification needed,failed verification,page needed,unreferenced,unreferenced section,refimprove,more citations needed,citations needed,"
        "no sources,uncited,unsourced,reference needed,by whom,who,according to whom,better source,better source needed,"
        "cần chú thích,cần dẫn nguồn,lähde,lähde?,forrás,forrás?,citare necesară,necesită citare"
    ).split(",")
)
_NEUTRAL = frozenset(
    "who|by whom|according to whom|dubious|s|tr|cr|page needed|source|sources|fonte|quelle|zdroj|cita|kilde|bron|kaynak|beleg".split(
        "|"
    )
)
"""Names that elsewhere than in a wiki are variables of a template language."""


_ADDRESS = re.compile(
    r"\|[ \t]*(?:url|URL|archive-?url|chapter-?url|website|link|lien|enlace|doi)[ \t]*=[ \t]*(?P<v>[^|{}\s][^|{}\r\n]{0,60}?)[ \t]*(?=\||\}\}|\r?\n)"
)


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield templates that ask for a source, and what stands for an address in templates that name one."""
    text = around.document.text
    if "{{" not in text:
        return
    for match in _ADDRESS.finditer(text):
        start, end = match.span("v")
        if is_empty(match["v"], around.lexicon(start, end)) and not around.is_inert(start, end):
            yield start, end, MISSING
    wiki = around.document.format == "wikitext"
    for match in _TEMPLATE.finditer(text):
        name = fold(match["s"]).strip().removeprefix("template:").strip()
        if (name == "cite" and match["rest"]) or around.is_inert(*match.span()):
            continue
        if name in _TEMPLATES:
            sure = wiki or name not in _NEUTRAL
            yield (
                match.start(),
                match.end(),
                Verdict("citation_marker", "certain" if sure else "maybe"),
            )
        elif not wiki and name.endswith("?") and is_telling(name):
            verdict = judge(name, "bracket", around.lexicon(*match.span()))
            if verdict is not None and verdict.kind == "citation_marker":
                yield match.start(), match.end(), verdict
