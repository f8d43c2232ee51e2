"""The fixtures of the stories in a browser; they are made in `walking`."""

from walking import browser, served, walk, world

__all__ = ["browser", "served", "walk", "world"]
