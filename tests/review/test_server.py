"""The review page over HTTP: the whole story, and that nobody else can drive it."""

import json
import re

import pytest
import requests

TOKEN = "t0ken-for-tests"


@pytest.fixture
def page(review_of, serve):
    """Serve the review of the article; returns a function that asks as the page does."""
    address, _ = serve(review_of())

    def ask(path, body=None, **headers):
        told = {"X-Refcheck-Token": TOKEN, "Origin": address, **headers}
        told = {key: value for key, value in told.items() if value is not None}
        if body is None:
            return requests.get(address + path, headers=told, timeout=10)
        return requests.post(address + path, json=body, headers=told, timeout=10)

    ask.address = address
    return ask


def papers(page):
    """Return the finding that wants literature."""
    return next(one for one in page("/api/state").json()["findings"] if one["several"])


def link(page):
    """Return the finding that wants a link."""
    return next(one for one in page("/api/state").json()["findings"] if not one["several"])


def test_nobody_else_can_drive_it(page):
    """Without the token, at another name or from another site nothing is changed or told."""
    for headers in (
        {"X-Refcheck-Token": None},
        {"X-Refcheck-Token": "wrong"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": None},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        reply = page("/api/undo", {}, **headers)
        assert (reply.status_code, "undo" in reply.text) == (403, False), headers


def test_the_token_opens_the_page(page):
    """The page opens with the token in its address alone, and not without."""
    assert requests.get(page.address + "/", timeout=10).status_code == 403
    assert requests.get(f"{page.address}/?token={TOKEN}", timeout=10).status_code == 200
    crossed = requests.get(f"{page.address}/api/state?token={TOKEN}", timeout=10)
    assert crossed.status_code == 403


def test_policy_is_strict(page):
    """The page allows its own style and script by a nonce of its own, and nobody to frame it."""
    replies = [requests.get(f"{page.address}/?token={TOKEN}", timeout=10) for _ in range(2)]
    nonces = set()
    for reply in replies:
        policy = reply.headers["content-security-policy"]
        nonce = re.search(r"script-src 'nonce-([\w-]+)'", policy)[1]
        nonces.add(nonce)
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert set(re.findall(r'nonce="([^"]*)"', reply.text)) == {nonce}
        assert len(re.findall(r"<script|<style", reply.text)) == 2
        assert reply.headers["cache-control"] == "no-store"
    assert len(nonces) == 2


def test_accepting_changes_the_preview(page):
    """An accepted candidate stands in the changes and the list at once; undone, it is gone."""
    finding = papers(page)
    answer = page("/api/decide", {"finding": finding["id"], "action": "accept", "numbers": [0]})
    told = answer.json()
    title = finding["candidates"][0]["title"]
    assert told["finding"]["decision"] == {"action": "accept", "reason": "", "chosen": [0]}
    assert title.split(":")[0].lower() in told["edits"][0]["new"].lower()
    assert told["counts"]["resolved"] == 1
    undone = page("/api/undo", {}).json()
    assert undone["edits"] == []
    assert undone["finding"]["decision"] is None


def test_several_are_put_in_in_order(page):
    """In a list several candidates may be accepted; each becomes a line."""
    body = {"finding": papers(page)["id"], "action": "accept", "numbers": [1, 0]}
    edits = page("/api/decide", body).json()["edits"]
    assert edits[0]["new"].count("\n") == 1


def test_a_suggestion_is_not_put_in_by_itself(page):
    """Without a decision nothing of a suggestion stands in the changes."""
    assert page("/api/state").json()["edits"] == []


def test_decisions_survive(page, review_of):
    """After a restart what was decided holds, with the candidates that were chosen."""
    finding = papers(page)
    page("/api/decide", {"finding": finding["id"], "action": "accept", "numbers": [1]})
    page("/api/decide", {"finding": link(page)["id"], "action": "fine", "reason": "no link"})
    again = {one["id"]: one["decision"] for one in review_of().state()["findings"]}
    assert again[finding["id"]]["chosen"] == [1]
    assert next(one for one in again.values() if one["action"] == "fine")["reason"] == "no link"


def test_an_edited_field_says_who_wrote_it(page):
    """A field that a person sets is taken, and its provenance is the person."""
    finding = papers(page)
    fields = {
        "title": "A title set by hand",
        "author": "Doe, Jane; World Bank",
        "issued": "2020-05",
    }
    answer = page("/api/edit", {"finding": finding["id"], "number": 0, "fields": fields}).json()
    offered = answer["finding"]["candidates"][answer["finding"]["decision"]["chosen"][0]]
    assert offered["fields"]["author"] == "Doe, Jane; World Bank"
    assert [one["source"] for one in offered["read"]][-1] == "you"
    assert "A title set by hand" in answer["edits"][0]["new"]


def test_a_pasted_identifier_is_looked_up(page):
    """A DOI that a source knows becomes a candidate; one that none knows is said so."""
    body = {"finding": link(page)["id"], "identifier": "https://doi.org/10.1016/J.RSER.2016.11.250"}
    answer = page("/api/paste", body).json()
    offered = answer["finding"]["candidates"][answer["number"]]
    assert offered["title"].startswith("Review of electric vehicle policies")
    unknown = page("/api/paste", {**body, "identifier": "10.5555/unknown"})
    assert unknown.status_code == 400


def test_searching_streams_what_each_source_says(page):
    """Each source answers a line, also one that could not be asked; what it found can be accepted."""
    finding = papers(page)
    reply = page(
        "/api/search", {"finding": finding["id"], "words": "electric vehicle policies review"}
    )
    lines = [json.loads(line) for line in reply.text.splitlines()]
    own = next(line for line in lines if line["source"].startswith("library"))
    assert any("policies" in one["title"] for one in own["candidates"])
    assert any("error" in line for line in lines)
    number = own["candidates"][0]["number"]
    body = {"finding": finding["id"], "action": "accept", "numbers": [number]}
    assert page("/api/decide", body).status_code == 200


def test_writing_makes_the_files_of_fix(page, tmp_path):
    """Writing makes what `fix` makes, with what was accepted and nothing else changed."""
    finding = papers(page)
    page("/api/decide", {"finding": finding["id"], "action": "accept", "numbers": [0]})
    names = {path.rsplit("/", 1)[-1] for path in page("/api/write", {}).json()["written"]}
    assert names == {
        "article.fixed.txt", "article.bib", "article.apa.md", "article.report.json",
        "article.report.md", "article.report.html",
    }  # fmt: skip
    before = (tmp_path / "article.txt").read_text(encoding="utf-8").split("\n")
    after = (tmp_path / "article.fixed.txt").read_text(encoding="utf-8").split("\n")
    assert [line for line in before if line not in after] == [before[5]]


def test_bad_requests_are_told(page):
    """A request that makes no sense is answered in a line, and changes nothing."""
    for path, body in (
        ("/api/decide", {"finding": "x", "action": "accept", "numbers": [0]}),
        ("/api/decide", {"finding": None, "action": "accept", "numbers": [0]}),
        ("/api/decide", {"action": "invent"}),
        ("/api/decide", {"finding": "x", "action": "accept", "numbers": ["0"]}),
        ("/api/edit", {"finding": "x", "number": True, "fields": {}}),
        ("/api/search", {"finding": "x", "words": "y"}),
        ("/api/search", {"finding": "x", "words": " "}),
        ("/api/paste", {"finding": "x", "identifier": ""}),
        ("/api/undo", {"more": "x" * 200_000}),
        ("/api/undo", ["no object"]),
        ("/api/undo", {}),
    ):
        reply = page(path, body)
        assert (reply.status_code, bool(reply.json()["error"])) == (400, True), (path, body)


def test_numbers_that_are_not_there_are_refused(page):
    """A candidate that is not there, or none at all, cannot be accepted."""
    name = papers(page)["id"]
    for numbers in ([99], [-1], []):
        body = {"finding": name, "action": "accept", "numbers": numbers}
        assert page("/api/decide", body).status_code == 400
