"""Sources asked over a real connection, on loopback: memory, retries, limits, refusals, secrets."""

import json
import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import pytest

from refcheck.errors import UnknownName
from refcheck.lookup.reading import data
from refcheck.model import Answered, Failed, Found, Query, Request
from refcheck.net import health
from refcheck.net.http import Net
from refcheck.record import Name, Record
from refcheck.settings import Settings


def titles(*found):
    return 200, {}, json.dumps({"titles": found}).encode()


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch):
    monkeypatch.setattr(health, "WAITS_S", (0.02, 0.04, 0.06))


def test_answers_keep_the_order_of_questions(ask, site):
    """Each question has its answer at its place, and equal questions are asked once."""
    site.answers["/works"] = lambda request: titles(request.path.split("q=")[1].split("&")[0])
    outcomes, state = ask("b", "a", "b", "c")
    assert [one.answers[0].record.title for one in outcomes] == ["b", "a", "b", "c"]
    assert len(site.asked) == 3
    assert (state.requests, state.failed, state.state) == (3, 0, "ok")


def test_it_tells_how_far_it_is(site, source, tmp_path):
    """While questions are being answered it says how many there are, and afterwards that all are."""
    settings, seen = Settings(cache_folder=tmp_path, deadline_s=20.0), []

    def answer(_request):
        seen.append(net.going())
        return titles("a")

    site.answers["/works"] = answer
    with closing(Net({"tests": source}, settings)) as net:
        net.tell((3, 1), (5, 2))
        net.ask([("tests", Query("work", title=title)) for title in "abc"])
        assert net.going().sources == (("tests", 3, 3, 0),)
    assert all(one.sources[0][:2] == ("tests", 3) for one in seen)
    assert (seen[0].decided, seen[0].all) == ((3, 1), (5, 2))
    assert 0 < seen[0].left_s <= 20


def test_every_field_says_where_it_was_read(ask, site, source):
    """A candidate's provenance names every field of its record, and when it was read."""

    def search(queries):
        reply = yield Request("/works")
        record = Record(
            title=reply.json()["titles"][0], author=(Name(literal="x"),), doi="10.1000/182"
        )
        return ((Found(record, id="1", read_in=(("title", "titles"),)),),) * len(queries)

    site.answers["/works"] = titles("a")
    (outcome,), _ = ask("a", sources={"tests": replace(source, search=search)})
    (candidate,) = outcome.answers
    fields = dict(candidate.provenance[0].fields)
    assert set(fields) == set(candidate.record.present())
    assert fields["title"] == "titles"
    assert candidate.provenance[0].retrieved.year > 2000


def test_the_next_run_asks_nothing_again(ask, site):
    """What was answered is not asked again in a later run, nor is "nothing"."""
    site.answers["/works"] = lambda request: titles(*(["a"] if "q=a" in request.path else []))
    ask("a", "none")
    outcomes, state = ask("a", "none")
    assert len(site.asked) == 2
    assert [len(one.answers) for one in outcomes] == [1, 0]
    assert (state.requests, state.from_cache) == (0, 2)


def test_nothing_is_asked_again_after_a_day(ask, site, tmp_path):
    """An answer is kept for 30 days, "nothing" for one."""
    site.answers["/works"] = lambda request: titles(*(["a"] if "q=a" in request.path else []))
    ask("a", "none")
    base = sqlite3.connect(tmp_path / "cache" / "answers.sqlite")
    expiries = sorted(row[0] - time.time() for row in base.execute("SELECT expires FROM replies"))
    base.close()
    assert expiries[0] == pytest.approx(86_400, abs=60)
    assert expiries[1] == pytest.approx(30 * 86_400, abs=60)


def test_aged_answers_are_asked_about_anew(ask, site, tmp_path):
    """After its time an answer is revalidated: an unchanged one is not sent again."""
    site.answers["/works"] = lambda request: (
        (304, {"ETag": '"1"'}, b"")
        if request.headers.get("If-None-Match") == '"1"'
        else (200, {"ETag": '"1"'}, b'{"titles": ["a"]}')
    )
    ask("a")
    base = sqlite3.connect(tmp_path / "cache" / "answers.sqlite")
    with base:
        base.execute("UPDATE replies SET expires = 1")
    base.close()
    outcomes, _ = ask("a")
    assert outcomes[0].answers[0].record.title == "a"
    assert site.headers[-1].get("If-None-Match") == '"1"'
    ask("a")
    assert len(site.asked) == 2


