"""Reference lists that are still to be written, and sentences that promise one.

A heading for references promises them; what stands below it and is no reference ("To be added.",
"[List your sources here]", "TODO") is the gap. Elsewhere a sentence must say so in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from refcheck.finders.gaps.judging import judge
from refcheck.finders.gaps.reading import Reading, read
from refcheck.finders.gaps.verdict import Hit, Verdict, kind_of
from refcheck.finders.surroundings import Section, Surroundings, section_of
from refcheck.finders.words import Lexicon
from refcheck.model import Block, Span
from refcheck.text import is_cjk, positions

SURE = Verdict("bibliography_placeholder", "certain")
LIKELY = Verdict("bibliography_placeholder", "likely")
_EDGES = " \t\r\n*_>\"'“”"
_MARKER = re.compile(r"(?:[-*+•]|(?:\.\. )?\[\d{1,3}\]|\(?\d{1,3}[.)])[ \t]*(?:[-–—:][ \t]+)?")
_DASH = re.compile(r"[-–—:][ \t]+")
_ADDRESS = re.compile(r"https?://|www\.|\bdoi\b|\\cite|\\bibitem|\]\([^)]")
_LEAD_IN = re.compile(r"(?i)(?:note|nb|hinweis|nota|remarque|注意?|opmerking|uwaga)\s*[:：]\s*")
_TODO = re.compile(
    r"(?i)\W*(?:to[ -]?do|tbd|tba|fixme|xxx+|wip)\b\W*|[(（\[]略[^()（）]{0,12}[)）\]]"
)
_NUMBERED = re.compile(r"(?i)(?:reference|ref|source|citation|literature|paper|article|quelle|fuente|fonte|referencia|referência|référence|文献|参考文献|论文|相关论文|文章|来源)s? ?[#\dn一二三x]{1,2}")  # fmt: skip
LONGEST_PROMISE = 260


def find(around: Surroundings) -> Iterator[Hit]:
    """Yield what stands in place of references, under their heading or in a sentence."""
    yield from _below_headings(around)
    yield from _sentences(around)


# --- below a heading --------------------------------------------------------------------------------


def _below_headings(around: Surroundings) -> Iterator[Hit]:
    document = around.document
    for whole in document.blocks:
        if whole.kind not in {"paragraph", "list_item", "other"}:
            continue
        block = whole
        section = around.section(whole.content.start) if around.has_lists else ""
        if not section and whole.kind == "paragraph":
            block, section = _headed(document.text, whole)
        if not section or block.content.end - block.content.start > 4 * LONGEST_PROMISE:
            continue
        for start, end in units(document.text, block):
            if around.is_inert(start, start + 1) or end - start > LONGEST_PROMISE:
                continue
            item = block.kind == "list_item" or document.text[block.content.start] in "[0123456789"
            verdict = _unwritten(around, start, end, kind_of(section) == "citation_marker", item)
            if verdict is not None:
                yield start, end, verdict


def _headed(text: str, block: Block) -> tuple[Block, Section]:
    """Return a paragraph without its first line, where that line is called as reference lists are."""
    low, high = block.content.start, block.content.end
    if not 0 <= (at := text.find("\n", low, min(high, low + 42))) < high - 1:
        return block, ""
    first, end = text[low:at], "\n"
    if len(first) > 40 or not first.rstrip("*_ \r").endswith((":", "：")):
        return block, ""
    begin = block.content.start + len(first) + len(end)
    return replace(block, content=Span(begin, block.content.end)), section_of(first)


def units(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Yield what may be a gap in a block: each line that has a mark of its own, else the whole."""
    start, end = block.content.start, block.content.end
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text[start:end])]
    marked = len(lines) > 1 and all(_MARKER.match(text[start + a : start + b].lstrip()) for a, b in lines)  # fmt: skip
    for a, b in lines if marked else [(0, end - start)]:
        low, high = start + a, start + b
        while low < high and text[low] in _EDGES:
            low += 1
        mark = _MARKER.match(text, low, high)
        if mark and block.kind != "list_item" and not text.startswith("**", low):
            low = mark.end()
        if dash := _DASH.match(text, low, high):
            low = dash.end()
        lead = _LEAD_IN.match(text, low, high)
        low = lead.end() if lead else low
        while low < high and text[low] in _EDGES:
            low += 1
        while high > low and text[high - 1] in _EDGES:
            high -= 1
        if low < high:
            yield low, high


