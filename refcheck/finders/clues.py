"""What a gap and the text round it still say of the work that is meant.

The nearer the words, the more they count: the gap's own, then its sentence's, its item's, its
paragraph's, then the heading and what the article as a whole is called. Nothing is guessed: a field
that the text does not tell stays empty.
"""

from __future__ import annotations

import re

from refcheck import outlets
from refcheck.finders import hints, subject
from refcheck.finders.gaps.collect import Gap
from refcheck.finders.page.clues import clues as clues_to_page
from refcheck.finders.surroundings import Surroundings, is_list_heading
from refcheck.identifiers import normal_arxiv, normal_doi
from refcheck.model import Clues
from refcheck.text import is_cjk

_TYPES = (
    (r"white ?papers?|\breports?|\bbericht\w*|\brapports?\b|\binformes?\b|\brelat[oó]rios?|报告|報告|レポート|보고서|отч[её]т\w*|\braport\w*|laporan", ("report",)),
    (r"news\w*|\bstory\b|press|headline|coverage|新闻|新聞|报道|報道|報導|記事|기사|nachricht\w*|zeitung\w*|noticia\w*|actualit\w+", ("article-newspaper", "webpage")),
    (r"blog\w*|\bpost\b", ("post-weblog", "webpage")),
    (r"\bpapers?\b|\bstud(?:y|ies)\b|preprint\w*|journal|论文|論文|논문|\bstudi\w*|étude\w*|estudio\w*|aufsatz|\bartigos?\b|literature|research|文献|文獻|literatur", ("article-journal", "paper-conference", "article")),
    (r"\bbooks?\b|\bbuch\b|\blivres?\b|\blibros?\b|书籍|書籍", ("book",)),
    (r"\bthes[ei]s\b|dissertation", ("thesis",)),
    (r"\bdatasets?\b|数据集", ("dataset",)),
    (r"\bpatents?\b|专利", ("patent",)),
)  # fmt: skip
_TITLE = re.compile(r"“([^“”\r\n]{6,220})”|\"([^\"\r\n]{6,220})\"|《([^《》\r\n]{3,120})》|«\s?([^«»\r\n]{6,220}?)\s?»|„([^„“”\r\n]{6,220})[“”]|『([^『』\r\n]{3,120})』|「([^「」\r\n]{6,120})」|(?<!\*)\*([^*\r\n]{10,220})\*(?!\*)|(?<![_\w])_([^_\r\n]{10,220})_(?!\w)")  # fmt: skip
_AUTHOR_YEAR = re.compile(
    r"(?P<names>[^\W\d_a-z][\w'’-]+(?:(?:,\s*|\s+(?:and|und|et|y|e|&)\s+|\s*&\s*)[^\W\d_a-z][\w'’-]+){0,5})(?:\s+et\s+al\.?)?[,\s(]*(?P<year>(?:1[6-9]|20)\d\d)"
)
_ET_AL = re.compile(r"(?P<name>[^\W\d_a-z][\w'’-]+)\s+(?:et\s+al|and colleagues|u\. ?a\.)")
_YEAR = re.compile(r"(?<![\d./-])((?:1[6-9]|20)\d\d)(?![\d./-])")
_BEFORE = re.compile(
    r"(?P<n>[^\W\d_a-z][\w'’-]{2,}(?:\s+(?:and|und|et|&|y)\s+[^\W\d_a-z][\w'’-]{2,})?)(?:\s+et al\.?)?[\s~,]*[\\({\[]?$"
)
_MARKER_WORDS = re.compile(
    r"(?i)\b(?:citations?|cites?|citing|references?|refs?|sources?|todo|fixme|tbd|xxx+|needed|needs?|insert|add|here|find|etal|et al|link|urls?|please|missing|check|the|and|for|missing|see|more|some|other|paper|papers|work|works|article|related|relevant|quelle|beleg|fuente|fonte|give|put)\b"
)
_NOTE = re.compile(r"[(\[（]\s*(?:[Nn]ote|NB|注)[:：][^()\[\]（）]*[)\]）]")


def clues(around: Surroundings, gap: Gap) -> Clues:
    """Return what can be told of the work that belongs in a gap."""
    if (page := clues_to_page(around, gap)) is not None:
        return page
    document = around.document
    text = document.text
    start, end = gap.span.start, gap.span.end
    own = _own_words(text[start:end])
    sentence = _without(text, *around.sentence(start, end), gap)
    passage = _without(text, *around.passage(start, end), gap)
    low, _ = around.passage(start, end)
    label = re.sub(r"[*_`\[\]]", "", text[max(low, start - 120) : start]).strip()
    publisher = next((own[a:b] for a, b, _ in outlets.mentioned(own)), "")
    title = _title(text, start, end, around)
    subject_of = subject.about_article(around)
    heading = _heading(around, start)
    if gap.kind == "bibliography_placeholder":
        topic = subject.topic_of_list(own, _before(text, low, start), heading, subject_of.title)
    else:
        topic = subject.topic_of_event(own, sentence, passage, publisher, heading, subject_of.title)
    author, year = _author_year(own, text[max(low, start - 60) : start], gap.kind)
    context = tuple(
        dict.fromkeys(
            part for part in (sentence, passage, heading, subject_of.title, subject_of.lead) if part
        )
    )
    types = _types(
        own, label, passage if gap.kind == "bibliography_placeholder" else sentence, gap.kind
    )
    cites = gap.slot == "citation" and gap.kind in {"citation_marker", "incomplete_reference"}
    before, after = hints.around_gap(around, gap.span) if cites else ("", "")
    return Clues(
        publisher=publisher,
        topic=topic,
        title=title,
        author=author,
        year=year,
        identifier=normal_doi(own) or normal_arxiv(own),
        written_in=around.language or "en",
        types=types,
        context=context,
        hints=hints.hints(text[start:end]) if cites else (),
        before=before,
        after=after,
    )


