"""What refcheck raises.

    RefcheckError
    ├── UsageError        the call cannot be carried out as asked (arguments, settings)
    │   ├── SettingsError     a settings file or variable says what cannot be
    │   └── UnknownName       no such source, style, format or rule; the nearest names are told
    ├── InputError        a file cannot be read as what it should be
    │   └── LibraryError      a bibliography of the user's has nothing readable in it
    ├── OutputError       a result cannot be written
    └── SourceError       a source could not be asked; caught once, where sources are driven
        ├── SourceBusy        it says in its own words that it wants to be asked later
        └── SourceRefusal     it will not answer this, however often it is asked
            └── NotUnderstood     another question it may answer, or a part of this one

Every message is one line that says what, where and what to do.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class RefcheckError(Exception):
    """The root: anything that a caller or the world did wrong, said in one line."""


class UsageError(RefcheckError):
    """The call cannot be carried out as it was asked."""


class SettingsError(UsageError):
    """A settings file or an environment variable holds what cannot be used."""


class UnknownName(UsageError):
    """A name was given that nothing answers to."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = sorted(set(known))
        near = get_close_matches(name, names, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"known are: {', '.join(names)}"
        super().__init__(f"there is no {what} named {name!r}; {hint}")


class InputError(RefcheckError):
    """A file cannot be read, or not as what it should be."""


class LibraryError(InputError):
    """A library holds nothing that can be read."""


class OutputError(RefcheckError):
    """A result cannot be written."""


class SourceError(RefcheckError):
    """A source could not be asked, or answered what it does not answer when it is well.

    That is never the same as "the source knows nothing of it". ``passing`` says that it may be
    otherwise when asked again.
    """

    passing = True


class SourceBusy(SourceError):
    """A source says in the body of its reply that it wants to be asked later, in ``after_s``."""

    def __init__(self, message: str, after_s: float) -> None:
        super().__init__(message)
        self.after_s = after_s


class SourceRefusal(SourceError):
    """A source will not answer this, however often it is asked."""

    passing = False


class NotUnderstood(SourceRefusal):
    """A source did not understand a question: another it may answer, or a part of this one."""
