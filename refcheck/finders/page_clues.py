"""Who, what and when of a missing page: what the text round a link's gap says of it.

The nearer the words, the more they count: the gap's own, its label, its sentence (with those before
it where it says nothing by itself, and that of the note's mark where it stands in a note), its
paragraph, the heading, and how the article is called and begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from refcheck import days, facts, outlets
from refcheck.finders import subject
from refcheck.finders.gaps.collect import Gap, gaps
from refcheck.finders.labelled import label_of
from refcheck.finders.language import language_of
from refcheck.finders.surroundings import Surroundings, is_list_heading
from refcheck.model import Clues, Span
from refcheck.text import fold, is_cjk

LABEL = 40
"""Signs up to which a passage is a label of a source, not a statement."""

LEAST_SIGNS = 8
"""Letters and figures that make a sentence of its own beside a gap."""

NEAR = 600
"""How far before a gap, in code points, sentences are taken to belong to it."""

_NOTE = re.compile(r"[(\[（]\s*(?:[Nn]ote|NB|注)[:：][^()\[\]（）]*[)\]）]")
_END = re.compile(
    r"(?<=[.!?])[\"'”’»)\]]*\s+(?=[^\Wa-z]|[\"“«„(\[¿¡])|(?<=[。！？；])|\n[ \t]*\r?\n|\n(?=[ \t]*(?:[-*+•>|]|\d+[.)]|#+|<(?:p|li|h\d|td|tr)\b)[ \t]?)"
)
_LINKED = re.compile(r"\[([^\[\]]*)\]\((?:<[^<>]*>|[^()\s]+(?:\([^()]*\))?[^()]*)\)|<a\b[^<>]*href=[\"'][^\"'#][^\"']*[\"'][^<>]*>(.*?)</a>|\\href\{[^{}]+\}\{([^{}]*)\}|https?://\S+|\\url\{[^{}]+\}", re.DOTALL | re.IGNORECASE)  # fmt: skip
_MARKS = re.compile(
    r"<[^<>]{1,200}>|\\[A-Za-z]+\*?|[*_`{}]|^[ \t]*+(?:[-*+•>]|\d+[.)]|#+)[ \t]+|^\[\^[^\]]+\]:[ \t]*",
    re.MULTILINE,
)
_NOTE_MARK = re.compile(r"^[ \t]{0,3}(?:\[\^(?P<md>[^\]\s]+)\]:|\[(?P<sq>\d{1,3})\][:.]?\s|\((?P<rd>\d{1,3})\)\s|(?P<nr>\d{1,3})[.)]\s|(?P<up>[¹²³⁴⁵⁶⁷⁸⁹])\s?)")  # fmt: skip

_KINDS_OF_TEXT = r"(?:news\s+)?(?:articles?|reports?|stor(?:y|ies)|posts?|blog(?:\s?posts?)?|pieces?|papers?|pages?|coverage|interviews?|announcements?|press releases?|news|links?|文章|报道|報道|報導|新闻|新聞|記事)"
_OWN_PUBLISHER = re.compile(
    rf"(?i)(?:links?|url|reference|citation|source|address)s?\s*(?:to|for|of|from|here:?)?\s*(?:the\s+|an?\s+|actual\s+|original\s+)*(?-i:(?P<p>[^\W_a-z][\w.&'’-]*(?:\s+(?:[A-Z0-9][\w.&'’-]*|of|the|and|&)){{0,4}}))\s+{_KINDS_OF_TEXT}"
)
_LABEL_PUBLISHER = re.compile(
    rf"(?P<p>[^\W_][\w.&'’ -]{{0,50}}?)(?:['’]s)?\s+{_KINDS_OF_TEXT}\s*[:：(\[,–—-]*\s*$",
    re.IGNORECASE,
)
_PLACE_NAMES = r"[^\W\d_a-zà-ÿ][\w.&'’-]*"
_KIND_OF_PAPER = (
    r"Times|Herald|Post|Tribune|Gazette|Chronicle|News|Magazine|Journal|Courier|Observer|Star|Mail|Daily|Weekly|Review|Globe|Press|Mirror|"
    r"Independent|Examiner|Enquirer|Inquirer|Dispatch|Bulletin|Reporter|Echo|Express|Standard|Bee|Sun|Blade|Record|Register|Argus|Advertiser|Monitor"
)
_NEWSPAPERS = re.compile(
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
_TITLE = re.compile(r"“([^“”\r\n]{6,220})”|\"([^\"\r\n]{6,220})\"|《([^《》\r\n]{3,120})》|«\s?([^«»\r\n]{6,220}?)\s?»|„([^„“”\r\n]{6,220})[“”]|『([^『』\r\n]{3,120})』|「([^「」\r\n]{6,120})」|”([^”\r\n]{6,220})”|``([^`'\r\n]{6,220})''|(?<![\w‘’'])[‘']([^‘’'\r\n]{12,220})[’'](?!\w)|(?<!\*)\*([^*\r\n]{10,220})\*(?!\*)|(?<![_\w])_([^_\r\n]{10,220})_(?!\w)|\\emph\{([^{}]{10,220})\}|<(?:em|i|cite|q)>([^<>]{10,220})</")  # fmt: skip
_OWN_DAY = re.compile(
    r"(?im)^(?:date|datum|fecha|data|дата|日期|发布|published|updated|stand|vom|le)\s*[:：=]?\s*[\"'{]?(.{4,40})$|\\date\{([^{}]{4,40})\}|<time\b[^<>]*datetime=[\"']([^\"']{4,40})"
)


@dataclass(frozen=True, slots=True)
class Zones:
    """The passages round a gap, nearest first, each in one line: each may be empty."""

    own: str
    label: str
    nearest: str
    sentence: str
    passage: str
    heading: str
    title: str
    lead: str


def zones(around: Surroundings, gap: Gap) -> Zones:
    """Return the passages round a gap, without the gap itself and its instruction."""
    document, text = around.document, around.document.text
    start, end = gap.span.start, gap.span.end
    low, high = around.passage(start, end)
    passage = without(text, low, high, gap)
    others = [
        one.span
        for one in gaps(document)
        if low <= one.span.start < high and not one.span.overlaps(gap.span)
    ]
    nearest, sentence = _sentences(text, low, high, gap, others)
    heading = document.heading_of(start)
    if anchored := _anchor(around, gap):
        sentence = f"{sentence} {anchored}".strip()
        nearest = f"{nearest} {anchored}".strip()
        passage = f"{passage} {anchored}".strip()
    article = subject.about_article(around)
    return Zones(
        own=re.sub(r"[\[\](){}<>*_\\（）【】]|<!--|-->|%", " ", text[start:end]).strip(),
        label=re.sub(r"[*_`\[\]]", "", text[max(low, start - 120) : start]).strip(),
        nearest=nearest,
        sentence=sentence,
        passage=passage,
        heading="" if is_list_heading(heading) else " ".join(heading.split()),
        title=article.title,
        lead=article.lead,
    )


def without(text: str, low: int, high: int, gap: Gap) -> str:
    """Return a passage without the gap and the instruction that goes with it, in one line."""
    start, end = gap.span.start, gap.span.end
    if gap.extent is not None and gap.extent.start >= start:
        end = max(end, gap.extent.end)
    label = _label_of_link(text[start:end])
    return plain(f"{text[low:start]} {label} {text[end : max(high, end)]}")


def _label_of_link(gap: str) -> str:
    """Return the words of a link that lacks its address: they are the author's."""
    for pattern in (
        r"\[([^\[\]]*)\]\(",
        r"(?is)<a\b[^<>]*>(.*?)</a",
        r"\\href\{[^{}]*\}\{([^{}]*)\}",
    ):
        if match := re.match(pattern, gap):
            return match[1]
    return ""


