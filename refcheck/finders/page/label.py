"""What a link is called whose target is missing: `[rustc book]()`, `[RustConf 2016]: TODO`, `<a href="">…`."""

from __future__ import annotations

import re

from refcheck.text import unmarked

LONGEST = 200
"""Code points of a label."""
_OPEN = re.compile(rf"\[(?P<label>[^\[\]\r\n]{{2,{LONGEST}}})\](?:\(|:[ \t]*<?)$")
_WHOLE = re.compile(
    rf"\[(?P<label>[^\[\]\r\n]{{2,{LONGEST}}})\](?:\(|:)|(?is:<a\b[^<>]*>(?P<anchor>[^<>]{{2,{LONGEST}}})</a)"
)
_HREF = re.compile(r"""(?is)<a\b[^<>]*href\s*=\s*["']?$""")
_ANCHOR = re.compile(rf"(?is)[^<>]*>(?P<label>[^<>]{{2,{LONGEST}}})</a")
_POINTS = re.compile(
    r"(?i)(?:click |see |read )?(?:here|this|that|link|url|source|website|page|article|post|more|video|demo)s?"
)


def label_of(text: str, start: int, end: int) -> str:
    """Return what the link is called that a gap is or belongs to; "" where that is no name."""
    found = _OPEN.search(text, max(0, start - LONGEST - 4), start) or _WHOLE.match(text, start)
    if found is None and _HREF.search(text, max(0, start - LONGEST), start):
        found = _ANCHOR.match(text, end)
    if found is None:
        return ""
    written = next(filter(None, found.groups()), "")
    label = unmarked(written).strip(" `*_")
    return label if ("`" in written or _is_name(label)) and not _POINTS.fullmatch(label) else ""


def _is_name(label: str) -> bool:
    """Tell whether a label can be what a work or a page is called: words enough, or a name.

    Of one or two words one must be a name by its look: a capital within, a figure, or both capital.
    """
    words = label.split()
    if len(words) >= 3:
        return True
    if len(words) == 2 and all(word[:1].isupper() for word in words):
        return True
    return any(re.search(r"\d|[a-z][A-Z]|[A-Z]{3}", word) is not None for word in words)
