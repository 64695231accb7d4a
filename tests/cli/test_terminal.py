"""What a terminal shows of a report: at 80 and 120 columns, with and without colour."""

import io
import os
import re
import runpy
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from refcheck.cli import progress, terminal
from refcheck.cli.excerpt import excerpt, wrap
from refcheck.model import Diagnostic, Evidence, Going
from refcheck.writers import foreign

HERE = Path(__file__).parent
GOLDENS = HERE.parents[1] / "fixtures" / "reports"
SAMPLE = runpy.run_path(str(HERE.parent / "writers" / "sample.py"))
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


@pytest.fixture(scope="module")
def report():
    return SAMPLE["sample"]()


@pytest.fixture(scope="module")
def hostile():
    return SAMPLE["hostile"]()


def compare(name, lines):
    """Compare with a golden; REFCHECK_BLESS=1 writes it, never in CI."""
    path, text = GOLDENS / name, "\n".join(lines) + "\n"
    if os.environ.get("REFCHECK_BLESS") and not os.environ.get("CI"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 120])
def test_same_as_golden(width, report):
    """Findings, summary and sources are as a person has read them."""
    lines = [*terminal.findings(report, width), terminal.summary(report)]
    compare(f"sample.{width}.txt", [*lines, *terminal.sources(report, width)])


def test_colour_changes_nothing_else(report):
    """With colour there is colour, and without its signs the same text."""
    plain = list(terminal.findings(report, 80))
    coloured = list(terminal.findings(report, 80, colour=True))
    assert any(COLOUR.search(line) for line in coloured)
    assert [COLOUR.sub("", line) for line in coloured] == plain


@pytest.mark.parametrize("width", [40, 80, 120])
def test_only_addresses_and_commands_are_wider(width, report):
    """No line is wider than the terminal but for what is to be copied whole."""
    for line in terminal.findings(report, width):
        assert foreign.cells(line) <= width or re.search(
            r"https?://|doi:|refcheck fix|\.txt:", line
        )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_carets_stand_below_the_text(width, report):
    """The carets mark what was found, wide signs counted as two columns."""
    lines = list(terminal.findings(report, width))
    for at, line in enumerate(lines):
        if match := re.fullmatch(r" +\| ( *)(\^+)", line):
            above = lines[at - 1].split("| ", 1)[1]
            start, end = len(match[1]), len(match[1]) + len(match[2])
            columns = "".join(sign + "\0" * (foreign.cells(sign) - 1) for sign in above)
            marked = columns[start:end].replace("\0", "")
            assert any(
                marked.rstrip("…") and marked.rstrip("…") in finding.document.slice(span)
                for finding, span in _spans(report)
            )


def _spans(report):
    for part in report.documents:
        for finding in part.findings:
            yield part, finding.placeholder.span


def test_hostile_text_moves_no_cursor(hostile):
    """No control, bidirectional or tag sign of foreign text reaches the terminal."""
    told = [*terminal.findings(hostile, 80, everything=True), terminal.summary(hostile)]
    told += terminal.sources(hostile, 80)
    assert not any(foreign.SIGNS.search(line) or "\n" in line for line in told)


def test_commands_can_be_pasted(report):
    """A command that is offered is one shell word per argument, with the path as it is."""
    commands = [
        shlex.split(line[line.index("refcheck fix") :])
        for line in terminal.findings(report, 80)
        if "refcheck fix" in line
    ]
    assert commands
    assert all(
        command[:3] == ["refcheck", "fix", "drafts/xiaomi article.txt"] for command in commands
    )
    assert ["--pin", "3:19=10.1016/j.tra.2015.01.002"] in [command[3:] for command in commands]


def test_commands_repeat_the_options(report):
    """A command has the options of the run, but asks the sources where that is what it is for."""
    part = replace(report.documents[0], options=("--library", "my own.bib", "--offline"))
    told = list(terminal.findings(replace(report, documents=(part,))))
    commands = [line[line.index("refcheck fix") :] for line in told if "refcheck fix" in line]
    assert all("--library 'my own.bib'" in command for command in commands)
    assert {
        command.endswith("DOI-OR-ADDRESS") or "--pin" not in command
        for command in commands
        if "--offline" not in command
    } == {True}
    assert any("--offline --pin 3:19=10.1016/j.tra.2015.01.002" in command for command in commands)


