"""What is proposed next, of several places and of one."""

from refcheck.model import Ambiguous, Document, Finding, Placeholder, Resolved, Span, Unresolved
from refcheck.record import Record
from refcheck.writers import steps
from refcheck.writers.view import Item
from tests.writers.sample import match

OPEN = Unresolved("not_found")
FOUND = match(Record(title="A work", doi="10.1000/182"), 0.9, "crossref")


def item(resolution, *options, name="a.md", start=0):
    """Make a place with an outcome, of a run with these options."""
    place = Placeholder("RC203", "marker", "citation_marker", Span(start, start + 3))
    document = Document(name, "markdown", "[x] [x] [x]")
    return Item(document, Finding(place, resolution), options=options)


def test_to_ask_whom_nobody_asked_comes_first():
    """A failure is asked again; a run without the net is done again with it."""
    failed = item(Unresolved("source_failed"))
    assert steps.next_step([item(OPEN), failed]) == ("ask again", "refcheck fix a.md")
    assert steps.next_step([item(OPEN, "--offline"), item(Ambiguous((FOUND,)), "--offline")]) == (
        "ask the public sources",
        "refcheck fix a.md",
    )


def test_several_open_places_are_gone_through():
    """One place has a command of its own; what came through a pipe cannot be walked through."""
    several = [item(OPEN), item(Ambiguous((FOUND,)), start=4)]
    assert steps.next_step(several) == ("go through them", "refcheck fix a.md --interactive")
    assert steps.next_step(several[1:]) == (
        "choose one", "refcheck fix a.md --pin 1:5=10.1000/182",
    )  # fmt: skip
    assert "--interactive" not in steps.next_step([item(OPEN, name="-")] * 2)[1]
    assert steps.next_step([item(Resolved(FOUND))]) == ("", "")


def test_another_choice_takes_the_place_of_the_one_before():
    """A place is pinned once; what was chosen for others stays."""
    again = item(OPEN, "--pin", "1:1=10.1000/1", "--pin", "1:5=10.1000/2")
    assert steps.command(again, FOUND) == (
        "refcheck fix a.md --pin 1:5=10.1000/2 --pin 1:1=10.1000/182"
    )
