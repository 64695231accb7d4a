"""Whose page is meant: the publisher, as the words round a gap name it."""

from __future__ import annotations

import re
from functools import lru_cache

from refcheck import outlets
from refcheck.finders.page.zones import (
    END,
    KINDS_OF_TEXT,
    LABEL,
    LINKED,
    NEAR,
    Zones,
    is_telling,
)
from refcheck.text import fold, is_cjk

_OWN_PUBLISHER = re.compile(
    rf"(?i)(?:links?|url|reference|citation|source|address)s?\s*(?:to|for|of|from|here:?)?\s*(?:the\s+|an?\s+|actual\s+|original\s+)*(?-i:(?P<p>[^\W_a-z][\w.&'’-]*(?:\s+(?:[A-Z0-9][\w.&'’-]*|of|the|and|&)){{0,4}}))\s+{KINDS_OF_TEXT}"
)
_LABEL_PUBLISHER = re.compile(
    rf"(?P<p>[^\W_][\w.&'’ -]{{0,50}}?)(?:['’]s)?\s+{KINDS_OF_TEXT}\s*[:：(\[,–—-]*\s*$",
    re.IGNORECASE,
)
_PLACE_NAMES = r"[^\W\d_a-zà-ÿ][\w.&'’-]*"
_KIND_OF_PAPER = (
    r"Times|Herald|Post|Tribune|Gazette|Chronicle|News|Magazine|Journal|Courier|Observer|Star|Mail|Daily|Weekly|Review|Globe|Press|Mirror|"
    r"Independent|Examiner|Enquirer|Inquirer|Dispatch|Bulletin|Reporter|Echo|Express|Standard|Bee|Sun|Blade|Record|Register|Argus|Advertiser|Monitor"
)
NEWSPAPERS = re.compile(
    rf"(?P<en>(?:{_PLACE_NAMES}\s+){{1,3}}(?:{_KIND_OF_PAPER}))\b"
    r"|(?P<de>[A-ZÄÖÜ][\wäöüß-]+(?:e[rnsm]?)?\s+(?:Zeitung|Nachrichten|Tagblatt|Tageblatt|Anzeiger|Rundschau|Presse|Kurier|Bote|Volksblatt|Allgemeinen?|Merkur|Stimme|Morgenpost|Abendblatt))\b"
    r"|(?P<ro>\b(?:[Ee]l|[Ll]a|[Ii]l|[Dd]iario|[Pp]eriódico)\s+(?:Diario|Periódico|Heraldo|Tribuna|Prensa|Voz|Correo|Norte|Noticias|Gaceta|Mañana|Gazzetta|Corriere|Giornale)\b(?:\s+(?:de(?:l| la)?|di|della)\s+[A-ZÀ-Þ]\w+)?)"
    r"|(?P<nd>\b[A-ZÅÄÖØÆ]\w+(?:tidningen|bladet|posten|tidende|avisen|kuriren)\b)"
    r"|(?P<pl>\b(?:Gazeta|Dziennik|Kurier|Głos|Echo|Nowiny)\s+[A-ZŁŚŻŹĆ]\w+)"
    r"|(?P<zh>[\u4e00-\u9fff]{2,5}(?:日报|晚报|晨报|时报|早报|周刊|商报|都市报|新闻网|电视台|日報|晚報|時報|週刊))"
)
_QUOTED_NAME = re.compile(
    r"(?i:journal|newspaper|magazine|paper|blog|site|website|outlet|portal|газет\w+|журнал\w*|сайт\w*|zeitung|magazin|revue|revista|periódico|jornal|rivista|giornale|tidningen|صحيفة|مجلة|موقع|杂志|报纸|网站)\s+[«„“\"'‘*_《]+(?P<q>[^«»„“”\"'’*_《》\r\n]{2,40})[»“”\"'’*_》]"
)
_DOMAIN = re.compile(r"(?<![\w@/.-])(?:www\.)?((?:[a-z0-9-]+\.)+(?:com|org|net|info|news|io|co|tv|me|[a-z]{2}))\b(?![\w/@-]|\.[a-z])", re.IGNORECASE)  # fmt: skip
_ON_SITE = re.compile(
    r"(?i)(?:\b(?:on|at|via|from|by|site|website|blog|auf|bei|von|sur|chez|en|de|su|da|op|van|på|från|na|z|на|с)|在|从|来自)\s*[(«\"“]?$"
)
_SAYS = re.compile(
    r"(?:[Aa]ccording to|[Rr]eported by|[Aa]s reported (?:by|in)|[Pp]ublished (?:by|in|on)|(?<!\w)[Vv]ia|[Ll]aut|[Ss]elon|[Ss]egún|[Ss]egundo o|[Ss]econdo|[Vv]olgens|[Ee]nligt|[Ww]edług|[Bb]ericht (?:von|der|des))\s+(?:the\s+|der\s+|die\s+|dem\s+|le\s+|la\s+|el\s+|il\s+)?(?P<p>[^\W\d_a-z][\w.&'’-]*(?:\s+[A-Z][\w.&'’-]*){0,3})"
    r"|据(?P<z>[^，。、的报\s]{2,12})(?:报道|消息|称|的报道)"
    r"|(?P<s>[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*){0,3})['’]s\s+(?:own\s+)?(?:report|article|story|piece|coverage|post|interview|analysis|announcement)"
)


