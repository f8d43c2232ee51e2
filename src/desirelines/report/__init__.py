"""One journey on paper, for a board: what the cockpit and the map show, as a PDF of vectors."""

from __future__ import annotations

from desirelines.report.content import Report, gather
from desirelines.report.paper import render

__all__ = ["Report", "gather", "render"]
