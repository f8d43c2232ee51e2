"""Small worlds in which it is known what followed from a fault, and what only seemed to."""

from __future__ import annotations

from desirelines.simulate.rippling.draw import CONTACT, CONTROL, FAULTY, ORDER, TOUCHPOINTS, Kind, RippleWorld, ripple_world

__all__ = ["CONTACT", "CONTROL", "FAULTY", "ORDER", "TOUCHPOINTS", "Kind", "RippleWorld", "ripple_world"]