def plain(text: str) -> str:
    """Return a passage in one line without marks of its format and without addresses."""
    text = _NOTE.sub(" ", text)
    text = _LINKED.sub(lambda m: next((g for g in m.groups() if g), " "), text)
    text = _MARKS.sub(" ", text)
    return re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(text.split())).strip(" -–—:")


def _sentences(text: str, low: int, high: int, gap: Gap, others: Sequence[Span]) -> tuple[str, str]:
    """Return the sentence of a gap, and the same with those before it until it says what happened.

    Where nothing but the gap stands in a sentence, it belongs to the one before. A sentence with a
    gap or a link of its own has its own source, and is not drawn in.
    """
    start, end = gap.span.start, gap.span.end
    cuts = [low, *(m.end() for m in _END.finditer(text, low, start) if m.end() <= start)]
    after = next((m.start() for m in _END.finditer(text, end, high)), high)
    nearest = sentence = ""
    last = start
    for first in reversed(cuts):
        own_source = _LINKED.search(text, first, last) or any(
            first <= o.start < last for o in others
        )
        if nearest and (start - first > NEAR or own_source):
            break
        last = first
        sentence = without(text, first, after, gap)
        if not nearest and len(re.findall(r"\w", sentence)) >= LEAST_SIGNS:
            nearest = sentence
        if _is_telling(sentence):
            break
    return nearest or sentence, sentence


