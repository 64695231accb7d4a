"""News outlets and other publishers by their everyday names, with the sites they publish on.

The first thing asked, before Wikidata's "official website" (P856): people write "36Kr", "WaPo" or
"the Guardian", which are no labels. ``outlets.tsv`` is from general knowledge, the sites as they
answered in 2024–2026; extend it freely, one line an outlet, its columns separated by tabs:

    main name    other names, separated by semicolons    sites, the main one first    language    institution
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from refcheck.identifiers import host
from refcheck.text import fold


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: its names and sites, the main ones first, and the language of what it publishes.

    A site is a host without ``www.``, with a path where that alone tells an edition from another.
    An institution (a firm, an agency, a host of others' pages) is more often spoken of than quoted.
    """

    names: tuple[str, ...]
    sites: tuple[str, ...]
    language: str
    is_institution: bool = False

    @property
    def is_agency(self) -> bool:
        """Whether others print what it writes, so that one of these is rather the page's publisher."""
        return self.site in _AGENCIES

    @property
    def site(self) -> str:
        """The main site."""
        return self.sites[0]

    def publishes(self, address: str) -> bool:
        """Tell whether an address lies on one of its sites and not on that of another edition."""
        owner = at(address)
        return owner is not None and bool(set(owner.sites) & set(self.sites))


_AGENCIES = frozenset(
    "afp.com efe.com dpa.com apa.at apnews.com reuters.com ansa.it adnkronos.com agi.it pap.pl tt.se lusa.pt telam.com.ar europapress.es "
    "upi.com ptinews.com kyodonews.net jiji.com interfax.ru ria.ru tass.ru ukrinform.ua xinhuanet.com aa.com.tr antaranews.com".split()
)

_COMMON = frozenset(
    "ad as ara bild blick capital commentary confidencial danas delo discover dissent eater el nacional "
    "época epoca esquire expansión exame fakt falter focus fortune frontline forbes globes gestión gestion index information "
    "insider inc inquirer kapital krone kurier libero marca metro milenio mint mirror money nautilus "
    "next nature observador observer open panorama perfil politika proceso profil protocol punch quanta quartz reason "
    "reforma register republik respekt salon scroll semana slate sme snob stat standard standaard stern stuff sun "
    "t24 telex tempo time times trouw undark valor vanguard variety veja verge visão vogue vox watson welt wired zeit "
    "atlantic guardian independent economist telegraph spectator interception intercept nation walrus bulwark dispatch drift block "
    "defiant information conversation diplomat hill cut print wire caravan record markup athletic age australian "
    "crossing hr br di gp hs vg tt dr rts ap rai agi dna srf nos orf yle efe un sr dn fr fd ew bi tc rps sn di "
    "ars globo semafor republik confidential gazette herald journal star hindu dawn temps soir devoir soleil monde "
    "头条 公号 电厂 index fokus information börsen information svt expresso correio sabah hürriyet kompas "
    "chip geo kicker freitag morgenpost merkur tagi die presse der bund der standard die welt die zeit the times "
    "the standard the star the nation the sun the age the record the wire the print the block the cut the hill "
    "правда политика капитал дневник известия афиша лента эхо дождь сноб зеркало интерфакс delo 界面 雪球 "
    "早报 每经 电厂 端传媒 trt sic rtp abc cbs nbc fox vice stat medium twitter reddit who epa fda cdc bls ons "
    "bt mk кп мк аиф нг рг нв gw ard b92 n1 x adb ada ilo wto".split()
)
"""Names, folded, that are words or other things too: they count where the text uses them as a name."""

