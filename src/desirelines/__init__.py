"""Desirelines holds the journey a brand intends against the journeys its customers live."""

from __future__ import annotations

__version__ = "0.1.0"
