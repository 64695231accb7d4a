"""Adding to somebody's .bib: not another byte is touched, nothing is added twice."""

import gzip
import json
import os
from pathlib import Path

import pytest

from refcheck.bibliography.bibtex_read import read
from refcheck.bibliography.merge import merge
from refcheck.record import Name, PartialDate, Record

DATA = os.environ.get("REFCHECK_DATA", "")
ASH = (Name(family="Ash", given="Ada"),)
NEW = Record(
    id="",
    type="article-journal",
    author=ASH,
    title="On new things",
    container_title="Things",
    issued=PartialDate(start=(2020,)),
    doi="10.5555/NEW",
)


def test_what_is_added_follows_the_habits_of_the_file():
    """Tabs, capitals, quotes, aligned equal signs, no last comma, CR LF."""
    held = b'@Article{a,\r\n\ttitle   = "Things",\r\n\tjournal = "J",\r\n\tyear    = "1999",\r\n\tpages   = "3"\r\n}\r\n'
    merged = merge(held, [NEW])
    added = merged.data[len(held) :].decode()
    assert merged.data.startswith(held)
    assert added.startswith(
        '\r\n@Article{ash2020new,\r\n\tauthor  = "Ash, Ada",\r\n\ttitle   = "On new things",'
    )
    assert added.endswith('\tdoi     = "10.5555/NEW"\r\n}\r\n')
    assert "\n" not in added.replace("\r\n", "")


def test_a_file_without_a_last_line_end_gets_a_gap():
    """The addition begins on a line of its own; a mark at the head and odd letters stay."""
    held = "\ufeff@book{ä, title={Größe}}".encode()
    merged = merge(held, [NEW])
    assert merged.data.startswith(held + b"\n\n@article{")
    assert len(read(merged.data, "").records) == 2


def test_the_dialect_is_the_files_own():
    """Where the file says ``date`` and ``journaltitle``, so does the addition."""
    merged = merge(b"@article{a, title={T}, journaltitle={J}, date={1999}}\n", [NEW])
    assert b"journaltitle = {Things}" in merged.data
    assert b"date = {2020}" in merged.data


@pytest.mark.parametrize(
    "held",
    [
        "@article{a, title={Otherwise}, doi={https://doi.org/10.5555/new}}",
        "@article{a, author={A. Ash}, title={On new Things.}, year={2020}}",
        "@article{a, author={Ash, A.}, title={{On New Things}}, year={2020}, doi={}}",
    ],
)
def test_what_is_there_is_not_added(held):
    """The same work by identifier, or by author, year and title, is known already."""
    merged = merge(held.encode(), [NEW])
    assert (merged.data, merged.added, [key for _, key in merged.known]) == (
        held.encode(),
        (),
        ["a"],
    )


@pytest.mark.parametrize(
    "held",
    [
        "@article{a, author={Ash, Ada}, title={On new things, part 2}, year={2020}}",
        "@article{a, author={Ash, Ada}, title={On new things}, year={2019}}",
        "@article{a, author={Ash, Ada}, title={On new things}, year={2020}, doi={10.5555/other}}",
    ],
)
def test_what_is_another_work_is_added(held):
    """Another part, year or DOI is another work."""
    assert len(merge(held.encode(), [NEW]).added) == 1


def test_merging_twice_is_merging_once():
    """The second time everything is there."""
    once = merge(b"", [NEW, NEW])
    assert len(once.added) == 1
    assert merge(once.data, [NEW]).data == once.data


@pytest.mark.skipif(not DATA, reason="REFCHECK_DATA names no folder with messy .bib files")
def test_messy_files_come_back_with_the_addition_alone():
    """Every file is a prefix of the merged one, and all its entries are still read."""
    with gzip.open(Path(DATA) / "docs-messy-bib/files.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            data = row["text"].encode()
            merged = merge(data, [NEW])
            assert merged.data.startswith(data), row["id"]
            assert len(read(merged.data, "").records) == len(read(data, "").records) + 1, row["id"]