def _unwritten(
    around: Surroundings, start: int, end: int, citing: bool, item: bool
) -> Verdict | None:
    content = around.document.text[start:end]
    lex = around.lexicon(start, end)
    if _ADDRESS.search(content) or "<!--" in content:
        return None
    if citing:
        reading = read(content.strip("()[]（）"), lex)
        told = (
            reading is not None and (reading.pure or _TODO.fullmatch(content)) and reading.size <= 8
        )
        return Verdict("citation_marker", "likely") if told else None
    if _TODO.fullmatch(content) or (
        content in {"...", "…", "……"}
        and around.document.text[start - 2 : start] in {"] ", ". ", "- "}
    ):
        return SURE
    if (
        content[0] in "[(（【<"
        and content[-1] in "])）】>"
        and not re.search(r"[<>]", content[1:-1])
    ):
        return _boxed(content[1:-1], lex, square=content[0] in "[【")
    if _TODO.fullmatch(content) or content in {"略", "略。"}:
        return SURE
    reading = read(content, lex)
    if reading is None or re.search(r"[\[(（【]", content):
        return None
    if _TODO.match(content) and reading.size <= 14 and not re.search(r"\d{4}", content):
        return LIKELY  # "TODO: the papers on sleep"
    if reading.pure and reading.size <= 12 and not reading.other:
        return SURE
    if _promises(reading) or _instructs(reading) or _opens_with(reading) or _remarks(reading):
        return LIKELY
    wanted = item and reading.nouns & {"cite", "list", "work"} and 4 <= reading.size <= 60
    if (
        wanted
        and not re.search(r"\b(?:1[6-9]|20)\d\d\b|[A-Z]\. ?[A-Z]|\bet al\b|:$", content)
        and around.is_declared(start)
    ):
        return LIKELY  # what an unfinished list still wants: "Additional papers on sleep"
    return None


def _boxed(content: str, lex: Lexicon, *, square: bool) -> Verdict | None:
    """Judge a box that is all there is in an item or a paragraph of a reference list."""
    if _NUMBERED.fullmatch(content.strip()):
        return LIKELY
    reading = read(content, lex)
    if reading is None or re.search(r"\d{4}|[\[\]]", content):
        return None
    if (
        _TODO.fullmatch(content)
        or content in {"略", "待补"}
        or (reading.pure and not reading.other)
    ):
        return SURE
    if _promises(reading) or _instructs(reading) or (reading.first and not reading.other):
        return LIKELY
    described = (
        square and reading.nouns and reading.size <= 14 and reading.text not in {"pdf", "doi"}
    )
    return LIKELY if described else None  # "[Relevant papers on sleep]"


def _instructs(reading: Reading) -> bool:
    """Tell an instruction to the writer ("Add relevant papers") from a reference."""
    act = reading.act
    if act is None or not (reading.first and reading.nouns) or reading.size > 25:
        return False
    if reading.lex.lack.search(act[0]) or reading.body[act.end() : act.end() + 12].count(":"):
        return False
    return re.search(r"\b(?:1[89]|20)\d\d\b", reading.text) is None


def _remarks(reading: Reading) -> bool:
    """Tell a remark of the writer from a reference: few words in small letters, one of which promises.

    "Will fill this in before publishing", "Trage ich später nach."
    """
    told = reading.lex.promise.search(reading.body)
    if told is None or reading.size > 9 or reading.other or re.search(r"\d", reading.text):
        return False
    small = [word for word in re.findall(r"[^\W_]+", reading.bare)[1:] if not word[0].isupper()]
    return len(small) >= max(2, reading.size - 2) and not is_cjk(reading.bare)


def _opens_with(reading: Reading) -> bool:
    """Tell an item that begins with a promise: "待补充：国内相关研究", "To be added: field studies"."""
    head, colon, _ = re.sub("：", ":", reading.text).partition(":")
    claim = reading.lex.promise.search(head)
    return bool(colon) and claim is not None and len(head) <= 24 and reading.size <= 16