def _own_words(gap: str) -> str:
    return re.sub(r"[\[\](){}<>*_\\（）【】]|<!--|-->|%", " ", gap).strip()


def _before(text: str, low: int, start: int) -> str:
    return " ".join(re.sub(r"[*_`]", "", text[low:start]).split())


def _without(text: str, low: int, high: int, gap: Gap) -> str:
    """Return a passage without the gap and the instruction that goes with it, in one line."""
    start, end = gap.span.start, gap.span.end
    if gap.extent is not None and gap.extent.start >= start:
        end = max(end, gap.extent.end)
    parts = _NOTE.sub(" ", f"{text[low:start]} {text[end : max(high, end)]}")
    parts = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", parts)
    parts = re.sub(r"<[^<>]{1,200}>|\\[A-Za-z]+\*?|[*_`{}]|^\s*(?:[-*+•]|\d+[.)])\s+", " ", parts)
    return re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(parts.split())).strip(" -–—:")


def _title(text: str, start: int, end: int, around: Surroundings) -> str:
    """Return a title that the sentence or item quotes, the nearest; or the label of a link."""
    link = re.search(r"\[([^\[\]\r\n]{8,200})\]\($", text[max(0, start - 220) : start])
    whole = re.match(r"\[([^\[\]\r\n]{8,200})\]\(", text[start:end])
    anchor = re.match(r"(?is)<a\b[^<>]*>([^<>]{8,200})</a", text[start:end])
    for label in (link, whole, anchor):
        if (
            label
            and _is_title(label[1])
            and not re.match(r"(?i)i['’]ve\b|see\b|here\b|read\b", label[1])
        ):
            return " ".join(label[1].split())
    low, high = around.sentence(start, end)
    block = around.block(start)
    if block is not None and block.kind == "list_item":
        low, high = block.content.start, block.content.end
    found = []
    for match in _TITLE.finditer(text, max(low, start - 600), min(high, end + 300)):
        if match.start() < end and match.end() > start:
            continue
        words = next(g for g in match.groups() if g)
        if _is_title(words):
            distance = start - match.end() if match.end() <= start else match.start() - end + 40
            found.append((distance, " ".join(words.split()).rstrip(",.")))
    return min(found)[1] if found else ""


def _is_title(words: str) -> bool:
    signs = len(words) if is_cjk(words) else 0
    return (signs >= 5 or len(words.split()) >= 3) and not re.match(r"https?:", words)


def _heading(around: Surroundings, start: int) -> str:
    heading = around.document.heading_of(start)
    return "" if is_list_heading(heading) else " ".join(heading.split())


def _author_year(own: str, before: str, kind: str) -> tuple[tuple[str, ...], int | None]:
    if kind == "bibliography_placeholder":
        return (), None
    if match := _AUTHOR_YEAR.search(own):
        names = re.split(r",\s*|\s+(?:and|und|et|y|e)\s+|\s*&\s*", match["names"])
        kept = tuple(name for name in names if not _MARKER_WORDS.fullmatch(name))
        return kept, int(match["year"])
    year = _YEAR.search(own)
    if match := _ET_AL.search(own):
        return (match["name"],), int(year[1]) if year else None
    if kind == "citation_marker":
        rest = _MARKER_WORDS.sub(" ", own)
        names = [
            w
            for w in re.findall(r"[^\W\d_a-z][\w'’-]{2,}", rest)
            if not w.isupper() or own.isupper()
        ]
        if names and len(rest.split()) <= 4:
            return tuple(name.title() if name.isupper() else name for name in names), int(
                year[1]
            ) if year else None
        if match := _BEFORE.search(before):
            names = re.split(r"\s+(?:and|und|et|y|&)\s+", match["n"])
            sentence_start = re.search(r"(?:^|[.!?]\s+)$", before[: match.start()])
            if not sentence_start and not _MARKER_WORDS.fullmatch(names[0]):
                return tuple(names), int(year[1]) if year else None
    return (), int(year[1]) if year else None


def _types(own: str, label: str, sentence: str, kind: str) -> tuple[str, ...]:
    """Return the CSL types that the nearest words name; several kinds only for a list."""
    if kind == "bibliography_placeholder":
        words = f"{own} {sentence}".lower()
        found = [types for pattern, types in reversed(_TYPES) if re.search(pattern, words)]
        papers = [t for t in found if t[0] == "article-journal"]
        rest = [t for t in reversed(found) if t[0] != "article-journal"]
        return tuple(dict.fromkeys(one for types in (*papers, *rest) for one in types))
    for part in (own, label[-40:], sentence[-200:]):
        for pattern, types in _TYPES:
            if re.search(pattern, part.lower()):
                return types
        if re.search(r"(?i)\barticles?\b|artikel|artículo|articolo|文章", part):
            return (
                ("article-newspaper", "webpage")
                if kind == "link_placeholder"
                else ("article-journal",)
            )
    return ()
