"""What a piece of text in a container is: a gap for a source, of which kind and how sure.

The container tells how much its words must say: a bracket is a place to fill by itself, a
parenthesis is ordinary prose more often than not, a TODO is a note about anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from refcheck import outlets
from refcheck.finders.words import LANGUAGES, Lexicon, lexicon
from refcheck.model import Certainty, Kind
from refcheck.text import fold, is_cjk

Container = Literal[
    "bracket", "paren", "angle", "brace", "todo", "target", "label", "line", "comment"
]
About = Literal["", "list", "work", "link", "cite"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gap is and how sure that is."""

    kind: Kind
    certainty: Certainty


LONGEST = 420
"""A longer bracket is prose."""

_EMPTY = re.compile(r"[?¿？]+")
_MASK = re.compile(r"(?:x{2,}|_{2,}|\.{3,}|…+|-{2,}|\*{3,}|#{2,}|n{2,}|y{4})[\d.]*", re.IGNORECASE)
_MARK = re.compile(
    r"@?(?:todo|tbd|tba|tbc|tk|tktk|fixme|fix me|xxx+|n/?a yet|placeholder|pending|needed|missing)"
)
_LEAD = re.compile(
    r"(?:[@*!¡¿\s:;,.–-]|(?:todo|fixme|tbd|xxx+|note|nb|please|pls|bitte|hier|ici|aqui|qui|here|we|you|i|to|must|should|have|still|also|maybe|also|ask \w+|fyi|editor|author|authors?:|ed)\b)+"
)
_NOT_SOURCE = re.compile(
    r"\b(?:cross[ -]?references?|self[ -]?references?|references? (?:to (?:\w+ )?(?:figure|table|section|chapter|appendix|fig|sec|eq|equation|code|class|object|file)s?|values?|implementations?|counts?|counting|frames?|images?|solutions?|points?|data|manual|docs?|types?|types?|system|design|architecture|model|letters?|number|genome|guide|table|figure|for rest|material|checks?|cycles?)|"
    r"source (?:code|files?|director\w+|trees?|maps?|images?|language|address|ip|port|node|type|text|branch|repos?|repositor\w+|control|folder|set|available|control|distribution|package)|open[ -]source|data ?sources?|(?:light|power|energy|event|sound|heat|voltage|current|income|revenue|food|water) sources?|"
    r"link(?:ed|er|age|ing)|deep link|dead links?|symlinks?|links? (?:to (?:the |this |our |my |your )?(?:repos?|repositor\w+|code|github|project|page|app|site|website|demo|video|dashboard|section|chapter|form|chat|discord|slack|download|api|docs|documentation|issue|ticket|previous|next|other|community|group|deployed|live|presentation|slides?|dataset|data|stable|file|notebook|profile)|between|above|below|target|text)|"
    r"url (?:of (?:the |this |your )?(?:repos?|repositor\w+|project|site|page|app|api|server|image)|param\w*|path|scheme|encoding)|"
    r"(?:citation|reference|bibliography|source) (?:styles?|formats?|keys?|managers?|patterns?|markers?|markup|tags?|graph|counts?|network|index|analysis|list style|numbers?|rules?|syntax|templates?|tools?)|numbered citation|in-text citations?|(?:null|void|object|variable|method|weak|strong|circular|project|assembly|character|job|employment|bank) references?|paper (?:size|trail)|(?:image|photo|picture|data|code|script) (?:source|url|link)s?|(?:source|reference) (?:target|range|level|voltage|electrode|signal|sequence|section)s?)\b"
)
_REAL = re.compile(
    r"https?://\S+\.\w|\\?cite\w*\{[^}?]+\}|:cite\w*:|@[A-Za-z]\w*\d|\bcite[/\w]*:\s*@?[A-Za-z][\w:-]*\d|cite(?:/\w+)*:@|\b10\.\d{4,}/\w|\bdoi\.org/"
)
_CITED = re.compile(r"(?:cite|citep|citet|ref)[/\w]*:\s*[@&]?\w")
_HOW = re.compile(
    r"\b(?:how|where|when|who|whom|which|what|ways?|why) to\b|\bas required\b|\bif (?:needed|required|necessary|any|missing)\b|\bno longer\b|\bnot needed\b|\bwithout\b|\bthese later\b"
)
_ABOUT = re.compile(r"\b(?:see|siehe|voir|cf|vedi|ver|above|below|linked|following)\b")
_ATTRIBUTION = re.compile(r"^(?:image |photo |figure |data )?(?:source|sources|ref|reference|quelle|fuente|fonte|bron|link|url|citation|via|credit)\s*[:=]\s*\S")  # fmt: skip
_OMITTED = re.compile(r"\b(?:omitted|altered|removed|internal)\b|\bhidden\b|\bcleaned up\b")
_STRONG_ACT = re.compile(
    r"(?:insert|add|put|fill in|provide|include|paste|need|needs|find|cite|give|look up|dig up|supply|replace|missing)\w{0,3}\b"
)
_WEAK_ACTS = frozenset(
    "get want check need needs give update verify enter place quote complete specify attach include find".split()
)
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_GLUED = re.compile(
    r"^(?:please)?(?:insert|add|provide|paste|put|fillin|include)(?:the|a|an|your|actual|correct)*"
    r"(?P<noun>link|url|citation|reference|source|paper|article)"
)


