"""Finds the references an article still lacks, looks them up, and says which it could not.

    from refcheck import check, fix, Settings

    report = fix(["article.md"], Settings(library=(Path("own.bib"),)))
    for part in report.documents:
        for finding in part.findings:
            print(finding.placeholder.name, finding.resolution.status)

`check` and `fix` take paths and return a `Report`; `export` returns a bibliography as text. What a
caller or the world does wrong is raised as `RefcheckError`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refcheck.api import check as check
    from refcheck.api import export as export
    from refcheck.api import fix as fix
    from refcheck.errors import RefcheckError as RefcheckError
    from refcheck.model import Document as Document
    from refcheck.model import Placeholder as Placeholder
    from refcheck.model import Report as Report
    from refcheck.model import Resolution as Resolution
    from refcheck.record import Record as Record
    from refcheck.settings import Settings as Settings

__version__ = "0.1.0"

_HOMES = {
    "check": "api",
    "fix": "api",
    "export": "api",
    "Settings": "settings",
    "Document": "model",
    "Placeholder": "model",
    "Record": "record",
    "Resolution": "model",
    "Report": "model",
    "RefcheckError": "errors",
}

__all__ = [
    "Document", "Placeholder", "Record", "RefcheckError", "Report", "Resolution", "Settings",
    "check", "export", "fix",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load a public name when it is first used, so that the command line starts at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'refcheck' has no attribute {name!r}")
    return getattr(import_module(f"refcheck.{_HOMES[name]}"), name)
