"""`refcheck sources`: whom refcheck can ask, what for, within which limits, and who answers now."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from refcheck import plugins
from refcheck.cli import arguments
from refcheck.model import Answered, Failed, Query, Source
from refcheck.settings import Settings

if TYPE_CHECKING:
    from refcheck.net.http import Net

PROBES = {
    "work": Query("work", title="Deep Residual Learning for Image Recognition", author=("Kaiming He",), year=2016, limit=3),
    "topic": Query("topic", text="electric vehicle market", limit=3),
    "news": Query("news", text="electric vehicle", language="en", limit=3),
    "entity": Query("entity", text="Xiaomi", language="en", limit=1),
    "page": Query("page", url="https://www.iea.org/reports/global-ev-outlook-2024"),
    "archive": Query("archive", url="https://www.iea.org/reports/global-ev-outlook-2024", limit=1),
}  # fmt: skip
"""A small question of each kind, to which every source that is well can say something."""
BY_NAME = Query("work", identifier="10.1109/cvpr.2016.90", limit=1)
"""For a source that knows works by their DOI alone."""


@click.command(
    "sources",
    epilog="Example:  refcheck sources --probe",
    short_help="the sources and their limits",
)
@click.option("--probe", is_flag=True, help="put one small question to each that is on")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="form of the list"
)
@arguments.setting_options("source", "only-source", "no-source", "source-folder", "cache-folder")
def command(probe: bool, form: str, **given: Any) -> None:
    """List the sources: what each is for, its key, its limits, and what of today's is left.

    With --probe each that is on is asked one small question. Exit status 3 where one did not answer.
    """
    settings = arguments.read_settings(given)
    known = dict(plugins.sources())
    if settings.source_folder:
        known |= plugins.sources_in(settings.source_folder)
    from refcheck.inquiry import choose

    on = choose.enabled(known, settings)
    budgets = _budgets(known, settings)
    probed = _probe(on, settings) if probe else {}
    rows = [_row(name, known[name], name in on, settings, budgets, probed) for name in known]
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=1))
    else:
        _table(rows)
    if any(row.get("answers") is False for row in rows):
        raise click.exceptions.Exit(3)


def _row(
    name: str,
    source: Source,
    on: bool,
    settings: Settings,
    budgets: Mapping[str, float],
    probed: Mapping[str, tuple[bool, str]],
) -> dict[str, Any]:
    """Say of a source what a reader wants to know; of a key only whether it is there."""
    key = source.key_setting or source.needs_setting
    row: dict[str, Any] = {
        "name": name,
        "on": on,
        "purpose": source.purpose,
        "wants": sorted(source.wants),
        "limits": source.limits,
        "homepage": source.homepage,
        "setting": f"REFCHECK_{key.upper()}" if key else "",
        "setting_given": bool(key and getattr(settings, key)),
        "needs_setting": bool(source.needs_setting),
    }
    if name in budgets:
        row["left_today"] = round(budgets[name] / source.daily_budget, 3)
    if name in probed:
        row["answers"], row["answer"] = probed[name]
    return row


def _budgets(sources: Mapping[str, Source], settings: Settings) -> dict[str, float]:
    from refcheck.net.cache import folder
    from refcheck.net.limits import Pace

    with closing(Pace(folder(settings.cache_folder))) as pace:
        return {
            name: pace.left(source.shares or name, source.daily_budget)
            for name, source in sources.items()
            if source.daily_budget and not getattr(settings, source.key_setting, "")
        }


def _probe(on: Mapping[str, Source], settings: Settings) -> dict[str, tuple[bool, str]]:
    """Ask each source, past the cache; say whether it answered, and how long all took together.

    Nothing is said of a source that had nothing to ask for any of these questions.
    """
    from refcheck.net.http import Net

    fresh = replace(settings, no_cache=True, offline=False, deadline_s=30.0)
    questions = [
        (name, next(PROBES[want] for want in PROBES if want in source.wants))
        for name, source in on.items()
    ]
    with closing(Net(on, fresh)) as net:
        began = time.monotonic()
        outcomes = [one for one in net.ask(questions) if _was_asked(one, net)]
        left = on.keys() - {one.source for one in outcomes}
        again = [(name, BY_NAME) for name in on if name in left and "work" in on[name].wants]
        outcomes += [one for one in net.ask(again) if _was_asked(one, net)]
        took = time.monotonic() - began
    return {
        one.source: (True, f"answers ({len(one.answers)} found; all within {took:.0f} s)")
        if isinstance(one, Answered)
        else (False, one.message)
        for one in outcomes
    }


def _was_asked(outcome: Answered | Failed, net: Net) -> bool:
    """Tell whether a source sent a request for its question, or had its answer without one."""
    if isinstance(outcome, Failed) or outcome.answers:
        return True
    return any(state.requests for state in net.states() if state.name == outcome.source)


def _table(rows: list[dict[str, Any]]) -> None:
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        state = "on " if row["on"] else "off"
        click.echo(f"{row['name']:<{width}}  {state}  {row['purpose']}")
        gap = " " * (width + 7)
        if row["limits"]:
            left = f"; {row['left_today']:.0%} of today's left" if "left_today" in row else ""
            click.echo(f"{gap}{row['limits']}{left}")
        if row["setting"]:
            need = "needs" if row["needs_setting"] else "takes"
            given = "given" if row["setting_given"] else "not given"
            click.echo(f"{gap}{need} {row['setting']} ({given})")
        if "answer" in row:
            click.echo(f"{gap}{row['answer']}")
