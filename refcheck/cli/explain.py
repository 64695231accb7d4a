"""`refcheck explain RULE`: the page of a rule, which is its module's docstring."""

from __future__ import annotations

import inspect

import click


@click.command("explain", epilog="Example:  refcheck explain RC201", short_help="a rule's page")
@click.argument("rule", required=False, metavar="RULE")
def command(rule: str | None) -> None:
    """Print a rule's page: what it finds, why it matters, an example, its limits.

    RULE is a code (RC201) or a name (link-placeholder); without it, all rules are listed.
    """
    from refcheck import plugins
    from refcheck.errors import UnknownName

    finders = sorted(plugins.finders().values(), key=lambda finder: finder.rule)
    if rule is None:
        for finder in finders:
            page = inspect.getdoc(inspect.getmodule(finder.find)) or ""
            click.echo(page.splitlines()[0] if page else f"{finder.rule} {finder.name}")
        return
    for finder in finders:
        if rule.upper() == finder.rule or rule.lower() == finder.name:
            click.echo(inspect.getdoc(inspect.getmodule(finder.find)))
            return
    raise UnknownName(
        "rule", rule, [name for finder in finders for name in (finder.rule, finder.name)]
    )