def test_failures_are_not_kept(ask, site):
    """A failure is forgotten: the next run asks again."""
    site.answers["/works"] = (400, {}, b"<html>")
    outcomes, _ = ask("a")
    assert isinstance(outcomes[0], Failed)
    site.answers["/works"] = titles("a")
    assert isinstance(ask("a")[0][0], Answered)


def test_offline_answers_from_the_cache_alone(ask, site):
    """Offline nothing is sent; what the cache has is answered, the rest is offline, not failed."""
    site.answers["/works"] = titles("a")
    ask("a")
    (known, unknown), state = ask("a", "b", offline=True)
    assert isinstance(known, Answered)
    assert isinstance(unknown, Failed)
    assert len(site.asked) == 1
    assert (state.state, state.failed) == ("offline", 0)


def test_cut_replies_are_asked_for_again(ask, site):
    """A reply that is cut is dropped and asked for again."""
    answers = iter([(200, {}, b'{"titles": ["a'), titles("a")])
    site.answers["/works"] = lambda _: next(answers)
    outcomes, _ = ask("a")
    assert outcomes[0].answers[0].record.title == "a"
    assert len(site.asked) == 2


def test_a_page_in_place_of_data_is_a_block(ask, site):
    """A web page where data were asked for is told as such and knocked at once more only."""
    site.answers["/works"] = (200, {"Content-Type": "text/html"}, b"<html>Are you human?</html>")
    (outcome,), state = ask("a")
    assert "web page" in outcome.message
    assert len(site.asked) == 2
    assert state.state == "failed"


def test_retry_after_is_obeyed(ask, site):
    """A service that says when to come back is left alone until then."""
    moments = []

    def answer(_):
        moments.append(time.monotonic())
        return (429, {"Retry-After": "1"}, b"") if len(moments) == 1 else titles("a")

    site.answers["/works"] = answer
    assert isinstance(ask("a")[0][0], Answered)
    assert moments[1] - moments[0] >= 0.95


def test_hours_of_rest_are_not_waited_for(ask, site):
    """A service that asks for hours is out for the run, at once, and says so."""
    site.answers["/works"] = (429, {"Retry-After": "50000"}, b"")
    began = time.monotonic()
    outcomes, state = ask("a", "b", "c")
    assert time.monotonic() - began < 3
    assert all(isinstance(one, Failed) for one in outcomes)
    assert "left alone for 833 min" in state.message


def test_an_ill_service_is_given_up(ask, site):
    """A service that only fails is asked a few times, not once for every question."""
    site.answers["/works"] = (503, {}, b"")
    outcomes, state = ask(*"abcdefghijklmnopqrstuvwxyzäöüßéèêàçñ")
    assert {one.message for one in outcomes} == {"is out of order (status 503)"}
    assert len(site.asked) <= 4 + 3  # those under way at first, then one by one
    assert state.state == "failed"


def test_a_moment_of_illness_passes(ask, site):
    """One failure among many costs nothing but a request."""
    site.answers["/works"] = lambda request: (
        (500, {}, b"")
        if "q=b" in request.path and site.asked.count(request.path) == 1
        else titles("x")
    )
    outcomes, _ = ask("a", "b", "c")
    assert all(isinstance(one, Answered) for one in outcomes)


def test_who_is_out_still_has_what_it_said_before(ask, site, tmp_path):
    """A source that is out for the run is not asked, but what it answered before is known."""
    site.answers["/works"] = titles("a")
    ask("known")
    site.answers["/works"] = (503, {"Retry-After": "7200"}, b"")
    outcomes, state = ask("new", "known", "newer")
    assert [isinstance(one, Answered) for one in outcomes] == [False, True, False]
    assert state.from_cache == 1
    assert len(site.asked) <= 3


