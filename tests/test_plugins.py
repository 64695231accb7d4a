"""Sources of the user's own: found by their file, and told in one line where they cannot be used."""

import pytest

from refcheck import plugins
from refcheck.errors import SettingsError

GOOD = """
from refcheck.model import Source

SOURCE = Source("https://api.example.org", lambda queries: iter(()), frozenset({"work"}), "tests")
"""


def test_a_file_of_a_folder_is_a_source(tmp_path):
    """Its name is that of the file; a file without a source may stand beside it."""
    (tmp_path / "open_shelf.py").write_text(GOOD, encoding="utf-8")
    (tmp_path / "helper.py").write_text("SHAPE = 1\n", encoding="utf-8")
    assert list(plugins.sources_in(tmp_path)) == ["open-shelf"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SOURCE = (", "SyntaxError"),
        ("import no_such_module_anywhere", "no_such_module_anywhere"),
        ("SOURCE = nothing", "nothing"),
        ("SOURCE = 1 / 0", "ZeroDivisionError"),
        ("SOURCE = 'openshelf'", "refcheck.model.Source"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_named(tmp_path, text, said):
    """The line names the file, what is wrong with it, and what to do."""
    (tmp_path / "mine.py").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"mine\.py cannot be loaded") as told:
        plugins.sources_in(tmp_path)
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    """A folder that the settings name wrongly is told with its setting."""
    with pytest.raises(SettingsError, match="source-folder"):
        plugins.sources_in(tmp_path / "none")


def test_an_installed_package_brings_a_source(tmp_path, monkeypatch):
    """A source that a package names among its entry points stands among the others, by that name."""
    (tmp_path / "open_shelf.py").write_text(GOOD, encoding="utf-8")
    told = tmp_path / "open_shelf-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Name: open-shelf\nVersion: 1.0\n", encoding="utf-8")
    (told / "entry_points.txt").write_text(
        "[refcheck.sources]\nopen-shelf = open_shelf\nshelved = open_shelf:SOURCE\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    plugins.sources.cache_clear()
    try:
        found = plugins.sources()
    finally:
        plugins.sources.cache_clear()
    assert found["open-shelf"].base == found["shelved"].base == "https://api.example.org"
    assert "crossref" in found
