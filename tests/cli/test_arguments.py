"""Where settings come from, and what is said of a wrong one."""

from pathlib import Path

import pytest

from refcheck import settings
from refcheck.cli.arguments import read_settings
from refcheck.cli.init import commented
from refcheck.errors import SettingsError


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_the_command_line_beats_the_environment_and_that_the_file():
    """Each setting is taken from the nearest place that has it."""
    Path("refcheck.toml").write_text('style = "file"\nlang = "de-DE"\nsuggest = 3\n')
    found = read_settings(
        {"suggest": 7, "style": None}, {"REFCHECK_STYLE": "environment", "OTHER": "x"}
    )
    assert (found.suggest, found.style, found.lang) == (7, "environment", "de-DE")


def test_a_project_file_has_its_table():
    """`[tool.refcheck]` of pyproject.toml counts; paths in it are relative to it."""
    Path("pyproject.toml").write_text('[tool.refcheck]\nlibrary = ["own.bib"]\noffline = true\n')
    found = read_settings({}, {})
    assert found.offline
    assert found.library == (Path.cwd() / "own.bib",)


def test_options_that_were_not_given_change_nothing():
    """None and an empty tuple are what the shell gives for an option that is not there."""
    assert (
        read_settings({"library": (), "offline": None, "paths": ("a",)}, {}) == settings.Settings()
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('stile = "apa"', r"refcheck\.toml: there is no setting `stile`; did you mean `style`\?"),
        ("suggest = -1", "`suggest` takes a whole number, not -1"),
        ("suggest = 2.5", "`suggest` takes a whole number, not 2.5"),
        ('offline = "perhaps"', "`offline` takes true or false, not 'perhaps'"),
        ("library = 3", "`library` takes a list of texts, not 3"),
        ("style = ", "is no valid TOML"),
        ('lang = "xx-nosuch"', "`lang` takes a locale, as in en-US or de-DE, not 'xx-nosuch'"),
    ],
)
def test_a_wrong_setting_is_told_with_its_place(text, said):
    """The file, the setting, what it takes, and the nearest name."""
    Path("refcheck.toml").write_text(text)
    with pytest.raises(SettingsError, match=said):
        read_settings({}, {})


def test_a_wrong_variable_is_told_by_name():
    """The environment is checked as a file is."""
    with pytest.raises(SettingsError, match="REFCHECK_PACE: `pace` takes a number, not 'fast'"):
        read_settings({}, {"REFCHECK_PACE": "fast"})


def test_a_misspelt_variable_is_told_and_those_of_others_are_left_alone():
    """REFCHECK_MAILTOO was meant for us; REFCHECK_DATA may be anybody's."""
    with pytest.raises(SettingsError, match=r"REFCHECK_MAILTOO: .* did you mean `mailto`\?"):
        read_settings({}, {"REFCHECK_MAILTOO": "ed@example.org"})
    assert read_settings({}, {"REFCHECK_DATA": "/data"}) == settings.Settings()


def test_keys_are_never_shown():
    """A settings object can be printed without giving a key away."""
    found = read_settings({}, {"REFCHECK_OPENALEX_API_KEY": "geheim"})
    assert found.openalex_api_key == "geheim"
    assert "geheim" not in repr(found)


def test_the_commented_file_holds_every_default():
    """With the comment signs taken away, `refcheck init`'s file is valid and changes nothing."""
    lines = [
        line[2:] for line in commented().splitlines() if " = " in line and line.startswith("# ")
    ]
    assert len(lines) == len(settings.knobs())
    Path("refcheck.toml").write_text("\n".join(line for line in lines if not line.endswith('""')))
    assert read_settings({}, {}) == settings.Settings()
