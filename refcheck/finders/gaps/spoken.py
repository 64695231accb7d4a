"""What is only spoken of: a marker in quotation marks, a button, an instruction to a program.

Such talk looks like a gap and is none: a page on how to mark gaps, a toolbar that lists "[Link]",
a prompt that tells a model how to cite. Where in doubt a place is kept, as "maybe".
"""

from __future__ import annotations

import re

from refcheck.finders.surroundings import Surroundings
from refcheck.finders.words import lexicon
from refcheck.text import fold, is_cjk

# --- quoted or called by name ----------------------------------------------------------------------

_QUOTES = {
    '"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'", "「": "」", "『": "』", "”": "”", "`": "`",
}  # fmt: skip
_THING = (
    r"placeholders?|tags?|markers?|templates?|tokens?|strings?|patterns?|labels?|buttons?|keys?|icons?|syntax|"
    r"opens|attributes?|sections? of|section in|elements?|parameters?|options?|flags?|commands?|property|properties|functions?|methods?|标签|标记|按钮|標籤|標記|按鈕|タグ|ボタン|태그|버튼|balises?|bouton|botón|etiqueta|Schaltfläche|pulsante"
)
_CALLED_AFTER = re.compile(rf"[\"'`”»*]*\s*(?:\b(?:{_THING})(?![a-z])|,?\s*(?:or|and)\s+(?:similar|the like|other|such)\b)")  # fmt: skip
_CALLED_BEFORE = re.compile(
    r"(?:\b(?:[Ss]et|[Pp]ress|[Cc]lick|[Ss]elect|[Tt]ype|[Tt]ap|[Cc]hoose|[Mm]atch(?:es)?|reads?|marked|labell?ed|called|writes?|[Ww]rite|"
    r"[Uu]se|button|tag|marker|syntax|[Kk]licken|[Cc]liquez|[Pp]ulse)(?: (?:on|as|with|the|a))?|点击|點擊|写|写上|标记为|标注为|标为)"
    r"\s*[\"“'`*«「:]*$"
)
_FORM_BEFORE = re.compile(r"\b(?:[Ff]ormat(?:ted)?|FORMAT|[Ss]yntax|[Pp]attern)\b[^.\r\n]{0,90}$")
_ONE_OF_SEVERAL = re.compile(
    r"\b(?:any|all|such as|like|marked|replace|e\.g\.|tags?|markers?|placeholders?|labels?)\b"
)
_NEXT_BOX = re.compile(r"\s*(?:,|、|/|or|and)\s*[\"“`]?\\?\[[A-Z][^\[\]]{0,60}\]")
_LAST_BOX = re.compile(r"\][\"”`]?\s*(?:,|、|/|or|and|und|et|ou|y|o|;)\s*(?:and |or |und |etc)?\s*[\"“`]?\\?$")  # fmt: skip


def is_spoken_of(around: Surroundings, start: int, end: int) -> bool:
    """Tell whether a place is quoted in a sentence, called a tag or a button, or one of a row of buttons."""
    text = around.document.text
    before, after = text[max(0, start - 30) : start], text[end : end + 90]
    if around.document.format != "latex" and _CALLED_AFTER.match(after):
        return True
    low, high = around.line(start)
    if _CALLED_BEFORE.search(text[max(low, start - 30) : start]) or explains_form(around, start):
        return True
    if is_quoted(text, start, end) and _has_words(text[low : start - 1] + text[end + 1 : high]):
        return True
    if _NEXT_BOX.match(after) or _LAST_BOX.search(before):
        return _ONE_OF_SEVERAL.search(text[max(0, start - 160) : start]) is not None
    return text[start] == "[" and _in_row(text, start, end)


def is_called(text: str, start: int, end: int) -> bool:
    """Tell whether a place is called by its name: "the tag {{fact}}", "{{fact}} tags"."""
    return _CALLED_AFTER.match(text[end : end + 30]) is not None or (
        _CALLED_BEFORE.search(text[max(0, start - 30) : start]) is not None
    )


def explains_form(around: Surroundings, start: int) -> bool:
    """Tell whether the words before a place say that a form follows: "Format: [name](url)"."""
    low, _ = around.line(start)
    return _FORM_BEFORE.search(around.document.text[max(low, start - 110) : start]) is not None


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether quotation marks stand at both sides of a place."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return before in _QUOTES and after != "" and (after == _QUOTES[before] or after in "”\"'`")


