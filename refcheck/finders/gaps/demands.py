"""What a text asks for or promises, container by container.

The container tells how much its words must say: a bracket is a place to fill by itself, a
parenthesis is ordinary prose more often than not, a note may be about anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from refcheck import outlets
from refcheck.finders.gaps.reading import Reading
from refcheck.finders.gaps.recalled import WHICH, recalls
from refcheck.finders.gaps.verdict import Asked, Container, Verdict, kind_of
from refcheck.model import Kind
from refcheck.text import is_cjk

_HOW = re.compile(
    r"\b(?:how|where|when|who|whom|which|what|ways?|why) to\b|\bas required\b|\bif (?:needed|required|necessary|any|missing)\b"
    r"|\bno longer\b|\bnot needed\b|\bwithout\b|\bthese later\b|\bthe missing link\b|\bwhat is missing\b"
)
_ABOUT = re.compile(
    r"\b(?:see|siehe|voir|cf|vedi|ver|above|below|linked|following|zie|viz|se)\b|见|見|参照|点击"
)
_ATTRIBUTION = re.compile(
    r"(?:image |photo |figure |data )?(?:source|sources|ref|reference|quelle|quellen|fuente|fonte|bron|link|url|citation|via|"
    r"credit|kaynak|zdroj|zrodlo|kilde|kalla|источник|sumber|来源|來源|出典|출처|参考|참고|المصدر)\s*[:：=]\s*\S"
)  # fmt: skip
_CALLED_FOR = re.compile(r"(?:REFS?|CITE|CITATION|SOURCE|URL|LINK)\s*:|(?i:citation|cite):")
_NO_ADDRESS = re.compile(
    r"(?:link|url|lien|enlace|odkaz|lank|ссылка|链接|連結|リンク|링크|tautan)\s*[:：–—-]\s*\D"
)
"""What is called a link and is followed by no address."""
_STRONG_ACT = re.compile(
    r"(?:insert|add|put|fill in|provide|include|paste|need|needs|find|cite|give|look up|dig up|supply|replace|missing)\w{0,3}\b"
)
_WEAK_ACTS = frozenset("get want check need needs give update verify enter place quote complete specify attach include find".split())  # fmt: skip
_FINDS = re.compile(r"(?:find|cite|add|insert|look up|dig up|get)\b")
_NEVER_IN_PROSE = frozenset("check want get update give enter place quote complete".split())
_NO_LAST_WORD = re.compile(r"\b(?:cite|need|needs|add|check|get|want|give|find|put)$")
_WHOLE_LIST = re.compile(
    r"\b(?:more|full|additional|further|complete|detailed|other|all|list of|selected)\s+(?:\w+\s+)?(?:references|citations|sources|literature|bibliography)|更多|完整|全部"
)
_LINK_TO = re.compile(
    r"\W*(?:(?:hyper)?links?|urls?|liens?|enlaces?|vinculo|collegament[oi]|odkaz|lank|lenke|ссылк\w|tautan|baglanti)"
    r"\s+(?:to|for|of|zu[mr]?|auf|naar|till?|al?|alla|para|vers|vers|d[aeo]s?|du|del|na|ke|на|à)\b"
)


def demanded(reading: Reading, container: Container, about: Asked) -> Verdict | None:
    """Say what a text that is no mere marker is; None for what is no gap."""
    if container in {"bracket", "paren"} and recalls(reading):
        return Verdict("citation_marker", "likely")
    if not reading.nouns:
        return _sourceless(reading, container, about)
    if _is_attribution(reading, container):
        return None
    if not _TOLD[container](reading):
        return _hinted(reading, container)
    return _weighed(reading, container, about)


# --- whether it asks or promises ------------------------------------------------------------------


def _in_bracket(reading: Reading) -> bool:
    return reading.noted or (reading.size <= 40 and (reading.early or reading.claim is not None))


def _in_parenthesis(reading: Reading) -> bool:
    """A parenthesis must say that something is to be done or to come, in few words."""
    if reading.noted:
        return True
    size, act, claim = reading.size, reading.act, reading.claim
    if size <= 9 and (reading.cite or reading.link) and (reading.asked or _orders(reading)):
        return True
    if _HOW.search(reading.text):
        return False
    if claim is not None and not _ABOUT.search(reading.text):
        length = claim.end() - claim.start()
        if not _together(reading):
            return False
        if size <= 14 and (size <= 6 or length > 6 or is_cjk(claim[0])):
            return True
        noun = reading.list or reading.cite
        if claim.end() <= 45 and length > 6 and noun is not None and noun.start() <= 12:
            return True  # a long one that begins with it
    if act is None or size > 14:
        return False
    if is_cjk(reading.body):
        return len(reading.body) <= 24 and not _ABOUT.search(reading.text)
    body = reading.body.rstrip(" .!")
    if size <= 5 and act.end() >= len(body) and act.start() > 2:
        return not _NO_LAST_WORD.search(act[0]) or size <= 3
    return reading.first and act[0] not in _NEVER_IN_PROSE and (
        _STRONG_ACT.match(reading.body) is not None or not act[0].isascii() or size <= 6
    )  # fmt: skip


def _together(reading: Reading) -> bool:
    """Tell whether what is claimed is claimed of the noun: no comma stands between them."""
    nouns = (reading.cite, reading.link, reading.list, reading.work)
    found = [noun.start() for noun in nouns if noun is not None]
    lex = reading.lex
    claim = next(
        filter(None, (role.search(reading.body) for role in (lex.promise, lex.adverb, lex.lack))),
        None,
    )
    if claim is None or not found:
        return True
    first, last = min(found), claim.start()
    return not re.search(r"[,;]", reading.body[min(first, last) : max(first, last)])


def _orders(reading: Reading) -> bool:
    """Tell whether a question is followed by an order ("where was this? find ref")."""
    return "? " in reading.text and _STRONG_ACT.match(reading.text.split("? ")[-1]) is not None


_SHOUTED_MARKER = re.compile(r"\b(?:CITE|REFS?|REFs|CITATIONS?|SOURCES?)\b")


def _in_angle(reading: Reading) -> bool:
    return (reading.noted or reading.first or reading.claim is not None) and reading.size <= 10


def _in_comment(reading: Reading) -> bool:
    if reading.nouns == {"list"} and not reading.noted:
        return False  # where a program is to put the list
    short = reading.first and reading.size <= 15
    return reading.noted or short or (reading.claim is not None and reading.size <= 12)


def _in_line(reading: Reading) -> bool:
    return (reading.claim is not None or reading.act is not None) and reading.size <= 14


def _as_value(reading: Reading) -> bool:
    short = reading.claim is not None and reading.size <= 4 and reading.claim.start() <= 1
    return reading.pure or short or (reading.first and reading.size <= 4)


_TOLD: dict[Container, Callable[[Reading], bool]] = {
    "bracket": _in_bracket,
    "paren": _in_parenthesis,
    "angle": _in_angle,
    "brace": _in_angle,
    "comment": _in_comment,
    "line": _in_line,
    "value": _as_value,
    "note": lambda _: True,
    "target": lambda reading: (
        _in_bracket(reading) or (reading.link is not None and reading.size <= 6)
    ),
}


def _is_attribution(reading: Reading, container: Container) -> bool:
    """Tell whether a source is named ("source: Eurostat"), not asked for."""
    if container not in {"bracket", "paren", "comment"} or reading.noted or reading.asked:
        return False
    if not _ATTRIBUTION.match(reading.text):
        return False
    if reading.claim is not None and reading.pure:
        return False
    called = _CALLED_FOR.match(reading.bare) and (reading.shouted or reading.text[0] == "c")
    if (container == "bracket" and called) or _NO_ADDRESS.match(reading.text):
        return False
    _, _, named = reading.text.replace("：", ":").partition(":")
    if reading.lex.act.match(named) or (
        container == "bracket" and reading.work and not re.search(r"\d", named)
    ):
        return False  # "source: insert", "Beleg: Studie zu Schlaf"
    return reading.claim is None


# --- what it is then ------------------------------------------------------------------------------


def _weighed(reading: Reading, container: Container, about: Asked) -> Verdict | None:
    nouns = reading.nouns
    if (reading.other or reading.foreign) and not nouns & {"cite", "list"}:
        return Verdict("other_placeholder", "maybe")
    noted = reading.noted or container == "note"
    if nouns == {"work"} and not (noted and (reading.asked or _FINDS.match(reading.body))):
        weak = reading.act is not None and reading.act[0] in _WEAK_ACTS and reading.size > 3
        if reading.claim is None and weak:
            return None
        if noted and not reading.first:
            return Verdict("other_placeholder", "maybe")
    if reading.foreign and container in {"note", "comment"}:
        return Verdict("other_placeholder", "maybe")
    told = container in {"comment", "paren"} and reading.noted
    boxed = container in {"bracket", "target", "note"} or told
    sure = boxed and nouns & {"cite", "link", "list"} and not (reading.other or reading.foreign)
    return Verdict(_kind(reading, about), "certain" if sure else "likely")


def _kind(reading: Reading, about: Asked) -> Kind:
    nouns, text = reading.nouns, reading.text
    if "link" in nouns and ("cite" not in nouns or reading.first or re.search(r"\blink|\burl|链接|連結", text)):  # fmt: skip
        return "link_placeholder"
    if nouns & {"cite", "list", "work"} and about() == "list":
        return "bibliography_placeholder"
    if reading.claim is not None:
        if _WHOLE_LIST.search(text):
            return "bibliography_placeholder"
        if reading.list and (reading.cite is None or len(reading.list[0]) > len(reading.cite[0])):
            return "bibliography_placeholder"
    return "citation_marker"


def _hinted(reading: Reading, container: Container) -> Verdict | None:
    """What neither asks nor promises, but is a gap by its form."""
    size, nouns = reading.size, reading.nouns
    if reading.other and not nouns & {"cite"}:
        return None
    if container in {"bracket", "comment"} and reading.asked and size <= (9 if "cite" in nouns else 4):  # fmt: skip
        return Verdict("citation_marker" if "link" not in nouns else "link_placeholder", "likely")
    if container == "bracket" and (named := _named(reading)):
        return named
    if (
        container == "bracket"
        and "cite" in nouns
        and _ATTRIBUTION.match(reading.text)
        and size <= 9
    ):
        return Verdict("citation_marker", "likely")
    if container in {"bracket", "paren"} and "cite" in nouns and size <= 8:
        if _SHOUTED_MARKER.search(reading.bare) and re.search(
            r"(?i)\b(?:see|cf|e\.?g|et al|also|review)\b|,|^[A-Z][a-z]+ [A-Z]+$", reading.bare
        ):
            return Verdict("citation_marker", "likely")  # "see REF", "Walker et al., CITE"
        if (
            reading.shouted
            and reading.cite is not None
            and (len(reading.cite[0]) >= 4 or reading.cite[0][:3] in {"ref", "cit"})
        ):
            return Verdict("citation_marker", "likely")
        if size <= 3 and re.search(r", (?:cite|ref|citation)$", reading.core):
            return Verdict("citation_marker", "likely")
    if container == "paren" and reading.link is not None and (named := _link_named(reading)):
        return named
    if (
        container == "paren"
        and reading.asked
        and "work" in nouns
        and re.match(rf"\W*(?:{WHICH})\b", reading.text)
    ):
        return Verdict("citation_marker", "likely")
    short = container == "paren" and is_cjk(reading.body) and len(reading.core) <= 8
    if short and reading.link is not None and not _ABOUT.search(reading.text):
        ends = reading.link.end() >= len(reading.body.rstrip(" 。."))
        return Verdict("link_placeholder", "likely") if ends else None
    return None


def _link_named(reading: Reading) -> Verdict | None:
    """A parenthesis that names the link that belongs there: "Reuters, link", "link: Reuters", "link to the report"."""
    if (
        reading.other
        or reading.foreign
        or not 2 <= reading.size <= 7
        or _ABOUT.search(reading.text)
    ):
        return None
    told = outlets.mentioned(reading.bare) or reading.work
    ends = reading.link is not None and reading.link.end() >= len(reading.body.rstrip(" .!?")) - 1
    if _NO_ADDRESS.match(reading.text) or (told and _LINK_TO.match(reading.text)):
        return Verdict("link_placeholder", "likely")
    if (
        ends
        and reading.size <= 5
        and not _EXAMPLE.match(reading.text)
        and (told or re.search(r"[,–—:-] ?(?:link|url)$", reading.core))
    ):
        return Verdict("link_placeholder", "likely")
    return None


_EXAMPLE = re.compile(r"(?:e\.?g|i\.?e|such as|like|z\.? ?b|p\.? ?ex|por ejemplo)\b")


def _named(reading: Reading) -> Verdict | None:
    """A bracket that names what belongs there: "Guardian link", "ref Smith", "link to the story"."""
    longest = 14 if _LINK_TO.match(reading.text) else 7
    if reading.other or reading.foreign or not 2 <= reading.size <= longest:
        return None
    body = reading.body.rstrip(" .!?")
    if link := reading.link:
        if link.start() > 2 and link.end() < len(body) - 1:
            return None
        told = (
            _LINK_TO.match(reading.text)
            or _NO_ADDRESS.match(reading.text)
            or re.search(r"[,–—:] ?\S+$", reading.core)
            or outlets.mentioned(reading.bare)
            or reading.work
        )
        if told or reading.shouted or is_cjk(body):  # fmt: skip
            return Verdict("link_placeholder", "likely")
        return Verdict("link_placeholder", "maybe")
    if cite := reading.cite:
        if cite.start() <= 2 and re.match(r"\W*(?:refs?|cite|citation|references? to|quelle|cita|fonte)\b", reading.body):  # fmt: skip
            return Verdict("citation_marker", "likely")
        if cite.end() >= len(body) - 1 and reading.size <= 3 and cite[0] in {"ref", "cite", "citation"}:  # fmt: skip
            return Verdict("citation_marker", "likely")
        return None
    if reading.work and reading.work.end() >= len(body) - 1 and reading.size <= 3:
        return Verdict("link_placeholder", "maybe")
    return None


def _sourceless(reading: Reading, container: Container, asked: Asked) -> Verdict | None:
    """Something is promised that is not called a source: one only where the context speaks of sources."""
    claim, size = reading.told, reading.size
    if claim is None and not reading.first:
        return None
    if container == "target":
        told = reading.pure and size <= 8
        return Verdict("link_placeholder", "certain") if told else None
    if container == "value":
        about = asked() if reading.pure and size <= 8 else ""
        return Verdict(kind_of(about), "certain") if about else None
    if container not in {"bracket", "paren", "line", "comment"} or size > 30:
        return None
    if container == "paren" and size > 6 and not reading.pure:
        return None
    about = asked()
    if claim is not None and about and size <= 16:
        boxed = container in {"bracket", "paren"} and claim.end() - claim.start() > 6
        kind = "bibliography_placeholder" if about == "work" else kind_of(about)
        return Verdict(kind, "certain" if boxed or reading.pure else "likely")
    if container == "bracket":
        kind = "bibliography_placeholder" if about == "list" else "other_placeholder"
        return Verdict(kind, "likely" if about == "list" else "maybe")
    if container == "paren" and claim is not None:
        return Verdict("other_placeholder", "maybe")
    return None
