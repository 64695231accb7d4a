"""What cannot both be true of one page: another place, outcome, kind of page, person, part.

Facts that stand in figures (numbers, models, ordinals, years) are compared by `facets`. Here are
those that stand in words. A contradiction wants both sides to speak: what a title leaves out
contradicts nothing.
"""

from __future__ import annotations

import re
from functools import cache

from refcheck import outlets, places
from refcheck.commonness import telling
from refcheck.matching.gist import UNCOMMON, Gist
from refcheck.matching.rarity import rarity
from refcheck.model import Evidence
from refcheck.record import Record
from refcheck.text import fold

_OUTCOMES = """
wins win won winning victory beats beat defeats triumphs gewinnt gewann siegt gagne remporte gana ganó vence vence wint vinner wygrywa победил победа 胜 获胜 夺冠 战胜 赢 | loses lose lost losing defeat beaten verliert verlor unterliegt perd pierde perdió verliest förlorar przegrywa проиграл поражение 输 落败 不敌 失利
rises rise rose rising increases increased increase grows grew growth up surges jumps soars climbs gains steigt stieg wächst zunahme augmente hausse monte sube subió aumenta crece stijgt ökar rośnie вырос рост 上涨 增长 上升 涨 攀升 上调 涨价 大涨 | falls fall fell falling decreases decreased decrease declines declined decline drops dropped down plunges slumps shrinks sinkt sank fällt fiel rückgang baisse chute diminue baja bajó cae cayó disminuye daalt minskar spada упал снизился падение 下跌 下降 下滑 跌 减少 下调 降价 大跌 降
approves approved approve passes passed adopts adopted backs accepts accepted genehmigt billigt stimmt approuve adopte aprueba aprobó 批准 通过 同意 获批 | rejects rejected reject refuses refused vetoes vetoed blocks blocked denies turns-down lehnt ablehnt rejette refuse rechaza rechazó 否决 拒绝 驳回 未通过 未获
guilty convicted convict convicts jailed sentenced verurteilt schuldig condamné coupable condenado culpable 有罪 判刑 获刑 | acquitted acquits cleared not-guilty freigesprochen acquitté absuelto 无罪 释放
confirms confirmed confirm admits admitted bestätigt confirme confirma 证实 确认 承认 | denies denied deny dementiert dément niega desmiente 否认 辟谣 不实
opens opened reopens reopened eröffnet ouvre abre reabre 开放 开业 重开 恢复 重启 开通 | closes closed shuts shut closure schließt geschlossen ferme fermé cierra cerró 关闭 停业 关停 暂停 停运
goes-ahead as-planned on-schedule confirmed confirms bestätigt planmäßig confirmé confirmado 如期 照常 确认 按计划 | called-off cancelled canceled cancels scrapped postponed delayed put-off abgesagt verschoben annulé reporté cancelado aplazado suspendido 取消 推迟 延期 叫停
starts started begins began launches launched beginnt startet commence lance comienza empieza 启动 开始 开工 上线 | ends ended stops stopped cancels cancelled canceled scrapped halts endet stoppt abgesagt annule arrête termina cancela 结束 终止 取消 叫停 停止
profit profits profitable gewinn bénéfice beneficio ganancias 盈利 扭亏 | loss losses verlust perte pérdida pérdidas 亏损 由盈转亏
survives survived survivor rescued saved überlebt gerettet survit sobrevive rescatado 生还 获救 幸存 | dies died dead killed death tot gestorben mort muere murió fallece 死亡 遇难 身亡 去世 离世
bans banned ban verbietet interdit prohíbe 禁止 封禁 | allows allowed legalises legalizes legalized lifts erlaubt autorise permite autoriza 允许 解禁 放开 合法化
found finds discovered gefunden retrouvé encontrado hallado 找到 发现 寻获 | missing disappeared vermisst disparu desaparecido 失踪 下落不明
supports supported support unterstützt soutient apoya 支持 赞成 | opposes opposed oppose gegen contre contra 反对 抵制
succeeds success successful erfolgreich réussit éxito logra 成功 | fails failed failure scheitert échoue fracasa 失败 未果 告吹
arrives arrived arrival 到达 抵达 | departs departed leaves left departure 离开 离境
resigns resigned quits steps-down tritt-zurück démissionne dimite renuncia 辞职 卸任 离职 | appointed elected named ernannt nommé nombrado elegido 任命 当选 就任 出任 上任
qualified qualifies passed 合格 达标 | failed disqualified unqualified 不合格 不达标
ahead-of-schedule early 提前 | delayed postponed delay verschoben verzögert reporté retrasa aplaza 推迟 延期 延后 延迟
cheaper cheap 便宜 | dearer expensive costlier 更贵
acquires acquired buys bought übernimmt rachète compra adquiere 收购 买入 | sells sold verkauft vend vende 出售 卖出 抛售
"""

