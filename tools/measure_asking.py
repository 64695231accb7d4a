"""Measure asking on a simulated internet, and print one line for each of its troubles.

    SIMNET_DB=catalogue.db python tools/measure_asking.py SIMNET WORK [CASE...] [--mailto you@example.org]

SIMNET is the folder of the simulation (simnet.py), SIMNET_PYTHON a Python that has what it needs where
this one lacks it; WORK holds complete.bib, verify.bib and their
.truth.json, as its make_work.py makes them. Each CASE (all where none is named) begins with an empty
cache. Printed: entries given the right DOI, a wrong one, none of those that have one, one though none is
known; requests, those over a limit, those that reached what must not be reached; wall and CPU seconds of
the program; its exit status; how many of its report's findings have which status or reason.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from refcheck.bibliography.read import read_records

CASES = {
    "plain": (),
    "errors": ("--fault", "500=.05,503=.05"),
    "cut": ("--fault", "trunc=.1"),
    "closed": ("--fault", "www.sim-publisher.test/403=1"),
    "twins": ("--twins", "40"),
    "down": ("--fault", "503=1"),
    "kill": ("--kill-after-requests", "60"),
    "verify": (),
    "hostile": ("--hang", "20", "--timeout", "1200"),
}
"""What to ask the simulation for, by the names of the cases."""
HOSTILE = "https://evil.sim.test/"


class Bench:
    """Runs the program in the simulation, each time in a folder of its own."""

    def __init__(self, simnet: Path, work: Path, folder: Path, mailto: str) -> None:
        self.simnet, self.work, self.folder, self.mailto = simnet, work, folder, mailto

    def inside(self, where: Path, options, command):
        """Run a command in the simulation; return its exit status, output, summary and requests."""
        where.mkdir(parents=True, exist_ok=True)
        summary, log = where / "summary.json", where / "requests.jsonl"
        environment = {**os.environ, "REFCHECK_CACHE_FOLDER": str(where / "cache")}
        if self.mailto:
            environment["REFCHECK_MAILTO"] = self.mailto
        python = os.environ.get("SIMNET_PYTHON", sys.executable)
        tool = [python, str(self.simnet / "simnet.py"), "run", *options]
        tool += ["--log", str(log), "--summary", str(summary), "--", *command]
        done = subprocess.run(  # noqa: S603 - the simulation that the caller names
            tool, env=environment, capture_output=True, text=True, check=False
        )
        asked = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        return done, json.loads(summary.read_text(encoding="utf-8")), asked

    def fix(self, case: str, document: Path, options=()):
        """Have the program fix a document in the simulation."""
        where = self.folder / case
        program = [
            sys.executable,
            "-m",
            "refcheck",
            "fix",
            str(document),
            "--out",
            str(where / "out"),
        ]
        return self.inside(where, options, program)

    def told(self, case: str, document: Path) -> str:
        """Say how many findings of the report have which status, or reason to be open."""
        report = self.folder / case / "out" / f"{document.stem}.report.json"
        if not report.exists():
            return "no report"
        found = json.loads(report.read_text(encoding="utf-8"))["documents"][0]["findings"]
        said = [one["resolution"] for one in found]
        counts = Counter(one.get("reason") or one["status"] for one in said)
        return ", ".join(f"{number} {name}" for name, number in counts.most_common())

    def scored(self, case: str, document: Path) -> str:
        """Compare the DOIs of the corrected bibliography with those that are right."""
        path = self.folder / case / "out" / f"{document.stem}.fixed.bib"
        if not path.exists():
            return ""
        truth = json.loads(document.with_suffix(".truth.json").read_text(encoding="utf-8"))
        tally = Counter()
        for record in read_records(path.name, path.read_bytes()).records:
            known = truth[record.id]
            right = str(known.get("rec", known).get("DOI", "")).lower()
            got = record.doi.lower()
            kind = (
                "right"
                if got == right
                else "wrong"
                if right and got
                else "missing"
                if right
                else "extra"
            )
            tally[kind] += bool(got or right)
        return " ".join(f"{tally[kind]}/{kind}" for kind in ("right", "wrong", "missing", "extra"))


def line(case, done, summary, *said):
    figures = {name: summary[name] for name in ("requests", "over_limit", "secret_hits")}
    figures |= {name: round(summary[name], 1) for name in ("wall", "cpu")}
    shown = " ".join(f"{value} {name};" for name, value in figures.items())
    print(
        f"{case:8} {shown} exit {summary.get('rc', done.returncode)}; {'; '.join(filter(None, said))}",
        flush=True,
    )


def run_kill(bench, document):
    """Kill the program, run it again, then once more: what had been answered is not asked again."""
    _, _, before = bench.fix("kill", document, CASES["kill"])
    answered = {(one["host"], one["path"], one["q"]) for one in before if one["status"] == 200}
    for name in ("rerun", "warm"):
        done, summary, after = bench.fix("kill", document)
        again = sum((one["host"], one["path"], one["q"]) in answered for one in after)
        line(name, done, summary, f"{again} asked again", bench.scored("kill", document))


def run_hostile(bench):
    """Cite every page of the hostile host, each in a run of its own, and say what is told of it."""
    front, *_ = bench.inside(bench.folder / "front", (), ["curl", "-s", HOSTILE])
    paths = sorted(set(re.findall(r'href="/([^"]*)"', front.stdout)))
    where = bench.folder / "hostile"
    where.mkdir(parents=True, exist_ok=True)
    for nth, path in enumerate(paths):
        cited = f"1. Smith, J. (2024). A harmless page of the host, number {nth}. {HOSTILE}{path}"
        (where / f"{nth}.md").write_text(f"# Notes\n\n## References\n\n{cited}\n", encoding="utf-8")
    documents = [str(where / f"{nth}.md") for nth in range(len(paths))]
    each = f'for one in "$@"; do "$0" -m refcheck fix "$one" --out "{where / "out"}"; done'
    command = ["sh", "-c", each, sys.executable, *documents]
    done, summary, _ = bench.inside(where, CASES["hostile"], command)
    broken = (done.stdout + done.stderr).count("Traceback")
    line("hostile", done, summary, f"{len(paths)} pages", f"{broken} tracebacks")
    for nth, path in enumerate(paths):
        report = json.loads((where / "out" / f"{nth}.report.json").read_text(encoding="utf-8"))
        for finding in report["documents"][0]["findings"]:
            said = finding["resolution"]
            told = " ".join(said.get("advice") or ()) or said["status"]
            print(f"    {path:24} {said.get('reason') or said['status']:14} {told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("simnet", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("case", nargs="*", metavar="CASE", help=f"one of {', '.join(CASES)}")
    parser.add_argument("--mailto", default="", help="ask as a caller who gives this address")
    parser.add_argument(
        "--keep", type=Path, help="folder for what the program writes; else a temporary one"
    )
    given = parser.parse_intermixed_args()
    if unknown := set(given.case) - CASES.keys():
        parser.error(f"no case {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.keep or Path(temporary)).resolve()
        bench = Bench(given.simnet.resolve(), given.work.resolve(), folder, given.mailto)
        for case in given.case or CASES:
            document = bench.work / ("verify.bib" if case == "verify" else "complete.bib")
            if case == "kill":
                run_kill(bench, document)
            elif case == "hostile":
                run_hostile(bench)
            else:
                done, summary, _ = bench.fix(case, document, CASES[case])
                line(case, done, summary, bench.scored(case, document), bench.told(case, document))


if __name__ == "__main__":
    main()
