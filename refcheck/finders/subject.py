"""What an article, a sentence or a promise is about, in the author's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from refcheck.finders.surroundings import Surroundings, is_list_heading
from refcheck.text import fold, is_cjk

_YAML_TITLE = re.compile(r"^title:[ \t]*[\"']?([^\r\n\"']{3,200})", re.MULTILINE)
_TEX_TITLE = re.compile(r"\\title(?:\[[^\[\]]*\])?\{((?:[^{}]|\{[^{}]*\}){3,300}+)\}")
_HTML_TITLE = re.compile(
    r"<(?:h1|title|article-title)\b[^<>]*>(.{3,300}?)</", re.IGNORECASE | re.DOTALL
)
_ORG_TITLE = re.compile(r"^#\+title:[ \t]*(.{3,200})$", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(r"<[^<>]{1,200}>|\\[A-Za-z]+\*?|[{}*_`#=]")
_ON = re.compile(
    r"(?i)(?:papers?|reports?|stud(?:y|ies)|articles?|research|literature|references?|works?|sources?|publications?|books?|citations?|bibliography|readings?)\s*(?:on|about|regarding|concerning|covering|related to|into|in the field of|for|of)\s+(?:the\s+|this\s+)?(?P<t>[^.;:()\[\]\r\n]{3,160})"
    r"|(?:literatur|quellen|artikel|studien|berichte|belege)\s+(?:zu[mr]?|über)\s+(?:(?:der|die|das|dem|den)\s+)?(?P<de>[^.;:()\[\]\r\n]{3,160})"
    r"|\b(?:sur|sobre|acerca de|su|sull[ao']|over|om|o|про|об?|по|tentang|hakkında)\s+(?:(?:le|la|les|el|los|las|il|lo|gli|de|het)\s+)?(?P<ro>[^.;:()\[\]\r\n]{3,160})"
    r"|(?:关于|有关|關於|有關)(?P<zh>[^，。；：的（）]{2,60})(?:的)?"
)
_BEFORE_NOUN = re.compile(
    r"(?i)(?:cite|add|insert|find|include|more|relevant|additional|further|recent)\s+(?P<t>[a-z][^.;:()\[\]\r\n]{3,80}?)\s+(?:papers?|literature|studies|references|research|articles?|sources|publications?|citations)\b"
)
_TAIL = re.compile(
    r"(?i)[\s,:–—-]*(?:(?:TODO|TBD|TBA|FIXME)\b.*|(?:to be |will be )?(?:added|completed|provided|inserted)\b.*|here\.?|etc\.?|folgt.*|fehlt.*|待补充.*|as needed|if needed|\(.*)$"
)
_LEAD = re.compile(
    r"(?i)^\W*(?:(?:to be (?:added|completed|provided|inserted)|todo|tbd|tba|fixme|add|insert)\b[\s:,–—-]*)+"
)
"""A promise before what is promised: "To be completed: …"."""
_GENERIC = frozenset(
    "article report link source news story post page paper here see read more note reference references full the a an of from to for in on by at and or is this that our available text url website blog press release "
    "artikel bericht quelle hier und der die das von zu siehe lien source article voir ici fuente enlace articulo ver aqui fonte link artigo aqui articolo vedi 文章 链接 来源 原文 报道 连结".split()
)


LONGEST = 160
"""Signs of a topic; a longer item is prose."""


@dataclass(frozen=True, slots=True)
class Article:
    """What an article is called and how it begins; "" where it does not tell."""

    title: str
    lead: str


def about_article(around: Surroundings) -> Article:
    """Return title and lead of a document; kept with its surroundings."""
    found = around.__dict__.get("article")
    if isinstance(found, Article):
        return found
    text = around.document.text
    title = ""
    head = text[:20_000]
    for pattern in (_YAML_TITLE, _TEX_TITLE, _ORG_TITLE, _HTML_TITLE):
        if match := pattern.search(head):
            title = clean(match[1])
            break
    headings = [b for b in around.document.blocks if b.kind == "heading"][:12]
    if not title and headings:
        first = min(headings, key=lambda b: (b.level, b.span.start))
        candidate = clean(around.document.slice(first.content))
        title = "" if is_list_heading(candidate) else candidate
    lead = ""
    for block in around.document.blocks[:40]:
        if block.kind == "paragraph" and block.span.end - block.span.start > 80:
            lead = clean(around.document.slice(block.content))[:700]
            break
    article = Article(title, lead)
    around.__dict__["article"] = article
    return article


def clean(text: str) -> str:
    """Return a passage in one line without marks of its format."""
    return " ".join(_MARKUP.sub(" ", text).split())


def topic_of_list(own: str, before: str, heading: str, title: str) -> str:
    """Return what promised literature is to be about: as the promise says, else the heading, the title."""
    for part in (own, before):
        for match in (*_ON.finditer(part), *_BEFORE_NOUN.finditer(part)):
            topic = _TAIL.sub("", next(g for g in match.groups() if g)).strip(" ,.;:-–—…")
            if len(topic) >= 3 and not _LEAD.match(f"to {topic}"):
                return topic
    for part in (before, own):
        topic = _TAIL.sub("", _LEAD.sub("", part)).strip(" ,.;:-–—…([")
        if is_telling(topic, "", 2) and len(topic) <= LONGEST:
            return topic
    return heading if heading and len(heading.split()) > 1 and title == "" else title or heading


def topic_of_event(
    own: str, sentence: str, passage: str, publisher: str, heading: str, title: str
) -> str:
    """Return the text nearest to a gap that tells what the work is about.

    The sentence, where it says more than who published and what kind of text it is; else the
    paragraph or item; else the gap's own words, then the heading and the title of the article.
    """
    for part in (sentence, passage):
        if is_telling(part, publisher):
            return part[:400]
    if is_telling(own, publisher, 4):
        return own
    return title or heading


@lru_cache(maxsize=256)
def is_telling(text: str, publisher: str, least: int = 3) -> bool:
    """Tell whether a text has words beyond the publisher's name and those for kinds of text."""
    names = set(fold(publisher).split())
    if is_cjk(text):
        rest = fold(text)
        for word in (*names, *(w for w in _GENERIC if is_cjk(w))):
            rest = rest.replace(word, "")
        return len(re.findall(r"\w", rest)) >= 6
    words = [w for w in re.findall(r"[^\W_]+", fold(text)) if w not in _GENERIC and w not in names]
    return len([w for w in words if len(w) > 2 or w.isdigit()]) >= least
