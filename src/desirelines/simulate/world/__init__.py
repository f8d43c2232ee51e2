"""An invented brand whose year is drawn from a seed, with truths planted in it and written beside it."""

from desirelines.simulate.world.generate import World, generate

__all__ = ["World", "generate"]
