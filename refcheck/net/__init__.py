"""The net: how fast, how safely sources are asked, and what is kept of their answers."""

from refcheck.net.http import Net

__all__ = ["Net"]
