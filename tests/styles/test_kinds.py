"""The table of the forty most common kinds of sources is what the program makes of them."""

import json
import os
from dataclasses import replace
from pathlib import Path

from refcheck.bibliography import bibtex
from refcheck.bibliography.csl_json import from_item
from refcheck.bibliography.keys import keys
from refcheck.markup import as_markdown
from refcheck.styles import apa

ROOT = Path(__file__).parents[2]
HEAD = """# Kinds of sources

Forty common kinds of sources: what each is in CSL-JSON, and what refcheck makes of it in APA 7 and
in BibTeX. The page is generated from `fixtures/styles/kinds.json` by the program itself
(`pytest tests/styles/test_kinds.py --bless`).

"""


def page():
    """Return the page as the program makes it."""
    kinds = json.loads((ROOT / "fixtures/styles/kinds.json").read_text(encoding="utf-8"))
    records = [from_item(kind["item"]) for kind in kinds]
    made = keys([replace(record, id="") for record in records])
    parts = []
    for kind, record, key in zip(kinds, records, made, strict=True):
        entry = apa.render([record], "en-US").entries[0]
        item = {name: value for name, value in kind["item"].items() if name != "id"}
        parts.append(
            f"## {kind['kind']}\n\n{as_markdown(entry.reference)}\n\n"
            f"In the text: {as_markdown(entry.parenthetical)}; {as_markdown(entry.narrative)}\n\n"
            f"```json\n{json.dumps(item, ensure_ascii=False, indent=1)}\n```\n\n"
            f"```bibtex\n{bibtex.FORM.write([replace(record, id=key)])}```\n"
        )
    return HEAD + "\n".join(parts)


def test_the_page_is_what_the_program_makes():
    """docs/kinds-of-sources.md has not aged."""
    path = ROOT / "docs/kinds-of-sources.md"
    if os.environ.get("REFCHECK_BLESS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page()


def test_there_are_forty_kinds():
    """Each kind stands there once."""
    kinds = json.loads((ROOT / "fixtures/styles/kinds.json").read_text(encoding="utf-8"))
    assert len({kind["kind"] for kind in kinds}) == 40
