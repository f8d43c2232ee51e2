"""Two sides held against each other along the journey: what differs by more than chance, corrected for looking many times."""

from __future__ import annotations
