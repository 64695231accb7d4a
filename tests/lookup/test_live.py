"""The real services, with `pytest --live`: they answer, and our replies are still like theirs."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from refcheck import plugins
from refcheck.model import Candidate, Failed, Query
from refcheck.net.http import Net
from refcheck.record import from_csl
from refcheck.settings import Settings
from refcheck.text import fold

REPLIES = Path(__file__).parents[2] / "fixtures" / "replies"
ASKED = [
    path
    for path in sorted(REPLIES.glob("*/*.json"))
    if path.stem != "nothing"
    and plugins.sources()[path.parent.name].default
    and not plugins.sources()[path.parent.name].needs_setting
    and "example.org" not in path.read_text(encoding="utf-8")
]


@pytest.fixture(scope="module")
def net(request, tmp_path_factory):
    """One run for all: each service is asked at its own pace."""
    if not request.config.getoption("--live"):
        pytest.skip("asks the real services; run pytest --live")
    settings = Settings(cache_folder=tmp_path_factory.mktemp("live"), deadline_s=600.0)
    with closing(Net(plugins.sources(), settings)) as net:
        yield net


@pytest.mark.parametrize("path", ASKED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_service_answers_as_recorded(path, net):
    """A real service still says what our reply has it say; else the reply has aged."""
    case = json.loads(path.read_text(encoding="utf-8"))
    queries = [
        Query(**{k: tuple(v) if isinstance(v, list) else v for k, v in one.items()})
        for one in case["queries"]
    ]
    outcomes = net.ask([(path.parent.name, query) for query in queries])
    failed = {one.message for one in outcomes if isinstance(one, Failed)}
    if any(message.startswith("could not reach") for message in failed):
        pytest.skip(f"no way to the service: {'; '.join(failed)}")
    assert not failed, f"{path.parent.name} does not answer as it did: {'; '.join(failed)}"
    for outcome, expected in zip(outcomes, case["answers"], strict=True):
        for one in expected:
            if "record" not in one:
                continue
            wanted = from_csl(one["record"])
            found = [answer.record for answer in outcome.answers if isinstance(answer, Candidate)]
            same = [
                record
                for record in found
                if (wanted.doi and record.doi == wanted.doi)
                or (wanted.url and record.url == wanted.url)
                or (wanted.title and fold(record.title) == fold(wanted.title))
            ]
            assert same, f"{path} has aged: {wanted.title or wanted.url} is not among the answers"
            lost = set(wanted.present()) - set(same[0].present())
            assert not lost, f"{path} has aged: the service no longer gives {sorted(lost)}"
