"""Desirelines holds the journey a brand intends against the journeys its customers live."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

__all__ = ["Book", "__version__", "open"]

_LAZY = {"open": "open_book", "Book": "Book"}


def __getattr__(name: str) -> Any:
    """`desirelines.open(folder)`; what it needs is loaded when it is first asked for."""
    if name in _LAZY:
        return getattr(import_module("desirelines.notebook"), _LAZY[name])
    raise AttributeError(f"module 'desirelines' has no attribute {name!r}")
