"""What a user can get wrong, and the world: one clear line and the right exit status, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "xiaomi-second-ev.txt"
LIBRARY = ROOT / "fixtures" / "libraries" / "ev-market.json"


def refcheck(*arguments, cwd, given=b"", **environment):
    """Run the command as a shell would; return exit status, standard output, standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "refcheck", *map(str, arguments)], cwd=cwd, input=given, capture_output=True,
        env={**os.environ, "NO_COLOR": "1", **environment}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def one_line(status, out, err):
    """Hold an error to its form: status 2, one line that names the program, nothing else."""
    assert status == 2, (status, out, err)
    assert err.startswith("refcheck: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert out == ""
    return err


@pytest.mark.parametrize("group", [(), ("catalog",), ("cache",)], ids=" ".join)
def test_a_group_by_its_name_alone_shows_what_it_can_do(group, tmp_path):
    """Without a command the help is shown as help, line by line, and the status is that of misuse."""
    status, out, err = refcheck(*group, cwd=tmp_path)
    assert (status, out) == (2, "")
    assert err.startswith(f"Usage: {' '.join(('refcheck', *group))} ")
    assert "\nCommands:\n" in err
    assert "Example:" in err.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fix", "nowhere.md"], "nowhere.md is not there; check the name"),
        (["check", "empty-folder"], "empty-folder holds no documents; known endings:"),
        (["check", "picture.md"], "picture.md"),
        (["fix", "a.md", "--library", "nowhere.bib"], "nowhere.bib is not there"),
        (["fix", "a.md", "--library", "broken.bib"], "broken.bib"),
        (["fix", "a.md", "--style", "apaa"], "apaa"),
        (
            ["fix", "a.md", "--no-source", "crosref"],
            "no source named 'crosref'; did you mean crossref",
        ),
        (["fix", "a.md", "--format", "jsn"], "no report form named 'jsn'; did you mean json"),
        (["fix", "a.md", "--pin", "here=there"], "--pin takes LINE:COLUMN=ID"),
        (["fix", "a.md", "--pin", "1:10=foo"], "--pin 1:10=foo: 'foo' is no DOI, address, ISBN"),
        (
            ["fix", "a.md", "--pin", "9:9=10.1000/1"],
            "--pin 9:9: no finding stands there; findings are at: 1:10",
        ),
        (["fix", "a.md", "--suggest", "many"], "--suggest: `suggest` takes a whole number"),
        (["fix"], "Missing argument 'PATH...'; see refcheck fix --help"),
        (["cache", "foo"], "No such command 'foo'; see refcheck cache --help"),
        (["fxi", "a.md"], "no command named 'fxi'; did you mean fix"),
        (["fix", "--librery", "x", "a.md"], "--librery"),
        (["explain", "RC20l"], "no rule named 'RC20l'; did you mean RC2"),
        (["check", "-"], "add --input-format"),
        (["check", "-", "a.md"], "cannot stand beside other paths"),
        (["check", "-", "--input-format", "markdwon"], "did you mean markdown"),
    ],
)
def test_errors_are_one_line(tmp_path, arguments, said):
    """What, where and what to do next; exit status 2."""
    (tmp_path / "a.md").write_text("See this [insert link].\n")
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "broken.bib").write_text("this is no bibliography\n")
    assert said in one_line(
        *refcheck(*arguments, "--offline" if arguments[0] != "explain" else "--", cwd=tmp_path)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stile = 'apa'\n", "there is no setting `stile`; did you mean `style`?"),
        ("suggest = [1]\n", "`suggest` takes a whole number"),
        ("= 3\n", "is no valid TOML"),
    ],
)
def test_a_wrong_settings_file_is_named(tmp_path, text, said):
    """The file, the key, and the nearest valid one."""
    (tmp_path / "refcheck.toml").write_text(text)
    (tmp_path / "a.md").write_text("x\n")
    err = one_line(*refcheck("check", "a.md", cwd=tmp_path))
    assert said in err
    assert "refcheck.toml" in err


def test_an_empty_file_is_fine(tmp_path):
    """Nothing is missing in nothing; every output is written all the same."""
    (tmp_path / "empty.md").write_bytes(b"")
    status, _, err = refcheck("fix", "empty.md", "--offline", cwd=tmp_path)
    assert (status, err.count("Traceback")) == (0, 0)
    assert (tmp_path / "empty.fixed.md").read_bytes() == b""
    assert (
        json.loads((tmp_path / "empty.report.json").read_text())["documents"][0]["findings"] == []
    )


def test_invalid_utf8_is_kept_and_told(tmp_path):
    """Bytes that are no text are kept as they are; the rest is worked on, and it is said."""
    data = b"# Notes\n\nA caf\xe9 \xff\xfe, and ever so much more text in plain words. See this [insert link here].\n"
    (tmp_path / "a.md").write_bytes(data)
    status, out, _ = refcheck("fix", "a.md", "--offline", "--format", "json", cwd=tmp_path)
    assert status == 1
    assert (tmp_path / "a.fixed.md").read_bytes() == data
    assert json.loads(out)["documents"][0]["findings"][0]["rule"] == "RC201"


