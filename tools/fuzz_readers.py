"""Feeds every reader, and the rules behind it, with damaged documents for a given time.

    python tools/fuzz_readers.py --seconds 600 [--format docx] [--seeds FOLDER] [--keep FOLDER]

What must hold: a document is read or refused in one line; without edits it comes back byte for byte; the
rules end; nothing takes longer than LIMIT_S or more memory than LIMIT_BYTES. Seeds are the samples of the
tests and, where given, the files of a folder. A find is written to --keep with what went wrong.
"""

import argparse
import hashlib
import io
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "documents"))
from samples import SAMPLES

from refcheck import plugins
from refcheck.documents.read import format_for
from refcheck.errors import RefcheckError
from refcheck.model import Edit, Span

LIMIT_S = 20
LIMIT_BYTES = 3_000_000_000
LONGEST = 200_000
PARTS = 0.9
"""How often a part of an archive is damaged in place of the archive itself."""
TOKENS = [
    b"{", b"}", b"[", b"]", b"(", b")", b"<", b">", b"\\", b"$", b"`", b"|", b"%", b"#", b"@", b"*", b"_", b"\n", b"\r",
    b"\r\n\r\n", b"\t", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"---\n", b"```", b"<!--", b"-->", b"\\cite{", b"\\begin{",
    b"\\end{", b"\\verb|", b"[@", b"[^1]:", b"{{", b"}}", b"<ref>", b"</ref>", b'<a href="', b"<pre>", b"[citation needed]",
    b"TODO", b"XXX", b"???", b"(Author, Year)", b"doi:10.xxxx", b"https://example.com", b"&amp;", b"&#x0;", b"&#xFFFFFFF;",
    b"<w:t>", b"</w:p>", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [", b"References\n", b"@article{a,", b"= {", b'"cells"',
]  # fmt: skip


def mutated(chance: random.Random, seeds: list[bytes]) -> bytes:
    """Return a seed after some damage: bytes changed, pieces cut, doubled, taken from another."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 4, 8, 16))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(7):
            case 0 if data:
                data[at % len(data)] = chance.randrange(256)
            case 1:
                del data[at : at + chance.choice((1, 2, 10, 100, 1000))]
            case 2:
                data[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 2, 3, 50, 500))
            case 3:
                piece = data[at : at + chance.choice((4, 40, 400))]
                data[at:at] = piece * chance.choice((1, 2, 20))
            case 4:
                other = chance.choice(seeds)
                low = chance.randrange(len(other) + 1)
                data[at:at] = other[low : low + chance.choice((10, 100, 1000))]
            case 5:
                data = data[at:] + data[:at]
            case _:
                data = data[:at]
        del data[LONGEST:]
    return bytes(data)


def mutated_archive(chance: random.Random, seeds: list[bytes]) -> bytes:
    """Return an archive of which one part is damaged, packed as it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(chance.choice(seeds))) as old:
        names = [one for one in old.namelist() if one.endswith((".xml", ".xhtml", ".html", ".opf"))]
        chosen = chance.choice(names or old.namelist())
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in dict.fromkeys(old.namelist()):
                content = old.read(name)
                new.writestr(name, mutated(chance, [content]) if name == chosen else content)
    return out.getvalue()


def checked(form: str, data: bytes, chance: random.Random) -> None:
    """Read, find and patch; raises what must not be raised."""
    one = plugins.formats()[form]
    try:
        document = one.read({"x": data}, "x")
    except RefcheckError as error:
        holds("\n" not in str(error), "a refusal of several lines")
        return
    holds(one.patch(document, ())["x"] == data, "not the same bytes")
    for finder in plugins.finders().values():
        for found in finder.find(document):
            holds(0 <= found.span.start <= found.span.end <= len(document.text), "outside")
    if document.text and not document.read_only:
        at = chance.randrange(len(document.text))
        try:
            one.patch(document, [Edit(Span(at, min(at + 3, len(document.text))), "new & \u00e9")])
        except RefcheckError as error:
            holds("\n" not in str(error), "a refusal of several lines")


def holds(condition: bool, what: str) -> None:
    """Raise where a law is broken."""
    if not condition:
        raise ValueError(what)


def main() -> int:
    """Run until the time is up; return how many kinds of failure there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="for each format")
    parser.add_argument("--format", action="append")
    parser.add_argument("--seeds", type=Path)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-finds"))
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    signal.signal(signal.SIGALRM, _too_long)
    kinds: set[str] = set()
    for form in args.format or sorted(plugins.formats()):
        seeds = [SAMPLES[form]] if form in SAMPLES else []
        for path in sorted(args.seeds.rglob("*")) if args.seeds else ():
            if path.is_file() and path.stat().st_size <= LONGEST:
                data = path.read_bytes()
                whole = not data.startswith(b"PK") or zipfile.is_zipfile(path)
                if whole and format_for(path.name, data) == form:
                    seeds.append(data)
        if not seeds:
            continue
        chance = random.Random(args.seed)
        runs, end = 0, time.monotonic() + args.seconds
        while time.monotonic() < end:
            packed = [seed for seed in seeds if zipfile.is_zipfile(io.BytesIO(seed))]
            by_part = packed and chance.random() < PARTS
            data = mutated_archive(chance, packed) if by_part else mutated(chance, seeds)
            runs += 1
            signal.alarm(LIMIT_S)
            try:
                checked(form, data, chance)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a find
                place = traceback.extract_tb(error.__traceback__)[-1]
                kind = f"{form} {type(error).__name__} {place.filename}:{place.lineno}"
                if kind not in kinds:
                    kinds.add(kind)
                    args.keep.mkdir(parents=True, exist_ok=True)
                    name = hashlib.sha256(data).hexdigest()[:12]
                    (args.keep / f"{form}-{name}").write_bytes(data)
                    print(f"{kind}: {error} ({len(data)} bytes, {name})", flush=True)
            finally:
                signal.alarm(0)
        print(f"{form}: {runs} documents from {len(seeds)} seeds", flush=True)
    return len(kinds)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"longer than {LIMIT_S} s")


if __name__ == "__main__":
    sys.exit(main())
