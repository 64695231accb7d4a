"""Why a source could not be asked, where the net itself is the reason."""

from refcheck.errors import SourceError


class Refused(SourceError):
    """An address leads to where nobody asked to go."""


class TooMuch(SourceError):
    """A reply is larger or slower than it may be."""


class Unreachable(SourceError):
    """No connection could be made: no network, no such host, or nobody there."""


class OutOfTime(SourceError):
    """A limit would have us wait longer than the run may take."""


class Offline(SourceError):
    """Nothing is asked, and the cache does not have it."""
