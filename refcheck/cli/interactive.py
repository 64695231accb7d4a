"""`refcheck fix --interactive`: through the open findings by keyboard, one question each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from refcheck.cli import terminal
from refcheck.cli.terminal import Paint
from refcheck.errors import RefcheckError
from refcheck.review.session import Review
from refcheck.writers import steps, view
from refcheck.writers.view import Item

KEYS = "1-9 accept, s search, p paste a DOI or address, x none, f fine, u undo, Enter next, q end"

Ask = Callable[[str], str]
Tell = Callable[[str], None]


def walk(review: Review, ask: Ask, tell: Tell, width: int, *, colour: bool) -> None:
    """Ask about every finding that is open and not decided yet; decisions are kept at once.

    ``ask`` shows a question and returns a line; `EOFError` ends the walk as ``q`` does.
    """
    paint = Paint(colour)
    names = list(review.names)
    at = 0
    while 0 <= at < len(names):
        name = names[at]
        item = review.item(name)
        if review.decision(name) or not (view.is_open(item) or view.is_incomplete(item)):
            at += 1
            continue
        for line in _shown(review, name, item, width, paint):
            tell(line)
        try:
            answer = ask(KEYS).strip()
            step = _act(review, name, answer, ask, tell)
        except EOFError:
            return
        except RefcheckError as error:
            tell(f"{error}")
            step = 0
        if step is None:
            return
        at = max(0, names.index(review.last)) if step < 0 and review.last in names else at + step


def _shown(review: Review, name: str, item: Item, width: int, paint: Paint) -> Iterator[str]:
    yield from terminal.place(item, width, paint)
    for number, match in enumerate(review.pool(name), 1):
        yield from terminal.candidate(match, f"{number:>3})", width, paint)
    for said in steps.advice(item, general=False):
        yield f"{paint('help', 'help')}: {said}"


def _act(review: Review, name: str, answer: str, ask: Ask, tell: Tell) -> int | None:
    """Do what was answered; return how far to go on: 1, 0 to ask again, -1 back, None to end."""
    if not answer:
        return 1
    if answer.replace(",", " ").replace(" ", "").isdecimal():
        numbers = [int(one) - 1 for one in answer.replace(",", " ").split()]
        several = review.item(name).finding.placeholder.slot == "list"
        review.decide(name, "accept", numbers if several else numbers[:1])
        return 1
    match answer[0].lower():
        case "q":
            return None
        case "x":
            review.decide(name, "reject")
            return 1
        case "f":
            review.decide(name, "fine", reason=answer[1:].strip() or ask("why").strip())
            return 1
        case "u":
            review.undo()
            return -1
        case "s":
            words = answer[1:].strip() or ask("search for").strip()
            for found in review.search(name, words) if words else ():
                tell(f"{found['source']}: {found.get('error') or len(found['candidates'])}")
        case "p":
            identifier = answer[1:].strip() or ask("DOI or address").strip()
            if identifier:
                number = review.paste(name, identifier)["number"]
                tell(f"it is number {number + 1} now")
        case _:
            tell(f"{answer!r} is none of the keys")
    return 0