def test_the_good_entries_of_a_library_are_used_and_the_bad_named(tmp_path):
    """A broken entry costs itself alone, and is told with its line."""
    (tmp_path / "own.bib").write_text(
        "@article{good, title={The Chinese market for electric vehicles}, author={Li, Wei}, year=2021, journal={Energy}}\n\n"
        "@article{bad, title={Never closed, year=2020\n\n@book{also, title={Market of electric vehicles in China}, author={Xu, Bo}, year=2019}\n"
    )
    (tmp_path / "a.md").write_text(
        "## References\n\n- Academic papers on the Chinese electric vehicle market (to be added)\n"
    )
    status, out, _ = refcheck(
        "check", "a.md", "--offline", "--library", "own.bib", "--format", "json", cwd=tmp_path
    )
    assert status == 1
    document = json.loads(out)["documents"][0]
    titles = [one["record"]["title"] for one in document["findings"][0]["resolution"]["candidates"]]
    assert "The Chinese market for electric vehicles" in titles
    told = [one["message"] for one in document["diagnostics"] if one["rule"] == "RC102"]
    assert any("own.bib:3" in message for message in told), told


def test_a_large_file_is_worked_through(tmp_path):
    """Megabytes of prose take seconds, not minutes, and the one gap in them is found."""
    line = b"The quick brown fox jumps over the lazy dog, as (Smith, 2014) has shown [1].\n"
    (tmp_path / "long.md").write_bytes(line * 60_000 + b"\nSee this [insert link].\n")
    status, out, _ = refcheck("check", "long.md", "--offline", "--format", "json", cwd=tmp_path)
    assert status == 1
    (found,) = json.loads(out)["documents"][0]["findings"]
    assert found["line"] == 60_002


def test_exit_statuses(tmp_path):
    """0 nothing is open, 1 something is (0 with --exit-zero), 3 only an answer is missing."""
    (tmp_path / "done.md").write_text("All is said.\n")
    (tmp_path / "open.md").write_text(
        "Xiaomi plans a second electric car for 2025 [insert link to 36Kr article].\n"
    )
    assert refcheck("check", "done.md", cwd=tmp_path)[0] == 0
    assert refcheck("check", "open.md", "--offline", cwd=tmp_path)[0] == 1
    assert refcheck("check", "open.md", "--offline", "--exit-zero", cwd=tmp_path)[0] == 0
    # a proxy on a loopback port at which nobody listens: every source fails at once
    no_net = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    status, out, err = refcheck("check", "open.md", cwd=tmp_path, **no_net)
    assert status == 3, (out, err)
    assert "could not be asked" in out + err


def test_standard_input_goes_to_standard_output(tmp_path):
    """`fix -` gives back the corrected document and writes no file."""
    text = "- Xiaomi YU7 passes 200,000 firm orders in 3 minutes, 27 June 2025. IT之家 article: [link]\n"
    status, out, _ = refcheck(
        "fix",
        "-",
        "--input-format",
        "markdown",
        "--offline",
        "--library",
        LIBRARY,
        cwd=tmp_path,
        given=text.encode(),
    )
    assert status == 0
    assert "https://www.ithome.com/0/863/978.htm" in out
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_mirrored(tmp_path):
    """--out keeps the tree; documents of one stem keep their endings; a second run finds no new inputs."""
    for name in ("in/a/paper.md", "in/a/paper.txt", "in/b.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("See this [insert link].\n")
    for _ in range(2):
        assert refcheck("fix", "in", "--out", "out", "--offline", cwd=tmp_path)[0] == 1
        made = sorted(
            path.relative_to(tmp_path / "out").as_posix()
            for path in (tmp_path / "out").rglob("*")
            if path.is_file()
        )
    assert "a/paper.md.report.json" in made
    assert "a/paper.txt.report.json" in made
    assert "b.report.json" in made
    assert not any("refcheck-2" in name for name in made)


def test_help_is_quick():
    """`refcheck --help` imports nothing heavy: no source, no parser, no net."""
    code = "import sys; from refcheck.cli.commands import cli; sys.argv=['refcheck','--help']\ntry: cli()\nexcept SystemExit: pass\nprint([m for m in ('requests','bs4','lxml','rich','jinja2','rapidfuzz','bibtexparser','requests_cache','htmldate') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_one_damaged_file_does_not_stop_a_folder(tmp_path):
    """The others are worked on, the damaged one is told, and the exit status says that it was not read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.md").write_text("See this [insert link here].\n")
    (tmp_path / "in" / "bad.docx").write_bytes(b"PK\x03\x04 cut off")
    status, out, _ = refcheck(
        "fix", "in", "--out", "out", "--offline", "--format", "json", cwd=tmp_path
    )
    assert status == 2
    documents = {Path(one["path"]).name: one for one in json.loads(out)["documents"]}
    assert len(documents["good.md"]["findings"]) == 1
    assert documents["bad.docx"]["diagnostics"][0]["rule"] == "RC103"
    assert min(path.name for path in (tmp_path / "out").iterdir()) == "good.apa.md"
    one_line(*refcheck("check", "in/bad.docx", "--offline", cwd=tmp_path))
