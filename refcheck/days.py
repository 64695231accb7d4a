"""Days as people say them: "3 May 2025", "Anfang Mai", "il y a une semaine", "上周二", "the same day".

What a text leaves out is taken from the day on which it was written itself; where that is not
known, nothing is guessed. From general knowledge of en, zh, de, fr, es, it, pt, nl, sv, no, da, pl,
cs, ru, tr, ar, ja, ko, id.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from refcheck.text import fold


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of days as a text says it: first and last day, and the words."""

    first: date
    last: date
    text: str

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


MONTHS = {
    fold(name): number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari styczen stycznia styczniu leden ledna lednu январь января январе янв ocak يناير januar januari",
            "february feb februar fevrier febrero febbraio fevereiro februari luty lutego lutym unor unora unoru февраль февраля феврале фев subat فبراير februari",
            "march mar marz maerz mars marzo marco maart marzec marca marcu brezen brezna breznu март марта марте mart مارس maret",
            "april apr avril abril aprile kwiecien kwietnia kwietniu duben dubna dubnu апрель апреля апреле апр nisan أبريل ابريل",
            "may mai mayo maggio maio mei maj maja maju kveten kvetna kvetnu май мая мае mayis مايو",
            "june jun juni juin junio giugno junho czerwiec czerwca czerwcu cerven cervna cervnu июнь июня июне haziran يونيو",
            "july jul juli juillet julio luglio julho lipiec lipca lipcu cervenec cervence cervenci июль июля июле temmuz يوليو",
            "august aug aout agosto augustus augusti sierpien sierpnia sierpniu srpen srpna srpnu август августа августе авг agustos أغسطس اغسطس agustus",
            "september sep sept septembre septiembre settembre setembro wrzesien wrzesnia wrzesniu zari сентябрь сентября сентябре сен eylul سبتمبر",
            "october oct oktober octobre octubre ottobre outubro okt pazdziernik pazdziernika pazdzierniku rijen rijna rijnu октябрь октября октябре окт ekim أكتوبر اكتوبر",
            "november nov novembre noviembre novembro listopad listopada listopadzie listopadu ноябрь ноября ноябре ноя kasim نوفمبر",
            "december dec dezember decembre diciembre dicembre dezembro grudzien grudnia grudniu prosinec prosince prosinci декабрь декабря декабре дек aralik ديسمبر desember",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
"""Folded names of the months, by number."""

_PARTS = {
    "early": "early beginning start anfang debut principios inicios comienzos inizio inizi inicio comeco begin borjan poczatek poczatku начале начало basi basinda مطلع بداية أوائل awal 上旬 初 頭 초 zacatku zacatkem start",
    "middle": "mid middle mitte mi mediados meta meados midden mitten polowa polowie середине середина ortasi منتصف 中旬 半ば 중순 polovine medio pertengahan",
    "late": "late end ende fin finales fines fine final finais eind slutet koniec koncu конце конец sonu أواخر نهاية 下旬 底 末 말 konce koncem akhir",
}  # fmt: skip
_PART = {fold(word): part for part, words in _PARTS.items() for word in words.split()}

_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"


def normal(text: str) -> str:
    """Fold a text, digits of any script in ASCII."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in fold(text)
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    month = "|".join(sorted((re.escape(m) for m in MONTHS), key=len, reverse=True))
    part = "|".join(sorted((p for p in _PART if p.isalpha() and len(p) > 1), key=len, reverse=True))
    of = r"(?:\s+(?:of|de|del|di|du|do|da|des|van|in|im|monats))?"
    th = r"(?:st|nd|rd|th|er|e|\.|-го|º|ª)?"
    return {
        "iso": re.compile(rf"(?<!\d)({_YEAR})\s*[-/.年년]\s*(\d{{1,2}})\s*[-/.月월]\s*(\d{{1,2}})(?:\s*[日日일号])?(?!\d)"),
        "numbers": re.compile(rf"(?<![\d.])(\d{{1,2}})\s?[./-]\s?(\d{{1,2}})\s?[./-]\s?({_YEAR})(?!\d)"),
        "day": re.compile(rf"(?<![\d.,])(\d{{1,2}}){th}{of}\s+({month})\b\.?,?(?:{of}\s+({_YEAR}))?(?!\d)"),
        "month_day": re.compile(rf"\b({month})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:%|percent|million|[.,]\d))(?:,?\s+({_YEAR}))?"),
        "month": re.compile(rf"(?:\b(?P<part>{part})[\s-]*(?:of|de|del|di|du|do|des|le|van|w|в)?\s+)?\b(?P<m>{month})\b\.?,?{of}\s+(?P<y>{_YEAR})(?!\d)"),
        "bare_month": re.compile(rf"\b(?:(?P<part>{part})[\s-]*(?:of|de|del|di|du|do|des|le|van)?|(?:last|this|in|im|en|em|nel|a|vergangenen|letzten|diesen|diesem|dernier|pasado|w|в|i))\s+(?P<m>{month})\b(?!\s+\d)"),
        "signs": re.compile(rf"(?:({_YEAR}|今|去)\s*年\s*)?(?<!\d)(1[0-2]|[1-9])\s*月(?:\s*(\d{{1,2}})\s*[日号]|\s*份?\s*(上旬|中旬|下旬|初|底|末|頭|半ば))?"),
        "korean": re.compile(rf"(?:({_YEAR})년\s*)?(1[0-2]|[1-9])월(?:\s*(\d{{1,2}})일)?"),
        "season": re.compile(rf"\b(spring|summer|autumn|fall|winter|fruhjahr|fruhling|sommer|herbst|printemps|ete|automne|hiver|primavera|verano|otono|invierno|estate|autunno|inverno)\b(?:\s+(?:of|de|del|di|des jahres))?\s+({_YEAR})"),
        "year": re.compile(rf"(?<![\d.,/-])({_YEAR})(?![\d/]|[.,-]\d)"),
    }  # fmt: skip


_AGO = (
    (r"\b(?:today|heute|aujourd'hui|hoy|oggi|hoje|vandaag|idag|dzisiaj|сегодня|bugun|اليوم)\b|今天|今日|오늘", 0, 0),
    (r"\b(?:yesterday|gestern|hier|ayer|ieri|ontem|gisteren|igar|wczoraj|вчера|dun|vcera|امس|أمس)\b|昨天|昨日|어제", 1, 1),
    (r"\b(?:day before yesterday|vorgestern|avant-hier|anteayer|eergisteren|позавчера|przedwczoraj)\b|前天|一昨日", 2, 2),
    (r"\b(?:a week ago|one week ago|vor einer woche|il y a une semaine|hace una semana|una settimana fa|ha uma semana|een week geleden|for en vecka sedan|tydzien temu|неделю назад|bir hafta once|قبل اسبوع|قبل أسبوع|منذ أسبوع)\b|一周前|一个星期前|一週間前|일주일 전", 5, 9),
    (r"\b(?:last week|letzte[rn]? woche|vergangene[rn]? woche|vorige woche|la semaine derniere|la semana pasada|la settimana scorsa|na semana passada|semana passada|vorige week|afgelopen week|forra veckan|w zeszlym tygodniu|на прошлой неделе|gecen hafta|الأسبوع الماضي)\b|上周|上週|上星期|先週|지난주", 1, 14),
    (r"\b(?:this week|diese woche|dieser woche|cette semaine|esta semana|questa settimana|deze week|den har veckan|w tym tygodniu|на этой неделе|bu hafta|هذا الأسبوع)\b|本周|这周|本週|今週|이번 주", 0, 7),
    (r"\b(?:a fortnight ago|two weeks ago|vor zwei wochen|il y a deux semaines|hace dos semanas|due settimane fa|twee weken geleden|две недели назад|dwa tygodnie temu)\b|两周前|兩週前", 11, 18),
    (r"\b(?:last month|letzten monat|vergangenen monat|le mois dernier|el mes pasado|il mese scorso|no mes passado|vorige maand|forra manaden|w zeszlym miesiacu|в прошлом месяце|gecen ay|الشهر الماضي)\b|上个月|上月|先月|지난달", 1, 62),
    (r"\b(?:a month ago|vor einem monat|il y a un mois|hace un mes|un mese fa|ha um mes|een maand geleden|месяц назад|miesiac temu)\b|一个月前", 24, 38),
    (r"\b(?:this month|diesen monat|ce mois-ci|este mes|questo mese|deze maand)\b|本月|这个月|今月|이번 달", 0, 31),
    (r"\b(?:recently|the other day|kurzlich|neulich|recemment|recientemente|recentemente|onlangs|nyligen|niedawno|недавно)\b|最近|近日|日前", 0, 120),
)  # fmt: skip
"""Words, and how many days before the text they begin and end."""

_COUNTED = re.compile(
    r"\b(\d{1,3}|two|three|four|five|six|zwei|drei|vier|funf|deux|trois|quatre|cinq|dos|tres|cuatro|cinco)\s+(day|week|month|year)s?\s+ago\b"
    r"|\bvor\s+(\d{1,3}|zwei|drei|vier|funf)\s+(tag|woche|monat|jahr)e?n?\b"
    r"|\bil y a\s+(\d{1,3}|deux|trois|quatre|cinq)\s+(jour|semaine|mois|an)s?\b"
    r"|\bhace\s+(\d{1,3}|dos|tres|cuatro|cinco)\s+(dia|semana|mes|ano)(?:e?s)?\b"
    r"|(\d{1,3}|[两二三四五六])\s*(天|周|个月|年)前"
)
_COUNTS = {w: n for n, ws in enumerate(("", "", "two zwei deux dos 两 二", "three drei trois tres 三", "four vier quatre cuatro 四", "five funf cinq cinco 五", "six 六")) for w in ws.split()}  # fmt: skip
_LENGTHS = {
    w: n
    for n, ws in (
        (1, "day tag jour dia 天"),
        (7, "week woche semaine semana 周"),
        (30, "month monat mois mes 个月"),
        (365, "year jahr an ano 年"),
    )
    for w in ws.split()
}
_OF_A_DAY = re.compile(r"(?:\b(?:on|of|since|by|until|from|to|dated|before|after|am|vom)|[,(])\s*$")
_SAME_DAY = re.compile(
    r"\b(?:(?:the|that) same day|am (?:selben|gleichen) tag|(?:le|ce) meme jour|(?:el|ese) mismo dia|lo stesso giorno|no mesmo dia|dezelfde dag|samma dag|tego samego dnia|в тот же день)\b|同日|当天|同一天|같은 날"
)
_SEASONS = {
    word: first
    for first, words in (
        (3, "spring fruhjahr fruhling printemps primavera"),
        (6, "summer sommer ete verano estate"),
        (9, "autumn fall herbst automne otono autunno"),
        (12, "winter hiver invierno inverno"),
    )
    for word in words.split()
}


@lru_cache(maxsize=256)
def read(text: str, written: date | None = None) -> tuple[Said, ...]:
    """Return the days that a text says, in order of place; what is read as one is not read again.

    ``written`` is the day on which the text itself was written, for what it leaves out.
    """
    rest = normal(text)
    found: list[tuple[int, Said]] = []
    for name, pattern in _patterns().items():
        for match in pattern.finditer(rest):
            days = _days(name, match, written)
            if days is None or days[0] > days[1]:
                continue
            found.append((match.start(), Said(*days, match[0].strip())))
            rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
    if written is not None:
        found += _relative(rest, written)
    found.sort(key=lambda pair: pair[0])
    said = [one for _, one in found]
    if _SAME_DAY.search(rest) and (exact := [one for one in said if one.exact]):
        said.append(exact[-1])
    return tuple(dict.fromkeys(said))


def _relative(rest: str, written: date) -> list[tuple[int, Said]]:
    found = []
    for pattern, least, most in _AGO:
        if match := re.search(pattern, rest):
            days = written - timedelta(days=most), written - timedelta(days=least)
            found.append((match.start(), Said(*days, match[0])))
    for match in _COUNTED.finditer(rest):
        count, unit = (part for part in match.groups() if part)
        number = _COUNTS.get(count) or (int(count) if count.isdecimal() else 0)
        length = _LENGTHS[unit]
        slack = max(1, length * number // 6, length // 4)
        day = written - timedelta(days=number * length)
        said = Said(day - timedelta(days=slack), day + timedelta(days=slack), match[0])
        found.append((match.start(), said))
    return found


def _days(name: str, match: re.Match[str], written: date | None) -> tuple[date, date] | None:
    if name == "iso":
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if name == "numbers":
        day, month = int(match[1]), int(match[2])
        if month > 12:
            day, month = month, day
        elif day <= 12 and "/" in match[0] and day != month:  # 3/5/2025 is either
            one, other = _day(int(match[3]), month, day), _day(int(match[3]), day, month)
            return (min(one, other)[0], max(one, other)[1]) if one and other else None
        return _day(int(match[3]), month, day)
    if name == "day":
        return _day(_year(match[3], MONTHS[match[2]], written), MONTHS[match[2]], int(match[1]))
    if name == "month_day":
        if (
            not match[3]
            and match[1] in {"may", "march", "mar"}
            and not _OF_A_DAY.search(match.string[: match.start()])
        ):
            return None  # "it may 2 times", "march 3 miles"
        return _day(_year(match[3], MONTHS[match[1]], written), MONTHS[match[1]], int(match[2]))
    if name in {"month", "bare_month"}:
        month = MONTHS[match["m"]]
        year = int(match["y"]) if name == "month" else _year(None, month, written)
        return _month(year, month, _PART.get(match["part"] or "", ""))
    if name in {"signs", "korean"}:
        month = int(match[2])
        said = match[1]
        if said in {"今", "去"}:
            year = written.year - (said == "去") if written else 0
        else:
            year = _year(said, month, written)
        if match[3]:
            return _day(year, month, int(match[3]))
        return _month(year, month, _PART.get(match[4] or "", "") if name == "signs" else "")
    if name == "season":
        first = date(int(match[2]), _SEASONS[match[1]], 1)
        return first, first + timedelta(days=91)
    year = int(match[1])
    return date(year, 1, 1), date(year, 12, 31)


def _year(said: str | None, month: int, written: date | None) -> int:
    """Return the year said, else the last in which that month had come when the text was written."""
    if said:
        return int(said)
    return 0 if written is None else written.year - (month > written.month)


def _day(year: int, month: int, day: int) -> tuple[date, date] | None:
    if not (year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day), date(year, month, day)


def _month(year: int, month: int, part: str) -> tuple[date, date] | None:
    if not (year and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = {"early": (1, 12), "middle": (9, 22), "late": (19, last)}.get(
        part, (1, last)
    )
    return date(year, month, first_day), date(year, month, last_day)
