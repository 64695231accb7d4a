"""The main job, end to end, on the seed article: found, asked, decided, written; nothing else."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from refcheck import Settings, fix
from refcheck.model import Resolved, Suggested, Unresolved
from refcheck.plugins import formats

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "xiaomi-second-ev.txt"
LIBRARY = ROOT / "fixtures" / "libraries" / "ev-market.json"
NOTES = ROOT / "fixtures" / "documents" / "yu7-notes.md"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
OUTPUTS = ("fixed.txt", "bib", "apa.md", "report.md", "report.json", "report.html")


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder with the seed article, its library and the notes, and nothing else."""
    for path in (SEED, LIBRARY, NOTES):
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(**more) -> Settings:
    return Settings(**{"offline": True, "library": (Path(LIBRARY.name),), **more})


def statuses(report) -> list[tuple[str, str]]:
    return [
        (f.placeholder.rule, f.resolution.status)
        for part in report.documents
        for f in part.findings
    ]


def test_the_seed_article_comes_out_as_it_should(workplace, golden):
    """Every file that is promised, as it is known to be right."""
    fix([SEED.name], settings(), now=NOW)
    for ending in OUTPUTS:
        name = f"xiaomi-second-ev.{ending}"
        golden(f"main-job/{name}", (workplace / name).read_bytes())


def test_exactly_two_places_are_found(workplace):
    """The link and the promised literature; not the acronym in brackets, not the footer."""
    report = fix([SEED.name], settings(), now=NOW)
    assert statuses(report) == [("RC201", "unresolved"), ("RC202", "suggested")]
    link, literature = (finding.placeholder for finding in report.documents[0].findings)
    text = report.documents[0].document.text
    assert text[link.span.start : link.span.end] == "[Insert Link to 36Kr Article Here]"
    assert (link.clues.publisher, link.clues.language) == ("36Kr", "zh")
    assert "Second Electric Vehicle" in link.clues.topic
    assert (
        text[literature.span.start : literature.span.end]
        == "(To be added based on further research)"
    )
    assert literature.clues.topic == "Chinese EV market"
    assert {"article-journal", "report"} <= set(literature.clues.types)


def test_with_real_records_the_link_stays_open(workplace):
    """Nobody has seen the page: no address is made up, and who quotes the publisher is told."""
    report = fix([SEED.name], settings(), now=NOW)
    resolution = report.documents[0].findings[0].resolution
    assert isinstance(resolution, Unresolved)
    assert any("AutoBeta names 36Kr" in line for line in resolution.advice)
    assert all(match.contradictions for match in resolution.matches)
    written = "".join(
        path.read_text(encoding="utf-8")
        for path in workplace.iterdir()
        if ".report." not in path.name
    )
    assert "36kr.com" not in written


def test_suggestions_are_ranked_and_bounded_and_stay_out_of_the_article(workplace):
    """At most so many of each type, best first, and not in the text without being asked for."""
    report = fix([SEED.name], settings(suggest=2), now=NOW)
    suggested = report.documents[0].findings[1].resolution
    assert isinstance(suggested, Suggested)
    kinds = [match.candidate.record.type == "report" for match in suggested.matches]
    assert kinds.count(True) <= 2
    assert kinds.count(False) <= 2
    assert [m.score for m in suggested.matches] == sorted(
        (m.score for m in suggested.matches), reverse=True
    )
    assert (workplace / "xiaomi-second-ev.fixed.txt").read_bytes() == SEED.read_bytes()


def test_accepted_suggestions_become_items_of_the_list(workplace):
    """With --accept-suggestions the promise is replaced by references, each an item of its own."""
    fix([SEED.name], settings(accept_suggestions=True, suggest=1), now=NOW)
    before = SEED.read_text(encoding="utf-8").splitlines()
    after = (workplace / "xiaomi-second-ev.fixed.txt").read_text(encoding="utf-8").splitlines()
    assert after[:19] == before[:19]
    assert after[-1] == before[-1] == "Views: 0"
    added = after[19:-1]
    assert len(added) == 2
    assert all(line.startswith("- ") and "(20" in line for line in added)


def test_the_notes_get_the_right_links_and_no_other(workplace):
    """Of five missing links two are sure, one fits two pages, two have only near misses."""
    report = fix([NOTES.name], settings(), now=NOW)
    found = [f.resolution for f in report.documents[0].findings]
    assert [one.status for one in found] == [
        "resolved",
        "resolved",
        "ambiguous",
        "unresolved",
        "unresolved",
    ]
    urls = [one.match.candidate.record.url for one in found if isinstance(one, Resolved)]
    assert urls == ["https://www.autobeta.net/a31230.html", "https://www.ithome.com/0/863/978.htm"]


def test_a_resolved_link_is_put_in_and_its_instruction_goes(workplace, golden):
    """In a list item the whole reference, in running text the address; the label stays."""
    fix([NOTES.name], settings(), now=NOW)
    golden("main-job/yu7-notes.fixed.md", (workplace / "yu7-notes.fixed.md").read_bytes())