def _promises(reading: Reading) -> bool:
    """Tell a sentence that promises references from one that speaks of them."""
    if reading.claim is None or reading.size > 24 or not reading.nouns & {"list", "cite", "work"}:
        return False
    claim = reading.lex.promise.search(reading.text)
    if claim is None or re.search(r"[:：]\W*$", reading.text[: claim.start()]):
        return False  # of a label, the value alone
    return not reading.text[-1:].isdigit()


# --- in a sentence of its own -----------------------------------------------------------------------

_LISTS = re.compile(
    r"\b(?:references|bibliography|citations|sources|literature|works cited|bibliographie|bibliografia|literatur\w*|quellen|referencias|"
    r"fuentes|referencje|literatura|bronnen\w*|literatuurlijst|kallor|kallforteckning|kildeliste|litteraturliste|lahdeluettelo|"
    r"irodalomjegyzek|bibliografie|zrodla|zdroje|литератур\w+|джерела|tai lieu tham khao|kaynak\w*|daftar pustaka|riferimenti|fonti|fontes)\b"
    r"|参考文献|參考文獻|参考资料|參考資料|참고문헌|المراجع|источники|литература"
)
_LIST_WORDS = (
    "referen", "referên", "référen", "riferiment", "bibliogra", "citations", "sources", "literat", "works cited", "quellen", "fuentes", "bronnen",
    "källor", "källför", "kildeliste", "litteraturliste", "lähdeluettelo", "irodalomjegyzék", "źródła", "zdroje", "fonti", "fontes", "kaynak",
    "daftar pustaka", "литератур", "источники", "джерела", "tài liệu tham khảo", "参考文献", "參考文獻", "参考资料", "參考資料", "참고문헌", "المراجع",
)  # fmt: skip
"""What the words for such lists begin with."""
_ENGLISH = ("referen", "bibliogra", "citations", "sources", "literature", "works cited")
_OF_PROGRAMS = re.compile(
    r"\b(?:feature|support|function|code|test|docs|image|figure|customer|issue|release|version|example|file|page|link)s?\b"
)
_PROMISED = re.compile(
    r"\b(?:to be|will be|will follow|coming soon|under construction|in preparation|tbd|tba|to follow|to come|folg\w+|werden|wird|seran|"
    r"seront|sera|serao|saranno|worden|wordt|zostan\w+|bude|budou|laggs|kommer|eklenecek\w*|akan|menyusul|будут|будет|a completer|a venir|"
    r"por completar|pendientes?|em breve|da completare|tilfojes|legges til|lisataan|zostana|doplneny|буде|будуть|se duoc|va fi|vor fi)\b|待|後で|追加予定|追記|추가 예정|추후|将在|將在"
)
_INSIDE_BOX = re.compile(r"[(\[（【][^()\[\]（）【】]*$")


def _sentences(around: Surroundings) -> Iterator[Hit]:
    """Yield short sentences about a list of references that is still to come."""
    text = around.document.text
    seen: set[int] = set()
    for first in positions(around.lower, _ENGLISH if around.language == "en" else _LIST_WORDS):
        last = first + 1
        block = around.block(first)
        if block is None or block.kind in {"code", "heading"} or around.is_inert(first, last):
            continue
        start, end = around.sentence(first, last)
        start = max(start, block.content.start)
        if start in seen or end - start > LONGEST_PROMISE:
            continue
        seen.add(start)
        while start < end and text[start] in f"{_EDGES}-([（":
            start += 1
        while end > start and text[end - 1] in f"{_EDGES})]）":
            end -= 1
        content = text[start:end]
        if not content or _INSIDE_BOX.search(text[block.content.start : first][-200:]):
            continue
        lead = _LEAD_IN.match(text, start, end)
        start = lead.end() if lead else start
        content = text[start:end]
        if re.search(r"[\[(（【:：\"“「]|https?://|\\cite", content) or around.section(start):
            continue
        reading = read(content, around.lexicon(start, end))
        if reading is not None and _is_promise(reading) and judge(content, "line", reading.lex):
            yield start, end, LIKELY


def _is_promise(reading: Reading) -> bool:
    listed = _LISTS.search(reading.body)
    promised = _PROMISED.search(reading.text)
    return bool(
        listed and listed.start() <= 34 and promised and promised.start() >= listed.start()
        and reading.size <= 16 and not _OF_PROGRAMS.search(reading.body)
    )  # fmt: skip
