"""pandoc's syntax tree: records into it, rendered references out of it.

Nothing of a record is ever read as Markdown: texts go in as words and looks. Source: pandoc-types
1.22 and 1.23, module Text.Pandoc.Definition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from refcheck.model import Entry, Run
from refcheck.record import Record, to_csl
from refcheck.styles.runs import Runs, like, rich, tidied


def written(
    records: Sequence[Record], locale: str, api_version: Sequence[int]
) -> Mapping[str, Any]:
    """Return a document that cites every record once, by its id, with the records as references.

    ``api_version`` is that of the pandoc which is to read it: it takes no other.
    """
    blocks = [_cited(record.id, mode) for mode in _MODES for record in records]
    return {
        "pandoc-api-version": list(api_version),
        "meta": {
            "references": {"t": "MetaList", "c": [_meta(_item(record)) for record in records]},
            "link-bibliography": {"t": "MetaBool", "c": False},
            "lang": {"t": "MetaInlines", "c": _words(locale)},
        },
        "blocks": blocks,
    }


def read(made: Mapping[str, Any]) -> list[Entry]:
    """Return the entries of a document that came back, in its order."""
    cites: dict[tuple[str, str], Runs] = {}
    listed: dict[str, tuple[str, Runs]] = {}
    for block in made["blocks"]:
        if block["t"] != "Div":
            continue
        mode, _, name = block["c"][0][0].partition("-")
        if mode in _MODES:
            cites[mode, name] = tidied(_runs(block["c"][1]))
        elif mode == "refs":
            for one in block["c"][1]:
                listed[one["c"][0][0].removeprefix("ref-")] = _reference(one["c"][1])
    cited = (key for mode, key in cites if mode == "NormalCitation" and key not in listed)
    listed.update((key, ("", ())) for key in cited)  # a style may cite a work and not list it
    return [
        Entry(
            key,
            runs,
            cites.get(("NormalCitation", key), ()),
            cites.get(("AuthorInText", key), ()),
            label,
        )
        for key, (label, runs) in listed.items()
    ]


_MODES = ("NormalCitation", "AuthorInText")
"""In brackets, and as part of a sentence."""


def _cited(key: str, mode: str) -> Mapping[str, Any]:
    return {
        "t": "Div",
        "c": [[f"{mode}-{key}", [], []], [{"t": "Para", "c": [_citation(key, mode)]}]],
    }


def _citation(key: str, mode: str) -> Mapping[str, Any]:
    cite = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": mode},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[cite], [{"t": "Str", "c": "?"}]]}


def _item(record: Record) -> Mapping[str, Any]:
    return {key: value for key, value in to_csl(record).items() if key not in _UNUSED}


_UNUSED = frozenset({"abstract", "annote", "keyword", "retraction"})


def _meta(value: Any) -> Mapping[str, Any]:
    """Turn CSL-JSON into pandoc's metadata; texts become words and looks, never Markdown."""
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {key: _meta(one) for key, one in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(one) for one in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    return {"t": "MetaInlines", "c": _inlines(str(value))}


def _words(value: str) -> list[Mapping[str, Any]]:
    """Return a plain text as pandoc's words and spaces."""
    pieces = filter(None, re.split(r"(\s+)", value))
    return [{"t": "Space"} if piece.isspace() else {"t": "Str", "c": piece} for piece in pieces]


def _inlines(value: str) -> list[Mapping[str, Any]]:
    """Return a text with CSL's tags as pandoc's inline elements."""
    out: list[Mapping[str, Any]] = []
    for piece in re.split(r'(<span class="nocase">.*?</span>)', value):
        if piece.startswith('<span class="nocase">'):
            out.append({"t": "Span", "c": [["", ["nocase"], []], _inlines(piece[21:-7])]})
            continue
        for run in rich(piece):
            inner = _words(run.text)
            for element, look in _LOOKS.items():
                inner = [{"t": element, "c": inner}] if getattr(run, look) else inner
            out.extend(inner)
    return out


def _reference(blocks: Sequence[Mapping[str, Any]]) -> tuple[str, Runs]:
    """Return the label of a reference and its runs; pandoc marks what stands in the margin."""
    label: Runs = ()
    out: list[Run] = []
    for block in blocks:
        for one in block["c"] if isinstance(block["c"], list) else ():
            if (
                isinstance(one, Mapping)
                and one.get("t") == "Span"
                and "csl-left-margin" in one["c"][0][1]
            ):
                label = _runs([{"t": "Plain", "c": one["c"][1]}])
            elif isinstance(one, Mapping):
                out.extend(_inline(one, Run("")))
    return "".join(run.text for run in label).strip(), tidied(_stripped(out))


def _stripped(runs: Sequence[Run]) -> list[Run]:
    out = [run for run in runs if run.text]
    if out:
        out[0] = replace(out[0], text=out[0].text.lstrip())
    if out:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return out


def _runs(blocks: Sequence[Mapping[str, Any]]) -> Runs:
    return tuple(
        run
        for block in blocks
        if block["t"] in {"Para", "Plain"}
        for one in block["c"]
        for run in _inline(one, Run(""))
    )


_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:)\]]")


def _linked(run: Run) -> Runs:
    """Make an address in a word a link, without the stop or bracket that follows it."""
    found = _ADDRESS.search(run.text) if not run.url else None
    if not found:
        return (run,)
    pieces = (run.text[: found.start()], found[0], run.text[found.end() :])
    return tuple(
        replace(like(run, piece), url=piece if piece == found[0] else "")
        for piece in pieces
        if piece
    )


_LOOKS = {
    "Emph": "italic",
    "Strong": "bold",
    "Superscript": "raised",
    "Subscript": "lowered",
    "SmallCaps": "small_caps",
}


def _inline(one: Mapping[str, Any], look: Run) -> Runs:
    """Turn an inline element of pandoc's tree into runs."""
    kind, content = one["t"], one.get("c")
    if kind == "Str":
        return _linked(like(look, str(content)))
    if kind in {"Space", "SoftBreak", "LineBreak"}:
        return (like(look, " "),)
    if kind in _LOOKS and content is not None:
        turned: dict[str, Any] = {_LOOKS[kind]: not getattr(look, _LOOKS[kind])}
        look = replace(look, **turned)
        return tuple(run for part in content for run in _inline(part, look))
    if content is None:
        return ()
    if kind == "Quoted":
        before, after = ("“", "”") if content[0]["t"] == "DoubleQuote" else ("‘", "’")
        inner = tuple(run for part in content[1] for run in _inline(part, look))
        return (like(look, before), *inner, like(look, after))
    if kind == "Link":
        target = replace(look, url=str(content[2][0]))
        return tuple(run for part in content[1] for run in _inline(part, target))
    if kind in {"Span", "Cite"}:
        space = " " if kind == "Span" and "csl-block" in content[0][1] else ""
        inner = tuple(run for part in content[1] for run in _inline(part, look))
        return (like(look, space), *inner)
    if kind in {"Code", "Math", "RawInline"}:
        return (like(look, str(content[1])),)
    return ()