def judge(content: str, container: Container, lex: Lexicon, about: About = "") -> Verdict | None:
    """Say what a container's content is; None for what is no gap. ``about``: what its label or heading speaks of."""
    if len(content) > LONGEST:
        return None
    bare = content.strip(" \t\r\n*_\"'“”‘’«»`\\").replace("\\", "")
    text = fold(bare)
    if not text:
        return None
    if verdict := _masked(text, container, about):
        return verdict
    core = text.strip(" ?!.:…。？！,;-–—*<>[](){}")
    if not core:
        return None
    if _CITED.match(bare):
        return None
    if _REAL.search(bare) and not (container in {"bracket", "todo"} and _told_first(text, lex)):
        return None
    if core in lex.bare:
        return _alone(core, bare, container, lex)
    if _OMITTED.search(text):
        return None
    verdict = _told(text, bare, container, lex, about)
    if verdict is None and container in {"bracket", "paren"} and len(core.split()) <= 4:
        return _foreign(core, text, container)
    return verdict


def _foreign(core: str, text: str, container: Container) -> Verdict | None:
    """A marker of several words in a language other than its sentence's: only what is beyond doubt."""
    every = lexicon(frozenset(LANGUAGES))
    if core in every.bare and (" " in core or is_cjk(core)):
        return Verdict("citation_marker", "certain" if container == "bracket" else "likely")
    if " " in core and len(core) >= 8:
        for language in LANGUAGES[1:] if not _HOW.search(text) else ():
            own = lexicon(frozenset({language}))
            cite, promise = own.cite.search(core), own.promise.search(core)
            if (
                cite
                and promise
                and len(cite[0]) >= 4
                and len(promise[0]) >= 5
                and not own.other.search(core)
            ):
                return Verdict("citation_marker", "likely")
    return None


def _told_first(text: str, lex: Lexicon) -> bool:
    lead = _LEAD.match(text)
    return lex.act.match(text, lead.end() if lead else 0) is not None


def _masked(text: str, container: Container, about: About) -> Verdict | None:
    if _EMPTY.fullmatch(text):
        if container == "bracket":
            return Verdict("citation_marker", "likely")
        if container in {"target", "label"}:
            return Verdict("link_placeholder", "likely")
        return Verdict("citation_marker", "maybe") if container == "paren" and len(text) > 2 else None  # fmt: skip
    if _MASK.fullmatch(text):
        if container == "target":
            return Verdict("link_placeholder", "likely")
        if container == "bracket" and text[0] == "x" and len(text) > 1:
            return Verdict("citation_marker", "likely" if len(text) < 5 else "maybe")
        if container == "label" and about in {"link", "list", "cite", "work"}:
            return Verdict(_kind_of(about), "likely")
        return None
    if _MARK.fullmatch(text.strip(" .!?:;…")):
        if container == "target":
            return Verdict("link_placeholder", "certain")
        if about:
            return Verdict(_kind_of(about), "certain" if container == "label" else "likely")
        if container in {"bracket", "paren"}:
            return Verdict("other_placeholder", "maybe")
    return None


def _kind_of(about: About) -> Kind:
    if about == "list":
        return "bibliography_placeholder"
    return "citation_marker" if about == "cite" else "link_placeholder"


_PLURAL = frozenset(
    "sources references links citations refs doi fontes fuentes quellen belege liens enlaces bronnen".split()
)


def _alone(core: str, bare: str, container: Container, lex: Lexicon) -> Verdict | None:
    """A word such as "cite" or "link" that is all there is."""
    link = bool(lex.link.search(core)) and not lex.cite.search(core)
    kind: Kind = "link_placeholder" if link or container == "target" else "citation_marker"
    shouted = bare.upper() == bare and bare.lower() != bare
    asked = bare.rstrip(" .!").endswith(("?", "？"))
    if container == "target":
        return Verdict(
            kind, "certain" if core in {"link", "url", "source", "citation"} else "likely"
        )
    if container == "bracket":
        plural = core in _PLURAL and not shouted and not asked
        return Verdict(kind, "likely" if not plural else "maybe")
    if container == "paren":
        weak = core in {"source", "sources", "reference", "references", "citations", "doi", "url", "links", "footnote", "fn", "fuente", "fuentes", "quellen", "source link"}  # fmt: skip
        if weak and not shouted and not asked:
            return Verdict(kind, "maybe")
        return Verdict(kind, "likely")
    if container == "todo":
        return Verdict(kind, "certain" if core not in {"link", "links", "url"} else "likely")
    if container in {"angle", "brace"}:
        return Verdict(
            kind, "likely" if container == "angle" and (shouted or " " in core) else "maybe"
        )
    if container == "comment":
        return Verdict(kind, "likely" if kind == "citation_marker" or asked else "maybe")
    if container == "label":
        return None
    return Verdict(kind, "likely") if shouted else None