_KINDS = {
    "video": r"\bvid[eé]os?\b|\bfilmp?je\b|视频|影片|видео|فيديو|動画",
    "podcast": r"\bpodcasts?\b|播客|подкаст|بودكاست",
    "interview": r"\binterviews?\b|\bentretien\b|\bentrevistas?\b|\bintervist\w*|\bintervju\w*|\bwywiad\w*|интервью|专访|采访|对话|مقابلة|インタビュー",
    "obituary": r"\bobituar\w*|\bnachruf\w*|\bnécrologie\b|\bnecrológic\w*|\bobituario\b|讣告|некролог",
    "review": r"\breviews?\b|\brezension\w*|\bcritique\b|\breseñas?\b|\brecensie\w*|\brecension\w*|评测|书评|影评|测评|рецензи\w*",
    "editorial": r"\beditorials?\b|\bop-?eds?\b|\bleitartikel\b|\bkommentar\b|\bedito(?:rial)?\b|\btribune\b|社论|评论|社評|колонка",
    "live blog": r"\blive ?blogs?\b|\bliveticker\b|直播",
    "gallery": r"\bphoto gallery\b|\bgalleries\b|\bbilderstrecke\b|\bgalería\b|图集|组图",
    "data": r"\bdata ?sets?\b|\bspreadsheets?\b|数据集",
    "report": r"\bwhite ?papers?\b|\bannual reports?\b|\bjahresbericht\w*|\brapport annuel\b|\binforme anual\b|年报|白皮书|研究报告",
    "recipe": r"\brecipes?\b|\brezepte?\b|\brecettes?\b|\brecetas?\b|食谱",
}
"""Kinds of page, by words that name them in a text, a title or an address."""

_PART = re.compile(r"\b(?:part|chapter|episode|season|volume|vol|teil|kapitel|folge|staffel|partie|chapitre|épisode|saison|parte|capítulo|episodio|temporada|deel|del|avsnitt|часть|глава|серия)\.?\s*(\d{1,3}|[ivx]{1,5})\b|第\s*([一二三四五六七八九十\d]{1,3})\s*(?:部分|集|季|章|期|回|届|批|轮|次)")  # fmt: skip
_HALF = re.compile(r"[（(]\s*(上|中|下)\s*[)）]|(上|中|下)(?:篇|集|部)|\b(?:(first|second|third|final)|(erster?|zweiter?|dritter?)|(première|deuxième|troisième)|(primera|segunda|tercera)|(prima|seconda|terza))\s+(?:part|teil|partie|parte|instal?lment)\b(?! (?:of|des|du|del))")  # fmt: skip
_FULL_NAME = re.compile(
    r"\b([A-ZÀ-ÖØ-ÞА-Я][^\W\d_]+(?:-[A-ZÀ-Þ][^\W\d_]+)?)\s+((?:de |da |van |von |bin |al-)?[A-ZÀ-ÖØ-ÞА-Я][^\W\d_]{2,})\b"
)


@cache
def _sides() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rows = []
    for line in _OUTCOMES.strip().splitlines():
        one, other = (part.split() for part in line.split("|"))
        rows.append((_any_of(one), _any_of(other)))
    return tuple(rows)