def _is_telling(sentence: str) -> bool:
    """Tell whether a sentence says what happened: some words, and a name or a figure beside its outlet."""
    bare = sentence
    for start, end, _ in reversed(outlets.mentioned(sentence)):
        bare = f"{bare[:start]} {bare[end:]}"
    if is_cjk(bare):
        return len(re.findall(r"\w", bare)) >= 14
    named = re.findall(r"(?<=[^\W_,;] )[^\W\d_a-zà-ÿа-я]\w+|\d+", bare)
    for said in days.read(bare):
        bare = re.sub(re.escape(said.text), " ", bare, flags=re.IGNORECASE)
    return len(re.findall(r"[^\W\d_]{3,}", bare)) >= 7 and len(named) >= 2


def _anchor(around: Surroundings, gap: Gap) -> str:
    """Return the sentence in which the mark of a note stands whose text holds the gap."""
    text = around.document.text
    line, _ = around.line(gap.span.start)
    match = _NOTE_MARK.match(text[line : line + 12])
    if match is None or line > gap.span.start:
        return ""
    name = next(group for group in match.groups() if group)
    if match["md"]:
        mark = re.compile(rf"\[\^{re.escape(name)}\](?!:)")
    elif match["up"]:
        mark = re.compile(re.escape(name))
    else:
        mark = re.compile(
            rf"\[{name}\]|<sup>\(?{name}\)?</sup>|(?<=\w)\({name}\)|\[\^{name}\](?!:)"
        )
    found = mark.search(text, 0, line)
    if found is None:
        return ""
    first, last = around.sentence(found.start(), found.end())
    return plain(f"{text[first : found.start()]} {text[found.end() : last]}")


# --- whose page -----------------------------------------------------------------------------------


def publisher(zones: Zones, raw: str, at: int) -> str:
    """Return the publisher as the author writes it; "" where none is named.

    ``raw`` is the passage with its links, the gap at offset ``at``: a name that is the label of a
    working link is that of another source.
    """
    taken = _LINKED.sub(lambda m: "\0" * len(m[0]), raw)
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
    cuts = [0, *(m.end() for m in _END.finditer(text, 0, at))]
    high = next((m.start() for m in _END.finditer(text, at + 1)), len(text))
    for low in reversed(cuts):
        if at - low > NEAR or _is_telling(text[low:high]):
            return low, high
    return 0, high