def test_nobody_there_is_told_at_once(ask, source):
    """A host that cannot be reached is tried once, and out for the run."""
    gone = replace(source, base="http://127.0.0.1:1")
    began = time.monotonic()
    outcomes, state = ask("a", "b", "c", sources={"tests": gone}, deadline_s=60.0)
    assert time.monotonic() - began < 3
    assert {one.message for one in outcomes} == {"could not reach 127.0.0.1"}
    assert state.state == "failed"


def test_keys_and_addresses_stay_out_of_memory(ask, site, tmp_path):
    """A key and an address are sent, and stand in no file, state or message."""
    site.answers["/works"] = titles("a")
    (outcome,), state = ask("a", mailto="me@example.org", openalex_api_key="SECRET-KEY")
    assert "api_key=SECRET-KEY" in site.asked[0]
    assert "me%40example.org" in site.asked[0]
    assert "mailto:me@example.org" in site.headers[0]["User-Agent"]
    assert "SECRET-KEY" not in repr(outcome) + repr(state)
    for path in (tmp_path / "cache").iterdir():
        assert b"SECRET-KEY" not in path.read_bytes()
        assert b"me@example.org" not in path.read_bytes()
        assert b"me%40example" not in path.read_bytes()
    ask("a")
    assert len(site.asked) == 1, "another key is no other question"


def test_without_an_address_none_is_sent(ask, site):
    """Nothing but name, version and home stands in the User-Agent by itself."""
    site.answers["/works"] = titles("a")
    ask("a")
    assert "mailto" not in site.headers[0]["User-Agent"] + site.asked[0]
    assert site.headers[0]["User-Agent"].startswith("refcheck/")


def page_search(queries):
    """Ask for each address."""
    found = []
    for query in queries:
        reply = yield Request(query.url)
        found.append((Found(Record(title=reply.text()[:50] or "-"), id=query.url),))
    return tuple(found)


@pytest.fixture
def read(tmp_path, source):
    """Read anybody's page, as an address in a document would have it read."""

    def reading(url, **knobs):
        pages = replace(source, base="", search=page_search, key_setting="", contact_param="")
        net = Net(
            {"page": replace(pages, homepage="https://example.org")},
            Settings(cache_folder=tmp_path / "cache", **knobs),
        )
        try:
            return net.ask([("page", Query("page", url=url))])[0]
        finally:
            net.close()

    return reading


def test_pages_on_this_machine_are_not_read(read, site):
    """An address that leads to loopback is refused, and nothing is sent."""
    assert "private network" in read(f"{site.url}/secret").message
    assert not site.asked


def test_redirects_are_checked_hop_by_hop(read, site):
    """A host the user allowed may be read; where it redirects to is checked anew."""
    port = site.url.rpartition(":")[2]
    site.answers["/go"] = (302, {"Location": f"http://localhost:{port}/secret"}, b"")
    site.answers["/file"] = (302, {"Location": "file:///etc/passwd"}, b"")
    site.answers["/loop"] = (302, {"Location": "/loop"}, b"")
    site.answers["/moved"] = (301, {"Location": "/there"}, b"")
    site.answers["/there"] = (200, {}, b"here")
    allowed = {"allow_host": ("127.0.0.1",), "pace": 100.0}
    assert "private network" in read(f"{site.url}/go", **allowed).message
    assert "only http and https" in read(f"{site.url}/file", **allowed).message
    assert "redirects more than" in read(f"{site.url}/loop", **allowed).message
    assert read(f"{site.url}/moved", **allowed).answers[0].record.title == "here"
    assert "/secret" not in site.counts()


def test_pages_are_read_to_a_limit(read, site):
    """A page larger than the limit is cut off and told."""
    site.answers["/big"] = (200, {}, b"x" * 3_000_000)
    outcome = read(f"{site.url}/big", allow_host=("127.0.0.1",), page_limit_mb=1.0)
    assert "more than 1 MB" in outcome.message


def test_bombs_are_measured_unpacked(read, site):
    """What is small on the way and large unpacked is cut off too."""
    import gzip

    packed = gzip.compress(b"\0" * 20_000_000)
    site.answers["/bomb"] = (200, {"Content-Encoding": "gzip"}, packed)
    outcome = read(f"{site.url}/bomb", allow_host=("127.0.0.1",), page_limit_mb=1.0)
    assert "more than 1 MB" in outcome.message


