"""Program text among plain text: its comments and long strings are prose, the rest is code."""

from __future__ import annotations

import re

from refcheck.documents.layout import LINE

_CODE = re.compile(
    r"[;{}]\s*(?://.*|#.*)?$|\):\s*$|[\w\])\"']\s*[,(\[]\s*$|=>|->|::|&&|\|\||==|!=|\+=|</?\w+[^<>]*>\s*$|^\s*[\w.]+\([^()]*\)|^\s*[\w.\[\]\"':-]+\s*[:+-]?=\s*\S|^\s*(?:def|class|import|from|return|if|elif|else|for|while|try|except|with|raise|assert|print|var|let|const|public|private|protected|static|void|int|function|fn|func|#include|#define|package|using|namespace|case|switch|end|begin|async|await|yield|export|default|type|struct|enum|interface)\b[^.]*[\[({:;=)]|^\s*[\])}]+[,;]?\s*$|^\s*@\w+|^\s*[\w-]+:\s*[\[{|>]"
)
_SHELL = re.compile(
    r"^\s*(?:(?:if|elif|while|until)\s+[\[(!]|(?:fi|done|else|then|do|esac|end|endif|begin)\b\s*;?$|(?:echo|export|cd|rm|cp|mv|curl|wget|sudo|pip|npm|git|docker|python3?|make|bash|sh)\s|\$\w+(?:\.\w+)*\s*=)|\s\\$|&&\s|\|\|\s|\$\{\w+\}"
)
_COMMENT = re.compile(
    r"\s*(?:#(?!include|define|if|endif)|//|/\*|\*(?!\*?\w)|\*\*?\s|--\s|%|;;|\"\"\"|'''|REM\s|<!--)"
)
_STRING = re.compile(
    r"\s*(?:[\w.\"'-]{1,40}\s*[:=]\s*)?[rbfu]{0,2}([\"'`])(?P<s>.{24,})\1\s*[,;)\]}+\\]*\s*$"
)
_TRAILING = re.compile(r"\s+(?:#|//)\s[^\"']*$")
_RAW_STRING = re.compile(r"\s*(?:[\w.]+\s*[=(]\s*)?(?:r|rb|br|R)[\"'].*\\")
_OPEN = re.compile(r"\s*(?:[\w.\"'-]{1,40}\s*[:=]\s*)?[rbfu]{0,2}[\"'`][^\"'`]{60,}")
_REGEX = re.compile(r"\\[\[(swdb.*+]|\[\^|\.\*|\(\?[:=!<P]|^\s*r[\"']")
_PROSE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}|[\u3040-\u9fff\uac00-\ud7af]{6}")


def code_spans(text: str) -> list[tuple[int, int]]:
    """Return the lines that are code, where enough of the text is; comments and strings left out."""
    lines = [(m.start(), m.end()) for m in LINE.finditer(text)]
    filled = [(a, b) for a, b in lines if text[a:b].strip()]
    if not filled:
        return []
    codes = [_is_code(text[a:b].rstrip()) for a, b in filled]
    comments = [bool(_COMMENT.match(text, a, b)) for a, b in filled]
    weight = sum(codes)
    marked = sum(c and not k for c, k in zip(comments, codes, strict=True))
    if weight + marked < 2 or (weight + 0.5 * marked) < 0.3 * len(filled) or weight == 0:
        return []
    return [span for span, code in zip(filled, codes, strict=True) if code]


def _is_code(line: str) -> bool:
    if _COMMENT.match(line):
        return bool(_REGEX.search(line)) and not _PROSE.search(line)
    line = _TRAILING.sub("", line)
    if _RAW_STRING.match(line):
        return True
    string = _STRING.match(line)
    if string:
        return bool(_REGEX.search(line)) or not _PROSE.search(string["s"]) or bool(re.search(r"\\n|%s", string["s"]))  # fmt: skip
    if _OPEN.match(line) and _PROSE.search(line):
        return False
    return len(line) < 400 and bool(_CODE.search(line) or _SHELL.search(line))