def _best(part: str, at: int, zones: Zones) -> str:
    """Return the outlet named nearest to a place, those before it first; agencies and institutions last."""
    mentioned = outlets.mentioned(part)
    reports = any(outlet.is_institution for *_, outlet in mentioned) and re.search(
        _KINDS[0][0], f"{zones.own} {zones.sentence}".lower()
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
    for pattern in (_QUOTED_NAME, _NEWSPAPERS, _SAYS):
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


# --- its title ------------------------------------------------------------------------------------


def title(around: Surroundings, gap: Gap, whose: str) -> str:
    """Return a title that the link, its sentence or its item quotes, the nearest; "" for none."""
    text = around.document.text
    start, end = gap.span.start, gap.span.end
    link = re.search(r"\[([^\[\]\r\n]{8,200})\]\($", text[max(0, start - 220) : start])
    html = re.search(r"(?is)<a\b[^<>]*href=[\"']$", text[max(0, start - 120) : start])
    after = re.match(r"(?is)[\"'][^<>]*>([^<>]{8,200})</a", text[end : end + 260]) if html else None
    for label in (
        (link[1] if link else ""),
        (after[1] if after else ""),
        _label_of_link(text[start:end]),
    ):
        words = plain(label)
        if _is_headline(words):
            return words
    low, high = max(0, start - NEAR), end + 300
    block = around.block(start)
    if block is not None:
        low, high = max(low, block.content.start), min(high, block.content.end)
    found = []
    for match in _TITLE.finditer(text, low, high):
        if match.start() < end and match.end() > start:
            continue
        words = plain(next(group for group in match.groups() if group)).rstrip(",.")
        if not _is_headline(words) or fold(words) == fold(whose):
            continue
        between = text[match.end() : start] if match.end() <= start else text[end : match.start()]
        distance = (
            len(between) + 200 * len(_END.findall(between)) + (40 if match.end() > start else 0)
        )
        if distance < 300:
            found.append((distance, words))
    return min(found)[1] if found else ""


_CALLS = re.compile(r"(?i)^(?:i['’]ve\b|see\b|here\b|read\b|click\b|more\b|this\b|the (?:article|report|paper|post|page|piece|video|project)\b|hier\b|dies\w*\b|voir\b|ici\b|ver\b|aquí\b|вот\b|тут\b)")  # fmt: skip


def _is_headline(words: str) -> bool:
    """Several words of which most tell something: not a link's "the project's own site"."""
    if not words or re.match(r"https?:|www\.", words) or _CALLS.match(words):
        return False
    if is_cjk(words):
        return len(re.findall(r"\w", words)) >= 6
    own = words.split()
    capitals = [w for w in own[1:] if w[:1].isupper() or any(c.isdigit() for c in w)]
    return len(own) >= 4 and (words[:1].isupper() or bool(capitals))


# --- when -----------------------------------------------------------------------------------------


def written_on(around: Surroundings) -> date | None:
    """Return the day on which the article itself was written, where it says so at its head."""
    text = around.document.text[:3000]
    for match in _OWN_DAY.finditer(text):
        for said in days.read(next(group for group in match.groups() if group)):
            if said.exact:
                return said.first
    head = [said for line in text.splitlines()[:4] if len(line) < 120 for said in days.read(line)]
    return next((said.first for said in head if said.exact), None)


def when(zones: Zones, written: date | None) -> days.Said | None:
    """Return the days on which the page came out as the text says it; None where it does not.

    The most exact in the sentence; the rest of an item where the sentence is a mere label. A year
    alone is mostly that of what is told: it counts beside the publisher or a word for the text.
    """
    for part in _dated_parts(zones):
        part_ = _without_stretches(part)
        said = [one for one in days.read(part_, written) if written is None or one.first <= written]
        said = [one for one in said if (one.last - one.first).days < 300 or _is_of_text(part_, one)]
        exact = {one.first for one in said if one.exact}
        if len(exact) == 1:
            return next(one for one in said if one.exact)
        if not exact and said:
            narrow = sorted(said, key=lambda one: (one.last - one.first).days)
            lengths = [one.last - one.first for one in narrow]
            if len(narrow) == 1 or lengths[0] < lengths[1]:
                return narrow[0]
        if exact or said:
            return None  # several days: which is the page's cannot be told
    return None


def _without_stretches(part: str) -> str:
    """Blank quarters and halves of years, which are those of an event."""
    for fact in facts.read(part):
        if fact.kind == "period" and 60 < (date.fromisoformat(fact.period[1]) - date.fromisoformat(fact.period[0])).days < 300:  # fmt: skip
            part = re.sub(re.escape(fact.text), " ", part, flags=re.IGNORECASE)
    return part


_OF_TEXT = re.compile(rf"(?i)\b{_KINDS_OF_TEXT}\b|\b(?:published|dated|issued|edition|artikel|beitrag|bericht|ausgabe|article|rapport|paru|publié|artículo|informe|publicado|edición|artigo|relatório|articolo|artikeln|reportage|artykuł|статья|отчет)\b|年报|报告|报道|文章|发表|发布")  # fmt: skip


def _is_of_text(part: str, said: days.Said) -> bool:
    at = part.lower().find(said.text)
    near = part[max(0, at - 40) : at + len(said.text) + 40]
    return bool(outlets.mentioned(near) or _OF_TEXT.search(near) or f"({said.text}" in part)


def _dated_parts(zones: Zones) -> Iterator[str]:
    """The label, the sentence; the item where that says no more than whose it is."""
    yield zones.label[-60:] if len(zones.label) <= LABEL else ""
    yield zones.nearest
    if len(zones.nearest) <= LABEL and zones.nearest[-1:] not in set(".!?。"):
        yield zones.sentence
        yield zones.passage if len(zones.passage) < NEAR // 2 else ""


# --- together -------------------------------------------------------------------------------------

_NEWS = ("article-newspaper", "webpage")
_KINDS = (
    (r"white ?paper|\breports?\b|\bbericht\b|\brapport\b|\binforme\b|\brelat[oó]rio\b|报告|報告|レポート|보고서|отч[её]т|\braport\b|laporan", ("report", "webpage")),
    (r"video|vídeo|видео|视频|影片|動画|podcast|播客|episode|folge", ("broadcast", "webpage")),
    (r"blog\w*|\bposts?\b|博客|пост", ("post-weblog", "webpage")),
    (r"data ?set|datensatz|数据集", ("dataset", "webpage")),
)  # fmt: skip
_ASKS_FOR_PAGE = re.compile(
    r"(?i)\b(?:source|link|url|quelle|beleg|fuente|fonte|lien|bron|k[aä]lla|źr[oó]d\w*|источник|ссылк\w*|kaynak|zdroj)\b|来源|來源|出处|出處|链接|連結|原文|出典|رابط|المصدر|مصدر"
)


def means_page(zones_: Zones, kind: str, whose: str, *, scholarly: bool) -> bool:
    """Tell whether a page of somebody's is meant, not a work of scholarship.

    So it is for links; for a citation where the sentence names an outlet, or the gap asks for a
    "source" and gives neither names nor a year, in a text that is not ``scholarly`` (it has
    citations of works).
    """
    if kind in {"link_placeholder", "dummy_url"}:
        return True
    if kind != "citation_marker" or re.search(r"\d{4}|et al", zones_.own):
        return False
    outlet = outlets.find(whose)
    named = outlet is not None and not outlet.is_institution
    if named or (whose and _NEWSPAPERS.search(whose)):
        return True
    asks = not scholarly and _ASKS_FOR_PAGE.search(zones_.own)
    return bool(asks) and not _SCHOLARLY.search(f"{zones_.sentence} {zones_.own}")


_SCHOLARLY = re.compile(
    r"(?i)\b(?:stud(?:y|ies|ien?)|papers?|theorem|journal|researchers?|et al|p ?[<=] ?0?\.\d|experiments?|étude|estudios?|literatur\w*|lemma|algorithm)\b|论文|研究表明|文献"
)


def clues(around: Surroundings, gap: Gap) -> Clues | None:
    """Return what can be told of the page that belongs in a gap; None where no page is meant."""
    near = zones(around, gap)
    text = around.document.text
    low, high = around.passage(gap.span.start, gap.span.end)
    whose = publisher(near, text[low:high], gap.span.start - low)
    scholarly = around.document.format == "latex" or "[@" in text
    if not means_page(near, gap.kind, whose, scholarly=scholarly):
        return None
    outlet = outlets.find(whose)
    titled = title(around, gap, whose)
    said = when(near, written_on(around))
    day = ""
    if said is not None:
        same_month = (said.first.year, said.first.month) == (said.last.year, said.last.month)
        day = (
            said.first.isoformat()
            if said.exact
            else said.first.isoformat()[:7]
            if same_month
            else ""
        )
    kinds = next((types for pattern, types in _KINDS if re.search(pattern, f"{near.own} {near.label[-60:]}".lower())), ())  # fmt: skip
    topic = subject.topic_of_event(
        near.own, near.sentence, near.passage, whose, near.heading, near.title
    )
    context = (near.sentence, near.passage, near.heading, near.title, near.lead)
    return Clues(
        publisher=whose,
        topic=topic,
        title=titled,
        date=day,
        since=said.first.isoformat() if said else "",
        until=said.last.isoformat() if said else "",
        language=outlet.language if outlet else language_of(titled) if titled else "",
        written_in=around.language or "en",
        types=kinds or _NEWS,
        context=tuple(dict.fromkeys(part for part in context if part)),
        label=label_of(text, gap.span.start, gap.span.end),
    )
