"""Sheets of paper, lying on their long side, in points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Paper = Literal["A0", "A1", "A2", "A3", "A4", "letter", "tabloid"]
_MM = 72 / 25.4
PAPERS: Mapping[Paper, tuple[float, float]] = {
    "A0": (1189 * _MM, 841 * _MM),
    "A1": (841 * _MM, 594 * _MM),
    "A2": (594 * _MM, 420 * _MM),
    "A3": (420 * _MM, 297 * _MM),
    "A4": (297 * _MM, 210 * _MM),
    "letter": (792.0, 612.0),
    "tabloid": (1224.0, 792.0),
}
NAMES: tuple[Paper, ...] = get_args(Paper)


def scale(paper: Paper) -> float:
    """How many times as wide as A4."""
    return PAPERS[paper][0] / PAPERS["A4"][0]
