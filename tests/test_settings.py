"""Settings: what a further command is given to do the same work."""

from pathlib import Path

from refcheck.settings import Settings, as_options


def test_defaults_need_no_options():
    """A run with defaults is repeated without options."""
    assert as_options(Settings()) == ()


def test_what_was_given_is_repeated():
    """Lists are repeated one by one, truths are flags, paths are as they were given."""
    given = Settings(
        library=(Path("a.bib"), Path("b c.ris")), offline=True, suggest=3, out=Path("o")
    )
    assert as_options(given) == (
        "--library", "a.bib", "--library", "b c.ris", "--offline", "--suggest", "3", "--out", "o",
    )  # fmt: skip


def test_secrets_are_not_told():
    """Keys and addresses of one's own stand in no command."""
    given = Settings(
        openalex_api_key="secret", mailto="me@example.org", searxng_url="https://a.example"
    )
    assert as_options(given) == ()
