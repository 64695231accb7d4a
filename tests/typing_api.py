"""The public names, used as a user would; mypy --strict reads it, nothing runs it."""

from pathlib import Path

from refcheck import (
    Document,
    Placeholder,
    Record,
    RefcheckError,
    Report,
    Resolution,
    Settings,
    check,
    export,
    fix,
)


def call() -> tuple[Report, Report, str]:
    """Check, fix and export; an error of the caller's is one that can be caught."""
    settings = Settings(offline=True, library=(Path("own.bib"),), suggest=3)
    report: Report = check(["article.md", Path("docs")], settings)
    written: Report = fix(["article.md"])
    try:
        bibliography: str = export("article.md", "bibtex", settings)
    except RefcheckError as error:
        bibliography = str(error)
    return report, written, bibliography


def open_places(report: Report) -> list[tuple[str, str]]:
    """Name what is still open, as a caller's own code might."""
    out = []
    for part in report.documents:
        document: Document = part.document
        for finding in part.findings:
            placeholder: Placeholder = finding.placeholder
            resolution: Resolution = finding.resolution
            if resolution.status in {"unresolved", "ambiguous", "suggested"}:
                out.append((placeholder.rule, document.slice(placeholder.span)))
    return out


def titles(records: tuple[Record, ...]) -> list[str]:
    """Read a field of a record."""
    return [record.title for record in records]
