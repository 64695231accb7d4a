"""Whom to ask: which sources are on, which of them understand a question, which could be asked too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from refcheck.errors import UnknownName
from refcheck.inquiry.rounds import Scope
from refcheck.model import Query, Source, Want
from refcheck.settings import Settings


def enabled(sources: Mapping[str, Source], settings: Settings) -> dict[str, Source]:
    """Return the sources that a run may ask: those on by default or named, none that is switched off.

    Raises `UnknownName` for a name that no source has. A source that needs a setting (a key, a
    server of one's own) is on where that is given.
    """
    for name in (*settings.source, *settings.only_source, *settings.no_source):
        if name not in sources:
            raise UnknownName("source", name, sources)
    on = {}
    for name, source in sources.items():
        ready = not source.needs_setting or bool(getattr(settings, source.needs_setting, ""))
        named = name in settings.source or name in settings.only_source
        wanted = name in settings.only_source if settings.only_source else source.default or named
        if source.is_own or (wanted and ready and name not in settings.no_source):
            on[name] = source
    return on


def sources_for(
    query: Query, sources: Mapping[str, Source], scope: Scope, names: tuple[str, ...] = ()
) -> list[str]:
    """Return the names of the sources to put a query to, in their order; of ``names`` if given."""
    return [
        name
        for name, source in sources.items()
        if query.want in source.wants
        and (not names or name in names)
        and source.is_own == (scope == "own")
        and (not query.types or not source.types or bool(set(query.types) & source.types))
    ]


def advice(
    want: Want,
    on: Iterable[str],
    known: Mapping[str, Source],
    failed: Iterable[str],
    *,
    offline: bool = False,
) -> tuple[str, ...]:
    """Say which further sources could be asked for what stayed open, and how.

    Who has chosen to ask nobody is told nothing of it. What ends in ``: --source …`` is to be done
    by running again with these options.
    """
    if offline:
        return ()
    said = []
    if down := sorted(failed):
        said.append(f"could not ask {', '.join(down)}: run the same command again later")
    asked = set(on)
    off = [
        n
        for n, source in known.items()
        if want in source.wants and n not in asked and not source.is_own
    ]
    if switched := [name for name in off if not known[name].needs_setting]:
        flags = " ".join(f"--source {name}" for name in switched)
        said.append(f"ask sources that are off by default too: {flags}")
    settings = [
        f"REFCHECK_{known[name].needs_setting.upper()}" for name in off if known[name].needs_setting
    ]
    if settings:
        said.append(f"more could be asked with one of these set: {', '.join(settings)}")
    return tuple(said)