def test_a_chosen_page_is_put_in(workplace):
    """A person's choice is taken from the library, with the note to the writer removed."""
    fix([SEED.name], settings(pin=("19:17=https://www.autobeta.net/a31230.html",)), now=NOW)
    line = (workplace / "xiaomi-second-ev.fixed.txt").read_text(encoding="utf-8").splitlines()[18]
    assert line.startswith("- 36Kr article: ")
    assert "https://www.autobeta.net/a31230.html" in line
    assert "Note:" not in line
    assert "[Insert" not in line


def test_no_field_lacks_provenance(workplace):
    """Every field of every record in the report was read somewhere that is named."""
    fix([SEED.name, NOTES.name], settings(), now=NOW)
    seen = 0
    for name in ("xiaomi-second-ev.report.json", "yu7-notes.report.json"):
        for document in json.loads((workplace / name).read_text(encoding="utf-8"))["documents"]:
            for finding in document["findings"]:
                resolution = finding["resolution"]
                chosen = [resolution] if "record" in resolution else []
                for one in (*chosen, *resolution.get("candidates", ())):
                    told = {field for source in one["provenance"] for field in source["fields"]}
                    assert set(one["record"]) - {"id", "type"} <= told
                    assert all(
                        source["source"] and source["retrieved"] for source in one["provenance"]
                    )
                    seen += 1
    assert seen > 10


def test_nothing_is_written_that_no_record_holds(workplace):
    """Every address and DOI in the outputs stands in the library."""
    fix([SEED.name, NOTES.name], settings(accept_suggestions=True), now=NOW)
    library = LIBRARY.read_text(encoding="utf-8").lower()
    before = (SEED.read_text(encoding="utf-8") + NOTES.read_text(encoding="utf-8")).lower()
    import re

    for path in workplace.iterdir():
        if path.name.endswith((".fixed.txt", ".fixed.md", ".bib", ".apa.md")):
            for address in re.findall(
                r"https?://[^\s>)\]}\"*]+", path.read_text(encoding="utf-8").lower()
            ):
                bare = address.removeprefix("https://doi.org/").rstrip(".,")
                assert bare in library or bare in before, f"{path.name}: {address}"


VARIANTS = {
    "as it is": lambda data: data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "BOM": lambda data: b"\xef\xbb\xbf" + data,
    "no final newline": lambda data: data.rstrip(b"\n"),
    "GB18030": lambda data: data.decode().encode("gb18030"),
    "UTF-16": lambda data: b"\xff\xfe" + data.decode().encode("utf-16-le"),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", [SEED.name, NOTES.name])
def test_only_the_bytes_of_edits_change(workplace, name, variant):
    """Whatever the encoding and line ends: what lies outside the edits is the same, byte for byte."""
    path = workplace / name
    path.write_bytes(VARIANTS[variant](path.read_bytes()))
    before = path.read_bytes()
    report = fix([name], settings(accept_suggestions=True, suggest=1), now=NOW)
    part = report.documents[0]
    assert part.edits, "nothing was edited, so nothing is shown"
    after = (workplace / f"{path.stem}.fixed{path.suffix}").read_bytes()
    document = part.document
    pieces, end = [], 0
    for edit in part.edits:
        pieces += [document.text[end : edit.span.start], edit.text]
        end = edit.span.end
    pieces.append(document.text[end:])
    assert after == document.bom + "".join(pieces).encode(document.encoding)
    assert document.bom + document.text.encode(document.encoding) == before
    assert path.read_bytes() == before


def test_without_an_edit_the_copy_is_the_original(workplace):
    """Offline and without a library nothing is decided, and nothing is changed."""
    for name in (SEED.name, NOTES.name):
        fix([name], Settings(offline=True), now=NOW)
        path = Path(name)
        assert Path(f"{path.stem}.fixed{path.suffix}").read_bytes() == path.read_bytes()


def test_in_place_keeps_the_former(workplace):
    """--in-place changes the document itself and keeps what it was."""
    before = (workplace / NOTES.name).read_bytes()
    fix([NOTES.name], settings(in_place=True), now=NOW)
    assert (workplace / f"{NOTES.name}.orig").read_bytes() == before
    assert (workplace / NOTES.name).read_bytes() != before
    assert not (workplace / "yu7-notes.fixed.md").exists()


def test_a_second_run_writes_the_same_and_litters_nothing(workplace):
    """Running again replaces refcheck's own files; nothing of the user's is touched."""
    (workplace / "yu7-notes.bib").write_text("@book{mine, title={Mine}}\n")
    for _ in range(2):
        fix([NOTES.name], settings(), now=NOW)
        listing = sorted(path.name for path in workplace.glob("yu7-notes*"))
    assert "yu7-notes.refcheck.bib" in listing
    assert not any("refcheck-2" in name for name in listing)
    assert (workplace / "yu7-notes.bib").read_text() == "@book{mine, title={Mine}}\n"


def test_the_formats_of_the_articles_are_there():
    """Plain text and Markdown are formats of the core."""
    assert {"plain", "markdown"} <= set(formats())
