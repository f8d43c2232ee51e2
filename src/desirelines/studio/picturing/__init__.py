"""Pictures as they come in: known by their bytes, bounded by what they declare, reduced to what draws."""

from __future__ import annotations

from desirelines.studio.picturing.reading import MEDIA, Picture, on_map, read_picture

__all__ = ["MEDIA", "Picture", "on_map", "read_picture"]
