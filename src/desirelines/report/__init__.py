"""What goes on paper: one journey for a board as pages of text, one map as a drawing, in every form it is taken along."""

from __future__ import annotations

from desirelines.report.board import (
    FORMS,
    PAPERS,
    Along,
    Form,
    Order,
    Paper,
    Taken,
    draw,
    form_of,
    pdf,
    smallest,
    svg,
    take_along,
    wall_of,
)
from desirelines.report.content import Report, gather
from desirelines.report.paper import render

__all__ = [
    "FORMS",
    "PAPERS",
    "Along",
    "Form",
    "Order",
    "Paper",
    "Report",
    "Taken",
    "draw",
    "form_of",
    "gather",
    "pdf",
    "render",
    "smallest",
    "svg",
    "take_along",
    "wall_of",
]
