"""Brands to look at before one has brought one's own: an invented one with planted truths, and a real grocer."""

from desirelines.simulate.demos import DEMOS, Demo, DemoFiles, demo_files, find_demo, is_ready, world_files
from desirelines.simulate.world import World, generate

__all__ = ["DEMOS", "Demo", "DemoFiles", "World", "demo_files", "find_demo", "generate", "is_ready", "world_files"]
