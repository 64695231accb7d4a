"""Whether a line of text looks like a reference: what it begins with, what it holds, what it lacks."""

from __future__ import annotations

import re

_CAP = r"[^\W\d_a-z]"
_WORD = rf"{_CAP}[^\W\d_]*(?:[-'’ʼ][^\W\d_]+)*"
_PARTICLE = (
    r"(?:(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ter|ten|zu|af|St\.)[ '’-])*"
)
_NAMED = re.compile(
    rf"{_PARTICLE}{_WORD}(?: {_PARTICLE}{_WORD})?,\s*(?:{_CAP}\.|{_CAP}[^\W\d_]+|{_CAP}{{1,3}}\b)"
    rf"|(?:{_CAP}\.[ -]?){{1,4}}\s*{_PARTICLE}{_CAP}[^\W\d_]"
    rf"|{_PARTICLE}{_WORD}(?: {_WORD})? {_CAP}{{1,3}}(?=[,.;:]| and | & )"
    rf"|{_WORD} (?:{_CAP}\. ?)*{_PARTICLE}{_WORD}(?:,| and | & |;|\.)"
    r"|[\u3400-\u9fff·]{2,12}(?:[，,、;；.．:：]|\s*[\[(（])|[\uac00-\ud7af]{2,4}[,，. (]|[\u3040-\u30ff\u3400-\u9fff]{2,10}\s*[（(「『]"
)
"""A name with its initials or given name, in any order, at the beginning."""
_GROUP = re.compile(
    rf"{_CAP}[^()\n]{{2,120}}?[.,]?\s*[(\[](?:(?:1[5-9]|20)\d\d|n\.?d\.?|s\.?f\.?|o\.?\s?J\.?)[a-z]?\b"
)
"""A group and the year in brackets at the beginning."""
_DATED = re.compile(
    r"(?<![\d.])(?:1[5-9]|20)\d\d(?![\d])|\bn\.\s?d\.|\bs\.\s?f\.|\bs\.\s?d\.|\bo\.\s?J\.|\bin press\b|\bforthcoming\b|\bto appear\b|\bim Druck\b|\bsous presse\b|\ben prensa\b|待刊|\bsubmitted\b",
    re.IGNORECASE,
)
_POINTED = re.compile(
    r"\b10\.\d{4,9}/\S|https?://\S{4}|\bwww\.\S{4}|\barxiv\b|\bISBN\b|\bPMID\b|\bISSN\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\bpp?\.\s*[a-z]?\d|\b\d+\s*\(\d+\)|\bvol(?:ume)?\.?\s*\d|\bno\.\s*\d|\d{1,5}\s*[-–—]{1,2}\s*\d{1,5}|\b\d{1,4}\s*:\s*[a-z]?\d|[“\"„«‘'][^”\"“»’]{12,}[”\"“»’]|\[[JMCDRSPNZ](?:/OL)?\]|《[^》]+》|「[^」]+」|\bIn:?\s+[A-Z]|\b(?:Press|Verlag|Publishers?|Editions?|University|Universit\w+|Journal|Proceedings|Trans\.|J\.|Thesis|thesis|Springer|Elsevier|Wiley|Éd\w*|Technical [Rr]eport|ISO|IEEE|ACM|RFC|Nature|Science|Conference|Conf\.|Rev\.|Lett\.|Phys\.|IEC|DIN)\b|出版社|学报|大学|出版"
)
_PROSE = re.compile(
    r"^(?:(?:this|these|that|the following|all|some|see also the|note that|we|you|i|if|for (?:more|further|a)|please|here|there|in this|see|read|check|refer|visit|click|based on|thanks|as (?:of|a)|it|our|my|when|while|figure|table|fig\.|copyright|last updated|generated|view|page)\b|©)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
SHORTEST, LONGEST = 20, 1500
"""Code points of a reference without markup."""


def strong(said: str) -> bool:
    """Tell whether a text is a reference wherever it stands: a beginning of one, a date, a place."""
    if (
        not SHORTEST <= len(said) <= LONGEST
        or len(_LETTERS.findall(said)) < 4
        or _PROSE.match(said)
    ):
        return False
    if not (_NAMED.match(said) or _GROUP.match(said)):
        return False
    pointed, placed = _POINTED.search(said), _PLACED.search(said)
    return bool((pointed and placed) or ((placed or pointed) and _DATED.search(said)))


def in_list(said: str, *, item: bool, keyed: bool = False) -> bool:
    """Tell whether a text in a reference list is a reference, and no remark on the list.

    An ``item`` may be as bare as a title and its address; a paragraph must begin as references do or
    say where the work stands. What is ``keyed`` by a number is meant to be cited, however it begins.
    """
    if not 12 <= len(said) <= LONGEST or len(_LETTERS.findall(said)) < 2:
        return False
    dated, pointed = _DATED.search(said), _POINTED.search(said)
    if not (dated or pointed):
        return bool(_NAMED.match(said) and _PLACED.search(said) and len(said) < 400)
    if _PROSE.match(said) and not keyed:
        return False
    if item:
        return True
    begun = _NAMED.match(said) or _GROUP.match(said)
    return bool(begun or (_PLACED.search(said) and dated)) and not said.endswith(":")
