"""RC208 leaked-token: what a chat program put in place of its source was left in the text.

Finds     `turn0search3`, `citeturn1view0`, `:contentReference[oaicite:0]{index=0}`, `【12†source】`, `[oai_citation:1‡…](…)`,
          `grok_card`, `[cite_start]`, `[cite: 3]`, `utm_source=chatgpt.com` and its like, with and without their private-use marks.
Matters   It leads nowhere, and shows that nobody looked at the source.
Example   Ferries leave every half hour turn0search16.
Limits    Text about such tokens, in code marks, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from refcheck.finders.placeholders import placed
from refcheck.finders.surroundings import of
from refcheck.model import Document, Finder, Placeholder

_TURN = r"turn\d{1,4}(?:search|view|news|image|file|fetch|forecast|product|reddit|maps|finance|sports|video|academia|calculator|msearch|mfile|cite|find|open|click)\d{1,4}"
_TOKEN = re.compile(
    rf"[\ue200-\ue206](?:[^\ue200-\ue206\r\n]{{0,80}}[\ue200-\ue206]){{1,20}}+"
    rf"|(?<![\w/-])[【\[(]?(?:file)?(?:cite|navlist|image_group|video)?(?:{_TURN}){{1,12}}+[】\])]?(?!\w)"
    r"|:contentReference\[oaicite:[^\]\r\n]{0,40}\](?:\{index=\d+\})?|\[?oaicite:\d+\]?|\[oai_citation:\d+[^\]\r\n]{0,200}\](?:\([^()\r\n]{0,400}\))?"
    r"|【\d{1,4}(?::\d{1,4})?†[^】\r\n]{0,160}】|<grok:render\b[^<>]{0,400}>(?:(?!</grok:render>).){0,600}</grok:render>|\bgrok_card\b(?:://[\w/.-]+)?|grok_render_citation_card_json=\{[^{}]{0,300}\}"
    r"|\[cite_start\]|\[cite_end\]|\[cite:\s*[\d,\s-]{1,60}\]|\[span_\d+\]\((?:start|end)_span\)|\[attached_file:\d+\]|\[attached_image:\d+\]|\[(?:web|file|image|source|memory):\d{1,4}\](?!\()"
    r"|utm_source=(?:chatgpt(?:\.com)?|openai(?:\.com)?|copilot(?:\.com|\.microsoft\.com)?|claude(?:\.ai)?|perplexity(?:\.ai)?|gemini(?:\.google\.com)?|grok(?:\.com)?|deepseek(?:\.com)?|bing_?chat|chat\.openai\.com|poe(?:\.com)?|you\.com)(?![\w.-])"
    r"|:antCitation\[[^\]\r\n]{0,80}\](?:\{[^{}\r\n]{0,300}\})?|\]\(citation:\d+\)",
    re.DOTALL,
)
_CHEAP = ("oai", "grok", "antCitation", "utm_source=", "†", "\ue200", "\ue201")
_NAMED = re.compile(r"_(?:(?<=cite_)|(?<=span_)|(?<=attached_))|:(?:(?<=\[cite:)|(?<=\[web:)|(?<=\[file:)|(?<=\[image:)|(?<=\[source:)|(?<=\[memory:)|(?<=citation:))")  # fmt: skip
_TURNS = re.compile(r"turn\d")


def find(document: Document) -> Sequence[Placeholder]:
    """Return leaked tokens, with their marks."""
    text = document.text
    if not (any(mark in text for mark in _CHEAP) or _NAMED.search(text) or _TURNS.search(text)):
        return ()
    around = of(document)
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if around.is_inert(start, end):
            continue
        if document.format == "plain" and text[start - 1 : start] in {'"', "'"} and text[end : end + 1] in {'"', "'"}:  # fmt: skip
            continue
        found.append(placed(document, FINDER, start, end, "certain", "nothing"))
    return found


FINDER = Finder("RC208", "leaked-token", "leaked_token", find)