_NAME = r"(?P<n>[A-ZÀ-ÖØ-ÞА-Я][\w’'-]+(?:\s+(?:de |da |van |von |bin |al-)?[A-ZÀ-ÖØ-ÞА-Я][\w.’'-]*){1,2})"
_TEXTS = r"(?:article|piece|story|report|interview|essay|column|review|post|analysis|profile|feature|op-ed|artikel|beitrag|bericht|reportage|kommentar|analyse|artículo|reportaje|crónica|columna|chronique|tribune|enquête|articolo|intervista|artigo|reportagem|artykuł|статья|статью|статье|репортаж|колонка)"
_BYLINES = (
    re.compile(rf"(?i:{_TEXTS})\s+(?i:by|von|de|del|par|por|di|av|van|autorstwa)\s+{_NAME}"),
    re.compile(rf"{_NAME}['’]s?\s+(?i:\w+\s+)?(?i:{_TEXTS})"),
    re.compile(rf"{_NAME}\s+(?i:writes|wrote|writing|reports|reported|argues|argued|schreibt|schrieb|berichtet|escribe|escribió|écrit|scrive|skriver|skrev|schrijft|pisze|пишет|писал\w?)\s+(?i:in|for|at|on|that|im|für|en|para|dans|su|i|på|в|\w+ in|dass|que)\b"),
    re.compile(r"(?:记者|作者|撰文)[:：]?\s*(?P<n>[\u4e00-\u9fff]{2,3})(?=[，。、\s）)的撰写])"),
)  # fmt: skip
"""How a text says who wrote the page."""


def _any_of(said: list[str]) -> re.Pattern[str]:
    folded = [fold(word.replace("-", " ")) for word in said]
    signs = "|".join(word for word in folded if "\u3040" <= word[0] <= "\u9fff")
    latin = "|".join(word for word in folded if not "\u3040" <= word[0] <= "\u9fff")
    return re.compile(rf"\b(?:{latin})\b" + (f"|(?:{signs})" if signs else ""))


def contradictions(known: Gist, asked: str, record: Record, body: str) -> list[Evidence]:
    """Return what speaks against a page in words. ``asked`` names the kind of page nearest the gap."""
    found = [
        *_places(known, record.title, body),
        *_outcome(known, record.title),
        *_denied(known, record.title),
    ]
    found += [
        *_kind(asked, record),
        *_part(known, record.title),
        *_person(known, record.title, body),
    ]
    return found


def _places(known: Gist, title: str, body: str) -> list[Evidence]:
    given, seen = places.read(known.core), places.read(title)
    if not given or not seen:
        return []
    everywhere = places.read(known.text.title()) | places.read(known.core) | places.read(known.text)
    if any(places.agree(one, other) for one in seen for other in everywhere):
        shared = [one for one in seen for other in given if places.agree(one, other)]
        return (
            [Evidence("place", ", ".join(sorted(given)), ", ".join(sorted(seen)), 1.0)]
            if shared
            else []
        )
    if any(places.agree(one, other) for one in places.read(body) for other in given):
        return []
    return [
        Evidence(
            "place",
            ", ".join(sorted(given)),
            ", ".join(sorted(seen)),
            0.0,
            contradicts=True,
            note="another place",
        )
    ]


def _outcome(known: Gist, title: str) -> list[Evidence]:
    core, titled = fold(known.core), fold(title)
    for one, other in _sides():
        for a, b in ((one, other), (other, one)):
            said, found = a.search(core), b.search(titled)
            if said and found and not b.search(known.text) and not a.search(titled):
                return [
                    Evidence(
                        "outcome", said[0], found[0], 0.0, contradicts=True, note="another outcome"
                    )
                ]
    return []


_DENIES = re.compile(
    r"\b(?:debunk\w*|fact[- ]?check\w*|hoax\w*|fake news|false claims?|dementier\w*|falschmeldung\w*|faktencheck\w*|dément\w*|démenti\w*|"
    r"desmient\w*|desmint\w*|bulos?|smentisc\w*|smentit\w*|bufala|ontkracht\w*|nepnieuws|dementerar|опроверг\w*|фейк\w*|yalanla\w*)\b"
    r"|辟谣|闢謠|谣言|謠言|不实|不實|假消息|デマ|가짜 ?뉴스|사실무근"
)
_DOUBTS = re.compile(
    r"\b(?:not|no|never|false|fake|rumou?rs?|claims?|claimed|alleged\w*|denie[sd]|deny|untrue|nicht|kein\w*|falsch\w*|gerücht\w*|angeblich\w*|ne|pas|faux|fausse|"
    r"rumeurs?|no es|falso|rumor\w*|non|niet|inte|не|ложь|слух\w*)\b|n['’]t\b|不|未|没|沒|谣|假|传闻|否认"
)