_CUE_BEFORE = re.compile(
    r"(?i)(?:\b(?:in|by|from|via|on|at|per|bei|bei der|bei dem|beim|im|in der|in dem|von|vom|laut|dans|de|du|par|selon|en|según|por|"
    r"em|no|na|segundo|su|sul|sulla|secondo|di|bij|volgens|van|enligt|i|från|w|według|za|podle|v|according to|source|quelle|fuente|fonte|bron|källa)"
    r"(?:\s+(?:the|der|die|das|le|la|el|o|a|il|de|het|magazine))?\s+|(?:в|из|по данным|газета|журнал|据|来自|出自|来源[:：]?|刊于|见)\s*|[*_(«»„“\"《〈「『[@|:：/–—]\s*)$"
)
_CUE_AFTER = re.compile(
    r"(?i)^(?:['’]s\b|[*_»”\"》〉」』)\]:：,]?\s*(?:\((?:\d|[A-Z][a-z]+ \d)|reported|reports|wrote|says|said|has\b|ran\b|published|article|report|story|piece|post|magazine|column|interview|video|"
    r"hat(?:te)?\b|bericht|schr(?:ieb|eibt)|meldet|artikel|beitrag|a (?:publi|écrit|rapport)|rapport|article|écrit|publica|publicó|informa|artículo|nota|reportagem|publicou|scrive|articolo|"
    r"报道|报導|的|文章|刊|写道|сообщ|писал|пишет|скрив|skrev|rapporter|schreef|napisa|poda)|[*_»”\"》〉」』)\]|–—:：])"
)


