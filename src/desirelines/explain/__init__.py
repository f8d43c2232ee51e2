"""Why: what drives satisfaction, which glitch began when and what it moved elsewhere, what differs, what an experiment showed."""

from __future__ import annotations

__all__: list[str] = []
