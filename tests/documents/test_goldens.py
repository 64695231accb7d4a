"""One story in every format: what `fix` makes of it, byte for byte (`fixtures/formats/`).

Each document lacks a source for a sentence that names its authors, and most the address of a news
item; both are in the library. A folder is a zipped document unpacked: its parts are compared.
"""

import shutil
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from refcheck import Settings, fix

sys.path.insert(0, str(Path(__file__).parent))
from samples import zip_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
BEFORE = FIXTURES / "formats" / "before"
LIBRARY = FIXTURES / "libraries" / "ev-market.json"
SETTINGS = Settings(offline=True, library=(LIBRARY,))
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEYED = ("latex.tex", "pandoc.md", "typst.typ")
"""Documents that cite by key; the .bib that each names lies beside it."""
ZIPPED = ("docx", "epub", "odt")
PROSE = sorted(
    {p.name for p in BEFORE.glob("*.*")} - {*KEYED} - {Path(n).stem + ".bib" for n in KEYED}
)


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fixed(name: str) -> str:
    """Return the name under which the corrected document is written."""
    return f"{Path(name).stem}.fixed{Path(name).suffix}"


@pytest.mark.parametrize("name", PROSE)
def test_prose(name, workplace, golden):
    """The citation, the link and the entry in the list stand where they belong; no other byte changed."""
    shutil.copy(BEFORE / name, workplace)
    fix([name], SETTINGS, now=NOW)
    golden(f"formats/after/{name}", (workplace / fixed(name)).read_bytes())


@pytest.mark.parametrize("name", KEYED)
def test_keys(name, workplace, golden):
    """The key stands in the document, the entry at the end of its own .bib."""
    library = Path(name).stem + ".bib"
    shutil.copy(BEFORE / name, workplace)
    shutil.copy(BEFORE / library, workplace)
    fix([name], SETTINGS, now=NOW)
    for one in (name, library):
        golden(f"formats/after/{one}", (workplace / fixed(one)).read_bytes())


@pytest.mark.parametrize("name", ZIPPED)
def test_zipped(name, workplace, golden):
    """Only the part that holds the gap differs."""
    files = [path for path in sorted((BEFORE / name).rglob("*")) if path.is_file()]
    parts = {path.relative_to(BEFORE / name).as_posix(): path.read_bytes() for path in files}
    (workplace / f"story.{name}").write_bytes(zip_of(parts, stored="mimetype"))
    fix([f"story.{name}"], SETTINGS, now=NOW)
    with zipfile.ZipFile(workplace / f"story.fixed.{name}") as archive:
        assert archive.namelist() == list(parts)
        changed = {part for part in parts if archive.read(part) != parts[part]}
        assert changed
        for part in sorted(changed):
            golden(f"formats/after/{name}/{part}", archive.read(part))
