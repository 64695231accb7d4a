"""One document under review: its findings, what was decided, and what comes of it.

Every decision is on the disk before it is answered, so a crash or a reload loses nothing. Only one
thread at a time decides; searches run beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from refcheck import api, files, inputs, outputs, pipeline
from refcheck.errors import UsageError
from refcheck.inquiry import choose
from refcheck.model import (
    Candidate,
    DocumentReport,
    Failed,
    Finding,
    Going,
    Match,
    Query,
    Report,
    Want,
)
from refcheck.record import from_csl, to_csl
from refcheck.review import decisions, telling
from refcheck.review.decisions import Decision
from refcheck.settings import Settings
from refcheck.writers import foreign, steps, view, wording
from refcheck.writers.view import Item


class Review:
    """A document with its findings and the decisions on them. Close it in the end."""

    def __init__(self, path: Path, settings: Settings, now: datetime) -> None:
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._path, self._settings, self._now = path, settings, now
        self._style = api.style_of(settings)
        self._sources, self._net, _ = self._stack.enter_context(api.sources_for(settings, now))
        self._document = inputs.open_document(path)
        self._decisions: tuple[Decision, ...] = ()
        self._kept = decisions.beside(path)
        if self._kept.exists():
            self._decisions = decisions.load(files.read(self._kept), str(self._kept))
        self._found: tuple[Finding, ...] = ()
        self._names: tuple[str, ...] = ()
        self._pools: dict[str, list[Match]] = {}
        self.last = ""
        """The finding of the last decision that was taken back."""

    def ask(self) -> None:
        """Find what is missing and ask the sources; takes as long as `fix` does."""
        report = pipeline.run(
            [self._document],
            sources=self._sources,
            net=self._net,
            style=self._style,
            settings=self._settings,
            now=self._now,
        )
        part = report.documents[0]
        self._found, self._names = part.findings, view.fingerprints(part)
        for name, item in zip(self._names, view.items(part), strict=True):
            self._pools[name] = [*filter(None, (item.chosen,)), *item.others]
        for one in self._decisions:
            if one.finding in self._pools:
                self._offer(one.finding, one.matches)

    def close(self) -> None:
        """Close what is open to the sources."""
        self._stack.close()

    @property
    def name(self) -> str:
        """The document's path."""
        return self._document.name

    @property
    def names(self) -> tuple[str, ...]:
        """The fingerprints of the findings, in their order."""
        return self._names

    def going(self) -> Going:
        """Tell how far the asking has come, for progress."""
        return self._net.going()

    def part(self) -> DocumentReport:
        """Return the document as it would be written now.

        A suggestion is put in only where a person took it.
        """
        held = decisions.latest(self._decisions)
        return decisions.compose(self.original(), held, self._style, self._settings)

    def original(self) -> DocumentReport:
        """Return the document with its findings as they were found."""
        return DocumentReport(self._document, self._found)

    def state(self) -> dict[str, Any]:
        """Return everything that the page shows beside the article."""
        return {
            "findings": [self.finding(name) for name in self._names],
            **self.preview(),
        }

    def preview(self) -> dict[str, Any]:
        """Return what comes of the decisions: reference list, edits, counts."""
        part = self.part()
        document = self._document
        counts = view.count(view.items(part))
        fine = len(self._found) - len(part.findings)
        return {
            "bibliography": [
                "".join(run.text for run in one.reference) for one in part.bibliography
            ],
            "edits": [
                {
                    "line": document.place(edit.span.start)[0],
                    "old": document.slice(edit.span),
                    "new": edit.text,
                }
                for edit in view.own_edits(part)
            ],
            "counts": {**counts, "resolved": counts["resolved"] + fine},
            "undo": bool(self._decisions),
        }

    def finding(self, name: str) -> dict[str, Any]:
        """Return one finding with its candidates and the decision on it."""
        item = self.item(name)
        held = self.decision(name)
        pool = self._pools[name]
        line, column = item.place
        return {
            "id": name,
            "rule": item.finding.placeholder.rule,
            "line": line,
            "column": column,
            **telling.excerpt(item),
            "differences": telling.differences(item),
            "message": wording.capitalised(wording.message(item)),
            "status": wording.status(item),
            "state": view.standing(item),
            "advice": list(steps.advice(item)),
            "several": item.finding.placeholder.slot == "list",
            "decision": held
            and {
                "action": held.action,
                "reason": held.reason,
                "chosen": [pool.index(one) for one in held.matches if one in pool],
            },
            "candidates": [self.candidate(name, number) for number in range(len(pool))],
        }

    def item(self, name: str) -> Item:
        """Return a finding as it was found. Raises `UsageError` for a name that is none."""
        self._pool(name)
        return Item(self._document, self._found[self._names.index(name)])

    def pool(self, name: str) -> tuple[Match, ...]:
        """Return the candidates of a finding, in the order of their numbers."""
        return tuple(self._pool(name))

    def decision(self, name: str) -> Decision | None:
        """Return the decision that holds for a finding."""
        return decisions.latest(self._decisions).get(name)

    def candidate(self, name: str, number: int) -> dict[str, Any]:
        """Return one candidate of a finding as the page shows it."""
        return telling.candidate(number, self._pools[name][number])

    def decide(
        self, name: str, action: decisions.Action, numbers: Sequence[int] = (), reason: str = ""
    ) -> dict[str, Any]:
        """Take a decision and keep it; return the finding and what comes of it."""
        with self._lock:
            pool = self._pool(name)
            if any(not 0 <= number < len(pool) for number in numbers):
                raise UsageError("there is no such candidate; reload the page")
            if action == "accept" and not numbers:
                raise UsageError("choose a candidate to accept")
            matches = tuple(pool[number] for number in numbers) if action == "accept" else ()
            self._keep((*self._decisions, Decision(name, action, _now(), matches, reason)))
            return {"finding": self.finding(name), **self.preview()}

    def undo(self) -> dict[str, Any]:
        """Take the last decision back; return the finding it was about."""
        with self._lock:
            if not self._decisions:
                raise UsageError("there is nothing to undo")
            last = self._decisions[-1]
            self._keep(self._decisions[:-1])
            self.last = last.finding
            known = last.finding in self._pools
            return {"finding": self.finding(last.finding) if known else None, **self.preview()}

    def edit(self, name: str, number: int, fields: dict[str, str]) -> dict[str, Any]:
        """Offer a candidate anew with fields that a person set, and accept it."""
        with self._lock:
            pool = self._pool(name)
            if not 0 <= number < len(pool):
                raise UsageError("there is no such candidate; reload the page")
            old = pool[number]
            item = to_csl(old.candidate.record)
            for key, text in fields.items():
                if key not in telling.EDITABLE:
                    raise UsageError(f"`{key}` cannot be edited here")
                item[key] = telling.read(key, foreign.line(text))
            record = from_csl({key: value for key, value in item.items() if value})
            new = replace(old, candidate=telling.by_person(old.candidate, record, _now()))
            number = self._offer(name, (new,))
        return self.decide(name, "accept", (number,))

    def paste(self, name: str, identifier: str) -> dict[str, Any]:
        """Look up a DOI, an address or an ISBN and offer what it names."""
        item = self.item(name)
        outcome = pipeline.reconsider(
            self._document,
            item.finding.placeholder,
            identifier.strip(),
            sources=self._sources,
            net=self._net,
            settings=self._settings,
        )
        offered = replace(item, finding=replace(item.finding, resolution=outcome))
        found = tuple(filter(None, (offered.chosen, *offered.others)))
        if not found:
            raise UsageError(f"{wording.message(offered)}; is it written rightly?")
        with self._lock:
            number = self._offer(name, found[:1])
            return {"finding": self.finding(name), "number": number}

    def search(self, name: str, words: str) -> Iterator[dict[str, Any]]:
        """Ask the sources for other words; give each one's answers as they come."""
        item = self.item(name)
        kind = item.finding.placeholder.kind
        want: Want = (
            "news"
            if kind in {"link_placeholder", "dummy_url"}
            else "topic"
            if kind == "bibliography_placeholder"
            else "work"
        )
        query = Query(want, text=words, title=words if want == "work" else "", limit=5)
        names = [
            source
            for scope in ("own", "public")
            for source in choose.sources_for(query, self._sources, scope)
        ]
        if not names:
            yield {"source": "", "error": "no source that is on takes such questions"}
            return
        self._net.start()
        with ThreadPoolExecutor(len(names)) as pool:
            asked = {pool.submit(self._net.ask, [(source, query)]): source for source in names}
            for done in as_completed(asked):
                yield self._answer(name, asked[done], done.result()[0])

    def _answer(self, name: str, source: str, outcome: Any) -> dict[str, Any]:
        if isinstance(outcome, Failed):
            return {"source": source, "error": "could not be asked"}
        found = [one for one in outcome.answers if isinstance(one, Candidate)]
        item = self.item(name)
        verdict = pipeline.judge(
            self._document, item.finding.placeholder, found, self._settings, self._now
        )
        judged = replace(item, finding=replace(item.finding, resolution=verdict))
        matches = tuple(filter(None, (judged.chosen, *judged.others)))
        known = {one.candidate.record for one in matches}
        rest = tuple(Match(one, 0.0) for one in found if one.record not in known)
        with self._lock:
            numbers = [self._offer(name, (one,)) for one in (*matches, *rest)]
            return {
                "source": source,
                "candidates": [self.candidate(name, number) for number in dict.fromkeys(numbers)],
            }

    def write(self) -> list[str]:
        """Write the files that `fix` writes, with what was decided; return their paths."""
        with self._lock:
            report = Report((self.part(),), self._net.states(), self._settings.style, self._now)
            done = outputs.write(report, [self._path], [], self._settings)
            return [path for path, _ in done.documents[0].written]

    def _pool(self, name: str) -> list[Match]:
        if name not in self._pools:
            raise UsageError("there is no such finding; reload the page")
        return self._pools[name]

    def _offer(self, name: str, matches: Sequence[Match]) -> int:
        """Add candidates that are not offered yet; return the number of the last."""
        pool = self._pool(name)
        number = 0
        for match in matches:
            same = [
                n for n, one in enumerate(pool) if one.candidate.record == match.candidate.record
            ]
            if not same:
                pool.append(match)
            number = same[0] if same else len(pool) - 1
        return number

    def _keep(self, taken: tuple[Decision, ...]) -> None:
        files.write(self._kept, decisions.dump(taken))
        self._decisions = taken


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
