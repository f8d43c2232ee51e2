"""The pages' colours in light, on paper."""

from __future__ import annotations

from typing import Final

PAPER: Final = "#ffffff"
INK, SOFT, FAINT = "#1b1b19", "#504f49", "#67655e"
RULE, EDGE, CONTROL = "#e8e7e2", "#d5d3cc", "#8d8b84"
SIDES = {"buyer": "#f1f5fb", "customer": "#f9f5ec"}
SIDE_EDGES = {"buyer": "#d5e1f2", "customer": "#ebe1cb"}
ACCENT, ACCENT_INK, ACCENT_SOFT = "#6d3df5", "#5b2be0", "#f0ebff"
KEPT, BROKEN, DOUBT, PLANNED = "#0072b2", "#d55e00", "#e69f00", "#8b8983"
KEPT_INK, BROKEN_INK, DOUBT_INK = "#00629a", "#a94a00", "#855800"
BROKEN_SOFT, DOUBT_SOFT = "#fdf3ec", "#fdf6e3"
STATES = {"kept": KEPT, "broken": BROKEN, "in doubt": DOUBT}
STATE_INKS = {"kept": KEPT_INK, "broken": BROKEN_INK, "in doubt": DOUBT_INK}
GRADES = {"guessed": 0.0, "observed": 1 / 3, "asked": 2 / 3, "measured": 1.0}
