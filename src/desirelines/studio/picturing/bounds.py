"""How large a picture may say it is: a few bytes can ask for gigabytes when they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from desirelines.errors import BadInput, TooLarge

SIDE = 12_000
PIXELS = 40_000_000
FRAMES = 500
PIXELS_OF_ALL_FRAMES = 400_000_000


@dataclass(frozen=True)
class Drawn:
    """A picture's size in pixels and the bytes that draw it."""

    width: int
    height: int
    data: bytes


def broken(why: str) -> BadInput:
    """Said of bytes that begin like a picture and are none."""
    return BadInput(f"this picture cannot be read: {why}", hint="open it and save it again")


def bound(width: int, height: int, frames: int = 1) -> None:
    """Raises BadInput for a picture without a size, TooLarge for one beyond the limits."""
    if width < 1 or height < 1:
        raise broken("it says it has no size")
    if width > SIDE or height > SIDE or width * height > PIXELS:
        raise TooLarge(
            f"a picture may have {PIXELS:,} pixels and sides of {SIDE:,}", hint=f"this one says {width:,} × {height:,}"
        )
    if frames > FRAMES or frames * width * height > PIXELS_OF_ALL_FRAMES:
        raise TooLarge(f"a moving picture may have {FRAMES} frames", hint="take one of them")