def _denied(known: Gist, title: str) -> list[Evidence]:
    """A page that calls an event made up is not the report of it, where the text has no doubt."""
    said = _DENIES.search(fold(title))
    if not said or _DENIES.search(known.text) or _DOUBTS.search(fold(known.core)):
        return []
    return [Evidence("outcome", "", said[0], 0.0, contradicts=True, note="the page denies it")]


def kind_asked(text: str) -> str:
    """Return the kind of page that a text names, "" for none."""
    folded = fold(text)
    return next((kind for kind, pattern in _KINDS.items() if re.search(pattern, folded)), "")


def _kind(asked: str, record: Record) -> list[Evidence]:
    if not asked:
        return []
    where = fold(
        f"{record.title} {record.url.replace('-', ' ').replace('/', ' ')} {record.genre} {record.type}"
    )
    if re.search(_KINDS[asked], where):
        return [Evidence("kind", asked, asked, 1.0)]
    other = next((k for k, p in _KINDS.items() if k != asked and re.search(p, where)), "")
    return [
        Evidence(
            "kind",
            asked,
            other,
            0.0,
            contradicts=bool(other),
            note="another kind of page" if other else "does not say that it is one",
        )
    ]


def _part(known: Gist, title: str) -> list[Evidence]:
    given, seen = _parts(known.core), _parts(title)
    if not given:
        return []
    same = bool(given & seen)
    note = "" if same else "another part" if seen else "does not say which part it is"
    return [
        Evidence(
            "part",
            ", ".join(sorted(given)),
            ", ".join(sorted(seen)),
            float(same),
            contradicts=bool(seen) and not same,
            note=note,
        )
    ]


def _parts(text: str) -> set[str]:
    folded = fold(text)
    found = {next(filter(None, match.groups())) for match in _PART.finditer(folded)}
    return found | {next(filter(None, match.groups())) for match in _HALF.finditer(folded)}


def _byline(known: Gist, record: Record) -> list[Evidence]:
    """Compare whom the text calls the author with the page's; any of its authors named nearby agrees."""
    authors = [fold(name.family or name.literal).split(" ")[-1] for name in record.author]
    authors = [name for name in authors if len(name) > 1]
    if not authors:
        return []
    found = ", ".join(
        name.literal or f"{name.given} {name.family}".strip() for name in record.author
    )
    named = [match["n"] for pattern in _BYLINES for match in pattern.finditer(known.core)]
    if any(
        re.search(
            rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name), known.text
        )
        for name in authors
    ):
        return [Evidence("author", named[0] if named else "named in the text", found, 1.0)]
    if named:
        return [Evidence("author", named[0], found, 0.0, contradicts=True, note="by somebody else")]
    return []


def _person(known: Gist, title: str, body: str) -> list[Evidence]:
    """Compare full names: the title's stands nowhere in the text, the sentence's nowhere on the page.

    A name shared in part (the same family, another given name) speaks as much against it.
    """
    page = fold(f"{title} {body}")
    strange = [
        name
        for name in _full_names(title)
        if name[0] not in known.text or name[1] not in known.text
    ]
    lacking = [
        name for name in _full_names(known.core) if name[0] not in page or name[1] not in page
    ]
    for found in strange:
        for said in lacking:
            shared = len(set(found) & set(said))
            if shared == 1 or not (_half_known(found, known.text) or _half_known(said, page)):
                given, seen = (" ".join(part.title() for part in name) for name in (said, found))
                return [
                    Evidence("person", given, seen, 0.0, contradicts=True, note="another person")
                ]
    return []


def _half_known(name: tuple[str, str], text: str) -> bool:
    """Tell whether a text has at least the family name."""
    return bool(re.search(rf"(?<!\w){re.escape(name[1])}", text))


def _full_names(text: str) -> list[tuple[str, str]]:
    """Return what looks like the full name of a person or firm, folded: two words with a capital.

    Of a headline, in which all words have one, only where both are no common words.
    """
    initials = [word[0] for word in re.findall(r"[^\W\d_]{4,}", text)]
    headline = sum(sign.isupper() for sign in initials) > 0.6 * len(initials)
    found = []
    for match in _FULL_NAME.finditer(text):
        one, other = fold(match[1]), fold(match[2])
        if (
            places.read(match[0])
            or not telling(one)
            or not telling(other)
            or outlets.find(match[0])
        ):
            continue
        if headline and (rarity(one) < UNCOMMON or rarity(other) < UNCOMMON):
            continue
        found.append((one, other))
    return found