@pytest.mark.parametrize("slow", ["headers", "body"])
def test_dripping_replies_are_cut(read, site, slow):
    """A page that drips has a total time, in its headers and in its body."""

    def drip(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        if slow == "body":
            request.wfile.write(b"Content-Length: 1000\r\n\r\n")
        for nth in range(40):
            try:
                request.wfile.write(b"x" if slow == "body" else f"X-{nth}: y\r\n".encode())
                request.wfile.flush()
            except OSError:
                break
            time.sleep(0.05)
        request.close_connection = True

    site.answers["/slow"] = drip
    began = time.monotonic()
    outcome = read(f"{site.url}/slow", allow_host=("127.0.0.1",), read_timeout_s=0.4)
    assert "took longer than" in outcome.message
    assert time.monotonic() - began < 1.5


def test_a_source_that_is_none_is_named(source, tmp_path):
    """A question to an unknown source names the nearest."""
    net = Net({"tests": source}, Settings(cache_folder=tmp_path))
    with pytest.raises(UnknownName, match="tests"):
        net.ask([("test", Query("work", title="a"))])


def test_a_library_needs_no_net(tmp_path):
    """A source that yields no request answers offline, all questions at once, and makes no file."""
    asked = []

    def search(queries):
        asked.append(len(queries))
        return tuple((Found(Record(title=query.title), id="1"),) for query in queries)
        yield

    from refcheck.model import Source

    own = Source(base="", search=search, wants=frozenset({"work"}), purpose="own", batch=100)
    net = Net({"own": own}, Settings(cache_folder=tmp_path / "none", offline=True))
    outcomes = net.ask([("own", Query("work", title=title)) for title in "abc"])
    assert [one.answers[0].record.title for one in outcomes] == ["a", "b", "c"]
    assert asked == [3]
    assert not (tmp_path / "none").exists()
    assert net.states()[0].state == "ok"
    net.close()


def test_one_odd_question_costs_the_others_nothing(site, source, tmp_path):
    """A question that a service does not understand is asked apart from those it came with."""

    def search(queries):
        reply = yield Request("/works", (("q", "".join(query.title for query in queries)),))
        found = data(reply)["titles"]
        return tuple((Found(Record(title=title), id="1"),) for title in found)

    def say(request):
        asked = request.path.split("q=")[1]
        return (400, {}, b"{}") if "x" in asked else titles(*asked)

    site.answers["/works"] = say
    batched = replace(source, search=search, batch=8)
    queries = [Query("work", title=one, identifier=f"10.1/{one}") for one in "abxdef"]
    with closing(Net({"tests": batched}, Settings(cache_folder=tmp_path))) as net:
        outcomes = net.ask([("tests", query) for query in queries])
    assert [isinstance(one, Answered) for one in outcomes] == [True, True, False, True, True, True]
    assert "did not understand" in outcomes[2].message
    assert len(site.asked) == 7


def test_a_shape_that_nobody_expected_costs_the_answer_alone(ask, site):
    """A source whose module stumbles over a reply has failed; the run goes on, and says where."""
    site.answers["/works"] = (200, {}, b'{"title": "a"}')
    (outcome,), state = ask("a")
    assert isinstance(outcome, Failed)
    assert "cannot read (KeyError: 'titles')" in outcome.message
    assert state.failed == 1


@pytest.mark.parametrize("depth", [900, 100_000])
def test_brackets_without_end_cost_the_answer_alone(ask, site, depth):
    """A reply nested so deeply that it cannot be followed is a failure of its source."""
    site.answers["/works"] = (200, {}, b"[" * depth + b"]" * depth)
    (outcome,), _ = ask("a")
    assert isinstance(outcome, Failed)


def test_the_page_of_an_index_is_no_address(ask, site, source):
    """Where a record was read is told, and is not taken for where the work is."""

    def search(queries):
        yield Request("/works")
        page = "https://www.semanticscholar.org/paper/1"
        return ((Found(Record(title="a", url=page), id="1", url=page),),)

    site.answers["/works"] = titles("a")
    (outcome,), _ = ask("a", sources={"tests": replace(source, search=search)})
    assert outcome.answers[0].record.url == ""
    assert outcome.answers[0].provenance[0].url == "https://www.semanticscholar.org/paper/1"


def test_a_missing_setting_is_named(ask, source):
    """A source that needs a setting is not asked without it, and says which."""
    (outcome,), _ = ask("a", sources={"tests": replace(source, needs_setting="brave_api_key")})
    assert "`brave-api-key`" in outcome.message


def test_what_sources_say_is_made_plain(ask, site, source):
    """Markup, control signs and links that are none do not get past the edge, whoever wrote the source."""

    def search(queries):
        yield Request("/works")
        record = Record(
            type="nonsense",
            title="A <i>title</i>\x1b[2J \u202etxet",
            author=(Name(family="<b>Li</b>", given="X\u0007"),),
            url="javascript:alert(1)",
            doi="not a doi",
        )
        return ((Found(record, id="1", url="file:///etc/passwd"),),)

    site.answers["/works"] = titles("a")
    (outcome,), _ = ask("a", sources={"tests": replace(source, search=search)})
    (candidate,) = outcome.answers
    assert candidate.record.title == "A title[2J txet"
    assert candidate.record.author == (Name(family="Li", given="X"),)
    assert (candidate.record.type, candidate.record.url, candidate.record.doi) == (
        "document",
        "",
        "",
    )
    assert candidate.provenance[0].url == ""


def test_an_interrupted_run_ends_at_once(source, tmp_path, monkeypatch, site):
    """Whoever stops a run does not wait for the sources that wait for their pace."""
    site.answers["/works"] = titles("a")
    slow = replace(source, requests_per_second=0.05, connections=1)
    sources = {"slow": slow, "other": replace(slow, base=site.url + "/.")}
    net = Net(sources, Settings(cache_folder=tmp_path, deadline_s=120.0))
    done = Net._serve

    def interrupted(self, seat, desk):
        if seat == "other":
            time.sleep(0.3)
            raise KeyboardInterrupt
        done(self, seat, desk)

    monkeypatch.setattr(Net, "_serve", interrupted)
    questions = [(name, Query("work", title=title)) for name in sources for title in "abc"]
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        net.ask(questions)
    assert time.monotonic() - began < 5
    net.close()


def test_who_stands_in_answers_while_a_source_rests(source, site, tmp_path):
    """A service that wants two seconds of rest does not hold up what another can answer as well."""
    first = iter([(503, {"Retry-After": "2"}, b"{}")])
    site.answers["/works"] = lambda _: next(first, titles("a"))
    site.answers["/other/works"] = titles("a")
    sources = {
        "wide": replace(source, connections=1),
        "agency": replace(source, base=site.url.replace("127.0.0.1", "localhost") + "/other"),
    }
    questions = [("wide", Query("work", title=title)) for title in "abcdef"]
    stand_ins = dict.fromkeys(questions, "agency")
    with closing(Net(sources, Settings(cache_folder=tmp_path))) as net:
        outcomes = net.ask(questions, stand_ins)
        assert [one.query for one in outcomes] == [query for _, query in questions]
        assert {one.source for one in outcomes} == {"wide", "agency"}
        assert site.counts() == {"/works": 2, "/other/works": 5}
        assert all(put == settled for _, put, settled, _ in net.going().sources)
        sure = net.ask([("agency", questions[-1][1])])
    assert sure[0].source == "agency"
    assert site.counts()["/other/works"] == 5, "what stood in is not asked again"


def test_where_both_fail_the_failure_of_the_source_itself_is_told(source, site, tmp_path):
    """Whoever stood in and failed too is not named in place of the source that was meant."""
    site.answers["/works"] = site.answers["/other/works"] = (404, {}, b"<html>")
    broken = replace(source, search=unreadable, connections=1)
    sources = {"wide": broken, "agency": replace(broken, base=site.url + "/other")}
    questions = [("wide", Query("work", title=title)) for title in "ab"]
    with closing(Net(sources, Settings(cache_folder=tmp_path))) as net:
        outcomes = net.ask(questions, dict.fromkeys(questions, "agency"))
    assert [(type(one), one.source) for one in outcomes] == [(Failed, "wide")] * 2


def unreadable(queries):
    """Ask, and find no data in the reply."""
    for query in queries:
        (yield Request("/works", (("q", query.title),))).json()
    return ()
