"""Whom to ask."""

import pytest

from refcheck.errors import UnknownName
from refcheck.inquiry import choose
from refcheck.model import Query, Source
from refcheck.settings import Settings


def nothing(queries):
    yield from ()
    return tuple(() for _ in queries)


SOURCES = {
    "news": Source("https://a.example", nothing, frozenset({"news"}), "news"),
    "off": Source(
        "https://b.example", nothing, frozenset({"news"}), "off by default", default=False
    ),
    "mine": Source(
        "",
        nothing,
        frozenset({"news"}),
        "a server of one's own",
        needs_setting="searxng_url",
        base_setting="searxng_url",
    ),
    "papers": Source(
        "https://c.example",
        nothing,
        frozenset({"topic"}),
        "papers",
        types=frozenset({"article-journal"}),
    ),
    "library:own.bib": Source("", nothing, frozenset({"news", "topic"}), "own"),
}


@pytest.mark.parametrize(
    ("settings", "on"),
    [
        (Settings(), {"news", "papers"}),
        (Settings(source=("off",)), {"news", "papers", "off"}),
        (Settings(no_source=("news",)), {"papers"}),
        (Settings(only_source=("off",)), {"off"}),
        (Settings(searxng_url="https://s.example"), {"news", "papers", "mine"}),
    ],
)
def test_what_is_on(settings, on):
    """Defaults and what is named; the user's own is always asked."""
    assert set(choose.enabled(SOURCES, settings)) == on | {"library:own.bib"}


def test_an_unknown_source_is_told_with_the_nearest():
    """A slip of the pen is answered with what was probably meant."""
    with pytest.raises(UnknownName, match="did you mean news"):
        choose.enabled(SOURCES, Settings(no_source=("newz",)))


def test_questions_go_to_who_understands_them():
    """By what is wanted, by type, and the user's own apart from the public."""
    assert choose.sources_for(Query("news"), SOURCES, "own") == ["library:own.bib"]
    assert choose.sources_for(Query("topic", types=("report",)), SOURCES, "public") == []
    assert choose.sources_for(
        Query("topic", types=("report", "article-journal")), SOURCES, "public"
    ) == ["papers"]


def test_advice_names_who_else_could_be_asked():
    """What is off, what lacks a setting, and what failed."""
    said = choose.advice("news", {"news"}, SOURCES, {"news"})
    assert said == (
        "could not ask news: run the same command again later",
        "ask sources that are off by default too: --source off",
        "more could be asked with one of these set: REFCHECK_SEARXNG_URL",
    )


def test_offline_nobody_is_named():
    """Who has chosen to ask nobody is not told whom else to ask."""
    assert choose.advice("news", (), SOURCES, (), offline=True) == ()