def test_nothing_contradicted_is_offered(report):
    """No command chooses a candidate that something speaks against."""
    commands = [line for line in terminal.findings(report) if line.startswith("help")]
    assert not any("autobeta" in line or "motorionline" in line for line in commands)


def test_no_command_for_a_path_that_cannot_be_typed(hostile):
    """Where the path holds control signs no command is offered."""
    assert not any("refcheck fix" in line for line in terminal.findings(hostile))


def test_summary_says_it_all(report):
    """The last line counts what is resolved, suggested, unresolved, and names the next command."""
    assert terminal.summary(report) == (
        "10 places in drafts/xiaomi article.txt: 1 verified, 1 resolved, 3 suggested, 4 unresolved, "
        "1 not looked up. Next: refcheck fix 'drafts/xiaomi article.txt'"
    )


def test_a_reference_in_order_says_what_is_a_little_different(report):
    """What differs so little that a reference is in order is told beside it."""
    part = report.documents[0]
    place = part.findings[7]
    near = Evidence("issued", "2018", "2019", 0.5)
    found = replace(place.resolution.match, evidence=(*place.resolution.match.evidence, near))
    sound = replace(place, resolution=replace(place.resolution, match=found))
    told = list(
        terminal.findings(
            replace(report, documents=(replace(part, findings=(sound,)),)), everything=True
        )
    )
    assert "describes it, but for issued" in " ".join(" ".join(told).split())
    assert any(line.strip() == "~ issued: here 2018, there 2019" for line in told)


def test_what_is_long_stands_below(report):
    """Where both sides do not fit on a line they stand one below the other."""
    told = list(terminal.findings(report, 80))
    at = next(n for n, line in enumerate(told) if line.strip() == "~ title:")
    assert [line.split()[0] for line in told[at + 1 : at + 3]] == ["here", "there"]


def test_what_has_nothing_to_do_with_it_is_left_out(report):
    """Candidates that agree in next to nothing are counted, not shown; nor is what comes after them."""
    part = report.documents[0]
    place = part.findings[5]
    far = tuple(replace(one, score=0.01) for one in place.resolution.matches)
    poor = replace(place, resolution=replace(place.resolution, matches=far))
    told = list(terminal.findings(replace(report, documents=(replace(part, findings=(poor,)),))))
    assert not any(" = " in line for line in told)
    assert any(line.strip() == "2 more in the report" for line in told)


def test_a_table_of_several_documents(report):
    """Several documents are counted in a table, worst first; what is sound is only counted."""
    part = report.documents[0]
    sound = replace(part, document=replace(part.document, name="sound.md"), findings=())
    less = replace(
        part, document=replace(part.document, name="less.md"), findings=part.findings[:2], edits=()
    )
    lines = list(terminal.table(replace(report, documents=(sound, less, part)), 80))
    assert [" ".join(line.split()) for line in lines] == [
        "document open suggested not looked up resolved",
        "drafts/xiaomi article.txt 4 3 1 2",
        "less.md – 1 1 –",
        "and 1 in which nothing is missing",
        "",
    ]
    assert not list(terminal.table(report, 80))


def test_a_long_table_is_cut(report):
    """Of very many documents the worst are named, their names cut at the beginning."""
    part = report.documents[0]
    many = [
        replace(part, document=replace(part.document, name=f"{'long/' * 20}{n}.md"))
        for n in range(terminal.ROWS_MOST + 5)
    ]
    lines = list(terminal.table(replace(report, documents=tuple(many)), 80))
    assert len(lines) == terminal.ROWS_MOST + 3
    assert max(map(foreign.cells, lines)) <= 80
    assert lines[1].startswith("…")