def _told(text: str, bare: str, container: Container, lex: Lexicon, about: About) -> Verdict | None:
    stripped = _NOT_SOURCE.sub(" ", text)
    lead = _LEAD.match(stripped)
    body = stripped[lead.end() :] if lead else stripped
    todo = container == "todo" or bool(re.match(r"\W*(?:todo|fixme|tbd|xxx)\b", text))
    nouns = {role for role in ("cite", "link", "list", "work") if getattr(lex, role).search(body)}
    foreign = bool(lex.other.search(stripped)) or stripped != text
    count = len(body) // 3 if is_cjk(body) else len(_WORDS.findall(body))
    act = lex.act.search(body)
    promise = lex.promise.search(text)
    asked = bare.rstrip(" .!").endswith(("?", "？"))
    shouted = _is_shouted(bare)
    if not nouns and (glued := _GLUED.match(re.sub(r"[^a-z]", "", text))) and container != "line":
        nouns = {"link" if glued["noun"] in {"link", "url"} else "cite"}
        act = re.match("", "")
    early = act is not None and (act.start() <= 25 or act.end() >= len(body) - 30)
    first = act is not None and act.start() <= 2
    if not nouns:
        return _sourceless(container, about, promise, first, count)
    if container in {"bracket", "paren", "comment"} and _ATTRIBUTION.match(text) and not promise and not todo:  # fmt: skip
        marked = re.match(r"(?:REFS?|CITE|CITATION|SOURCE|URL|LINK)\s*:", bare) or text.startswith(
            "citation:"
        )
        if not (container == "bracket" and marked and shouted):
            return None
    told = (
        todo or (act is not None and early and count <= 40) or (promise is not None and count <= 40)
    )
    if container == "paren":
        told = _told_in_parenthesis(text, body, act, promise, todo, count, asked, lex)
    elif container in {"angle", "brace"}:
        told = (todo or first or promise is not None) and count <= 10
    elif container == "line":
        told = (promise is not None or shouted) and count <= 14
    elif container == "comment" and nouns == {"list"} and not todo:
        told = False  # where a program is to put the list
    elif container == "comment":
        told = todo or (first and count <= 15) or (promise is not None and count <= 12)
    if not told:
        if container in {"bracket", "comment"} and asked and count <= (9 if "cite" in nouns else 4):
            return Verdict("citation_marker", "likely")
        if container == "bracket" and (named := _named(bare, body, nouns, count, foreign, lex)):
            return named
        if shouted and "cite" in nouns and count <= 8 and container in {"bracket", "paren"}:
            return Verdict("citation_marker", "likely")
        if container == "bracket" and first and count <= 25:
            told = True
        else:
            return None
    kind = _which(nouns, about, promise is not None, act is not None and first, text, lex)
    if foreign and not (nouns & {"cite", "list"}):
        return Verdict("other_placeholder", "maybe")
    if (
        nouns == {"work"}
        and promise is None
        and act is not None
        and act[0] in _WEAK_ACTS
        and count > 3
    ):
        return None
    if container == "todo" and nouns == {"work"} and not first:
        return Verdict("other_placeholder", "maybe")
    if foreign and container in {"todo", "comment"} and stripped != text:
        return Verdict("other_placeholder", "maybe")
    sure = container in {"bracket", "target", "todo"} and bool(nouns & {"cite", "link", "list"})
    return Verdict(kind, "certain" if sure and not foreign else "likely")


_LINK_TO = re.compile(
    r"\W*(?:links? (?:to|zu[mr]?|naar|till|til|al?|alla|para)|liens? vers|enlaces? al?|collegamento al?) "
    r"(?:the |an? |le |la |l['’]|de[nrm] |das |il |el )?"
    r"(?!(?:code|demo|repo|repository|video|website|homepage|projekt|project)\b)"
)
"""A link is wanted to a thing that is named; those that are one's own to give are left out."""


