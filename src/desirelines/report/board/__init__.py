"""One map drawn once, in marks, and from these as SVG, PDF and a page that holds everything."""

from __future__ import annotations

from desirelines.report.board.along import FORMS, Along, Form, Taken, form_of, take_along, wall_of
from desirelines.report.board.layout import Order, draw, smallest
from desirelines.report.board.papers import PAPERS, Paper
from desirelines.report.board.pdf import pdf
from desirelines.report.board.svg import svg

__all__ = [
    "FORMS",
    "PAPERS",
    "Along",
    "Form",
    "Order",
    "Paper",
    "Taken",
    "draw",
    "form_of",
    "pdf",
    "smallest",
    "svg",
    "take_along",
    "wall_of",
]