@pytest.mark.parametrize(
    ("line", "start", "end", "columns", "expected"),
    [
        ("abc [x] def", 4, 7, 40, ("abc [x] def", 4, 3)),
        ("小米 [x] def", 3, 6, 40, ("小米 [x] def", 5, 3)),
        ("a\tb[x]", 3, 6, 40, ("a b[x]", 3, 3)),
        ("0123456789" * 5 + "[x]", 50, 53, 13, ("…123456789[x]", 10, 3)),
        ("[x]" + "0123456789" * 5, 0, 3, 13, ("[x]012345678…", 0, 3)),
        ("a" * 50 + "b" * 50 + "c", 50, 100, 20, ("…" + "b" * 17 + "…", 1, 18)),
        ("\x1b[2J[x]", 4, 7, 40, ("�[2J[x]", 4, 3)),
        ("", 0, 0, 40, ("", 0, 1)),
    ],
)
def test_excerpt(line, start, end, columns, expected):
    """A line is cut round the mark, and the mark is where the carets will be."""
    assert excerpt(line, start, end, columns) == expected


def test_wrap_cuts_no_word():
    """Text is broken at spaces; a word longer than the line stands alone, whole."""
    assert list(wrap("see https://a.example/long here", 8)) == [
        "see",
        "https://a.example/long",
        "here",
    ]


@pytest.mark.parametrize(
    ("environment", "stream", "colour"),
    [
        ({}, Terminal(), True),
        ({}, io.StringIO(), False),
        ({"NO_COLOR": "1"}, Terminal(), False),
        ({"NO_COLOR": ""}, Terminal(), True),
        ({"TERM": "dumb"}, Terminal(), False),
        ({"FORCE_COLOR": "1"}, io.StringIO(), True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, Terminal(), False),
    ],
)
def test_colour_only_where_wanted(environment, stream, colour, monkeypatch):
    """Colour needs a terminal, NO_COLOR forbids it, FORCE_COLOR asks for it."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal.shape(stream)[1] is colour


class Net:
    """Somebody who is asking."""

    def going(self):
        """Tell of two sources, one of them done."""
        return GOING


GOING = Going((("crossref", 20, 5, 1), ("openalex", 4, 4, 0)), 98.0, (3, 0), (12, 2))


def test_progress_is_quiet_elsewhere():
    """Nothing is written where the stream is no terminal."""
    stream = io.StringIO()
    with progress.progress(Net(), stream):
        pass
    assert not stream.getvalue()


def test_progress_on_a_terminal(monkeypatch):
    """On a terminal it says who is asked, and leaves no line behind."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    with progress.progress(Net(), stream, clock=lambda: 0.0):
        pass
    assert "5 of 20, 1 failed" in stream.getvalue()
    assert stream.getvalue().endswith(("\x1b[2K", "\x1b[?25h"))


def test_progress_says_how_far_it_is():
    """Questions, places and documents are counted, and each source that is still asked."""
    assert progress.told(GOING, 10.0) == [
        "9 of 24 questions answered, 3 of 12 places decided, 0 of 2 documents done, 10 s, about 30 s left",
        "  crossref  ━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  5 of 20, 1 failed",
    ]
    assert progress.told(Going(left_s=120.0), 1.0) == ["asking, 1 s, at most 120 s more"]


@pytest.mark.parametrize(
    ("going", "passed_s", "expected"),
    [
        (GOING, 1.0, None),
        (replace(GOING, sources=(("crossref", 20, 2, 0),)), 10.0, None),
        (replace(GOING, sources=(("crossref", 20, 20, 0),)), 10.0, None),
        (replace(GOING, left_s=12.0), 10.0, 12.0),
        (replace(GOING, sources=(("a", 20, 10, 0), ("b", 40, 10, 0))), 10.0, 30.0),
    ],
)
def test_the_time_left_is_that_of_the_slowest(going, passed_s, expected):
    """The slowest source counts, at its pace so far; nothing is said too soon, nor beyond the deadline."""
    assert progress.left_s(going, passed_s) == expected


def test_alike_warnings_stand_together(report):
    """Sources that cannot be reached have one remedy, said once."""
    part = report.documents[0]
    failed = [
        Diagnostic("RC301", "source-failed", "warning", f"{name} could not be asked", "later")
        for name in ("crossref", "gdelt", "openalex")
    ]
    told = "\n".join(
        terminal.findings(replace(report, documents=(replace(part, findings=(), diagnostics=tuple(failed)),)))
    )  # fmt: skip
    assert re.findall(r"RC301 warning: (\w+) could", told) == ["crossref", "gdelt", "openalex"]
    assert told.count("help: later") == 1