def _has_words(text: str) -> bool:
    if is_cjk(text):
        return len(re.findall(r"\w", text)) >= 5
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 3


_ROW = re.compile(r"[ \t]*(?:[,|·•]|and|or)?[ \t]*\[([A-Za-z][A-Za-z ]{2,20})\](?!\()")
_ROW_BACK = re.compile(r"\[([A-Za-z][A-Za-z ]{2,20})\][ \t]*(?:[,|·•]|and|or)?[ \t]*$")


_MARKERS = lexicon(frozenset({"en"})).bare


def _in_row(text: str, start: int, end: int) -> bool:
    """Tell whether brackets side by side are a row of buttons: one of them is no marker.

    A button has three words at most, and is not what a command is given: ``#todo[cite Smith]``.
    """
    if len(text[start:end].split()) > 3:
        return False
    at = end
    while match := _ROW.match(text, at):
        if fold(match[1]) not in _MARKERS:
            return True
        at = match.end()
    at = start
    while match := _ROW_BACK.search(text, max(0, at - 40), at):
        if text[match.start() - 1 : match.start()].isalnum():
            return False
        if fold(match[1]) not in _MARKERS:
            return True
        at = match.start()
    return False


# --- a short form of what stands before it ----------------------------------------------------------


def is_short_form(around: Surroundings, start: int, content: str) -> bool:
    """Tell whether letters in parentheses are an acronym that the document spells out."""
    text = around.document.text
    if not content.isupper() or len(content) < 3:
        return False
    box = f"({content})"
    first = text.find(box)
    return any(_spells(text[max(0, at - 90) : at], content) for at in {first, start} if at >= 0)


def _spells(before: str, short: str) -> bool:
    letters = [fold(c) for c in short if c.isalpha()]
    for word in reversed(re.findall(r"[^\W\d_]+", before)):
        if letters and word[0].isupper() and fold(word[0]) == letters[-1]:
            letters.pop()
    return not letters


def is_gloss(around: Surroundings, start: int, content: str) -> bool:
    """Tell whether a lone word in parentheses repeats what stands before it: "reference group (ref)"."""
    text = around.document.text
    low, _ = around.line(start)
    before = fold(re.sub(r"\([^()]*\)|（[^（）]*）", " ", text[max(low, start - 40) : start]))
    lex, core = around.lexicon(start, start), fold(content).strip(" .")
    if core in {"ref", "reference"} and re.search(r"\d[.,]\d+\s*$", before):
        return True  # a value: 1.00 (ref)
    roles = [lex.cite, lex.link] if lex.cite.search(core) and lex.link.search(core) else [lex.link if lex.link.search(core) else lex.cite]  # fmt: skip
    if not lex.cite.search(core) and not lex.link.search(core):
        return False
    if core == "url" and re.search(r"locator|address|link", before):
        return True
    return content.islower() and "?" not in content and any(role.search(before) for role in roles)


# --- prompts ----------------------------------------------------------------------------------------

_PROMPT = re.compile(
    r"\b(?:You are an? (?:\w+ ){0,4}(?:assistant|expert|writer|editor|agent|researcher|model)|YOUR TASK|OUTPUT FORMAT|Output format"
    r"|WHAT NOT TO DO|(?:[Dd]o NOT|DO NOT|NEVER|[Nn]ever) (?:recommend|invent|make up|fabricate|hallucinate|include|use|output|write|cite)"
    r"|[Tt]he (?:model|assistant|LLM) (?:must|should)|[Rr]espond (?:in|with|only)|[Ss]ystem prompt"
    r"|Du bist ein(?:e)? \w+|Tu es un(?:e)? (?:assistant|expert)\w*|Eres un(?:a)? \w+|Você é um(?:a)? \w+|Ты\s+—\s+\w+)"
    r"|你是一(?:名|个|位)|あなたは.{1,20}です|당신은 .{1,20}입니다"
    r"|\{\{?(?:user_)?(?:input|question|context|query|documents?)\}\}?"
)


def is_prompt(around: Surroundings, start: int) -> bool:
    """Tell whether a place stands in instructions to a language model: a form to follow, no gap."""
    if around.document.format not in {"markdown", "plain"}:
        return False
    return _PROMPT.search(around.document.text, max(0, start - 1500), start + 600) is not None