def publisher(zones: Zones, raw: str, at: int) -> str:
    """Return the publisher as the author writes it; "" where none is named.

    ``raw`` is the passage with its links, the gap at offset ``at``: a name that is the label of a
    working link is that of another source.
    """
    taken = LINKED.sub(lambda m: "\0" * len(m[0]), raw)
    for part in (zones.own, zones.label):
        if found := _best(part, len(part), zones):
            return found
    for pattern, part in ((_OWN_PUBLISHER, zones.own), (_LABEL_PUBLISHER, zones.label)):
        if (match := pattern.search(part)) and _is_name(name := match["p"].strip(" -–—:,.")):
            return name
    low, high = _bounds(taken, at)
    if found := _best(taken[low:high], at - low, zones):
        return found
    if found := _best(zones.sentence, 0, zones) if zones.sentence not in zones.passage else "":
        return found
    for part in (zones.own, zones.sentence):
        if found := _unlisted(part):
            return found
    if found := _best(taken, at, zones):
        return found
    return _unlisted(zones.passage) if len(zones.passage) < NEAR else ""


def _bounds(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the sentence round a place that says something, with those before it."""
    cuts = [0, *(m.end() for m in END.finditer(text, 0, at))]
    high = next((m.start() for m in END.finditer(text, at + 1)), len(text))
    for low in reversed(cuts):
        if at - low > NEAR or is_telling(text[low:high]):
            return low, high
    return 0, high


def _best(part: str, at: int, zones: Zones) -> str:
    """Return the outlet named nearest to a place, those before it first; agencies and institutions last."""
    mentioned = outlets.mentioned(part)
    reports = any(outlet.is_institution for *_, outlet in mentioned) and re.search(
        KINDS[0][0], f"{zones.own} {zones.sentence}".lower()
    )
    named = [
        (
            outlet.is_institution,
            outlet.is_agency,
            at - end if end <= at else 200 + start - at,
            part[start:end],
        )
        for start, end, outlet in mentioned
        if not outlet.is_institution or reports or _is_publisher(part, start, end)
    ]
    return min(named)[3] if named else ""


_WORKS = re.compile(
    r"(?i)^\W{0,3}(?:own\s+)?(?:report|article|story|press|page|site|website|blog|post|statement|study|paper|figures|data|piece|announcement|release|note|bericht|seite|studie|mitteilung|rapport|étude|informe|estudio|relatório|отчет|доклад|报告|公告|数据|网站|的报告)"
)


def _is_publisher(part: str, start: int, end: int) -> bool:
    """Tell whether an institution, which is more often the subject, is named as the publisher."""
    before = part[max(0, start - 30) : start]
    return bool(
        _WORKS.match(part[end : end + 24]) or _WORK_OF.search(before) or _SOURCE_IS.search(before)
    )


_WORK_OF = re.compile(
    r"(?i)(?:report|study|page|site|statement|data|release|blog|bericht|studie|rapport|informe|relatório|报告)\s+(?:by|of|from|von|der|des|de la|de|du|della)\s+(?:the\s+)?$"
)
_SOURCE_IS = re.compile(
    r"(?i)(?:according to|laut|selon|según|source|quelle|fuente|来源|据)\s*[:：]?\s*(?:the\s+|der\s+|la\s+|le\s+)?$"
)


@lru_cache(maxsize=256)
def _unlisted(part: str) -> str:
    """Return what a text calls a publisher that the table does not know: a newspaper's name, a site."""
    for pattern in (_QUOTED_NAME, NEWSPAPERS, _SAYS):
        for match in pattern.finditer(part):
            name = next(group for group in match.groups() if group).strip(" -–—:,.")
            name = re.sub(
                r"^(?:In|The|Der|Die|Das|Im|From|By|According|As|A|An|And|On)\s+", "", name
            )
            if _is_name(name):
                return name
    for match in _DOMAIN.finditer(part):
        if len(part) <= LABEL or _ON_SITE.search(part[: match.start()]):
            return match[1].lower()
    return ""


def _is_name(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= 5 and (name[0].isupper() or name[0].isdigit() or is_cjk(name)) and fold(words[0]) not in {
        "this", "the", "that", "these", "our", "my", "your", "see", "a", "an", "another", "more", "additional", "other", "related", "his", "her", "their", "its", "original", "source", "full", "in", "to", "for", "insert", "add", "link", "read", "breaking", "fake", "good", "bad", "latest", "local"
    }  # fmt: skip


KINDS = (
    (r"white ?paper|\breports?\b|\bbericht\b|\brapport\b|\binforme\b|\brelat[oó]rio\b|报告|報告|レポート|보고서|отч[её]т|\braport\b|laporan", ("report", "webpage")),
    (r"video|vídeo|видео|视频|影片|動画|podcast|播客|episode|folge", ("broadcast", "webpage")),
    (r"blog\w*|\bposts?\b|博客|пост", ("post-weblog", "webpage")),
    (r"data ?set|datensatz|数据集", ("dataset", "webpage")),
)  # fmt: skip
