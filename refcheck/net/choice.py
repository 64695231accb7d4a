"""What a source lacks to be asked."""

from __future__ import annotations

from refcheck.model import Source
from refcheck.settings import Settings


def missing(source: Source, settings: Settings) -> str:
    """Name the setting, as in files, that a source cannot do without and that is not given."""
    if source.needs_setting and not getattr(settings, source.needs_setting):
        return source.needs_setting.replace("_", "-")
    return ""


def is_own(source: Source) -> bool:
    """Tell whether a source is the user's own (a library, the catalogue): it sends no request."""
    return not source.base and not source.base_setting and not source.homepage