@cache
def _outlets() -> tuple[Outlet, ...]:
    rows = []
    table = files("refcheck").joinpath("outlets.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        main, others, sites, language, *kind = line.split("\t")
        names = (main, *(name for other in others.split(";") if (name := other.strip())))
        rows.append(Outlet(tuple(dict.fromkeys(names)), tuple(sites.split()), language, bool(kind)))
    return tuple(rows)


def _key(name: str) -> str:
    return re.sub(r"^the |[^\w]", "", fold(name))


@cache
def _by_name() -> dict[str, Outlet]:
    table: dict[str, Outlet] = {}
    for outlet in _outlets():
        table.setdefault(_key(outlet.names[0]), outlet)
    for outlet in _outlets():
        for name in outlet.names[1:]:
            table.setdefault(_key(name), outlet)
    for outlet in _outlets():
        for name in outlet.names:
            for form in _inflected(name, outlet.language):
                table.setdefault(_key(form), outlet)
    return table


def _inflected(name: str, language: str) -> tuple[str, ...]:
    """Return the forms of a name in other cases: "der Süddeutschen Zeitung", "в Коммерсанте"."""
    if language == "de":
        form = re.sub(r"(?<=[a-zäöüß])e(?= [A-ZÄÖÜ])", "en", name)
        return (form,) if form != name else ()
    if re.fullmatch(r"[А-Яа-яЁё]{5,}", name):
        stem = re.sub(r"[аеийоуъыьэюя]+$", "", name)
        return tuple(stem + ending for ending in "а у е и ы ой ом ах ам ами".split())
    return ()


@cache
def _by_site() -> dict[str, Outlet]:
    return {site: outlet for outlet in reversed(_outlets()) for site in reversed(outlet.sites)}


def find(name: str) -> Outlet | None:
    """Return the outlet of a name as people write it, or of an address; None where unknown.

    Case, accents, spaces, a leading "the" and punctuation do not matter; what stands in brackets
    after a name ("SR (Ekot)") may be left out.
    """
    if not name.strip():
        return None
    found = _by_name().get(_key(name)) or at(name)
    if found is None and (
        match := re.fullmatch(r"\s*([^()（）]+?)\s*[(（]([^()（）]+)[)）]\s*", name)
    ):
        return _by_name().get(_key(match[1])) or _by_name().get(_key(match[2]))
    return found


def at(address: str) -> Outlet | None:
    """Return the outlet on whose site an address lies; None where unknown.

    A site with a path ("bbc.com/mundo") goes before the host alone.
    """
    address = address.strip()
    name = host(address) if re.fullmatch(r"\S+\.\S+", address) else ""
    steps = re.sub(r"^\w+://", "", address).split("/")[1:3]
    while name.count("."):
        for path in ("/".join((name, *steps)), "/".join((name, *steps[:1])), name):
            if outlet := _by_site().get(path):
                return outlet
        name = name.split(".", 1)[1]
    return None


@lru_cache(maxsize=256)
def mentioned(text: str) -> tuple[tuple[int, int, Outlet], ...]:
    """Return the outlets that a text names, with start and end, in order of place.

    Latin names must stand as whole words, in the case of the table where they have four letters
    or fewer; a name that is a common word too ("Time", "Focus") only where the text uses it as one.
    """
    level = _level(text)
    found = []
    taken = 0
    for match in re.finditer(r"[^\W_]+|[^\W\d_]", level):
        starts = [match.start()] if match[0] in _first_words() else []
        if _is_run(match[0][0]):
            starts = list(range(match.start(), match.end()))
        for start in starts:
            if start >= taken and (one := _at(text, level, start)):
                found.append((start, *one))
                taken = one[0]
    return tuple(found)


def _at(text: str, level: str, start: int) -> tuple[int, Outlet] | None:
    """Return where the name that begins at a place ends, and whose it is."""
    for name in _beginning(level, start):
        end = start + len(name)
        if not level.startswith(name, start):
            continue
        if not _is_run(name[-1]) and re.match(r"[^\W_]", level[end : end + 1]):
            continue
        outlet = _by_name()[_key(name)]
        written = text[start:end]
        exact = any(written in {one, one.upper()} for one in outlet.names)
        if not exact and not _is_run(name[0]) and (len(written) <= 4 or written.islower()):
            continue
        short = len(written) <= 2
        if short or fold(written) in _COMMON:
            before, after = text[max(0, start - 24) : start], text[end : end + 24]
            if not (_CUE_BEFORE.search(before) or _CUE_AFTER.match(after)):
                continue
        return end, outlet
    return None


def _is_run(sign: str) -> bool:
    """Tell whether a sign is of a script that sets no spaces between words."""
    return "\u3040" <= sign <= "\u9fff"


def _beginning(level: str, start: int) -> Iterator[str]:
    """Yield the names that may begin at a place, the longest first."""
    for begin in _begins(level, start):
        yield from _by_start().get(begin, ())


@cache
def _by_start() -> dict[str, tuple[str, ...]]:
    """Names by how they begin (two words, a word, or two signs), the longest first."""
    table: dict[str, dict[str, None]] = {}
    for outlet in _outlets():
        for name in (
            *outlet.names,
            *(form for one in outlet.names for form in _inflected(one, outlet.language)),
        ):
            level = _level(name)
            table.setdefault(_begins(level, 0)[0], {}).setdefault(level)
    return {start: tuple(sorted(names, key=len, reverse=True)) for start, names in table.items()}


@cache
def _first_words() -> frozenset[str]:
    """Return the words with which names begin."""
    return frozenset(re.findall(r"^[^\W_]+|^[^\W\d_]", "\n".join(_by_start()), re.MULTILINE))


_WORDS = re.compile(r"([^\W_]+)(?:[\W_]{1,3}[^\W_]+)?")


def _begins(level: str, at_: int) -> tuple[str, ...]:
    """Return how a text begins at a place: its first two words and its first, or two signs."""
    if _is_run(level[at_]):
        return (level[at_ : at_ + 2],)
    match = _WORDS.match(level, at_)
    if match is None:
        return (level[at_],)
    return (match[0],) if match[0] == match[1] else (match[0], match[1])


def _level(text: str) -> str:
    """Return a text in small letters without accents, sign for sign as long as it was."""
    if text.isascii():
        return text.lower()
    out = []
    for sign in text:
        small = sign.lower()
        if "\u00c0" <= small < "\u0530" or "\u1e00" <= small < "\u2000":
            small = unicodedata.normalize("NFD", small)[:1]
        out.append(small if len(small) == 1 else sign)
    return "".join(out).replace("’", "'")