def _named(
    bare: str, body: str, nouns: set[str], count: int, foreign: bool, lex: Lexicon
) -> Verdict | None:
    """A bracket that names what belongs there: "Guardian link", "ref Smith", "link to the story"."""
    if foreign or not 2 <= count <= 6:
        return None
    for role, kind in (
        ("link", "link_placeholder"),
        ("cite", "citation_marker"),
        ("work", "link_placeholder"),
    ):
        if role not in nouns:
            continue
        found = getattr(lex, role).search(body)
        first, last = found.start() <= 2, found.end() >= len(body.rstrip(" .!?")) - 1
        if role == "link" and (first or last):
            named = outlets.mentioned(bare) or _LINK_TO.match(body)
            return Verdict("link_placeholder", "likely" if named else "maybe")
        if (
            role == "cite"
            and first
            and re.match(r"\W*(?:refs?|cite|citation|references? to|quelle|cita|fonte)\b", body)
        ):
            return Verdict("citation_marker", "likely")
        if role == "work" and last and count <= 3:
            return Verdict("link_placeholder", "maybe")
        if (
            kind == "citation_marker"
            and last
            and count <= 3
            and found[0] in {"ref", "cite", "citation"}
        ):
            return Verdict("citation_marker", "likely")
    return None


def _told_in_parenthesis(
    text: str, body: str, act: re.Match[str] | None, promise: re.Match[str] | None,
    todo: bool, count: int, asked: bool, lex: Lexicon,
) -> bool:  # fmt: skip
    """A parenthesis must say that something is to be done or to come, in few words."""
    if todo:
        return True
    if asked and count <= 9 and (lex.cite.search(body) or lex.link.search(body)):
        return True
    if _HOW.search(text):
        return False
    if (
        promise is not None
        and count <= 14
        and not _ABOUT.search(text)
        and (count <= 6 or promise.end() - promise.start() > 6)
    ):
        return True
    if is_cjk(body) and len(body) <= 8 and lex.link.search(body[-4:]):
        return True
    if promise is not None and promise.end() <= 45 and promise.end() - promise.start() > 6:
        noun = lex.list.search(text) or lex.cite.search(text)
        return noun is not None and noun.start() <= 12
    if count > 14 or act is None:
        return False
    if is_cjk(body):
        return len(body) <= 24
    if (
        count <= 5
        and act.end() >= len(body.rstrip(" .!"))
        and not act[0].isdigit()
        and act.start() > 2
    ):
        return (
            not re.search(
                r"\b(?:cite|need|needs|add|check|get|want|give|find|put|check|missing)$", act[0]
            )
            or act[0] == "missing"
        )
    return act.start() <= 2 and (
        act[0] not in {"check", "want", "get", "update", "give", "enter", "place", "quote", "complete"}
        and (_STRONG_ACT.match(body) is not None or not act[0].isascii() or count <= 6)
    )  # fmt: skip


def _sourceless(
    container: Container, about: About, promise: re.Match[str] | None, first: bool, count: int
) -> Verdict | None:
    """Something is promised that is not called a source: one only where the context speaks of sources."""
    if promise is not None and about in {"list", "work", "link"} and count <= 16:
        kind = "bibliography_placeholder" if about == "work" else _kind_of(about)
        return Verdict(kind, "certain" if container in {"bracket", "paren"} and promise.end() - promise.start() > 6 else "likely")  # fmt: skip
    if container == "bracket" and (promise is not None or first) and count <= 30:
        if about == "list":
            return Verdict("bibliography_placeholder", "likely")
        return Verdict("other_placeholder", "maybe")
    if container == "paren" and promise is not None and count <= 8:
        return Verdict("other_placeholder", "maybe")
    return None


def _which(
    nouns: set[str], about: About, promised: bool, told: bool, text: str, lex: Lexicon
) -> Kind:
    if "link" in nouns and not (nouns & {"cite"} and not re.search(r"\b(?:link|url)", text)):
        return "link_placeholder" if "cite" not in nouns or told else "citation_marker"
    if about == "list" and nouns & {"cite", "list", "work"}:
        return "bibliography_placeholder"
    plain_list = "list" in nouns and not re.search(
        r"\b(?:cite|citations?|ref|reference|source|sources|refs)\b", text
    )
    whole = re.search(
        r"\b(?:more|full|additional|further|complete|detailed|other|all|list of|selected)\s+(?:\w+\s+)?(?:references|citations|sources|literature|bibliography)|更多|完整|全部",
        text,
    )
    if ("list" in nouns and promised and (plain_list or whole)) or (whole and promised):
        cites = lex.cite.search(text)
        only = lex.list.search(text)
        if whole or (
            only and (cites is None or only.end() - only.start() > cites.end() - cites.start())
        ):
            return "bibliography_placeholder"
    return "citation_marker"


def _is_shouted(bare: str) -> bool:
    letters = [c for c in bare if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.6 * len(letters) and bare.upper() != bare.lower()  # fmt: skip
