"""What holds for every source: its fixtures, its records, and how it takes what is no answer."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refcheck import plugins
from refcheck.errors import SourceError
from refcheck.identifiers import normal_doi
from refcheck.model import Entity, Found, Query, Reply
from refcheck.net.clean import clean_found, link
from refcheck.record import CSL_TYPES, to_csl
from refcheck.settings import Settings

REPLIES = Path(__file__).parents[2] / "fixtures" / "replies"
SOURCES = plugins.sources()
CASES = sorted(REPLIES.glob("*/*.json"))
FULL = [path for path in CASES if path.stem != "nothing"]
PAGES = {"page", "duckduckgo"}
"""Sources whose replies are web pages: for them a page is no sign of a block."""


def case_id(path):
    return f"{path.parent.name}-{path.stem}"


def queries_of(case):
    return tuple(
        Query(**{k: tuple(v) if isinstance(v, list) else v for k, v in one.items()})
        for one in case["queries"]
    )


def body_of(reply):
    if "json" in reply:
        return json.dumps(reply["json"], ensure_ascii=False).encode()
    return reply["text"].encode()


def drive(source, queries, replies):
    """Send a source its replies in turn; return what it asked, and what it answered."""
    search, asked = source.search(queries), []
    try:
        request = next(search)
        for reply in replies:
            asked.append(request)
            request = search.send(reply)
    except StopIteration as stop:
        return asked, stop.value
    pytest.fail(f"asks more than it should: {request}")


def replies_of(case):
    return [
        Reply(
            reply["status"],
            body_of(reply),
            reply["asks"].split("?")[0] if reply["asks"].startswith("http") else "",
            {"content-type": reply["type"]},
        )
        for reply in case["replies"]
    ]


def as_written(answer):
    """Put an answer into the form that fixtures have."""
    if isinstance(answer, Entity):
        return {
            "entity": {
                "id": answer.id,
                "label": answer.label,
                "names": [list(name) for name in answer.names],
                "site": answer.site,
                "description": answer.description,
            }
        }
    written = {"record": to_csl(answer.record)}
    if answer.record.archive_url:
        del written["record"]["archive-url"]
        written["record"]["archive_url"] = answer.record.archive_url
    if answer.cited_by is not None:
        written["cited_by"] = answer.cited_by
    return written


@pytest.mark.parametrize("path", CASES, ids=case_id)
def test_replies_become_records(path):
    """Recorded replies give the records written beside them, and the requests are those expected."""
    case = json.loads(path.read_text(encoding="utf-8"))
    source = SOURCES[path.parent.name]
    asked, answers = drive(source, queries_of(case), replies_of(case))
    assert [[as_written(one) for one in some] for some in answers] == case["answers"]
    assert len(asked) == len(case["replies"])
    for request, reply in zip(asked, case["replies"], strict=True):
        url, _, params = reply["asks"].partition("?")
        assert request.url == url
        sent = [f"{key}={value}" for key, value in request.params]
        for wanted in params.split("&") if params else ():
            assert any(one.startswith(wanted) for one in sent), (wanted, sent)


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_has_replies(name):
    """A source comes with a reply that says something and with one that says nothing."""
    cases = [path for path in CASES if path.parent.name == name]
    assert any(path.stem == "nothing" for path in cases)
    said = [
        json.loads(path.read_text(encoding="utf-8")) for path in cases if path.stem != "nothing"
    ]
    assert any(any(answers) for case in said for answers in case["answers"])
    nothing = json.loads((REPLIES / name / "nothing.json").read_text(encoding="utf-8"))
    assert not any(nothing["answers"])


@pytest.mark.parametrize("name", SOURCES)
def test_sources_are_described(name):
    """A source says what it is for, its limits and its home; the settings it names exist."""
    source = SOURCES[name]
    assert source.purpose
    assert source.limits
    assert source.homepage.startswith("https://")
    assert source.wants
    assert source.types <= CSL_TYPES
    assert source.requests_per_second > 0
    assert source.connections >= 1
    assert source.base or source.base_setting or name == "page"
    assert not source.base or source.base.startswith("https://")
    for setting in (source.key_setting, source.needs_setting, source.base_setting):
        assert not setting or setting in Settings.__slots__
    assert bool(source.key_setting) == bool(source.key_header or source.key_param)
    assert not (source.daily_budget and source.cost is None)


@pytest.mark.parametrize("path", FULL, ids=case_id)
def test_records_are_sound(path):
    """Types are CSL's, names have words, dates are dates, identifiers normal, links links."""
    case = json.loads(path.read_text(encoding="utf-8"))
    _, answers = drive(SOURCES[path.parent.name], queries_of(case), replies_of(case))
    for found in (one for some in answers for one in some if isinstance(one, Found)):
        record = found.record
        assert record.type in CSL_TYPES
        assert found.id
        assert record.title or record.url
        for name in record.author:
            assert bool(name.family) != bool(name.literal)
            assert not re.search(r"[<>\x00-\x1f]|\s\s", name.family + name.given + name.literal)
        for date in (record.issued, record.available_date):
            assert date is None or (date.start and not date.literal)
        assert normal_doi(record.doi) == record.doi
        assert not record.url or link(record.url) == record.url
        assert {field for field, _ in found.read_in} <= set(type(record).__dataclass_fields__)
        assert clean_found(found).record == record


