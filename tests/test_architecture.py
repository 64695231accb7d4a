"""The folders hold what they say: who may import whom, who may touch the world, who may catch what."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "refcheck"
MODULES = sorted(PACKAGE.rglob("*.py"))

BASE = {
    "chinese", "commonness", "dates", "days", "errors", "events", "facts", "glossary", "identifiers", "markup", "mentions", "model",
    "outlets", "places", "record", "settings", "text",
}  # fmt: skip
"""Modules that every stage shares; they import nothing but each other."""

STAGES = {
    "bibliography",
    "documents",
    "finders",
    "inquiry",
    "lookup",
    "matching",
    "styles",
    "writers",
}
"""Folders of pure stages; each imports the base and itself, never another."""

CHOOSERS = {"documents.read", "bibliography.read", "bibliography.export"}
"""Modules that choose among their folder's plugins, and so may ask `plugins` which there are."""

EDGES = {
    "api",
    "batch",
    "catalog",
    "cli",
    "encoder",
    "files",
    "inputs",
    "net",
    "outputs",
    "plugins",
    "review",
}
"""What may touch disk, net, clock or chance, beside the one call of pandoc."""

WORLD = {
    "requests", "urllib3", "urllib.request", "socket", "subprocess", "os", "tempfile", "shutil",
    "sqlite3", "random", "secrets", "time", "http.client", "ssl", "threading", "concurrent.futures",
}  # fmt: skip

PANDOC_CALL = "styles/pandoc.py"


def name_of(path: Path) -> str:
    """Return a module's dotted name below the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> set[str]:
    """Return the package's own modules that a file imports, dotted below the package."""
    names = {name_of(module) for module in MODULES}
    found = {
        name.removeprefix("refcheck.") for name in imports(path) if name.startswith("refcheck.")
    }
    return {name for name in found if name in names}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_stages_keep_to_themselves(path):
    """A stage imports the base and its own folder; the base imports only the base."""
    home = name_of(path).split(".")[0]
    for other in own_imports(path):
        top = other.split(".")[0]
        if home in STAGES:
            if other == "plugins" and name_of(path) in CHOOSERS:
                continue
            assert top in BASE | {home}, f"{name_of(path)} imports {other}"
        elif home in BASE:
            assert top in BASE, f"{name_of(path)} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_edges_touch_the_world(path):
    """Disk, net, clock and chance are reached through the edges alone."""
    home = name_of(path).split(".")[0]
    if home in EDGES or path == PACKAGE / PANDOC_CALL:
        return
    touched = WORLD & set(imports(path))
    assert not touched, f"{name_of(path)} imports {sorted(touched)}"
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {"open", "datetime.now", "date.today"}, (
                f"{name_of(path)} calls {called}"
            )


def test_imports_have_no_cycle():
    """No module imports, over whatever way, itself."""
    graph = {name_of(path): own_imports(path) - {name_of(path)} for path in MODULES}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name in done:
            return
        for other in sorted(graph.get(name, ())):
            visit(other, (*trail, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_caught_broadly(path):
    """No bare except, no `except Exception`: our own errors keep their traceback."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            assert caught, f"{name_of(path)}:{node.lineno}: bare except"
            names = set(caught.strip("()").replace(" ", "").split(","))
            assert not names & {"Exception", "BaseException"}, (
                f"{name_of(path)}:{node.lineno}: {caught}"
            )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_say_what_they_are_for(path):
    """Every module begins with a docstring."""
    assert ast.get_docstring(tree_of(path)), f"{name_of(path)} has no docstring"


def test_listing_is_the_pipeline():
    """The stage folders, by name, stand in the order in which a document passes them."""
    order = ["documents", "finders", "inquiry", "lookup", "matching", "styles", "writers"]
    assert order == sorted(order)
    assert all((PACKAGE / stage / "__init__.py").is_file() for stage in order)
