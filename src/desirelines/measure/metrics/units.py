"""The units of a figure, for who estimates from them: two sides of a comparison."""

from __future__ import annotations

from desirelines.measure.mapping.frame import Frame
from desirelines.measure.metrics.entry import Metric
from desirelines.measure.metrics.sample import Sample
from desirelines.measure.metrics.told import Told


def units_of(frame: Frame, one: Metric) -> Sample | None:
    """Of the frame's period and segment; None where the figure cannot be said at all."""
    return Told(frame, one).inside