@pytest.mark.parametrize("path", [p for p in FULL if p.parent.name not in PAGES], ids=case_id)
@pytest.mark.parametrize(
    "body",
    [b"", b"<!DOCTYPE html><html><title>Just a moment...</title></html>", b"Service unavailable"],
    ids=["empty", "page", "text"],
)
def test_no_answer_is_no_nothing(path, body):
    """What is no answer (a page, a text, an empty body) is raised, never taken for "nothing"."""
    case = json.loads(path.read_text(encoding="utf-8"))
    first, *_ = case["replies"]
    reply = Reply(200, body, headers={"content-type": first["type"]})
    with pytest.raises(SourceError):
        drive(SOURCES[path.parent.name], queries_of(case), [reply])


@pytest.mark.parametrize("path", [p for p in FULL if p.parent.name not in PAGES], ids=case_id)
def test_cut_replies_are_told(path):
    """A reply cut in the middle is raised, whichever of them it is."""
    case = json.loads(path.read_text(encoding="utf-8"))
    replies = replies_of(case)
    for nth, reply in enumerate(replies):
        cut = Reply(reply.status, reply.body[: len(reply.body) // 2], reply.url, reply.headers)
        with pytest.raises(SourceError):
            drive(SOURCES[path.parent.name], queries_of(case), [*replies[:nth], cut])


@pytest.mark.parametrize("path", FULL, ids=case_id)
@pytest.mark.parametrize("status", [400, 401, 403, 451])
def test_refusals_are_told(path, status):
    """A status that refuses is raised."""
    case = json.loads(path.read_text(encoding="utf-8"))
    reply = Reply(status, b"<html>No</html>", headers={"content-type": "text/html"})
    name = path.parent.name
    if name == "doi-org":  # a DOI it does not understand is told by the list of agencies
        return
    with pytest.raises(SourceError):
        drive(SOURCES[name], queries_of(case), [reply])


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9999) | st.text(max_size=5) | st.floats(0, 1),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)


def places(value, path=()):
    """Yield the path to every part of a JSON value."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for nth, inner in enumerate(value):
            yield from places(inner, (*path, nth))


def put(value, path, new):
    """Return a JSON value with another part at a path."""
    if not path:
        return new
    key, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = put(value[key], rest, new)
    return copy


@pytest.mark.parametrize(
    "path",
    [p for p in FULL if all("json" in r for r in json.loads(p.read_text("utf-8"))["replies"])],
    ids=case_id,
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(choice=st.data())
def test_any_part_may_be_anything(path, choice):
    """Whatever stands in any place of a reply, a source answers or says that it cannot."""
    case = json.loads(path.read_text(encoding="utf-8"))
    nth = choice.draw(st.integers(0, len(case["replies"]) - 1))
    body = case["replies"][nth]["json"]
    where = choice.draw(st.sampled_from(list(places(body))))
    changed = put(body, where, choice.draw(anything))
    replies = replies_of(case)
    replies[nth] = Reply(
        200, msgspec.json.encode(changed), headers={"content-type": "application/json"}
    )
    search = SOURCES[path.parent.name].search(queries_of(case))
    try:
        next(search)
        for reply in replies:
            search.send(reply)
    except SourceError:
        return
    except StopIteration as stop:
        for found in (one for some in stop.value for one in some if isinstance(one, Found)):
            assert clean_found(found).record.type in CSL_TYPES
