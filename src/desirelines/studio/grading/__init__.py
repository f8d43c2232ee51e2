"""How well each cell of a map is known, and what to find out next."""

from __future__ import annotations

from desirelines.studio.grading.evidence import grade_map
from desirelines.studio.grading.nouns import FindOut, GradedMap, MapCell

__all__ = ["FindOut", "GradedMap", "MapCell", "grade_map"]
